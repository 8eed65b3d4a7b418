//! What a telco's customers are like: every number the generator uses, by name.

/// Something that is known of a customer and may drive a later choice.
///
/// Facts are 0 or 1; the tenure terms are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The account holder is a man, else a woman.
    Male,
    /// 65 or older.
    Senior,
    /// Lives with a partner.
    Partner,
    /// Lives with children or others in need.
    Dependents,
    /// On a contract of one or two years, else from month to month.
    TermContract,
    /// On a contract of two years.
    TwoYear,
    /// Tenure in years, 0 to 6.
    TenureYears,
    /// exp(−tenure / 6 months): 1 for a new customer, under 0.02 after two years.
    Newness,
    /// Tenure in years, 0 unless on a contract of one or two years.
    TermTenure,
    /// Tenure in years, 0 unless on a contract of two years.
    TwoYearTenure,
    /// Has no internet service.
    NoInternet,
    /// Has fibre, else DSL or nothing.
    Fiber,
    /// Tenure in years, 0 unless with fibre.
    FiberTenure,
    /// Tenure in years, 0 unless without internet.
    NoInternetTenure,
    /// Has a phone line.
    Phone,
    /// Has several phone lines.
    MultipleLines,
    /// Has online security.
    OnlineSecurity,
    /// Has online backup.
    OnlineBackup,
    /// Has device protection.
    DeviceProtection,
    /// Has technical support.
    TechSupport,
    /// Streams television.
    StreamingTv,
    /// Streams films.
    StreamingMovies,
    /// Gets the bill electronically.
    PaperlessBilling,
    /// Pays automatically.
    Automatic,
    /// Pays automatically by credit card, else by bank transfer.
    CreditCard,
    /// Pays by electronic check; neither that nor automatically is by mailed check.
    ElectronicCheck,
    /// Left.
    Churned,
}

impl Driver {
    /// How many drivers there are.
    pub const COUNT: usize = Self::Churned as usize + 1;
}

/// A yes-or-no choice: P(yes) = 1 / (1 + exp(−(`intercept` + Σ weight · driver))).
#[derive(Clone, Debug, PartialEq)]
pub struct Logit {
    /// Log-odds when all drivers are 0.
    pub intercept: f64,
    /// Change of the log-odds per unit of a driver; a driver not yet decided counts as 0.
    pub terms: Vec<(Driver, f64)>,
}

impl Logit {
    /// A choice with these log-odds.
    #[must_use]
    pub fn new(intercept: f64, terms: &[(Driver, f64)]) -> Self {
        Self { intercept, terms: terms.to_vec() }
    }
}

/// The months of tenure, in bands (first, last) inside which every month is as likely as the next:
/// narrow where customers pile up, in the first months and at the table's end of 72.
pub const TENURE_BANDS: [(u32, u32); 14] = [
    (1, 1),
    (2, 2),
    (3, 3),
    (4, 6),
    (7, 12),
    (13, 24),
    (25, 36),
    (37, 48),
    (49, 60),
    (61, 66),
    (67, 69),
    (70, 70),
    (71, 71),
    (72, 72),
];

/// How often a tenure falls in each of [`TENURE_BANDS`], of any positive sum.
#[derive(Clone, Debug, PartialEq)]
pub struct TenureWeights {
    /// Customers without a partner.
    pub single: [f64; TENURE_BANDS.len()],
    /// Customers with a partner and no dependents.
    pub couple: [f64; TENURE_BANDS.len()],
    /// Customers with a partner and dependents.
    pub family: [f64; TENURE_BANDS.len()],
}

/// The distribution of tenure, by contract and household.
#[derive(Clone, Debug, PartialEq)]
pub struct TenureParams {
    /// From month to month.
    pub month_to_month: TenureWeights,
    /// Contracts of one year.
    pub one_year: TenureWeights,
    /// Contracts of two years.
    pub two_year: TenureWeights,
}

/// What a month costs: the sum of the items a customer has, in dollars, 0 to 10,000 an item.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceList {
    /// A phone line, dollars a month.
    pub phone_line: f64,
    /// Further phone lines, dollars a month.
    pub multiple_lines: f64,
    /// Internet by DSL, dollars a month.
    pub dsl: f64,
    /// Internet by fibre, dollars a month.
    pub fiber: f64,
    /// Each of security, backup, protection and support, dollars a month.
    pub protection: f64,
    /// Each of television and films, dollars a month.
    pub streaming: f64,
    /// Standard deviation of one item's price between customers, dollars a month.
    pub item_spread: f64,
    /// Standard deviation of one month's bill around the present one, as a share of it, 0 to 1; the
    /// first bill has none.
    pub bill_spread: f64,
}

/// Customers who have signed and not been billed: tenure 0 and a blank total.
#[derive(Clone, Debug, PartialEq)]
pub struct NewcomerParams {
    /// Their share of all rows, 0 to 1; the number of rows is this share, rounded.
    pub share: f64,
    /// Whether their contract, never from month to month, is of two years.
    pub two_year: Logit,
}

/// What goes wrong when a customer is entered, as shares of all rows, 0 to 1; a row has one fault
/// at most. IBM's table has none, so all are 0 by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaultParams {
    /// The total is left blank though there were bills.
    pub blank_total: f64,
    /// The way of paying is left blank.
    pub blank_payment: f64,
    /// The monthly charge has its decimal point one place too far right.
    pub tenfold_charge: f64,
}

/// A fault of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    BlankTotal,
    BlankPayment,
    TenfoldCharge,
}

impl FaultParams {
    /// The fault at quantile `draw`.
    pub(super) fn of(&self, draw: f64) -> Option<Fault> {
        let mut reached = 0.0;
        let faults = [
            (self.blank_total, Fault::BlankTotal),
            (self.blank_payment, Fault::BlankPayment),
            (self.tenfold_charge, Fault::TenfoldCharge),
        ];
        faults.into_iter().find_map(|(share, fault)| {
            reached += share;
            (draw < reached).then_some(fault)
        })
    }
}

/// A telco's customers. The default is fitted to IBM's Telco Customer Churn table.
///
/// Units: a [`Logit`] is in log-odds, prices are dollars a month, shares are 0 to 1, tenure is in
/// months. Each choice may rest on drivers decided before it, in the order of [`Driver`];
/// [`check`](Self::check) refuses what no population can be.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationParams {
    /// The household, first: is the account holder a man?
    pub male: Logit,
    /// Is the account holder 65 or older?
    pub senior: Logit,
    /// Is there a partner?
    pub partner: Logit,
    /// Are there dependents?
    pub dependents: Logit,
    /// The contract: one or two years, rather than from month to month?
    pub term_contract: Logit,
    /// Two years, of those on one or two?
    pub two_year: Logit,
    /// Customers who have not been billed yet.
    pub newcomers: NewcomerParams,
    /// Months since signing.
    pub tenure: TenureParams,
    /// Services: no internet at all?
    pub no_internet: Logit,
    /// Fibre, of those with internet?
    pub fiber: Logit,
    /// A phone line, of those with DSL? All others have one.
    pub phone: Logit,
    /// Several lines, of those with a phone?
    pub multiple_lines: Logit,
    /// Online security, of those with internet?
    pub online_security: Logit,
    /// Online backup, of those with internet?
    pub online_backup: Logit,
    /// Device protection, of those with internet?
    pub device_protection: Logit,
    /// Technical support, of those with internet?
    pub tech_support: Logit,
    /// Television, of those with internet?
    pub streaming_tv: Logit,
    /// Films, of those with internet?
    pub streaming_movies: Logit,
    /// Billing: an electronic bill?
    pub paperless_billing: Logit,
    /// Automatic payment?
    pub automatic: Logit,
    /// By credit card, of those who pay automatically?
    pub credit_card: Logit,
    /// By electronic check, of those who do not?
    pub electronic_check: Logit,
    /// Prices.
    pub prices: PriceList,
    /// Did the customer leave? Newcomers have not.
    pub churn: Logit,
    /// What goes wrong at data entry.
    pub faults: FaultParams,
}

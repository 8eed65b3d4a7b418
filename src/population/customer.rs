//! One customer, drawn step by step: household, contract and tenure, services, billing, price, churn.

use super::draws::Draws;
use super::params::{Driver, Fault, Logit, PopulationParams, PriceList, TENURE_BANDS};

/// Prices are multiples of this many cents.
const PRICE_STEP: f64 = 5.0;

/// A drawn customer.
pub(super) struct Customer {
    /// Everything that is yes or no.
    pub facts: Facts,
    /// Months since signing, 0 to 72.
    pub tenure: u32,
    /// Present bill for a month, in cents.
    pub monthly: u32,
    /// All bills so far, in cents; `None` before the first.
    pub total: Option<u32>,
    /// What went wrong when the customer was entered.
    pub fault: Option<Fault>,
}

/// The value of each [`Driver`]; 0 until it is decided.
pub(super) struct Facts([f64; Driver::COUNT]);

impl Facts {
    /// Whether a fact holds.
    pub fn has(&self, driver: Driver) -> bool {
        self.get(driver) > 0.5
    }

    fn get(&self, driver: Driver) -> f64 {
        self.0[driver as usize]
    }

    fn set(&mut self, driver: Driver, value: f64) {
        self.0[driver as usize] = value;
    }

    /// Decides a fact by one draw, which is made even where the fact is not possible: so a change
    /// of one parameter leaves all unconcerned customers of a seed as they were.
    fn decide(&mut self, driver: Driver, possible: bool, logit: &Logit, draws: &mut Draws) {
        let draw = draws.uniform();
        let yes = possible && draws.says_yes(self.log_odds(logit), draw);
        self.set(driver, f64::from(u8::from(yes)));
    }

    fn log_odds(&self, logit: &Logit) -> f64 {
        let terms = logit.terms.iter();
        terms.fold(logit.intercept, |sum, &(driver, weight)| sum + weight * self.get(driver))
    }

    fn tenure_terms(&mut self, tenure: u32) {
        let years = f64::from(tenure) / 12.0;
        self.set(Driver::TenureYears, years);
        self.set(Driver::Newness, libm::exp(-f64::from(tenure) / 6.0));
        self.set(Driver::TermTenure, years * self.get(Driver::TermContract));
        self.set(Driver::TwoYearTenure, years * self.get(Driver::TwoYear));
    }
}

impl Customer {
    /// The next customer of the stream; a `newcomer` has signed and not been billed.
    pub fn draw(params: &PopulationParams, newcomer: bool, draws: &mut Draws) -> Self {
        use Driver as D;
        let mut facts = Facts([0.0; Driver::COUNT]);

        facts.decide(D::Male, true, &params.male, draws);
        facts.decide(D::Senior, true, &params.senior, draws);
        facts.decide(D::Partner, true, &params.partner, draws);
        facts.decide(D::Dependents, true, &params.dependents, draws);

        facts.decide(D::TermContract, true, &params.term_contract, draws);
        if newcomer {
            facts.set(D::TermContract, 1.0);
        }
        let two_year = if newcomer { &params.newcomers.two_year } else { &params.two_year };
        facts.decide(D::TwoYear, facts.has(D::TermContract), two_year, draws);
        let billed_months = months(tenure_weights(params, &facts), draws.uniform());
        let tenure = if newcomer { 0 } else { billed_months };
        facts.tenure_terms(tenure);

        facts.decide(D::NoInternet, true, &params.no_internet, draws);
        let internet = !facts.has(D::NoInternet);
        facts.decide(D::Fiber, internet, &params.fiber, draws);
        facts.set(D::FiberTenure, facts.get(D::TenureYears) * facts.get(D::Fiber));
        facts.set(D::NoInternetTenure, facts.get(D::TenureYears) * facts.get(D::NoInternet));
        let dsl = internet && !facts.has(D::Fiber);
        facts.decide(D::Phone, dsl, &params.phone, draws);
        if !dsl {
            facts.set(D::Phone, 1.0);
        }
        facts.decide(D::MultipleLines, facts.has(D::Phone), &params.multiple_lines, draws);
        facts.decide(D::OnlineSecurity, internet, &params.online_security, draws);
        facts.decide(D::OnlineBackup, internet, &params.online_backup, draws);
        facts.decide(D::DeviceProtection, internet, &params.device_protection, draws);
        facts.decide(D::TechSupport, internet, &params.tech_support, draws);
        facts.decide(D::StreamingTv, internet, &params.streaming_tv, draws);
        facts.decide(D::StreamingMovies, internet, &params.streaming_movies, draws);

        facts.decide(D::PaperlessBilling, true, &params.paperless_billing, draws);
        facts.decide(D::Automatic, true, &params.automatic, draws);
        let automatic = facts.has(D::Automatic);
        facts.decide(D::CreditCard, automatic, &params.credit_card, draws);
        facts.decide(D::ElectronicCheck, !automatic, &params.electronic_check, draws);

        let [price_noise, bill_noise] = draws.standard_normals();
        let monthly = monthly_charge(&params.prices, &facts, price_noise);
        let total = total_charge(&params.prices, tenure, monthly, bill_noise);

        facts.decide(D::Churned, !newcomer, &params.churn, draws);
        let fault = params.faults.of(draws.uniform());
        Self { facts, tenure, monthly, total, fault }
    }
}

fn tenure_weights<'a>(
    params: &'a PopulationParams,
    facts: &Facts,
) -> &'a [f64; TENURE_BANDS.len()] {
    let weights = if facts.has(Driver::TwoYear) {
        &params.tenure.two_year
    } else if facts.has(Driver::TermContract) {
        &params.tenure.one_year
    } else {
        &params.tenure.month_to_month
    };
    match (facts.has(Driver::Partner), facts.has(Driver::Dependents)) {
        (false, _) => &weights.single,
        (true, false) => &weights.couple,
        (true, true) => &weights.family,
    }
}

/// The tenure at quantile `draw` of the distribution.
fn months(weights: &[f64; TENURE_BANDS.len()], draw: f64) -> u32 {
    let mut left = draw * weights.iter().sum::<f64>();
    for (&(first, last), &weight) in TENURE_BANDS.iter().zip(weights) {
        if left < weight {
            let into = (left / weight * f64::from(last - first + 1)) as u32;
            return last.min(first + into);
        }
        left -= weight;
    }
    TENURE_BANDS[TENURE_BANDS.len() - 1].1
}

/// Cents a month: Σ price of an item, and noise whose variance grows with the number of items.
fn monthly_charge(prices: &PriceList, facts: &Facts, noise: f64) -> u32 {
    let dsl = (1.0 - facts.get(Driver::NoInternet)) * (1.0 - facts.get(Driver::Fiber));
    let items = [
        (facts.get(Driver::Phone), prices.phone_line),
        (facts.get(Driver::MultipleLines), prices.multiple_lines),
        (dsl, prices.dsl),
        (facts.get(Driver::Fiber), prices.fiber),
        (facts.get(Driver::OnlineSecurity), prices.protection),
        (facts.get(Driver::OnlineBackup), prices.protection),
        (facts.get(Driver::DeviceProtection), prices.protection),
        (facts.get(Driver::TechSupport), prices.protection),
        (facts.get(Driver::StreamingTv), prices.streaming),
        (facts.get(Driver::StreamingMovies), prices.streaming),
    ];
    let (mut sum, mut count) = (0.0, 0.0);
    for (has, price) in items {
        sum += has * price;
        count += has;
    }
    in_steps(100.0 * (sum + prices.item_spread * count.sqrt() * noise)).max(PRICE_STEP as u32)
}

/// Cents so far: `tenure` months at about the present charge, at least one at exactly that.
fn total_charge(prices: &PriceList, tenure: u32, monthly: u32, noise: f64) -> Option<u32> {
    let later_months = f64::from(tenure.checked_sub(1)?);
    let months = f64::from(tenure) + prices.bill_spread * later_months.sqrt() * noise;
    Some(in_steps(f64::from(monthly) * months).max(monthly))
}

fn in_steps(cents: f64) -> u32 {
    (libm::round(cents / PRICE_STEP) * PRICE_STEP) as u32
}

//! Customers → rows of the 21 columns of the Telco table.

use super::customer::{Customer, Facts};
use super::draws::Draws;
use super::identifier::Identifiers;
use super::params::{Driver, Fault, PopulationParams};
use crate::numerics::random::RandomState;

/// Columns of the table.
pub(super) const WIDTH: usize = 21;

/// Longest tenure, months.
pub(super) const MOST_MONTHS: usize = 72;

/// What a cell of a column is.
pub(super) enum Cells {
    /// One of these.
    Levels(&'static [&'static str]),
    /// Months, 0 to [`MOST_MONTHS`].
    Tenure,
    /// A customer number.
    Identifier,
    /// The present bill for a month.
    Monthly,
    /// All bills so far.
    Total,
}

use Cells::Levels;

const NO_YES: Cells = Levels(&["No", "Yes"]);
const ADD_ON: Cells = Levels(&["No", "Yes", "No internet service"]);
const NO_SERVICE: u8 = 2;

/// The columns, in order.
pub(super) const COLUMNS: [(&str, Cells); WIDTH] = [
    ("customerID", Cells::Identifier),
    ("gender", Levels(&["Female", "Male"])),
    ("SeniorCitizen", Levels(&["0", "1"])),
    ("Partner", NO_YES),
    ("Dependents", NO_YES),
    ("tenure", Cells::Tenure),
    ("PhoneService", NO_YES),
    ("MultipleLines", Levels(&["No", "Yes", "No phone service"])),
    ("InternetService", Levels(&["DSL", "Fiber optic", "No"])),
    ("OnlineSecurity", ADD_ON),
    ("OnlineBackup", ADD_ON),
    ("DeviceProtection", ADD_ON),
    ("TechSupport", ADD_ON),
    ("StreamingTV", ADD_ON),
    ("StreamingMovies", ADD_ON),
    ("Contract", Levels(&["Month-to-month", "One year", "Two year"])),
    ("PaperlessBilling", NO_YES),
    (
        "PaymentMethod",
        Levels(&[
            "Credit card (automatic)",
            "Bank transfer (automatic)",
            "Electronic check",
            "Mailed check",
            "",
        ]),
    ),
    ("MonthlyCharges", Cells::Monthly),
    ("TotalCharges", Cells::Total),
    ("Churn", NO_YES),
];

/// A customer as the table tells of it, entered with or without a fault.
pub(super) struct Row {
    /// By column: which of its levels, or months of tenure; 0 in the others.
    pub levels: [u8; WIDTH],
    /// Cents.
    monthly: u32,
    /// Cents; a blank cell where `None`.
    total: Option<u32>,
}

impl Row {
    fn of(customer: &Customer) -> Self {
        use Driver as D;
        let Customer { facts, tenure, monthly, total, fault } = customer;
        let yes = |driver| u8::from(facts.has(driver));
        let add_on = |driver| if facts.has(D::NoInternet) { NO_SERVICE } else { yes(driver) };
        let levels = [
            0,
            yes(D::Male),
            yes(D::Senior),
            yes(D::Partner),
            yes(D::Dependents),
            *tenure as u8,
            yes(D::Phone),
            if facts.has(D::Phone) { yes(D::MultipleLines) } else { NO_SERVICE },
            if facts.has(D::NoInternet) { NO_SERVICE } else { yes(D::Fiber) },
            add_on(D::OnlineSecurity),
            add_on(D::OnlineBackup),
            add_on(D::DeviceProtection),
            add_on(D::TechSupport),
            add_on(D::StreamingTv),
            add_on(D::StreamingMovies),
            yes(D::TermContract) + yes(D::TwoYear),
            yes(D::PaperlessBilling),
            if *fault == Some(Fault::BlankPayment) { 4 } else { payment_method(facts) },
            0,
            0,
            yes(D::Churned),
        ];
        let monthly = if *fault == Some(Fault::TenfoldCharge) { 10 * monthly } else { *monthly };
        let total = total.filter(|_| *fault != Some(Fault::BlankTotal));
        Self { levels, monthly, total }
    }

    /// All it tells, to be digested.
    pub fn bytes(&self) -> [u8; WIDTH + 8] {
        let mut bytes = [0; WIDTH + 8];
        let charges = [self.monthly, self.total.unwrap_or(u32::MAX)].map(u32::to_le_bytes);
        bytes[..WIDTH].copy_from_slice(&self.levels);
        bytes[WIDTH..].copy_from_slice(charges.as_flattened());
        bytes
    }
}

fn payment_method(facts: &Facts) -> u8 {
    let methods = [Driver::CreditCard, Driver::Automatic, Driver::ElectronicCheck];
    methods.iter().take_while(|&&method| !facts.has(method)).count() as u8
}

/// The rows of a seed, and the customer numbers.
pub(super) struct Rows<'a> {
    params: &'a PopulationParams,
    identifiers: Identifiers,
    draws: Draws,
    rows: u32,
    row: u32,
    /// Newcomers still to come.
    newcomers: f64,
}

impl<'a> Rows<'a> {
    pub fn new(params: &'a PopulationParams, rows: u32, seed: u32) -> Self {
        let mut random = RandomState::new(seed);
        let identifiers = Identifiers::draw(&mut random);
        let draws = Draws::new(random, rows);
        let newcomers = libm::round(params.newcomers.share * f64::from(rows)).min(f64::from(rows));
        Self { params, identifiers, draws, rows, row: 0, newcomers }
    }

    /// Appends a cell as the file has it: the level itself or what `row`, the `number`th from 0, has.
    pub fn write(&self, out: &mut String, cells: &Cells, level: u8, number: u32, row: &Row) {
        match cells {
            Levels(levels) => out.push_str(levels.get(usize::from(level)).unwrap_or(&"")),
            Cells::Tenure => push_number(out, u32::from(level)),
            Cells::Identifier => self.identifiers.push(out, number),
            Cells::Monthly => push_dollars(out, row.monthly),
            Cells::Total => match row.total {
                Some(cents) => push_dollars(out, cents),
                None => out.push(' '),
            },
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.row == self.rows {
            return None;
        }
        self.draws.next_customer();
        // Selection sampling (Knuth, TAOCP 2, algorithm S): exactly so many newcomers, anywhere.
        let newcomer = self.draws.uniform() * f64::from(self.rows - self.row) < self.newcomers;
        if newcomer {
            self.newcomers -= 1.0;
        }
        self.row += 1;
        Some(Row::of(&Customer::draw(self.params, newcomer, &mut self.draws)))
    }
}

fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Dollars without trailing zeros, as in IBM's file: 20, 20.5, 20.05.
fn push_dollars(out: &mut String, cents: u32) {
    push_number(out, cents / 100);
    let fraction = cents % 100;
    if fraction > 0 {
        out.push('.');
        push_number(out, fraction / 10);
    }
    if !fraction.is_multiple_of(10) {
        push_number(out, fraction % 10);
    }
}

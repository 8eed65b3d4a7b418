//! Customers → the 21 columns of the Telco table, as CSV.

use super::customer::{Customer, Facts};
use super::draws::Draws;
use super::identifier::Identifiers;
use super::params::{Driver, Fault, PopulationParams};
use crate::numerics::random::RandomState;

const HEADER: &str = "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,\
InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,\
PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn\n";

const ADD_ONS: [Driver; 6] = [
    Driver::OnlineSecurity,
    Driver::OnlineBackup,
    Driver::DeviceProtection,
    Driver::TechSupport,
    Driver::StreamingTv,
    Driver::StreamingMovies,
];
const NO_ADD_ONS: &str = ",No internet service,No internet service,No internet service,\
No internet service,No internet service,No internet service";

/// A row is about this long.
const ROW_BYTES: usize = 138;

/// Text is handed on in pieces of about this many bytes, which stay in the processor's cache.
const PIECE_BYTES: usize = 1 << 16;

/// A customer table of `rows` rows as CSV text with a header, wholly decided by `params` and `seed`.
///
/// Columns, levels and rules are those of IBM's Telco table: `No phone service` and, in all six
/// columns together, `No internet service`; `TotalCharges` is a blank where `tenure` is 0.
#[must_use]
pub fn csv(params: &PopulationParams, rows: u32, seed: u32) -> String {
    let mut out = String::with_capacity(HEADER.len() + rows as usize * ROW_BYTES);
    write(params, rows, seed, |piece| out.push_str(piece));
    out
}

/// The text of [`csv`], whole rows at a time.
pub(super) fn write(params: &PopulationParams, rows: u32, seed: u32, mut take: impl FnMut(&str)) {
    let mut random = RandomState::new(seed);
    let identifiers = Identifiers::draw(&mut random);
    let mut draws = Draws::new(random, rows);
    let mut out = String::with_capacity(PIECE_BYTES + 2 * ROW_BYTES);
    out.push_str(HEADER);
    let mut newcomers = libm::round(params.newcomers.share * f64::from(rows)).min(f64::from(rows));
    for row in 0..rows {
        draws.next_customer();
        // Selection sampling (Knuth, TAOCP 2, algorithm S): exactly so many newcomers, anywhere.
        let newcomer = draws.uniform() * f64::from(rows - row) < newcomers;
        if newcomer {
            newcomers -= 1.0;
        }
        let customer = Customer::draw(params, newcomer, &mut draws);
        identifiers.push(&mut out, row);
        push_row(&mut out, &customer);
        if out.len() >= PIECE_BYTES {
            take(&out);
            out.clear();
        }
    }
    take(&out);
}

fn push_row(out: &mut String, customer: &Customer) {
    use Driver as D;
    let facts = &customer.facts;
    let yes_no = |driver| if facts.has(driver) { ",Yes" } else { ",No" };
    let household = [
        if facts.has(D::Male) { ",Male" } else { ",Female" },
        if facts.has(D::Senior) { ",1" } else { ",0" },
        yes_no(D::Partner),
        yes_no(D::Dependents),
        ",",
    ];
    push_all(out, &household);
    push_number(out, customer.tenure);
    let phone = [
        yes_no(D::Phone),
        if facts.has(D::Phone) { yes_no(D::MultipleLines) } else { ",No phone service" },
        internet_service(facts),
    ];
    push_all(out, &phone);
    if facts.has(D::NoInternet) {
        out.push_str(NO_ADD_ONS);
    } else {
        push_all(out, &ADD_ONS.map(yes_no));
    }
    let no_payment = customer.fault == Some(Fault::BlankPayment);
    let billing = [
        contract(facts),
        yes_no(D::PaperlessBilling),
        if no_payment { "," } else { payment_method(facts) },
        ",",
    ];
    push_all(out, &billing);
    let tenfold = customer.fault == Some(Fault::TenfoldCharge);
    push_dollars(out, if tenfold { 10 * customer.monthly } else { customer.monthly });
    match customer.total {
        Some(cents) if customer.fault != Some(Fault::BlankTotal) => {
            out.push(',');
            push_dollars(out, cents);
        }
        _ => out.push_str(", "),
    }
    out.push_str(if facts.has(D::Churned) { ",Yes\n" } else { ",No\n" });
}

fn internet_service(facts: &Facts) -> &'static str {
    if facts.has(Driver::NoInternet) {
        ",No"
    } else if facts.has(Driver::Fiber) {
        ",Fiber optic"
    } else {
        ",DSL"
    }
}

fn contract(facts: &Facts) -> &'static str {
    if facts.has(Driver::TwoYear) {
        ",Two year"
    } else if facts.has(Driver::TermContract) {
        ",One year"
    } else {
        ",Month-to-month"
    }
}

fn payment_method(facts: &Facts) -> &'static str {
    if facts.has(Driver::CreditCard) {
        ",Credit card (automatic)"
    } else if facts.has(Driver::Automatic) {
        ",Bank transfer (automatic)"
    } else if facts.has(Driver::ElectronicCheck) {
        ",Electronic check"
    } else {
        ",Mailed check"
    }
}

fn push_all(out: &mut String, fields: &[&str]) {
    for field in fields {
        out.push_str(field);
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

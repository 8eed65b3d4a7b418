//! Customers → the 21 columns of the Telco table, as CSV.

use super::customer::{Customer, Facts};
use super::identifier::Identifiers;
use super::params::{Driver, PopulationParams};
use crate::numerics::random::RandomState;

const HEADER: &str = "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,\
InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,\
PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn\n";

/// A row is about this long.
const ROW_BYTES: usize = 144;

/// A customer table of `rows` rows as CSV text with a header, wholly decided by `params` and `seed`.
///
/// Columns, levels and rules are those of IBM's Telco table: `No phone service` and, in all six
/// columns together, `No internet service`; `TotalCharges` is a blank where `tenure` is 0.
#[must_use]
pub fn csv(params: &PopulationParams, rows: u32, seed: u32) -> String {
    let mut random = RandomState::new(seed);
    let identifiers = Identifiers::draw(&mut random);
    let mut out = String::with_capacity(HEADER.len() + rows as usize * ROW_BYTES);
    out.push_str(HEADER);
    let mut newcomers = libm::round(params.newcomers.share * f64::from(rows)).min(f64::from(rows));
    for row in 0..rows {
        // Selection sampling (Knuth, TAOCP 2, algorithm S): exactly so many newcomers, anywhere.
        let newcomer = random.random_sample() * f64::from(rows - row) < newcomers;
        if newcomer {
            newcomers -= 1.0;
        }
        let customer = Customer::draw(params, newcomer, &mut random);
        identifiers.push(&mut out, row);
        push_row(&mut out, &customer);
    }
    out
}

fn push_row(out: &mut String, customer: &Customer) {
    use Driver as D;
    let facts = &customer.facts;
    let yes_no = |driver| if facts.has(driver) { "Yes" } else { "No" };
    let add_on =
        |driver| if facts.has(D::NoInternet) { "No internet service" } else { yes_no(driver) };
    let household = [
        if facts.has(D::Male) { "Male" } else { "Female" },
        if facts.has(D::Senior) { "1" } else { "0" },
        yes_no(D::Partner),
        yes_no(D::Dependents),
    ];
    let services = [
        yes_no(D::Phone),
        if facts.has(D::Phone) { yes_no(D::MultipleLines) } else { "No phone service" },
        internet_service(facts),
        add_on(D::OnlineSecurity),
        add_on(D::OnlineBackup),
        add_on(D::DeviceProtection),
        add_on(D::TechSupport),
        add_on(D::StreamingTv),
        add_on(D::StreamingMovies),
        contract(facts),
        yes_no(D::PaperlessBilling),
        payment_method(facts),
    ];
    push_fields(out, &household);
    out.push(',');
    push_number(out, customer.tenure);
    push_fields(out, &services);
    out.push(',');
    push_dollars(out, customer.monthly);
    match customer.total {
        Some(cents) => {
            out.push(',');
            push_dollars(out, cents);
        }
        None => out.push_str(", "),
    }
    push_fields(out, &[yes_no(D::Churned)]);
    out.push('\n');
}

fn internet_service(facts: &Facts) -> &'static str {
    if facts.has(Driver::NoInternet) {
        "No"
    } else if facts.has(Driver::Fiber) {
        "Fiber optic"
    } else {
        "DSL"
    }
}

fn contract(facts: &Facts) -> &'static str {
    if facts.has(Driver::TwoYear) {
        "Two year"
    } else if facts.has(Driver::TermContract) {
        "One year"
    } else {
        "Month-to-month"
    }
}

fn payment_method(facts: &Facts) -> &'static str {
    if facts.has(Driver::CreditCard) {
        "Credit card (automatic)"
    } else if facts.has(Driver::Automatic) {
        "Bank transfer (automatic)"
    } else if facts.has(Driver::ElectronicCheck) {
        "Electronic check"
    } else {
        "Mailed check"
    }
}

fn push_fields(out: &mut String, fields: &[&str]) {
    for field in fields {
        out.push(',');
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

//! One customer, drawn step by step: household, contract and tenure, services, billing, price, churn.

use super::params::{Driver, Logit, PopulationParams, PriceList, TENURE_BANDS};
use crate::numerics::random::RandomState;

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
    fn decide(&mut self, driver: Driver, possible: bool, logit: &Logit, random: &mut RandomState) {
        let draw = random.random_sample();
        let yes = possible && draw < self.probability(logit);
        self.set(driver, f64::from(u8::from(yes)));
    }

    fn probability(&self, logit: &Logit) -> f64 {
        let log_odds = logit
            .terms
            .iter()
            .fold(logit.intercept, |sum, &(driver, weight)| sum + weight * self.get(driver));
        1.0 / (1.0 + libm::exp(-log_odds))
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
    pub fn draw(params: &PopulationParams, newcomer: bool, random: &mut RandomState) -> Self {
        use Driver as D;
        let mut facts = Facts([0.0; Driver::COUNT]);

        facts.decide(D::Male, true, &params.male, random);
        facts.decide(D::Senior, true, &params.senior, random);
        facts.decide(D::Partner, true, &params.partner, random);
        facts.decide(D::Dependents, true, &params.dependents, random);

        facts.decide(D::TermContract, true, &params.term_contract, random);
        if newcomer {
            facts.set(D::TermContract, 1.0);
        }
        let two_year = if newcomer { &params.newcomers.two_year } else { &params.two_year };
        facts.decide(D::TwoYear, facts.has(D::TermContract), two_year, random);
        let billed_months = months(tenure_weights(params, &facts), random.random_sample());
        let tenure = if newcomer { 0 } else { billed_months };
        facts.tenure_terms(tenure);

        facts.decide(D::NoInternet, true, &params.no_internet, random);
        let internet = !facts.has(D::NoInternet);
        facts.decide(D::Fiber, internet, &params.fiber, random);
        facts.set(D::FiberTenure, facts.get(D::TenureYears) * facts.get(D::Fiber));
        facts.set(D::NoInternetTenure, facts.get(D::TenureYears) * facts.get(D::NoInternet));
        let dsl = internet && !facts.has(D::Fiber);
        facts.decide(D::Phone, dsl, &params.phone, random);
        if !dsl {
            facts.set(D::Phone, 1.0);
        }
        facts.decide(D::MultipleLines, facts.has(D::Phone), &params.multiple_lines, random);
        facts.decide(D::OnlineSecurity, internet, &params.online_security, random);
        facts.decide(D::OnlineBackup, internet, &params.online_backup, random);
        facts.decide(D::DeviceProtection, internet, &params.device_protection, random);
        facts.decide(D::TechSupport, internet, &params.tech_support, random);
        facts.decide(D::StreamingTv, internet, &params.streaming_tv, random);
        facts.decide(D::StreamingMovies, internet, &params.streaming_movies, random);

        facts.decide(D::PaperlessBilling, true, &params.paperless_billing, random);
        facts.decide(D::Automatic, true, &params.automatic, random);
        let automatic = facts.has(D::Automatic);
        facts.decide(D::CreditCard, automatic, &params.credit_card, random);
        facts.decide(D::ElectronicCheck, !automatic, &params.electronic_check, random);

        let [price_noise, bill_noise] = standard_normals(random);
        let monthly = monthly_charge(&params.prices, &facts, price_noise);
        let total = total_charge(&params.prices, tenure, monthly, bill_noise);

        facts.decide(D::Churned, !newcomer, &params.churn, random);
        Self { facts, tenure, monthly, total }
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

/// Two independent draws of the standard normal distribution (Box and Muller 1958).
fn standard_normals(random: &mut RandomState) -> [f64; 2] {
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - random.random_sample()));
    let angle = 2.0 * std::f64::consts::PI * random.random_sample();
    [radius * libm::cos(angle), radius * libm::sin(angle)]
}

/// Cents a month: Σ price of an item, and noise whose variance grows with the number of items.
fn monthly_charge(prices: &PriceList, facts: &Facts, noise: f64) -> u32 {
    let dsl = !facts.has(Driver::NoInternet) && !facts.has(Driver::Fiber);
    let items = [
        (facts.has(Driver::Phone), prices.phone_line),
        (facts.has(Driver::MultipleLines), prices.multiple_lines),
        (dsl, prices.dsl),
        (facts.has(Driver::Fiber), prices.fiber),
        (facts.has(Driver::OnlineSecurity), prices.protection),
        (facts.has(Driver::OnlineBackup), prices.protection),
        (facts.has(Driver::DeviceProtection), prices.protection),
        (facts.has(Driver::TechSupport), prices.protection),
        (facts.has(Driver::StreamingTv), prices.streaming),
        (facts.has(Driver::StreamingMovies), prices.streaming),
    ];
    let (mut sum, mut count) = (0.0, 0.0);
    for (_, price) in items.iter().filter(|(has, _)| *has) {
        sum += price;
        count += 1.0;
    }
    in_steps(100.0 * (sum + prices.item_spread * libm::sqrt(count) * noise)).max(PRICE_STEP as u32)
}

/// Cents so far: `tenure` months at about the present charge, at least one at exactly that.
fn total_charge(prices: &PriceList, tenure: u32, monthly: u32, noise: f64) -> Option<u32> {
    let later_months = f64::from(tenure.checked_sub(1)?);
    let months = f64::from(tenure) + prices.bill_spread * libm::sqrt(later_months) * noise;
    Some(in_steps(f64::from(monthly) * months).max(monthly))
}

fn in_steps(cents: f64) -> u32 {
    (libm::round(cents / PRICE_STEP) * PRICE_STEP) as u32
}

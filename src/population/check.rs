//! Refuses what no population can be.

use thiserror::Error;

use super::params::{Driver, Logit, PopulationParams, TenureWeights};

/// The most an item may cost, dollars a month.
const MOST_DOLLARS: f64 = 10_000.0;

/// A parameter that can't be; `name` is its path in [`PopulationParams`].
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ParamsError {
    /// A share, a price or a spread outside its range.
    #[error("{name} is {value}; allowed: 0 to {limit}")]
    OutOfRange {
        /// Which parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The most allowed.
        limit: f64,
    },
    /// Faults that would befall more than all rows.
    #[error("the shares of faults sum to {sum}; allowed: up to 1, since a row has one at most")]
    Faults {
        /// Their sum.
        sum: f64,
    },
    /// Log-odds that are no number.
    #[error("a log-odds of {name} is {value}; allowed: any finite number")]
    NotFinite {
        /// Which choice.
        name: &'static str,
        /// The intercept or weight.
        value: f64,
    },
    /// A choice that rests on what is decided with it or after it.
    #[error("{name} rests on {driver:?}, which is not decided yet at that step")]
    Undecided {
        /// Which choice.
        name: &'static str,
        /// What it can't rest on.
        driver: Driver,
    },
    /// Weights of tenure that are no distribution.
    #[error("weights of {name} for a {household}: each must be 0 or above, and their sum above 0")]
    Weights {
        /// Which contract.
        name: &'static str,
        /// Which household: single, couple or family.
        household: &'static str,
    },
}

impl ParamsError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "population_out_of_range",
            Self::Faults { .. } => "population_faults",
            Self::NotFinite { .. } => "population_not_finite",
            Self::Undecided { .. } => "population_undecided",
            Self::Weights { .. } => "population_weights",
        }
    }
}

impl PopulationParams {
    /// Whether a population can be like that.
    ///
    /// # Errors
    /// [`ParamsError`] for the first parameter that can't be.
    pub fn check(&self) -> Result<(), ParamsError> {
        for (name, decided, logit) in self.choices() {
            logit.check(name, decided)?;
        }
        for (name, weights) in [
            ("tenure.month_to_month", &self.tenure.month_to_month),
            ("tenure.one_year", &self.tenure.one_year),
            ("tenure.two_year", &self.tenure.two_year),
        ] {
            weights.check(name)?;
        }
        self.check_amounts()
    }

    /// Every choice: its name, what it decides, its log-odds.
    fn choices(&self) -> [(&'static str, Driver, &Logit); 22] {
        use Driver as D;
        [
            ("male", D::Male, &self.male),
            ("senior", D::Senior, &self.senior),
            ("partner", D::Partner, &self.partner),
            ("dependents", D::Dependents, &self.dependents),
            ("term_contract", D::TermContract, &self.term_contract),
            ("two_year", D::TwoYear, &self.two_year),
            ("newcomers.two_year", D::TwoYear, &self.newcomers.two_year),
            ("no_internet", D::NoInternet, &self.no_internet),
            ("fiber", D::Fiber, &self.fiber),
            ("phone", D::Phone, &self.phone),
            ("multiple_lines", D::MultipleLines, &self.multiple_lines),
            ("online_security", D::OnlineSecurity, &self.online_security),
            ("online_backup", D::OnlineBackup, &self.online_backup),
            ("device_protection", D::DeviceProtection, &self.device_protection),
            ("tech_support", D::TechSupport, &self.tech_support),
            ("streaming_tv", D::StreamingTv, &self.streaming_tv),
            ("streaming_movies", D::StreamingMovies, &self.streaming_movies),
            ("paperless_billing", D::PaperlessBilling, &self.paperless_billing),
            ("automatic", D::Automatic, &self.automatic),
            ("credit_card", D::CreditCard, &self.credit_card),
            ("electronic_check", D::ElectronicCheck, &self.electronic_check),
            ("churn", D::Churned, &self.churn),
        ]
    }

    fn check_amounts(&self) -> Result<(), ParamsError> {
        let (prices, faults) = (&self.prices, &self.faults);
        for (name, value, limit) in [
            ("newcomers.share", self.newcomers.share, 1.0),
            ("prices.phone_line", prices.phone_line, MOST_DOLLARS),
            ("prices.multiple_lines", prices.multiple_lines, MOST_DOLLARS),
            ("prices.dsl", prices.dsl, MOST_DOLLARS),
            ("prices.fiber", prices.fiber, MOST_DOLLARS),
            ("prices.protection", prices.protection, MOST_DOLLARS),
            ("prices.streaming", prices.streaming, MOST_DOLLARS),
            ("prices.item_spread", prices.item_spread, MOST_DOLLARS),
            ("prices.bill_spread", prices.bill_spread, 1.0),
            ("faults.blank_total", faults.blank_total, 1.0),
            ("faults.blank_payment", faults.blank_payment, 1.0),
            ("faults.tenfold_charge", faults.tenfold_charge, 1.0),
        ] {
            if !(0.0..=limit).contains(&value) {
                return Err(ParamsError::OutOfRange { name, value, limit });
            }
        }
        let sum = faults.blank_total + faults.blank_payment + faults.tenfold_charge;
        if sum > 1.0 { Err(ParamsError::Faults { sum }) } else { Ok(()) }
    }
}

impl Logit {
    fn check(&self, name: &'static str, decided: Driver) -> Result<(), ParamsError> {
        let weights = self.terms.iter().map(|(_, weight)| *weight);
        if let Some(value) =
            std::iter::once(self.intercept).chain(weights).find(|value| !value.is_finite())
        {
            return Err(ParamsError::NotFinite { name, value });
        }
        let late = self.terms.iter().find(|(driver, _)| *driver as usize >= decided as usize);
        late.map_or(Ok(()), |&(driver, _)| Err(ParamsError::Undecided { name, driver }))
    }
}

impl TenureWeights {
    fn check(&self, name: &'static str) -> Result<(), ParamsError> {
        for (household, weights) in
            [("single", &self.single), ("couple", &self.couple), ("family", &self.family)]
        {
            let sum = weights.iter().sum::<f64>();
            if !(sum > 0.0 && sum.is_finite()) || weights.iter().any(|&weight| weight < 0.0) {
                return Err(ParamsError::Weights { name, household });
            }
        }
        Ok(())
    }
}

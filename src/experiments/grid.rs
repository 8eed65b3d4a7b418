//! Many settings of one family at once.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::models::named::{self, Given, NamedError, Value};
use crate::models::params::{ClassWeight, Gamma, ModelParams, SvcKernel, SvcParams};
use crate::numerics::random::RandomState;

/// Runs of one grid at most.
pub const MOST_CANDIDATES: usize = 1_000;

/// Combinations of a grid from which a part may be drawn, at most.
pub const MOST_COMBINATIONS: usize = 100_000;

/// After how many steps the workshop's runs are stopped.
const WORKSHOP_STEPS: [u32; 5] = [1, 10, 100, 1_000, 10_000];

/// Values to try of some settings, every one with every other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The family's name: "svc".
    pub model: String,
    /// Settings by scikit-learn's names, each with its values; the first one changes slowest.
    pub params: Vec<(String, Vec<Value>)>,
    /// How many combinations are drawn, and with which seed; `None`: all are tried.
    pub drawn: Option<Drawn>,
}

/// A random search: so many different combinations, by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// How many, at least 1; where there are fewer, all.
    pub n: u32,
    /// Seed of the draw.
    pub seed: u32,
}

/// Why a grid can't be run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GridError {
    /// A setting or value that is none of the family.
    #[error(transparent)]
    Named(#[from] NamedError),
    /// A setting without a value to try.
    #[error("{name} has no value to try; at least one is needed")]
    NoValue {
        /// The setting.
        name: String,
    },
    /// A setting that stands twice.
    #[error("{name} stands twice; each setting is given once")]
    Twice {
        /// The setting.
        name: String,
    },
    /// More than a browser should be asked for.
    #[error("{n} {what}; allowed: at most {most}")]
    TooMany {
        /// How many.
        n: usize,
        /// Of what.
        what: &'static str,
        /// How many are allowed.
        most: usize,
    },
    /// A draw of nothing.
    #[error("0 combinations are to be drawn; allowed: at least 1")]
    NoneDrawn,
}

impl GridError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Named(error) => error.code(),
            Self::NoValue { .. } => "grid_no_value",
            Self::Twice { .. } => "grid_twice",
            Self::TooMany { .. } => "grid_too_many",
            Self::NoneDrawn => "grid_none_drawn",
        }
    }

    /// The setting it is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Named(error) => Some(error.field()),
            Self::NoValue { name } | Self::Twice { name } => Some(name),
            Self::TooMany { .. } | Self::NoneDrawn => None,
        }
    }
}

impl Grid {
    /// The workshop's ten runs: support vectors with two kernels, each stopped after 1 to 10,000 steps.
    #[must_use]
    pub fn workshop() -> Self {
        let text = |text: &str| Value::Text(text.to_owned());
        let steps = WORKSHOP_STEPS.map(|steps| Value::Number(f64::from(steps))).to_vec();
        let params = [
            ("kernel", vec![text("linear"), text("rbf")]),
            ("max_iter", steps),
            ("C", vec![Value::Number(1.0)]),
            ("gamma", vec![text("scale")]),
        ];
        let params = params.map(|(name, values)| (name.to_owned(), values));
        Self { model: "svc".to_owned(), params: params.to_vec(), drawn: None }
    }

    /// Which of [the workshop's](Self::workshop) runs has these settings, from 0 on; whether it gives
    /// probabilities too does not matter.
    #[must_use]
    pub fn workshop_run(params: &ModelParams) -> Option<usize> {
        let ModelParams::Svc(SvcParams { c: 1.0, kernel, class_weight, max_iterations, .. }) =
            params
        else {
            return None;
        };
        let kernels = [SvcKernel::Linear, SvcKernel::Rbf { gamma: Gamma::Scale }];
        let kernel = kernels.iter().position(|known| known == kernel)?;
        let steps = WORKSHOP_STEPS.iter().position(|known| Some(*known) == *max_iterations)?;
        (*class_weight == ClassWeight::None).then_some(kernel * WORKSHOP_STEPS.len() + steps)
    }

    /// How many combinations there are, those that come to the same thing included.
    #[must_use]
    pub fn n_combinations(&self) -> usize {
        self.params.iter().fold(1, |n, (_, values)| n.saturating_mul(values.len()))
    }

    /// The settings to fit with, in order: the last named setting changes fastest. What comes to the
    /// same thing, such as a linear kernel with another gamma, is fitted once.
    ///
    /// # Errors
    /// A setting or value that is none of the family, a setting without values or twice, too many.
    pub fn candidates(&self) -> Result<Vec<ModelParams>, GridError> {
        for (at, (name, values)) in self.params.iter().enumerate() {
            if values.is_empty() {
                return Err(GridError::NoValue { name: name.clone() });
            }
            if self.params.iter().take(at).any(|(other, _)| other == name) {
                return Err(GridError::Twice { name: name.clone() });
            }
        }
        let n = self.n_combinations();
        let most = if self.drawn.is_some() { MOST_COMBINATIONS } else { MOST_CANDIDATES };
        if n > most {
            return Err(GridError::TooMany { n, what: "combinations", most });
        }
        let mut places: Vec<u32> = match self.drawn {
            None => (0..n as u32).collect(),
            Some(Drawn { n: 0, .. }) => return Err(GridError::NoneDrawn),
            Some(Drawn { n: asked, .. }) if asked as usize > MOST_CANDIDATES => {
                let (n, most) = (asked as usize, MOST_CANDIDATES);
                return Err(GridError::TooMany { n, what: "runs", most });
            }
            Some(Drawn { n: asked, seed }) => {
                let mut drawn = RandomState::new(seed).permutation(n as u32);
                drawn.truncate(asked as usize);
                drawn
            }
        };
        places.sort_unstable();
        let mut candidates: Vec<ModelParams> = Vec::with_capacity(places.len());
        for place in places {
            let params = named::of(&self.model, &self.combination(place as usize))?;
            if !candidates.contains(&params) {
                candidates.push(params);
            }
        }
        Ok(candidates)
    }

    /// The combination at a place of the order.
    fn combination(&self, mut place: usize) -> Given {
        let mut given = Given::new();
        for (name, values) in self.params.iter().rev() {
            let n = values.len().max(1);
            if let Some(value) = values.get(place % n) {
                given.insert(name.clone(), value.clone());
            }
            place /= n;
        }
        given
    }
}

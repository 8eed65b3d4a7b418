//! The model as a whole: what it says over many rows, instead of why it says it of one.
//!
//! | question | module |
//! |---|---|
//! | what gets worse when a feature is shuffled? | [`importance`] |
//! | what does each feature add, customer by customer? | [`summary`] |
//! | what does LIME say on average? | [`average`] |
//! | which simple tree says nearly the same? | [`surrogate`] |
//! | how does the probability move with a feature? | [`effects`] |
//! | and with two? | [`pairs`], [`interaction`] |
//!
//! All of it describes the model and the rows it is asked about, not causes.

pub mod average;
pub mod effects;
pub mod importance;
pub mod interaction;
pub mod level_order;
pub mod pairs;
pub mod rules;
pub mod summary;
pub mod surrogate;

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

pub use average::{AverageLime, AverageParams, AverageWeight};
pub use effects::{Accumulated, Dependence, DependenceParams, Place};
pub use importance::{FeatureImportance, Importance, ImportanceParams, ImportanceScore};
pub use interaction::{Interactions, InteractionsParams, PairStrength};
pub use pairs::{Pair, PairParams};
pub use rules::Condition;
pub use summary::{FeatureShares, ShapleySummary, ShareScale, SummaryParams};
pub use surrogate::{Fidelity, Rule, Surrogate, SurrogateParams};

use super::dependence::Swept;
use super::error::ExplainError;
pub use crate::data::split::Part;
use crate::features::{Domain, EncodedRecord};
use crate::models::TrainedModel;
use crate::numerics::quantile::{quantile, sorted};

/// Records asked at a time.
const AT_A_TIME: usize = 4_096;

/// What the model says, on which scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// The probability of the positive class. The default.
    #[default]
    Probability,
    /// Its log-odds, where the model adds them up.
    LogOdds,
}

/// Refuses a number out of its range.
fn in_range(field: &'static str, value: u32, [min, max]: [u32; 2]) -> Result<(), ExplainError> {
    match (min..=max).contains(&value) {
        true => Ok(()),
        false => Err(ExplainError::OutOfRange { field, value, min, max }),
    }
}

/// What the model says of records, `(n, n_features)`, row-major.
fn said(
    model: &TrainedModel,
    flat: &[f64],
    n: usize,
    scale: Scale,
) -> Result<Vec<f64>, ExplainError> {
    let said = match scale {
        Scale::LogOdds => model.log_odds_of(flat, n).ok_or(ExplainError::NoLogOdds)?,
        Scale::Probability => {
            let width = flat.len() / n.max(1);
            let records = ArrayView2::from_shape((n, width), flat);
            records.map(|records| model.predict_proba(records)).unwrap_or_default()
        }
    };
    if said.len() != n {
        return Err(ExplainError::ProbabilityCount { expected: n, found: said.len() });
    }
    // a model may say NaN of numbers far out
    match said.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        Some((row, &value)) => Err(ExplainError::Probability { row, value }),
        None => Ok(said),
    }
}

/// What the model says on average when features are set, in all rows, to the values of a point; one
/// number a point. Friedman, "Greedy function approximation", Annals of Statistics 29 (2001).
///
/// # Errors
/// No rows, or what the model says is no number.
pub fn averages(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    features: &[usize],
    points: &[Vec<f64>],
    scale: Scale,
) -> Result<Vec<f64>, ExplainError> {
    if rows.is_empty() {
        return Err(ExplainError::NoBackground);
    }
    if model.log_odds_table().is_some() {
        // its rows are summed up once, and moved by what changes
        let flat = rows.concat();
        let swept = Swept::new(model, &flat);
        let at = |point: &Vec<f64>| {
            let set: Vec<_> = features.iter().copied().zip(point.iter().copied()).collect();
            let value = match scale {
                Scale::Probability => swept.mean(&set),
                Scale::LogOdds => swept.mean_log_odds(&set).unwrap_or(f64::NAN),
            };
            match value.is_finite() {
                true => Ok(value),
                false => Err(ExplainError::Probability { row: 0, value }),
            }
        };
        return points.iter().map(at).collect();
    }
    let mut averages = Vec::with_capacity(points.len());
    for some in points.chunks((AT_A_TIME / rows.len()).max(1)) {
        let mut flat = Vec::new();
        for point in some {
            for row in rows {
                let from = flat.len();
                flat.extend_from_slice(row);
                for (&feature, &value) in features.iter().zip(point) {
                    if let Some(to) = flat.get_mut(from + feature) {
                        *to = value;
                    }
                }
            }
        }
        let said = said(model, &flat, some.len() * rows.len(), scale)?;
        averages.extend(said.chunks(rows.len()).map(mean));
    }
    Ok(averages)
}

/// From the first number, so that equal ones give exactly themselves; 0 of none.
fn mean(numbers: &[f64]) -> f64 {
    let Some(&first) = numbers.first() else { return 0.0 };
    first + numbers.iter().map(|number| number - first).sum::<f64>() / numbers.len() as f64
}

/// Values a feature is set to: every level; of a number evenly from its 5 to its 95 % quantile over the
/// rows, at most `points` of them.
#[must_use]
pub fn grid(model: &TrainedModel, rows: &[EncodedRecord], feature: usize, points: u32) -> Vec<f64> {
    match model.pipeline.space.features.get(feature).map(|feature| &feature.domain) {
        Some(Domain::Levels(levels)) => (0..levels.len()).map(|level| level as f64).collect(),
        Some(Domain::Numbers { .. }) => {
            let ascending = sorted(&column(rows, feature));
            let end = |q| quantile(&ascending, q);
            let (Some(low), Some(high)) = (end(0.05), end(0.95)) else { return Vec::new() };
            let steps = points.saturating_sub(1).max(1);
            let mut values: Vec<f64> = (0..=steps)
                .map(|step| low + (high - low) * f64::from(step) / f64::from(steps))
                .collect();
            values.dedup();
            values
        }
        None => Vec::new(),
    }
}

/// The values of one feature, row by row.
fn column(rows: &[EncodedRecord], feature: usize) -> Vec<f64> {
    rows.iter().filter_map(|row| row.get(feature).copied()).collect()
}

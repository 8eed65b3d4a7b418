//! Shapley values of many rows: what each feature adds, customer by customer.

use serde::{Deserialize, Serialize};

use super::{Part, in_range};
use crate::explain::error::ExplainError;
use crate::explain::shapley::{Background, ShapleyMethod, ShapleyParams, sampling, trees};
use crate::features::EncodedRecord;
use crate::models::TrainedModel;

/// Settings of a summary of Shapley values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryParams {
    /// Rows looked at. Default the test rows.
    pub part: Part,
    /// How many of them at most. Default 300; 1 to 10,000.
    pub rows: u32,
    /// Training rows that each is compared with, where the model is compared with rows. Default 50; 1 to
    /// 1,000.
    pub background: u32,
    /// Orders of the features, where not all are counted; each is tried backwards too, which counts.
    /// Default 40; 4 to 100,000, even.
    pub permutations: u32,
    /// Seed of rows and orders. Default 42.
    pub seed: u32,
}

impl Default for SummaryParams {
    fn default() -> Self {
        Self { part: Part::default(), rows: 300, background: 50, permutations: 40, seed: 42 }
    }
}

impl SummaryParams {
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [1, 10_000];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`], [`ExplainError::BackgroundRows`], [`ExplainError::Permutations`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("rows", self.rows, Self::ROWS)?;
        let (background, permutations) = (self.background, self.permutations);
        ShapleyParams { background, permutations, seed: self.seed }.check()
    }
}

/// What the values add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareScale {
    /// The log-odds of the positive class.
    LogOdds,
    /// The distance from the boundary of linear support vectors.
    Decision,
    /// The probability of the positive class.
    Probability,
}

/// What one feature adds in every row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeatureShares {
    /// The feature's name.
    pub feature: String,
    /// Mean of the absolute values.
    pub mean_abs: f64,
    /// Row by row, on the summary's scale.
    pub values: Vec<f64>,
    /// What the feature is in each row: its number, or the number of its level.
    pub of: Vec<f64>,
}

/// Shapley values of many rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapleySummary {
    /// What the values add up to.
    pub scale: ShareScale,
    /// How they came about.
    pub method: ShapleyMethod,
    /// What each row is compared with.
    pub background: Background,
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// Orders tried a row, where the values are estimates; else 0.
    pub permutations: u32,
    /// Seed of rows and orders.
    pub seed: u32,
    /// In the order of the feature space.
    pub features: Vec<FeatureShares>,
}

/// The Shapley values of `records`. `background` are encoded training rows, for models that are compared
/// with rows. `progress` hears of every record.
///
/// # Errors
/// Settings out of range, no rows, or values that are no numbers.
pub fn summary(
    model: &TrainedModel,
    records: &[EncodedRecord],
    background: &[EncodedRecord],
    params: &SummaryParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<ShapleySummary, ExplainError> {
    params.check()?;
    let first = records.first().ok_or(ExplainError::NoBackground)?;
    let linear = model.linear_terms(first).is_some();
    if !linear && background.is_empty() {
        return Err(ExplainError::NoBackground);
    }
    let trees = model.model.tree_sum();
    let (scale, method) = match &trees {
        _ if linear && model.log_odds(first).is_some() => {
            (ShareScale::LogOdds, ShapleyMethod::Linear)
        }
        _ if linear => (ShareScale::Decision, ShapleyMethod::Linear),
        Some(sum) if sum.is_log_odds => (ShareScale::LogOdds, ShapleyMethod::Trees),
        Some(_) => (ShareScale::Probability, ShapleyMethod::Trees),
        None => (ShareScale::Probability, ShapleyMethod::Permutations),
    };
    let mut features: Vec<FeatureShares> = model
        .pipeline
        .space
        .features
        .iter()
        .map(|feature| FeatureShares {
            feature: feature.name.clone(),
            mean_abs: 0.0,
            values: Vec::with_capacity(records.len()),
            of: Vec::with_capacity(records.len()),
        })
        .collect();
    let total = records.len() as u32;
    for (done, record) in (1..).zip(records) {
        let values = match (&trees, method) {
            (_, ShapleyMethod::Linear) => model.linear_terms(record).map(|linear| linear.terms),
            (Some(sum), _) => {
                trees::shapley(sum, &model.pipeline, record, background, &mut |_, _| {})
            }
            _ => {
                let along = |pair, order: &[u32]| {
                    sampling::between_rows(model, record, background, pair, order)
                };
                let pairs = params.permutations / 2;
                // another seed a row, so that errors do not add up
                let seed = params.seed.wrapping_add(done);
                let n = record.len();
                Some(sampling::walk(n, pairs, seed, &along, &mut |_, _| {}).values)
            }
        };
        let values = values.filter(|values| values.len() == features.len());
        let found = values.as_ref().map_or(0, Vec::len);
        let expected = features.len();
        let values = values.ok_or(ExplainError::RecordLength { row: 0, expected, found })?;
        for ((to, value), &of) in features.iter_mut().zip(values).zip(record) {
            if !value.is_finite() {
                return Err(ExplainError::Probability { row: done as usize - 1, value });
            }
            to.mean_abs += value.abs();
            to.values.push(value);
            to.of.push(of);
        }
        progress(done, total);
    }
    for feature in &mut features {
        feature.mean_abs /= f64::from(total);
    }
    let compared = Background::Rows(background.len() as u32);
    Ok(ShapleySummary {
        scale,
        method,
        background: if linear { Background::Means } else { compared },
        part: params.part,
        rows: total,
        permutations: match method {
            ShapleyMethod::Permutations => params.permutations,
            _ => 0,
        },
        seed: params.seed,
        features,
    })
}

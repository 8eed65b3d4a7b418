//! Shapley values: a fair share of the prediction for each feature.
//!
//! A prediction is seen as a game whose players are the features: those in a coalition have the record's
//! values, the others those of a background. A feature's value is what it adds to a coalition, averaged
//! over all orders in which the features can come in, so that the values and the background's prediction
//! add up to the record's.
//!
//! | model | background | probability | log-odds |
//! |---|---|---|---|
//! | logistic regression | training means of the columns | all coalitions | w·z, summed by feature |
//! | linear SVC | training means of the columns | all coalitions | none |
//! | tree, forest | rows | the trees | none |
//! | boosting | rows | permutations | the trees |
//! | any other | rows | permutations | none |
//!
//! Where they are few enough, all coalitions are asked instead of permutations; where the features of a
//! linear model are too many, permutations instead of all coalitions.

pub mod coalitions;
pub mod sampling;
pub(super) mod trees;

use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use super::explainable::ExplainableModel;
use crate::features::EncodedRecord;
use crate::models::LinearTerms;

/// Most features of a linear model whose coalitions are all asked: 2¹⁹ of them.
const MOST_FEATURES: usize = 19;
/// Most records that are asked of another model for all coalitions with all background rows.
const MOST_RECORDS: u64 = 1 << 14;

/// Settings of Shapley values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShapleyParams {
    /// Training rows that stand for what is usual, where the model is compared with rows. Default 100; 1
    /// to 1,000.
    pub background: u32,
    /// Orders of the features that are tried, where not all are counted; each is tried backwards too,
    /// which counts. Default 1,000; 2 to 100,000, even.
    pub permutations: u32,
    /// Seed of the rows and the orders. Default 42.
    pub seed: u32,
}

impl Default for ShapleyParams {
    fn default() -> Self {
        Self { background: 100, permutations: 1_000, seed: 42 }
    }
}

impl ShapleyParams {
    /// Fewest and most background rows.
    pub const BACKGROUND: [u32; 2] = [1, 1_000];
    /// Fewest and most orders.
    pub const PERMUTATIONS: [u32; 2] = [2, 100_000];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::BackgroundRows`], [`ExplainError::Permutations`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let [min, max] = Self::BACKGROUND;
        if !(min..=max).contains(&self.background) {
            return Err(ExplainError::BackgroundRows { rows: self.background, min, max });
        }
        let [min, max] = Self::PERMUTATIONS;
        if !(min..=max).contains(&self.permutations) || self.permutations % 2 == 1 {
            return Err(ExplainError::Permutations { ways: self.permutations, min, max });
        }
        Ok(())
    }
}

/// How Shapley values came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapleyMethod {
    /// Exact: weights times standardised columns.
    Linear,
    /// Exact: every coalition was asked.
    Coalitions,
    /// Exact: from the trees.
    Trees,
    /// An estimate: some orders of the features were tried.
    Permutations,
}

/// What a feature out of a coalition is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    /// The training means of its columns, at once.
    Means,
    /// The values of training rows, one row after the other; what comes out is averaged.
    Rows(u32),
}

/// The share of one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapleyValue {
    /// The feature's name.
    pub feature: String,
    /// What it adds, on the scale of the values.
    pub value: f64,
    /// Standard error, where the value is an estimate. It is that of rows drawn at random; the rows take
    /// turns, which makes the true one smaller.
    pub standard_error: Option<f64>,
}

/// Shapley values on one scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shapley {
    /// The background's prediction.
    pub base: f64,
    /// The model's for the record, asked directly.
    pub prediction: f64,
    /// One a feature, in the order of the feature space.
    pub values: Vec<ShapleyValue>,
    /// How they came about.
    pub method: ShapleyMethod,
}

impl Shapley {
    /// How far base and values are from the prediction: prediction − (base + Σ values).
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.values.iter().fold(self.prediction - self.base, |left, value| left - value.value)
    }
}

/// Shapley values of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapleyValues {
    /// Of the probability of the positive class.
    pub probability: Shapley,
    /// Of its log-odds, where they are exact.
    pub log_odds: Option<Shapley>,
    /// What the record is compared with.
    pub background: Background,
    /// Orders tried, where the probability's values are estimates; else 0.
    pub permutations: u32,
    /// Seed of rows and orders.
    pub seed: u32,
}

impl ExplainableModel {
    /// Whether [`Self::shapley`] compares with rows, so that it has to be given some.
    #[must_use]
    pub fn compares_with_rows(&self) -> bool {
        self.model.coefficients().is_empty()
    }

    /// The share of each feature. `rows` are encoded training rows, for models that are compared with
    /// rows. `progress` hears how much is done.
    ///
    /// # Errors
    /// Settings out of range, a record or a row that is none of the model's, or no rows where they are
    /// needed.
    pub fn shapley(
        &self,
        encoded: &[f64],
        rows: &[EncodedRecord],
        params: &ShapleyParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<ShapleyValues, ExplainError> {
        params.check()?;
        self.check_record(0, encoded)?;
        for (row, record) in (1..).zip(rows) {
            self.check_record(row, record)?;
        }
        let values = match self.model.linear_terms(encoded) {
            Some(linear) => self.against_means(encoded, &linear, params, progress)?,
            None if rows.is_empty() => return Err(ExplainError::NoBackground),
            None => self.against_rows(encoded, rows, params, progress)?,
        };
        // a model may say NaN of numbers far out
        let all = &values.probability;
        match all.values.iter().map(|v| v.value).chain([all.prediction]).find(|v| v.is_nan()) {
            Some(value) => Err(ExplainError::Probability { row: 0, value }),
            None => Ok(values),
        }
    }

    fn against_means(
        &self,
        encoded: &[f64],
        linear: &LinearTerms,
        params: &ShapleyParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<ShapleyValues, ExplainError> {
        let n = encoded.len();
        let log_odds = self.model.log_odds(encoded).map(|prediction| {
            self.shares(linear.base, prediction, &linear.terms, None, ShapleyMethod::Linear)
        });
        let prediction = self.model.predict_record(encoded);
        let (probability, permutations) = if n <= MOST_FEATURES {
            let table = coalitions::of_margins(&self.model, linear).unwrap_or_default();
            let base = table.first().copied().unwrap_or(f64::NAN);
            let values = coalitions::shapley(&table, n);
            progress(1, 1);
            (self.shares(base, prediction, &values, None, ShapleyMethod::Coalitions), 0)
        } else {
            let along = |_, order: &[u32]| sampling::from_means(&self.model, linear, order);
            (self.sampled(encoded, prediction, params, &along, progress), params.permutations)
        };
        let background = Background::Means;
        Ok(ShapleyValues { probability, log_odds, background, permutations, seed: params.seed })
    }

    fn against_rows(
        &self,
        encoded: &[f64],
        rows: &[EncodedRecord],
        params: &ShapleyParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<ShapleyValues, ExplainError> {
        let (n, n_rows) = (encoded.len(), rows.len() as f64);
        let model = &self.model;
        let mean =
            |of: &dyn Fn(&[f64]) -> f64| rows.iter().map(|row| of(row)).sum::<f64>() / n_rows;
        let sum_of_trees = match model.model.tree_sum() {
            Some(sum) => {
                let values = trees::shapley(&sum, &model.pipeline, encoded, rows, progress);
                values.map(|values| (sum.is_log_odds, values))
            }
            None => None,
        };
        let prediction = model.predict_record(encoded);
        let asked = 1_u64.checked_shl(n as u32).and_then(|all| all.checked_mul(rows.len() as u64));
        let few = asked.is_some_and(|asked| asked <= MOST_RECORDS && n < 32);
        let mut permutations = 0;
        let probability = match &sum_of_trees {
            Some((false, values)) => {
                let base = mean(&|row| model.predict_record(row));
                self.shares(base, prediction, values, None, ShapleyMethod::Trees)
            }
            _ if few => {
                let table = coalitions::of_rows(model, encoded, rows, progress);
                let base = table.first().copied().unwrap_or(f64::NAN);
                let values = coalitions::shapley(&table, n);
                self.shares(base, prediction, &values, None, ShapleyMethod::Coalitions)
            }
            _ => {
                permutations = params.permutations;
                let along =
                    |pair, order: &[u32]| sampling::between_rows(model, encoded, rows, pair, order);
                self.sampled(encoded, prediction, params, &along, progress)
            }
        };
        let log_odds = sum_of_trees.filter(|(is_log_odds, _)| *is_log_odds).map(|(_, values)| {
            let log_odds = |record: &[f64]| model.log_odds(record).unwrap_or(f64::NAN);
            let (base, prediction) = (mean(&log_odds), log_odds(encoded));
            self.shares(base, prediction, &values, None, ShapleyMethod::Trees)
        });
        let background = Background::Rows(rows.len() as u32);
        Ok(ShapleyValues { probability, log_odds, background, permutations, seed: params.seed })
    }

    fn sampled(
        &self,
        encoded: &[f64],
        prediction: f64,
        params: &ShapleyParams,
        along: &dyn Fn(u32, &[u32]) -> Vec<f64>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Shapley {
        let pairs = params.permutations / 2;
        let sampled = sampling::walk(encoded.len(), pairs, params.seed, along, progress);
        let (values, errors) = (&sampled.values, Some(sampled.errors.as_slice()));
        self.shares(sampled.base, prediction, values, errors, ShapleyMethod::Permutations)
    }

    fn shares(
        &self,
        base: f64,
        prediction: f64,
        values: &[f64],
        errors: Option<&[f64]>,
        method: ShapleyMethod,
    ) -> Shapley {
        let features = self.model.pipeline.space.features.iter();
        let named = features.zip(values).enumerate().map(|(at, (feature, &value))| ShapleyValue {
            feature: feature.name.clone(),
            value,
            standard_error: errors.and_then(|errors| errors.get(at).copied()),
        });
        Shapley { base, prediction, values: named.collect(), method }
    }
}

//! k nearest neighbours: the share of the positive class among the training rows next to a record.
//!
//! scikit-learn's `KNeighborsClassifier`, by the Euclidean distance of standardised one-hot columns. Of
//! rows that are equally far the one that comes first in training is nearer; scikit-learn computes
//! |a|² − 2·a·b + |b|², whose rounding decides there.

mod search;

use serde::{Deserialize, Serialize};

use super::error::FitError;
use super::estimator::{Family, Probabilities, Training};
use super::groups::Grouped;
use super::packed;
use super::settings::Setting;
use crate::features::Rows;
use search::{Neighbour, Search};

/// Training rows that a model may have: judging it on itself takes their square, some ten seconds.
const MOST_ROWS: usize = 50_000;

/// Combinations of levels that a group of features may have.
const MOST_COMBINATIONS: usize = 128;

/// Settings of k nearest neighbours, named as in scikit-learn's `KNeighborsClassifier`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnnParams {
    /// k, 1 to the number of training rows. Default 5.
    pub n_neighbors: u32,
    /// What a neighbour counts for. Default uniform.
    pub weights: KnnWeights,
}

/// What a neighbour counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnnWeights {
    /// 1.
    Uniform,
    /// 1 / distance; where some are at distance 0, these alone count.
    Distance,
}

/// The training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedKnn {
    /// k.
    pub n_neighbors: u32,
    /// What a neighbour counts for.
    pub weights: KnnWeights,
    /// Groups that the categorical features are joined into.
    pub n_groups: u32,
    /// By combination of levels, counted over all groups: the columns that are 1 before scaling.
    pub combinations: Vec<Vec<u32>>,
    /// `(n_samples, n_groups)`, row-major: the combination of each group.
    #[serde(with = "packed")]
    pub codes: Vec<u32>,
    /// `(n_samples, n_numeric)`, row-major, standardised.
    pub numbers: Vec<f64>,
    /// By row: 1 for the positive class, else 0.
    #[serde(with = "packed")]
    pub labels: Vec<u32>,
}

impl Default for KnnParams {
    fn default() -> Self {
        Self { n_neighbors: 5, weights: KnnWeights::Uniform }
    }
}

impl KnnParams {
    /// Names and values.
    pub(super) fn settings(&self) -> Vec<Setting> {
        let weights = match self.weights {
            KnnWeights::Uniform => "uniform",
            KnnWeights::Distance => "distance",
        };
        vec![Setting::of("n_neighbors", self.n_neighbors), Setting::of("weights", weights)]
    }
}

impl Family for KnnParams {
    type Fitted = FittedKnn;

    fn check(&self) -> Result<(), FitError> {
        match self.n_neighbors {
            0 => Err(FitError::setting("n_neighbors", 0, "1 or more")),
            _ => Ok(()),
        }
    }

    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedKnn, FitError> {
        let Training { matrix, labels, .. } = training;
        let n_samples = matrix.n_samples();
        if n_samples > MOST_ROWS {
            return Err(FitError::TooManyRows { n_samples, most: MOST_ROWS });
        }
        if self.n_neighbors as usize > n_samples {
            let allowed = format!("1 to {n_samples}, the training rows");
            return Err(FitError::setting("n_neighbors", self.n_neighbors, &allowed));
        }
        let grouped = Grouped::with_at_most(matrix, MOST_COMBINATIONS);
        let of_u32 = |columns: Vec<usize>| columns.into_iter().map(|c| c as u32).collect();
        progress(1, 1);
        Ok(FittedKnn {
            n_neighbors: self.n_neighbors,
            weights: self.weights,
            n_groups: grouped.n_groups as u32,
            combinations: grouped.columns.into_iter().map(of_u32).collect(),
            codes: grouped.of_row,
            numbers: matrix.numbers().to_vec(),
            labels: labels.iter().map(|&label| u32::from(label)).collect(),
        })
    }
}

impl FittedKnn {
    fn share(&self, neighbours: &[Neighbour]) -> f64 {
        let exact = neighbours.first().is_some_and(|nearest| nearest.square() == 0.0);
        let (mut positive, mut all) = (0.0, 0.0);
        for neighbour in neighbours {
            let weight = match self.weights {
                KnnWeights::Uniform => 1.0,
                KnnWeights::Distance if exact => f64::from(u8::from(neighbour.square() == 0.0)),
                KnnWeights::Distance => 1.0 / neighbour.square().sqrt(),
            };
            all += weight;
            if neighbour.positive {
                positive += weight;
            }
        }
        positive / all
    }
}

impl Probabilities for FittedKnn {
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64> {
        let Some(mut search) = Search::of(self, rows.encoder(), rows.scaler()) else {
            return vec![f64::NAN; rows.n_rows()];
        };
        let mut all = Vec::with_capacity(rows.n_rows());
        rows.each(&mut |level_columns, numbers| {
            let known = numbers.iter().all(|z| !z.is_nan());
            all.push(if known {
                self.share(search.nearest(rows.encoder(), level_columns, numbers))
            } else {
                f64::NAN
            });
        });
        all
    }
}

//! LIME's weights, averaged over many rows.

use serde::{Deserialize, Serialize};

use super::{Part, in_range};
use crate::explain::cache::ExplainCache;
use crate::explain::error::ExplainError;
use crate::explain::explainable::ExplainableModel;
use crate::explain::explanation::{FeatureCount, LOW_R2, LimeParams};
use crate::features::EncodedRecord;

/// Settings of averaged explanations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AverageParams {
    /// Rows that are explained. Default the test rows.
    pub part: Part,
    /// How many of them at most. Default 200; 1 to 10,000.
    pub rows: u32,
    /// Neighbours drawn, the customer itself included; the same ones for every row. Default 5,000; 2 to
    /// 1,000,000.
    pub samples: u32,
    /// Seed of rows and neighbours. Default 42.
    pub seed: u32,
}

impl Default for AverageParams {
    fn default() -> Self {
        Self { part: Part::default(), rows: 200, samples: 5_000, seed: 42 }
    }
}

impl AverageParams {
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [1, 10_000];

    /// How each row is explained: with a weight for every feature.
    #[must_use]
    pub fn lime(&self) -> LimeParams {
        LimeParams { samples: self.samples, features: FeatureCount::All, seed: self.seed }
    }

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`], [`ExplainError::Samples`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("rows", self.rows, Self::ROWS)?;
        self.lime().check()
    }
}

/// The weights of one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AverageWeight {
    /// The feature's name.
    pub feature: String,
    /// Mean weight.
    pub mean: f64,
    /// Mean of the absolute weights.
    pub mean_abs: f64,
    /// Share of the rows whose weight is above 0.
    pub positive: f64,
}

/// Explanations of many rows, averaged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AverageLime {
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// Neighbours of each, the row itself included.
    pub samples: u32,
    /// Seed of rows and neighbours.
    pub seed: u32,
    /// Mean of the local models' r².
    pub mean_r2: f64,
    /// Rows whose local model explains less than half of its neighbours.
    pub low_r2: u32,
    /// In the order of the feature space.
    pub features: Vec<AverageWeight>,
}

impl ExplainCache {
    /// Explains every record, with the same neighbours, and averages. `progress` hears of every record.
    ///
    /// # Errors
    /// As [`ExplainableModel::explain`], or no records.
    pub fn average(
        &mut self,
        model: &ExplainableModel,
        records: &[EncodedRecord],
        params: &AverageParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<AverageLime, ExplainError> {
        params.check()?;
        if records.is_empty() {
            return Err(ExplainError::NoBackground);
        }
        let space = &model.model.pipeline.space;
        let mut features: Vec<AverageWeight> = space
            .features
            .iter()
            .map(|feature| AverageWeight {
                feature: feature.name.clone(),
                mean: 0.0,
                mean_abs: 0.0,
                positive: 0.0,
            })
            .collect();
        let total = records.len() as u32;
        let (mut r2, mut low_r2) = (0.0, 0);
        for (done, record) in (1..).zip(records) {
            let explanation = self.explain(model, record, &params.lime())?;
            r2 += explanation.r2;
            low_r2 += u32::from(explanation.r2 < LOW_R2);
            for contribution in &explanation.contributions {
                let at = space.position(&contribution.feature);
                if let Some(feature) = at.and_then(|at| features.get_mut(at)) {
                    feature.mean += contribution.weight;
                    feature.mean_abs += contribution.weight.abs();
                    feature.positive += f64::from(u8::from(contribution.weight > 0.0));
                }
            }
            progress(done, total);
        }
        let n = f64::from(total);
        for feature in &mut features {
            feature.mean /= n;
            feature.mean_abs /= n;
            feature.positive /= n;
        }
        Ok(AverageLime {
            part: params.part,
            rows: total,
            samples: params.samples,
            seed: params.seed,
            mean_r2: r2 / n,
            low_r2,
            features,
        })
    }
}

//! A model that can say why.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use super::explanation::{Contribution, Explanation, LimeParams};
use super::lime::{FeatureStatistics, LimeExplainer};
use super::local::LocalModel;
use super::moments::Moments;
use super::neighbours::Bins;
use crate::features::{Domain, EncodedRecord};
use crate::models::TrainedModel;

/// A trained model with what LIME must know of its data; what travels, is stored and deployed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplainableModel {
    /// The model.
    pub model: TrainedModel,
    /// Fitted on all kept rows of the model's data set, as the workshop does.
    pub explainer: LimeExplainer,
}

impl ExplainableModel {
    /// Draws neighbours, asks the model for their probabilities and fits the local model.
    ///
    /// # Errors
    /// Settings out of range, or a record that is none of the model's.
    pub fn explain(
        &self,
        encoded: &[f64],
        params: &LimeParams,
    ) -> Result<Explanation, ExplainError> {
        params.check()?;
        let neighbours = self.explainer.draw(params.samples, params.seed);
        let probabilities = self.model.predict_proba(neighbours.values.view());
        self.explain_drawn(encoded, &neighbours.bins, &probabilities, params)
    }

    /// Fits the local model over neighbours drawn with `params`, of which `bins` and
    /// `probabilities` are known; one of each serves any number of customers.
    ///
    /// # Errors
    /// As [`Self::explain`].
    pub fn explain_drawn(
        &self,
        encoded: &[f64],
        bins: &Bins,
        probabilities: &[f64],
        params: &LimeParams,
    ) -> Result<Explanation, ExplainError> {
        params.check()?;
        self.check_record(0, encoded)?;
        let explanation = self.explain_neighbours(encoded, bins, probabilities, params)?;
        Ok(Explanation { seed: params.seed, ..explanation })
    }

    /// Fits the local model over given encoded records instead of drawn ones, the first of them
    /// `encoded` itself; of `params` only `features` counts.
    ///
    /// # Errors
    /// Fewer than two rows, a first row other than the record, a row that is none of the model's.
    pub fn explain_given(
        &self,
        encoded: &[f64],
        neighbourhood: &[EncodedRecord],
        params: &LimeParams,
    ) -> Result<Explanation, ExplainError> {
        params.features.check()?;
        let rows = neighbourhood.len();
        let [first, neighbours @ ..] = neighbourhood else {
            return Err(ExplainError::NeighbourhoodTooSmall { rows });
        };
        if neighbours.is_empty() {
            return Err(ExplainError::NeighbourhoodTooSmall { rows });
        }
        self.check_record(0, encoded)?;
        for (row, record) in neighbourhood.iter().enumerate() {
            self.check_record(row, record)?;
        }
        let features = &self.model.pipeline.space.features;
        for ((feature, &expected), &found) in features.iter().zip(encoded).zip(first) {
            if expected != found {
                let feature = feature.name.clone();
                return Err(ExplainError::FirstIsNotTheRecord { feature, found, expected });
            }
        }
        let mut values = Array2::zeros((neighbours.len(), encoded.len()));
        for (value, &given) in values.iter_mut().zip(neighbours.iter().flatten()) {
            *value = given;
        }
        let bins = self.explainer.bins_of(values.view());
        let probabilities = self.model.predict_proba(values.view());
        self.explain_neighbours(encoded, &bins, &probabilities, params)
    }

    fn explain_neighbours(
        &self,
        encoded: &[f64],
        bins: &Bins,
        probabilities: &[f64],
        params: &LimeParams,
    ) -> Result<Explanation, ExplainError> {
        if encoded.is_empty() {
            let rows = bins.n_neighbours() + 1;
            return Err(ExplainError::NoSolution { features: 0, rows });
        }
        let probability = self.model.predict_record(encoded);
        check_probabilities(probability, probabilities, bins.n_neighbours())?;
        let own = self.explainer.bins(encoded);
        let moments = Moments::of(&own, probability, bins, probabilities);
        let local = LocalModel::fit(&moments, params.features)?;
        Ok(self.explained(&self.explainer, own, probability, &local, moments.n_rows))
    }

    /// A local model in words; `own` are the record's bins by `explainer`. Its seed is 0.
    pub(super) fn explained(
        &self,
        explainer: &LimeExplainer,
        own: Vec<u16>,
        probability: f64,
        local: &LocalModel,
        n_rows: usize,
    ) -> Explanation {
        let features = &self.model.pipeline.space.features;
        let described: Vec<_> = features.iter().zip(&explainer.statistics).zip(own).collect();
        let contributions = local
            .weights
            .iter()
            .filter_map(|&(index, weight)| {
                let ((feature, statistics), bin) = described.get(index)?;
                let condition = statistics.condition(feature, *bin);
                Some(Contribution { feature: feature.name.clone(), condition, weight })
            })
            .collect();
        Explanation {
            probability,
            intercept: local.intercept,
            local_prediction: local.local_prediction(),
            r2: local.r2,
            contributions,
            samples: u32::try_from(n_rows).unwrap_or(u32::MAX),
            seed: 0,
        }
    }

    /// The record has what every feature needs, and the explainer describes the same features.
    pub(super) fn check_record(&self, row: usize, encoded: &[f64]) -> Result<(), ExplainError> {
        let features = &self.model.pipeline.space.features;
        if encoded.len() != features.len() {
            return Err(ExplainError::RecordLength {
                row,
                expected: features.len(),
                found: encoded.len(),
            });
        }
        for (index, (feature, &value)) in features.iter().zip(encoded).enumerate() {
            let (allowed, valid) = match (self.explainer.statistics.get(index), &feature.domain) {
                (Some(FeatureStatistics::Bins { .. }), Domain::Numbers { .. }) => {
                    ("a finite number".to_owned(), value.is_finite())
                }
                (Some(FeatureStatistics::Levels { frequencies }), Domain::Levels(levels))
                    if frequencies.len() == levels.len() =>
                {
                    let valid =
                        value.trunc() == value && (0.0..levels.len() as f64).contains(&value);
                    (format!("a level's number, under {}", levels.len()), valid)
                }
                _ => return Err(ExplainError::OtherDataset { feature: feature.name.clone() }),
            };
            if !valid {
                let feature = feature.name.clone();
                return Err(ExplainError::Value { row, feature, value, allowed });
            }
        }
        Ok(())
    }
}

pub(super) fn check_probabilities(
    own: f64,
    neighbours: &[f64],
    expected: usize,
) -> Result<(), ExplainError> {
    if neighbours.len() != expected {
        return Err(ExplainError::ProbabilityCount { expected, found: neighbours.len() });
    }
    let all = std::iter::once(&own).chain(neighbours);
    match all.enumerate().find(|(_, value)| !(0.0..=1.0).contains(*value)) {
        Some((row, &value)) => Err(ExplainError::Probability { row, value }),
        None => Ok(()),
    }
}

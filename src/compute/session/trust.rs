//! Requests about what an explanation is worth, and what would change the prediction.

use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::later::Trust;
use crate::compute::protocol::{
    Failure, Plausibility, Progress, Response, TrustAnswer, TrustQuestion,
};
use crate::data::{Dataset, DatasetId, Rules};
use crate::explain::{ExplainError, ExplainableModel};
use crate::features::EncodedRecord;
use crate::models::{TrainError, train};
use crate::numerics::random::RandomState;

impl Session {
    /// What an explanation is worth.
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn trust(
        &mut self,
        Trust { model_id, dataset_id, record, question }: Trust,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let model = model(&self.models, &model_id)?;
        let began = (self.clock)();
        let encoded = model.model.pipeline.space.encode(&record)?;
        let answer = match question {
            TrustQuestion::Stability(params) => {
                let tell = &mut |done, total| progress(counted(done, total, "explanations"));
                let stability = self.explanations.stability(model, &encoded, &params, tell)?;
                TrustAnswer::Stability(stability)
            }
            TrustQuestion::Shapley(params) => {
                params.check()?;
                let rows = match dataset_id.filter(|_| model.compares_with_rows()) {
                    Some(id) => {
                        let dataset = dataset(&self.datasets, &id)?;
                        training_rows(model, dataset, params.background, params.seed)?
                    }
                    None => Vec::new(),
                };
                let tell = &mut |done, total| progress(counted(done, total, "steps"));
                TrustAnswer::Shapley(model.shapley(&encoded, &rows, &params, tell)?)
            }
            TrustQuestion::Curves(params) => {
                params.check()?;
                let dataset = self.rows_behind(dataset_id)?;
                let rows = drawn_rows(model, dataset, params.rows_for(model), params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                TrustAnswer::Curves(model.curves(&encoded, &rows, &params, tell)?)
            }
            TrustQuestion::Counterfactuals(params) => {
                params.check()?;
                let dataset = self.rows_behind(dataset_id)?;
                let rows = drawn_rows(model, dataset, u32::MAX, 0)?;
                let tell = &mut |done, total| progress(counted(done, total, "combinations"));
                let found = model.counterfactuals(&encoded, &rows, &params, tell)?;
                TrustAnswer::Counterfactuals(found)
            }
            TrustQuestion::Settings(params) => {
                let rows = match dataset_id.filter(|_| params.cuts_rows()) {
                    Some(id) => Some(dataset(&self.datasets, &id)?),
                    None => None,
                };
                let tell = &mut |done, total| progress(counted(done, total, "explanations"));
                let all = self.explanations.compared(model, &encoded, rows, &params, tell)?;
                TrustAnswer::Settings(all)
            }
            TrustQuestion::Plausible { changed } => {
                let id = dataset_id.ok_or(ExplainError::NoBackground)?;
                let dataset = dataset(&self.datasets, &id)?;
                let rules = self.rules.entry(id).or_insert_with(|| Rules::learn(dataset));
                let violations = rules.violations(&record);
                let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
                let mut repaired = Vec::new();
                if !violations.is_empty() {
                    let nearest = rules.repair(&record, &changed);
                    repaired.extend(
                        nearest.into_iter().filter(|(name, value)| record.get(name) != Some(value)),
                    );
                }
                TrustAnswer::Plausible(Plausibility { violations, repaired })
            }
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Trust { answer: Box::new(answer), ms })
    }

    /// The data set whose training rows a question is about.
    fn rows_behind(&self, id: Option<DatasetId>) -> Result<&Dataset, Failure> {
        dataset(&self.datasets, &id.ok_or(ExplainError::NoBackground)?)
    }
}

/// Encoded training rows one after the other: all, in their order, where they are no more than `most`,
/// else the first of a random order.
fn drawn_rows(
    model: &ExplainableModel,
    dataset: &Dataset,
    most: u32,
    seed: u32,
) -> Result<Vec<f64>, Failure> {
    let rows = train::rows(&model.model.provenance.split, dataset.n_rows())?.train;
    let rows = match rows.len() > most as usize {
        false => rows,
        true => {
            let order = RandomState::new(seed).permutation(rows.len() as u32);
            let chosen = order.iter().take(most as usize);
            chosen.filter_map(|&at| rows.get(at as usize).copied()).collect()
        }
    };
    Ok(model.model.pipeline.encode_rows(dataset, &rows).map_err(TrainError::from)?)
}

/// Some of the rows that a model was trained on, encoded: the first of a random order.
fn training_rows(
    model: &ExplainableModel,
    dataset: &Dataset,
    count: u32,
    seed: u32,
) -> Result<Vec<EncodedRecord>, Failure> {
    let rows = train::rows(&model.model.provenance.split, dataset.n_rows())?.train;
    let order = RandomState::new(seed).permutation(rows.len() as u32);
    let chosen = order.iter().take(count as usize).filter_map(|&at| rows.get(at as usize));
    let records = chosen.filter_map(|&row| dataset.record(row as usize));
    let space = &model.model.pipeline.space;
    records.map(|record| Ok(space.encode(&record)?)).collect()
}

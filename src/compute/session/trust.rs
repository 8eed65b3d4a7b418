//! Requests about what an explanation is worth.

use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::later::Trust;
use crate::compute::protocol::{Failure, Progress, Response, TrustAnswer, TrustQuestion};
use crate::data::Dataset;
use crate::explain::ExplainableModel;
use crate::features::EncodedRecord;
use crate::models::train;
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
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Trust { answer: Box::new(answer), ms })
    }
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

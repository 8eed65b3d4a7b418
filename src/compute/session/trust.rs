//! Requests about what an explanation is worth.

use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::protocol::{Failure, Progress, Response, TrustAnswer, TrustQuestion};
use crate::data::{Dataset, DatasetId, Record};
use crate::explain::ExplainableModel;
use crate::features::EncodedRecord;
use crate::models::{ModelId, train};
use crate::numerics::random::RandomState;

impl Session {
    pub(super) fn trust(
        &mut self,
        id: &ModelId,
        dataset_id: Option<&DatasetId>,
        record: &Record,
        question: TrustQuestion,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let model = model(&self.models, id)?;
        let began = (self.clock)();
        let encoded = model.model.pipeline.space.encode(record)?;
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
                        let dataset = dataset(&self.datasets, id)?;
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

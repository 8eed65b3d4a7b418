//! Requests about what an explanation is worth, and what would change the prediction.

use super::model_rows::ModelRows;
use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::later::AboutRecord;
use crate::compute::protocol::{
    CardAnswer, Failure, Plausibility, Progress, RecordQuestion, Response,
};
use crate::data::{Dataset, DatasetId, Rules};
use crate::explain::ExplainError;
use crate::explain::whole::Part;

impl Session {
    /// What is asked of one record beyond its explanation.
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn about_record(
        &mut self,
        AboutRecord { model_id, dataset_id, record, question }: AboutRecord,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let model = model(&self.models, &model_id)?;
        let began = (self.clock)();
        let encoded = model.model.pipeline.space.encode(&record)?;
        let answer = match question {
            RecordQuestion::Stability(params) => {
                let tell = &mut |done, total| progress(counted(done, total, "explanations"));
                let stability = self.explanations.stability(model, &encoded, &params, tell)?;
                CardAnswer::Stability(stability)
            }
            RecordQuestion::Shapley(params) => {
                params.check()?;
                let rows = match dataset_id.filter(|_| model.compares_with_rows()) {
                    Some(id) => {
                        let of = ModelRows { model, dataset: dataset(&self.datasets, &id)? };
                        of.records(Part::Train, params.background, params.seed)?
                    }
                    None => Vec::new(),
                };
                let tell = &mut |done, total| progress(counted(done, total, "steps"));
                CardAnswer::Shapley(model.shapley(&encoded, &rows, &params, tell)?)
            }
            RecordQuestion::Curves(params) => {
                params.check()?;
                let of = ModelRows { model, dataset: self.rows_behind(dataset_id)? };
                let rows = of.encoded(Part::Train, params.rows_for(model), params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                CardAnswer::Curves(model.curves(&encoded, &rows, &params, tell)?)
            }
            RecordQuestion::Counterfactuals(params) => {
                params.check()?;
                let id = dataset_id.ok_or(ExplainError::NoBackground)?;
                let of = ModelRows { model, dataset: dataset(&self.datasets, &id)? };
                let rows = of.encoded(Part::Train, u32::MAX, 0)?;
                let learn = || Rules::learn(of.dataset);
                let rules = params.follow.then(|| &*self.rules.entry(id).or_insert_with(learn));
                let tell = &mut |done, total| progress(counted(done, total, "combinations"));
                let found = model.counterfactuals(&encoded, &rows, rules, &params, tell)?;
                CardAnswer::Counterfactuals(found)
            }
            RecordQuestion::Settings(params) => {
                let rows = match dataset_id.filter(|_| params.cuts_rows()) {
                    Some(id) => Some(dataset(&self.datasets, &id)?),
                    None => None,
                };
                let tell = &mut |done, total| progress(counted(done, total, "explanations"));
                let all = self.explanations.compared(model, &encoded, rows, &params, tell)?;
                CardAnswer::Settings(all)
            }
            RecordQuestion::Plausible { changed } => {
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
                CardAnswer::Plausible(Plausibility { violations, repaired })
            }
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::AboutRecord { answer: Box::new(answer), ms })
    }

    /// The data set whose training rows a question is about.
    fn rows_behind(&self, id: Option<DatasetId>) -> Result<&Dataset, Failure> {
        dataset(&self.datasets, &id.ok_or(ExplainError::NoBackground)?)
    }
}

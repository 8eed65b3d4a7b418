//! Requests about a model as a whole.

use super::model_rows::ModelRows;
use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::later::Whole;
use crate::compute::protocol::{CardAnswer, Failure, Progress, Response, WholeQuestion};
use crate::explain::whole::{Part, effects, importance, interaction, pairs, summary, surrogate};
use crate::models::train;

impl Session {
    /// What a model says over many rows.
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn whole(
        &mut self,
        Whole { model_id, dataset_id, question }: Whole,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let model = model(&self.models, &model_id)?;
        let of = ModelRows { model, dataset: dataset(&self.datasets, &dataset_id)? };
        let began = (self.clock)();
        let trained = &model.model;
        let answer = match question {
            WholeQuestion::Importance(params) => {
                params.check()?;
                let rows = of.rows(params.part)?;
                let labels = train::labels_of(of.dataset, &rows)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                let matrix = of.matrix(&rows)?;
                CardAnswer::Importance(importance::permutation(
                    trained, &matrix, &labels, &params, tell,
                )?)
            }
            WholeQuestion::Shapley(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let background = match model.compares_with_rows() {
                    true => of.records(Part::Train, params.background, params.seed)?,
                    false => Vec::new(),
                };
                let tell = &mut |done, total| progress(counted(done, total, "customers"));
                let found = summary::summary(trained, &records, &background, &params, tell)?;
                CardAnswer::Summary(found)
            }
            WholeQuestion::Average(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "customers"));
                CardAnswer::Average(self.explanations.average(model, &records, &params, tell)?)
            }
            WholeQuestion::Surrogate(params) => {
                params.check()?;
                let [train, test] = [of.rows(Part::Train)?, of.rows(Part::Test)?];
                let (train, test) = (of.matrix(&train)?, of.matrix(&test)?);
                CardAnswer::Surrogate(surrogate::surrogate(trained, &train, &test, &params)?)
            }
            WholeQuestion::Dependence(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                CardAnswer::Dependence(effects::dependence(trained, &records, &params)?)
            }
            WholeQuestion::Pair(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                CardAnswer::Pair(pairs::pair(trained, &records, &params, tell)?)
            }
            WholeQuestion::Interactions(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "pairs"));
                let found = interaction::interactions(trained, &records, &params, tell)?;
                CardAnswer::Interactions(found)
            }
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Whole { answer: Box::new(answer), ms })
    }
}

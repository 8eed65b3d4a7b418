//! Requests about a model as a whole.

use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::later::Whole;
use crate::compute::protocol::{Failure, Progress, Response, TrustAnswer, WholeQuestion};
use crate::data::Dataset;
use crate::explain::ExplainableModel;
use crate::explain::whole::{
    Part, effects, importance, interaction, pairs, sampled, summary, surrogate,
};
use crate::features::{EncodedRecord, FeatureError, FeatureMatrix};
use crate::models::{TrainError, train};

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
        let of = Of { model, dataset: dataset(&self.datasets, &dataset_id)? };
        let began = (self.clock)();
        let trained = &model.model;
        let answer = match question {
            WholeQuestion::Importance(params) => {
                params.check()?;
                let rows = of.rows(params.part)?;
                let labels = train::labels_of(of.dataset, &rows)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                let matrix = of.matrix(&rows)?;
                TrustAnswer::Importance(importance::permutation(
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
                TrustAnswer::Summary(found)
            }
            WholeQuestion::Average(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "customers"));
                TrustAnswer::Average(self.explanations.average(model, &records, &params, tell)?)
            }
            WholeQuestion::Surrogate(params) => {
                params.check()?;
                let [train, test] = [of.rows(Part::Train)?, of.rows(Part::Test)?];
                let (train, test) = (of.matrix(&train)?, of.matrix(&test)?);
                TrustAnswer::Surrogate(surrogate::surrogate(trained, &train, &test, &params)?)
            }
            WholeQuestion::Dependence(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                TrustAnswer::Dependence(effects::dependence(trained, &records, &params)?)
            }
            WholeQuestion::Pair(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "features"));
                TrustAnswer::Pair(pairs::pair(trained, &records, &params, tell)?)
            }
            WholeQuestion::Interactions(params) => {
                params.check()?;
                let records = of.records(params.part, params.rows, params.seed)?;
                let tell = &mut |done, total| progress(counted(done, total, "pairs"));
                let found = interaction::interactions(trained, &records, &params, tell)?;
                TrustAnswer::Interactions(found)
            }
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Whole { answer: Box::new(answer), ms })
    }
}

/// A model and the data set it was trained on.
struct Of<'s> {
    model: &'s ExplainableModel,
    dataset: &'s Dataset,
}

impl Of<'_> {
    /// Kept rows of one part of the model's split.
    fn rows(&self, part: Part) -> Result<Vec<u32>, TrainError> {
        let split = &self.model.model.provenance.split;
        let rows = train::rows(split, self.dataset.n_rows())?;
        Ok(match part {
            Part::Test => rows.test,
            Part::Train => rows.train,
        })
    }

    fn matrix(&self, rows: &[u32]) -> Result<FeatureMatrix, TrainError> {
        let matrix: Result<_, FeatureError> =
            self.model.model.pipeline.transform(self.dataset, rows);
        Ok(matrix?)
    }

    /// Some of them, encoded.
    fn records(&self, part: Part, count: u32, seed: u32) -> Result<Vec<EncodedRecord>, Failure> {
        let rows = sampled(&self.rows(part)?, count, seed);
        let space = &self.model.model.pipeline.space;
        let records = rows.iter().filter_map(|&row| self.dataset.record(row as usize));
        records.map(|record| Ok(space.encode(&record)?)).collect()
    }
}

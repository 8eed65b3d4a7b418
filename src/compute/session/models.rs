//! Requests about models.

use ndarray::Array2;

use super::{Session, dataset, model};
use crate::compute::later::{Names, Recipe};
use crate::compute::protocol::{Failure, FitSummary, Progress, Response};
use crate::data::Record;
use crate::experiments::validation::cross_validate;
use crate::experiments::{Decision, Run, Tags, ThresholdRule, Validation};
use crate::explain::{ExplainCache, ExplainableModel, LimeExplainer, LimeParams};
use crate::features::{EncodedRecord, FeatureSpace};
use crate::models::train::{Fitting, Records};
use crate::models::{
    LogisticParams, ModelId, ModelParams, Provenance, Trained, TrainedModel, onnx, train,
};

/// The most records of one request.
const MOST_RECORDS: usize = 1_000_000;

/// The settings of a fit that a first visit asks for: logistic regression that decides by itself.
pub(super) fn plain(recipe: &Recipe) -> Option<LogisticParams> {
    match (&recipe.params, recipe.rule) {
        (ModelParams::Logistic(params), ThresholdRule::Own) => Some(params.clone()),
        _ => None,
    }
}

impl Session {
    pub(super) fn add_model(&mut self, model: ExplainableModel) -> Response {
        let id = model.model.id.clone();
        let before = self.models.get(&id);
        if before.is_some_and(|before| *before != model) {
            // it goes by model id and would answer for the old one
            self.explanations = ExplainCache::default();
            self.scored = None;
        }
        self.models.insert(id.clone(), model);
        Response::ModelAdded { id }
    }

    pub(super) fn fit_plain(
        &mut self,
        params: &LogisticParams,
        recipe: Recipe,
        names: Names,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let tell = &mut |done, total| progress(counted(done, total, "iterations"));
        let fit = &mut |records: &Records| train::logistic(params, records, tell);
        let (model, run) = self.make(recipe, names, None, fit)?;
        self.keep_fit(model, run)
    }

    pub(super) fn fit(
        &mut self,
        recipe: Recipe,
        names: Names,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let (model, run) = self.make_any(recipe, names, progress)?;
        self.keep_fit(model, run)
    }

    fn keep_fit(&mut self, model: TrainedModel, run: Run) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, &run.provenance.dataset_id)?;
        let explainer = LimeExplainer::fit(dataset, &model.pipeline.space)?;
        let model = ExplainableModel { model, explainer };
        self.add_model(model.clone());
        Ok(Response::Fit(Box::new(FitSummary { run, model })))
    }

    /// A run whose model is forgotten, judged by cross-validation first where that is asked.
    pub(super) fn try_out(
        &self,
        recipe: Recipe,
        validation: Option<Validation>,
        names: Names,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Run, Failure> {
        let validation = match validation {
            None => None,
            Some(validation) => {
                let Recipe { dataset_id, params, split, .. } = &recipe;
                let dataset = dataset(&self.datasets, dataset_id)?;
                let tell = &mut |done, total| progress(counted(done, total, "folds"));
                Some(cross_validate(dataset, params, split, validation, tell)?)
            }
        };
        let (_, run) = self.make_any(recipe, names, progress)?;
        Ok(Run { validation, ..run })
    }

    /// A run of any family, its threshold chosen first where that is asked.
    fn make_any(
        &self,
        recipe: Recipe,
        names: Names,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(TrainedModel, Run), Failure> {
        let Recipe { dataset_id, params, split, rule } = &recipe;
        let dataset = dataset(&self.datasets, dataset_id)?;
        if dataset.target.is_none() {
            return Err(train::no_target(dataset).into());
        }
        let tell = &mut |done, total| progress(counted(done, total, "folds"));
        let decision = rule.decide(dataset, params, split, tell)?;
        let params = params.clone();
        let tell = &mut |done, total| progress(counted(done, total, "iterations"));
        let fit = &mut |records: &Records| train::any(&params, records, tell);
        self.make(recipe, names, decision, fit)
    }

    /// A run whose model `fit` makes.
    fn make(
        &self,
        Recipe { dataset_id, params, split, .. }: Recipe,
        names: Names,
        decision: Option<Decision>,
        fit: &mut Fitting<'_>,
    ) -> Result<(TrainedModel, Run), Failure> {
        let dataset = dataset(&self.datasets, &dataset_id)?;
        let target = dataset.target.clone().ok_or_else(|| train::no_target(dataset))?;
        let threshold = decision.map(|decision| decision.threshold);
        let began = (self.clock)();
        let parts = train::rows_of(dataset, &split)?;
        let trained = train::fit_by(dataset, &parts, threshold, fit)?;
        let Trained { pipeline, model, evaluation, n_train, n_test, .. } = trained;
        let ended = (self.clock)();
        let provenance = Provenance {
            dataset_id,
            dataset_name: dataset.name.clone(),
            target,
            params,
            split,
            n_train,
            n_test,
            created_ms: ended,
            fit_ms: (ended - began).max(0.0),
        };
        let model = TrainedModel { id: names.model_id, pipeline, model, evaluation, provenance };
        let run = Run {
            id: names.run_id,
            number: names.run_number,
            model_id: model.id.clone(),
            provenance: model.provenance.clone(),
            evaluation: model.evaluation.clone(),
            coefficients: model.coefficients(),
            iterations: trained.iterations,
            converged: trained.converged,
            decision,
            disagreeing: Some(trained.disagreeing),
            strengths: model.model.strengths().to_vec(),
            validation: None,
            grid: None,
            note: String::new(),
            tags: Tags::default(),
        };
        Ok((model, run))
    }

    pub(super) fn predict(&self, id: &ModelId, records: &[Record]) -> Result<Response, Failure> {
        let model = &model(&self.models, id)?.model;
        if records.len() > MOST_RECORDS {
            let message = format!("{} records; allowed: 0 to {MOST_RECORDS}", records.len());
            return Err(Failure::new("records_out_of_range", message));
        }
        let encoded = encode_all(&model.pipeline.space, records, "record")?;
        let shape = (records.len(), model.pipeline.space.len());
        let matrix = Array2::from_shape_vec(shape, encoded.concat()).map_err(|error| {
            Failure::new(
                "records_out_of_shape",
                format!("the records have no common shape: {error}"),
            )
        })?;
        Ok(Response::Probabilities(model.predict_proba(matrix.view())))
    }

    pub(super) fn onnx(&self, id: &ModelId, run_number: u32) -> Result<Response, Failure> {
        let model = &model(&self.models, id)?.model;
        Ok(Response::Onnx(onnx::encode(model, run_number)?))
    }

    pub(super) fn explain(
        &mut self,
        id: &ModelId,
        record: &Record,
        params: &LimeParams,
        neighbourhood: Option<&[Record]>,
    ) -> Result<Response, Failure> {
        let model = model(&self.models, id)?;
        let began = (self.clock)();
        let space = &model.model.pipeline.space;
        let encoded = space.encode(record)?;
        let explanation = match neighbourhood {
            None => self.explanations.explain(model, &encoded, params)?,
            Some(rows) => {
                let rows = encode_all(space, rows, "neighbour")?;
                model.explain_given(&encoded, &rows, params)?
            }
        };
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Explanation { explanation: Box::new(explanation), ms })
    }
}

/// How far a fit has come.
pub(super) fn counted(done: u32, total: u32, unit: &str) -> Progress {
    Progress { done, total, unit: unit.to_owned(), rows: 0, events: Vec::new() }
}

/// The records as numbers; an error says which record, counted from 0.
fn encode_all(
    space: &FeatureSpace,
    records: &[Record],
    noun: &str,
) -> Result<Vec<EncodedRecord>, Failure> {
    let encoded = records.iter().enumerate().map(|(at, record)| {
        space.encode(record).map_err(|error| {
            let failure = Failure::from(error);
            Failure { message: format!("{noun} {at}: {}", failure.message), ..failure }
        })
    });
    encoded.collect()
}

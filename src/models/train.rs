//! From a data set and settings to a judged model.

use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use ndarray::Array1;
use thiserror::Error;

use super::error::FitError;
use super::estimator::{Estimator, Family};
use super::logistic::cross_validation::LogisticCv;
use super::logistic::elastic_net::ElasticNet;
use super::logistic::{LogisticError, LogisticRegression};
use super::params::{LogisticParams, ModelParams};
use super::provenance::Split;
use super::svc::{SupportVectors, SvcError};
use super::trained::FittedModel;
use crate::data::split::{Part, SplitError, listed_rows, train_test_split};
use crate::data::{Dataset, TrainTest};
use crate::evaluation::{Evaluation, ThresholdCurve};
use crate::features::{FeatureError, FeatureMatrix, FeaturePipeline, FeatureSpace};

/// What training gives; with ids and times it becomes a [`super::TrainedModel`].
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// From raw records to columns, fitted on the training rows.
    pub pipeline: FeaturePipeline,
    /// The fit's result.
    pub model: FittedModel,
    /// How good it is.
    pub evaluation: Evaluation,
    /// Training rows.
    pub n_train: u32,
    /// Test rows.
    pub n_test: u32,
    /// Steps taken.
    pub iterations: u32,
    /// The fit reached its optimum.
    pub converged: bool,
    /// Test rows whose class, by the model's own rule, is not the side of one half that their probability
    /// is on.
    pub disagreeing: u32,
}

/// Why nothing was trained.
#[derive(Debug, Error)]
pub enum TrainError {
    /// Nothing to predict.
    #[error("data set \"{dataset}\" has no target; a column with two levels is needed")]
    NoTarget {
        /// The data set's name.
        dataset: String,
    },
    /// The training rows hold one class only.
    #[error("all {n_rows} {part} rows are {column} \"{class}\"; both classes are needed")]
    OneClass {
        /// Which rows.
        part: Part,
        /// How many.
        n_rows: usize,
        /// The target's column.
        column: String,
        /// Their only class.
        class: String,
    },
    /// The rows can't be split as asked.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// The rows can't become columns.
    #[error(transparent)]
    Features(#[from] FeatureError),
    /// The logistic regression refused.
    #[error(transparent)]
    Logistic(#[from] LogisticError),
    /// The support vector classification refused.
    #[error(transparent)]
    Svc(#[from] SvcError),
    /// Another family refused.
    #[error(transparent)]
    Fit(#[from] FitError),
}

impl TrainError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTarget { .. } => "no_target",
            Self::OneClass { .. } => "one_class",
            Self::Split(error) => error.code(),
            Self::Features(error) => error.code(),
            Self::Logistic(error) => error.code(),
            Self::Svc(error) => error.code(),
            Self::Fit(error) => error.code(),
        }
    }
}

/// The rows of both parts, kept rows from 0.
///
/// # Errors
/// A ratio, an empty part or a list of rows that makes no split.
pub fn rows(split: &Split, n_rows: usize) -> Result<TrainTest, TrainError> {
    Ok(match split {
        Split::Random { test_ratio, seed } => train_test_split(n_rows, *test_ratio, *seed)?,
        Split::Rows { train, test } => listed_rows(train, test, n_rows)?,
    })
}

/// The rows of both parts of a data set with a target.
///
/// # Errors
/// As [`rows`], or no target.
pub fn rows_of(dataset: &Dataset, split: &Split) -> Result<TrainTest, TrainError> {
    let labels = dataset.labels().ok_or_else(|| no_target(dataset))?;
    rows(split, dataset.n_rows().min(labels.len()))
}

/// Of each of these rows, whether it is of the positive class.
///
/// # Errors
/// No target.
pub fn labels_of(dataset: &Dataset, rows: &[u32]) -> Result<Vec<bool>, TrainError> {
    let labels = dataset.labels().ok_or_else(|| no_target(dataset))?;
    Ok(rows.iter().filter_map(|&row| labels.get(row as usize).copied()).collect())
}

/// There is nothing to predict in it.
pub(crate) fn no_target(dataset: &Dataset) -> TrainError {
    TrainError::NoTarget { dataset: dataset.name.clone() }
}

/// Whether settings are in their ranges, as far as that can be told without rows.
///
/// # Errors
/// The first one that is not.
pub fn check(params: &ModelParams) -> Result<(), TrainError> {
    match params {
        ModelParams::Logistic(params) => {
            LogisticRegression::new(params.clone()).check_ref()?;
        }
        ModelParams::ElasticNet(params) => {
            ElasticNet::new(params.clone()).check_ref()?;
        }
        ModelParams::WeightedLogistic(params) => {
            ElasticNet::weighted(params.clone()).check_ref()?;
        }
        ModelParams::LogisticCv(params) => {
            LogisticCv::new(params.clone()).check_ref()?;
        }
        ModelParams::WeightedLogisticCv(params) => {
            LogisticCv::weighted(params.clone()).check_ref()?;
        }
        ModelParams::Svc(params) => {
            SupportVectors::new(params.clone()).check_ref()?;
        }
        ModelParams::Baseline(params) => params.check()?,
        ModelParams::DecisionTree(params) => params.check()?,
        ModelParams::RandomForest(params) => params.check()?,
        ModelParams::GradientBoosting(params) => params.check()?,
        ModelParams::NaiveBayes(params) => params.check()?,
        ModelParams::Knn(params) => params.check()?,
    }
    Ok(())
}

/// Splits, fits the pipeline and the model on the training rows, and judges both parts. `progress`
/// hears of every step: steps taken, steps at most.
///
/// # Errors
/// No target, no feature, one class only, settings out of range, rows that make no split.
pub fn fit(
    dataset: &Dataset,
    params: &ModelParams,
    split: &Split,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Trained, TrainError> {
    fit_rows(dataset, params, &rows_of(dataset, split)?, progress)
}

/// Training rows as columns, with their labels.
pub type Records = DatasetBase<FeatureMatrix, Array1<bool>>;

/// Makes a model of training rows.
pub type Fitting<'f> = dyn FnMut(&Records) -> Result<FittedModel, TrainError> + 'f;

/// Training rows as columns, with what made them and their labels.
pub(crate) struct Prepared {
    pub pipeline: FeaturePipeline,
    pub records: Records,
}

/// What every family learns from.
///
/// # Errors
/// No target, no feature, one class only.
pub(crate) fn prepare(dataset: &Dataset, train: &[u32]) -> Result<Prepared, TrainError> {
    let target = dataset.target.as_ref().ok_or_else(|| no_target(dataset))?;
    let y_train = labels_of(dataset, train)?;
    let positives = y_train.iter().filter(|&&label| label).count();
    if positives == 0 || positives == y_train.len() {
        let class = if positives == 0 { &target.negative_class } else { &target.positive_class };
        return Err(TrainError::OneClass {
            part: Part::Train,
            n_rows: train.len(),
            column: target.column.clone(),
            class: class.clone(),
        });
    }

    let pipeline = FeaturePipeline::fit(FeatureSpace::of(dataset), dataset, train)?;
    let records = DatasetBase::new(pipeline.transform(dataset, train)?, Array1::from_vec(y_train));
    Ok(Prepared { pipeline, records })
}

/// The same with the rows of both parts given.
///
/// # Errors
/// No target, no feature, one class only, settings out of range.
pub fn fit_rows(
    dataset: &Dataset,
    params: &ModelParams,
    parts: &TrainTest,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Trained, TrainError> {
    fit_deciding(dataset, params, parts, None, progress)
}

/// The same, judged by the classes that a threshold gives; `None` for the model's own rule.
///
/// # Errors
/// No target, no feature, one class only, settings out of range.
pub fn fit_deciding(
    dataset: &Dataset,
    params: &ModelParams,
    parts: &TrainTest,
    threshold: Option<f64>,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Trained, TrainError> {
    fit_by(dataset, parts, threshold, &mut |records| any(params, records, progress))
}

/// A logistic regression of the training rows.
///
/// # Errors
/// Settings out of range.
pub fn logistic(
    params: &LogisticParams,
    records: &Records,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<FittedModel, TrainError> {
    let checked = LogisticRegression::new(params.clone()).check()?;
    Ok(FittedModel::Logistic(checked.fit_with_progress(records, progress)?))
}

/// A model of any family of the training rows.
///
/// # Errors
/// Settings out of range.
pub fn any(
    params: &ModelParams,
    records: &Records,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<FittedModel, TrainError> {
    Ok(match params {
        ModelParams::Logistic(params) => logistic(params, records, progress)?,
        ModelParams::ElasticNet(params) => FittedModel::Logistic(
            ElasticNet::new(params.clone()).check()?.fit_with_progress(records, progress)?,
        ),
        ModelParams::WeightedLogistic(params) => FittedModel::Logistic(
            ElasticNet::weighted(params.clone()).check()?.fit_with_progress(records, progress)?,
        ),
        ModelParams::LogisticCv(params) => FittedModel::LogisticCv(
            LogisticCv::new(params.clone()).check()?.fit_with_progress(records, progress)?,
        ),
        ModelParams::WeightedLogisticCv(params) => FittedModel::LogisticCv(
            LogisticCv::weighted(params.clone()).check()?.fit_with_progress(records, progress)?,
        ),
        ModelParams::Svc(params) => FittedModel::Svc(
            SupportVectors::new(params.clone()).check()?.fit_with_progress(records, progress)?,
        ),
        ModelParams::Baseline(params) => FittedModel::Baseline(learned(params, records, progress)?),
        ModelParams::DecisionTree(params) => {
            FittedModel::DecisionTree(learned(params, records, progress)?)
        }
        ModelParams::RandomForest(params) => {
            FittedModel::RandomForest(learned(params, records, progress)?)
        }
        ModelParams::GradientBoosting(params) => {
            FittedModel::GradientBoosting(learned(params, records, progress)?)
        }
        ModelParams::NaiveBayes(params) => {
            FittedModel::NaiveBayes(learned(params, records, progress)?)
        }
        ModelParams::Knn(params) => FittedModel::Knn(learned(params, records, progress)?),
    })
}

/// The same with the model made by `fit`, which alone knows its family.
///
/// # Errors
/// No target, no feature, one class only, and what `fit` says.
pub fn fit_by(
    dataset: &Dataset,
    TrainTest { train, test }: &TrainTest,
    threshold: Option<f64>,
    fit: &mut Fitting<'_>,
) -> Result<Trained, TrainError> {
    let Prepared { pipeline, records } = prepare(dataset, train)?;
    let (y_train, y_test) = (labels_of(dataset, train)?, labels_of(dataset, test)?);
    let model = fit(&records)?;
    let on_train = model.predict(&records.records);
    let on_test = model.predict(&pipeline.transform(dataset, test)?);
    let disagreeing = on_test.n_disagreeing();
    let [on_train, on_test] = [on_train, on_test].map(|predicted| match threshold {
        Some(threshold) => predicted.decided_at(threshold),
        None => predicted,
    });
    Ok(Trained {
        pipeline,
        evaluation: Evaluation {
            train: on_train.scores(&y_train),
            test: on_test.scores(&y_test),
            test_curve: ThresholdCurve::of(&y_test, &on_test.probabilities),
        },
        n_train: train.len() as u32,
        n_test: test.len() as u32,
        iterations: model.iterations(),
        converged: model.converged(),
        disagreeing,
        model,
    })
}

fn learned<P: Family + Clone>(
    params: &P,
    records: &DatasetBase<FeatureMatrix, Array1<bool>>,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<P::Fitted, FitError> {
    Estimator::new(params.clone()).check()?.fit_with_progress(records, progress)
}

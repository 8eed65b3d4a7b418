//! A model with all it takes to use and to judge it.

use linfa::traits::PredictInplace;
use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::baseline::FittedBaseline;
use super::boosting::FittedBoosting;
use super::estimator::Probabilities;
use super::knn::FittedKnn;
use super::logistic::FittedLogistic;
use super::logistic::cross_validation::{FittedLogisticCv, StrengthScore};
use super::naive_bayes::FittedNaiveBayes;
use super::provenance::{ModelId, Provenance};
use super::svc::FittedSvc;
use super::trees::{FittedForest, FittedTree};
use crate::evaluation::{Evaluation, Scores};
use crate::features::{EncodedRecords, FeatureMatrix, FeaturePipeline, OneHotEncoder};

/// What a fit of any family gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FittedModel {
    /// Logistic regression.
    Logistic(FittedLogistic),
    /// Support vector classification.
    Svc(FittedSvc),
    /// Logistic regression with the strength chosen.
    LogisticCv(FittedLogisticCv),
    /// The share of the positive class.
    Baseline(FittedBaseline),
    /// A classification tree.
    DecisionTree(FittedTree),
    /// Many trees.
    RandomForest(FittedForest),
    /// Trees that each mend what those before leave wrong.
    GradientBoosting(FittedBoosting),
    /// Features independent within a class.
    NaiveBayes(FittedNaiveBayes),
    /// The training rows next to a record.
    Knn(FittedKnn),
}

/// What a model says about rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicted {
    /// Of the positive class, one a row.
    pub probabilities: Vec<f64>,
    /// The rows predicted positive, where that is not a probability of at least one half.
    pub classes: Option<Vec<bool>>,
}

impl Predicted {
    /// The same with the classes that a threshold gives: positive from that probability on.
    #[must_use]
    pub fn decided_at(self, threshold: f64) -> Self {
        let classes = self.probabilities.iter().map(|&p| p >= threshold).collect();
        Self { classes: Some(classes), ..self }
    }

    /// Rows whose class is not the side of one half that their probability is on.
    #[must_use]
    pub fn n_disagreeing(&self) -> u32 {
        let Some(classes) = &self.classes else { return 0 };
        let pairs = classes.iter().zip(&self.probabilities);
        pairs.filter(|(class, p)| **class != (**p >= 0.5)).count() as u32
    }

    /// Scores against the truth, one a row.
    #[must_use]
    pub fn scores(&self, y_true: &[bool]) -> Scores {
        match &self.classes {
            None => Scores::of(y_true, &self.probabilities),
            Some(classes) => Scores::of_classes(y_true, classes, &self.probabilities),
        }
    }
}

impl FittedModel {
    /// Of every row of a matrix.
    #[must_use]
    pub fn predict(&self, records: &FeatureMatrix) -> Predicted {
        match self {
            Self::Logistic(fitted) | Self::LogisticCv(FittedLogisticCv { fitted, .. }) => {
                let mut probabilities = fitted.default_target(records);
                fitted.predict_inplace(records, &mut probabilities);
                Predicted { probabilities: probabilities.to_vec(), classes: None }
            }
            Self::Svc(fitted) => {
                let decisions = fitted.decision_function(records);
                Predicted {
                    probabilities: decisions.iter().map(|&d| fitted.probability(d)).collect(),
                    classes: Some(decisions.iter().map(|&d| d >= 0.0).collect()),
                }
            }
            Self::Baseline(fitted) => by_probability(fitted.probabilities(records)),
            Self::DecisionTree(fitted) => by_probability(fitted.probabilities(records)),
            Self::RandomForest(fitted) => by_probability(fitted.probabilities(records)),
            Self::GradientBoosting(fitted) => by_probability(fitted.probabilities(records)),
            Self::NaiveBayes(fitted) => by_probability(fitted.probabilities(records)),
            Self::Knn(fitted) => by_probability(fitted.probabilities(records)),
        }
    }

    /// Probability of the positive class, one a record; all NaN when they have not one number a feature.
    pub(crate) fn probabilities(&self, records: EncodedRecords<'_>) -> Vec<f64> {
        if records.width().is_none() {
            return vec![f64::NAN; records.n_records];
        }
        match self {
            Self::Logistic(fitted) | Self::LogisticCv(FittedLogisticCv { fitted, .. }) => {
                fitted.probabilities(records)
            }
            Self::Svc(fitted) => fitted.probabilities(records),
            Self::Baseline(fitted) => fitted.probabilities(&records),
            Self::DecisionTree(fitted) => fitted.probabilities(&records),
            Self::RandomForest(fitted) => fitted.probabilities(&records),
            Self::GradientBoosting(fitted) => fitted.probabilities(&records),
            Self::NaiveBayes(fitted) => fitted.probabilities(&records),
            Self::Knn(fitted) => fitted.probabilities(&records),
        }
    }

    /// Solver steps taken; trees, where a model is made of trees; 1 where there are no steps.
    #[must_use]
    pub fn iterations(&self) -> u32 {
        match self {
            Self::Logistic(fitted) | Self::LogisticCv(FittedLogisticCv { fitted, .. }) => {
                fitted.iterations
            }
            Self::Svc(fitted) => fitted.iterations,
            Self::RandomForest(fitted) => fitted.trees.n_trees() as u32,
            Self::GradientBoosting(fitted) => fitted.trees.n_trees() as u32,
            _ => 1,
        }
    }

    /// How each strength of a penalty did, ascending, where one was chosen among several.
    #[must_use]
    pub fn strengths(&self) -> &[StrengthScore] {
        match self {
            Self::LogisticCv(fitted) => &fitted.path,
            _ => &[],
        }
    }

    /// The solver met its tolerance, or there is none to meet.
    #[must_use]
    pub fn converged(&self) -> bool {
        match self {
            Self::Logistic(fitted) | Self::LogisticCv(FittedLogisticCv { fitted, .. }) => {
                fitted.converged
            }
            Self::Svc(fitted) => fitted.converged,
            _ => true,
        }
    }
}

/// What scikit-learn says of probabilities: at exactly one half, which shares of rows often are, it is
/// the negative class.
fn by_probability(probabilities: Vec<f64>) -> Predicted {
    let classes = probabilities.iter().map(|&p| p > 0.5).collect();
    Predicted { probabilities, classes: Some(classes) }
}

/// Pipeline + model + evaluation + provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainedModel {
    /// Names the model.
    pub id: ModelId,
    /// From raw records to columns.
    pub pipeline: FeaturePipeline,
    /// The fit's result.
    pub model: FittedModel,
    /// How good it is.
    pub evaluation: Evaluation,
    /// What it was made from.
    pub provenance: Provenance,
}

impl TrainedModel {
    /// Probability of the positive class, one a record.
    ///
    /// `records`: `(n, n_features)`, each row an [`crate::features::EncodedRecord`]. A level index
    /// that is none counts as the first level; records of another width, or a number that is NaN, give
    /// NaN.
    #[must_use]
    pub fn predict_proba(&self, records: ArrayView2<'_, f64>) -> Vec<f64> {
        match records.as_slice() {
            Some(flat) => self.probabilities(flat, records.nrows()),
            None => {
                let flat: Vec<f64> = records.iter().copied().collect();
                self.probabilities(&flat, records.nrows())
            }
        }
    }

    /// The same for one record, to the same bits.
    #[must_use]
    pub fn predict_record(&self, encoded: &[f64]) -> f64 {
        self.probabilities(encoded, 1).first().copied().unwrap_or(f64::NAN)
    }

    /// The intercept, then the weight of every standardised column, in column order; empty when the
    /// model is not linear.
    #[must_use]
    pub fn coefficients(&self) -> Vec<(String, f64)> {
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        let (intercept, weights) = match &self.model {
            FittedModel::Logistic(fitted)
            | FittedModel::LogisticCv(FittedLogisticCv { fitted, .. }) => {
                (fitted.intercept, Some(fitted.coefficients.clone()))
            }
            FittedModel::Svc(fitted) => {
                (fitted.intercept, fitted.coefficients(&encoder, &self.pipeline.scaler))
            }
            _ => return Vec::new(),
        };
        let Some(weights) = weights else { return Vec::new() };
        let columns = self.pipeline.column_names().into_iter();
        std::iter::once(("intercept".to_owned(), intercept)).chain(columns.zip(weights)).collect()
    }

    fn probabilities(&self, values: &[f64], n_records: usize) -> Vec<f64> {
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        let scaler = &self.pipeline.scaler;
        self.model.probabilities(EncodedRecords { values, n_records, encoder: &encoder, scaler })
    }
}

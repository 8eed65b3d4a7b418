//! Logistic regression whose strength is chosen by cross-validation.
//!
//! Every fold is fitted along the path of strengths, each from the one before, to the optimum.
//! scikit-learn's `LogisticRegressionCV` stops its fits earlier, which moves some accuracies by a row.

use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::param_guard::ParamGuard;
use linfa::traits::{Fit, PredictInplace};
use serde::{Deserialize, Serialize};

use super::design::Design;
use super::newton::{Descent, Problem};
use super::penalty::Penalty;
use super::{FittedLogistic, LogisticError, check_solver, checked_labels};
use crate::data::TrainTest;
use crate::data::split::folds::{Shuffle, stratified_k_fold};
use crate::features::FeatureMatrix;
use crate::models::params::ClassWeight;

/// Strengths to choose from at most.
pub const MOST_STRENGTHS: usize = 100;
/// Means that are closer differ by rounding: an accuracy differs by a row or not at all.
const SAME: f64 = 1e-12;

/// Settings of a cross-validated logistic regression, named as in scikit-learn's
/// `LogisticRegressionCV`: L2 penalty, stratified folds, judged by accuracy, fitted again on all rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogisticCvParams {
    /// The C to choose from, each above 0, 1 to 100 of them. Default ten, evenly in the exponent from
    /// 1e-4 to 1e4.
    pub strengths: Vec<f64>,
    /// Folds, at least 2. Default 5.
    pub n_folds: u32,
    /// Whether rows are mixed before they are dealt to folds. Default no.
    pub shuffle: Shuffle,
    /// Newton steps of each fit at most, at least 1. Default 100.
    pub max_iterations: u32,
    /// A fit stops when no component of the gradient is larger, above 0. Default 1e-9.
    pub tolerance: f64,
}

impl Default for LogisticCvParams {
    fn default() -> Self {
        Self {
            strengths: even_strengths(10),
            n_folds: 5,
            shuffle: Shuffle::No,
            max_iterations: 100,
            tolerance: 1e-9,
        }
    }
}

/// So many C evenly in the exponent from 1e-4 to 1e4, as `numpy.logspace(-4, 4, n)`.
#[must_use]
pub fn even_strengths(n: u32) -> Vec<f64> {
    let step = 8.0 / f64::from(n.saturating_sub(1).max(1));
    (0..n).map(|at| libm::pow(10.0, f64::from(at) * step - 4.0)).collect()
}

/// The same in which the rows of one class count more; a strength is still judged by plain accuracy, as
/// scikit-learn does.
///
/// A variant of its own because models are stored in postcard, where a new field would make earlier ones
/// unreadable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedLogisticCvParams {
    /// Strengths, folds and solver.
    pub search: LogisticCvParams,
    /// How much more the rows of one class count; "balanced" by the classes of all rows, not of a fold's.
    pub class_weight: ClassWeight,
}

/// Settings that are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticCv(ValidLogisticCv);

/// Settings that make sense.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidLogisticCv(WeightedLogisticCvParams);

/// How one strength does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrengthScore {
    /// The strength.
    pub c: f64,
    /// Accuracy on the rows left out, fold by fold.
    pub fold_accuracies: Vec<f64>,
    /// Their mean.
    pub mean_accuracy: f64,
    /// Their standard deviation, with n − 1.
    pub spread: f64,
    /// As good as the chosen one to the row.
    pub ties: bool,
    /// No worse than the chosen one by more than its standard error, `spread` / √folds: the data can't
    /// tell the two apart.
    pub within_standard_error: bool,
    /// Newton steps of all folds.
    pub iterations: u32,
}

/// A logistic regression with the strength chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedLogisticCv {
    /// On all rows, with the chosen strength.
    pub fitted: FittedLogistic,
    /// The strength of the best mean accuracy; of equally good ones the smallest.
    pub chosen_c: f64,
    /// One a strength, ascending.
    pub path: Vec<StrengthScore>,
}

impl LogisticCv {
    /// With these settings.
    #[must_use]
    pub fn new(search: LogisticCvParams) -> Self {
        Self::weighted(WeightedLogisticCvParams { search, class_weight: ClassWeight::None })
    }

    /// With these settings, in which the rows of one class may count more.
    #[must_use]
    pub fn weighted(params: WeightedLogisticCvParams) -> Self {
        Self(ValidLogisticCv(params))
    }
}

impl ParamGuard for LogisticCv {
    type Checked = ValidLogisticCv;
    type Error = LogisticError;

    fn check_ref(&self) -> Result<&ValidLogisticCv, LogisticError> {
        let WeightedLogisticCvParams { search: params, class_weight } = &self.0.0;
        class_weight.check()?;
        let n_strengths = params.strengths.len();
        if !(1..=MOST_STRENGTHS).contains(&n_strengths) {
            return Err(LogisticError::Strengths { n_strengths, most: MOST_STRENGTHS });
        }
        for &c in &params.strengths {
            check_solver(c, params.max_iterations, params.tolerance)?;
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<ValidLogisticCv, LogisticError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl ValidLogisticCv {
    /// Fits every strength on every fold, and the chosen one on all rows; `targets` is true for the
    /// positive class, one a row. `progress` hears of every fit: fits done, fits in all.
    ///
    /// # Errors
    /// As one fit, and a class with fewer rows than folds.
    pub fn fit_with_progress<T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedLogisticCv, LogisticError> {
        let labels = checked_labels(dataset)?;
        let LogisticCvParams { strengths, n_folds, shuffle, .. } = &self.0.search;
        let mut strengths = strengths.clone();
        strengths.sort_by(f64::total_cmp);
        let folds = stratified_k_fold(&labels, *n_folds, *shuffle)?;
        let positives = labels.iter().filter(|&&label| label).count();
        let factors = self.0.class_weight.factors([labels.len() - positives, positives]);
        let fits = (folds.len() * strengths.len()) as u32 + 1;
        let mut done = 0;
        let mut tell = || {
            done += 1;
            progress(done, fits);
        };
        let mut of_folds = Vec::with_capacity(folds.len());
        for fold in &folds {
            of_folds.push(self.fold(
                &dataset.records,
                &labels,
                factors,
                fold,
                &strengths,
                &mut tell,
            )?);
        }
        let mut path: Vec<StrengthScore> = strengths
            .iter()
            .enumerate()
            .map(|(at, &c)| {
                let here = of_folds.iter().filter_map(|fold| fold.get(at));
                score(c, &here.copied().collect::<Vec<FoldScore>>())
            })
            .collect();
        let chosen = choose(&mut path);
        let design = Design::of(&dataset.records);
        let fitted =
            Descent::new(&design, &labels, factors).minimise(self.problem(chosen), &mut |_| {})?;
        tell();
        Ok(FittedLogisticCv { fitted, chosen_c: chosen, path })
    }

    fn problem(&self, c: f64) -> Problem {
        let LogisticCvParams { max_iterations, tolerance, .. } = self.0.search;
        let penalty = Penalty::RIDGE;
        Problem { c, penalty, max_iterations, tolerance }
    }

    /// Strength after strength, each from the optimum of the one before.
    fn fold(
        &self,
        records: &FeatureMatrix,
        labels: &[bool],
        factors: [f64; 2],
        fold: &TrainTest,
        strengths: &[f64],
        tell: &mut dyn FnMut(),
    ) -> Result<Vec<FoldScore>, LogisticError> {
        let labels_of = |rows: &[u32]| -> Vec<bool> {
            rows.iter().filter_map(|&row| labels.get(row as usize).copied()).collect()
        };
        let (train, test) = (records.select(&fold.train), records.select(&fold.test));
        let (y_train, y_test) = (labels_of(&fold.train), labels_of(&fold.test));
        let design = Design::of(&train);
        let mut descent = Descent::new(&design, &y_train, factors);
        let mut scores = Vec::with_capacity(strengths.len());
        for &c in strengths {
            let fitted = descent.minimise(self.problem(c), &mut |_| {})?;
            let mut probabilities = fitted.default_target(&test);
            fitted.predict_inplace(&test, &mut probabilities);
            let classes = probabilities.iter().map(|&p| p >= 0.5);
            let right = classes.zip(&y_test).filter(|&(class, &truth)| class == truth).count();
            scores.push(FoldScore {
                accuracy: right as f64 / y_test.len() as f64,
                iterations: fitted.iterations,
            });
            tell();
        }
        Ok(scores)
    }
}

#[derive(Clone, Copy)]
struct FoldScore {
    accuracy: f64,
    iterations: u32,
}

fn score(c: f64, folds: &[FoldScore]) -> StrengthScore {
    let n = folds.len() as f64;
    let mean = folds.iter().map(|fold| fold.accuracy).sum::<f64>() / n;
    let apart = |fold: &FoldScore| (fold.accuracy - mean) * (fold.accuracy - mean);
    StrengthScore {
        c,
        fold_accuracies: folds.iter().map(|fold| fold.accuracy).collect(),
        mean_accuracy: mean,
        spread: (folds.iter().map(apart).sum::<f64>() / (n - 1.0)).sqrt(),
        ties: false,
        within_standard_error: false,
        iterations: folds.iter().map(|fold| fold.iterations).sum(),
    }
}

/// The strength chosen; marks those that are as good.
fn choose(path: &mut [StrengthScore]) -> f64 {
    let best = path.iter().map(|score| score.mean_accuracy).fold(0.0, f64::max);
    for score in path.iter_mut() {
        score.ties = score.mean_accuracy >= best - SAME;
    }
    let Some(chosen) = path.iter().find(|score| score.ties) else { return 1.0 };
    let (c, n_folds) = (chosen.c, chosen.fold_accuracies.len());
    let least = best - chosen.spread / (n_folds as f64).sqrt() - SAME;
    for score in path {
        score.within_standard_error = score.mean_accuracy >= least;
    }
    c
}

impl<T: AsSingleTargets<Elem = bool>> Fit<FeatureMatrix, T, LogisticError> for ValidLogisticCv {
    type Object = FittedLogisticCv;

    fn fit(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
    ) -> Result<FittedLogisticCv, LogisticError> {
        self.fit_with_progress(dataset, &mut |_, _| {})
    }
}

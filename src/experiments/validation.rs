//! Cross-validation: how good settings are, told from the training rows alone.
//!
//! Who chooses among many models by the test rows reads those rows' scores too high afterwards. So
//! the training rows are cut into folds; each fold is predicted by a model that was fitted on the
//! others, its columns and their scaling included.

use serde::{Deserialize, Serialize};

use crate::data::split::folds::{Shuffle, repeated_stratified_k_fold, stratified_k_fold};
use crate::data::{Dataset, TrainTest};
use crate::models::{ModelParams, Split, TrainError, train};

/// How the training rows are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// Folds, 2 to 1,000, the classes in each in their proportion. Default 5.
    pub n_folds: u32,
    /// How often they are cut anew, 1 to 1,000. Default 1.
    pub n_repeats: u32,
    /// Mixes the rows: scikit-learn's `random_state` of `StratifiedKFold` with shuffling, or, with
    /// repeats, of `RepeatedStratifiedKFold`. Default 0.
    pub seed: u32,
}

impl Default for Validation {
    fn default() -> Self {
        Self { n_folds: 5, n_repeats: 1, seed: 0 }
    }
}

/// Scores of the rows left out, fold by fold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrossValidation {
    /// How the rows were cut.
    pub validation: Validation,
    /// Share of right classes.
    pub accuracy: Vec<f64>,
    /// Area under the ROC curve; a fold without both classes has none.
    pub roc_auc: Vec<f64>,
    /// Mean of −ln p(true class), in nats.
    pub log_loss: Vec<f64>,
}

/// Mean and standard deviation (with n − 1) of the folds' scores; `None` without one.
#[must_use]
pub fn mean_and_spread(scores: &[f64]) -> Option<(f64, f64)> {
    let n = scores.len();
    if n == 0 {
        return None;
    }
    let mean = scores.iter().sum::<f64>() / n as f64;
    let squares = scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f64>();
    Some((mean, (squares / (n.max(2) - 1) as f64).sqrt()))
}

/// Fits once a fold. `progress` hears of every fold: folds done, folds in all.
///
/// # Errors
/// As a fit; folds out of range, or a class with fewer rows than folds.
pub fn cross_validate(
    dataset: &Dataset,
    params: &ModelParams,
    split: &Split,
    validation: Validation,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<CrossValidation, TrainError> {
    let train = train::rows_of(dataset, split)?.train;
    let labels = train::labels_of(dataset, &train)?;
    let Validation { n_folds, n_repeats, seed } = validation;
    let folds = match n_repeats {
        1 => stratified_k_fold(&labels, n_folds, Shuffle::Seeded { seed })?,
        _ => repeated_stratified_k_fold(&labels, n_folds, n_repeats, seed)?,
    };
    let total = folds.len() as u32;
    let (mut accuracy, mut roc_auc, mut log_loss) = (Vec::new(), Vec::new(), Vec::new());
    for (done, fold) in (0..).zip(folds) {
        progress(done, total);
        let kept = |places: &[u32]| {
            places.iter().filter_map(|&place| train.get(place as usize).copied()).collect()
        };
        let parts = TrainTest { train: kept(&fold.train), test: kept(&fold.test) };
        let judged = train::fit_rows(dataset, params, &parts, &mut |_, _| {})?.evaluation.test;
        accuracy.push(judged.accuracy);
        roc_auc.extend(judged.roc_auc);
        log_loss.push(judged.log_loss);
    }
    progress(total, total);
    Ok(CrossValidation { validation, accuracy, roc_auc, log_loss })
}

//! A run looked at closely: how sure its scores are, what its probabilities are worth, where it fails,
//! what more rows would bring, and whether another run is better.
//!
//! A run keeps its scores and not the probability of each test row. What needs those is fitted again,
//! to the same bits.

use serde::{Deserialize, Serialize};

use super::slices::{SliceValues, slices};
use crate::data::split::growing::growing_part;
use crate::data::{Dataset, TrainTest};
use crate::evaluation::{
    Binning, Bootstrap, BootstrapParams, Calibration, DeLong, EvaluationError, McNemar,
    Predictions, ScoreHistogram, Scores, SliceScore, SliceTable, bootstrap, calibration,
    classes_at, delong, mcnemar, slice_table,
};
use crate::models::{ModelParams, Split, TrainError, train};

/// The largest probability of chance that counts as a difference between two runs.
pub const ALPHA: f64 = 0.05;

/// What a judgement is made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgementParams {
    /// How often the test rows are drawn again, and by which seed. Default 1,000 draws, seed 0.
    pub bootstrap: BootstrapParams,
    /// Bins of the calibration curves, 1 to 100. Default 10.
    pub n_bins: u32,
    /// Bins of the probabilities by class, 1 to 100. Default 20.
    pub score_bins: u32,
    /// Slices that a column of numbers is cut into, each with about as many rows; at least 1.
    /// Default 4.
    pub slice_bins: u32,
}

impl Default for JudgementParams {
    fn default() -> Self {
        Self { bootstrap: BootstrapParams::default(), n_bins: 10, score_bins: 20, slice_bins: 4 }
    }
}

/// What is found of the test rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Intervals of scores and curves.
    pub bootstrap: Bootstrap,
    /// Calibration in bins of equal width.
    pub by_width: Calibration,
    /// Calibration in bins of about as many rows each.
    pub by_rows: Calibration,
    /// The probabilities of both classes.
    pub histogram: ScoreHistogram,
    /// What the rows of each slice have in common, in the order of the data set's columns.
    pub slices: Vec<SliceName>,
    /// Their scores, the worst accuracy first; `slice` counts in `slices`.
    pub slice_table: SliceTable,
}

/// What the rows of a slice have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceName {
    /// The feature's name.
    pub column: String,
    /// Its level, or the range of its number.
    pub holds: SliceValues,
}

/// Two runs on the same test rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Of the classes they predict.
    pub classes: McNemar,
    /// Of the areas under their ROC curves.
    pub areas: DeLong,
}

/// The scores of a fit on a part of the training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningPoint {
    /// Share of the training rows of each class that was learned from.
    pub share: f64,
    /// Rows learned from.
    pub n_train: u32,
    /// On those rows.
    pub train: Scores,
    /// On the test rows, the same at every share.
    pub test: Scores,
}

/// Which of the training rows a point of a learning curve is fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearningPart {
    /// Share of them, above 0 and at most 1.
    pub share: f64,
    /// Decides which; a smaller share lies within a larger one of the same seed.
    pub seed: u32,
}

/// The test rows of a run and what its model says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct TestPart {
    /// Kept rows, from 0.
    rows: Vec<u32>,
    y_true: Vec<bool>,
    probabilities: Vec<f64>,
    classes: Vec<bool>,
}

impl TestPart {
    /// Fits again. A row is positive from `threshold` on, or as the model has it. `progress` hears of every
    /// step: steps taken, steps at most.
    ///
    /// # Errors
    /// As the fit.
    pub fn of(
        dataset: &Dataset,
        params: &ModelParams,
        split: &Split,
        threshold: Option<f64>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Self, TrainError> {
        let parts = train::rows_of(dataset, split)?;
        let y_true = train::labels_of(dataset, &parts.test)?;
        let fitted = train::fit_rows(dataset, params, &parts, progress)?;
        let records = fitted.pipeline.transform(dataset, &parts.test)?;
        let predicted = fitted.model.predict(&records);
        let classes = match (threshold, predicted.classes) {
            (None, Some(classes)) => classes,
            (threshold, _) => classes_at(&predicted.probabilities, threshold.unwrap_or(0.5)),
        };
        let probabilities = predicted.probabilities;
        Ok(Self { rows: parts.test, y_true, probabilities, classes })
    }

    /// Judges it. `dataset` is the one it was fitted on.
    ///
    /// # Errors
    /// Test rows of one class, or settings out of range.
    pub fn judge(
        &self,
        dataset: &Dataset,
        params: &JudgementParams,
    ) -> Result<Judgement, EvaluationError> {
        let predictions = Predictions::new(&self.y_true, &self.probabilities, &self.classes)?;
        let slices = slices(dataset, &self.rows, params.slice_bins);
        let (names, rows): (Vec<_>, Vec<_>) = slices
            .into_iter()
            .map(|slice| (SliceName { column: slice.column, holds: slice.holds }, slice.rows))
            .unzip();
        Ok(Judgement {
            by_width: calibration(predictions, Binning::Uniform, params.n_bins)?,
            by_rows: calibration(predictions, Binning::Quantile, params.n_bins)?,
            histogram: ScoreHistogram::of(predictions, params.score_bins)?,
            slice_table: slice_table(predictions, &rows, SliceScore::Accuracy)?,
            slices: names,
            bootstrap: bootstrap(predictions, &params.bootstrap)?,
        })
    }

    /// Sets it against another run on the same rows.
    ///
    /// # Errors
    /// Other test rows, or fewer than two of a class.
    pub fn compare(&self, other: &Self) -> Result<Comparison, EvaluationError> {
        let [first, second] = [self, other];
        Ok(Comparison {
            classes: mcnemar(&first.y_true, &first.classes, &second.classes, ALPHA)?,
            areas: delong(&first.y_true, &first.probabilities, &second.probabilities, ALPHA)?,
        })
    }
}

/// Fits on a share of the training rows, each class in its proportion. A row is positive from `threshold`
/// on, or as the model has it.
///
/// # Errors
/// A share that is none, or as a fit.
pub fn learning_point(
    dataset: &Dataset,
    params: &ModelParams,
    split: &Split,
    threshold: Option<f64>,
    LearningPart { share, seed }: LearningPart,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<LearningPoint, TrainError> {
    let parts = train::rows_of(dataset, split)?;
    let every: Vec<u32> = (0..dataset.n_rows() as u32).collect();
    let labels = train::labels_of(dataset, &every)?;
    let part = growing_part(&parts.train, &labels, share, seed)?;
    let parts = TrainTest { train: part, test: parts.test };
    let fitted = train::fit_deciding(dataset, params, &parts, threshold, progress)?;
    Ok(LearningPoint {
        share,
        n_train: fitted.n_train,
        train: fitted.evaluation.train,
        test: fitted.evaluation.test,
    })
}

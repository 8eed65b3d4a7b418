//! Where a model is worse than on the whole: scores by groups of rows.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::curve::ThresholdCurve;
use super::error::EvaluationError;
use super::predictions::Predictions;
use super::scores::ConfusionMatrix;
use crate::numerics::interval::{Interval, Z_95, wilson};

/// Under so many rows behind a score it says little.
pub const FEW_ROWS: u32 = 30;
/// Halvings of the interval that a bound is sought in: 2⁻⁶⁰ of it is left.
const HALVINGS: u32 = 60;

/// The score by which slices are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SliceScore {
    /// Right classes among all rows.
    #[default]
    Accuracy,
    /// Those found among the positive rows.
    Recall,
    /// Positive rows among those predicted positive.
    Precision,
    /// Area under the ROC curve.
    RocAuc,
}

/// A score of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceFigure {
    /// `None` where there is nothing to take a share of.
    pub value: Option<f64>,
    /// 95 %: Wilson's for shares, Newcombe's for the area.
    pub interval: Interval,
    /// `value` less that of all rows.
    pub gap: Option<f64>,
    /// Rows behind it: all, the positive ones, those predicted positive, or for the area those of the
    /// rarer class.
    pub n_behind: u32,
    /// Fewer than [`FEW_ROWS`]: too few to rely on.
    pub few: bool,
}

/// The scores of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceRow {
    /// Which of the slices given, from 0.
    pub slice: u32,
    /// Rows.
    pub n: u32,
    /// Positive rows.
    pub positives: u32,
    /// Right classes among all rows.
    pub accuracy: SliceFigure,
    /// Those found among the positive rows.
    pub recall: SliceFigure,
    /// Positive rows among those predicted positive.
    pub precision: SliceFigure,
    /// Area under the ROC curve.
    pub roc_auc: SliceFigure,
}

/// All rows, and slice after slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceTable {
    /// All rows, `slice` 0; its gaps are 0.
    pub whole: SliceRow,
    /// The worst first by the score asked for; after those that have enough rows come those that have
    /// few, then those that have no such score.
    pub slices: Vec<SliceRow>,
}

/// Scores of slices, each given as its rows (from 0, of those judged); they may overlap.
///
/// # Errors
/// A row that is not judged.
pub fn slice_table(
    predictions: Predictions<'_>,
    slices: &[Vec<u32>],
    by: SliceScore,
) -> Result<SliceTable, EvaluationError> {
    let n_rows = predictions.n_rows();
    let everything: Vec<u32> = (0..n_rows as u32).collect();
    let mut whole = figures(predictions, 0, &everything)?;
    let of_whole = whole;
    compare(&mut whole, &of_whole);
    let mut rows = Vec::with_capacity(slices.len());
    for (slice, slice_rows) in slices.iter().enumerate() {
        let mut row = figures(predictions, slice, slice_rows)?;
        compare(&mut row, &of_whole);
        rows.push(row);
    }
    rows.sort_by(|a, b| worse_first(a, b, by));
    Ok(SliceTable { whole, slices: rows })
}

impl SliceTable {
    /// The same slices, the worst first by another score.
    #[must_use]
    pub fn by(&self, score: SliceScore) -> Vec<SliceRow> {
        let mut rows = self.slices.clone();
        // slices that are equally bad keep the order they were given in
        rows.sort_by(|a, b| worse_first(a, b, score).then(a.slice.cmp(&b.slice)));
        rows
    }
}

fn worse_first(a: &SliceRow, b: &SliceRow, by: SliceScore) -> Ordering {
    let place = |row: &SliceRow| {
        let figure = row.figure(by);
        match figure.value {
            Some(value) => (u8::from(figure.few), value),
            None => (2, 0.0),
        }
    };
    let ((group_a, value_a), (group_b, value_b)) = (place(a), place(b));
    group_a.cmp(&group_b).then(value_a.total_cmp(&value_b))
}

impl SliceRow {
    /// The figure of that score.
    #[must_use]
    pub fn figure(&self, score: SliceScore) -> &SliceFigure {
        match score {
            SliceScore::Accuracy => &self.accuracy,
            SliceScore::Recall => &self.recall,
            SliceScore::Precision => &self.precision,
            SliceScore::RocAuc => &self.roc_auc,
        }
    }
}

fn figures(
    predictions: Predictions<'_>,
    slice: usize,
    rows: &[u32],
) -> Result<SliceRow, EvaluationError> {
    let n_rows = predictions.n_rows();
    let (mut y_true, mut y_pred, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for &row in rows {
        let at = row as usize;
        let (Some(&truth), Some(&p), Some(&class)) = (
            predictions.y_true().get(at),
            predictions.y_pred().get(at),
            predictions.classes().get(at),
        ) else {
            return Err(EvaluationError::SliceRow { slice, row, n_rows });
        };
        y_true.push(truth);
        y_pred.push(p);
        classes.push(class);
    }
    let counts = ConfusionMatrix::of_classes(&y_true, &classes);
    let curve = ThresholdCurve::of(&y_true, &y_pred);
    Ok(SliceRow {
        slice: slice as u32,
        n: counts.n(),
        positives: curve.positives,
        accuracy: of_share(counts.tp + counts.tn, counts.n()),
        recall: of_share(counts.tp, counts.tp + counts.fn_),
        precision: of_share(counts.tp, counts.tp + counts.fp),
        roc_auc: of_area(&curve),
    })
}

fn compare(row: &mut SliceRow, whole: &SliceRow) {
    for (figure, whole) in [
        (&mut row.accuracy, &whole.accuracy),
        (&mut row.recall, &whole.recall),
        (&mut row.precision, &whole.precision),
        (&mut row.roc_auc, &whole.roc_auc),
    ] {
        figure.gap = figure.value.zip(whole.value).map(|(value, whole)| value - whole);
    }
}

fn of_share(part: u32, whole: u32) -> SliceFigure {
    let value = (whole > 0).then(|| f64::from(part) / f64::from(whole));
    figure(value, wilson(part, whole), whole)
}

fn of_area(curve: &ThresholdCurve) -> SliceFigure {
    let value = curve.roc_auc();
    let interval = value.map_or(Interval { low: 0.0, high: 1.0 }, |area| {
        area_interval(area, curve.positives, curve.negatives)
    });
    figure(value, interval, curve.positives.min(curve.negatives))
}

fn figure(value: Option<f64>, interval: Interval, n_behind: u32) -> SliceFigure {
    SliceFigure { value, interval, gap: None, n_behind, few: n_behind < FEW_ROWS }
}

/// The areas θ that `area` is within 1.96 standard errors of, those of θ itself, so that an area of 1
/// has an interval too.
///
/// V(θ) = θ·(1 − θ)·(1 + h·(1 − θ)/(2 − θ) + h·θ/(1 + θ)) / (m·n) with h = (m + n)/2 − 1; Newcombe,
/// "Confidence intervals for an effect size measure based on the Mann–Whitney statistic. Part 2",
/// Statistics in Medicine 25 (2006), method 5.
#[must_use]
pub fn area_interval(area: f64, positives: u32, negatives: u32) -> Interval {
    let (m, n) = (f64::from(positives), f64::from(negatives));
    let h = (m + n) / 2.0 - 1.0;
    let near = |theta: f64| {
        let shape = 1.0 + h * (1.0 - theta) / (2.0 - theta) + h * theta / (1.0 + theta);
        let variance = theta * (1.0 - theta) * shape / (m * n);
        (area - theta).abs() <= Z_95 * variance.sqrt()
    };
    let bound = |mut outside: f64| {
        let mut inside = area;
        for _ in 0..HALVINGS {
            let middle = 0.5 * (inside + outside);
            if near(middle) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside
    };
    Interval { low: bound(0.0), high: bound(1.0) }
}

//! Curves as points: exact, without the points on a straight line, and few enough to draw.

use serde::{Deserialize, Serialize};

use super::curve::ThresholdCurve;

/// A point of the ROC curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RocPoint {
    /// Positive is predicted from here on; `None` where nothing is.
    pub threshold: Option<f64>,
    /// Share of the negative rows predicted positive.
    pub false_positive_rate: f64,
    /// Share of the positive rows predicted positive.
    pub true_positive_rate: f64,
}

/// A point of the precision-recall curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRecallPoint {
    /// Positive is predicted from here on; `None` where nothing is.
    pub threshold: Option<f64>,
    /// tp / positives.
    pub recall: f64,
    /// tp / (tp + fp); 1 where nothing is predicted positive, as scikit-learn has it.
    pub precision: f64,
}

/// A curve as it is drawn, and what was lost by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn<P> {
    /// In the order of the curve.
    pub points: Vec<P>,
    /// Area under the curve itself.
    pub area: f64,
    /// Area under these points, joined by straight lines.
    pub drawn_area: f64,
}

impl ThresholdCurve {
    /// From (0, 0) to (1, 1), one point a threshold; empty when only one class is present.
    #[must_use]
    pub fn roc_points(&self) -> Vec<RocPoint> {
        if self.positives == 0 || self.negatives == 0 {
            return Vec::new();
        }
        let start = RocPoint { threshold: None, false_positive_rate: 0.0, true_positive_rate: 0.0 };
        let points = self.steps().map(|step| RocPoint {
            threshold: Some(step.threshold),
            false_positive_rate: f64::from(step.fp) / f64::from(self.negatives),
            true_positive_rate: f64::from(step.tp) / f64::from(self.positives),
        });
        std::iter::once(start).chain(points).collect()
    }

    /// The points of `roc_curve(y_true, y_pred)` of scikit-learn, which leaves out those in the middle
    /// of two equal steps (`drop_intermediate`); the area is the same.
    #[must_use]
    pub fn roc_corners(&self) -> Vec<RocPoint> {
        let points = self.roc_points();
        let counts: Vec<(u32, u32)> = self.steps().map(|step| (step.fp, step.tp)).collect();
        let mut corner = vec![true; points.len()];
        for (three, corner) in counts.windows(3).zip(corner.iter_mut().skip(2)) {
            if let [(fp0, tp0), (fp1, tp1), (fp2, tp2)] = three {
                *corner = fp2 - fp1 != fp1 - fp0 || tp2 - tp1 != tp1 - tp0;
            }
        }
        points
            .into_iter()
            .zip(corner)
            .filter_map(|(point, corner)| corner.then_some(point))
            .collect()
    }

    /// From nothing to everything predicted positive; empty when no row is positive. Backwards these
    /// are the points of `precision_recall_curve(y_true, y_pred)` of scikit-learn.
    #[must_use]
    pub fn precision_recall_points(&self) -> Vec<PrecisionRecallPoint> {
        if self.positives == 0 {
            return Vec::new();
        }
        let start = PrecisionRecallPoint { threshold: None, recall: 0.0, precision: 1.0 };
        let points = self.steps().map(|step| PrecisionRecallPoint {
            threshold: Some(step.threshold),
            recall: f64::from(step.tp) / f64::from(self.positives),
            precision: f64::from(step.tp) / f64::from(step.tp + step.fp),
        });
        std::iter::once(start).chain(points).collect()
    }

    /// The ROC curve with at most four points to each of `columns` columns of a picture.
    #[must_use]
    pub fn drawn_roc(&self, columns: u32) -> Drawn<RocPoint> {
        drawn(&self.roc_corners(), columns, |p| Position {
            x: p.false_positive_rate,
            y: p.true_positive_rate,
        })
    }

    /// The precision-recall curve likewise; its area is that under straight lines, not the average
    /// precision.
    #[must_use]
    pub fn drawn_precision_recall(&self, columns: u32) -> Drawn<PrecisionRecallPoint> {
        drawn(&self.precision_recall_points(), columns, |p| Position {
            x: p.recall,
            y: p.precision,
        })
    }
}

/// Where a point is drawn; 0 to 1 from left to right.
#[derive(Clone, Copy)]
pub(super) struct Position {
    pub x: f64,
    pub y: f64,
}

/// The points that a picture of so many columns needs: of each column the first, the last, the lowest
/// and the highest (Jugel et al., "M4", VLDB 2014), so that lines look the same to the pixel. `points`
/// must run from left to right.
pub(super) fn drawn<P: Clone>(
    points: &[P],
    columns: u32,
    position: impl Fn(&P) -> Position,
) -> Drawn<P> {
    let places: Vec<Position> = points.iter().map(position).collect();
    let width = f64::from(columns.max(1));
    let column = |place: &Position| (place.x * width) as u32;
    let mut kept: Vec<usize> = Vec::new();
    let mut from = 0;
    for run in places.chunk_by(|a, b| column(a) == column(b)) {
        let (mut lowest, mut highest) = (0, 0);
        for (at, place) in run.iter().enumerate() {
            lowest = if place.y < run[lowest].y { at } else { lowest };
            highest = if place.y > run[highest].y { at } else { highest };
        }
        let mut four = [0, lowest, highest, run.len() - 1];
        four.sort_unstable();
        kept.extend(four.map(|at| from + at));
        from += run.len();
    }
    kept.dedup();
    let left: Vec<Position> = kept.iter().map(|&at| places[at]).collect();
    Drawn {
        points: kept.iter().map(|&at| points[at].clone()).collect(),
        area: area(&places),
        drawn_area: area(&left),
    }
}

/// Under straight lines between the points.
fn area(places: &[Position]) -> f64 {
    places
        .windows(2)
        .map(|pair| match pair {
            [a, b] => (b.x - a.x) * 0.5 * (a.y + b.y),
            _ => 0.0,
        })
        .sum()
}

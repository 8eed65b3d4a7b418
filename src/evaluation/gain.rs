//! What contacting the most likely leavers first is worth: cumulative gain and lift.

use serde::{Deserialize, Serialize};

use super::curve::ThresholdCurve;
use super::points::{Drawn, Position, drawn};

/// A point of both curves. Rows are taken from the highest probability down.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GainPoint {
    /// Share of all rows taken.
    pub taken: f64,
    /// Cumulative gain: share of the positive rows that are among them.
    pub found: f64,
    /// `found` / `taken`: how many times more than among as many rows at random. Without a row taken,
    /// that of the first rows.
    pub lift: f64,
}

impl ThresholdCurve {
    /// From nothing to everything taken, one point a threshold; empty when no row is positive.
    #[must_use]
    pub fn gain_points(&self) -> Vec<GainPoint> {
        if self.positives == 0 {
            return Vec::new();
        }
        let mut points: Vec<GainPoint> = self
            .steps()
            .map(|step| {
                let taken = f64::from(step.tp + step.fp) / self.n_rows();
                let found = f64::from(step.tp) / f64::from(self.positives);
                GainPoint { taken, found, lift: found / taken }
            })
            .collect();
        let lift = points.first().map_or(1.0, |first| first.lift);
        points.insert(0, GainPoint { taken: 0.0, found: 0.0, lift });
        points
    }

    /// The point at a share of the rows, 0 to 1; `None` when no row is positive.
    ///
    /// Between two points on a straight line, which is what taking rows of one probability in random
    /// order gives on average.
    #[must_use]
    pub fn gain_at(&self, taken: f64) -> Option<GainPoint> {
        let points = self.gain_points();
        let taken = taken.clamp(0.0, 1.0);
        let after = points.partition_point(|point| point.taken < taken);
        let to = points.get(after).or(points.last())?;
        let Some(from) = after.checked_sub(1).and_then(|before| points.get(before)) else {
            return Some(*to);
        };
        let share = (taken - from.taken) / (to.taken - from.taken);
        let found = from.found + share * (to.found - from.found);
        Some(GainPoint { taken, found, lift: found / taken })
    }

    /// The cumulative gain with at most four points to each of `columns` columns of a picture.
    #[must_use]
    pub fn drawn_gain(&self, columns: u32) -> Drawn<GainPoint> {
        drawn(&self.gain_points(), columns, |p| Position { x: p.taken, y: p.found })
    }

    /// The lift likewise.
    #[must_use]
    pub fn drawn_lift(&self, columns: u32) -> Drawn<GainPoint> {
        drawn(&self.gain_points(), columns, |p| Position { x: p.taken, y: p.lift })
    }

    fn n_rows(&self) -> f64 {
        f64::from(self.positives) + f64::from(self.negatives)
    }
}

//! The step where absolute values are penalised: the minimum of the objective's parabola plus the
//! penalty, which has a corner wherever a weight is 0.
//!
//! Coordinate descent (Friedman, Hastie and Tibshirani 2010) soon tells which weights are 0 and is slow
//! with the others; those are put right at once, by an equation, stopped where one would change its
//! sign. What that leaves undone is left to the next step.

use crate::numerics::cholesky;

/// Rounds over all weights before the equations.
const SWEEPS: u32 = 20;
/// Equations at most.
const EQUATIONS: u32 = 50;
/// A slope at 0 steeper than the penalty by less is rounding.
const SLACK: f64 = 1e-12;
/// Added to the diagonal, as shares of its largest entry, where columns that repeat each other leave an
/// equation without a solution of its own.
const DAMPINGS: [f64; 4] = [0.0, 1e-14, 1e-12, 1e-10];

/// q(u) = gᵀ(u − w) + ½·(u − w)ᵀH(u − w) + l1·Σ|uⱼ|, the last coordinate free of the penalty.
pub struct Parabola<'a> {
    /// w, then the intercept.
    pub at: Vec<f64>,
    /// g there.
    pub slope: Vec<f64>,
    /// H, `n × n`, row-major, the lower triangle filled.
    pub curvature: Vec<f64>,
    pub l1: f64,
    /// Weights that stay where they are, one a weight.
    pub held: &'a [bool],
}

/// The search for the minimum.
struct Search<'a> {
    parabola: &'a Parabola<'a>,
    n: usize,
    /// u.
    point: Vec<f64>,
    /// g + H(u − w).
    slope: Vec<f64>,
    /// The side of 0 that each weight is on: −1, 1, or 0 where it is held at 0.
    side: Vec<f64>,
}

impl Parabola<'_> {
    /// u at the minimum, exactly 0 where it is 0; `None` when rounding left no equation solvable.
    pub fn minimum(mut self) -> Option<Vec<f64>> {
        let n = self.at.len();
        for j in 0..n {
            for k in 0..j {
                self.curvature[k * n + j] = self.curvature[j * n + k];
            }
        }
        let mut search = Search {
            n,
            point: self.at.clone(),
            slope: self.slope.clone(),
            side: vec![0.0; n],
            parabola: &self,
        };
        for _ in 0..SWEEPS {
            (0..n).for_each(|j| search.settle(j));
        }
        for j in 0..n {
            let value = search.point[j];
            search.side[j] = if value == 0.0 { 0.0 } else { value.signum() };
        }
        for _ in 0..EQUATIONS {
            let step = search.equation()?;
            if search.walk(&step) {
                break;
            }
        }
        search.point.iter().all(|u| u.is_finite()).then_some(search.point)
    }

    fn is_free(&self, j: usize) -> bool {
        j + 1 == self.at.len()
    }
}

impl Search<'_> {
    fn curvature(&self, j: usize) -> &[f64] {
        &self.parabola.curvature[j * self.n..][..self.n]
    }

    fn move_by(&mut self, j: usize, by: f64) {
        self.point[j] += by;
        let row = &self.parabola.curvature[j * self.n..][..self.n];
        for (slope, h) in self.slope.iter_mut().zip(row) {
            *slope += h * by;
        }
    }

    /// Puts one coordinate at its minimum, the others held.
    fn settle(&mut self, j: usize) {
        let h = self.curvature(j)[j];
        if h <= 0.0 || self.parabola.held.get(j) == Some(&true) {
            return;
        }
        let pull = h * self.point[j] - self.slope[j];
        let l1 = if self.parabola.is_free(j) { 0.0 } else { self.parabola.l1 };
        if pull.abs() <= l1 * (1.0 + SLACK) {
            self.move_by(j, -self.point[j]);
            self.point[j] = 0.0;
        } else {
            let shrunk = if pull > 0.0 { pull - l1 } else { pull + l1 };
            self.move_by(j, shrunk / h - self.point[j]);
        }
    }

    /// Coordinates that are not held at 0.
    fn moving(&self) -> Vec<usize> {
        (0..self.n).filter(|&j| self.side[j] != 0.0 || self.parabola.is_free(j)).collect()
    }

    /// How the moving coordinates reach the minimum of the parabola on their side of 0.
    fn equation(&self) -> Option<Vec<f64>> {
        let moving = self.moving();
        let m = moving.len();
        let mut matrix = vec![0.0; m * m];
        for (row, &j) in moving.iter().enumerate() {
            for (column, &k) in moving.iter().enumerate().take(row + 1) {
                matrix[row * m + column] = self.curvature(j)[k];
            }
        }
        let pull = |&j: &usize| {
            let l1 = if self.parabola.is_free(j) { 0.0 } else { self.parabola.l1 };
            -(self.slope[j] + l1 * self.side[j])
        };
        let pulls: Vec<f64> = moving.iter().map(pull).collect();
        let largest = (0..m).map(|j| matrix[j * m + j]).fold(0.0, f64::max);
        let solution = DAMPINGS.iter().find_map(|damping| {
            let mut damped = matrix.clone();
            for j in 0..m {
                damped[j * m + j] += damping * largest;
            }
            let mut solution = pulls.clone();
            cholesky::solve(&mut damped, &mut solution)?;
            solution.iter().all(|d| d.is_finite()).then_some(solution)
        })?;
        let mut step = vec![0.0; self.n];
        for (j, d) in moving.into_iter().zip(solution) {
            step[j] = d;
        }
        Some(step)
    }

    /// Goes as far as no weight changes its side; true when that is all the way. A weight that reaches
    /// 0 is held there.
    fn walk(&mut self, step: &[f64]) -> bool {
        let mut share = 1.0;
        let mut stops = None;
        for (j, d) in step.iter().enumerate() {
            if self.side[j] == 0.0 || self.parabola.is_free(j) {
                continue;
            }
            if (self.point[j] + d) * self.side[j] < 0.0 {
                let until = -self.point[j] / d;
                if until < share || stops.is_none() {
                    (share, stops) = (until.clamp(0.0, 1.0), Some(j));
                }
            }
        }
        for (j, d) in step.iter().enumerate() {
            if *d != 0.0 {
                self.move_by(j, share * d);
            }
        }
        if let Some(j) = stops {
            self.point[j] = 0.0;
            self.side[j] = 0.0;
        }
        stops.is_none()
    }
}

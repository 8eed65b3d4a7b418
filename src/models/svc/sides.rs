//! On which side of the boundary rows lie while a fit goes on, at the cost of what has moved.
//!
//! A decision is a kernel value a support vector, two thousand of them in a long run with a curved
//! kernel. Between two looks few coefficients change, so the sums are kept and only what changed is
//! added. Sums that are so near 0 that their rounding could decide the side are computed again in the
//! order of [`FittedSvc::decision_function`], so that the classes are those of the fit.

use super::FittedSvc;
use super::decision::Decision;
use super::kernel::Kernel;
use super::points::Points;
use crate::features::FeatureMatrix;

/// With so few support vectors the decisions are made anew.
const FEW: usize = 64;

/// Far above what rounding leaves of a sum, as a share of what its terms may add up to.
const DOUBTFUL: f64 = 1e-9;

/// Rows that are looked at again and again while a model is fitted.
pub struct Sides<'a> {
    training: &'a FeatureMatrix,
    rows: &'a FeatureMatrix,
    /// `None` before it is needed.
    points: Option<Points>,
    /// Σ βᵢ·K(xᵢ, x), one a row.
    sums: Vec<f64>,
    /// The βᵢ of those sums, one a training row.
    coefficients: Vec<f64>,
    /// The largest |K| met, and the largest Σ|βᵢ|.
    largest: f64,
    total: f64,
}

impl<'a> Sides<'a> {
    /// Of some rows, and of a fit on others.
    #[must_use]
    pub fn of(training: &'a FeatureMatrix, rows: &'a FeatureMatrix) -> Self {
        Self {
            training,
            rows,
            points: None,
            sums: vec![0.0; rows.n_samples()],
            coefficients: vec![0.0; training.n_samples()],
            largest: 0.0,
            total: 0.0,
        }
    }

    /// The class of every row by a fit as it stands: true is positive.
    pub fn classes(&mut self, fitted: &FittedSvc) -> Vec<bool> {
        let decision = Decision::of(fitted, self.rows.encoder(), self.rows.scaler());
        if fitted.kernel == Kernel::Linear || fitted.support.len() <= FEW {
            return decision.values(self.rows).into_iter().map(|value| value >= 0.0).collect();
        }
        self.bring_up_to_date(fitted);
        let doubtful = DOUBTFUL * (fitted.intercept.abs() + self.largest * self.total);
        let sums = self.sums.iter().zip(self.rows.rows());
        sums.map(|(sum, row)| {
            let value = sum + fitted.intercept;
            // what is no number is doubtful too
            let sure = value.abs() > doubtful;
            if sure { value > 0.0 } else { decision.value(row) >= 0.0 }
        })
        .collect()
    }

    fn bring_up_to_date(&mut self, fitted: &FittedSvc) {
        let mut now = vec![0.0; self.coefficients.len()];
        for (&row, &coefficient) in fitted.support.iter().zip(&fitted.dual_coefficients) {
            if let Some(to) = now.get_mut(row as usize) {
                *to = coefficient;
            }
        }
        let (rows, kernel) = (self.rows, fitted.kernel);
        let points = self.points.get_or_insert_with(|| {
            let every: Vec<u32> = (0..rows.n_samples() as u32).collect();
            Points::of(rows, &every, kernel)
        });
        let mut values = vec![0.0; rows.n_samples()];
        for (row, (before, now)) in self.coefficients.iter_mut().zip(&now).enumerate() {
            let by = now - *before;
            if by == 0.0 {
                continue;
            }
            points.values(&points.ask(self.training.row(row)), 0, &mut values);
            for (sum, value) in self.sums.iter_mut().zip(&values) {
                *sum += by * value;
                self.largest = self.largest.max(value.abs());
            }
            *before = *now;
        }
        self.total = self.total.max(now.iter().map(|c| c.abs()).sum());
    }
}

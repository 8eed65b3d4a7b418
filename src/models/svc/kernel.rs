//! Kernels as functions of inner products: the four of LIBSVM (Chang and Lin 2011, section 2).

use serde::{Deserialize, Serialize};

use crate::features::FeatureMatrix;
use crate::models::params::{Gamma, SvcKernel};
use crate::numerics::{blas, exponential};

/// A kernel whose gamma is a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kernel {
    /// K(u, v) = u·v.
    Linear,
    /// K(u, v) = exp(−γ·‖u − v‖²).
    Rbf {
        /// γ.
        gamma: f64,
    },
    /// K(u, v) = (γ·u·v + r)ᵈ.
    Poly {
        /// γ.
        gamma: f64,
        /// d.
        degree: u32,
        /// r.
        coef0: f64,
    },
    /// K(u, v) = tanh(γ·u·v + r); not positive definite for every γ and r.
    Sigmoid {
        /// γ.
        gamma: f64,
        /// r.
        coef0: f64,
    },
}

impl Kernel {
    /// With the gamma that the columns of a matrix give.
    #[must_use]
    pub fn of(settings: &SvcKernel, matrix: &FeatureMatrix) -> Self {
        match *settings {
            SvcKernel::Linear => Self::Linear,
            SvcKernel::Rbf { gamma } => Self::Rbf { gamma: number(gamma, matrix) },
            SvcKernel::Poly { gamma, degree, coef0 } => {
                Self::Poly { gamma: number(gamma, matrix), degree, coef0 }
            }
            SvcKernel::Sigmoid { gamma, coef0 } => {
                Self::Sigmoid { gamma: number(gamma, matrix), coef0 }
            }
        }
    }

    /// Inner products into kernel values; `square` and `squares` are ‖u‖² and every ‖v‖².
    pub(super) fn apply(self, products: &mut [f64], square: f64, squares: &[f64]) {
        match self {
            Self::Linear => {}
            Self::Rbf { gamma } => {
                for (product, other) in products.iter_mut().zip(squares) {
                    *product = -gamma * (square + other - 2.0 * *product);
                }
                exponential::of_each(products);
            }
            Self::Poly { gamma, degree, coef0 } => {
                for product in products {
                    *product = power(gamma * *product + coef0, degree);
                }
            }
            Self::Sigmoid { gamma, coef0 } => {
                for product in products {
                    *product = libm::tanh(gamma * *product + coef0);
                }
            }
        }
    }

    /// How far off a value may be when the inner product may be `blur` off; 0 for those kernels whose
    /// last bits are not followed.
    pub(super) fn error(self, value: f64, blur: f64) -> f64 {
        match self {
            Self::Linear => blur,
            Self::Rbf { gamma } => value * (2.0 * gamma * blur + 64.0 * f64::EPSILON),
            Self::Poly { .. } | Self::Sigmoid { .. } => 0.0,
        }
    }
}

/// By repeated squaring, so that it is the same everywhere.
fn power(mut base: f64, mut exponent: u32) -> f64 {
    let mut result = 1.0;
    while exponent > 0 {
        if exponent % 2 == 1 {
            result *= base;
        }
        base *= base;
        exponent /= 2;
    }
    result
}

/// `scale` is 1/(n_columns·variance) over all cells of the standardised matrix, 1 without variance;
/// `auto` is 1/n_columns.
fn number(gamma: Gamma, matrix: &FeatureMatrix) -> f64 {
    let n_columns = matrix.encoder().n_columns() as f64;
    match gamma {
        Gamma::Value(gamma) => gamma,
        Gamma::Auto => 1.0 / n_columns,
        Gamma::Scale => {
            let variance = variance(matrix);
            if variance == 0.0 { 1.0 } else { 1.0 / (n_columns * variance) }
        }
    }
}

/// Of all cells, with n, as numpy's `var` sums it up.
fn variance(matrix: &FeatureMatrix) -> f64 {
    let (mut cells, _) = matrix.to_dense().into_raw_vec_and_offset();
    let n = cells.len() as f64;
    let mean = blas::sum(&cells) / n;
    for cell in &mut cells {
        *cell = (*cell - mean) * (*cell - mean);
    }
    blas::sum(&cells) / n
}

//! Newton's method with step halving.

use super::design::{Design, Point, Slope};
use super::{FittedLogistic, LogisticError};
use crate::models::params::LogisticParams;
use crate::numerics::cholesky;

/// Under this share of the objective, its rounding hides a decrease: the gradient judges then.
const HIDDEN_DECREASE: f64 = 1e-12;
/// 2⁻⁴⁰ of a step: nothing falls in this direction.
const MOST_HALVINGS: u32 = 40;
/// Added to the Hessian's diagonal, as shares of its largest entry, where rounding left it
/// indefinite.
const DAMPINGS: [f64; 4] = [0.0, 1e-14, 1e-12, 1e-10];

/// A point with objective and gradient, C and penalty included.
struct Look {
    at: Point,
    objective: f64,
    gradient: Vec<f64>,
    largest: f64,
    row_weights: Vec<f64>,
}

/// The minimum of `C·loss + ½·‖w‖²`, from zero weights and the intercept that fits the classes'
/// shares; both classes must occur.
pub fn minimise(
    design: &Design<'_>,
    labels: &[bool],
    params: &LogisticParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<FittedLogistic, LogisticError> {
    let c = params.c;
    let positives = labels.iter().filter(|&&label| label).count();
    let odds = positives as f64 / (labels.len() - positives) as f64;
    let start = Point { weights: vec![0.0; design.n_columns()], intercept: libm::log(odds) };
    let mut best = look(design, labels, c, start);
    let mut iterations = 0;
    let mut converged = best.largest <= params.tolerance;
    while !converged && iterations < params.max_iterations {
        if !best.objective.is_finite() || !best.largest.is_finite() {
            return Err(LogisticError::NotFinite { iterations, c });
        }
        let step = step(design, &best, c).ok_or(LogisticError::NoStep { iterations, c })?;
        let slope: f64 = best.gradient.iter().zip(&step).map(|(g, d)| g * d).sum();
        let hidden = 0.5 * slope <= HIDDEN_DECREASE * best.objective;
        let Some(next) = descend(design, labels, c, &best, &step, hidden) else {
            converged = hidden;
            break;
        };
        best = next;
        iterations += 1;
        converged = best.largest <= params.tolerance;
        progress(iterations, params.max_iterations);
    }
    if !best.objective.is_finite() {
        return Err(LogisticError::NotFinite { iterations, c });
    }
    Ok(FittedLogistic {
        coefficients: best.at.weights,
        intercept: best.at.intercept,
        iterations,
        converged,
    })
}

fn look(design: &Design<'_>, labels: &[bool], c: f64, at: Point) -> Look {
    let Slope { loss, mut gradient, row_weights } = design.slope(&at, labels);
    let penalty: f64 = at.weights.iter().map(|w| w * w).sum();
    for sum in &mut gradient {
        *sum *= c;
    }
    for (sum, weight) in gradient.iter_mut().zip(&at.weights) {
        *sum += weight;
    }
    // NaN must win, so that it is noticed
    let largest = gradient.iter().fold(
        0.0,
        |most: f64, g| {
            if g.is_nan() { f64::NAN } else { most.max(g.abs()) }
        },
    );
    Look { at, objective: c * loss + 0.5 * penalty, gradient, largest, row_weights }
}

/// H⁻¹·gradient; `None` when rounding left H indefinite beyond repair.
fn step(design: &Design<'_>, from: &Look, c: f64) -> Option<Vec<f64>> {
    let mut hessian = design.curvature(&from.row_weights);
    let n = from.gradient.len();
    for entry in &mut hessian {
        *entry *= c;
    }
    for j in 0..n - 1 {
        hessian[j * n + j] += 1.0;
    }
    let largest = (0..n).map(|j| hessian[j * n + j]).fold(0.0, f64::max);
    DAMPINGS.iter().find_map(|damping| {
        let mut damped = hessian.clone();
        for j in 0..n {
            damped[j * n + j] += damping * largest;
        }
        let mut step = from.gradient.clone();
        cholesky::solve(&mut damped, &mut step)?;
        step.iter().all(|d| d.is_finite()).then_some(step)
    })
}

/// The first of the whole step, its half, its quarter … that lowers the objective; where rounding
/// hides that, the whole step if it at least halves the gradient.
fn descend(
    design: &Design<'_>,
    labels: &[bool],
    c: f64,
    from: &Look,
    step: &[f64],
    hidden: bool,
) -> Option<Look> {
    let mut share = 1.0;
    for _ in 0..MOST_HALVINGS {
        let mut at = from.at.clone();
        for (weight, d) in at.weights.iter_mut().zip(step) {
            *weight -= share * d;
        }
        at.intercept -= share * step.last()?;
        let next = look(design, labels, c, at);
        if hidden {
            return (next.largest <= 0.5 * from.largest).then_some(next);
        }
        if next.objective < from.objective {
            return Some(next);
        }
        share *= 0.5;
    }
    None
}

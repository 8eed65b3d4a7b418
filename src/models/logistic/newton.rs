//! Newton's method with step halving.

use super::design::{Design, Point, Slope};
use super::penalty::{Penalty, absolute_sum};
use super::proximal::Parabola;
use super::{FittedLogistic, LogisticError};
use crate::numerics::cholesky;

/// Under this share of the objective, its rounding hides a decrease: the gradient judges then.
const HIDDEN_DECREASE: f64 = 1e-12;
/// Where no step helps any more, the most that rounding can have left of the gradient, as a share of
/// what the rows of it may add up to.
const ROUNDING: f64 = 1e-10;
/// 2⁻⁴⁰ of a step: nothing falls in this direction.
const MOST_HALVINGS: u32 = 40;
/// Added to the Hessian's diagonal, as shares of its largest entry, where rounding left it
/// indefinite.
const DAMPINGS: [f64; 4] = [0.0, 1e-14, 1e-12, 1e-10];

/// What to minimise, and how long.
#[derive(Clone, Copy)]
pub struct Problem {
    /// Weight of the loss.
    pub c: f64,
    pub penalty: Penalty,
    pub max_iterations: u32,
    pub tolerance: f64,
}

/// A point with objective and gradient, C and penalty included, but in the gradient not that of the
/// absolute values.
struct Look {
    at: Point,
    slope: Slope,
    objective: f64,
    gradient: Vec<f64>,
    /// How far the worst coordinate is from its optimum.
    largest: f64,
}

impl Look {
    fn of(at: Point, slope: Slope, problem: Problem) -> Self {
        let Problem { c, penalty, .. } = problem;
        let mut gradient: Vec<f64> = slope.gradient.iter().map(|sum| c * sum).collect();
        for (sum, weight) in gradient.iter_mut().zip(&at.weights) {
            *sum += penalty.l2 * weight;
        }
        let of_weights = at.weights.iter().zip(&gradient).map(|(&w, &g)| penalty.violation(w, g));
        let of_intercept = gradient.last().map(|g| g.abs());
        // NaN must win, so that it is noticed
        let largest = of_weights
            .chain(of_intercept)
            .fold(0.0, |most: f64, g| if g.is_nan() { f64::NAN } else { most.max(g) });
        let objective = c * slope.loss + penalty.of(&at.weights);
        Self { objective, at, slope, gradient, largest }
    }

    fn after(&self, iteration: u32) -> NewtonStep<'_> {
        NewtonStep {
            iteration,
            objective: self.objective,
            violation: self.largest,
            coefficients: &self.at.weights,
            intercept: self.at.intercept,
        }
    }
}

/// Where a fit stands after a step: what a fit with this many steps at most would give.
#[derive(Clone, Copy, Debug)]
pub struct NewtonStep<'a> {
    /// Counts from 1; 0 is the start.
    pub iteration: u32,
    /// C·loss + penalty after the step; it falls with every one, up to rounding.
    pub objective: f64,
    /// How far the worst weight is from its condition of optimality.
    pub violation: f64,
    /// Weights on standardised columns.
    pub coefficients: &'a [f64],
    /// Free of the penalty.
    pub intercept: f64,
}

/// A way down on the same rows, problem after problem, each from where the one before ended.
pub struct Descent<'a> {
    design: &'a Design<'a>,
    labels: &'a [bool],
    /// How much a row of the negative and of the positive class counts.
    factors: [f64; 2],
    at: Point,
    slope: Slope,
    /// Where the last problem converged: the curvature its last step was taken with, which is that of
    /// `at` up to about the length of that step.
    curvature: Option<Vec<f64>>,
}

impl<'a> Descent<'a> {
    /// From zero weights and the intercept that fits the classes' shares; both must occur.
    pub fn new(design: &'a Design<'a>, labels: &'a [bool], factors: [f64; 2]) -> Self {
        let positives = labels.iter().filter(|&&label| label).count();
        let [negative, positive] = factors;
        let odds = (positive * positives as f64) / (negative * (labels.len() - positives) as f64);
        let at = Point { weights: vec![0.0; design.n_columns()], intercept: libm::log(odds) };
        let slope = design.slope(&at, labels, factors);
        Self { design, labels, factors, at, slope, curvature: None }
    }

    /// To the minimum of `C·loss + penalty`; `each` hears of the start and of every step.
    pub fn minimise(
        &mut self,
        problem: Problem,
        each: &mut dyn FnMut(NewtonStep<'_>),
    ) -> Result<FittedLogistic, LogisticError> {
        let Problem { c, max_iterations, tolerance, penalty } = problem;
        let held = held(self.design, penalty);
        let mut known = self.curvature.take();
        let mut best = Look::of(self.at.clone(), self.slope.clone(), problem);
        let mut last = None;
        let mut iterations = 0;
        let mut converged = best.largest <= tolerance;
        each(best.after(0));
        while !converged && iterations < max_iterations {
            if !best.objective.is_finite() || !best.largest.is_finite() {
                return Err(LogisticError::NotFinite { iterations, c });
            }
            let is_known = known.is_some();
            let curvature =
                known.take().unwrap_or_else(|| self.design.curvature(&best.slope.row_weights));
            let Some(step) = step(&best, problem, &curvature, &held) else {
                if is_known {
                    continue;
                }
                return Err(LogisticError::NoStep { iterations, c });
            };
            let slope = fall(&best, &step, penalty);
            let hidden = 0.5 * slope <= HIDDEN_DECREASE * best.objective;
            let Some(next) = self.descend(problem, &best, &step, hidden) else {
                if is_known {
                    continue;
                }
                converged =
                    hidden && best.largest <= ROUNDING * (1.0 + c * self.labels.len() as f64);
                break;
            };
            (best, last) = (next, Some(curvature));
            iterations += 1;
            converged = best.largest <= tolerance;
            each(best.after(iterations));
        }
        if !best.objective.is_finite() {
            return Err(LogisticError::NotFinite { iterations, c });
        }
        (self.at, self.slope) = (best.at.clone(), best.slope);
        self.curvature = last.filter(|_| converged);
        Ok(FittedLogistic {
            coefficients: best.at.weights,
            intercept: best.at.intercept,
            iterations,
            converged,
        })
    }

    /// The first of the whole step, its half, its quarter … that lowers the objective; where rounding
    /// hides that, the whole step if it at least halves the gradient.
    fn descend(&self, problem: Problem, from: &Look, step: &[f64], hidden: bool) -> Option<Look> {
        let mut share = 1.0;
        for _ in 0..MOST_HALVINGS {
            let mut at = from.at.clone();
            for (weight, d) in at.weights.iter_mut().zip(step) {
                *weight -= share * d;
            }
            at.intercept -= share * step.last()?;
            let slope = self.design.slope(&at, self.labels, self.factors);
            let next = Look::of(at, slope, problem);
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
}

/// The weights that stay 0: where nothing but absolute values is penalised, columns that repeat each
/// other can share a weight in any way, and the first one bears it.
fn held(design: &Design<'_>, penalty: Penalty) -> Vec<bool> {
    if penalty.l1 > 0.0 && penalty.l2 <= 0.0 {
        design.repeated_columns()
    } else {
        vec![false; design.n_columns()]
    }
}

/// What the step would save if the objective were its tangent and the penalty.
fn fall(from: &Look, step: &[f64], penalty: Penalty) -> f64 {
    let tangent: f64 = from.gradient.iter().zip(step).map(|(g, d)| g * d).sum();
    if penalty.l1 <= 0.0 {
        return tangent;
    }
    let ahead: Vec<f64> = from.at.weights.iter().zip(step).map(|(w, d)| w - d).collect();
    tangent + penalty.l1 * (absolute_sum(&from.at.weights) - absolute_sum(&ahead))
}

/// To the minimum of the parabola that fits here: H⁻¹·gradient, where no absolute values are penalised.
/// `None` when rounding left H indefinite beyond repair.
fn step(from: &Look, problem: Problem, curvature: &[f64], held: &[bool]) -> Option<Vec<f64>> {
    let Problem { c, penalty, .. } = problem;
    let mut hessian: Vec<f64> = curvature.iter().map(|sum| c * sum).collect();
    let n = from.gradient.len();
    for j in 0..n - 1 {
        hessian[j * n + j] += penalty.l2;
    }
    if penalty.l1 > 0.0 {
        let mut at = from.at.weights.clone();
        at.push(from.at.intercept);
        let slope = from.gradient.clone();
        let parabola = Parabola { at: at.clone(), slope, curvature: hessian, l1: penalty.l1, held };
        return Some(at.iter().zip(parabola.minimum()?).map(|(w, u)| w - u).collect());
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

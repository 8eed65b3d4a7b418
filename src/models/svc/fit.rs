//! From labelled rows to support vectors.

use super::decision::Decision;
use super::kernel::Kernel;
use super::matrix::{CACHE_BYTES, KernelMatrix};
use super::platt::Sigmoid;
use super::points::Points;
use super::solver::{Rules, Solution, Solver, Step};
use super::{FittedSvc, SvcError};
use crate::features::FeatureMatrix;
use crate::models::params::SvcParams;
use crate::numerics::random::RandomState;

/// Parts the rows are cut into for the decision values a probability is fitted to.
const FOLDS: usize = 5;

/// Steps between two words about the progress.
const TOLD_EVERY: u32 = 1_000;

/// What numpy's `randint(2³¹ − 1)`, which seeds LIBSVM in scikit-learn, draws at most.
const LARGEST_SEED: u32 = i32::MAX as u32 - 1;

/// Rows to be told apart: those with the sign +1 stand first, as LIBSVM groups them.
pub struct Problem {
    /// Rows of the matrix.
    rows: Vec<u32>,
    signs: Vec<f64>,
    /// Upper bounds of the dual variables.
    bounds: Vec<f64>,
}

/// One fit while it runs, a step at a time.
pub struct Iterates<'a> {
    matrix: &'a FeatureMatrix,
    kernel: Kernel,
    problem: Problem,
    solver: Solver,
    left: u32,
}

/// Who hears of the steps, of the fit itself and of those for the probability.
pub struct Told<'p> {
    progress: &'p mut dyn FnMut(u32, u32),
    /// Steps of the fits that are over, and at most of all; 0 when that is not known.
    before: u32,
    total: u32,
}

impl Problem {
    /// Rows of the negative class have the sign +1: the lower label comes first in scikit-learn.
    pub fn of(labels: &[bool], params: &SvcParams) -> Self {
        let class =
            |class: bool| (0..labels.len() as u32).filter(move |&r| labels[r as usize] == class);
        let (negative, positive): (Vec<u32>, Vec<u32>) =
            (class(false).collect(), class(true).collect());
        let [w_negative, w_positive] =
            params.class_weight.factors([negative.len(), positive.len()]);
        Self::grouped((negative, params.c * w_negative), (positive, params.c * w_positive))
    }

    /// Rows and bound of the class with the sign +1, then of the other.
    fn grouped(first: (Vec<u32>, f64), second: (Vec<u32>, f64)) -> Self {
        let (n_first, n_second) = (first.0.len(), second.0.len());
        let both = |one: f64, other: f64| [vec![one; n_first], vec![other; n_second]].concat();
        Self {
            signs: both(1.0, -1.0),
            bounds: both(first.1, second.1),
            rows: [first.0, second.0].concat(),
        }
    }

    fn solver(&self, matrix: &FeatureMatrix, kernel: Kernel, params: &SvcParams) -> Solver {
        let points = Points::of(matrix, &self.rows, kernel);
        let matrix = KernelMatrix::new(points, CACHE_BYTES);
        let rules = Rules { tolerance: params.tolerance, shrinking: params.shrinking };
        Solver::new(matrix, self.signs.clone(), self.bounds.clone(), rules)
    }

    /// Rows with a variable above 0, and yᵢ·αᵢ.
    fn supporting(&self, solution: &Solution) -> (Vec<u32>, Vec<f64>) {
        let variables = self.rows.iter().zip(&self.signs).zip(&solution.alpha);
        let above = variables.filter(|(_, alpha)| alpha.abs() > 0.0);
        above.map(|((&row, sign), alpha)| (row, sign * alpha)).unzip()
    }

    /// Decision values of `held_out` rows towards the sign +1, learned from the other rows.
    fn held_out(&self, held_out: &[u32], others: &[u32], run: &mut Run<'_, '_>) -> Vec<f64> {
        let of_class = |sign: f64| -> Vec<u32> {
            others.iter().copied().filter(|&at| self.signs[at as usize] == sign).collect()
        };
        let (plus, minus) = (of_class(1.0), of_class(-1.0));
        let bound = |class: &[u32]| class.first().map(|&at| self.bounds[at as usize]);
        let constant = |value: f64| vec![value; held_out.len()];
        match (bound(&plus), bound(&minus)) {
            (None, None) => constant(0.0),
            (Some(_), None) => constant(1.0),
            (None, Some(_)) => constant(-1.0),
            (Some(c_plus), Some(c_minus)) => {
                let rows = |class: &[u32]| class.iter().map(|&at| self.rows[at as usize]).collect();
                // labels are −1 and +1 here, and the lower one comes first again
                let part = Self::grouped((rows(&minus), c_minus), (rows(&plus), c_plus));
                let solution = run.solve(&part);
                let (support, coefficients) = part.supporting(&solution);
                let coefficients = coefficients.into_iter().map(|c| -c).collect();
                let matrix = run.matrix;
                let decision =
                    Decision::of_rows(matrix, &support, coefficients, solution.rho, run.kernel);
                held_out
                    .iter()
                    .map(|&at| decision.value(matrix.row(self.rows[at as usize] as usize)))
                    .collect()
            }
        }
    }
}

/// What the fits for the probability share.
struct Run<'a, 'p> {
    matrix: &'a FeatureMatrix,
    kernel: Kernel,
    params: &'a SvcParams,
    told: &'a mut Told<'p>,
}

impl Run<'_, '_> {
    fn solve(&mut self, problem: &Problem) -> Solution {
        let mut solver = problem.solver(self.matrix, self.kernel, self.params);
        let most = self.params.max_iterations.unwrap_or(u32::MAX);
        for _ in 0..most {
            let Some(step) = solver.step() else { break };
            self.told.hear(&step);
        }
        self.told.next_fit(self.params, solver.iterations());
        solver.solution()
    }
}

impl<'p> Told<'p> {
    pub fn new(params: &SvcParams, progress: &'p mut dyn FnMut(u32, u32)) -> Self {
        let fits = if params.probability { 1 + FOLDS as u32 } else { 1 };
        let total = params.max_iterations.map_or(0, |most| most.saturating_mul(fits));
        Self { progress, before: 0, total }
    }

    pub fn hear(&mut self, step: &Step) {
        if step.iteration.is_multiple_of(TOLD_EVERY) {
            (self.progress)(self.before.saturating_add(step.iteration), self.total);
        }
    }

    /// A fit that ended early counts as if it had taken all the steps it may.
    pub fn next_fit(&mut self, params: &SvcParams, taken: u32) {
        self.before = self.before.saturating_add(params.max_iterations.unwrap_or(taken));
    }
}

impl<'a> Iterates<'a> {
    pub(super) fn new(matrix: &'a FeatureMatrix, labels: &[bool], params: &SvcParams) -> Self {
        let kernel = Kernel::of(&params.kernel, matrix);
        let problem = Problem::of(labels, params);
        let solver = problem.solver(matrix, kernel, params);
        Self { matrix, kernel, problem, solver, left: params.max_iterations.unwrap_or(u32::MAX) }
    }

    /// Steps taken.
    #[must_use]
    pub fn iterations(&self) -> u32 {
        self.solver.iterations()
    }

    /// By how much the worst pair of rows violates optimality as it stands, among the rows that are
    /// not left out now; under the tolerance once the fit has converged.
    #[must_use]
    pub fn violation(&self) -> f64 {
        self.solver.violation()
    }

    /// The model as it stands: bit by bit that of a fit with as many steps at most as were taken.
    ///
    /// # Errors
    /// Numbers out of range.
    pub fn fitted(&self) -> Result<FittedSvc, SvcError> {
        let solution = self.solver.solution();
        let (support, coefficients) = self.problem.supporting(&solution);
        let (rho, iterations) = (solution.rho, solution.iterations);
        if !rho.is_finite() || coefficients.iter().any(|c| !c.is_finite()) {
            return Err(SvcError::NotFinite { iterations });
        }
        let n_negative = coefficients.iter().filter(|&&c| c > 0.0).count() as u32;
        let rows = || support.iter().map(|&row| self.matrix.row(row as usize));
        Ok(FittedSvc {
            kernel: self.kernel,
            n_support: [n_negative, support.len() as u32 - n_negative],
            level_columns: rows().flat_map(|(columns, _)| columns).copied().collect(),
            numbers: rows().flat_map(|(_, numbers)| numbers).copied().collect(),
            support,
            dual_coefficients: coefficients.into_iter().map(|c| -c).collect(),
            intercept: rho,
            iterations,
            converged: solution.converged,
            sigmoid: None,
        })
    }

    /// The probability of a decision: [`Sigmoid`] fitted to decision values of rows that were held
    /// out, a fifth at a time, with the rows that scikit-learn draws for the same seed.
    pub(super) fn sigmoid(&self, params: &SvcParams, told: &mut Told<'_>) -> Sigmoid {
        let n = self.problem.rows.len();
        let seed = RandomState::new(params.seed).interval(LARGEST_SEED);
        let mut random = RandomState::new(seed);
        let mut order: Vec<u32> = (0..n as u32).collect();
        for at in 0..n {
            order.swap(at, at + random.below((n - at) as u32) as usize);
        }
        let mut run = Run { matrix: self.matrix, kernel: self.kernel, params, told };
        let mut decisions = vec![0.0; n];
        for fold in 0..FOLDS {
            let (begin, end) = (fold * n / FOLDS, (fold + 1) * n / FOLDS);
            let others = [&order[..begin], &order[end..]].concat();
            let values = self.problem.held_out(&order[begin..end], &others, &mut run);
            for (&at, value) in order[begin..end].iter().zip(values) {
                decisions[at as usize] = value;
            }
        }
        let first: Vec<bool> = self.problem.signs.iter().map(|&sign| sign > 0.0).collect();
        Sigmoid::fit(&decisions, &first)
    }
}

impl Iterator for Iterates<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        self.left = self.left.checked_sub(1)?;
        self.solver.step()
    }
}

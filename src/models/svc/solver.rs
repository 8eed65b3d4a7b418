//! Sequential minimal optimisation as LIBSVM does it, step for step.
//!
//! Minimises ½·αᵀQα − Σα over 0 ≤ αᵢ ≤ Cᵢ with Σ yᵢ·αᵢ = 0. Every step moves two variables, the best
//! they can be moved: Platt 1999; Fan, Chen and Lin, "Working set selection using second order
//! information for training support vector machines", JMLR 6 (2005); Chang and Lin, "LIBSVM: a library
//! for support vector machines", ACM TIST 2 (2011), whose section 5 has the shrinking.
//!
//! Every number is rounded as theirs is, so that a fit cut off after k steps is where scikit-learn's is
//! cut off. LIBSVM keeps the gradient ∇ = Qα − 1 with Qᵢⱼ = yᵢ·yⱼ·K(xᵢ, xⱼ); here it is y·∇ and K, which
//! differ from those by signs alone, and every formula is shorter.

use super::matrix::KernelMatrix;
use super::selection::Pair;

/// In place of a curvature that is not positive.
pub const TAU: f64 = 1e-12;

/// The most steps between two looks for variables that can be left out.
const SHRINK_EVERY: usize = 1_000;

/// A problem and how far it is solved. Variables stand at positions; those that are left out for now
/// stand last.
pub struct Solver {
    pub(super) kernel: KernelMatrix,
    /// ±1 by position.
    y: Vec<f64>,
    /// Upper bounds.
    c: Vec<f64>,
    pub(super) alpha: Vec<f64>,
    /// yᵢ·∇ᵢ; out of date past the active positions.
    pub(super) slope: Vec<f64>,
    /// Σ yⱼ·Cⱼ·K(xᵢ, xⱼ) over the variables at their upper bound.
    bound_slope: Vec<f64>,
    /// 0 where yᵢ·αᵢ may rise, else −∞: the set I_up of the papers.
    pub(super) up: Vec<f64>,
    /// 0 where yᵢ·αᵢ may fall, else −∞: their I_low.
    pub(super) low: Vec<f64>,
    /// What each position held at the start.
    origin: Vec<u32>,
    /// Positions from 0 that are looked at.
    pub(super) active: usize,
    /// Variables were taken back near the end already, which happens once.
    pub(super) taken_back: bool,
    pub(super) tolerance: f64,
    shrinking: bool,
    countdown: usize,
    iterations: u32,
    objective: f64,
    converged: bool,
}

/// How a problem is to be solved.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Stops when no pair violates optimality by more.
    pub tolerance: f64,
    /// Leave out variables that seem to stay at their bound.
    pub shrinking: bool,
}

/// A step that was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Counts from 1.
    pub iteration: u32,
    /// ½·αᵀQα − Σα after the step, summed up from the steps' own decreases: of Q in single precision,
    /// so that it can go on falling where the true one stands still (a linear kernel and a large C).
    pub objective: f64,
    /// By how much the worst pair violated optimality before the step, among the variables that were
    /// not left out then; one left out too soon is seen only when all are taken back.
    pub violation: f64,
    /// The variables moved, numbered as in the problem.
    pub moved: [u32; 2],
}

/// Where a solver stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// By variable, numbered as in the problem.
    pub alpha: Vec<f64>,
    /// The decision is Σ yᵢ·αᵢ·K(xᵢ, x) − ρ.
    pub rho: f64,
    /// Steps taken.
    pub iterations: u32,
    /// No pair violates optimality by more than the tolerance.
    pub converged: bool,
}

impl Solver {
    /// At α = 0; one sign (±1) and one upper bound a variable.
    pub fn new(kernel: KernelMatrix, y: Vec<f64>, c: Vec<f64>, rules: Rules) -> Self {
        let n = y.len();
        Self {
            kernel,
            slope: y.iter().map(|y| -y).collect(),
            up: y.iter().map(|&y| allowed(y > 0.0)).collect(),
            low: y.iter().map(|&y| allowed(y < 0.0)).collect(),
            y,
            c,
            alpha: vec![0.0; n],
            bound_slope: vec![0.0; n],
            origin: (0..n as u32).collect(),
            active: n,
            taken_back: false,
            tolerance: rules.tolerance,
            shrinking: rules.shrinking,
            countdown: n.min(SHRINK_EVERY) + 1,
            iterations: 0,
            objective: 0.0,
            converged: false,
        }
    }

    /// Takes one step; `None` at the optimum.
    pub fn step(&mut self) -> Option<Step> {
        if self.converged {
            return None;
        }
        self.countdown -= 1;
        if self.countdown == 0 {
            self.countdown = self.y.len().min(SHRINK_EVERY);
            if self.shrinking {
                self.shrink();
            }
        }
        let pair = match self.select() {
            Some(pair) => pair,
            None => {
                // optimal among the active ones: is it among all?
                self.take_back();
                let Some(pair) = self.select() else {
                    self.converged = true;
                    return None;
                };
                self.countdown = 1;
                pair
            }
        };
        let Pair { i, j, violation } = pair;
        let moved = [self.origin[i], self.origin[j]];
        self.iterations += 1;
        self.move_pair(i, j);
        let (iteration, objective) = (self.iterations, self.objective);
        Some(Step { iteration, objective, violation, moved })
    }

    /// Steps taken.
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Where it stands now: what a fit with this many steps at most would give.
    pub fn solution(&self) -> Solution {
        let mut alpha = vec![0.0; self.alpha.len()];
        for (&origin, &value) in self.origin.iter().zip(&self.alpha) {
            alpha[origin as usize] = value;
        }
        let (iterations, converged) = (self.iterations, self.converged);
        Solution { alpha, rho: self.rho(), iterations, converged }
    }

    /// Moves αᵢ and αⱼ to the minimum along yᵢ·αᵢ + yⱼ·αⱼ = constant, within their bounds.
    fn move_pair(&mut self, i: usize, j: usize) {
        self.kernel.ready(i, self.active);
        self.kernel.ready(j, self.active);
        let (row_i, row_j) =
            (&self.kernel.row(i)[..self.active], &self.kernel.row(j)[..self.active]);
        let (y_i, y_j) = (self.y[i], self.y[j]);
        let (k_ii, k_jj) = (self.kernel.diagonal[i], self.kernel.diagonal[j]);
        let k_ij = f64::from(row_i[j]);
        let curvature = k_ii + k_jj - 2.0 * k_ij;
        let curvature = if curvature <= 0.0 { TAU } else { curvature };
        let (slope_i, slope_j) = (self.slope[i], self.slope[j]);
        let delta = (slope_i - slope_j) / curvature;
        let (old_i, old_j) = (self.alpha[i], self.alpha[j]);
        let free = (old_i - y_i * delta, old_j + y_j * delta);
        let bounds = (self.c[i], self.c[j]);
        let (new_i, new_j) = if y_i != y_j {
            opposite(free, old_i - old_j, bounds)
        } else {
            alike(free, old_i + old_j, bounds)
        };
        let (by_i, by_j) = (y_i * (new_i - old_i), y_j * (new_j - old_j));
        for ((slope, &a), &b) in self.slope.iter_mut().zip(row_i).zip(row_j) {
            *slope += f64::from(a) * by_i + f64::from(b) * by_j;
        }
        self.objective += slope_i * by_i + slope_j * by_j;
        self.objective += 0.5 * (k_ii * by_i * by_i + k_jj * by_j * by_j) + k_ij * by_i * by_j;
        self.set(i, new_i);
        self.set(j, new_j);
    }

    fn set(&mut self, at: usize, alpha: f64) {
        let was = self.is_upper(at);
        self.alpha[at] = alpha;
        let is = self.is_upper(at);
        let (rises, falls) = (allowed(!is), allowed(!self.is_lower(at)));
        (self.up[at], self.low[at]) =
            if self.y[at] > 0.0 { (rises, falls) } else { (falls, rises) };
        if was != is {
            let by = self.y[at] * if is { self.c[at] } else { -self.c[at] };
            self.kernel.ready(at, self.y.len());
            for (sum, &k) in self.bound_slope.iter_mut().zip(self.kernel.row(at)) {
                *sum += by * f64::from(k);
            }
        }
    }

    /// αᵢ is at its upper bound.
    fn is_upper(&self, at: usize) -> bool {
        self.alpha[at] >= self.c[at]
    }

    /// αᵢ is at its lower bound, 0.
    fn is_lower(&self, at: usize) -> bool {
        !self.is_upper(at) && self.alpha[at] <= 0.0
    }

    /// αᵢ is between its bounds.
    fn is_free(&self, at: usize) -> bool {
        !self.is_upper(at) && !self.is_lower(at)
    }

    /// Looks at all variables again, their slopes brought up to date.
    pub(super) fn take_back(&mut self) {
        let n = self.y.len();
        let active = self.active;
        if active == n {
            return;
        }
        for at in active..n {
            self.slope[at] = self.bound_slope[at] - self.y[at];
        }
        let free: Vec<usize> = (0..active).filter(|&at| self.is_free(at)).collect();
        // by whichever side has fewer rows; it decides the order of the sums too
        if free.len() * n > 2 * active * (n - active) {
            for at in active..n {
                self.kernel.ready(at, active);
                let row = self.kernel.row(at);
                for &other in &free {
                    self.slope[at] += self.y[other] * self.alpha[other] * f64::from(row[other]);
                }
            }
        } else {
            for &other in &free {
                self.kernel.ready(other, n);
                let by = self.y[other] * self.alpha[other];
                let row = &self.kernel.row(other)[active..];
                for (slope, &k) in self.slope[active..].iter_mut().zip(row) {
                    *slope += by * f64::from(k);
                }
            }
        }
        self.active = n;
    }

    /// Exchanges two positions, but for the columns of the kernel matrix.
    pub(super) fn swap(&mut self, one: usize, other: usize) {
        self.kernel.swap_rows(one, other);
        self.origin.swap(one, other);
        for numbers in [
            &mut self.y,
            &mut self.c,
            &mut self.alpha,
            &mut self.slope,
            &mut self.bound_slope,
            &mut self.up,
            &mut self.low,
        ] {
            numbers.swap(one, other);
        }
    }

    /// The mean of yᵢ·∇ᵢ over the free active variables; without one the middle of what the bounds
    /// allow.
    fn rho(&self) -> f64 {
        let (mut upper, mut lower) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut n_free, mut sum) = (0_u32, 0.0);
        for at in 0..self.active {
            let slope = self.slope[at];
            if self.is_free(at) {
                n_free += 1;
                sum += slope;
            } else if self.is_upper(at) == (self.y[at] < 0.0) {
                upper = f64::min(upper, slope);
            } else {
                lower = f64::max(lower, slope);
            }
        }
        if n_free > 0 { sum / f64::from(n_free) } else { (upper + lower) / 2.0 }
    }
}

fn allowed(yes: bool) -> f64 {
    if yes { 0.0 } else { f64::NEG_INFINITY }
}

/// Back into the box along αᵢ − αⱼ = `difference`.
fn opposite((mut a, mut b): (f64, f64), difference: f64, (c_a, c_b): (f64, f64)) -> (f64, f64) {
    if difference > 0.0 {
        if b < 0.0 {
            (a, b) = (difference, 0.0);
        }
    } else if a < 0.0 {
        (a, b) = (0.0, -difference);
    }
    if difference > c_a - c_b {
        if a > c_a {
            (a, b) = (c_a, c_a - difference);
        }
    } else if b > c_b {
        (a, b) = (c_b + difference, c_b);
    }
    (a, b)
}

/// Back into the box along αᵢ + αⱼ = `sum`.
fn alike((mut a, mut b): (f64, f64), sum: f64, (c_a, c_b): (f64, f64)) -> (f64, f64) {
    if sum > c_a {
        if a > c_a {
            (a, b) = (c_a, sum - c_a);
        }
    } else if b < 0.0 {
        (a, b) = (sum, 0.0);
    }
    if sum > c_b {
        if b > c_b {
            (a, b) = (sum - c_b, c_b);
        }
    } else if a < 0.0 {
        (a, b) = (0.0, sum);
    }
    (a, b)
}

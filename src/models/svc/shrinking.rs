//! Leaving out variables that seem to stay at their bound (Chang and Lin 2011, section 5.1).

use super::solver::Solver;

impl Solver {
    /// Looks at fewer variables; close to the end at all of them once more first.
    pub(super) fn shrink(&mut self) {
        let (mut rise, mut fall) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for at in 0..self.active {
            rise = f64::max(rise, self.up[at] - self.slope[at]);
            fall = f64::max(fall, self.low[at] + self.slope[at]);
        }
        if !self.taken_back && rise + fall <= self.tolerance * 10.0 {
            self.taken_back = true;
            self.take_back();
        }
        let mut swaps = Vec::new();
        let mut at = 0;
        while at < self.active {
            if self.stays(at, rise, fall) {
                self.active -= 1;
                while self.active > at {
                    if !self.stays(self.active, rise, fall) {
                        self.swap(at, self.active);
                        swaps.push((at, self.active));
                        break;
                    }
                    self.active -= 1;
                }
            }
            at += 1;
        }
        self.kernel.swap_columns(&swaps);
    }

    /// At a bound, and pressed against it harder than any pair violates optimality.
    fn stays(&self, at: usize, rise: f64, fall: f64) -> bool {
        match (self.up[at] == 0.0, self.low[at] == 0.0) {
            (false, true) => -self.slope[at] > rise,
            (true, false) => self.slope[at] > fall,
            _ => false,
        }
    }
}

//! The random draws of a customer.

use crate::numerics::random::RandomState;

/// Log-odds beyond ± this many are so sure that they are worked out one by one.
const SURE: f64 = 8.0;
/// Steps of the table per unit of log-odds.
const STEPS: f64 = 16.0;
const KNOTS: usize = (2.0 * SURE * STEPS) as usize + 1;

/// Draws a customer takes, always as many.
const DRAWS: usize = 26;
/// Customers whose draws are made together.
const BLOCK: usize = 256;

/// The draws of one customer after the other, stratified: of any [`BLOCK`] customers the n-th draws
/// fall one into each of as many equal parts of [0, 1), in random order (a Latin hypercube, McKay,
/// Beckman and Conover 1979). So a share in a small sample is closer to its chance than luck would
/// have it, while each single draw is as random as any.
///
/// Yes-or-no draws read a table of the logistic function and work out an exponential only where two
/// of its entries lie on both sides of the draw, once in a hundred times; the answer is the same.
pub(super) struct Draws {
    random: RandomState,
    /// Customers whose draws are still to be made.
    left: usize,
    /// By draw, then customer.
    block: Vec<[f64; BLOCK]>,
    customers: usize,
    customer: usize,
    draw: usize,
    /// The logistic function at −[`SURE`], −[`SURE`] + 1 / [`STEPS`] and so on.
    table: [f64; KNOTS],
}

impl Draws {
    /// For so many customers, from a stream.
    pub fn new(random: RandomState, customers: u32) -> Self {
        Self {
            random,
            left: customers as usize,
            block: vec![[0.0; BLOCK]; DRAWS],
            customers: 0,
            customer: 0,
            draw: 0,
            table: std::array::from_fn(|knot| logistic(knot as f64 / STEPS - SURE)),
        }
    }

    /// Goes on to the next customer; to the first, at the start.
    pub fn next_customer(&mut self) {
        self.draw = 0;
        self.customer += 1;
        if self.customer >= self.customers {
            self.customers = self.left.min(BLOCK);
            self.left -= self.customers;
            self.customer = 0;
            self.refill();
        }
    }

    /// Shuffles the parts of [0, 1) inside out (Knuth, TAOCP 2, algorithm P): the high half of a
    /// product says where a part goes, the low half where in it the draw lies.
    fn refill(&mut self) {
        let width = 1.0 / self.customers as f64;
        for draws in &mut self.block {
            for i in 0..self.customers {
                let product = u64::from(self.random.next_u32()) * (i as u64 + 1);
                let place = (product >> 32) as usize;
                let within = f64::from(product as u32) / 4_294_967_296.0;
                draws[i] = draws[place];
                draws[place] = (i as f64 + within) * width;
            }
        }
    }

    /// A number in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        let value = self.block[self.draw][self.customer];
        self.draw += 1;
        value
    }

    /// Whether a `draw` of [`uniform`](Self::uniform) says yes to a chance of these log-odds.
    pub fn says_yes(&self, log_odds: f64, draw: f64) -> bool {
        // as usize: below the table and not a number are both 0
        let knot = ((log_odds + SURE) * STEPS) as usize;
        match (self.table.get(knot), self.table.get(knot.saturating_add(1))) {
            // `&`: one branch, almost never taken, where `&&` would be two that no processor foresees
            (Some(&low), Some(&high)) if log_odds >= -SURE => {
                if (draw >= low) & (draw < high) {
                    draw < logistic(log_odds)
                } else {
                    draw < low
                }
            }
            _ => draw < logistic(log_odds),
        }
    }

    /// Two independent draws of the standard normal distribution (Box and Muller 1958).
    pub fn standard_normals(&mut self) -> [f64; 2] {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        let angle = 2.0 * std::f64::consts::PI * self.uniform();
        let (sin, cos) = libm::sincos(angle);
        [radius * cos, radius * sin]
    }
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, DRAWS, Draws, logistic};
    use crate::numerics::random::RandomState;

    #[test]
    fn of_a_block_one_draw_falls_into_each_part() {
        for customers in [1, 7, BLOCK] {
            let mut draws = Draws::new(RandomState::new(3), customers as u32);
            let mut seen = vec![vec![0; customers]; DRAWS];
            for _ in 0..customers {
                draws.next_customer();
                for counts in &mut seen {
                    counts[(draws.uniform() * customers as f64) as usize] += 1;
                }
            }
            assert!(seen.iter().flatten().all(|&count| count == 1), "{customers}");
        }
    }

    #[test]
    fn the_table_says_what_the_formula_says() {
        let mut draws = Draws::new(RandomState::new(1), 8_001);
        for i in -4_000..=4_000 {
            let log_odds = f64::from(i) / 400.0;
            let exact = logistic(log_odds);
            draws.next_customer();
            for draw in [draws.uniform(), exact, exact * 0.999_999, exact + 1e-9, 0.0] {
                assert_eq!(draws.says_yes(log_odds, draw), draw < exact, "{log_odds} and {draw}");
            }
        }
        for log_odds in [f64::NEG_INFINITY, f64::NAN] {
            assert!(!draws.says_yes(log_odds, 0.5) && !draws.says_yes(log_odds, 0.0));
        }
        assert!(draws.says_yes(f64::INFINITY, 0.999_999));
    }
}

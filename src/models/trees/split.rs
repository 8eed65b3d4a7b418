//! The best split of a node, as scikit-learn's `BestSplitter` finds it: the same columns in the same
//! order, so that of equally good splits it takes the same one.

use super::columns::{Column, Columns, Ranked};
use super::params::Criterion;
use crate::numerics::random::XorShift;

/// Numbers closer than this count as equal.
const SAME: f32 = 1e-7;

/// A row in a node.
#[derive(Clone, Copy)]
pub struct Sample {
    pub row: u32,
    /// How often it was drawn.
    pub weight: u32,
    /// `weight` where it is positive, else 0.
    pub positive: u32,
}

impl Sample {
    pub fn of(row: u32, weight: u32, label: bool) -> Self {
        Self { row, weight, positive: if label { weight } else { 0 } }
    }
}

/// Rows of a node or of a side of it.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub rows: u32,
    weight: u32,
    positive: u32,
}

impl Tally {
    pub fn of(samples: &[Sample]) -> Self {
        let mut tally = Self::default();
        samples.iter().for_each(|sample| tally.add(sample));
        tally
    }

    fn add(&mut self, sample: &Sample) {
        self.rows += 1;
        self.weight += sample.weight;
        self.positive += sample.positive;
    }

    fn without(self, part: Self) -> Self {
        Self {
            rows: self.rows - part.rows,
            weight: self.weight - part.weight,
            positive: self.positive - part.positive,
        }
    }
}

/// What rows count for.
#[derive(Clone, Copy)]
pub struct Impurity {
    pub criterion: Criterion,
    /// By class: negative, positive.
    pub factors: [f64; 2],
}

impl Impurity {
    fn sums(&self, tally: Tally) -> [f64; 2] {
        let negative = tally.weight - tally.positive;
        [f64::from(negative) * self.factors[0], f64::from(tally.positive) * self.factors[1]]
    }

    /// All of a side's rows together.
    pub fn weight(&self, tally: Tally) -> f64 {
        let [negative, positive] = self.sums(tally);
        negative + positive
    }

    /// Share of the positive class.
    pub fn positive_share(&self, tally: Tally) -> f64 {
        self.sums(tally)[1] / self.weight(tally)
    }

    pub fn of(&self, tally: Tally) -> f64 {
        let sums = self.sums(tally);
        let weight = sums[0] + sums[1];
        match self.criterion {
            Criterion::Gini => 1.0 - (sums[0] * sums[0] + sums[1] * sums[1]) / (weight * weight),
            Criterion::Entropy => {
                let mut entropy = 0.0;
                for sum in sums {
                    if sum > 0.0 {
                        let share = sum / weight;
                        entropy -= share * (libm::log(share) / std::f64::consts::LN_2);
                    }
                }
                entropy
            }
        }
    }

    /// Grows with the decrease of the impurity; cheaper than the decrease itself.
    fn gain(&self, left: Tally, right: Tally) -> f64 {
        -self.weight(right) * self.of(right) - self.weight(left) * self.of(left)
    }
}

/// A way to part a node in two.
#[derive(Clone, Copy)]
pub struct Split {
    pub column: usize,
    pub at: At,
    pub left: Tally,
    pub right: Tally,
}

/// Who goes left.
#[derive(Clone, Copy)]
pub enum At {
    /// Who does not have the column's level.
    Level,
    /// Whose number is of this rank or a lower one, so at most the threshold.
    Number { rank: u32, threshold: f64 },
}

/// Looks for splits; keeps what is known of constant columns on the way down.
pub struct Splitter<'c> {
    columns: &'c Columns,
    impurity: Impurity,
    max_features: usize,
    min_samples_leaf: u32,
    draws: XorShift,
    /// A permutation of the columns: drawn constant ones first, then constant ones, then the rest.
    order: Vec<usize>,
    constant: Vec<usize>,
    ranked: Vec<(u32, u32)>,
}

impl<'c> Splitter<'c> {
    pub fn new(
        columns: &'c Columns,
        impurity: Impurity,
        max_features: usize,
        min_samples_leaf: u32,
        draws: XorShift,
    ) -> Self {
        let order: Vec<usize> = (0..columns.n_columns()).collect();
        let constant = vec![0; order.len()];
        Self {
            columns,
            impurity,
            max_features,
            min_samples_leaf,
            draws,
            order,
            constant,
            ranked: Vec::new(),
        }
    }

    /// The best split of the samples, and how many columns are now known to be constant, of which
    /// `known` were so in the parent.
    ///
    /// Columns are drawn without replacement (Fisher and Yates) until `max_features` of them were
    /// looked at and one of them varies. `order` holds, from its start: constant columns that were
    /// drawn, constant columns known from the parent, constant ones just found, those not drawn yet,
    /// and those looked at.
    pub fn best(&mut self, samples: &[Sample], all: Tally, known: usize) -> (Option<Split>, usize) {
        let mut best: Option<(Split, f64)> = None;
        let mut open = self.order.len();
        let (mut visited, mut found, mut drawn) = (0, 0, 0);
        while open > known + found && (visited < self.max_features || visited <= found + drawn) {
            visited += 1;
            let mut at = self.draws.between(drawn, open - found);
            if at < known {
                self.order.swap(drawn, at);
                drawn += 1;
                continue;
            }
            at += found;
            let column = self.order[at];
            if self.look(column, samples, all, &mut best) {
                open -= 1;
                self.order.swap(open, at);
            } else {
                self.order.swap(at, known + found);
                found += 1;
            }
        }
        self.order[..known].copy_from_slice(&self.constant[..known]);
        self.constant[known..known + found].copy_from_slice(&self.order[known..known + found]);
        (best.map(|(split, _)| split), known + found)
    }

    /// Puts the column's best split in place of a worse one; false when the column is constant.
    fn look(
        &mut self,
        column: usize,
        samples: &[Sample],
        all: Tally,
        best: &mut Option<(Split, f64)>,
    ) -> bool {
        match self.columns.column(column) {
            Column::Level { levels, level } => {
                let mut with = Tally::default();
                for sample in samples {
                    let mask = u32::from(levels[sample.row as usize] == level).wrapping_neg();
                    with.rows += mask & 1;
                    with.weight += mask & sample.weight;
                    with.positive += mask & sample.positive;
                }
                if with.rows == 0 || with.rows == all.rows {
                    return false;
                }
                let split = Split { column, at: At::Level, left: all.without(with), right: with };
                self.consider(split, best);
                true
            }
            Column::Number(ranked) => self.look_at_numbers(column, ranked, samples, all, best),
        }
    }

    fn look_at_numbers(
        &mut self,
        column: usize,
        Ranked { of_row, values }: &Ranked,
        samples: &[Sample],
        all: Tally,
        best: &mut Option<(Split, f64)>,
    ) -> bool {
        let mut ranked = std::mem::take(&mut self.ranked);
        ranked.clear();
        ranked.extend((0..).zip(samples).map(|(i, sample)| (of_row[sample.row as usize], i)));
        ranked.sort_unstable();
        let value = |rank: u32| values[rank as usize];
        let varies = match (ranked.first(), ranked.last()) {
            (Some(&(least, _)), Some(&(most, _))) => value(most) > value(least) + SAME,
            _ => false,
        };
        if varies {
            let mut left = Tally::default();
            for pair in ranked.windows(2) {
                let &[(rank, sample), (next, _)] = pair else { continue };
                left.add(&samples[sample as usize]);
                if rank == next || value(next) <= value(rank) + SAME {
                    continue;
                }
                let threshold = f64::from(value(rank)) / 2.0 + f64::from(value(next)) / 2.0;
                let at = At::Number { rank, threshold };
                self.consider(Split { column, at, left, right: all.without(left) }, best);
            }
        }
        self.ranked = ranked;
        varies
    }

    fn consider(&self, split: Split, best: &mut Option<(Split, f64)>) {
        let least = self.min_samples_leaf;
        if split.left.rows < least || split.right.rows < least {
            return;
        }
        let gain = self.impurity.gain(split.left, split.right);
        if best.as_ref().is_none_or(|(_, most)| gain > *most) {
            *best = Some((split, gain));
        }
    }

    /// Whether the row goes left.
    pub fn goes_left(&self, split: &Split) -> impl Fn(&Sample) -> bool {
        let column = self.columns.column(split.column);
        let at = split.at;
        move |sample| match (&column, at) {
            (Column::Level { levels, level }, _) => levels[sample.row as usize] != *level,
            (Column::Number(ranked), At::Number { rank, .. }) => {
                ranked.of_row[sample.row as usize] <= rank
            }
            (Column::Number(_), At::Level) => true,
        }
    }
}

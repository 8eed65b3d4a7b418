//! A tree from its root to its leaves, depth first.

use super::columns::Columns;
use super::nodes::{Node, Trees};
use super::params::TreeParams;
use super::split::{At, Impurity, Sample, Split, Splitter, Tally};
use crate::models::error::FitError;
use crate::numerics::random::{RandomState, XorShift};

/// A node that waits for its turn.
struct Open {
    start: usize,
    end: usize,
    depth: u32,
    tally: Tally,
    impurity: f64,
    /// Columns known to be constant in the parent.
    constant: usize,
    /// The node whose right child this is.
    right_of: Option<usize>,
}

/// How rows count in every tree.
pub struct Grower<'c> {
    pub columns: &'c Columns,
    pub params: &'c TreeParams,
    /// What a row of the negative and of the positive class counts for.
    pub factors: [f64; 2],
}

impl Grower<'_> {
    /// Adds the tree of these samples; `random` as scikit-learn leaves it to the splitter.
    ///
    /// # Errors
    /// More nodes than a browser can hold.
    pub fn grow(
        &self,
        mut samples: Vec<Sample>,
        random: &mut RandomState,
        trees: &mut Trees,
    ) -> Result<(), FitError> {
        let params = self.params;
        let impurity = Impurity { criterion: params.criterion, factors: self.factors };
        let max_features = params.max_features.of(self.columns.n_columns());
        let mut splitter = Splitter::new(
            self.columns,
            impurity,
            max_features,
            params.min_samples_leaf,
            XorShift::of(random),
        );
        let (least, least_leaf) = (params.min_samples_split, params.min_samples_leaf);
        let max_depth = params.max_depth.unwrap_or(u32::MAX);
        let whole = Tally::of(&samples);
        let total = impurity.weight(whole);

        trees.begin();
        let mut waiting = vec![Open {
            start: 0,
            end: samples.len(),
            depth: 0,
            tally: whole,
            impurity: impurity.of(whole),
            constant: 0,
            right_of: None,
        }];
        while let Some(open) = waiting.pop() {
            let at_end = open.depth >= max_depth
                || open.tally.rows < least
                || open.tally.rows / 2 < least_leaf
                || open.impurity <= f64::EPSILON;
            let rows = &mut samples[open.start..open.end];
            let (split, constant) = if at_end {
                (None, open.constant)
            } else {
                splitter.best(rows, open.tally, open.constant)
            };
            let decrease = |split: &Split| {
                let share = |tally| impurity.weight(tally) / impurity.weight(open.tally);
                impurity.weight(open.tally) / total
                    * (open.impurity
                        - share(split.right) * impurity.of(split.right)
                        - share(split.left) * impurity.of(split.left))
            };
            let split = split.filter(|split| decrease(split) + f64::EPSILON >= 0.0);
            let Some(split) = split else {
                let value = impurity.positive_share(open.tally);
                trees.add(Node::leaf(value), open.right_of)?;
                continue;
            };
            let node = match split.at {
                At::Level => Node::level(split.column),
                At::Number { threshold, .. } => Node::number(split.column, threshold),
            };
            let parent = trees.add(node, open.right_of)?;
            let middle = open.start + part(rows, splitter.goes_left(&split));
            let child = |start, end, tally, right_of| Open {
                start,
                end,
                depth: open.depth + 1,
                tally,
                impurity: impurity.of(tally),
                constant,
                right_of,
            };
            waiting.push(child(middle, open.end, split.right, Some(parent)));
            waiting.push(child(open.start, middle, split.left, None));
        }
        Ok(())
    }
}

/// Moves those who go left to the front; how many they are.
fn part(samples: &mut [Sample], goes_left: impl Fn(&Sample) -> bool) -> usize {
    let (mut front, mut back) = (0, samples.len());
    while front < back {
        if goes_left(&samples[front]) {
            front += 1;
        } else {
            back -= 1;
            samples.swap(front, back);
        }
    }
    front
}

//! One tree, the leaf with the largest gain split first.

use super::BoostingParams;
use super::bins::Binned;
use super::histogram::{self, Histogram, Sums};
use super::split::{self, Split};
use crate::models::error::FitError;
use crate::models::trees::Trees;
use crate::models::trees::nodes::Node;

/// A node while the tree grows.
struct Growing {
    /// Its rows, as a range of the rows in order.
    start: usize,
    end: usize,
    depth: u32,
    value: f64,
    /// The best split, while it is not taken.
    open: Option<(Split, Histogram)>,
    /// The split that was taken, and the places of both children.
    taken: Option<(Split, usize, usize)>,
}

/// Grows tree after tree on the same bins.
pub struct Grower<'b> {
    binned: &'b Binned,
    params: &'b BoostingParams,
    /// The rows, those of a node side by side.
    rows: Vec<u32>,
    /// Places to work in.
    right: Vec<u32>,
    slopes: Vec<(f64, f64)>,
}

impl<'b> Grower<'b> {
    pub fn new(binned: &'b Binned, params: &'b BoostingParams) -> Self {
        Self { binned, params, rows: Vec::new(), right: Vec::new(), slopes: Vec::new() }
    }

    /// Adds one tree to `trees`, and its values to the log-odds of the rows.
    ///
    /// # Errors
    /// More nodes than a browser can hold.
    pub fn grow(
        &mut self,
        gradients: &[f32],
        hessians: &[f32],
        log_odds: &mut [f64],
        trees: &mut Trees,
    ) -> Result<(), FitError> {
        let n_samples = self.binned.n_samples;
        self.rows.clear();
        self.rows.extend(0..n_samples as u32);
        let histogram =
            histogram::count(self.binned, &self.rows, gradients, hessians, &mut self.slopes);
        let whole = match self.binned.features.first() {
            Some(feature) => {
                let bins = &histogram[feature.first..][..feature.n_bins];
                bins.iter().fold(Sums::default(), |sum, bin| sum.plus(*bin))
            }
            None => Sums::default(),
        };
        let root = Growing {
            start: 0,
            end: n_samples,
            depth: 0,
            value: 0.0,
            open: self.split_of(histogram, whole, 0.0),
            taken: None,
        };
        let mut nodes = vec![root];
        let mut n_leaves = 1;
        let most_leaves = self.params.max_leaf_nodes.map_or(usize::MAX, |most| most as usize);
        while n_leaves < most_leaves {
            let Some(place) = largest_gain(&nodes) else { break };
            let Some((split, parent)) = nodes[place].open.take() else { break };
            let (start, end) = (nodes[place].start, nodes[place].end);
            let middle = start + self.part(start, end, &split);
            n_leaves += 1;
            let depth = nodes[place].depth + 1;
            let l2 = self.params.l2_regularization;
            let (value_left, value_right) =
                (split::value(split.left, l2), split::value(split.right, l2));
            let may_split = |rows: usize| {
                n_leaves < most_leaves
                    && self.params.max_depth.is_none_or(|most| depth < most)
                    && rows / 2 >= self.params.min_samples_leaf as usize
            };
            let (left_open, right_open) = (may_split(middle - start), may_split(end - middle));
            let (mut left, mut right) = (None, None);
            if left_open || right_open {
                let left_smaller = middle - start < end - middle;
                let smaller =
                    if left_smaller { &self.rows[start..middle] } else { &self.rows[middle..end] };
                let smaller =
                    histogram::count(self.binned, smaller, gradients, hessians, &mut self.slopes);
                let larger = histogram::subtract(parent, &smaller);
                let (of_left, of_right) =
                    if left_smaller { (smaller, larger) } else { (larger, smaller) };
                if left_open {
                    left = self.split_of(of_left, split.left, value_left);
                }
                if right_open {
                    right = self.split_of(of_right, split.right, value_right);
                }
            }
            let child =
                |start, end, value, open| Growing { start, end, depth, value, open, taken: None };
            let first = nodes.len();
            nodes.push(child(start, middle, value_left, left));
            nodes.push(child(middle, end, value_right, right));
            nodes[place].taken = Some((split, first, first + 1));
        }
        for node in &mut nodes {
            node.value *= self.params.learning_rate;
            if node.taken.is_none() {
                for &row in &self.rows[node.start..node.end] {
                    log_odds[row as usize] += node.value;
                }
            }
        }
        self.write(&nodes, trees)
    }

    fn split_of(&self, histogram: Histogram, node: Sums, value: f64) -> Option<(Split, Histogram)> {
        let split = split::best(self.binned, &histogram, node, value, self.params)?;
        Some((split, histogram))
    }

    /// Moves the rows that go left to the front, all in their order; how many they are.
    fn part(&mut self, start: usize, end: usize, split: &Split) -> usize {
        let feature = &self.binned.features[split.feature];
        self.right.clear();
        let rows = &mut self.rows[start..end];
        let mut n_left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            if split.goes_left(feature, feature.of_row[row as usize]) {
                rows[n_left] = row;
                n_left += 1;
            } else {
                self.right.push(row);
            }
        }
        rows[n_left..].copy_from_slice(&self.right);
        n_left
    }

    /// A split before its left side, and that before its right side.
    fn write(&self, nodes: &[Growing], trees: &mut Trees) -> Result<(), FitError> {
        trees.begin();
        let mut waiting = vec![(0, None)];
        while let Some((place, right_of)) = waiting.pop() {
            let node = &nodes[place];
            let written = match node.taken {
                None => Node::leaf(node.value),
                Some((split, ..)) => {
                    let feature = &self.binned.features[split.feature];
                    match &feature.thresholds {
                        None => Node::level(feature.column + split.bin),
                        Some(thresholds) => Node::number(feature.column, thresholds[split.bin]),
                    }
                }
            };
            let at = trees.add(written, right_of)?;
            if let Some((_, left, right)) = node.taken {
                waiting.push((right, Some(at)));
                waiting.push((left, None));
            }
        }
        Ok(())
    }
}

/// The node with the largest gain of all that wait, the first of equal ones.
fn largest_gain(nodes: &[Growing]) -> Option<usize> {
    let mut best = None;
    for (place, node) in nodes.iter().enumerate() {
        if let Some((split, _)) = &node.open
            && best.is_none_or(|(_, gain)| split.gain > gain)
        {
            best = Some((place, split.gain));
        }
    }
    best.map(|(place, _)| place)
}

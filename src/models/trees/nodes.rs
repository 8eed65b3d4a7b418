//! Trees as they are kept and asked.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::features::Rows;
use crate::models::error::FitError;
use crate::models::packed;

/// Nodes of all trees together: 128 MB of memory.
const MOST_NODES: usize = 8_000_000;
/// In place of a column: this node is a leaf.
const LEAF: u32 = u32::MAX;
/// Between 0, for a level that a row has not, and 1.
const HALF: f64 = 0.5;
/// Numbers of columns that are laid out for so many rows at a time that they stay in the fast cache.
const AT_A_TIME: usize = 8_192;

/// One node of 16 bytes; the left child of a split is the node after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Of a split: rows with at most this go left. Of a leaf: its value.
    number: f64,
    column: u32,
    right: u32,
}

impl Node {
    pub fn leaf(value: f64) -> Self {
        Self { number: value, column: LEAF, right: 0 }
    }

    /// A split by a level: rows that have it go right.
    pub fn level(column: usize) -> Self {
        Self::number(column, HALF)
    }

    /// A split by a number.
    pub fn number(column: usize, threshold: f64) -> Self {
        Self { number: threshold, column: column as u32, right: 0 }
    }
}

/// How numbers are compared with thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Rounded to single precision, as scikit-learn's classification trees do.
    Single,
    /// As they are.
    Double,
}

impl Precision {
    /// A standardised number as it is compared.
    pub fn of(self, z: f64) -> f64 {
        match self {
            Self::Single => f64::from(z as f32),
            Self::Double => z,
        }
    }
}

/// A node as others may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// The end of a way.
    Leaf {
        /// What it adds.
        value: f64,
    },
    /// Rows with at most the threshold go to the next node, the others to the right one.
    Split {
        /// Counted over all columns.
        column: u32,
        /// Of a standardised number, or one half of a level.
        threshold: f64,
        /// How many nodes further the right one is.
        right: u32,
    },
}

/// Binary trees with a number at every leaf, over one-hot columns and standardised numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
pub struct Trees {
    /// The root of each tree, ascending.
    roots: Vec<u32>,
    /// Each tree's nodes, a split before its left side, and that before its right side.
    nodes: Vec<Node>,
    /// One more than the last column that a split is by.
    n_columns: u32,
}

impl Trees {
    /// How many trees.
    #[must_use]
    pub fn n_trees(&self) -> usize {
        self.roots.len()
    }

    /// Nodes of all of them, leaves included.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Leaves of all of them.
    #[must_use]
    pub fn n_leaves(&self) -> usize {
        self.nodes.iter().filter(|node| node.column == LEAF).count()
    }

    /// The nodes of every tree, in the order of the trees.
    pub fn each(&self) -> impl Iterator<Item = impl Iterator<Item = Seen>> {
        let ends = self.roots.iter().skip(1).copied().chain([self.nodes.len() as u32]);
        self.roots.iter().zip(ends).map(|(&root, end)| {
            let nodes = self.nodes.get(root as usize..end as usize).unwrap_or_default();
            (root..).zip(nodes).map(|(at, node)| match node.column {
                LEAF => Seen::Leaf { value: node.number },
                column => Seen::Split { column, threshold: node.number, right: node.right - at },
            })
        })
    }

    /// A new tree.
    pub(in crate::models) fn begin(&mut self) {
        self.roots.push(self.nodes.len() as u32);
    }

    /// The next node of the newest tree; its place.
    ///
    /// # Errors
    /// More nodes than a browser can hold.
    pub(in crate::models) fn add(
        &mut self,
        node: Node,
        right_of: Option<usize>,
    ) -> Result<usize, FitError> {
        let place = self.nodes.len();
        if place >= MOST_NODES {
            let n_trees = self.roots.len() as u32;
            return Err(FitError::TooManyNodes { n_trees, most: MOST_NODES });
        }
        if let Some(parent) = right_of.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.right = place as u32;
        }
        self.keep(node);
        Ok(place)
    }

    fn keep(&mut self, node: Node) {
        if node.column != LEAF {
            self.n_columns = self.n_columns.max(node.column + 1);
        }
        self.nodes.push(node);
    }

    /// `start` plus the values of the leaves that a row falls into, added in the order of the trees, one
    /// a row; NaN where a number is NaN.
    #[must_use]
    pub(in crate::models) fn sums(
        &self,
        rows: &dyn Rows,
        precision: Precision,
        start: f64,
    ) -> Vec<f64> {
        let n_columns = rows.encoder().n_columns();
        let first_number = rows.encoder().n_level_columns();
        if self.n_columns as usize > n_columns {
            return vec![f64::NAN; rows.n_rows()];
        }
        let at_a_time = (AT_A_TIME / n_columns.max(1)).clamp(1, 256);
        let mut all = Vec::with_capacity(rows.n_rows());
        let mut laid_out: Vec<f64> = Vec::with_capacity(at_a_time * n_columns);
        rows.each(&mut |level_columns, numbers| {
            let from = laid_out.len();
            laid_out.resize(from + first_number, 0.0);
            for &column in level_columns {
                laid_out[from + column as usize] = 1.0;
            }
            laid_out.extend(numbers.iter().map(|&z| precision.of(z)));
            all.push(if numbers.iter().any(|z| z.is_nan()) { f64::NAN } else { start });
            if laid_out.len() == at_a_time * n_columns {
                self.add_to(&mut all, &laid_out, n_columns);
                laid_out.clear();
            }
        });
        self.add_to(&mut all, &laid_out, n_columns);
        all
    }

    /// Adds to the last sums those of the rows laid out.
    fn add_to(&self, all: &mut [f64], laid_out: &[f64], n_columns: usize) {
        let n_rows = laid_out.len() / n_columns.max(1);
        let from = all.len() - n_rows;
        for &root in &self.roots {
            for (sum, row) in all[from..].iter_mut().zip(laid_out.chunks_exact(n_columns)) {
                *sum += self.value(root, row);
            }
        }
    }

    /// Of the leaf of a tree that a row falls into.
    fn value(&self, root: u32, row: &[f64]) -> f64 {
        let mut at = root;
        loop {
            let node = &self.nodes[at as usize];
            if node.column == LEAF {
                return node.number;
            }
            at = if row[node.column as usize] <= node.number { at + 1 } else { node.right };
        }
    }
}

/// Trees in few bytes: most columns, distances and places in the tables take one or two.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// Nodes of each tree.
    #[serde(with = "packed")]
    sizes: Vec<u32>,
    /// By node: 0 for a leaf, else the column and 1.
    #[serde(with = "packed")]
    columns: Vec<u32>,
    /// By split: how many nodes further its right side begins.
    #[serde(with = "packed")]
    rights: Vec<u32>,
    /// By node: the place of its number in `numbers`.
    #[serde(with = "packed")]
    places: Vec<u32>,
    /// Distinct thresholds and leaf values, in the order they occur.
    numbers: Vec<f64>,
}

/// Why stored trees are none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("node {node} of the stored trees is none")]
pub struct TreesError {
    /// Over all trees, from 0.
    node: usize,
}

impl From<Trees> for Stored {
    fn from(trees: Trees) -> Self {
        let ends = trees.roots.iter().skip(1).copied().chain([trees.nodes.len() as u32]);
        let sizes = trees.roots.iter().zip(ends).map(|(root, end)| end - root).collect();
        let mut numbers = Vec::new();
        let mut known = std::collections::BTreeMap::new();
        let places = trees.nodes.iter().map(|node| {
            *known.entry(node.number.to_bits()).or_insert_with(|| {
                numbers.push(node.number);
                numbers.len() as u32 - 1
            })
        });
        let places = places.collect();
        let splits = (0..).zip(&trees.nodes).filter(|(_, node)| node.column != LEAF);
        Self {
            sizes,
            columns: trees.nodes.iter().map(|node| node.column.wrapping_add(1)).collect(),
            rights: splits.map(|(at, node): (u32, _)| node.right - at).collect(),
            places,
            numbers,
        }
    }
}

impl TryFrom<Stored> for Trees {
    type Error = TreesError;

    /// Every way from a root must end at a leaf of its tree.
    fn try_from(stored: Stored) -> Result<Self, TreesError> {
        let mut trees = Self::default();
        let mut rights = stored.rights.iter();
        let mut read = stored.columns.iter().zip(&stored.places);
        for size in stored.sizes {
            trees.begin();
            let end = trees.nodes.len() + size as usize;
            while trees.nodes.len() < end {
                let node = trees.nodes.len();
                let wrong = TreesError { node };
                let (&column, &place) = read.next().ok_or_else(|| wrong.clone())?;
                let number = stored.numbers.get(place as usize).copied();
                let number = number.ok_or_else(|| wrong.clone())?;
                let column = column.wrapping_sub(1);
                let mut right = 0;
                if column != LEAF {
                    let distance = rights.next().copied().ok_or_else(|| wrong.clone())? as usize;
                    if distance < 2 || node + distance >= end {
                        return Err(wrong);
                    }
                    right = (node + distance) as u32;
                }
                trees.keep(Node { number, column, right });
            }
            // a split's left side is the node after it, so the last one must be a leaf
            match trees.nodes.last() {
                Some(node) if node.column == LEAF && size > 0 => {}
                _ => return Err(TreesError { node: trees.nodes.len() }),
            }
        }
        if read.next().is_some() || rights.next().is_some() {
            return Err(TreesError { node: trees.nodes.len() });
        }
        Ok(trees)
    }
}

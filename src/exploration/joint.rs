//! Counting the rows of every pair of columns at once.

use super::index::{Coded, Keys};

/// Most combinations of two columns that are taken for one.
const MOST_COMBINED: usize = 64;

/// One column, or two small ones taken for one: a pass over two such blocks counts up to four pairs.
struct Block {
    /// Place of each column among those asked for.
    columns: Vec<usize>,
    /// Groups of each column, and one more for values in none.
    widths: Vec<usize>,
    /// The group of the column; of two the first one's times the second one's width, plus the second
    /// one's.
    keys: Vec<u16>,
}

/// The counts of two columns.
pub struct Joint {
    /// Places of the columns, the larger one first.
    pub columns: (usize, usize),
    /// `(groups of the first, groups of the second)`, row-major; values in no group left out.
    pub counts: Vec<u32>,
    /// Groups of the second.
    pub width: usize,
}

/// Every pair of the columns, rows that fail left out.
pub fn every_pair(columns: &[&Coded], failed: &[u8]) -> Vec<Joint> {
    let blocks = blocks(columns);
    let mut pairs = Vec::new();
    for (at, one) in blocks.iter().enumerate() {
        for other in blocks.iter().take(at + 1) {
            // within a block there is a pair only where it holds two columns
            if one.columns == other.columns && one.columns.len() < 2 {
                continue;
            }
            let counts = count(one, other, failed);
            for (i, &first) in one.columns.iter().enumerate() {
                for (j, &second) in other.columns.iter().enumerate() {
                    if first > second {
                        pairs.push(marginal(&counts, (one, i), (other, j)));
                    }
                }
            }
        }
    }
    pairs
}

fn blocks(columns: &[&Coded]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(first) = columns.get(at) {
        let width = first.groups + 1;
        let second = columns.get(at + 1).filter(|next| width * (next.groups + 1) <= MOST_COMBINED);
        blocks.push(match second {
            Some(second) => Block {
                columns: vec![at, at + 1],
                widths: vec![width, second.groups + 1],
                keys: combined(first, second),
            },
            None => Block { columns: vec![at], widths: vec![width], keys: groups(first) },
        });
        at += 1 + usize::from(second.is_some());
    }
    blocks
}

fn groups(column: &Coded) -> Vec<u16> {
    match &column.keys {
        Keys::Bytes(keys) => keys.iter().map(|&key| u16::from(key >> 1)).collect(),
        Keys::Words(keys) => keys.iter().map(|&key| key >> 1).collect(),
    }
}

fn combined(first: &Coded, second: &Coded) -> Vec<u16> {
    let width = second.groups as u16 + 1;
    let mut keys = groups(first);
    keys.iter_mut().zip(groups(second)).for_each(|(key, other)| *key = *key * width + other);
    keys
}

impl Block {
    fn size(&self) -> usize {
        self.widths.iter().product()
    }

    /// The group of the block's column `column` in a key.
    fn group(&self, key: usize, column: usize) -> usize {
        match (self.widths.as_slice(), column) {
            ([_, width], 0) => key / width,
            ([_, width], _) => key % width,
            _ => key,
        }
    }
}

/// Rows of each combination of two blocks.
fn count(one: &Block, other: &Block, failed: &[u8]) -> Vec<u32> {
    let width = other.size();
    let mut counts = vec![0_u32; one.size() * width];
    for ((&a, &b), &failed) in one.keys.iter().zip(&other.keys).zip(failed) {
        if let Some(count) = counts.get_mut(usize::from(a) * width + usize::from(b)) {
            *count += u32::from(1 - (failed & 1));
        }
    }
    counts
}

fn marginal(counts: &[u32], (one, i): (&Block, usize), (other, j): (&Block, usize)) -> Joint {
    let groups = |block: &Block, at: usize| block.widths.get(at).map_or(0, |width| width - 1);
    let (height, width) = (groups(one, i), groups(other, j));
    let mut table = vec![0; height * width];
    for (a, row) in counts.chunks(other.size()).enumerate() {
        for (b, &count) in row.iter().enumerate() {
            let (y, x) = (one.group(a, i), other.group(b, j));
            if y < height
                && x < width
                && let Some(cell) = table.get_mut(y * width + x)
            {
                *cell += count;
            }
        }
    }
    let place = |block: &Block, at: usize| block.columns.get(at).copied().unwrap_or(0);
    Joint { columns: (place(one, i), place(other, j)), counts: table, width }
}

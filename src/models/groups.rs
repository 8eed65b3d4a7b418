//! Categorical features joined into groups in which few combinations of levels occur.

use crate::features::{FeatureMatrix, LevelColumns};

/// Combinations a group may have. More means fewer sums a row, but tables that leave the fast cache:
/// of 1, 16, 32, 64, 128 and 256 this was the fastest on the Telco file, 2.8 ms instead of 6.3 for 1.
const MOST_COMBINATIONS: usize = 32;

/// With more categorical features none are joined, so that the tables can't outgrow the Hessian.
const MOST_JOINED_FEATURES: usize = 64;

/// Every row as one combination a group; combinations count over all groups.
pub struct Grouped {
    pub n_groups: usize,
    /// `(n_samples, n_groups)`, row-major: the row's combination of each group.
    pub of_row: Vec<u32>,
    /// By combination: the one-hot columns of its levels, ascending; those of a later group are
    /// greater.
    pub columns: Vec<Vec<usize>>,
}

impl Grouped {
    /// Joins features in their order as long as few combinations occur.
    pub fn of(matrix: &FeatureMatrix) -> Self {
        Self::with_at_most(matrix, MOST_COMBINATIONS)
    }

    /// The same with another number of combinations that a group may have.
    pub fn with_at_most(matrix: &FeatureMatrix, most: usize) -> Self {
        let n = matrix.n_samples();
        let blocks = &matrix.encoder().categorical;
        let most = if blocks.len() > MOST_JOINED_FEATURES { 0 } else { most };
        let mut groups: Vec<Group> = Vec::new();
        for (b, block) in blocks.iter().enumerate() {
            let columns = matrix.level_columns().iter().skip(b).step_by(blocks.len());
            let more = groups.last().and_then(|group| group.with(block, columns.clone(), most));
            match (more, groups.last_mut()) {
                (Some(more), Some(group)) => *group = more,
                _ => groups.extend(Group::nothing(n).with(block, columns, usize::MAX)),
            }
        }
        let n_groups = groups.len();
        let mut of_row = vec![0; n * n_groups];
        let mut columns = Vec::new();
        for (g, mut group) in groups.into_iter().enumerate() {
            let first = columns.len() as u32;
            for (to, code) in of_row.iter_mut().skip(g).step_by(n_groups).zip(group.codes) {
                *to = first + code;
            }
            columns.append(&mut group.columns);
        }
        Self { n_groups, of_row, columns }
    }
}

/// A group while it grows.
struct Group {
    /// By row, counted within the group.
    codes: Vec<u32>,
    /// By combination.
    columns: Vec<Vec<usize>>,
}

impl Group {
    fn nothing(n_samples: usize) -> Self {
        Self { codes: vec![0; n_samples], columns: vec![Vec::new()] }
    }

    /// With one more feature; `None` when more than `most` combinations occur.
    fn with<'c>(
        &self,
        block: &LevelColumns,
        columns: impl Iterator<Item = &'c u32>,
        most: usize,
    ) -> Option<Self> {
        const UNSEEN: u32 = u32::MAX;
        let mut code_of = vec![UNSEEN; self.columns.len() * block.n_levels];
        let mut codes = Vec::with_capacity(self.codes.len());
        let mut combinations: Vec<Vec<usize>> = Vec::new();
        for (&old, &column) in self.codes.iter().zip(columns) {
            let (old, column) = (old as usize, column as usize);
            let code = &mut code_of[old * block.n_levels + column - block.first];
            if *code == UNSEEN {
                if combinations.len() == most {
                    return None;
                }
                *code = combinations.len() as u32;
                let mut members = self.columns[old].clone();
                members.push(column);
                combinations.push(members);
            }
            codes.push(*code);
        }
        Some(Self { codes, columns: combinations })
    }
}

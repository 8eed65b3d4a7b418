//! The kernel matrix of a problem, row by row, in single precision.

use super::points::Points;

/// Bytes that rows may take, as scikit-learn's `cache_size`.
pub const CACHE_BYTES: usize = 200 << 20;

/// Entries computed at a time: few enough to stay in the fastest cache.
const CHUNK: usize = 256;

/// K(xᵢ, xⱼ) over positions that may be exchanged.
///
/// Rows are computed as far as they are asked for and kept until room is needed, the one used longest
/// ago going first. They are rounded to single precision, as LIBSVM's are: steps depend on it.
pub struct KernelMatrix {
    points: Points,
    /// By position: a first part of the row, or nothing.
    rows: Vec<Vec<f32>>,
    /// By position: when the row was used last.
    used: Vec<u64>,
    now: u64,
    /// Entries held, and how many may be.
    held: usize,
    most: usize,
    /// K(xᵢ, xᵢ), in double precision.
    pub diagonal: Vec<f64>,
}

impl KernelMatrix {
    /// Rows take at most `bytes`, but two whole ones always have room.
    pub fn new(points: Points, bytes: usize) -> Self {
        let n = points.len();
        Self {
            diagonal: (0..n).map(|at| points.diagonal(at)).collect(),
            points,
            rows: vec![Vec::new(); n],
            used: vec![0; n],
            now: 0,
            held: 0,
            most: (bytes / size_of::<f32>()).max(2 * n),
        }
    }

    /// Makes the first `len` entries of a row ready; those of the row asked for before stay ready.
    pub fn ready(&mut self, at: usize, len: usize) {
        self.now += 1;
        self.used[at] = self.now;
        let from = self.rows[at].len();
        if from >= len {
            return;
        }
        while self.held + (len - from) > self.most && self.forget_oldest(at) {}
        let mut row = std::mem::take(&mut self.rows[at]);
        row.reserve_exact(len - from);
        let (columns, numbers) = self.points.row(at);
        let asked = self.points.ask((&columns, &numbers));
        let mut buffer = [0.0; CHUNK];
        while row.len() < len {
            let values = &mut buffer[..CHUNK.min(len - row.len())];
            self.points.rounded(&asked, values, &mut row);
        }
        self.held += len - from;
        self.rows[at] = row;
    }

    /// The row, as far as it is ready.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.rows[at]
    }

    /// Exchanges two rows; their columns have to follow before the next row is asked for.
    pub fn swap_rows(&mut self, one: usize, other: usize) {
        self.points.swap(one, other);
        self.diagonal.swap(one, other);
        self.rows.swap(one, other);
        self.used.swap(one, other);
    }

    /// Exchanges columns, pair after pair, the lower one first in each. A row that does not reach as
    /// far is cut off.
    pub fn swap_columns(&mut self, pairs: &[(usize, usize)]) {
        for row in &mut self.rows {
            for &(low, high) in pairs {
                if high < row.len() {
                    row.swap(low, high);
                } else if low < row.len() {
                    self.held -= row.len() - low;
                    row.truncate(low);
                }
            }
            row.shrink_to_fit();
        }
    }

    /// Frees the row used longest ago, but for `but` and the row asked for last; false when there is
    /// none.
    fn forget_oldest(&mut self, but: usize) -> bool {
        let rows = self.rows.iter().zip(&self.used).enumerate();
        let others =
            rows.filter(|&(at, (row, &used))| at != but && !row.is_empty() && used + 1 < self.now);
        let Some((oldest, _)) = others.min_by_key(|(_, (_, used))| **used) else { return false };
        self.held -= self.rows[oldest].len();
        self.rows[oldest] = Vec::new();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::KernelMatrix;
    use crate::features::{FeatureMatrix, LevelColumns, OneHotEncoder, StandardScaler};
    use crate::models::svc::kernel::Kernel;
    use crate::models::svc::points::Points;
    use crate::numerics::random::RandomState;

    const ROWS: usize = 700;

    fn matrix(bytes: usize) -> KernelMatrix {
        let block = LevelColumns { feature: 0, first: 0, n_levels: 2 };
        let encoder = OneHotEncoder { categorical: vec![block], numeric: vec![1] };
        let scaler = StandardScaler { mean: vec![0.4, 0.6, 0.0], scale: vec![0.5, 0.5, 1.0] };
        let mut random = RandomState::new(1);
        let levels = (0..ROWS).map(|_| random.interval(1)).collect();
        let numbers = (0..ROWS).map(|_| random.random_sample()).collect();
        let rows: Vec<u32> = (0..ROWS as u32).collect();
        let points = FeatureMatrix::of_rows(&encoder, &scaler, levels, numbers, ROWS)
            .map(|matrix| Points::of(&matrix, &rows, Kernel::Rbf { gamma: 0.3 }));
        KernelMatrix::new(points.unwrap_or_else(|| panic!("these are rows")), bytes)
    }

    /// However little room there is, and whatever was exchanged, a row is what it would be anew, and
    /// the one asked for before is still there.
    #[test]
    fn rows_do_not_depend_on_the_room() {
        let (mut small, mut large) = (matrix(0), matrix(1 << 30));
        let mut random = RandomState::new(2);
        let mut before = 0;
        small.ready(before, ROWS);
        for round in 0..2_000 {
            let at = random.interval(ROWS as u32 - 1) as usize;
            let len = ROWS - random.interval(300) as usize;
            small.ready(at, len);
            large.ready(at, len);
            assert!(small.row(at).len() >= len && !small.row(before).is_empty());
            let both = small.row(at).iter().zip(large.row(at));
            assert!(both.take(len).all(|(a, b)| a.to_bits() == b.to_bits()), "round {round}");
            assert!(small.held <= 2 * ROWS && small.held == small.rows.iter().map(Vec::len).sum());
            before = at;
            if round % 50 == 49 {
                let pair = [random.interval(100) as usize, 200 + random.interval(400) as usize];
                for matrix in [&mut small, &mut large] {
                    matrix.swap_rows(pair[0], pair[1]);
                    matrix.swap_columns(&[(pair[0], pair[1])]);
                }
                small.ready(0, ROWS);
                before = 0;
            }
        }
    }
}

//! Shapley values of a sum of trees, exact, from the trees themselves.

use crate::features::{EncodedRecord, EncodedRecords, FeaturePipeline, OneHotEncoder, Rows};
use crate::models::trees::{Precision, Seen, TreeSum};

/// Where a feature's value comes from on a way through a tree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Undecided,
    Record,
    Row,
}

/// One tree, one record, one background row.
struct Walk<'w> {
    tree: &'w [Seen],
    /// Columns of the record and of the row, numbers as the trees compare them.
    record: &'w [f64],
    row: &'w [f64],
    /// The feature of each column.
    feature_of: &'w [usize],
    from: &'w mut [Source],
    /// Features decided so far: from the record, from the row.
    decided: [u32; 2],
    values: &'w mut [f64],
}

/// Per feature, in the order of the feature space, the mean over the background rows; `None` when the
/// trees are none of these columns.
///
/// A way to a leaf needs some features from the record (s of them) and some from the row (t). The leaf
/// counts for every coalition that has the s and none of the t, which adds v·(s − 1)!·t!/(s + t)! to
/// each of the s and takes v·s!·(t − 1)!/(s + t)! from each of the t: Lundberg et al., "From local
/// explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2
/// (2020), the interventional algorithm.
pub fn shapley(
    sum: &TreeSum<'_>,
    pipeline: &FeaturePipeline,
    encoded: &[f64],
    rows: &[EncodedRecord],
    progress: &mut dyn FnMut(u32, u32),
) -> Option<Vec<f64>> {
    let encoder = OneHotEncoder::of(&pipeline.space);
    let mut feature_of = vec![0; encoder.n_columns()];
    for block in &encoder.categorical {
        feature_of
            .iter_mut()
            .skip(block.first)
            .take(block.n_levels)
            .for_each(|f| *f = block.feature);
    }
    for (to, &feature) in feature_of[encoder.n_level_columns()..].iter_mut().zip(&encoder.numeric) {
        *to = feature;
    }
    let lay_out = |record: &[f64]| columns(record, &encoder, pipeline, sum.precision);
    let record = lay_out(encoded)?;
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| lay_out(row)).collect::<Option<_>>()?;

    let mut values = vec![0.0; encoded.len()];
    let mut from = vec![Source::Undecided; encoded.len()];
    let n_trees = sum.trees.n_trees() as u32;
    for (done, tree) in (1..).zip(sum.trees.each()) {
        let tree: Vec<Seen> = tree.collect();
        for row in &rows {
            let mut walk = Walk {
                tree: &tree,
                record: &record,
                row,
                feature_of: &feature_of,
                from: &mut from,
                decided: [0, 0],
                values: &mut values,
            };
            walk.go(0)?;
        }
        progress(done, n_trees);
    }
    let times = sum.divisor * rows.len() as f64;
    values.iter_mut().for_each(|value| *value /= times);
    Some(values)
}

impl Walk<'_> {
    /// What the leaves below a node add to each feature that the record decides on the way there, and
    /// take from each that the row decides.
    fn go(&mut self, at: usize) -> Option<[f64; 2]> {
        let (column, threshold, right) = match *self.tree.get(at)? {
            Seen::Leaf { value } => {
                let [s, t] = self.decided;
                return Some([value * share(s, t), value * share(t, s)]);
            }
            Seen::Split { column, threshold, right } => (column as usize, threshold, right),
        };
        let feature = *self.feature_of.get(column)?;
        let next = |columns: &[f64]| {
            let goes_left = *columns.get(column)? <= threshold;
            Some(if goes_left { at + 1 } else { at + right as usize })
        };
        let (with_record, with_row) = (next(self.record)?, next(self.row)?);
        match self.from[feature] {
            _ if with_record == with_row => self.go(with_record),
            Source::Record => self.go(with_record),
            Source::Row => self.go(with_row),
            Source::Undecided => {
                let [adds, takes] = self.decide(feature, Source::Record, 0, with_record)?;
                let [more_adds, more_takes] = self.decide(feature, Source::Row, 1, with_row)?;
                self.from[feature] = Source::Undecided;
                self.values[feature] += adds - more_takes;
                Some([adds + more_adds, takes + more_takes])
            }
        }
    }

    fn decide(&mut self, feature: usize, from: Source, side: usize, at: usize) -> Option<[f64; 2]> {
        self.from[feature] = from;
        self.decided[side] += 1;
        let below = self.go(at);
        self.decided[side] -= 1;
        below
    }
}

/// (a − 1)!·b!/(a + b)!; 0 where a is 0.
fn share(a: u32, b: u32) -> f64 {
    if a == 0 {
        return 0.0;
    }
    // 1/a divided by the number of ways to choose b of a + b
    let choices = (1..=b).fold(1.0, |ways, k| ways * f64::from(a + k) / f64::from(k));
    1.0 / (f64::from(a) * choices)
}

/// One-hot columns as 0 and 1, then the numbers as the trees compare them.
fn columns(
    encoded: &[f64],
    encoder: &OneHotEncoder,
    pipeline: &FeaturePipeline,
    precision: Precision,
) -> Option<Vec<f64>> {
    let scaler = &pipeline.scaler;
    let records = EncodedRecords { values: encoded, n_records: 1, encoder, scaler };
    records.width()?;
    let mut columns = vec![0.0; encoder.n_level_columns()];
    records.each(&mut |level_columns, numbers| {
        for &column in level_columns {
            columns[column as usize] = 1.0;
        }
        columns.extend(numbers.iter().map(|&z| precision.of(z)));
    });
    Some(columns)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_by_hand() {
        assert_eq!(share(0, 3), 0.0);
        assert_eq!(share(1, 0), 1.0);
        assert_eq!(share(2, 0), 0.5);
        assert_eq!(share(1, 2), 1.0 / 3.0);
        // 1!·1!/3!
        assert!((share(2, 1) - 1.0 / 6.0).abs() < 1e-16);
    }
}

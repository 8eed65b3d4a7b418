//! Every column against the target.

use super::answer::{Distribution, OverviewColumn, Strength};
use super::chosen::Chosen;
use super::index::{Index, is_described};
use crate::data::profile::{ClassCounts, association};
use crate::data::{ColumnValues, Dataset};
use crate::numerics::order::sorted_by;

impl Index {
    /// The columns with groups but the target, the strongest over all rows first.
    pub(super) fn overview(&self, dataset: &Dataset, chosen: &Chosen) -> Vec<OverviewColumn> {
        let described = dataset.columns.iter().enumerate().zip(&self.columns).filter_map(
            |((place, column), coded)| {
                let coded = coded.as_ref().filter(|_| is_described(column))?;
                let failed = chosen.ignoring(&[place]);
                let distribution = coded.distribution(column, &failed);
                let strength = self.strength(&column.values, &distribution.counts, &failed);
                Some((place, OverviewColumn { distribution, missing: column.missing, strength }))
            },
        );
        let weakest_last = |(place, _): &(usize, OverviewColumn)| {
            -self.strengths.get(*place).copied().unwrap_or(0.0)
        };
        let ordered = sorted_by(described.collect(), weakest_last);
        ordered.into_iter().map(|(_, column)| column).collect()
    }

    /// The strength of each column over all rows; 0 where there is none.
    pub(super) fn all_strengths(&self, dataset: &Dataset) -> Vec<f64> {
        let none = vec![0; self.labels.len()];
        let columns = dataset.columns.iter().zip(&self.columns);
        let strengths = columns.map(|(column, coded)| {
            let coded = coded.as_ref().filter(|_| is_described(column))?;
            self.strength(&column.values, &coded.count(&none), &none)
        });
        strengths.map(|strength| strength.map_or(0.0, |strength| strength.association)).collect()
    }

    fn strength(
        &self,
        values: &ColumnValues,
        counts: &[ClassCounts],
        failed: &[u8],
    ) -> Option<Strength> {
        let of_class = |rows: fn(&ClassCounts) -> u32| counts.iter().any(|group| rows(group) > 0);
        if !(of_class(|group| group.negative) && of_class(|group| group.positive)) {
            return None;
        }
        let of_groups = association(counts);
        let association = match values {
            ColumnValues::Numbers(numbers) => correlation_ratio(numbers, &self.labels, failed),
            _ => of_groups.cramers_v,
        };
        Some(Strength { association, mutual_information: of_groups.mutual_information })
    }
}

/// Groups of sums, so that an addition does not wait for the one before.
const LANES: usize = 4;

/// η = √(Σ n_class·(mean_class − mean)² / Σ(x − mean)²); 0 where either class or all variation is
/// missing.
///
/// The sums are taken of x less the first number, which costs one pass and no digits unless the
/// numbers lie many times their spread away from it.
fn correlation_ratio(numbers: &[f64], labels: &[u8], failed: &[u8]) -> f64 {
    let first = numbers.iter().zip(failed).find(|(n, failed)| **failed == 0 && n.is_finite());
    let Some((&shift, _)) = first else { return 0.0 };
    // rows, sum and sum of squares, all and of the positive class
    let mut sums = [[0.0_f64; 5]; LANES];
    let mut add = |lane: usize, number: f64, label: u8, failed: u8| {
        let counts = f64::from(1 - (failed & 1));
        let apart = (number - shift) * counts;
        let apart = if number.is_finite() { apart } else { 0.0 };
        let counts = if number.is_finite() { counts } else { 0.0 };
        let positive = f64::from(label & 1);
        let sums = &mut sums[lane % LANES];
        sums[0] += counts;
        sums[1] += apart;
        sums[2] += apart * apart;
        sums[3] += counts * positive;
        sums[4] += apart * positive;
    };
    let rows = numbers.iter().zip(labels).zip(failed).enumerate();
    rows.for_each(|(row, ((&number, &label), &failed))| add(row, number, label, failed));
    let total = |place: usize| sums.iter().map(|lane| lane[place]).sum::<f64>();
    let [n, sum, squares, n_positive, sum_positive] = [0, 1, 2, 3, 4].map(total);
    let n_negative = n - n_positive;
    if n_positive == 0.0 || n_negative == 0.0 {
        return 0.0;
    }
    let sum_negative = sum - sum_positive;
    let whole = squares - sum * sum / n;
    let between = sum_positive * sum_positive / n_positive
        + sum_negative * sum_negative / n_negative
        - sum * sum / n;
    // rounding alone leaves a constant column a little variation
    if whole <= 1e-12 * squares { 0.0 } else { (between / whole).clamp(0.0, 1.0).sqrt() }
}

/// The association of any table, for `CramersV`: √(χ²/(n·(min(rows, columns) − 1))) over the rows and
/// columns that have any; `None` where one stands alone. `table`: `(rows, columns)`, row-major.
pub(super) fn cramers_v(table: &[u32], columns: usize) -> Option<f64> {
    let rows = table.chunks(columns.max(1));
    let by_row: Vec<f64> =
        rows.clone().map(|row| row.iter().map(|&n| f64::from(n)).sum()).collect();
    let by_column: Vec<f64> = (0..columns)
        .map(|column| rows.clone().filter_map(|row| row.get(column)).map(|&n| f64::from(n)).sum())
        .collect();
    let n: f64 = by_row.iter().sum();
    let mut chi2 = 0.0;
    for (row, &of_row) in rows.zip(&by_row) {
        for (&count, &of_column) in row.iter().zip(&by_column) {
            let expected = of_row * of_column / n;
            if expected > 0.0 {
                let apart = f64::from(count) - expected;
                chi2 += apart * apart / expected;
            }
        }
    }
    let filled = |sums: &[f64]| sums.iter().filter(|&&sum| sum > 0.0).count();
    let least = filled(&by_row).min(filled(&by_column));
    (least > 1).then(|| (chi2 / (n * (least - 1) as f64)).sqrt().min(1.0))
}

/// A distribution without rows is none to show.
impl Distribution {
    /// Rows in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.iter().map(|classes| classes.total()).sum()
    }
}

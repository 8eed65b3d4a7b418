//! A data set described: counts, quantiles, histograms, associations.

mod association;
mod correlation;
mod distribution;

use serde::{Deserialize, Serialize};

pub use association::association;
pub use distribution::edges;

use super::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role};

/// Examples shown of a text column.
const EXAMPLES: usize = 5;

/// Everything the exploration screens show of a data set, kept rows only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The data set described.
    pub dataset_id: DatasetId,
    /// Kept rows.
    pub n_rows: u32,
    /// Rows of each class; `None` without a target.
    pub classes: Option<ClassCounts>,
    /// In file order.
    pub columns: Vec<ColumnProfile>,
    /// Of the numeric columns, and the target as 0/1 last.
    pub correlations: Correlations,
}

/// Rows by class of the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassCounts {
    /// Rows of the negative class.
    pub negative: u32,
    /// Rows of the positive class.
    pub positive: u32,
}

impl ClassCounts {
    /// All rows.
    #[must_use]
    pub fn total(self) -> u32 {
        self.negative + self.positive
    }

    /// Share of the positive class, 0 to 1; `None` without rows.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.total() > 0).then(|| f64::from(self.positive) / f64::from(self.total()))
    }
}

/// One column described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnProfile {
    /// The header's text.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// What it is used for.
    pub role: Role,
    /// Blank cells in the file, rows left out included.
    pub missing: u32,
    /// Different values among the kept rows.
    pub distinct: u32,
    /// Figures that fit the kind.
    pub detail: ColumnDetail,
}

/// Figures that fit the kind of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ColumnDetail {
    /// Of a categorical column.
    Levels {
        /// In the order of the levels.
        levels: Vec<LevelCount>,
        /// With the target; `None` without one, or for the target itself.
        association: Option<Association>,
    },
    /// Of a numeric column.
    Numbers(Box<NumberProfile>),
    /// Of an identifier or free text: some examples.
    Text(Vec<String>),
}

/// Rows with one level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelCount {
    /// The level.
    pub level: String,
    /// Rows with it.
    pub count: u32,
    /// The same by class; `None` without a target.
    pub classes: Option<ClassCounts>,
}

/// How much a categorical column says about the target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// Pearson's χ² of the levels × classes table, no continuity correction.
    pub chi2: f64,
    /// √(χ² / (n·(min(rows, columns) − 1))), 0 to 1, no bias correction.
    pub cramers_v: f64,
    /// Plug-in mutual information, nats.
    pub mutual_information: f64,
}

/// A numeric column described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberProfile {
    /// All kept rows.
    pub all: FiveNumbers,
    /// By class: negative, positive; `None` without a target or where a class has no row.
    pub negative: Option<FiveNumbers>,
    /// See `negative`.
    pub positive: Option<FiveNumbers>,
    /// Ten bins of equal width over the range.
    pub histogram: Histogram,
}

/// A box plot's figures, all zero without rows. Quartiles by linear interpolation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FiveNumbers {
    /// Rows.
    pub n: u32,
    /// Smallest value.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest value.
    pub max: f64,
    /// Smallest value not below q1 − 1.5·(q3 − q1).
    pub whisker_low: f64,
    /// Largest value not above q3 + 1.5·(q3 − q1).
    pub whisker_high: f64,
    /// Values beyond the whiskers.
    pub outliers: u32,
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard deviation with n − 1; 0 for one row.
    pub std: f64,
}

/// Counts in bins of equal width; the last bin includes its right edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Bin edges, ascending, one more than bins.
    pub edges: Vec<f64>,
    /// All kept rows.
    pub all: Vec<u32>,
    /// Rows of the negative class; empty without a target.
    pub negative: Vec<u32>,
    /// Rows of the positive class; empty without a target.
    pub positive: Vec<u32>,
}

/// Pearson's correlation of every pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correlations {
    /// Row and column names.
    pub names: Vec<String>,
    /// `(n, n)`, symmetric; `None` where a column is constant or there are no rows.
    pub pearson: Vec<Vec<Option<f64>>>,
}

/// Describes the kept rows of a data set.
#[must_use]
pub fn profile(dataset: &Dataset) -> Profile {
    let labels = dataset.labels();
    let labels = labels.as_deref();
    Profile {
        dataset_id: dataset.id.clone(),
        n_rows: dataset.n_rows() as u32,
        classes: labels.map(ClassCounts::of),
        columns: dataset.columns.iter().map(|column| describe(column, labels)).collect(),
        correlations: correlation::correlations(dataset, labels),
    }
}

impl ClassCounts {
    fn of(labels: &[bool]) -> Self {
        let positive = labels.iter().filter(|&&label| label).count();
        Self { negative: (labels.len() - positive) as u32, positive: positive as u32 }
    }
}

fn describe(column: &Column, labels: Option<&[bool]>) -> ColumnProfile {
    let (distinct, detail) = match &column.values {
        ColumnValues::Numbers(numbers) => {
            let (distinct, profile) = distribution::describe(numbers, labels);
            (distinct, ColumnDetail::Numbers(Box::new(profile)))
        }
        ColumnValues::Levels { levels, codes } => {
            let levels = association::count(levels, codes, labels);
            let by_class: Option<Vec<ClassCounts>> = levels.iter().map(|l| l.classes).collect();
            let association = by_class
                .filter(|_| column.role != Role::Target)
                .map(|table| association::association(&table));
            (levels.len() as u32, ColumnDetail::Levels { levels, association })
        }
        ColumnValues::Text(texts) => {
            let examples = texts.iter().take(EXAMPLES).map(str::to_owned);
            (texts.distinct() as u32, ColumnDetail::Text(examples.collect()))
        }
    };
    ColumnProfile {
        name: column.name.clone(),
        kind: column.kind,
        role: column.role,
        missing: column.missing,
        distinct,
        detail,
    }
}

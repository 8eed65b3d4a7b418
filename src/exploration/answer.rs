//! What can be asked about the selected rows, and what is answered.

use serde::{Deserialize, Serialize};

use super::rows::Sort;
use crate::data::Value;
use crate::data::profile::{ClassCounts, FiveNumbers};

/// What is asked about the selected rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// Every column against the target.
    Overview,
    /// One column closely.
    Column {
        /// The column: numbers or levels.
        column: String,
        /// Bins of a histogram, 1 to 100. Of numbers only.
        bins: u32,
        /// Of numbers: the categorical column whose levels get a box each; `None`: the classes.
        by: Option<String>,
    },
    /// Two columns against each other.
    Pair {
        /// The column along.
        x: String,
        /// The column upward.
        y: String,
        /// Bins of each side that has numbers, 1 to 100.
        bins: u32,
    },
    /// Pearson's correlation of the numeric columns and the target.
    Correlations,
    /// Cramér's V of the categorical columns and the target.
    CramersV,
    /// Every pair of some numeric columns.
    Pairs {
        /// The columns, at most 5.
        columns: Vec<String>,
        /// Bins of each side, 1 to 100.
        bins: u32,
    },
    /// The rows themselves.
    Rows {
        /// First one, from 0, in the order asked for.
        from: u32,
        /// How many at most, 0 to 1,000.
        count: u32,
        /// The order; `None`: that of the file.
        sort: Option<Sort>,
    },
}

/// What is answered, and how many rows it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether there is a target. Without one all rows count as negative.
    pub has_target: bool,
    /// All rows by class.
    pub all: ClassCounts,
    /// The selected rows by class.
    pub selected: ClassCounts,
    /// The figures.
    pub figures: Figures,
}

/// The figures of the question of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Figures {
    /// To `Overview`: the columns with numbers or levels but the target, the strongest over all rows
    /// first, else in file order.
    Overview(Vec<OverviewColumn>),
    /// To `Column`.
    Column(Box<ColumnFigures>),
    /// To `Pair`.
    Pair(Box<Pair>),
    /// To `Correlations`.
    Correlations(Matrix),
    /// To `CramersV`.
    CramersV(Matrix),
    /// To `Pairs`.
    Pairs {
        /// One entry a column.
        columns: Vec<Distribution>,
        /// The second with the first, the third with the first, the third with the second, and so on.
        pairs: Vec<Pair>,
    },
    /// To `Rows`.
    Rows(RowsPart),
}

/// How the rows spread over the values of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// The column.
    pub column: String,
    /// Its bins or levels.
    pub groups: Groups,
    /// Rows of each group by class.
    pub counts: Vec<ClassCounts>,
}

/// What the rows of a column are counted by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Groups {
    /// Bins of equal width over the range of all rows; the last one includes its right edge.
    Bins(BinEdges),
    /// Levels, sorted by code point.
    Levels(Vec<String>),
}

/// Where bins begin and end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinEdges {
    /// Ascending, one more than bins.
    pub edges: Vec<f64>,
    /// They are days since the first of January 1970.
    pub are_dates: bool,
}

impl Groups {
    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Bins(bins) => bins.edges.len().saturating_sub(1),
            Self::Levels(levels) => levels.len(),
        }
    }
}

/// A column in the overview. Its own picks are left out of its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverviewColumn {
    /// Ten bins, or the levels.
    pub distribution: Distribution,
    /// Blank cells in the file.
    pub missing: u32,
    /// How much it says about the target; `None` without one, and where a class has no rows.
    pub strength: Option<Strength>,
}

/// How much a column says about the target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// 0 to 1. Of levels Cramér's V, of numbers the correlation ratio η = √(variation between the
    /// means of the classes / all variation); both are the correlation where each side has two values.
    pub association: f64,
    /// Plug-in mutual information of the groups, nats.
    pub mutual_information: f64,
}

/// One column closely. Its own picks are left out; of the boxes those of the column they are split by,
/// which is the target where they are of the classes, are too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnFigures {
    /// Rows by bin or level.
    pub distribution: Distribution,
    /// Whose levels the boxes are; `None`: the classes.
    pub by: Option<String>,
    /// Of numbers: the share of rows up to a value, for the negative class, then the positive one; all
    /// rows without a target. Classes without rows have no points.
    pub cumulative: Vec<Vec<Share>>,
    /// Of numbers: the box of each level or class that has rows.
    pub boxes: Vec<NamedBox>,
}

/// The share of rows up to a value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The value.
    pub value: f64,
    /// Rows with it or less, 0 to 1.
    pub share: f64,
}

/// The numbers of some rows as a box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedBox {
    /// Level or class.
    pub name: String,
    /// The box.
    pub numbers: FiveNumbers,
}

/// Two columns against each other. The picks of both are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The column along.
    pub x: String,
    /// The column upward.
    pub y: String,
    /// Bins or levels along.
    pub columns: Groups,
    /// Bins or levels upward.
    pub rows: Groups,
    /// `(rows, columns)`, row-major.
    pub cells: Vec<ClassCounts>,
    /// Each row where both columns have numbers and there are at most 5,000 rows; else empty.
    pub points: Vec<PairPoint>,
    /// Where one column has numbers and the other levels: the box of each level that has rows.
    pub boxes: Vec<NamedBox>,
}

/// A row in two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairPoint {
    /// Along.
    pub x: f64,
    /// Upward.
    pub y: f64,
    /// Of the positive class.
    pub positive: bool,
}

/// A figure for every pair of columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// The columns.
    pub names: Vec<String>,
    /// `(n, n)`, row-major, symmetric; `None` where one of both has a single value, or no row.
    pub values: Vec<Option<f64>>,
}

/// Some of the selected rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowsPart {
    /// Kept row numbers, from 0.
    pub places: Vec<u32>,
    /// Data rows of the file, from 1.
    pub source_rows: Vec<u32>,
    /// One list of values a row, all columns in file order.
    pub rows: Vec<Vec<Value>>,
}

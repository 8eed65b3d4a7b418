//! What the address asks about the selected rows.

use super::address::listed;
use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, DatasetSummary, Role};
use crate::exploration::{Question, Sort};
use crate::web::query::Query;
use crate::web::text::explore as text;

/// Bins where the address says nothing.
pub const BINS: u32 = 20;

/// Columns of a pair plot where the address says nothing, and at most.
const PAIRED: [usize; 2] = [3, 5];

/// The ways to look at a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Every column.
    Overview,
    /// One column.
    Column,
    /// Two columns.
    Pair,
    /// Many columns.
    Many,
    /// The rows.
    Rows,
}

impl Tab {
    /// In the order they are shown.
    pub const ALL: [Self; 5] = [Self::Overview, Self::Column, Self::Pair, Self::Many, Self::Rows];

    /// The one the address names.
    pub fn of(query: Query) -> Self {
        let key = query.get("tab");
        Self::ALL.into_iter().find(|tab| tab.key() == key.as_deref()).unwrap_or(Self::Overview)
    }

    /// Its name in the address; the first one has none.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Overview => None,
            Self::Column => Some("column"),
            Self::Pair => Some("pair"),
            Self::Many => Some("many"),
            Self::Rows => Some("rows"),
        }
    }

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overview => text::OVERVIEW,
            Self::Column => text::ONE_COLUMN,
            Self::Pair => text::TWO_COLUMNS,
            Self::Many => text::MANY_COLUMNS,
            Self::Rows => text::ROWS,
        }
    }
}

/// The pictures of many columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Every pair of some numbers.
    Pairs,
    /// Correlations.
    Correlations,
    /// Cramér's V.
    CramersV,
}

impl Many {
    /// In the order they are shown.
    pub const ALL: [Self; 3] = [Self::Pairs, Self::Correlations, Self::CramersV];

    /// The one the address names.
    pub fn of(query: Query) -> Self {
        let key = query.get("as");
        Self::ALL.into_iter().find(|many| many.key() == key.as_deref()).unwrap_or(Self::Pairs)
    }

    /// Its name in the address; the first one has none.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Pairs => None,
            Self::Correlations => Some("correlations"),
            Self::CramersV => Some("cramers-v"),
        }
    }

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pairs => text::PAIR_PLOT,
            Self::Correlations => text::CORRELATIONS,
            Self::CramersV => text::CRAMERS_V,
        }
    }
}

/// What the address asks; `None` where the data set has no column for it.
pub fn of(tab: Tab, query: Query, dataset: &DatasetSummary) -> Option<Question> {
    match tab {
        Tab::Overview => Some(Question::Overview),
        Tab::Column => {
            let column = column(query, dataset)?.name.clone();
            Some(Question::Column { column, bins: bins(query), by: by(query, dataset) })
        }
        Tab::Pair => {
            let [x, y] = sides(query, dataset)?;
            Some(Question::Pair { x, y, bins: bins(query) })
        }
        Tab::Many => Some(match Many::of(query) {
            Many::Correlations => Question::Correlations,
            Many::CramersV => Question::CramersV,
            Many::Pairs => Question::Pairs { columns: paired(query, dataset), bins: bins(query) },
        }),
        // the table asks for its rows itself; here they are only counted
        Tab::Rows => Some(Question::Rows { from: 0, count: 0, sort: None }),
    }
}

/// Columns that can be looked at closely.
pub fn described(dataset: &DatasetSummary) -> impl Iterator<Item = &ColumnSummary> {
    let kinds = [ColumnKind::Numeric, ColumnKind::Categorical];
    dataset.columns.iter().filter(move |c| kinds.contains(&c.kind) && c.role != Role::Target)
}

/// The column the address names, else the first one.
pub fn column(query: Query, dataset: &DatasetSummary) -> Option<&ColumnSummary> {
    let wanted = query.get("column");
    let named = described(dataset).find(|column| Some(&column.name) == wanted.as_ref());
    named.or_else(|| described(dataset).next())
}

/// The column whose levels the boxes of a column of numbers are; `None`: the classes.
pub fn by(query: Query, dataset: &DatasetSummary) -> Option<String> {
    let is_number = column(query, dataset)?.kind == ColumnKind::Numeric;
    query.get("by").filter(|by| is_number && is_level(dataset, by))
}

/// Whether the numbers of a column are dates.
pub fn is_date(dataset: &DatasetSummary, column: &str) -> bool {
    dataset.columns.iter().any(|known| known.name == column && known.is_date)
}

/// The columns along and upward: those of the address, else the first two numbers, else any two.
pub fn sides(query: Query, dataset: &DatasetSummary) -> Option<[String; 2]> {
    let known = |key: &str| {
        query.get(key).filter(|name| dataset.columns.iter().any(|column| column.name == *name))
    };
    let numbers = described(dataset).filter(|column| column.kind == ColumnKind::Numeric);
    let others = described(dataset).filter(|column| column.kind != ColumnKind::Numeric);
    let mut names = numbers.chain(others).map(|column| column.name.clone());
    let (first, second) = (names.next()?, names.next()?);
    let x = known("x").unwrap_or(first.clone());
    let y = known("y").unwrap_or(if x == second { first } else { second });
    Some([x, y])
}

/// The columns of the pair plot.
pub fn paired(query: Query, dataset: &DatasetSummary) -> Vec<String> {
    let numbers = || described(dataset).filter(|column| column.kind == ColumnKind::Numeric);
    let all = || numbers().map(|column| column.name.clone());
    match query.get("with") {
        Some(wanted) => {
            let wanted = listed(&wanted);
            all().filter(|name| wanted.contains(name)).take(PAIRED[1]).collect()
        }
        None => all().take(PAIRED[0]).collect(),
    }
}

/// Whether one more column fits the pair plot.
pub fn may_pair(paired: &[String]) -> bool {
    paired.len() < PAIRED[1]
}

/// Bins of a histogram, and of each side of a scatter.
pub fn bins(query: Query) -> u32 {
    query.number("bins", is_bins).map_or(BINS, |bins| bins as u32)
}

/// How many bins there may be.
pub fn is_bins(bins: f64) -> bool {
    bins.fract() == 0.0 && (1.0..=100.0).contains(&bins)
}

/// Columns with levels, the target too.
pub fn with_levels(dataset: &DatasetSummary) -> impl Iterator<Item = &ColumnSummary> {
    dataset.columns.iter().filter(|column| column.kind == ColumnKind::Categorical)
}

fn is_level(dataset: &DatasetSummary, name: &str) -> bool {
    with_levels(dataset).any(|column| column.name == name)
}

/// The order of the rows: `sort=-tenure` has the largest first.
pub fn sort(query: Query, dataset: &DatasetSummary) -> Option<Sort> {
    let text = query.get("sort")?;
    let known = |name: &str| dataset.columns.iter().any(|column| column.name == name);
    if known(&text) {
        return Some(Sort { column: text, descending: false });
    }
    let name = text.strip_prefix('-').filter(|name| known(name))?;
    Some(Sort { column: name.to_owned(), descending: true })
}

//! The selection in the address: `pick.Contract=One year|Two year`, `pick.tenure=0..12`, with twelve
//! `pick.tenure=0..=12`, `where=tenure < 12`, `sample=0.1&sample.seed=42`.

use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, DatasetSummary};
use crate::exploration::filter::{Filter, FilterError};
use crate::exploration::{Pick, Picked, SampleParams, Selection};
use crate::web::js::number;
use crate::web::query::{PICK, Query};

/// The filter.
pub const WHERE: &str = "where";
/// Share of the rows in the sample.
pub const SAMPLE: &str = "sample";
/// Seed of the sample.
pub const SEED: &str = "sample.seed";

/// What the address selects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selected {
    /// What of it fits the data set.
    pub selection: Selection,
    /// The filter as it stands, also when it is none.
    pub filter: String,
    /// Why it is none.
    pub error: Option<FilterError>,
    /// Columns with picks that don't fit the data set.
    pub ignored: Vec<String>,
}

/// Reads the address; tracked.
pub fn selected(query: Query, dataset: &DatasetSummary) -> Selected {
    let mut selected = Selected::default();
    for (name, text) in query.with_prefix(PICK) {
        let column = dataset.columns.iter().find(|column| column.name == name);
        match column.and_then(|column| picked(column, &text)) {
            Some(values) => selected.selection.picks.push(Pick { column: name, values }),
            None => selected.ignored.push(name),
        }
    }
    selected.filter = query.get(WHERE).unwrap_or_default();
    match Filter::parse(&selected.filter, &dataset.columns, number) {
        Ok(_) => selected.selection.filter = selected.filter.clone(),
        Err(error) => selected.error = Some(error),
    }
    let fraction = query.number(SAMPLE, |fraction| fraction > 0.0 && fraction <= 1.0);
    selected.selection.sample = fraction.map(|fraction| SampleParams {
        fraction,
        seed: query.number(SEED, is_seed).map_or(SampleParams::default().seed, |seed| seed as u32),
    });
    selected
}

/// Seeds are whole numbers of 32 bits.
pub fn is_seed(seed: f64) -> bool {
    seed.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&seed)
}

/// The picked values of a column; `None` where the text is none for it.
fn picked(column: &ColumnSummary, text: &str) -> Option<Picked> {
    match column.kind {
        ColumnKind::Numeric => {
            let (from, to) = text.split_once("..")?;
            let closed = to.strip_prefix('=');
            let (from, to) = (number(from)?, number(closed.unwrap_or(to))?);
            (from <= to).then_some(Picked::Range { from, to, closed: closed.is_some() })
        }
        ColumnKind::Categorical => {
            let levels: Vec<String> = text.split('|').map(unescaped).collect();
            let known = levels.iter().any(|level| column.levels.contains(level));
            known.then_some(Picked::Levels(levels))
        }
        ColumnKind::Identifier | ColumnKind::Text => None,
    }
}

/// The picked values as they stand in the address.
pub fn written(values: &Picked) -> String {
    match values {
        Picked::Range { from, to, closed: false } => format!("{from}..{to}"),
        Picked::Range { from, to, closed: true } => format!("{from}..={to}"),
        Picked::Levels(levels) => {
            let levels: Vec<String> = levels.iter().map(|level| escaped(level)).collect();
            levels.join("|")
        }
    }
}

/// Several names in one value.
pub fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| escaped(name)).collect();
    names.join("|")
}

/// The names in a value.
pub fn listed(text: &str) -> Vec<String> {
    text.split('|').filter(|name| !name.is_empty()).map(unescaped).collect()
}

/// A level may have a bar in its name.
fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace('|', "%7C")
}

fn unescaped(name: &str) -> String {
    name.replace("%7C", "|").replace("%25", "%")
}

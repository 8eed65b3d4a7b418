//! What is looked at of the customers, in the address: `where=probability > .5&sort=-weight.tenure`.

use crate::customers::{self, Choice, Order};
use crate::data::Role;
use crate::data::summary::ColumnSummary;
use crate::explain::LimeParams;
use crate::exploration::filter::{Filter, FilterError};
use crate::web::actions::{AskedCustomers, OfGroup};
use crate::web::js::number;
use crate::web::query::Query;

/// The filter.
pub const WHERE: &str = "where";
/// Part of an identifier.
pub const FIND: &str = "find";
/// How many customers are drawn.
pub const RANDOM: &str = "random";
/// Seed of the draw and of the explanations.
pub const SEED: &str = "seed";
/// The order: a column, or `weight.` and a feature; with `-` before it the largest first.
pub const SORT: &str = "sort";
/// The columns on screen; without it all.
pub const COLUMNS: &str = "columns";
/// The threshold.
pub const THRESHOLD: &str = "threshold";
/// Whether weights are written out.
pub const WEIGHTS: &str = "weights";
/// The tab of the segments, and what they are by.
pub const SEGMENTS: &str = "segments";
/// The columns that make segments.
pub const BY: [&str; 2] = ["x", "y"];

/// How many groups by reasons there are; without it segments are by columns.
pub const GROUPS: &str = "groups";
/// The group by reasons that is looked at, from 1.
pub const GROUP: &str = "group";

/// The filter as it stands, and why it is none; tracked, as all here.
pub fn filter(query: Query, columns: &[ColumnSummary]) -> (String, Option<FilterError>) {
    let filter = query.get(WHERE).unwrap_or_default();
    let error = Filter::parse(&filter, columns, number).err();
    (filter, error)
}

/// What the address asks for. A filter that is none selects all, an order by what there is not is that of
/// the file.
pub fn asked(
    query: Query,
    columns: &[ColumnSummary],
    features: &[String],
    n_rows: u32,
) -> AskedCustomers {
    let (filter, error) = filter(query, columns);
    let choice = Choice {
        filter: if error.is_some() { String::new() } else { filter },
        find: query.get(FIND).unwrap_or_default(),
        random: query.number(RANDOM, is_count).map(|count| count as u32),
        seed: lime(query).seed,
    };
    let identifier = columns.iter().find(|column| column.role == Role::Identifier);
    let has_column = |name: &str| columns.iter().any(|column| column.name == name);
    let has_feature = |name: &str| features.iter().any(|feature| feature == name);
    AskedCustomers {
        selection: choice.selection(identifier.map(|column| column.name.as_str()), n_rows),
        group: group(query),
        order: query.get(SORT).and_then(|sort| Order::parse(&sort, has_column, has_feature).ok()),
    }
}

/// How many may be drawn.
fn is_count(count: f64) -> bool {
    count.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&count)
}

/// The group by reasons that the address asks for.
pub fn group(query: Query) -> Option<OfGroup> {
    let groups = groups(query)?;
    let group = query.number(GROUP, is_count)? as u32;
    (group <= groups).then_some(OfGroup { group: group - 1, groups })
}

/// How customers are explained.
pub fn lime(query: Query) -> LimeParams {
    let default = LimeParams::default();
    let seed = query.number(SEED, is_seed).map_or(default.seed, |seed| seed as u32);
    LimeParams { seed, ..default }
}

/// Seeds are whole numbers of 32 bits.
pub fn is_seed(seed: f64) -> bool {
    seed.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&seed)
}

/// The threshold, where the address says one.
pub fn threshold(query: Query) -> Option<f64> {
    query.number(THRESHOLD, is_threshold)
}

/// What a threshold may be.
pub fn is_threshold(threshold: f64) -> bool {
    (0.0..=1.0).contains(&threshold)
}

/// The segments are looked at.
pub fn is_segments(query: Query) -> bool {
    query.get("tab").as_deref() == Some(SEGMENTS)
}

/// How many groups by reasons the address asks for.
pub fn groups(query: Query) -> Option<u32> {
    query.number(GROUPS, is_groups).map(|groups| groups as u32)
}

/// How many there may be.
pub fn is_groups(groups: f64) -> bool {
    let [fewest, most] = customers::GROUPS.map(f64::from);
    groups.fract() == 0.0 && (fewest..=most).contains(&groups)
}

//! Figures → charts.

mod one;
mod two;

pub use one::{boxes, boxes_of, by_class, cumulative, rates};
pub use two::{matrix, pair_pictures, pair_scatter};

use crate::charts::format::{self, NumberFormat};
use crate::charts::{Axis, Tone};
use crate::data::profile::ClassCounts;
use crate::exploration::Groups;
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// The names of the two classes, with their colours; one name without a target.
fn named(classes: Option<&Classes>) -> Vec<(String, Tone)> {
    match classes {
        Some(of) => vec![(of.negative(), Tone::Stays), (of.positive(), Tone::Churns)],
        None => vec![(text::CUSTOMERS_SMALL.to_owned(), Tone::Accent)],
    }
}

/// The rows of a class, by its place in [`named`].
fn of_class(counts: &ClassCounts, class: usize) -> u64 {
    u64::from(if class == 0 { counts.negative } else { counts.positive })
}

/// The groups in words: "1 to 8.1".
pub fn names(groups: &Groups) -> Vec<String> {
    match groups {
        Groups::Levels(levels) => levels.clone(),
        Groups::Bins(bins) => format_of(bins.are_dates).bin_names(&bins.edges),
    }
}

/// How the numbers of a column are written.
pub fn format_of(are_dates: bool) -> NumberFormat {
    if are_dates { NumberFormat::Day } else { NumberFormat::Plain }
}

/// The axis of a column.
fn axis_of(column: &str, groups: &Groups) -> Axis {
    let are_dates = matches!(groups, Groups::Bins(bins) if bins.are_dates);
    Axis::formatted(&readable(column), format_of(are_dates))
}

/// A range in words: "1 to 12", "12", and "1 to under 8.1" where its end is not in it.
pub fn between(from: f64, to: f64, closed: bool, are_dates: bool) -> String {
    let ends = if closed && from == to { vec![from] } else { vec![from, to] };
    let joint = if closed { text::TO } else { text::TO_UNDER };
    let ends = match are_dates {
        true => ends.into_iter().map(format::date).collect(),
        false => format::bounds(&ends),
    };
    ends.join(&format!(" {joint} "))
}

/// What a column says, in one sentence: where the positive class is most and least frequent.
pub fn sentence(groups: &Groups, counts: &[ClassCounts], classes: Option<&Classes>) -> String {
    let names = names(groups);
    let before = match groups {
        Groups::Bins(_) => text::FROM,
        Groups::Levels(_) => text::WITH,
    };
    let groups = || names.iter().zip(counts);
    if let Some(of) = classes {
        let rates = || {
            let sure = groups().filter(|(_, classes)| u64::from(classes.total()) >= format::FEW);
            sure.filter_map(|(name, classes)| Some((name, classes.rate()?)))
        };
        let most = rates().max_by(|one, two| one.1.total_cmp(&two.1));
        let least = rates().min_by(|one, two| one.1.total_cmp(&two.1));
        return match most.zip(least) {
            Some(((high, most), (low, least))) if most > least => format!(
                "{} {before} {high} ({}), {} {before} {low} ({})",
                of.most(),
                format::of_hundred(most),
                of.fewest(),
                format::of_hundred(least)
            ),
            Some(((_, rate), _)) if rates().count() > 1 => {
                format!("{} ({})", of.alike(), format::of_hundred(rate))
            }
            _ => text::TOO_FEW.to_owned(),
        };
    }
    let largest = groups().max_by_key(|(_, classes)| classes.total());
    largest.map_or_else(String::new, |(name, classes)| {
        let count = format::count(u64::from(classes.total()));
        format!("{} {before} {name} ({count})", text::MOST_CUSTOMERS)
    })
}

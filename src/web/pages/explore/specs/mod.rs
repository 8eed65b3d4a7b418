//! Figures → charts.

mod one;
mod two;

pub use one::{boxes, by_class, cumulative, rates};
pub use two::{matrix, pair_pictures, pair_scatter};

use crate::charts::Tone;
use crate::charts::format::{self, NumberFormat};
use crate::data::profile::ClassCounts;
use crate::exploration::Groups;
use crate::web::text::explore as text;

/// The names of the two classes, with their colours; one name without a target.
fn classes(has_target: bool) -> Vec<(&'static str, Tone)> {
    match has_target {
        true => vec![(text::STAYED, Tone::Stays), (text::LEFT, Tone::Churns)],
        false => vec![(text::CUSTOMERS_SMALL, Tone::Accent)],
    }
}

/// The rows of a class, by its place in [`classes`].
fn of_class(counts: &ClassCounts, class: usize) -> u64 {
    u64::from(if class == 0 { counts.negative } else { counts.positive })
}

/// The groups in words: "1 to 8.1".
pub fn names(groups: &Groups) -> Vec<String> {
    match groups {
        Groups::Levels(levels) => levels.clone(),
        Groups::Bins(edges) => {
            let ends = edges.iter().zip(edges.iter().skip(1));
            ends.map(|(from, to)| between(*from, *to)).collect()
        }
    }
}

/// Two numbers in words.
pub fn between(from: f64, to: f64) -> String {
    format!("{} {} {}", shown(from), text::TO, shown(to))
}

/// A number with three digits, or all before the point.
pub fn shown(number: f64) -> String {
    NumberFormat::Plain.show(number)
}

/// What a column says, in one sentence: where leaving is most and least frequent.
pub fn sentence(groups: &Groups, counts: &[ClassCounts], has_target: bool) -> String {
    let names = names(groups);
    let is_bins = matches!(groups, Groups::Bins(_));
    let named =
        |name: &str| if is_bins { format!("{} {name}", text::FROM) } else { name.to_owned() };
    let groups = || names.iter().zip(counts);
    if has_target {
        let rates = || {
            let sure = groups().filter(|(_, classes)| u64::from(classes.total()) >= format::FEW);
            sure.filter_map(|(name, classes)| Some((name, classes.rate()?)))
        };
        let most = rates().max_by(|one, two| one.1.total_cmp(&two.1));
        let least = rates().min_by(|one, two| one.1.total_cmp(&two.1));
        return match most.zip(least) {
            Some(((high, most), (low, least))) if most > least => format!(
                "{} {} ({}), {} {} ({})",
                text::MOST_LEAVE,
                named(high),
                format::of_hundred(most),
                text::FEWEST,
                named(low),
                format::of_hundred(least)
            ),
            Some(((_, rate), _)) => {
                format!("{} ({})", text::LEAVE_ALIKE, format::of_hundred(rate))
            }
            None => text::TOO_FEW.to_owned(),
        };
    }
    let largest = groups().max_by_key(|(_, classes)| classes.total());
    largest.map_or_else(String::new, |(name, classes)| {
        let count = format::count(u64::from(classes.total()));
        format!("{} {} ({count})", text::MOST_ARE, named(name))
    })
}

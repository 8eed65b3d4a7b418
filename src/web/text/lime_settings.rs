//! LIME's settings side by side, on the explain page.

use super::names::readable;
use crate::charts::format;
use crate::explain::{
    Discretizer, Distance, FeatureCount, FeatureSelection, FirstFeatures, Variant, VariantEffect,
};

pub const TITLE: &str = "Other settings";
pub const TABLE: &str = "Weights with each setting";
pub const FEATURE: &str = "Feature";
pub const BASE: &str = "As it is";
pub const OTHER_SIGN: &str = "other sign";
pub const R2: &str = "r²";
pub const COUNTING: &str = "Neighbours it is worth";
pub const LOCAL: &str = "What the lines say";
pub const NONE: &str =
    "Nothing is changed: choose another value above, and it gets a column of its own.";
pub const RESET: &str = "Change nothing";
pub const MEANINGS: &str = "What the settings do";

pub const WIDTH: &str = "Kernel width";
pub const WIDTH_ALLOWED: &str = "a number from 0.01 to 1,000";
pub const SAMPLES: &str = "Neighbours drawn";
pub const BINS: &str = "Bins of numbers";
pub const DISTANCE: &str = "Distance";
pub const FEATURES: &str = "Features";
pub const FEATURES_ALLOWED: &str = "a whole number from 1 to 1,000";
pub const SELECTION: &str = "Chosen features";

/// The bins, the usual ones first; and the address's words for them.
pub const ALL_BINS: [(Discretizer, &str, &str); 3] = [
    (Discretizer::Quartile, "quartile", "Quartiles"),
    (Discretizer::Decile, "decile", "Deciles"),
    (Discretizer::Entropy, "entropy", "By class (entropy)"),
];
pub const ALL_DISTANCES: [(Distance, &str, &str); 3] = [
    (Distance::Euclidean, "euclidean", "Euclidean"),
    (Distance::Manhattan, "manhattan", "Manhattan"),
    (Distance::Cosine, "cosine", "Cosine"),
];
pub const ALL_SELECTIONS: [(FeatureSelection, &str, &str); 4] = [
    (FeatureSelection::Auto, "auto", "As it is"),
    (FeatureSelection::ForwardSelection, "forward", "One after the other"),
    (FeatureSelection::HighestWeights, "highest", "Highest weights"),
    (FeatureSelection::LassoPath, "lasso", "Along the lasso"),
];

/// Name and sentence of every setting, in the order of the fields.
pub const HELP: [(&str, &str); 6] = [
    (
        WIDTH,
        "How much a neighbour counts less with every feature in which it differs. With a wide kernel all neighbours count nearly alike, so the weights are about all customers; with a narrow one only near copies count, and few of those are drawn.",
    ),
    (SAMPLES, "More neighbours leave less to chance. They do not make the lines fit better."),
    (
        BINS,
        "Where numbers are cut: into four equal parts, into ten, or where a small tree over this feature alone tells the classes apart. Another cut is another condition, so its weight answers another question.",
    ),
    (
        DISTANCE,
        "What k differing features of n make: √k (Euclidean), k (Manhattan), or 1 − √((n − k)/n) (cosine), which is at most 1, so that with the usual width all neighbours count nearly alike. A distance wants a width of its own.",
    ),
    (
        FEATURES,
        "How many features get a weight; the line is fitted anew with them alone, so their weights take over what the others had. Python's lime stops at 10 unless it is told otherwise.",
    ),
    (
        SELECTION,
        "Which features get a weight where not all do: those that raise r² most one after the other, those with the highest weights in a fit of all, or the first along the path of the lasso. The weights are then fitted anew.",
    ),
];
pub const HOW: &str = "Each column changes one setting; the thin line in a bar is the weight as it is. r² is measured on the neighbours as they are weighted, so it does not tell which setting is better. Width, distance and choice look at the same neighbours; other bins or another number draw new ones, and what differs by no more than with other seeds is chance.";

/// What a column has changed.
#[must_use]
pub fn column(variant: &Variant) -> String {
    let Variant { samples, features, settings } = variant;
    if let Some(samples) = samples {
        return format!("{} neighbours", format::count(u64::from(*samples)));
    }
    if let Some(width) = settings.kernel_width {
        return format!("Kernel width {}", format::plain(width));
    }
    if settings.discretizer != Discretizer::Quartile {
        return named(&ALL_BINS, settings.discretizer).to_owned();
    }
    if settings.distance != Distance::Euclidean {
        return format!("{} distance", named(&ALL_DISTANCES, settings.distance));
    }
    let chosen = named(&ALL_SELECTIONS, settings.selection);
    match features {
        Some(FeatureCount::Top(count)) if settings.selection == FeatureSelection::Auto => {
            format!("Only {count} features")
        }
        Some(FeatureCount::Top(count)) => format!("{chosen}, {count} features"),
        _ => chosen.to_owned(),
    }
}

fn named<T: PartialEq>(all: &[(T, &str, &'static str)], of: T) -> &'static str {
    all.iter().find(|(value, _, _)| *value == of).map_or("", |(_, _, name)| name)
}

/// "Deciles: the first three features are the same in another order; other sign: Partner."
#[must_use]
pub fn effect(name: &str, effect: &VariantEffect) -> String {
    let first = match effect.first {
        FirstFeatures::Order => "the first three features are the same in the same order",
        FirstFeatures::Set => "the first three features are the same in another order",
        FirstFeatures::Other => "the first three features are not the same",
    };
    let turned: Vec<String> = effect.turned.iter().map(|name| readable(name)).collect();
    match turned.as_slice() {
        [] => format!("{name}: {first}; no sign turns."),
        some => format!("{name}: {first}; other sign: {}.", some.join(", ")),
    }
}

/// So little weight is left that the column says nothing of neighbours.
#[must_use]
pub fn few(effect: &VariantEffect) -> String {
    format!(
        "All its {} neighbours together weigh as much as {} equal ones: the weights hang on very few customers.",
        format::count(u64::from(effect.explanation.samples)),
        counting(effect),
    )
}

/// How many neighbours it is worth.
#[must_use]
pub fn counting(effect: &VariantEffect) -> String {
    if effect.counting < 100.0 {
        format::decimal(effect.counting, 1)
    } else {
        format::decimal(effect.counting, 0)
    }
}

/// "4th".
#[must_use]
pub fn place(rank: usize) -> String {
    let end = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{end}")
}

//! Two versions of a customer side by side: what differs, and what the model makes of it.

use crate::data::{Record, Value};
use crate::features::FeatureSpace;
use crate::numerics::order::sorted_by;

use super::Explanation;

/// A customer, stored or changed, and why a model expects what it does.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The features' values.
    pub record: &'a Record,
    /// Of that record, by the same model and with the same settings as the other version's.
    pub explanation: &'a Explanation,
}

/// Two versions side by side; pairs are the first version's and the second's.
#[derive(Clone, Debug, PartialEq)]
pub struct Versus {
    /// The model's probability of each.
    pub probabilities: [f64; 2],
    /// Features whose values differ, which come first, by how much their weights differ; then the
    /// others, in the same order. What has no difference of weights comes last in each group.
    pub rows: Vec<VersusRow>,
    /// How many features' values differ.
    pub n_differ: usize,
    /// The largest absolute weight of either version; 0 without weights.
    pub largest: f64,
}

/// One feature in both versions.
#[derive(Clone, Debug, PartialEq)]
pub struct VersusRow {
    /// The feature's name.
    pub feature: String,
    /// Its values; `None` where a version has none.
    pub values: [Option<Value>; 2],
    /// The values differ.
    pub differs: bool,
    /// Condition and weight in each explanation; `None` where the feature was not chosen, which is not 0.
    pub weights: [Option<Weighed>; 2],
    /// Second weight minus first; `None` where one of them is missing.
    pub difference: Option<f64>,
}

/// What an explanation says of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// What holds for the record.
    pub condition: String,
    /// Change of probability against a neighbour for whom the condition does not hold.
    pub weight: f64,
}

impl Versus {
    /// Compares feature by feature.
    #[must_use]
    pub fn of(space: &FeatureSpace, first: Version, second: Version) -> Self {
        let both = [first, second];
        let rows = space.features.iter().map(|feature| VersusRow::of(&feature.name, both));
        let rows: Vec<VersusRow> = rows.collect();
        let n_differ = rows.iter().filter(|row| row.differs).count();
        let all = rows.iter().flat_map(|row| row.weights.iter().flatten());
        let largest = all.map(|weighed| weighed.weight.abs()).fold(0.0, f64::max);
        let rows =
            sorted_by(rows, |row| row.difference.map_or(1.0, |difference| -difference.abs()));
        let (mut rows, same): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.differs);
        rows.extend(same);
        let probabilities = both.map(|version| version.explanation.probability);
        Self { probabilities, rows, n_differ, largest }
    }
}

impl VersusRow {
    fn of(feature: &str, both: [Version; 2]) -> Self {
        let values = both.map(|version| version.record.get(feature).cloned());
        let weights = both.map(|version| {
            let mut chosen = version.explanation.contributions.iter();
            let found = chosen.find(|contribution| contribution.feature == feature)?;
            Some(Weighed { condition: found.condition.clone(), weight: found.weight })
        });
        let difference = match &weights {
            [Some(first), Some(second)] => Some(second.weight - first.weight),
            _ => None,
        };
        let [before, after] = &values;
        let differs = before != after;
        Self { feature: feature.to_owned(), differs, values, weights, difference }
    }
}

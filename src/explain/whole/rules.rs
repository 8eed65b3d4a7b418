//! The ways through a small tree, in words' stead.

use serde::{Deserialize, Serialize};

use crate::features::{Domain, FeaturePipeline, OneHotEncoder};
use crate::models::trees::Seen;

/// What holds on a way, of one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Condition {
    /// The feature has this level.
    Is {
        /// The feature's name.
        feature: String,
        /// The level.
        level: String,
    },
    /// It has none of these, and several are left.
    IsNot {
        /// The feature's name.
        feature: String,
        /// The levels.
        levels: Vec<String>,
    },
    /// It is above one number, at most another, or both.
    Between {
        /// The feature's name.
        feature: String,
        /// Above this.
        above: Option<f64>,
        /// At most this.
        at_most: Option<f64>,
        /// They are days since the first of January 1970.
        is_date: bool,
    },
}

/// A step on a way: the column, its threshold as the tree has it, and whether the way goes left, which is
/// at most the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Counted over all columns.
    pub column: usize,
    /// Of a standardised number, or one half of a level.
    pub threshold: f64,
    /// At most the threshold.
    pub left: bool,
}

/// Every leaf with the way to it, from left to right; places count the tree's nodes.
#[must_use]
pub fn ways(tree: &[Seen]) -> Vec<(usize, Vec<Step>)> {
    let mut found = Vec::new();
    let mut open = vec![(0_usize, Vec::new())];
    while let Some((at, way)) = open.pop() {
        match tree.get(at) {
            Some(Seen::Leaf { .. }) => found.push((at, way)),
            Some(&Seen::Split { column, threshold, right }) => {
                let step = |left| {
                    let step = Step { column: column as usize, threshold, left };
                    [way.as_slice(), &[step]].concat()
                };
                open.push((at + right as usize, step(false)));
                open.push((at + 1, step(true)));
            }
            None => {}
        }
    }
    found
}

/// What holds on a way, feature by feature, in the order in which the way first asks.
#[must_use]
pub fn conditions(way: &[Step], pipeline: &FeaturePipeline) -> Vec<Condition> {
    let encoder = OneHotEncoder::of(&pipeline.space);
    let feature_of = |column: usize| {
        let block = encoder
            .categorical
            .iter()
            .find(|block| (block.first..block.first + block.n_levels).contains(&column));
        match block {
            Some(block) => Some(block.feature),
            None => encoder.numeric.get(column.checked_sub(encoder.n_level_columns())?).copied(),
        }
    };
    let mut features: Vec<usize> = Vec::new();
    for feature in way.iter().filter_map(|step| feature_of(step.column)) {
        if !features.contains(&feature) {
            features.push(feature);
        }
    }
    features
        .into_iter()
        .filter_map(|at| {
            let feature = pipeline.space.features.get(at)?;
            let steps = way.iter().filter(|step| feature_of(step.column) == Some(at));
            let name = feature.name.clone();
            Some(match &feature.domain {
                Domain::Numbers { are_dates, .. } => {
                    let (mut above, mut at_most) = (None::<f64>, None::<f64>);
                    for step in steps {
                        let mean = pipeline.scaler.mean.get(step.column)?;
                        let number =
                            mean + pipeline.scaler.scale.get(step.column)? * step.threshold;
                        match step.left {
                            true => at_most = Some(at_most.map_or(number, |end| end.min(number))),
                            false => above = Some(above.map_or(number, |end| end.max(number))),
                        }
                    }
                    Condition::Between { feature: name, above, at_most, is_date: *are_dates }
                }
                Domain::Levels(levels) => {
                    let block = encoder.categorical.iter().find(|block| block.feature == at)?;
                    let level = |step: &Step| levels.get(step.column.checked_sub(block.first)?);
                    let (mut has, mut has_not) = (None, Vec::new());
                    for step in steps {
                        match step.left {
                            true => has_not.push(level(step)?.clone()),
                            false => has = Some(level(step)?.clone()),
                        }
                    }
                    let left: Vec<&String> =
                        levels.iter().filter(|level| !has_not.contains(level)).collect();
                    match (has, left.as_slice()) {
                        (Some(level), _) => Condition::Is { feature: name, level },
                        (None, [only]) => Condition::Is { feature: name, level: (*only).clone() },
                        (None, _) => Condition::IsNot { feature: name, levels: has_not },
                    }
                }
            })
        })
        .collect()
}

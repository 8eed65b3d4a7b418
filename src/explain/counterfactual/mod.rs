//! Counterfactuals: the smallest changes of a record that bring its probability to the other side of a
//! threshold.
//!
//! What may be changed, and to what, is a [`lattice`] of a few values a feature. The search is exact: it
//! ends with the cheapest answers there are, with the proof that there is none on the lattice, or, when
//! there is too much to look through, by saying how far it has come. Answers differ in which features
//! they change (Wachter, Mittelstadt and Russell, 2017; Ustun, Spangher and Liu, 2019, for linear models
//! on a lattice).
//!
//! Where the rows follow [`Rules`], so does every record that the model is asked about, whole: a number that
//! is a sum of prices or a product is not changed by itself but moves with what it follows from, a level
//! that is one fact with a changed one moves along, and what no row has is no answer. What follows costs
//! nothing, but is told, and may not move where a feature is locked or goes one way only.

mod additive;
mod asked;
mod bounds;
mod changing;
pub mod found;
pub mod lattice;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use super::explainable::ExplainableModel;
use crate::data::{Rules, Value};
use changing::Changing;
use found::Found;
pub use lattice::{Candidate, Way};

/// Which side of the threshold is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A probability less than the threshold: the negative class.
    #[default]
    Below,
    /// The threshold or more: the positive class.
    Above,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CounterfactualParams {
    /// The probability of the positive class to get to. Default 0.5; above 0 and below 1.
    pub threshold: f64,
    /// On which side of it. Default below.
    pub side: Side,
    /// Most features that are changed at once. Default 3; 1 to 6.
    pub most: u32,
    /// Answers wanted, each of other features. Default 5; 1 to 50.
    pub answers: u32,
    /// Features that stay as they are, also where they would have to follow. Default none.
    pub locked: Vec<String>,
    /// Which way numbers may go, by themselves or where they follow, by feature. Default either way.
    pub ways: BTreeMap<String, Way>,
    /// What the cost of a change is multiplied by, by feature. Default 1; above 0.
    pub weights: BTreeMap<String, f64>,
    /// What depends on what is changed follows, and records that break the rules of the rows are no
    /// answers. Default true; without effect where the rows follow no rules.
    pub follow: bool,
    /// Quantiles of the training rows that a number may be changed to. Default 20; 2 to 100.
    pub grid: u32,
    /// Combinations of changes that are tried at most; in a logistic regression, where a combination
    /// takes a sum, a hundred times as many. Default 200,000; 1,000 to 500,000.
    pub budget: u32,
}

impl Default for CounterfactualParams {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            side: Side::Below,
            most: 3,
            answers: 5,
            locked: Vec::new(),
            ways: BTreeMap::new(),
            weights: BTreeMap::new(),
            follow: true,
            grid: 20,
            budget: 200_000,
        }
    }
}

impl CounterfactualParams {
    /// Fewest and most changes.
    pub const MOST: [u32; 2] = [1, 6];
    /// Fewest and most answers.
    pub const ANSWERS: [u32; 2] = [1, 50];
    /// Fewest and most values of a number.
    pub const GRID: [u32; 2] = [2, 100];
    /// Fewest and most combinations.
    pub const BUDGET: [u32; 2] = [1_000, 500_000];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::Setting`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let outside = |name, value: String, allowed: String| {
            Err(ExplainError::Setting { name, value, allowed })
        };
        if !(self.threshold > 0.0 && self.threshold < 1.0) {
            let allowed = "above 0 and below 1".to_owned();
            return outside("threshold", self.threshold.to_string(), allowed);
        }
        for (name, value, [min, max]) in [
            ("most", self.most, Self::MOST),
            ("answers", self.answers, Self::ANSWERS),
            ("grid", self.grid, Self::GRID),
            ("budget", self.budget, Self::BUDGET),
        ] {
            if !(min..=max).contains(&value) {
                return outside(name, value.to_string(), format!("{min} to {max}"));
            }
        }
        match self.weights.iter().find(|(_, weight)| !(weight.is_finite() && **weight > 0.0)) {
            Some((feature, weight)) => {
                let allowed = "a finite number above 0".to_owned();
                outside("weights", format!("{weight} for {feature}"), allowed)
            }
            None => Ok(()),
        }
    }

    /// The probability is where it is wanted.
    #[must_use]
    pub fn reaches(&self, probability: f64) -> bool {
        match self.side {
            Side::Below => probability < self.threshold,
            Side::Above => probability >= self.threshold,
        }
    }
}

/// One feature changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The feature's name.
    pub feature: String,
    /// Its value in the record.
    pub from: Value,
    /// Its new value.
    pub to: Value,
}

/// Changes that do it together; no part of them does it for the same cost or less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// In the order of the feature space.
    pub changes: Vec<Change>,
    /// What follows from them, in the order of the feature space; part of the record, not of the cost.
    pub follows: Vec<Change>,
    /// What the model says of the record with both.
    pub probability: f64,
    /// Sum of the changes' costs.
    pub cost: f64,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The record is where it is wanted as it is.
    Already,
    /// The answers are the cheapest there are.
    Found,
    /// Proved: no combination on the lattice does it.
    None,
    /// There were too many combinations. Of those that change at most `complete` features the answers
    /// are the cheapest; among the others there may be cheaper ones.
    Stopped,
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counterfactuals {
    /// What the model says of the record as it is.
    pub probability: f64,
    /// The probability to get to.
    pub threshold: f64,
    /// On which side of it.
    pub side: Side,
    /// The cheapest first; at equal cost the one with fewer changes.
    pub answers: Vec<Counterfactual>,
    /// The rows' rules were kept: that was asked for, and there are some.
    pub follow: bool,
    /// Numbers that follow from other features, and so are not changed by themselves.
    pub dependent: Vec<String>,
    /// How the search ended.
    pub outcome: Outcome,
    /// Combinations of at most `most` changes on the lattice: all were tried or ruled out, unless the
    /// search was stopped.
    pub combinations: f64,
    /// Combinations that were tried: the model was asked, log-odds were summed up, or there is no such record.
    pub tried: u32,
    /// Every combination of at most this many changes was tried or ruled out.
    pub complete: u32,
    /// Most changes allowed.
    pub most: u32,
}

/// How far a search came.
struct Searched {
    tried: u32,
    complete: u32,
    stopped: bool,
}

impl ExplainableModel {
    /// The cheapest changes that bring a record where it is wanted. `rows` are training rows, encoded, one
    /// after the other: what numbers may be changed to is taken from them. `rules` are those of the data
    /// set, where there are any. `progress` hears how many combinations are tried, and of how many.
    ///
    /// # Errors
    /// Settings out of range, a name that is no feature, a record that is none of the model's, no rows, or
    /// a probability that is no number.
    pub fn counterfactuals(
        &self,
        encoded: &[f64],
        rows: &[f64],
        rules: Option<&Rules>,
        params: &CounterfactualParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Counterfactuals, ExplainError> {
        params.check()?;
        self.check_record(0, encoded)?;
        if rows.is_empty() {
            return Err(ExplainError::NoBackground);
        }
        let probability = self.model.predict_record(encoded);
        if !(0.0..=1.0).contains(&probability) {
            return Err(ExplainError::Probability { row: 0, value: probability });
        }
        let space = &self.model.pipeline.space;
        let record = Changing::new(space, encoded, rules, params);
        let lattice = lattice::of(space, encoded, rows, record.dependent(), params)?;
        let mut found = Found::new(params.answers as usize);
        let already = params.reaches(probability);
        let searched = if already {
            Searched { tried: 0, complete: params.most, stopped: false }
        } else {
            let table = self.model.log_odds_table();
            let added = table.and_then(|table| {
                additive::search(&self.model, &table, &record, &lattice, params, &mut found)
            });
            added.unwrap_or_else(|| {
                asked::search(&self.model, &record, &lattice, params, &mut found, progress)
            })
        };
        let answers: Vec<Counterfactual> =
            found.best().into_iter().map(|best| self.described(&record, best)).collect();
        let name = |&at: &usize| space.features.get(at).map(|feature| feature.name.clone());
        let outcome = match (already, searched.stopped, answers.is_empty()) {
            (true, _, _) => Outcome::Already,
            (false, true, _) => Outcome::Stopped,
            (false, false, true) => Outcome::None,
            (false, false, false) => Outcome::Found,
        };
        Ok(Counterfactuals {
            probability,
            threshold: params.threshold,
            side: params.side,
            answers,
            follow: record.follows().is_some(),
            dependent: record.dependent().iter().filter_map(name).collect(),
            outcome,
            combinations: lattice::combinations(&lattice, params.most as usize),
            tried: searched.tried,
            complete: searched.complete,
            most: params.most,
        })
    }

    fn described(&self, record: &Changing<'_>, best: found::Best) -> Counterfactual {
        let space = &self.model.pipeline.space;
        let after = record.with(&best.changes).unwrap_or_else(|| record.record().to_vec());
        let (before, after) = (space.decode(record.record()), space.decode(&after));
        let (mut changes, mut follows) = (Vec::new(), Vec::new());
        for (at, feature) in space.features.iter().enumerate() {
            let Some((from, to)) = before.get(&feature.name).zip(after.get(&feature.name)) else {
                continue;
            };
            let change =
                || Change { feature: feature.name.clone(), from: from.clone(), to: to.clone() };
            if best.changes.iter().any(|change| change.feature == at) {
                changes.push(change());
            } else if from != to {
                follows.push(change());
            }
        }
        Counterfactual { changes, follows, probability: best.probability, cost: best.cost }
    }
}

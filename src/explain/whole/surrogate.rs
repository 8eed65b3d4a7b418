//! A small tree that imitates the model, and how well it does.

use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::rules::{Condition, conditions, ways};
use super::{in_range, mean};
use crate::explain::error::ExplainError;
use crate::features::FeatureMatrix;
use crate::models::TrainedModel;
use crate::models::error::FitError;
use crate::models::estimator::Estimator;
use crate::models::trained::Predicted;
use crate::models::trees::{Precision, Seen, TreeParams};

/// Settings of a surrogate tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurrogateParams {
    /// Questions on the way to a rule at most. Default 3; 1 to 8.
    pub depth: u32,
    /// Training rows a rule needs at least. Default 20; 1 to 100,000.
    pub least: u32,
    /// Seed of the order in which columns are looked at. Default 42.
    pub seed: u32,
}

impl Default for SurrogateParams {
    fn default() -> Self {
        Self { depth: 3, least: 20, seed: 42 }
    }
}

impl SurrogateParams {
    /// Least and most questions.
    pub const DEPTH: [u32; 2] = [1, 8];
    /// Fewest rows of a rule, least and most.
    pub const LEAST: [u32; 2] = [1, 100_000];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("depth", self.depth, Self::DEPTH)?;
        in_range("least", self.least, Self::LEAST)
    }
}

/// A leaf of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// What holds of its rows; nothing where the tree is a single leaf.
    pub conditions: Vec<Condition>,
    /// Mean of the model's probabilities over its training rows.
    pub probability: f64,
    /// Share of its training rows that the model calls positive.
    pub positive: f64,
    /// Training rows.
    pub rows: u32,
}

/// How well the tree imitates the model on some rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fidelity {
    /// Share of the rows to which both give the same class.
    pub same_class: f64,
    /// The same share for whoever always says the class that the model says most often of its training
    /// rows.
    pub majority: f64,
    /// 1 − Σ(p − rule's p)² / Σ(p − mean of p)² of the model's probabilities p; `None` where they are all
    /// the same.
    pub r2: Option<f64>,
    /// The rows.
    pub rows: u32,
}

/// A tree in place of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Surrogate {
    /// Questions asked at most.
    pub depth: u32,
    /// Training rows a rule needs at least.
    pub least: u32,
    /// Seed of the order of the columns.
    pub seed: u32,
    /// The leaves, from left to right.
    pub rules: Vec<Rule>,
    /// On the rows it was grown on.
    pub train: Fidelity,
    /// On rows it never saw.
    pub test: Fidelity,
}

/// Grows a tree on the classes that the model gives the training rows, as Craven and Shavlik,
/// "Extracting tree-structured representations of trained networks" (1996), have the idea.
///
/// # Errors
/// Settings out of range, no rows, or a probability that is none.
pub fn surrogate(
    model: &TrainedModel,
    train: &FeatureMatrix,
    test: &FeatureMatrix,
    params: &SurrogateParams,
) -> Result<Surrogate, ExplainError> {
    params.check()?;
    if train.n_samples() == 0 || test.n_samples() == 0 {
        return Err(ExplainError::NoBackground);
    }
    let of_train = Said::of(model, train)?;
    let of_test = Said::of(model, test)?;
    let positives = of_train.classes.iter().filter(|&&class| class).count();
    let tree = match positives == 0 || positives == train.n_samples() {
        // one class needs no question
        true => vec![Seen::Leaf { value: f64::from(u8::from(positives > 0)) }],
        false => grow(train, &of_train.classes, params)
            .map_err(|error| ExplainError::Surrogate { reason: error.to_string() })?,
    };
    let (on_train, on_test) = (leaves(&tree, train), leaves(&tree, test));
    let mut rules = Vec::new();
    // by node: the rule's probability and class
    let mut says = vec![(0.0, false); tree.len()];
    for (leaf, way) in ways(&tree) {
        let own = |of: &[f64]| -> Vec<f64> {
            let pairs = on_train.iter().zip(of);
            pairs.filter(|(at, _)| **at == leaf).map(|(_, value)| *value).collect()
        };
        let probabilities = own(&of_train.probabilities);
        let classes: Vec<f64> =
            of_train.classes.iter().map(|&class| f64::from(u8::from(class))).collect();
        let (probability, positive) = (mean(&probabilities), mean(&own(&classes)));
        if let Some(says) = says.get_mut(leaf) {
            // as scikit-learn's trees: at exactly one half the negative class
            *says = (probability, positive > 0.5);
        }
        rules.push(Rule {
            conditions: conditions(&way, &model.pipeline),
            probability,
            positive,
            rows: probabilities.len() as u32,
        });
    }
    let majority = 2 * positives > train.n_samples();
    let fidelity = |said: &Said, at: &[usize]| {
        let rule = |leaf: &usize| says.get(*leaf).copied().unwrap_or((0.0, false));
        let n = said.classes.len() as f64;
        let agree = at.iter().zip(&said.classes).filter(|(leaf, class)| rule(leaf).1 == **class);
        let usual = said.classes.iter().filter(|class| **class == majority);
        let centre = mean(&said.probabilities);
        let (mut left, mut all) = (0.0, 0.0);
        for (leaf, p) in at.iter().zip(&said.probabilities) {
            left += (p - rule(leaf).0) * (p - rule(leaf).0);
            all += (p - centre) * (p - centre);
        }
        Fidelity {
            same_class: agree.count() as f64 / n,
            majority: usual.count() as f64 / n,
            r2: (all > 0.0).then(|| 1.0 - left / all),
            rows: said.classes.len() as u32,
        }
    };
    Ok(Surrogate {
        depth: params.depth,
        least: params.least,
        seed: params.seed,
        train: fidelity(&of_train, &on_train),
        test: fidelity(&of_test, &on_test),
        rules,
    })
}

/// What the model says of rows.
struct Said {
    probabilities: Vec<f64>,
    classes: Vec<bool>,
}

impl Said {
    fn of(model: &TrainedModel, rows: &FeatureMatrix) -> Result<Self, ExplainError> {
        let Predicted { probabilities, classes } = model.model.predict(rows);
        match probabilities.iter().enumerate().find(|(_, p)| !(0.0..=1.0).contains(*p)) {
            Some((row, &value)) => Err(ExplainError::Probability { row, value }),
            None => {
                let own = || probabilities.iter().map(|&p| p >= 0.5).collect();
                Ok(Self { classes: classes.unwrap_or_else(own), probabilities })
            }
        }
    }
}

fn grow(
    train: &FeatureMatrix,
    classes: &[bool],
    params: &SurrogateParams,
) -> Result<Vec<Seen>, FitError> {
    let tree = TreeParams {
        max_depth: Some(params.depth),
        min_samples_leaf: params.least,
        seed: params.seed,
        ..TreeParams::default()
    };
    let records = DatasetBase::new(train.clone(), Array1::from_vec(classes.to_vec()));
    let fitted = Estimator::new(tree).check()?.fit_with_progress(&records, &mut |_, _| {})?;
    Ok(fitted.trees.each().next().map(Iterator::collect).unwrap_or_default())
}

/// The node of the leaf that each row falls into.
fn leaves(tree: &[Seen], rows: &FeatureMatrix) -> Vec<usize> {
    let first_number = rows.encoder().n_level_columns();
    let leaf_of = |level_columns: &[u32], numbers: &[f64]| {
        let mut at = 0;
        while let Some(&Seen::Split { column, threshold, right }) = tree.get(at) {
            let value = match (column as usize).checked_sub(first_number) {
                None => f64::from(u8::from(level_columns.contains(&column))),
                Some(number) => numbers.get(number).map_or(0.0, |&z| Precision::Single.of(z)),
            };
            at += if value <= threshold { 1 } else { right as usize };
        }
        at
    };
    rows.rows().map(|(level_columns, numbers)| leaf_of(level_columns, numbers)).collect()
}

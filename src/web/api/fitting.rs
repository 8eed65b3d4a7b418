//! What is fitted, and what came of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::shapes::wrong;
use crate::compute::Failure;
use crate::evaluation::Scores;
use crate::experiments::queue::Way;
use crate::experiments::{Drawn, Grid, Run, ThresholdRule, TunedScore, Validation};
use crate::models::{ModelParams, Split, named};

#[derive(Deserialize)]
pub struct FitOptions {
    model: String,
    #[serde(default)]
    params: named::Given,
    #[serde(default)]
    split: Option<SplitOption>,
    #[serde(default)]
    threshold: Option<named::Value>,
}

#[derive(Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum SplitOption {
    Rows { train: Vec<u32>, test: Vec<u32> },
    Random { test_ratio: f64, seed: u32 },
}

/// A value to try, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    Several(Vec<named::Value>),
    One(named::Value),
}

#[derive(Deserialize)]
pub struct GridOptions {
    model: String,
    #[serde(default)]
    params: BTreeMap<String, Values>,
    #[serde(default)]
    split: Option<SplitOption>,
    #[serde(default)]
    validation: Option<ValidationOption>,
    #[serde(default)]
    draw: Option<Drawn>,
    #[serde(default)]
    threshold: Option<named::Value>,
}

#[derive(Deserialize)]
struct ValidationOption {
    folds: Option<u32>,
    repeats: Option<u32>,
    seed: Option<u32>,
}

impl GridOptions {
    /// In the order of the settings' names, for an object has none.
    pub fn grid(&self) -> Grid {
        let params = self.params.iter().map(|(name, values)| {
            let values = match values {
                Values::Several(values) => values.clone(),
                Values::One(value) => vec![value.clone()],
            };
            (name.clone(), values)
        });
        Grid { model: self.model.clone(), params: params.collect(), drawn: self.draw }
    }

    pub fn way(&self) -> Result<Way, Failure> {
        let usual = Validation::default();
        let validation = self.validation.as_ref().map(|given| Validation {
            n_folds: given.folds.unwrap_or(usual.n_folds),
            n_repeats: given.repeats.unwrap_or(usual.n_repeats),
            seed: given.seed.unwrap_or(usual.seed),
        });
        let rule = rule_of(self.threshold.as_ref())?;
        Ok(Way { split: split_of(self.split.as_ref()), validation, rule })
    }
}

impl FitOptions {
    /// scikit-learn's names into ours.
    pub fn params(&self) -> Result<ModelParams, Failure> {
        Ok(named::of(&self.model, &self.params)?)
    }

    pub fn split(&self) -> Split {
        split_of(self.split.as_ref())
    }

    pub fn rule(&self) -> Result<ThresholdRule, Failure> {
        rule_of(self.threshold.as_ref())
    }
}

/// A number, or the name of the score it is to serve.
fn rule_of(threshold: Option<&named::Value>) -> Result<ThresholdRule, Failure> {
    match threshold {
        None | Some(named::Value::None) => Ok(ThresholdRule::Own),
        Some(named::Value::Number(threshold)) => Ok(ThresholdRule::Fixed(*threshold)),
        Some(named::Value::Text(name)) => {
            let score = TunedScore::ALL.into_iter().find(|score| score.name() == name);
            let allowed = "a number from 0 to 1, \"balanced_accuracy\", \"f1\", \"accuracy\"";
            score
                .map(ThresholdRule::Tuned)
                .ok_or_else(|| wrong("bad_argument", "threshold", name, allowed))
        }
        Some(named::Value::Flag(flag)) => {
            let allowed = "a number from 0 to 1 or the name of a score";
            Err(wrong("bad_argument", "threshold", &flag.to_string(), allowed))
        }
    }
}

fn split_of(split: Option<&SplitOption>) -> Split {
    match split {
        None => Split::default(),
        Some(SplitOption::Rows { train, test }) => {
            Split::Rows { train: train.clone(), test: test.clone() }
        }
        Some(SplitOption::Random { test_ratio, seed }) => {
            Split::Random { test_ratio: *test_ratio, seed: *seed }
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fitted {
    model_id: String,
    run_id: String,
    train: Scores,
    test: Scores,
    #[serde(serialize_with = "by_name")]
    coefficients: Vec<(String, f64)>,
    iterations: u32,
    threshold: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation: Option<Validated>,
    ms: f64,
}

/// Scores of rows left out, fold by fold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Validated {
    accuracy: Vec<f64>,
    roc_auc: Vec<f64>,
    log_loss: Vec<f64>,
}

/// Pairs as an object.
fn by_name<S: Serializer>(pairs: &[(String, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

impl Fitted {
    pub fn of(run: &Run) -> Self {
        Self {
            model_id: run.model_id.0.clone(),
            run_id: run.id.0.clone(),
            train: run.evaluation.train.clone(),
            test: run.evaluation.test.clone(),
            coefficients: run.coefficients.clone(),
            iterations: run.iterations,
            threshold: run.threshold(),
            validation: run.validation.as_ref().map(|of| Validated {
                accuracy: of.accuracy.clone(),
                roc_auc: of.roc_auc.clone(),
                log_loss: of.log_loss.clone(),
            }),
            ms: run.provenance.fit_ms,
        }
    }
}

//! What the API takes and gives, in JavaScript's spelling.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use crate::compute::Failure;
use crate::data::{ColumnKind, DatasetId, DatasetSummary, RowIssue};
use crate::evaluation::Scores;
use crate::experiments::queue::Way;
use crate::experiments::{Drawn, Grid, Run, ThresholdRule, TunedScore, Validation};
use crate::explain::{Contribution, Explanation, FeatureCount, LimeParams, Neighbourhood};
use crate::models::{ModelParams, Split, named};
use crate::monitoring::{DriftParams, Scenario};
use crate::population::{DEFAULT_ROWS, DEFAULT_SEED};
use crate::serving::{Endpoint, EndpointId, Prediction, PredictionResponse};
use crate::web::actions::{DriftChoice, Lab};

#[derive(Serialize)]
pub struct Ready {
    pub version: &'static str,
    pub storage: &'static str,
}

#[derive(Deserialize)]
pub struct LoadOptions {
    #[serde(default = "unnamed")]
    pub name: String,
    #[serde(default)]
    pub target: Option<String>,
}

fn unnamed() -> String {
    "Untitled.csv".to_owned()
}

#[derive(Deserialize)]
#[serde(default)]
pub struct SampleOptions {
    pub rows: u32,
    pub seed: u32,
    pub name: String,
    #[serde(rename = "scenario")]
    _scenario: SampleScenario,
}

/// The population model has one scenario so far.
#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SampleScenario {
    #[default]
    Default,
}

impl Default for SampleOptions {
    fn default() -> Self {
        Self {
            rows: DEFAULT_ROWS,
            seed: DEFAULT_SEED,
            name: "Sample".to_owned(),
            _scenario: SampleScenario::Default,
        }
    }
}

/// A version of a model; of an alias that is to point at none, the model alone.
#[derive(Serialize, Deserialize)]
pub struct Registered {
    pub name: String,
    #[serde(default)]
    pub version: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DatasetLoaded {
    dataset_id: DatasetId,
    rows: u32,
    kept: u32,
    columns: Vec<LoadedColumn>,
    issues: Vec<RowIssue>,
    ms: f64,
}

#[derive(Serialize)]
struct LoadedColumn {
    name: String,
    kind: ColumnKind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<String>,
}

impl DatasetLoaded {
    pub fn of(dataset: &DatasetSummary, issues: Vec<RowIssue>) -> Self {
        let columns = dataset.columns.iter().map(|column| LoadedColumn {
            name: column.name.clone(),
            kind: column.kind,
            levels: column.levels.clone(),
        });
        Self {
            dataset_id: dataset.id.clone(),
            rows: dataset.rows_read,
            kept: dataset.kept,
            columns: columns.collect(),
            issues,
            ms: dataset.read_ms,
        }
    }
}

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

pub fn wrong(code: &str, name: &str, value: &str, allowed: &str) -> Failure {
    Failure::new(code, format!("{name} is {value}; allowed: {allowed}"))
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

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ExplainOptions {
    samples: Option<u32>,
    features: Option<Features>,
    seed: Option<u32>,
    neighbourhood: Option<Neighbourhood>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Features {
    Top(u32),
    Word(String),
}

impl ExplainOptions {
    pub fn split(self) -> Result<(LimeParams, Option<Neighbourhood>), Failure> {
        let default = LimeParams::default();
        let features = match self.features {
            None => default.features,
            Some(Features::Top(count)) => FeatureCount::Top(count),
            Some(Features::Word(word)) if word == "all" => FeatureCount::All,
            Some(Features::Word(word)) => {
                return Err(wrong("bad_param", "features", &word, "a number or \"all\""));
            }
        };
        let params = LimeParams {
            samples: self.samples.unwrap_or(default.samples),
            features,
            seed: self.seed.unwrap_or(default.seed),
        };
        Ok((params, self.neighbourhood))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    probability: f64,
    intercept: f64,
    local_prediction: f64,
    r2: f64,
    contributions: Vec<Contribution>,
    ms: f64,
}

impl Explained {
    pub fn of(explanation: Explanation, ms: f64) -> Self {
        Self {
            probability: explanation.probability,
            intercept: explanation.intercept,
            local_prediction: explanation.local_prediction,
            r2: explanation.r2,
            contributions: explanation.contributions,
            ms,
        }
    }
}

#[derive(Deserialize)]
pub struct DeployOptions {
    pub name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deployed {
    endpoint_id: EndpointId,
    build_id: String,
    build_number: u32,
    access_key: String,
}

impl Deployed {
    pub fn of(endpoint: Endpoint) -> Self {
        Self {
            endpoint_id: endpoint.id,
            build_id: endpoint.build.id,
            build_number: endpoint.build.number,
            access_key: endpoint.access_key,
        }
    }
}

#[derive(Serialize)]
pub struct Called {
    uuid: String,
    prediction: Prediction,
    ms: f64,
}

impl Called {
    pub fn of(response: &PredictionResponse) -> Self {
        let PredictionResponse { uuid, prediction, ms } = response.clone();
        Self { uuid, prediction, ms }
    }
}

#[derive(Deserialize)]
#[serde(default)]
pub struct SimulateOptions {
    pub calls: u32,
    pub seed: u32,
    pub scenario: Scenario,
}

impl Default for SimulateOptions {
    fn default() -> Self {
        Self { calls: 1_000, seed: 42, scenario: Scenario::default() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct MetricsOptions {
    pub from: Option<f64>,
    pub to: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DriftOptions {
    psi_threshold: Option<f64>,
}

impl DriftOptions {
    pub fn params(&self) -> DriftParams {
        let default = DriftParams::default();
        DriftParams { psi_threshold: self.psi_threshold.unwrap_or(default.psi_threshold) }
    }
}

/// A data set's id, or an endpoint's: as a reference its model's training rows, as current data its
/// calls.
pub fn side(lab: Lab, id: &str, is_reference: bool) -> Result<DriftChoice, Failure> {
    let dataset = DatasetId(id.to_owned());
    if lab.state.datasets.with_untracked(|all| all.iter().any(|known| known.id == dataset)) {
        return Ok(DriftChoice::Dataset(dataset));
    }
    let endpoint = lab.endpoint(&EndpointId(id.to_owned())).map_err(|_unknown| {
        let message = format!("there is neither a data set nor an endpoint \"{id}\" in this lab");
        Failure::new("unknown_side", message)
    })?;
    Ok(if is_reference {
        DriftChoice::Training(endpoint.id)
    } else {
        DriftChoice::Calls(endpoint.id)
    })
}

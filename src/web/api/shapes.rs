//! What the API takes and gives, in JavaScript's spelling.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::compute::Failure;
use crate::data::{ColumnKind, DatasetId, DatasetSummary, RowIssue};
use crate::explain::{Contribution, Explanation, FeatureCount, LimeParams, Neighbourhood};
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

pub fn wrong(code: &str, name: &str, value: &str, allowed: &str) -> Failure {
    Failure::new(code, format!("{name} is {value}; allowed: {allowed}"))
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
pub enum Features {
    Top(u32),
    Word(String),
}

impl Features {
    pub fn count(self) -> Result<FeatureCount, Failure> {
        match self {
            Self::Top(count) => Ok(FeatureCount::Top(count)),
            Self::Word(word) if word == "all" => Ok(FeatureCount::All),
            Self::Word(word) => Err(wrong("bad_param", "features", &word, "a number or \"all\"")),
        }
    }
}

impl ExplainOptions {
    pub fn split(self) -> Result<(LimeParams, Option<Neighbourhood>), Failure> {
        let default = LimeParams::default();
        let features = self.features.map_or(Ok(default.features), Features::count)?;
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

//! What would change a prediction, for programs.

use std::collections::BTreeMap;

use leptos::prelude::WithUntracked;
use serde::Deserialize;

use super::Args;
use super::trust::ask;
use crate::compute::{Failure, RecordQuestion};
use crate::explain::{CounterfactualParams, CurvesParams, Side, Way};
use crate::models::ModelId;
use crate::web::actions::Lab;
use crate::web::explaining::HeldAnswer;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CurvesOptions {
    features: Option<Vec<String>>,
    grid_resolution: Option<u32>,
    percentiles: Option<[f64; 2]>,
    rows: Option<u32>,
    lines: Option<u32>,
    seed: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CounterfactualOptions {
    threshold: Option<f64>,
    side: Option<Side>,
    most: Option<u32>,
    answers: Option<u32>,
    locked: Option<Vec<String>>,
    ways: Option<BTreeMap<String, Way>>,
    weights: Option<BTreeMap<String, f64>>,
    follow: Option<bool>,
    grid: Option<u32>,
    budget: Option<u32>,
}

pub async fn curves(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let allowed = ["features", "gridResolution", "percentiles", "rows", "lines", "seed"];
    let options: CurvesOptions = args.options(2, &allowed)?;
    let default = CurvesParams::default();
    let params = CurvesParams {
        features: options.features.unwrap_or(default.features),
        grid_resolution: options.grid_resolution.unwrap_or(default.grid_resolution),
        percentiles: options.percentiles.unwrap_or(default.percentiles),
        rows: options.rows,
        lines: options.lines.unwrap_or(default.lines),
        seed: options.seed.unwrap_or(default.seed),
    };
    ask(lab, &args, RecordQuestion::Curves(params)).await
}

pub async fn counterfactuals(lab: Lab, args: Args) -> Result<HeldAnswer, Failure> {
    let allowed = [
        "threshold",
        "side",
        "most",
        "answers",
        "locked",
        "ways",
        "weights",
        "follow",
        "grid",
        "budget",
    ];
    let options: CounterfactualOptions = args.options(2, &allowed)?;
    let default = CounterfactualParams::default();
    let id = ModelId(args.text(0, "modelId")?);
    let of_run = lab.state.runs.with_untracked(|runs| {
        runs.iter().find(|run| run.model_id == id).and_then(|run| run.threshold())
    });
    // no probability is under 0, and all are under 1
    let of_run = of_run.filter(|threshold| *threshold > 0.0 && *threshold < 1.0);
    let params = CounterfactualParams {
        threshold: options.threshold.or(of_run).unwrap_or(default.threshold),
        side: options.side.unwrap_or(default.side),
        most: options.most.unwrap_or(default.most),
        answers: options.answers.unwrap_or(default.answers),
        locked: options.locked.unwrap_or(default.locked),
        ways: options.ways.unwrap_or(default.ways),
        weights: options.weights.unwrap_or(default.weights),
        follow: options.follow.unwrap_or(default.follow),
        grid: options.grid.unwrap_or(default.grid),
        budget: options.budget.unwrap_or(default.budget),
    };
    ask(lab, &args, RecordQuestion::Counterfactuals(params)).await
}

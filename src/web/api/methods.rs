//! What the methods do. Their code comes with the light rooms, soon after the page.

use std::future::Future;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use js_sys::{ArrayBuffer, Function, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::fitting::{FitOptions, Fitted, GridOptions};
use super::shapes::{
    Called, DatasetLoaded, DeployOptions, Deployed, DriftOptions, ExplainOptions, Explained,
    LoadOptions, MetricsOptions, Registered, SampleOptions, SimulateOptions, side,
};
use super::{Args, Lister, export, lost, to_js, trust, whatif, whole};
use crate::compute::Failure;
use crate::data::{DatasetId, DatasetSummary, Record};
use crate::experiments::Run;
use crate::models::ModelId;
use crate::serving::EndpointId;
use crate::web::actions::{FileBytes, Lab};
use crate::web::exports::Exporter;

/// A method whose code comes after the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `loadCsv`.
    LoadCsv,
    /// `sample`.
    Sample,
    /// `profile`.
    Profile,
    /// `fit`.
    Fit,
    /// `grid`.
    Grid,
    /// `register`.
    Register,
    /// `alias`.
    Alias,
    /// `registry`.
    Registry,
    /// `exportRun`.
    ExportRun,
    /// `predict`.
    Predict,
    /// `explain`.
    Explain,
    /// `stability`.
    Stability,
    /// `limeSettings`.
    LimeSettings,
    /// `shapley`.
    Shapley,
    /// `curves`.
    Curves,
    /// `counterfactuals`.
    Counterfactuals,
    /// `whole`.
    Whole,
    /// `customers`.
    Customers,
    /// `deploy`.
    Deploy,
    /// `call`.
    Call,
    /// `simulate`.
    Simulate,
    /// `metrics`.
    Metrics,
    /// `drift`.
    Drift,
    /// `reset`.
    Reset,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::LoadCsv,
        Self::Sample,
        Self::Profile,
        Self::Fit,
        Self::Grid,
        Self::Register,
        Self::Alias,
        Self::Registry,
        Self::ExportRun,
        Self::Predict,
        Self::Explain,
        Self::Stability,
        Self::LimeSettings,
        Self::Shapley,
        Self::Curves,
        Self::Counterfactuals,
        Self::Whole,
        Self::Customers,
        Self::Deploy,
        Self::Call,
        Self::Simulate,
        Self::Metrics,
        Self::Drift,
        Self::Reset,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LoadCsv => "loadCsv",
            Self::Sample => "sample",
            Self::Profile => "profile",
            Self::Fit => "fit",
            Self::Grid => "grid",
            Self::Register => "register",
            Self::Alias => "alias",
            Self::Registry => "registry",
            Self::ExportRun => "exportRun",
            Self::Predict => "predict",
            Self::Explain => "explain",
            Self::Stability => "stability",
            Self::LimeSettings => "limeSettings",
            Self::Shapley => "shapley",
            Self::Curves => "curves",
            Self::Counterfactuals => "counterfactuals",
            Self::Whole => "whole",
            Self::Customers => "customers",
            Self::Deploy => "deploy",
            Self::Call => "call",
            Self::Simulate => "simulate",
            Self::Metrics => "metrics",
            Self::Drift => "drift",
            Self::Reset => "reset",
        }
    }
}

/// An answer on its way.
pub type Answering = LocalBoxFuture<'static, Result<JsValue, Failure>>;

/// What methods need of rooms whose code comes when they are entered.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// Of the Train room.
    pub exporter: Exporter,
    /// Of the Customers room.
    pub lister: Lister,
}

/// Does what a method is called for.
#[must_use]
pub fn answer(lab: Lab, rooms: Rooms, method: Method, args: Args) -> Answering {
    match method {
        Method::LoadCsv => given(load_csv(lab, args)),
        Method::Sample => given(async move {
            let SampleOptions { rows, seed, name, .. } =
                args.options(0, &["rows", "seed", "name", "scenario"])?;
            loaded(lab, lab.sample(rows, seed, name).await?).await
        }),
        Method::Profile => given(async move {
            let profile = lab.profile(DatasetId(args.text(0, "datasetId")?)).await?;
            Ok(profile.as_ref().clone())
        }),
        Method::Fit => given(async move {
            let id = DatasetId(args.text(0, "datasetId")?);
            let options: FitOptions =
                args.options(1, &["model", "params", "split", "threshold"])?;
            lab.fit(id, options.params()?, options.split(), options.rule()?)
                .await
                .map(|run| Fitted::of(&run))
        }),
        Method::Grid => given(async move {
            let id = DatasetId(args.text(0, "datasetId")?);
            let options: GridOptions =
                args.options(1, &["model", "params", "split", "validation", "draw", "threshold"])?;
            let runs = lab.run_grid(id, &options.grid(), options.way()?).await?;
            Ok(runs.iter().map(|run| Fitted::of(run)).collect::<Vec<_>>())
        }),
        Method::Register => given(async move {
            let id = ModelId(args.text(0, "modelId")?);
            let DeployOptions { name } = args.options(1, &["name"])?;
            let of_model =
                |runs: &Vec<Arc<Run>>| runs.iter().find(|run| run.model_id == id).cloned();
            let run = lab.state.runs.with_untracked(of_model).ok_or_else(|| {
                Failure::new("unknown_model", format!("there is no model {} in this lab", id.0))
            })?;
            let version = lab.register(&run, &name).await?;
            Ok(Registered { name: name.trim().to_owned(), version: Some(version) })
        }),
        Method::Alias => given(async move {
            let Registered { name, version } = args.value(0, "of")?;
            lab.point_alias(&name, &args.text(1, "alias")?, version).await
        }),
        Method::Registry => given(async move { Ok(lab.state.registry.get_untracked()) }),
        Method::ExportRun => given(export::run(lab, rooms.exporter, args)),
        Method::Predict => given(async move {
            let id = ModelId(args.text(0, "modelId")?);
            lab.predict(id, args.value(1, "records")?).await
        }),
        Method::Explain => given(async move {
            let id = ModelId(args.text(0, "modelId")?);
            let record: Record = args.value(1, "record")?;
            let options: ExplainOptions =
                args.options(2, &["samples", "features", "seed", "neighbourhood"])?;
            let (params, neighbourhood) = options.split()?;
            let (explanation, ms) = lab.explain(id, record, params, neighbourhood).await?;
            Ok(Explained::of(explanation, ms))
        }),
        Method::Stability => given(trust::stability(lab, args)),
        Method::LimeSettings => given(trust::lime_settings(lab, args)),
        Method::Shapley => given(trust::shapley(lab, args)),
        Method::Curves => given(whatif::curves(lab, args)),
        Method::Counterfactuals => given(whatif::counterfactuals(lab, args)),
        Method::Whole => given(whole::whole(lab, args)),
        Method::Customers => {
            async move { (rooms.lister)(lab, args).await.map_err(|error| lost(&error))?.await }
                .boxed_local()
        }
        Method::Deploy => given(async move {
            let id = ModelId(args.text(0, "modelId")?);
            let DeployOptions { name } = args.options(1, &["name"])?;
            lab.deploy(id, name).await.map(Deployed::of)
        }),
        Method::Call => given(async move {
            let id = EndpointId(args.text(0, "endpointId")?);
            let response = lab.call(id, args.value(1, "request")?).await?;
            Ok(Called::of(&response))
        }),
        Method::Simulate => given(simulate(lab, args)),
        Method::Metrics => given(async move {
            let id = EndpointId(args.text(0, "endpointId")?);
            lab.endpoint(&id)?;
            let MetricsOptions { from, to } = args.options(1, &["from", "to"])?;
            let wanted =
                |at: f64| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to);
            let calls = lab.calls_of(&id).into_iter().filter(|event| wanted(event.at_ms));
            Ok(calls.map(|event| event.as_ref().clone()).collect::<Vec<_>>())
        }),
        Method::Drift => given(async move {
            let reference = side(lab, &args.text(0, "referenceId")?, true)?;
            let current = side(lab, &args.text(1, "currentId")?, false)?;
            let options: DriftOptions = args.options(2, &["psiThreshold"])?;
            let report = lab.drift(reference, current, options.params()).await?;
            Ok(report.as_ref().clone())
        }),
        Method::Reset => given(lab.reset()),
    }
}

/// As JavaScript takes it.
pub(super) fn given<T: Serialize>(
    answer: impl Future<Output = Result<T, Failure>> + 'static,
) -> Answering {
    async move { to_js(&answer.await?) }.boxed_local()
}

async fn load_csv(lab: Lab, args: Args) -> Result<DatasetLoaded, Failure> {
    let bytes = bytes(args.get(0)).await?;
    let LoadOptions { name, target } = args.options(1, &["name", "target"])?;
    loaded(lab, lab.read_csv(FileBytes { name, bytes }, target).await?).await
}

async fn loaded(lab: Lab, dataset: Arc<DatasetSummary>) -> Result<DatasetLoaded, Failure> {
    let issues = lab.issues(&dataset).await?;
    Ok(DatasetLoaded::of(&dataset, issues))
}

async fn simulate(lab: Lab, args: Args) -> Result<crate::monitoring::MonitoringReport, Failure> {
    let id = EndpointId(args.text(0, "endpointId")?);
    let SimulateOptions { calls, seed, scenario } =
        args.options(1, &["calls", "seed", "scenario"])?;
    let listener = args.get(2).dyn_into::<Function>().ok();
    let on_progress = move |progress: &crate::compute::Progress| {
        if let Some(listener) = &listener {
            let detail = Object::new();
            let told = Reflect::set(&detail, &"done".into(), &progress.done.into())
                .and_then(|_| Reflect::set(&detail, &"total".into(), &progress.total.into()))
                .and_then(|_| listener.call1(&JsValue::NULL, &detail));
            // a listener's own error is its own, told where its author looks
            if let Err(error) = told {
                web_sys::console::error_1(&error);
            }
        }
    };
    lab.simulate(id, calls, seed, scenario, on_progress).await
}

/// The bytes of a text, an `ArrayBuffer`, a view of one, or a `Blob`.
async fn bytes(value: JsValue) -> Result<Vec<u8>, Failure> {
    if let Some(text) = value.as_string() {
        return Ok(text.into_bytes());
    }
    let unreadable =
        |error: JsValue| Failure::new("bad_argument", format!("the file can't be read: {error:?}"));
    let buffer = match value.dyn_into::<Blob>() {
        Ok(blob) => JsFuture::from(blob.array_buffer()).await.map_err(unreadable)?,
        Err(value) => value,
    };
    if let Some(view) = buffer.dyn_ref::<Uint8Array>() {
        return Ok(view.to_vec());
    }
    if buffer.is_instance_of::<ArrayBuffer>() {
        return Ok(Uint8Array::new(&buffer).to_vec());
    }
    let message = "argument 1 must be a text, an ArrayBuffer, a Uint8Array or a Blob";
    Err(Failure::new("bad_argument", message))
}

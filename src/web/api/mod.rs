//! The lab for programs: `window.churnLab`, typed in `public/churn-lab.d.ts`.
//!
//! Every method is async and goes through the same actions as the page. A failure rejects with an
//! `Error` that has a `code`.

mod export;
mod shapes;
mod trust;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use js_sys::{ArrayBuffer, Error, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Blob;

use super::actions::{FileBytes, Lab};
use super::exports::Exporter;
use super::js;
use super::state::{Phase, StorageStatus};
use crate::compute::Failure;
use crate::data::{DatasetId, DatasetSummary, Record};
use crate::experiments::Run;
use crate::models::ModelId;
use crate::serving::EndpointId;
use shapes::{
    Called, DatasetLoaded, DeployOptions, Deployed, DriftOptions, ExplainOptions, Explained,
    FitOptions, Fitted, GridOptions, LoadOptions, MetricsOptions, Ready, Registered, SampleOptions,
    SimulateOptions, side,
};

/// Puts `window.churnLab` in place and says so in the console.
pub fn install(lab: Lab, exporter: Exporter) {
    let api = Object::new();
    method(&api, "ready", move |_| ready(lab));
    method(&api, "loadCsv", move |args| load_csv(lab, args));
    method(&api, "sample", move |args| async move {
        let SampleOptions { rows, seed, name, .. } =
            args.options(0, &["rows", "seed", "name", "scenario"])?;
        loaded(lab, lab.sample(rows, seed, name).await?).await
    });
    method(&api, "profile", move |args| async move {
        let profile = lab.profile(DatasetId(args.text(0, "datasetId")?)).await?;
        Ok(profile.as_ref().clone())
    });
    method(&api, "fit", move |args| async move {
        let id = DatasetId(args.text(0, "datasetId")?);
        let options: FitOptions = args.options(1, &["model", "params", "split", "threshold"])?;
        lab.fit(id, options.params()?, options.split(), options.rule()?)
            .await
            .map(|run| Fitted::of(&run))
    });
    method(&api, "grid", move |args| async move {
        let id = DatasetId(args.text(0, "datasetId")?);
        let options: GridOptions =
            args.options(1, &["model", "params", "split", "validation", "draw", "threshold"])?;
        let runs = lab.run_grid(id, &options.grid(), options.way()?).await?;
        Ok(runs.iter().map(|run| Fitted::of(run)).collect::<Vec<_>>())
    });
    method(&api, "register", move |args| async move {
        let id = ModelId(args.text(0, "modelId")?);
        let DeployOptions { name } = args.options(1, &["name"])?;
        let of_model = |runs: &Vec<Arc<Run>>| runs.iter().find(|run| run.model_id == id).cloned();
        let run = lab.state.runs.with_untracked(of_model).ok_or_else(|| {
            Failure::new("unknown_model", format!("there is no model {} in this lab", id.0))
        })?;
        let version = lab.register(&run, &name).await?;
        Ok(Registered { name: name.trim().to_owned(), version: Some(version) })
    });
    method(&api, "alias", move |args| async move {
        let Registered { name, version } = args.value(0, "of")?;
        lab.point_alias(&name, &args.text(1, "alias")?, version).await
    });
    method(&api, "registry", move |_| async move { Ok(lab.state.registry.get_untracked()) });
    method(&api, "exportRun", move |args| export::run(lab, exporter, args));
    method(&api, "predict", move |args| async move {
        let id = ModelId(args.text(0, "modelId")?);
        lab.predict(id, args.value(1, "records")?).await
    });
    method(&api, "explain", move |args| async move {
        let id = ModelId(args.text(0, "modelId")?);
        let record: Record = args.value(1, "record")?;
        let options: ExplainOptions =
            args.options(2, &["samples", "features", "seed", "neighbourhood"])?;
        let (params, neighbourhood) = options.split()?;
        let (explanation, ms) = lab.explain(id, record, params, neighbourhood).await?;
        Ok(Explained::of(explanation, ms))
    });
    method(&api, "stability", move |args| trust::stability(lab, args));
    method(&api, "shapley", move |args| trust::shapley(lab, args));
    method(&api, "deploy", move |args| async move {
        let id = ModelId(args.text(0, "modelId")?);
        let DeployOptions { name } = args.options(1, &["name"])?;
        lab.deploy(id, name).await.map(Deployed::of)
    });
    method(&api, "call", move |args| async move {
        let id = EndpointId(args.text(0, "endpointId")?);
        let response = lab.call(id, args.value(1, "request")?).await?;
        Ok(Called::of(&response))
    });
    method(&api, "simulate", move |args| simulate(lab, args));
    method(&api, "metrics", move |args| async move {
        let id = EndpointId(args.text(0, "endpointId")?);
        lab.endpoint(&id)?;
        let MetricsOptions { from, to } = args.options(1, &["from", "to"])?;
        let wanted = |at: f64| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to);
        let calls = lab.calls_of(&id).into_iter().filter(|event| wanted(event.at_ms));
        Ok(calls.map(|event| event.as_ref().clone()).collect::<Vec<_>>())
    });
    method(&api, "drift", move |args| async move {
        let reference = side(lab, &args.text(0, "referenceId")?, true)?;
        let current = side(lab, &args.text(1, "currentId")?, false)?;
        let options: DriftOptions = args.options(2, &["psiThreshold"])?;
        let report = lab.drift(reference, current, options.params()).await?;
        Ok(report.as_ref().clone())
    });
    method(&api, "reset", move |_| lab.reset());
    let target: &JsValue = &js_sys::global();
    // a page whose global object is frozen has no API, and says so
    if let Err(error) = Reflect::set(target, &"churnLab".into(), &Object::freeze(&api)) {
        web_sys::console::warn_1(&error);
    }
    web_sys::console::info_1(
        &"Churn Lab: everything this page does, a program can do too; try `await churnLab.ready()`"
            .into(),
    );
}

async fn ready(lab: Lab) -> Result<Ready, Failure> {
    // the phase changes once, soon; a microtask loop would starve the page, so wait on the signal
    let (sender, receiver) = futures::channel::oneshot::channel();
    let sender = std::cell::RefCell::new(Some(sender));
    let watcher = Effect::watch(
        move || lab.state.phase.get(),
        move |phase, _, _| {
            if *phase == Phase::Ready
                && let Some(sender) = sender.borrow_mut().take()
            {
                // it fails only when nobody waits any more, and then nobody misses it
                sender.send(()).unwrap_or_default();
            }
        },
        true,
    );
    let waited = receiver.await;
    watcher.stop();
    waited.map_err(|_cancelled| Failure::new("closed", "the page was closed"))?;
    let storage = match lab.state.storage.get_untracked() {
        StorageStatus::IndexedDb => "indexeddb",
        StorageStatus::Opening | StorageStatus::Memory(_) => "memory",
    };
    Ok(Ready { version: env!("CARGO_PKG_VERSION"), storage })
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

fn method<T, F>(api: &Object, name: &str, action: impl Fn(Args) -> F + Copy + 'static)
where
    T: Serialize + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    type Call = dyn Fn(JsValue, JsValue, JsValue) -> Promise;
    let call = Closure::<Call>::new(move |first, second, third| {
        let args = Args([first, second, third]);
        promise(Box::pin(async move { to_js(&action(args).await?) }))
    });
    if let Err(error) = Reflect::set(api, &name.into(), call.as_ref()) {
        web_sys::console::warn_1(&error);
    }
    // it can be called as long as the page lives
    call.forget();
}

/// One kind of future, so that what makes a promise of it is compiled once.
fn promise(answer: Pin<Box<dyn Future<Output = Result<JsValue, Failure>>>>) -> Promise {
    future_to_promise(async move { answer.await.map_err(|failure| error(&failure)) })
}

/// What a method was called with; no method takes more than three.
struct Args([JsValue; 3]);

impl Args {
    fn get(&self, index: usize) -> JsValue {
        self.0.get(index).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    fn text(&self, index: usize, name: &str) -> Result<String, Failure> {
        self.get(index).as_string().ok_or_else(|| {
            Failure::new("bad_argument", format!("argument {} must be {name}, a text", index + 1))
        })
    }

    /// An argument that must be there.
    fn value<T: DeserializeOwned>(&self, index: usize, name: &str) -> Result<T, Failure> {
        js::from_js(self.get(index)).map_err(|error| {
            let message = format!("argument {} ({name}) is wrong: {error}", index + 1);
            Failure::new("bad_argument", message)
        })
    }

    /// An object of options; left out, all have their defaults. A name not allowed is refused.
    fn options<T: DeserializeOwned>(&self, index: usize, allowed: &[&str]) -> Result<T, Failure> {
        let value = self.get(index);
        if value.is_undefined() || value.is_null() {
            return Self([Object::new().into(), JsValue::NULL, JsValue::NULL]).value(0, "options");
        }
        for name in Object::keys(value.unchecked_ref::<Object>()) {
            let name = name.as_string().unwrap_or_default();
            if !allowed.contains(&name.as_str()) {
                let allowed = allowed.join(", ");
                let message = format!("unknown option \"{name}\"; allowed: {allowed}");
                return Err(Failure::new("unknown_option", message));
            }
        }
        self.value(index, "options")
    }
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, Failure> {
    js::to_js(value)
        .map_err(|error| Failure::new("protocol", format!("the answer can't be given: {error}")))
}

fn error(failure: &Failure) -> JsValue {
    let error = Error::new(&failure.message);
    if let Err(problem) = Reflect::set(&error, &"code".into(), &failure.code.as_str().into()) {
        web_sys::console::warn_1(&problem);
    }
    error.into()
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

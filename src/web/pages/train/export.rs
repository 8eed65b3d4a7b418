//! A run as files for other programs and other people.

use std::sync::Arc;

use leptos::prelude::*;

use super::{coefficients, threshold};
use crate::charts::{ChartError, ChartSpec, Theme};
use crate::compute::Failure;
use crate::experiments::card::{Picture, Told, card};
use crate::experiments::mlflow::{Exported, folder};
use crate::experiments::zip::{File, archive};
use crate::experiments::{Run, python};
use crate::models::onnx::is_offered;
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::download;
use crate::web::components::failure::FailureBox;
use crate::web::exports::{Export, Exporting};
use crate::web::text::classes::Classes;
use crate::web::text::export as text;

/// Width of a picture in a card, and height of its curve, pixels.
const WIDTH: f64 = 640.0;
const CURVE_HEIGHT: f64 = 400.0;

/// One button a format, what it is and why it can't be had, and what went wrong.
pub fn exports(run: Arc<Run>) -> AnyView {
    let lab = use_lab();
    let query = use_lab_query();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let gone = {
        let run = Arc::clone(&run);
        Memo::new(move |_| lab.dataset_of(&run).is_none())
    };
    let held = {
        let id = run.model_id.clone();
        Memo::new(move |_| lab.state.model_of(&id).is_some())
    };
    let has_onnx = is_offered(&run.provenance.params);
    let refused = move |format: Export| match format {
        Export::Script if gone.get() => Some(text::GONE),
        Export::Onnx if !has_onnx => Some(text::ONNX_NONE),
        Export::Onnx if gone.get() && !held.get() => Some(text::GONE),
        _ => None,
    };
    let buttons = Export::ALL.map(|format| {
        let (label, what) = match format {
            Export::Script => (text::SCRIPT, text::SCRIPT_WHY),
            Export::Onnx => (text::ONNX, text::ONNX_WHY),
            Export::Mlflow => (text::MLFLOW, text::MLFLOW_WHY),
            Export::Card => (text::CARD, text::CARD_WHY),
        };
        let why = move || match refused(format) {
            Some(refused) => refused.to_owned(),
            None if format == Export::Onnx && !held.get() => {
                format!("{what}. {}", text::ONNX_AGAIN)
            }
            None => what.to_owned(),
        };
        let run = Arc::clone(&run);
        let save = move |_| {
            let chosen = query.number("threshold", threshold::allowed);
            let (run, name) = (Arc::clone(&run), format.file(&run));
            let made = file(lab, run, format, chosen);
            offer(lab, (busy, failure), name, format, made);
        };
        view! {
            <button
                disabled=move || busy.get() || refused(format).is_some()
                title=why
                on:click=save
                data-testid=format.key()
            >
                {label}
            </button>
        }
    });
    view! {
        <h3>{text::EXPORT}</h3>
        <div class="row exports" role="group" aria-label=text::EXPORT>{buttons}</div>
        {move || failure.get().map(|failed| view! {
            <FailureBox failure=failed on_dismiss=move |()| failure.set(None) />
        })}
    }
    .into_any()
}

/// A button that exports some runs as one MLflow folder: `runs` are asked for when it is pressed, and it
/// is off while there are none. What goes wrong is shown beside it.
pub fn mlflow_button(runs: Signal<Vec<Arc<Run>>>) -> AnyView {
    let lab = use_lab();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let none = move || runs.with(Vec::is_empty);
    let save = move |_| {
        let made = Box::pin(mlflow(lab, runs.get_untracked()));
        let name = "runs-mlflow.zip".to_owned();
        offer(lab, (busy, failure), name, Export::Mlflow, made);
    };
    let why = move || if none() { text::NO_RUNS } else { text::MLFLOW_MANY_WHY };
    view! {
        <button
            disabled=move || busy.get() || none()
            title=why
            on:click=save
            data-testid="mlflow-runs"
        >
            {text::MLFLOW_MANY}
        </button>
        {move || failure.get().map(|failed| view! {
            <FailureBox failure=failed on_dismiss=move |()| failure.set(None) />
        })}
    }
    .into_any()
}

/// Hands a file over once it is made.
fn offer(
    lab: Lab,
    (busy, failure): (RwSignal<bool>, RwSignal<Option<Failure>>),
    name: String,
    format: Export,
    made: Exporting,
) {
    busy.set(true);
    failure.set(None);
    lab.background(async move {
        let offered = made.await.and_then(|bytes| {
            let offered = download::offer(&name, format.media_type(), &bytes);
            offered.map_err(|error| Failure::new("not_saved", format!("{name}: {error:?}")))
        });
        // who has left for another run meanwhile has the file, and no signals any more
        busy.try_set(false);
        let failed = offered.err().filter(|failed| failed.code != "cancelled");
        failure.try_set(failed);
    });
}

/// A run as a file. `threshold`: what was chosen for the probability, told in the card.
pub fn file(lab: Lab, run: Arc<Run>, format: Export, threshold: Option<f64>) -> Exporting {
    Box::pin(async move {
        match format {
            Export::Script => script(lab, &run).map(String::into_bytes),
            Export::Onnx => lab.export_onnx(run).await,
            Export::Mlflow => mlflow(lab, vec![run]).await,
            Export::Card => model_card(lab, &run, threshold).map(String::into_bytes),
        }
    })
}

fn script(lab: Lab, run: &Run) -> Result<String, Failure> {
    let dataset = untrack(|| lab.dataset_of(run));
    let dataset = dataset.ok_or_else(|| Failure::new("unknown_dataset", text::GONE))?;
    Ok(python::script(run, &dataset.columns))
}

/// Models that are not held are not made again: of a thousand runs that would be a thousand fits.
async fn mlflow(lab: Lab, runs: Vec<Arc<Run>>) -> Result<Vec<u8>, Failure> {
    let mut all = Vec::with_capacity(runs.len());
    for run in &runs {
        let mut artifacts = Vec::new();
        if untrack(|| lab.dataset_of(run)).is_some() {
            artifacts.push(File::new("run.py", script(lab, run)?));
        }
        let held = untrack(|| lab.state.model_of(&run.model_id)).is_some();
        if held {
            artifacts.push(File::new("card.html", model_card(lab, run, run.threshold())?));
        }
        if held && is_offered(&run.provenance.params) {
            artifacts.push(File::new("model.onnx", lab.export_onnx(Arc::clone(run)).await?));
        }
        all.push(Exported { run, artifacts });
    }
    archive(&folder(&all)).map_err(|error| Failure::new(error.code(), error.to_string()))
}

fn model_card(lab: Lab, run: &Run, threshold: Option<f64>) -> Result<String, Failure> {
    let dataset = untrack(|| lab.dataset_of(run));
    let pictures = pictures(run, threshold)
        .map_err(|error| Failure::new("card_picture", error.to_string()))?;
    let told = Told {
        columns: dataset.as_ref().map_or(&[], |dataset| dataset.columns.as_slice()),
        threshold,
        pictures: &pictures,
        script: &Export::Script.file(run),
    };
    Ok(card(run, &told))
}

fn pictures(run: &Run, at: Option<f64>) -> Result<Vec<Picture>, ChartError> {
    let classes = Classes::of(&run.provenance.target);
    let points = threshold::roc(&run.evaluation.test_curve);
    let roc = threshold::roc_spec(run, &classes, &points, at.unwrap_or(0.5));
    let mut pictures = vec![picture(text::ROC_CAPTION, &roc, CURVE_HEIGHT)?];
    if !run.coefficients.is_empty() {
        let bars = coefficients::bars(&run.coefficients, coefficients::LARGEST);
        pictures.push(picture(text::WEIGHTS_CAPTION, &bars, bars.preferred_height())?);
    }
    Ok(pictures)
}

fn picture(caption: &str, spec: &ChartSpec, height: f64) -> Result<Picture, ChartError> {
    let drawn = |theme: &Theme| spec.to_svg(WIDTH, height, theme);
    Ok(Picture {
        caption: caption.to_owned(),
        light: drawn(&Theme::light())?,
        dark: drawn(&Theme::dark())?,
    })
}

//! A run step by step: what each step of its solver was worth.

mod picture;
mod player;
mod specs;

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::fields::how;
use super::{Looked, ask_first, failed_view};
use crate::charts::ChartSpec;
use crate::charts::format;
use crate::compute::Failure;
use crate::experiments::steps::capped;
use crate::experiments::{Step, Steps};
use crate::models::ModelParams;
use crate::web::app::use_lab;
use crate::web::components::chart::Chart;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::task_bar::TaskBar;
use crate::web::state::Task;
use crate::web::text::steps as text;
use player::{Frame, frame, player};

/// The steps, once they are known.
pub fn steps(page: Looked) -> AnyView {
    let params = page.run.with_value(|run| run.provenance.params.clone());
    if capped(&params, 1).is_none() {
        let words = match params {
            ModelParams::LogisticCv(_) | ModelParams::WeightedLogisticCv(_) => text::NO_STEPS_CV,
            _ => text::NO_STEPS,
        };
        return view! { <p class="empty" role="status" data-testid="judge-no-steps">{words}</p> }
            .into_any();
    }
    let lab = use_lab();
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let asked = page.may_fit.get().then(|| page.run.get_value());
        async move {
            match asked {
                Some(run) => lab.steps(run).await.map(Some),
                None => Ok::<Option<Arc<Steps>>, Failure>(None),
            }
        }
        .boxed_local()
    });
    on_cleanup(move || lab.cancel(Task::Steps));
    let shown = move || {
        answer.with(|answer| match answer.as_ref()? {
            Err(failure) => Some(failed_view(failure.clone(), move || again.update(|n| *n += 1))),
            Ok(None) => None,
            Ok(Some(steps)) => Some(found(page, Arc::clone(steps))),
        })
    };
    view! {
        {ask_first(page)}
        <TaskBar task=Task::Steps />
        {shown}
    }
    .into_any()
}

/// Everything about the frame that is looked at.
fn found(page: Looked, steps: Arc<Steps>) -> AnyView {
    let frame = frame(page.query, Arc::clone(&steps));
    let is_support =
        page.run.with_value(|run| matches!(run.provenance.params, ModelParams::Svc(_)));
    let chart = |spec: fn(&Looked, &[Step], u32) -> ChartSpec, what: &'static str| {
        let steps = Arc::clone(&steps);
        let at = frame.at;
        let spec = Signal::derive(move || {
            let step = at.get().map_or(0, |step| step.iteration);
            spec(&page, &steps.points, step)
        });
        // said once, and not with every frame
        let caption = Signal::stored(text::DASHED.to_owned());
        view! { <div><h3>{what}</h3><Chart spec caption=Some(caption) height=Some(220.0) /></div> }
    };
    let why = if is_support { text::WHY_SUPPORT } else { text::WHY_NEWTON };
    let made = if is_support { text::SUPPORT_HOW } else { text::NEWTON_HOW };
    view! {
        {says(frame, Arc::clone(&steps))}
        {player(page, frame)}
        <p>{why}</p>
        {chart(specs::accuracy, text::ACCURACY)}
        {picture::picture(page, frame)}
        <div class="pictures small">
            {chart(specs::objective, text::OBJECTIVE)}
            {chart(specs::violation, text::VIOLATION)}
        </div>
        {how(move || made.to_owned())}
    }
    .into_any()
}

/// The sentence of the frame. While it plays nobody is told of every frame.
fn says(frame: Frame, steps: Arc<Steps>) -> AnyView {
    let last = steps.points.last().copied();
    let words = move || {
        let step = frame.at.get()?;
        let count = |step: &Step| format::count(u64::from(step.iteration));
        let [test, train] = [step.test_accuracy, step.train_accuracy].map(format::score);
        let run = last.filter(|last| last.iteration != step.iteration);
        let run = run.map(|run| [count(&run), format::score(run.test_accuracy)]);
        let run = run.as_ref().map(|[all, score]| [all.as_str(), score.as_str()]);
        Some(text::frame(&count(&step), [&test, &train], run))
    };
    let live = move || if frame.playing.get() { "off" } else { "polite" };
    let value =
        move |of: fn(&Step) -> f64| move || frame.at.get().map(|step| of(&step).to_string());
    view! {
        <p
            class="says"
            aria-live=live
            data-testid="judge-says"
            data-step=value(|step| f64::from(step.iteration))
            data-test=value(|step| step.test_accuracy)
            data-train=value(|step| step.train_accuracy)
        >
            {words}
        </p>
    }
    .into_any()
}

//! A run looked at closely: how sure its scores are, what its probabilities are worth and bring, where
//! it fails, what more customers would bring.

pub(in crate::web) mod address;
mod calibration;
mod compare;
mod curves;
pub(in crate::web::pages) mod fields;
mod gain;
mod histogram;
mod learning;
mod profit;
mod slices;
mod steps;

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use crate::charts::format;
use crate::compute::Failure;
use crate::evaluation::{BootstrapParams, ThresholdCurve};
use crate::experiments::{Judgement, JudgementParams, Run};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::tabs::Tabs;
use crate::web::components::task_bar::TaskBar;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::classes::Classes;
use crate::web::text::judge as text;
use address::Tab;

/// A fit that took longer is made again only when a person asks for it, milliseconds.
const LONG_MS: f64 = 3_000.0;

/// What every part of the card works with.
#[derive(Clone, Copy)]
pub struct Looked {
    /// The run.
    run: StoredValue<Arc<Run>>,
    /// Its two classes.
    classes: StoredValue<Classes>,
    /// The address.
    query: Query,
    /// From 0 to 1.
    threshold: RwSignal<f64>,
    /// What is found of its test rows; `None` before the first answer.
    judgement: Memo<Option<Arc<Judgement>>>,
    /// A fit of it may be made again: it is short, or a person asked.
    may_fit: RwSignal<bool>,
}

impl Looked {
    /// Something said or drawn of the classes.
    fn with_classes<T>(self, of: impl FnOnce(&Classes) -> T) -> T {
        self.classes.with_value(of)
    }

    /// Something read off the run's threshold curve.
    fn with_curve<T>(self, of: impl FnOnce(&ThresholdCurve) -> T) -> T {
        self.run.with_value(|run| of(&run.evaluation.test_curve))
    }

    /// Something of the judgement, once it is there; tracked.
    fn found<T>(self, of: impl FnOnce(&Judgement) -> T) -> Option<T> {
        self.judgement.with(|judgement| judgement.as_deref().map(of))
    }
}

/// The card.
#[component]
pub fn Judge(
    /// Whose test customers.
    run: Arc<Run>,
    /// From 0 to 1.
    threshold: RwSignal<f64>,
) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let tab = Memo::new(move |_| Tab::of(query));
    let may_fit = RwSignal::new(run.provenance.fit_ms <= LONG_MS);
    let params = Memo::new(move |_| JudgementParams {
        bootstrap: BootstrapParams {
            resamples: address::resamples(query),
            seed: address::seed(query),
            ..BootstrapParams::default()
        },
        n_bins: address::bins(query),
        ..JudgementParams::default()
    });
    // once asked for, it is there for every way to look
    let needed = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || (may_fit.get() && tab.get().needs_judgement())
    });
    let again = RwSignal::new(0_u32);
    let asked = Arc::clone(&run);
    let latest = follow_in_turn(move || {
        again.track();
        let asked = needed.get().then(|| (Arc::clone(&asked), params.get()));
        async move {
            match asked {
                Some((run, params)) => lab.judge(run, params).await.map(Some),
                None => Ok::<Option<Arc<Judgement>>, Failure>(None),
            }
        }
        .boxed_local()
    });
    let judgement = Memo::new(move |before: Option<&Option<Arc<Judgement>>>| {
        latest.with(|latest| match latest {
            Some(Ok(judgement)) => judgement.clone(),
            // figures stay beside the failure
            _ => before.cloned().flatten(),
        })
    });
    let failure = move || {
        let failed = latest.with(|latest| latest.as_ref().and_then(|l| l.as_ref().err().cloned()));
        failed.map(|failure| failed_view(failure, move || again.update(|n| *n += 1)))
    };
    let classes = StoredValue::new(Classes::of(&run.provenance.target));
    let page = Looked { run: StoredValue::new(run), classes, query, threshold, judgement, may_fit };
    let shown = move || match tab.get() {
        Tab::Curves => curves::curves(page),
        Tab::Calibration => calibration::calibration(page),
        Tab::Gain => gain::gain(page),
        Tab::Scores => histogram::histogram(page),
        Tab::Profit => profit::profit(page),
        Tab::Slices => slices::slices(page),
        Tab::Learning => learning::learning(page),
        Tab::Steps => steps::steps(page),
        Tab::Compare => compare::compare(page),
    };
    let state = move || {
        tab.get().needs_judgement().then(|| {
            view! {
                {ask_first(page)}
                <TaskBar task=Task::Judge />
                {failure}
            }
        })
    };
    let tabs = Tab::ALL.map(|tab| (tab.key(), tab.label())).to_vec();
    let current = Signal::derive(move || tab.get().key());
    view! {
        <Card title=text::TITLE sub=text::SUB>
            <div class="judge" data-testid="judge">
                <Tabs label=text::WAYS param=address::TAB tabs current />
                {state}
                {shown}
            </div>
        </Card>
    }
}

/// What a long fit would take, and the button for it.
fn ask_first(page: Looked) -> impl IntoView {
    let seconds = page.run.with_value(|run| format::plain(run.provenance.fit_ms / 1_000.0));
    move || {
        (!page.may_fit.get()).then(|| {
            view! {
                <div class="row">
                    <span>{text::takes(&seconds)}</span>
                    <button on:click=move |_| page.may_fit.set(true)>{text::REFIT}</button>
                </div>
            }
        })
    }
}

/// Why there is no answer. What a person cancelled can be asked once more.
fn failed_view(failure: Failure, again: impl Fn() + 'static) -> AnyView {
    if failure.code != "cancelled" {
        return view! { <FailureBox failure /> }.into_any();
    }
    view! {
        <div class="row" role="status">
            <span>{text::CANCELLED}</span>
            <button on:click=move |_| again()>{text::REFIT}</button>
        </div>
    }
    .into_any()
}

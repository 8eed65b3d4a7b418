//! What a fit is made with.

use leptos::prelude::*;

use crate::charts::format;
use crate::models::params::LogisticParams;
use crate::models::{ModelParams, Split};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::number_box::{NumberBox, focus_wrong};
use crate::web::components::task_bar::TaskBar;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::{frame, train as text};

/// One number of the form.
struct Field {
    /// Its name in the address.
    key: &'static str,
    label: &'static str,
    why: &'static str,
    allowed: (fn(f64) -> bool, &'static str),
    step: f64,
    default: f64,
}

impl Field {
    fn value(&self, query: Query) -> f64 {
        query.number(self.key, self.allowed.0).unwrap_or(self.default)
    }
}

const C: Field = Field {
    key: "c",
    label: text::C,
    why: text::C_WHY,
    allowed: (|c| c > 0.0 && c.is_finite(), text::C_ALLOWED),
    step: 0.1,
    default: 1.0,
};

const TEST_SHARE: Field = Field {
    key: "test",
    label: text::TEST_SHARE,
    why: text::TEST_SHARE_WHY,
    allowed: (|share| share > 0.0 && share < 1.0, text::TEST_SHARE_ALLOWED),
    step: 0.05,
    default: 0.25,
};

const SEED: Field = Field {
    key: "seed",
    label: text::SEED,
    why: text::SEED_WHY,
    allowed: (
        |seed| seed.fract() == 0.0 && (0.0..=u32::MAX as f64).contains(&seed),
        text::SEED_ALLOWED,
    ),
    step: 1.0,
    default: 42.0,
};

/// C, test share and seed; Enter trains.
#[component]
pub fn TrainForm() -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let missing = Memo::new(move |_| match lab.state.dataset() {
        None => Some(text::NO_DATA),
        Some(dataset) if dataset.target.is_none() => Some(text::NO_TARGET),
        Some(_) if lab.state.task(Task::Fit).is_running() => Some(text::IS_TRAINING),
        Some(_) => None,
    });
    let train = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(dataset) = lab.state.dataset_id.get_untracked() else { return };
        if missing.get_untracked().is_some() || focus_wrong(&event) {
            return;
        }
        let (params, split) = untrack(|| settings(query));
        // the new run will be the one in use, and shown
        query.replace(&[("run", None)]);
        lab.show(Task::Fit, async move { lab.fit(dataset, params, split).await.map(drop) });
    };
    let share_in_words = move || {
        let share = TEST_SHARE.value(query);
        let shown = format::NumberFormat::Percent.show(share);
        let Some(dataset) = lab.state.dataset() else { return shown };
        let test = format::count((share * f64::from(dataset.kept)).ceil() as u64);
        let all = format::count(u64::from(dataset.kept));
        format!("{shown}, {test} of {all} {}", frame::CUSTOMERS)
    };
    let rows = [C, TEST_SHARE, SEED].map(|field| {
        let Field { key, label, why, allowed, step, .. } = field;
        let value = Signal::derive(move || field.value(query));
        let set = move |number: f64| query.replace(&[(key, Some(number.to_string()))]);
        view! {
            <span title=why>{label}</span>
            <span>
                <NumberBox label value allowed step draft=key on_change=set />
                {(key == TEST_SHARE.key).then(|| view! { <span class="range">{share_in_words}</span> })}
            </span>
        }
    });
    view! {
        <Card title=text::FORM>
            <form class="train-form" on:submit=train>
                <div class="fields">{rows}</div>
                <button
                    class="go"
                    disabled=move || missing.get().is_some()
                    title=move || missing.get()
                    data-testid="train"
                >
                    {text::TRAIN}
                </button>
            </form>
            <TaskBar task=Task::Fit />
        </Card>
    }
}

fn settings(query: Query) -> (ModelParams, Split) {
    let params = LogisticParams { c: C.value(query), ..LogisticParams::default() };
    let split =
        Split::Random { test_ratio: TEST_SHARE.value(query), seed: SEED.value(query) as u32 };
    (ModelParams::Logistic(params), split)
}

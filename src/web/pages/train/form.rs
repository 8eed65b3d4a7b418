//! What models are fitted with: one, or every combination of some settings.

use leptos::prelude::*;

use super::decision;
use super::fields::{self, Amount};
use crate::charts::format;
use crate::compute::Failure;
use crate::experiments::queue::Way;
use crate::experiments::{Drawn, Grid, Validation};
use crate::models::catalogue::FAMILIES;
use crate::models::{Split, train};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::number_box::{Allowed, NumberBox, focus_wrong};
use crate::web::components::segmented::Segmented;
use crate::web::components::task_bar::TaskBar;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::{frame, settings, train as text};

/// A number of the form that belongs to no family.
#[derive(Clone, Copy)]
struct Field {
    /// Its name in the address.
    key: &'static str,
    label: &'static str,
    why: &'static str,
    allowed: Allowed,
    step: f64,
    default: f64,
}

impl Field {
    fn value(&self, query: Query) -> f64 {
        query.number(self.key, self.allowed.0).unwrap_or(self.default)
    }

    fn row(self, query: Query, aside: impl IntoView + 'static) -> AnyView {
        let Self { key, label, why, allowed, step, .. } = self;
        let value = Signal::derive(move || self.value(query));
        let set = move |number: f64| query.replace(&[(key, Some(number.to_string()))]);
        view! {
            <div class="setting">
                <span title=why>{label}</span>
                <span>
                    <NumberBox label value allowed step draft=key on_change=set />
                    {aside}
                </span>
            </div>
        }
        .into_any()
    }
}

const TEST_SHARE: Field = Field {
    key: "test",
    label: text::TEST_SHARE,
    why: text::TEST_SHARE_WHY,
    allowed: (|share| share > 0.0 && share < 1.0, text::TEST_SHARE_ALLOWED),
    step: 0.05,
    default: 0.25,
};

fn is_whole(number: f64, least: f64, most: f64) -> bool {
    number.fract() == 0.0 && (least..=most).contains(&number)
}

const SEED: Field = Field {
    key: "seed",
    label: text::SEED,
    why: text::SEED_WHY,
    allowed: (|seed| is_whole(seed, 0.0, f64::from(u32::MAX)), text::SEED_ALLOWED),
    step: 1.0,
    default: 42.0,
};

const FOLDS: Field = Field {
    key: "folds",
    label: text::FOLDS,
    why: text::FOLDS_WHY,
    allowed: (|folds| folds == 0.0 || is_whole(folds, 2.0, 100.0), text::FOLDS_ALLOWED),
    step: 1.0,
    default: 5.0,
};

const REPEATS: Field = Field {
    key: "repeats",
    label: text::REPEATS,
    why: text::REPEATS_WHY,
    allowed: (|repeats| is_whole(repeats, 1.0, 100.0), text::REPEATS_ALLOWED),
    step: 1.0,
    default: 1.0,
};

const DRAWN: Field = Field {
    key: "draw",
    label: text::DRAWN,
    why: text::DRAWN_WHY,
    allowed: (|n| is_whole(n, 0.0, 1_000.0), text::DRAWN_ALLOWED),
    step: 1.0,
    default: 0.0,
};

/// The name of the grid in the address.
const AMOUNT: (&str, &str) = ("fit", "grid");

/// Family, settings, test share and seed; Enter trains.
#[component]
pub fn TrainForm() -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let amount = Memo::new(move |_| match query.get(AMOUNT.0).as_deref() == Some(AMOUNT.1) {
        true => Amount::Many,
        false => Amount::One,
    });
    let family = Memo::new(move |_| fields::family(query).name);
    let wrong = Memo::new(move |_| match amount.get() {
        Amount::One => fields::params(query).err(),
        Amount::Many => candidates(query).err(),
    });
    let missing = Memo::new(move |_| match lab.state.dataset() {
        None => Some(text::NO_DATA),
        Some(dataset) if dataset.target.is_none() => Some(text::NO_TARGET),
        Some(_) if lab.state.task(Task::Fit).is_running() => Some(text::IS_TRAINING),
        Some(_) if amount.get() == Amount::Many && is_at_work() => Some(text::GRID_AT_WORK),
        Some(_) => None,
    });
    let train = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(dataset) = lab.state.dataset_id.get_untracked() else { return };
        if missing.get_untracked().is_some() || focus_wrong(&event) {
            return;
        }
        let (split, rule) = untrack(|| (split(query), decision::rule(query)));
        match amount.get_untracked() {
            Amount::One => {
                let Ok(params) = untrack(|| fields::params(query)) else { return };
                // the new run will be the one in use, and shown
                query.replace(&[("run", None)]);
                lab.show(Task::Fit, async move {
                    lab.fit(dataset, params, split, rule).await.map(drop)
                });
            }
            Amount::Many => {
                let grid = untrack(|| grid(query));
                let validation = untrack(|| validation(query));
                lab.show(Task::Fit, async move {
                    let way = Way { split, validation, rule };
                    lab.run_grid(dataset, &grid, way).await.map(drop)
                });
            }
        }
    };
    let workshop = move |_| {
        let Some(dataset) = lab.state.dataset_id.get_untracked() else { return };
        lab.show(Task::Fit, async move {
            lab.run_grid(dataset, &Grid::workshop(), Way::default()).await.map(drop)
        });
    };
    let share_in_words = move || {
        let share = TEST_SHARE.value(query);
        let shown = format::NumberFormat::Percent.show(share);
        let Some(dataset) = lab.state.dataset() else { return shown };
        let test = format::count((share * f64::from(dataset.kept)).ceil() as u64);
        let all = format::count(u64::from(dataset.kept));
        format!("{shown}, {test} of {all} {}", frame::CUSTOMERS)
    };
    let of_family = move || {
        let family = fields::family(query);
        let [shown, more] = fields::fields(query, family, amount.get(), wrong);
        let any = !more.is_empty();
        view! {
            {shown}
            {any.then(|| view! {
                <details class="more">
                    <summary>{text::MORE_SETTINGS}</summary>
                    <div class="fields">{more}</div>
                </details>
            })}
        }
    };
    // another family or amount has other fields; what is typed into them changes none
    let which = Memo::new(move |_| (family.get(), amount.get()));
    let chosen_family = move |event| {
        query.set(&[(
            "model",
            Some(event_target_value(&event)).filter(|name| name != FAMILIES[0].name),
        )]);
    };
    let families = FAMILIES.map(|known| {
        let selected = move || family.get() == known.name;
        view! { <option value=known.name prop:selected=selected>{settings::family(known.name)}</option> }
    });
    let amounts = vec![text::ONE_MODEL.to_owned(), text::A_GRID.to_owned()];
    let amount_shown = Signal::derive(move || match amount.get() {
        Amount::One => text::ONE_MODEL.to_owned(),
        Amount::Many => text::A_GRID.to_owned(),
    });
    let choose_amount = move |label: String| {
        let many = (label == text::A_GRID).then(|| AMOUNT.1.to_owned());
        query.set(&[(AMOUNT.0, many)]);
    };
    let go = move || match amount.get() {
        Amount::One => text::TRAIN.to_owned(),
        Amount::Many => match candidates(query) {
            Ok(1) => text::TRY_ONE.to_owned(),
            Ok(n) => format!("{} {} {}", text::TRY, format::count(n as u64), text::SETTINGS_SMALL),
            Err(_) => text::TRY.to_owned(),
        },
    };
    // what belongs to no field is said at the button
    let whole = move || {
        let wrong = wrong.get()?;
        let of_field = |name: &str| fields::family(query).fields.iter().any(|f| f.name == name);
        let elsewhere = !wrong.field.as_deref().is_some_and(of_field);
        elsewhere.then(|| view! { <p class="wrong" role="alert">{wrong.message}</p> })
    };
    view! {
        <Card title=text::FORM>
            <form class="train-form" on:submit=train>
                <Segmented label=text::HOW_MANY options=amounts value=amount_shown on_change=choose_amount />
                <label class="field">
                    {text::MODEL}
                    <select data-testid="family" on:change=chosen_family>{families}</select>
                </label>
                <p class="sub">{move || settings::idea(family.get())}</p>
                <div class="fields">
                    {move || { which.track(); of_family() }}
                    {TEST_SHARE.row(query, view! { <span class="range">{share_in_words}</span> })}
                    {SEED.row(query, ())}
                    {decision::field(query)}
                    {move || (amount.get() == Amount::Many).then(|| view! {
                        {FOLDS.row(query, ())}
                        {REPEATS.row(query, ())}
                        {DRAWN.row(query, ())}
                    })}
                </div>
                {whole}
                <button
                    class="go"
                    disabled=move || missing.get().is_some() || wrong.get().is_some()
                    title=move || missing.get().map(str::to_owned).or_else(|| wrong.get().map(|w| w.message))
                    data-testid="train"
                >
                    {go}
                </button>
                {move || (amount.get() == Amount::Many).then(|| view! {
                    <button
                        type="button"
                        disabled=move || missing.get().is_some()
                        title=text::WORKSHOP_WHY
                        on:click=workshop
                        data-testid="workshop"
                    >
                        {text::WORKSHOP}
                    </button>
                    <p class="note">{text::GRID_NOTE}</p>
                })}
            </form>
            <TaskBar task=Task::Fit />
        </Card>
    }
}

fn is_at_work() -> bool {
    let state = use_lab().state;
    state.grid.with(|grid| grid.as_ref().is_some_and(|grid| !grid.queue.is_done()))
}

fn split(query: Query) -> Split {
    Split::Random { test_ratio: TEST_SHARE.value(query), seed: SEED.value(query) as u32 }
}

/// How the training rows are cut; `None` where no folds are asked for.
fn validation(query: Query) -> Option<Validation> {
    let n_folds = FOLDS.value(query) as u32;
    let n_repeats = REPEATS.value(query) as u32;
    (n_folds > 0).then(|| Validation { n_folds, n_repeats, ..Validation::default() })
}

/// The grid of the form, drawn from where that is asked.
fn grid(query: Query) -> Grid {
    let n = DRAWN.value(query) as u32;
    let drawn = (n > 0).then(|| Drawn { n, seed: SEED.value(query) as u32 });
    Grid { drawn, ..fields::grid(query) }
}

/// How many runs the grid makes, or what is wrong with it; tracked.
fn candidates(query: Query) -> Result<usize, Failure> {
    let candidates = grid(query).candidates()?;
    candidates.iter().try_for_each(train::check)?;
    Ok(candidates.len())
}

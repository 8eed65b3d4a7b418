//! The model as a whole: what matters over many customers, and how.

mod average;
mod dependence;
mod importance;
mod pairs;
mod shapley;
mod surrogate;

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::trust::failed;
use crate::compute::WholeQuestion;
use crate::explain::whole::{Part, Scale};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::choice::Choice;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::components::segmented::Segmented;
use crate::web::components::tabs::Tabs;
use crate::web::components::task_bar::TaskBar;
use crate::web::explaining::Explaining;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::{trust as trust_text, whole as text};

/// What is looked at: its value in the address and its name.
const TABS: [(&str, &str); 6] = [
    ("importance", text::IMPORTANCE),
    ("dependence", text::DEPENDENCE),
    ("pairs", text::PAIRS),
    ("shapley", text::SHAPLEY),
    ("average", text::AVERAGE),
    ("surrogate", text::SURROGATE),
];

/// The card.
pub fn whole(of: Explaining) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let tab = Memo::new(move |_| {
        let key = query.get("whole");
        TABS.map(|(tab, _)| tab).into_iter().find(|tab| Some(*tab) == key.as_deref())
    });
    let current = Signal::derive(move || Some(tab.get().unwrap_or("importance")));
    let tabs = TABS.map(|(key, name)| (Some(key), name)).to_vec();
    let close = move |_| query.set(&[("whole", None)]);
    let made = move || {
        let model = of.model.get()?;
        lab.state.runs.with(|runs| {
            let run = runs.iter().find(|run| run.model_id == model.id)?;
            Some(trust_text::model(run.number, &run.provenance.dataset_name))
        })
    };
    view! {
        <Card
            title=text::TITLE
            aside=move || view! { <button on:click=close>{trust_text::CLOSE}</button> }
        >
            <div class="trust" data-testid="whole">
                <Tabs label=text::WAYS param="whole" tabs current />
                {move || match tab.get() {
                    Some("dependence") => dependence::dependence(of),
                    Some("pairs") => pairs::pairs(of),
                    Some("shapley") => shapley::shapley(of),
                    Some("average") => average::average(of),
                    Some("surrogate") => surrogate::surrogate(of),
                    _ => importance::importance(of),
                }}
                <p class="note">{made} " " {text::NOT_CAUSAL}</p>
            </div>
        </Card>
    }
    .into_any()
}

/// Asks about the model on screen, again with every change, and shows what comes. Without a question
/// nothing is asked.
fn asked<T>(
    of: Explaining,
    question: impl Fn() -> Option<WholeQuestion> + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let lab = use_lab();
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let asked = of.model.get().zip(question());
        async move {
            let Some((model, question)) = asked else { return Ok(None) };
            let (answer, _) = lab.whole(model.id.clone(), question).await?;
            answer.read::<T>().map(|answer| Some(Arc::new(answer)))
        }
        .boxed_local()
    });
    on_cleanup(move || lab.cancel(Task::Whole));
    let shown = move || match answer.get() {
        None => None,
        Some(Err(failure)) => Some(failed(failure, again)),
        Some(Ok(None)) => Some(view! { <p class="empty">{text::NO_MODEL}</p> }.into_any()),
        Some(Ok(Some(answer))) => Some(show(Arc::unwrap_or_clone(answer))),
    };
    view! {
        <TaskBar task=Task::Whole />
        {shown}
    }
    .into_any()
}

/// The seed in the address, which LIME has too.
fn seed(of: Explaining) -> u32 {
    of.lime.with(|lime| lime.seed)
}

/// Which rows, as the address says.
fn part(query: Query, default: Part) -> Part {
    match query.get("part").as_deref() {
        Some("test") => Part::Test,
        Some("train") => Part::Train,
        _ => default,
    }
}

/// Test or training rows.
fn part_choice(query: Query, default: Part) -> AnyView {
    let value = Signal::derive(move || text::part(part(query, default)).to_owned());
    let choose = move |name: String| {
        let key = if name == text::TRAIN { "train" } else { "test" };
        query.set(&[("part", Some(key.to_owned()))]);
    };
    let options = vec![text::TEST.to_owned(), text::TRAIN.to_owned()];
    field(
        text::PART,
        view! { <Segmented label=text::PART options value on_change=choose /> }.into_any(),
    )
}

/// On which scale, as the address says.
fn scale(query: Query) -> Scale {
    match query.get("scale").as_deref() {
        Some("odds") => Scale::LogOdds,
        _ => Scale::Probability,
    }
}

/// Probability or log-odds.
fn scale_choice(query: Query) -> AnyView {
    let value = Signal::derive(move || text::scale(scale(query)).to_owned());
    let choose = move |name: String| {
        query.set(&[("scale", (name == text::LOG_ODDS).then(|| "odds".to_owned()))]);
    };
    let options = vec![text::PROBABILITY.to_owned(), text::LOG_ODDS.to_owned()];
    field(
        text::SCALE,
        view! { <Segmented label=text::SCALE options value on_change=choose /> }.into_any(),
    )
}

/// A whole number in the address.
fn count(
    query: Query,
    key: &'static str,
    label: &'static str,
    default: u32,
    allowed: Allowed,
) -> (Memo<u32>, AnyView) {
    let value =
        Memo::new(move |_| query.number(key, allowed.0).map_or(default, |number| number as u32));
    let shown = Signal::derive(move || f64::from(value.get()));
    let set = move |number: f64| query.replace(&[(key, Some(number.to_string()))]);
    let number = view! { <NumberBox label value=shown allowed settled=true on_change=set /> };
    (value, field(label, number.into_any()))
}

/// One of the model's features, in the address; of its names the n-th by default.
fn feature(of: Explaining, query: Query, key: &'static str, nth: usize) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let named = query.get(key);
        of.model.with(|model| {
            let features = &model.as_ref()?.space.features;
            let known = features.iter().find(|feature| Some(&feature.name) == named.as_ref());
            Some(known.or_else(|| features.get(nth))?.name.clone())
        })
    })
}

/// A select of the model's features.
fn feature_choice(
    of: Explaining,
    query: Query,
    key: &'static str,
    label: &'static str,
    chosen: Memo<Option<String>>,
) -> AnyView {
    let select = move || {
        let model = of.model.get()?;
        let options = model.space.features.iter();
        let options =
            options.map(|feature| (feature.name.clone(), readable(&feature.name))).collect();
        let choose = move |name: String| query.set(&[(key, Some(name))]);
        Some(view! { <Choice label options value=chosen.get()? on_change=choose /> })
    };
    field(label, select.into_any())
}

/// A control with its name.
fn field(label: &'static str, control: AnyView) -> AnyView {
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            {control}
        </div>
    }
    .into_any()
}

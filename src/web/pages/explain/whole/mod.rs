//! The model as a whole: what matters over many customers, and how.

mod average;
mod dependence;
mod importance;
mod pairs;
mod shapley;
mod surrogate;

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::card::{self, Frame, framed};
use crate::compute::WholeQuestion;
use crate::explain::whole::{Part, Scale};
use crate::features::{Domain, Feature};
use crate::web::app::use_lab;
use crate::web::components::choice::Choice;
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::components::segmented::Segmented;
use crate::web::explaining::Explaining;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

const FRAME: Frame = Frame {
    key: "whole",
    title: text::TITLE,
    ways: text::WAYS,
    tabs: &[
        ("importance", text::IMPORTANCE),
        ("dependence", text::DEPENDENCE),
        ("pairs", text::PAIRS),
        ("shapley", text::SHAPLEY),
        ("average", text::AVERAGE),
        ("surrogate", text::SURROGATE),
    ],
    caution: text::NOT_CAUSAL,
};

/// The card.
pub fn whole(of: Explaining) -> AnyView {
    framed(of, FRAME, |tab, of| match tab {
        "dependence" => dependence::dependence(of),
        "pairs" => pairs::pairs(of),
        "shapley" => shapley::shapley(of),
        "average" => average::average(of),
        "surrogate" => surrogate::surrogate(of),
        _ => importance::importance(of),
    })
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
    let ask = move || {
        let (model, question) = of.model.get().zip(question())?;
        Some(lab.whole(model.id.clone(), question))
    };
    card::asked(Task::Whole, ask, text::NO_MODEL, show)
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

/// One of the model's features, in the address; by default the n-th, numbers first: their curves show
/// most.
fn feature(of: Explaining, query: Query, key: &'static str, nth: usize) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let named = query.get(key);
        of.model.with(|model| {
            let features = &model.as_ref()?.space.features;
            let known = features.iter().find(|feature| Some(&feature.name) == named.as_ref());
            let is_number = |feature: &&Feature| matches!(feature.domain, Domain::Numbers { .. });
            let numbers = features.iter().filter(is_number);
            let levels = features.iter().filter(|feature| !is_number(feature));
            Some(known.or_else(|| numbers.chain(levels).nth(nth))?.name.clone())
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

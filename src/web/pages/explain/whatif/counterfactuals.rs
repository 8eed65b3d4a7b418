//! The smallest changes that bring the probability to the other side of a threshold.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::asked;
use crate::charts::format;
use crate::compute::RecordQuestion;
use crate::explain::{Counterfactual, CounterfactualParams, Counterfactuals, Outcome, Side, Way};
use crate::features::{Domain, Feature};
use crate::web::app::use_lab_query;
use crate::web::components::choice::Choice;
use crate::web::components::number_box::NumberBox;
use crate::web::explaining::Explaining;
use crate::web::query::{HOLD, Query};
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::whatif as text;

const STAYS: &str = "stays";
const UP: &str = "up";
const DOWN: &str = "down";

fn is_threshold(number: f64) -> bool {
    number > 0.0 && number < 1.0
}

fn is_most(number: f64) -> bool {
    let [min, max] = CounterfactualParams::MOST;
    number.fract() == 0.0 && (f64::from(min)..=f64::from(max)).contains(&number)
}

/// What is asked for in the address; what is missing or wrong there takes its default.
fn params(query: Query, of: Explaining) -> CounterfactualParams {
    let default = CounterfactualParams::default();
    let known = |name: &str| {
        let model = of.model.get();
        model.is_some_and(|model| model.space.position(name).is_some())
    };
    let held: BTreeMap<String, String> =
        query.with_prefix(HOLD).into_iter().filter(|(name, _)| known(name)).collect();
    let way = |how: &str| match how {
        UP => Some(Way::Up),
        DOWN => Some(Way::Down),
        _ => None,
    };
    CounterfactualParams {
        threshold: query.number("threshold", is_threshold).unwrap_or(default.threshold),
        most: query.number("most", is_most).map_or(default.most, |most| most as u32),
        side: match query.get("side").as_deref() {
            Some("above") => Side::Above,
            _ => Side::Below,
        },
        locked: held.iter().filter(|(_, how)| *how == STAYS).map(|(n, _)| n.clone()).collect(),
        ways: held.iter().filter_map(|(name, how)| Some((name.clone(), way(how)?))).collect(),
        ..default
    }
}

/// Controls and answers.
pub fn counterfactuals(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let asked_for = Memo::new(move |_| params(query, of));
    let threshold = Signal::derive(move || asked_for.with(|params| params.threshold));
    let most = Signal::derive(move || asked_for.with(|params| f64::from(params.most)));
    let set = move |key: &'static str| {
        move |number: f64| query.replace(&[(key, Some(number.to_string()))])
    };
    let side = move || {
        let above = asked_for.with(|params| params.side == Side::Above);
        let value = if above { "above" } else { "below" }.to_owned();
        let choose = move |side: String| {
            query.set(&[("side", Some(side).filter(|side| side == "above"))]);
        };
        let options = text::SIDES.map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec();
        view! { <Choice label=text::SIDE options value on_change=choose /> }
    };
    let features = move || {
        let model = of.model.get();
        let features = model.map(|model| model.space.features.clone()).unwrap_or_default();
        features.into_iter().map(|feature| held(query, feature)).collect_view()
    };
    view! {
        <div class="row ends">
            <div class="field"><span aria-hidden="true">{text::SIDE}</span> {side}</div>
            <div class="field">
                <span aria-hidden="true">{text::THRESHOLD}</span>
                <NumberBox
                    label=text::THRESHOLD
                    value=threshold
                    step=0.05
                    allowed=(is_threshold as fn(f64) -> bool, text::THRESHOLD_ALLOWED)
                    on_change=set("threshold")
                />
            </div>
            <div class="field">
                <span aria-hidden="true">{text::MOST}</span>
                <NumberBox
                    label=text::MOST
                    value=most
                    allowed=(is_most as fn(f64) -> bool, text::MOST_ALLOWED)
                    on_change=set("most")
                />
            </div>
        </div>
        <details>
            <summary>{text::MAY_CHANGE}</summary>
            <div class="row">{features}</div>
        </details>
        {asked(
            of,
            Task::WhatIf,
            move || RecordQuestion::Counterfactuals(asked_for.get()),
            move |found| shown(of, found),
        )}
    }
    .into_any()
}

/// Whether one feature may change, and which way.
fn held(query: Query, feature: Feature) -> AnyView {
    let is_number = matches!(feature.domain, Domain::Numbers { .. });
    let mut options = vec![("", text::FREE), (STAYS, text::STAYS)];
    if is_number {
        options.extend([(UP, text::UP), (DOWN, text::DOWN)]);
    }
    let options: Vec<(String, String)> =
        options.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    let key = format!("{HOLD}{}", feature.name);
    let name = readable(&feature.name);
    let label = name.clone();
    let choice = move || {
        let value = query.get(&key).unwrap_or_default();
        let key = key.clone();
        let choose = move |how: String| {
            query.set(&[(&key, Some(how).filter(|how| !how.is_empty()))]);
        };
        let (label, options) = (label.clone(), options.clone());
        view! { <Choice label options value on_change=choose /> }
    };
    view! { <div class="field"><span aria-hidden="true">{name}</span> {choice}</div> }.into_any()
}

fn shown(of: Explaining, found: Counterfactuals) -> AnyView {
    let how = match found.outcome {
        Outcome::Already => "already",
        Outcome::Found => "found",
        Outcome::None => "none",
        Outcome::Stopped => "stopped",
    };
    let before = found.probability;
    view! {
        <p
            class="says"
            role="status"
            data-testid="outcome"
            data-outcome=how
            data-combinations=found.combinations.to_string()
        >
            {text::outcome(&found)}
        </p>
        <ol class="answers" aria-label=text::ANSWERS data-testid="answers">
            {found.answers.into_iter().map(|answer| card(of, before, answer)).collect_view()}
        </ol>
        <p class="note">{text::HOW_COST}</p>
    }
    .into_any()
}

fn card(of: Explaining, before: f64, answer: Counterfactual) -> AnyView {
    let changes: Vec<String> = answer.changes.iter().map(text::change).collect();
    let effect = text::effect(before, &answer);
    let cost = format::decimal(answer.cost, 2);
    let (probability, answer_cost) = (answer.probability.to_string(), answer.cost.to_string());
    let label = format!("{} {}", text::APPLY, changes.join(", "));
    let apply = move |_| {
        let changes = answer.changes.iter();
        of.apply.run(changes.map(|change| (change.feature.clone(), change.to.clone())).collect());
    };
    view! {
        <li data-probability=probability data-cost=answer_cost>
            <ul>{changes.into_iter().map(|change| view! { <li><b>{change}</b></li> }).collect_view()}</ul>
            <span>{effect}</span>
            <span class="sub">{text::COST} " " {cost}</span>
            <button aria-label=label on:click=apply>{text::APPLY}</button>
        </li>
    }
    .into_any()
}

//! The smallest changes that bring the probability to the other side of a threshold.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::asked;
use crate::charts::format;
use crate::compute::RecordQuestion;
use crate::explain::{Counterfactual, CounterfactualParams, Counterfactuals, Outcome, Side, Way};
use crate::features::{Domain, Feature};
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::choice::Choice;
use crate::web::components::number_box::NumberBox;
use crate::web::explaining::Explaining;
use crate::web::js::number;
use crate::web::query::{COST, HOLD, Query};
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::whatif as text;

const STAYS: &str = "stays";
const UP: &str = "up";
const DOWN: &str = "down";
/// Of the key `follow`: nothing follows.
const NOT: &str = "no";

fn is_threshold(number: f64) -> bool {
    number > 0.0 && number < 1.0
}

fn is_most(number: f64) -> bool {
    let [min, max] = CounterfactualParams::MOST;
    number.fract() == 0.0 && (f64::from(min)..=f64::from(max)).contains(&number)
}

fn is_cost(number: f64) -> bool {
    number > 0.0 && number.is_finite()
}

/// The threshold that the model's run decides by, else one half; tracked.
fn own_threshold(lab: Lab, of: Explaining) -> f64 {
    let model = of.model.get();
    let of_run = model.and_then(|model| {
        lab.state.runs.with(|runs| runs.iter().find(|run| run.model_id == model.id)?.threshold())
    });
    of_run.filter(|threshold| is_threshold(*threshold)).unwrap_or(0.5)
}

/// What is asked for in the address; what is missing or wrong there takes its default.
fn params(query: Query, own_threshold: f64, of: Explaining) -> CounterfactualParams {
    let default = CounterfactualParams::default();
    let of_features = |prefix: &str| {
        let known = |name: &str| {
            let model = of.model.get();
            model.is_some_and(|model| model.space.position(name).is_some())
        };
        let all = query.with_prefix(prefix).into_iter();
        all.filter(|(name, _)| known(name)).collect::<Vec<(String, String)>>()
    };
    let held = of_features(HOLD);
    let way = |how: &str| match how {
        UP => Some(Way::Up),
        DOWN => Some(Way::Down),
        _ => None,
    };
    let mut ways = BTreeMap::new();
    ways.extend(held.iter().filter_map(|(name, how)| Some((name.clone(), way(how)?))));
    let mut weights = BTreeMap::new();
    weights.extend(
        of_features(COST)
            .into_iter()
            .filter_map(|(name, cost)| Some((name, number(&cost).filter(|&cost| is_cost(cost))?))),
    );
    CounterfactualParams {
        threshold: query.number("threshold", is_threshold).unwrap_or(own_threshold),
        most: query.number("most", is_most).map_or(default.most, |most| most as u32),
        side: match query.get("side").as_deref() {
            Some("above") => Side::Above,
            _ => Side::Below,
        },
        locked: held.iter().filter(|(_, how)| *how == STAYS).map(|(n, _)| n.clone()).collect(),
        ways,
        weights,
        follow: query.get("follow").as_deref() != Some(NOT),
        ..default
    }
}

/// Controls and answers.
pub fn counterfactuals(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let lab = use_lab();
    let own = Memo::new(move |_| own_threshold(lab, of));
    let asked_for = Memo::new(move |_| params(query, own.get(), of));
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
    let follow = move || {
        let value = if asked_for.with(|params| params.follow) { "" } else { NOT }.to_owned();
        let choose = move |follow: String| {
            query.set(&[("follow", Some(follow).filter(|follow| follow == NOT))]);
        };
        let options =
            text::FOLLOW_HOW.map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec();
        view! { <Choice label=text::FOLLOW options value on_change=choose /> }
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
            <div class="field"><span aria-hidden="true">{text::FOLLOW}</span> {follow}</div>
        </div>
        <details>
            <summary>{text::MAY_CHANGE}</summary>
            <div class="held">{features}</div>
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

/// Whether one feature may change, which way, and how much it counts.
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
    let key = format!("{COST}{}", feature.name);
    let read = key.clone();
    let cost = Signal::derive(move || query.number(&read, is_cost).unwrap_or(1.0));
    let weigh = move |cost: f64| {
        query.replace(&[(&key, Some(cost.to_string()).filter(|_| cost != 1.0))]);
    };
    let label = text::cost_of(&name);
    view! {
        <div class="field">
            <span aria-hidden="true">{name}</span>
            <div class="row">
                {choice}
                <span aria-hidden="true">{text::TIMES}</span>
                <NumberBox
                    label
                    value=cost
                    step=0.5
                    allowed=(is_cost as fn(f64) -> bool, text::COST_ALLOWED)
                    on_change=weigh
                />
            </div>
        </div>
    }
    .into_any()
}

fn shown(of: Explaining, found: Counterfactuals) -> AnyView {
    let how = match found.outcome {
        Outcome::Already => "already",
        Outcome::Found => "found",
        Outcome::None => "none",
        Outcome::Stopped => "stopped",
    };
    let (before, threshold) = (found.probability, found.threshold);
    let follows = text::follow(&found);
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
            {found.answers.into_iter().map(|answer| card(of, before, threshold, answer)).collect_view()}
        </ol>
        <p class="note">{text::HOW_COST} " " {follows}</p>
    }
    .into_any()
}

fn card(of: Explaining, before: f64, threshold: f64, answer: Counterfactual) -> AnyView {
    let changes: Vec<String> = answer.changes.iter().map(text::change).collect();
    let follows = text::followed(&answer.follows);
    let follows = follows.map(|said| view! { <li class="sub" data-testid="follows">{said}</li> });
    let effect = text::effect(before, &answer, threshold);
    let cost = format::decimal(answer.cost, 2);
    let (probability, answer_cost) = (answer.probability.to_string(), answer.cost.to_string());
    let label = format!("{} {}", text::APPLY, changes.join(", "));
    let apply = move |_| {
        let changes = answer.changes.iter().chain(&answer.follows);
        of.apply.run(changes.map(|change| (change.feature.clone(), change.to.clone())).collect());
    };
    view! {
        <li data-probability=probability data-cost=answer_cost>
            <ul>{changes.into_iter().map(|change| view! { <li><b>{change}</b></li> }).collect_view()} {follows}</ul>
            <span>{effect}</span>
            <span class="sub">{text::COST} " " {cost}</span>
            <button aria-label=label on:click=apply>{text::APPLY}</button>
        </li>
    }
    .into_any()
}

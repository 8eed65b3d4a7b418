//! Two versions of a customer side by side.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use crate::charts::format;
use crate::data::Record;
use crate::explain::{CustomerScenarios, Explanation, Version, Versus, VersusRow, Weighed};
use crate::features::Domain;
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::weight_bar::{WeightBar, side_class};
use crate::web::explaining::Explaining;
use crate::web::model::HeldModel;
use crate::web::text::names::readable;
use crate::web::text::{explain, frame, trust, versions as text};

/// The version on the left, in the address.
pub(super) const FIRST: &str = "first";
/// The version on the right, in the address.
pub(super) const SECOND: &str = "second";
/// The customer as in the data, in the address.
const IN_DATA: &str = "data";
/// The customer as changed, in the address.
const EDITED: &str = "edited";

/// A version that was chosen.
#[derive(Clone, PartialEq)]
struct Side {
    name: String,
    record: Record,
    /// Of a scenario that was kept with another model: what that gave it, and its run.
    kept_with: Option<(f64, u32)>,
}

/// Both versions with their explanations, by one model.
#[derive(Clone, PartialEq)]
struct Both {
    model: Arc<HeldModel>,
    sides: [Side; 2],
    explanations: [Explanation; 2],
}

/// What to compare, and what differs.
pub fn compare(of: Explaining) -> AnyView {
    let lab = use_lab();
    let query = use_lab_query();
    Effect::new(move |_| {
        if lab.state.scenarios.with(Option::is_none) {
            lab.background(lab.read_scenarios());
        }
    });
    let key = |param: &'static str, usual: &'static str| {
        Memo::new(move |_| query.get(param).unwrap_or_else(|| usual.to_owned()))
    };
    let keys = [key(FIRST, IN_DATA), key(SECOND, EDITED)];
    let sides = Memo::new(move |_| {
        let [first, second] = keys.map(|key| side(lab, of, &key.get()));
        Some([first?, second?])
    });
    let answer = follow_in_turn(move || {
        let asked = of.model.get().zip(sides.get());
        let lime = of.lime.get();
        async move {
            let Some((model, sides)) = asked else { return Ok(None) };
            let ask = |side: &Side| {
                lab.explain(model.id.clone(), side.record.clone(), lime.clone(), None)
            };
            let (first, _) = ask(&sides[0]).await?;
            let (second, _) = ask(&sides[1]).await?;
            Ok(Some(Both { model, sides, explanations: [first, second] }))
        }
        .boxed_local()
    });
    // it names one that is not here, now that it is known which are
    let is_gone = Memo::new(move |_| {
        lab.state.scenarios.with(Option::is_some) && sides.with(Option::is_none)
    });
    let shown = move || {
        if of.record.with(Option::is_none) {
            return view! { <p class="empty">{trust::NO_CUSTOMER}</p> }.into_any();
        }
        if is_gone.get() {
            return view! { <p class="empty">{text::GONE}</p> }.into_any();
        }
        match answer.get() {
            None | Some(Ok(None)) => {
                view! { <p class="empty" role="status">{frame::WORKING}</p> }.into_any()
            }
            Some(Err(failure)) => view! { <FailureBox failure /> }.into_any(),
            Some(Ok(Some(both))) => both_shown(of, &both),
        }
    };
    view! {
        <div class="row ends">
            {choice(text::FIRST, FIRST, keys[0])}
            {choice(text::SECOND, SECOND, keys[1])}
        </div>
        {shown}
    }
    .into_any()
}

/// The version of that key; `None` where it is not here; tracked.
fn side(lab: Lab, of: Explaining, key: &str) -> Option<Side> {
    let plain = |name: &str, record| Side { name: name.to_owned(), record, kept_with: None };
    match key {
        IN_DATA => Some(plain(text::IN_DATA, of.customer.get()?.record)),
        EDITED => Some(plain(text::EDITED, of.record.get()?)),
        id => lab.state.scenarios.with(|all| {
            let scenario = all.as_ref()?.find(id)?;
            let model = of.model.get()?;
            let is_own = lab.state.dataset_id.get().as_ref() == Some(&scenario.dataset_id);
            let then = (scenario.probability, scenario.run_number);
            is_own.then(|| Side {
                name: scenario.name.clone(),
                record: scenario.record(),
                kept_with: Some(then).filter(|_| scenario.model_id != model.id),
            })
        }),
    }
}

fn choice(label: &'static str, param: &'static str, key: Memo<String>) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let options = Memo::new(move |_| {
        let dataset = lab.state.dataset_id.get();
        let named = |key: &str, name: &str| (key.to_owned(), name.to_owned());
        let mut options = vec![named(IN_DATA, text::IN_DATA), named(EDITED, text::EDITED)];
        lab.state.scenarios.with(|all| {
            let all = all.as_ref().map(CustomerScenarios::all).unwrap_or_default().iter();
            let own = all.filter(|kept| Some(&kept.dataset_id) == dataset.as_ref());
            options.extend(own.map(|kept| named(&kept.id, &kept.name)));
        });
        // what the address names and nobody has is still what is chosen
        let chosen = key.get();
        if options.iter().all(|(key, _)| *key != chosen) {
            options.push((chosen.clone(), chosen));
        }
        options
    });
    let option = move |(value, name): (String, String)| {
        let this = value.clone();
        let selected = Memo::new(move |_| key.get() == this);
        view! { <option value=value prop:selected=selected>{name}</option> }
    };
    let choose = move |event| query.set(&[(param, Some(event_target_value(&event)))]);
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            <select aria-label=label data-testid=param on:change=choose>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

fn both_shown(of: Explaining, both: &Both) -> AnyView {
    let Both { model, sides, explanations } = both;
    let [first, second] = sides;
    let [of_first, of_second] = explanations;
    let versus = Versus::of(
        &model.space,
        Version { record: &first.record, explanation: of_first },
        Version { record: &second.record, explanation: of_second },
    );
    let names = sides.each_ref().map(|side| side.name.clone());
    let said = of
        .classes
        .with(|classes| Some(text::sentence(classes.as_ref()?, &model.space, &names, &versus)));
    let kept = sides.iter().filter_map(|side| {
        let (probability, run) = side.kept_with?;
        Some(view! { <p class="sub">{text::kept_with(&side.name, probability, run)}</p> })
    });
    let kept = kept.collect::<Vec<_>>();
    let scale = (versus.largest * 1.1).max(0.01);
    let values = names.iter().map(|name| view! { <th scope="col">{name.clone()}</th> });
    let values = values.collect::<Vec<_>>();
    let weights = names.iter().map(|name| view! { <th scope="col">{text::weight_of(name)}</th> });
    let weights = weights.collect::<Vec<_>>();
    let [before, after] = versus.probabilities.map(|probability| probability.to_string());
    let rows = versus.rows.iter().map(|row| row_shown(model, row, &names, scale));
    let rows = rows.collect::<Vec<_>>();
    view! {
        <p class="says" data-testid="versus" data-first=before data-second=after>{said}</p>
        {kept}
        <div class="scroll" tabindex="0" role="region" aria-label=text::TABLE>
            <table class="tight stacked versus">
                <thead>
                    <tr>
                        <th scope="col">{explain::FEATURE}</th>
                        {values}
                        {weights}
                        <th scope="col" class="right">{text::DIFFERENCE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="note">{text::HOW_COMPARE}</p>
    }
    .into_any()
}

fn row_shown(model: &HeldModel, row: &VersusRow, names: &[String; 2], scale: f64) -> AnyView {
    let VersusRow { feature, values, differs, weights, difference } = row;
    let told = names.iter().zip(values).map(|(name, value)| {
        let told = value
            .as_ref()
            .map_or(format::MISSING.to_owned(), |value| text::value(&model.space, feature, value));
        view! { <td data-label=name.clone()>{told}</td> }
    });
    let told = told.collect::<Vec<_>>();
    // of a level the condition says what the value says already
    let is_number = model
        .space
        .features
        .iter()
        .any(|f| f.name == *feature && matches!(f.domain, Domain::Numbers { .. }));
    let weighed = names.iter().zip(weights).map(|(name, weighed)| {
        let shown = weighed_shown(weighed.as_ref(), is_number, scale);
        view! { <td data-label=text::weight_of(name)>{shown}</td> }
    });
    let weighed = weighed.collect::<Vec<_>>();
    let differs = *differs;
    let changed = differs.then(|| view! { <span class="hidden">" " {text::DIFFERS}</span> });
    let raw = difference.map(|difference| difference.to_string());
    let difference = difference.map_or(format::MISSING.to_owned(), format::weight);
    view! {
        <tr data-feature=feature.clone() class:differs=differs>
            <th scope="row">{readable(feature)} {changed}</th>
            {told}
            {weighed}
            <td class="right" data-label=text::DIFFERENCE data-difference=raw>{difference}</td>
        </tr>
    }
    .into_any()
}

fn weighed_shown(weighed: Option<&Weighed>, is_number: bool, scale: f64) -> AnyView {
    let Some(Weighed { condition, weight }) = weighed.cloned() else {
        return view! { <span class="condition">{explain::NOT_CHOSEN}</span> }.into_any();
    };
    view! {
        <div class="weighed">
            <WeightBar weight before=None scale />
            <b class=side_class(weight) data-weight=weight.to_string()>{format::weight(weight)}</b>
        </div>
        {is_number.then(|| view! { <span class="condition">{condition}</span> })}
    }
    .into_any()
}

//! Every feature: its value to change, its weight as a bar and a number.

use std::sync::Arc;

use leptos::prelude::*;

use super::SHOWN;
use super::edits::Edits;
use crate::charts::format;
use crate::data::{Record, Value};
use crate::explain::{Contribution, Explanation};
use crate::features::{Domain, Feature, FeatureSpace};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::date_box::DateBox;
use crate::web::components::number_box::NumberBox;
use crate::web::components::segmented::Segmented;
use crate::web::components::weight_bar::{WeightBar, side_class};
use crate::web::text::explain as text;
use crate::web::text::names::readable;

/// The table. Rows keep the order of the unedited explanation, so that nothing jumps under the hand.
#[component]
pub fn Weights(
    /// The features.
    space: Arc<FeatureSpace>,
    /// The customer as stored.
    record: Record,
    /// Of the customer as stored.
    before: Explanation,
    /// Of the customer as edited.
    #[prop(into)]
    after: Signal<Option<Explanation>>,
    /// The edits.
    edits: Edits,
    /// How many features are shown; changed ones always are.
    most: Memo<Option<usize>>,
) -> impl IntoView {
    let query = use_lab_query();
    let order = |feature: &Feature| {
        let rank = before.contributions.iter().position(|c| c.feature == feature.name);
        rank.map_or(f64::INFINITY, |rank| rank as f64)
    };
    let features = sorted_by(space.features.clone(), order);
    let before = Arc::new(before);
    let scale = Memo::new({
        let before = Arc::clone(&before);
        move |_| {
            let largest = |explanation: &Explanation| {
                explanation.contributions.iter().map(|c| c.weight.abs()).fold(0.0, f64::max)
            };
            let now = after.with(|after| after.as_ref().map_or(0.0, largest));
            (largest(&before).max(now) * 1.1).max(0.01)
        }
    });
    let names: Arc<[String]> = features.iter().map(|feature| feature.name.clone()).collect();
    let folded = Memo::new(move |_| {
        let from = most.get().unwrap_or(usize::MAX).min(names.len());
        let changed = |name: &String| {
            edits.values.with(|values| values.iter().any(|(edited, _)| edited == name))
        };
        let rest = names.get(from..).unwrap_or_default();
        rest.iter().filter(|name| !changed(name)).cloned().collect::<Vec<_>>()
    });
    let rest = move || {
        let folded = folded.get();
        let weight = after.with(|after| {
            let of = |c: &&Contribution| folded.contains(&c.feature);
            let all = after.as_ref().map(|after| after.contributions.as_slice());
            all.unwrap_or_default().iter().filter(of).map(|c| c.weight).sum::<f64>()
        });
        (!folded.is_empty()).then(|| {
            view! {
                <tr data-testid="folded">
                    <th scope="row">{text::others(folded.len())}</th>
                    <td><button on:click=move |_| query.set(&[(SHOWN, None)])>{text::SHOW_ALL}</button></td>
                    // a sum would go beyond the scale of single weights
                    <td></td>
                    <td class="weight"><b class=side_class(weight) data-weight=weight.to_string()>{format::weight(weight)}</b></td>
                </tr>
            }
        })
    };
    let rows = features.into_iter().filter_map(|feature| {
        let original = record.get(&feature.name)?.clone();
        let was = before.contributions.iter().find(|c| c.feature == feature.name).cloned();
        let name = feature.name.clone();
        let hidden = Signal::derive(move || folded.with(|folded| folded.contains(&name)));
        Some(view! { <WeightRow feature original was after scale edits hidden /> })
    });
    view! {
        <table class="weights">
            {head()}
            <tbody>{rows.collect_view()} {rest}</tbody>
        </table>
    }
}

/// What stands above the weights.
pub fn head() -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{text::FEATURE}</th>
                <th scope="col">{text::VALUE}</th>
                <th scope="col">{text::BAR}</th>
                <th scope="col" class="right">{text::WEIGHT}</th>
            </tr>
        </thead>
    }
    .into_any()
}

#[component]
fn WeightRow(
    feature: Feature,
    original: Value,
    was: Option<Contribution>,
    after: Signal<Option<Explanation>>,
    scale: Memo<f64>,
    edits: Edits,
    /// Folded away.
    hidden: Signal<bool>,
) -> impl IntoView {
    let name = feature.name.clone();
    let now = Memo::new(move |_| {
        after.with(|after| {
            let contributions = after.as_ref().map(|after| after.contributions.as_slice());
            contributions.unwrap_or_default().iter().find(|c| c.feature == name).cloned()
        })
    });
    let name = feature.name.clone();
    let value = Memo::new({
        let original = original.clone();
        move |_| {
            edits.values.with(|values| {
                let edited = values.iter().find(|(edited, _)| *edited == name);
                edited.map_or_else(|| original.clone(), |(_, value)| value.clone())
            })
        }
    });
    let changed = Memo::new({
        let original = original.clone();
        move |_| value.with(|value| *value != original)
    });
    let (name, label) = (feature.name.clone(), readable(&feature.name));
    // of a level the condition says what the row shows already
    let is_number = matches!(feature.domain, Domain::Numbers { .. });
    let was_weight = was.map(|was| was.weight);
    view! {
        <tr data-feature=name class:changed=changed hidden=hidden>
            <th scope="row">
                {label}
                {move || changed.get().then(|| view! { <span class="hidden">{text::CHANGED}</span> })}
            </th>
            <td class="value"><Control feature=feature original value edits /></td>
            <td class="bar">
                {move || now.get().map(|contribution| view! {
                    <WeightBar
                        weight=contribution.weight
                        before=was_weight.filter(|_| edits.values.with(|values| !values.is_empty()))
                        scale=scale.get()
                    />
                    {is_number.then_some(view! { <span class="condition">{contribution.condition}</span> })}
                })}
            </td>
            <td class="weight">
                {move || now.get().map(|Contribution { weight, .. }| {
                    view! { <b class=side_class(weight) data-weight=weight.to_string()>{format::weight(weight)}</b> }
                })}
            </td>
        </tr>
    }
}

/// Chips or a select for a level, a box for a number.
#[component]
fn Control(feature: Feature, original: Value, value: Memo<Value>, edits: Edits) -> impl IntoView {
    let label = readable(&feature.name);
    let name = feature.name;
    match feature.domain {
        Domain::Levels(levels) => {
            let shown = Signal::derive(move || value.get().to_string());
            let choose = move |level: String| edits.set(&name, Value::Text(level), &original);
            view! { <Segmented label options=levels value=shown on_change=choose /> }.into_any()
        }
        Domain::Numbers { min, max, whole, are_dates, .. } => {
            let number = Signal::derive(move || match value.get() {
                Value::Number(number) => number,
                Value::Text(_) => f64::NAN,
            });
            let step = if whole { 1.0 } else { 0.05 };
            let choose = move |number: f64| edits.set(&name, Value::Number(number), &original);
            let [min, max] = [min, max].map(|end| match are_dates {
                true => format::date(end.floor()),
                false => format::plain(end),
            });
            let field = match are_dates {
                true => view! { <DateBox label value=number on_change=choose /> }.into_any(),
                false => {
                    view! { <NumberBox label value=number step on_change=choose /> }.into_any()
                }
            };
            view! {
                {field}
                <span class="range">{format!("{min} to {max}")}</span>
            }
            .into_any()
        }
    }
}

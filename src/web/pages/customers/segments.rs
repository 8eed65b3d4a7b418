//! Customers by group.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Customers, address};
use crate::charts::format;
use crate::compute::Failure;
use crate::customers::{Segment, Segmentation};
use crate::data::{ColumnKind, Role};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::choice::Choice;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow;
use crate::web::pages::train::judge::address as offer;
use crate::web::text::customers as text;

/// Reasons that are told of a segment.
const REASONS: usize = 3;

/// The groups by the columns that the address names.
pub fn segments(page: Customers) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let names: Vec<String> = page.dataset.with_value(|dataset| {
        let columns = dataset.columns.iter().filter(|column| column.role == Role::Feature);
        columns
            .filter(|column| matches!(column.kind, ColumnKind::Categorical | ColumnKind::Numeric))
            .map(|column| column.name.clone())
            .collect()
    });
    let names = StoredValue::new(names);
    let chosen = Memo::new(move |_| {
        names.with_value(|names| {
            let known = |key: &str| query.get(key).filter(|name| names.contains(name));
            let [first, second] = address::BY;
            let default = || {
                let levels = names.iter().find(|name| *name == "Contract");
                levels.or_else(|| names.first()).cloned()
            };
            let first = known(first).or_else(default);
            let second = known(second).filter(|second| Some(second) != first.as_ref());
            first.into_iter().chain(second).collect::<Vec<String>>()
        })
    });
    let answer = follow(move || {
        let (columns, of) = (chosen.get(), page.portfolio.get_untracked());
        async move { lab.customer_segments(of, columns).await.map(Arc::new) }
    });
    let choice = move |at: usize, label: &'static str| {
        move || {
            let none = (at == 1).then(|| (String::new(), text::NO_SECOND.to_owned()));
            let all = names.get_value().into_iter().map(|name| (name.clone(), name));
            let options: Vec<(String, String)> = none.into_iter().chain(all).collect();
            let value = chosen.with(|chosen| chosen.get(at).cloned()).unwrap_or_default();
            let set = move |name: String| {
                if let Some(key) = address::BY.get(at) {
                    query.set(&[(*key, Some(name).filter(|name| !name.is_empty()))]);
                }
            };
            view! { <Choice label options value on_change=set /> }
        }
    };
    let shown = move || match answer.get() {
        None => ().into_any(),
        Some(Ok(segmentation)) => listed(page, &segmentation),
        Some(Err(failure)) => failed(failure),
    };
    view! {
        <Card title=text::SEGMENTS>
            <div class="row ends">
                <div class="field"><span aria-hidden="true">{text::FIRST}</span>{choice(0, text::FIRST)}</div>
                <div class="field"><span aria-hidden="true">{text::SECOND}</span>{choice(1, text::SECOND)}</div>
            </div>
            {shown}
            <p class="note">{text::QUARTILES}</p>
        </Card>
    }
    .into_any()
}

fn failed(failure: Failure) -> AnyView {
    view! { <FailureBox failure /> }.into_any()
}

fn listed(page: Customers, segmentation: &Segmentation) -> AnyView {
    let state = use_lab().state;
    let Some(scores) = page.scores.get() else { return ().into_any() };
    let Ok(offer) = offer::offer(page.query).check() else { return ().into_any() };
    let (probabilities, labels) = &*scores;
    let decided = (page.threshold.get(), offer);
    let segments = state.explained.with(|known| {
        let known = known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)));
        let reasons = known.map(|known| &known.reasons);
        segmentation.segments(probabilities, labels.as_deref(), decided, reasons)
    });
    let features: Vec<String> = page.model.with_value(|model| {
        model.space.features.iter().map(|feature| feature.name.clone()).collect()
    });
    let rows = segmentation.names.iter().zip(&segmentation.filters).zip(&segments);
    let rows: Vec<AnyView> =
        rows.map(|((name, filter), segment)| row(page, name, filter, segment, &features)).collect();
    let share = page.classes.with_value(|classes| classes.segment_share());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=text::SEGMENTS>
            <table class="sheet segments-table" data-testid="segments">
                <thead>
                    <tr>
                        <th scope="col">{text::SEGMENT}</th>
                        <th scope="col" class="right">{text::N}</th>
                        <th scope="col" class="right">{share}</th>
                        <th scope="col" class="right">{text::MEAN}</th>
                        <th scope="col" class="right">{text::TO_CONTACT}</th>
                        <th scope="col" class="right">{text::PROFIT}</th>
                        <th scope="col">{text::REASONS}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(
    page: Customers,
    name: &str,
    filter: &str,
    segment: &Segment,
    features: &[String],
) -> AnyView {
    let count = |rows: u32| format::count(u64::from(rows));
    let few = format::few(u64::from(segment.n));
    let rate = segment.rate.map(|rate| {
        let percent = |share: f64| format::percent(share, 1);
        let interval = format!("{} – {}", percent(rate.low), percent(rate.high));
        view! { <b>{percent(rate.rate)}</b> " " <span class="sub">{interval}</span> }
    });
    let href = page.query.with(&[("tab", None), (address::WHERE, Some(filter.to_owned()))]);
    let mean = format::score(segment.probability);
    view! {
        <tr data-n=segment.n.to_string()>
            <th scope="row"><a href=href>{name.to_owned()}</a></th>
            <td class="right">{count(segment.n)} {few.map(|few| view! { " " <span class="sub">{few}</span> })}</td>
            <td class="right">{rate}</td>
            <td class="right">{mean}</td>
            <td class="right">{count(segment.contacted)}</td>
            <td class="right">{format::decimal(segment.expected_profit, 0)}</td>
            <td>{reasons(segment, features)}</td>
        </tr>
    }
    .into_any()
}

/// "Contract +0.183, tenure −0.090; of 12 explained".
fn reasons(segment: &Segment, features: &[String]) -> String {
    if segment.explained == 0 {
        return text::NOT_EXPLAINED.to_owned();
    }
    let mut means: Vec<(&String, f64)> =
        features.iter().zip(segment.mean_weights.iter().copied()).collect();
    means.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let told: Vec<String> = means
        .iter()
        .take(REASONS)
        .map(|(name, weight)| format!("{name} {}", format::weight(*weight)))
        .collect();
    let explained = format::count(u64::from(segment.explained));
    format!(
        "{}; {explained} {} {} {}",
        told.join(", "),
        text::OF,
        format::count(u64::from(segment.n)),
        text::EXPLAINED
    )
}

//! Customers by group.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::{Customers, address};
use crate::charts::format;
use crate::customers::{Clustering, Segment, Segmentation};
use crate::data::{ColumnKind, Role};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::choice::Choice;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::{follow, follow_in_turn};
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::components::segmented::Segmented;
use crate::web::components::task_bar::TaskBar;
use crate::web::pages::explain::card::failed;
use crate::web::pages::train::judge::address as offer;
use crate::web::state::Task;
use crate::web::text::customers as text;
use crate::web::text::names::readable;

/// Groups by reasons that are made at first.
const USUAL_GROUPS: u32 = 4;

/// Reasons that are told of a segment.
const REASONS: usize = 3;

/// The customers by group: by columns, or by reasons where the address says in how many groups.
pub fn segments(page: Customers) -> AnyView {
    let query = page.query;
    let by_reasons = Memo::new(move |_| address::groups(query).is_some());
    let value = Signal::derive(move || match by_reasons.get() {
        true => text::BY_REASONS.to_owned(),
        false => text::BY_COLUMNS.to_owned(),
    });
    let choose = move |way: String| {
        let groups = (way == text::BY_REASONS).then(|| USUAL_GROUPS.to_string());
        query.set(&[(address::GROUPS, groups), (address::GROUP, None)]);
    };
    let options = [text::BY_COLUMNS, text::BY_REASONS].map(str::to_owned).to_vec();
    view! {
        <Card title=text::SEGMENTS>
            <div class="field">
                <span aria-hidden="true">{text::BY}</span>
                <Segmented label=text::BY options value on_change=choose />
            </div>
            {move || if by_reasons.get() { clusters(page) } else { by_columns(page) }}
        </Card>
    }
    .into_any()
}

/// The groups by reasons.
fn clusters(page: Customers) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let groups = Memo::new(move |_| address::groups(query).unwrap_or(USUAL_GROUPS));
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let (groups, of) = (groups.get(), page.portfolio.get());
        async move { lab.customer_clusters(of, groups).await }.boxed_local()
    });
    let number = Signal::derive(move || f64::from(groups.get()));
    let keep = move |groups: f64| {
        query.set(&[(address::GROUPS, Some(groups.to_string())), (address::GROUP, None)]);
    };
    let allowed: Allowed = (address::is_groups, text::GROUPS_ALLOWED);
    let shown = move || match answer.get() {
        None => ().into_any(),
        Some(Ok(clustering)) => grouped(page, &clustering, groups.get_untracked()),
        Some(Err(failure)) => failed(failure, again),
    };
    view! {
        <div class="row ends segments-ways">
            <div class="field">
                <span aria-hidden="true">{text::GROUPS}</span>
                <NumberBox label=text::GROUPS value=number allowed settled=true on_change=keep />
            </div>
        </div>
        <TaskBar task=Task::Customers />
        {shown}
        <p class="note">{text::CLUSTERS_HOW}</p>
    }
    .into_any()
}

fn grouped(page: Customers, clustering: &Clustering, groups: u32) -> AnyView {
    let n_groups = clustering.mean_weights.len();
    let segmentation = Segmentation {
        names: (0..n_groups).map(text::group).collect(),
        filters: Vec::new(),
        of_row: clustering.of_row.clone(),
    };
    let between = text::between(&format::percent(clustering.between, 0));
    view! {
        <p data-testid="clusters-say" data-between=clustering.between.to_string()>{between}</p>
        {listed(page, &segmentation, Some((groups, &clustering.mean_weights)))}
    }
    .into_any()
}

/// The groups by the columns that the address names.
fn by_columns(page: Customers) -> AnyView {
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
        Some(Ok(segmentation)) => listed(page, &segmentation, None),
        Some(Err(failure)) => view! { <FailureBox failure /> }.into_any(),
    };
    view! {
        <div class="row ends segments-ways">
                <div class="field"><span aria-hidden="true">{text::FIRST}</span>{choice(0, text::FIRST)}</div>
                <div class="field"><span aria-hidden="true">{text::SECOND}</span>{choice(1, text::SECOND)}</div>
            </div>
            {shown}
            <p class="note">{text::QUARTILES}</p>
    }
    .into_any()
}

/// `by_reasons`: how many groups were asked for, and the mean weights of each, where the groups are by
/// reasons and not by filters.
fn listed(
    page: Customers,
    segmentation: &Segmentation,
    by_reasons: Option<(u32, &[Vec<f64>])>,
) -> AnyView {
    let state = use_lab().state;
    let Some(scores) = page.scores.get() else { return ().into_any() };
    let Ok(offer) = offer::offer(page.query).check() else { return ().into_any() };
    let (probabilities, labels) = &*scores;
    let decided = (page.threshold.get(), offer);
    let mut segments = state.explained.with(|known| {
        let known = known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)));
        let reasons = known.map(|known| &known.reasons);
        segmentation.segments(probabilities, labels.as_deref(), decided, reasons)
    });
    let means = by_reasons.map(|(_, means)| means).unwrap_or_default();
    for (segment, means) in segments.iter_mut().zip(means) {
        segment.explained = segment.n;
        segment.mean_weights.clone_from(means);
    }
    let features: Vec<String> = page.model.with_value(|model| {
        model.space.features.iter().map(|feature| feature.name.clone()).collect()
    });
    // a column of one value makes one segment, whose filter is empty
    let filter = |at: usize| {
        let filter = segmentation.filters.get(at).cloned();
        filter.filter(|filter| !filter.is_empty())
    };
    let rows = segmentation.names.iter().zip(&segments).enumerate();
    let rows = rows.map(|(at, (name, segment))| {
        // the table shows these customers and no others
        let which = match by_reasons {
            Some((groups, _)) => [
                (address::WHERE, None),
                (address::GROUPS, Some(groups.to_string())),
                (address::GROUP, Some((at + 1).to_string())),
            ],
            None => [(address::WHERE, filter(at)), (address::GROUPS, None), (address::GROUP, None)],
        };
        let all = [("tab", None), (address::FIND, None), (address::RANDOM, None)];
        let href = page.query.with(&[which, all].concat());
        row(name, href, segment, &features)
    });
    let rows = rows.collect::<Vec<_>>();
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

fn row(name: &str, href: String, segment: &Segment, features: &[String]) -> AnyView {
    let count = |rows: u32| format::count(u64::from(rows));
    let few = format::few(u64::from(segment.n));
    let rate = segment.rate.map(|rate| {
        let percent = |share: f64| format::percent(share, 1);
        let interval = format!("{} – {}", percent(rate.low), percent(rate.high));
        view! { <b>{percent(rate.rate)}</b> " " <span class="sub">{interval}</span> }
    });
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
        .map(|(name, weight)| format!("{} {}", readable(name), format::weight(*weight)))
        .collect();
    if segment.explained == segment.n {
        return told.join(", ");
    }
    let explained = format::count(u64::from(segment.explained));
    format!(
        "{}; {explained} {} {} {}",
        told.join(", "),
        text::OF,
        format::count(u64::from(segment.n)),
        text::EXPLAINED
    )
}

//! The data set in use: how it was read, its columns, what was left out, its rows.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::columns::columns;
use super::reading::{Steps, TargetChoice, file_format, warnings};
use super::sheet::{cell, sheet};
use super::values::Values;
use crate::charts::format;
use crate::compute::Failure;
use crate::data::{DatasetSummary, Profile};
use crate::exploration::{Figures, Question, Selection, Sort};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::loading::{Later, Loading, follow};
use crate::web::components::virtual_table::{Head, TableRow, VirtualTable, next_sort};
use crate::web::text::data as text;

/// The data set in use.
#[component]
pub fn Contents(
    /// The data set.
    dataset: Arc<DatasetSummary>,
) -> impl IntoView {
    let lab = use_lab();
    let id = dataset.id.clone();
    let profile = follow(move || {
        let id = id.clone();
        async move { lab.profile(id).await }
    });
    let of_this = dataset.id.clone();
    let reread = Memo::new(move |_| {
        lab.state.rereads.with(|all| all.iter().find(|r| r.dataset_id == of_this).cloned())
    });
    let would = follow(move || {
        let reread = reread.get();
        async move {
            match reread {
                None => Ok(None),
                Some(reread) => {
                    let (id, schema) = (reread.dataset_id.clone(), reread.schema.clone());
                    Ok::<_, Failure>(Some(lab.describe_reread(id, schema).await))
                }
            }
        }
    });
    // the first answer, that there is nothing to tell, draws nothing anew
    let would = Memo::new(move |_| would.get().and_then(Result::ok).flatten());
    let shown = Arc::clone(&dataset);
    let open = RwSignal::new(None::<usize>);
    let values = {
        let dataset = Arc::clone(&dataset);
        move || {
            let position = open.get()?;
            let stored = || dataset.reading.as_ref().map(|reading| reading.schema.clone());
            let reread = reread.get_untracked().map(|reread| reread.schema.clone());
            let plan = reread.or_else(stored)?.columns.get(position)?.clone();
            let close = Callback::new(move |()| open.set(None));
            Some(view! { <Values dataset=Arc::clone(&dataset) position plan close /> })
        }
    };
    view! {
        {banner(&dataset)}
        <Loading answer=profile children=move |profile| {
            let (dataset, of_rows) = (Arc::clone(&shown), Arc::clone(&shown));
            view! {
                {move || reading(&dataset, &profile, reread.get(), would.get(), open)}
                <Later>{below(&of_rows)}</Later>
            }
        } />
        {values}
    }
}

/// How the table is read, and is to be read.
fn reading(
    dataset: &Arc<DatasetSummary>,
    profile: &Profile,
    reread: Option<Arc<crate::web::state::Reread>>,
    // what would become of the data set; `None` without a step
    would: Option<Result<Arc<DatasetSummary>, Failure>>,
    open: RwSignal<Option<usize>>,
) -> AnyView {
    let Some(reading) = &dataset.reading else {
        return view! { <p class="note">{text::OLD_FORM}</p> }.into_any();
    };
    let steps = reread.as_ref().map_or(0, |reread| reread.before.len());
    let schema = reread.map_or_else(|| reading.schema.clone(), |reread| reread.schema.clone());
    let outcome = would.filter(|_| steps > 0);
    // what the steps make of the table; nothing as long as that is not known, or can't be
    let shown = match &outcome {
        None => (steps == 0).then(|| Arc::clone(dataset)),
        Some(would) => would.as_ref().ok().cloned(),
    };
    let as_shown = shown.as_ref().and_then(|shown| shown.reading.as_deref());
    let warnings = warnings(dataset, &as_shown.unwrap_or(reading).warnings);
    let format = file_format(dataset, reading, &schema);
    let columns = columns(dataset, &schema, reading, as_shown, profile, open);
    let (of_target, of_steps) = (Arc::clone(dataset), Arc::clone(dataset));
    view! {
        <TargetChoice dataset=of_target schema shown />
        {warnings}
        {format}
        <Card title=text::COLUMNS sub=text::COLUMNS_WHY>{columns}</Card>
        <Steps dataset=of_steps steps outcome />
    }
    .into_any()
}

fn banner(dataset: &DatasetSummary) -> AnyView {
    let count = |rows: u32| format::count(u64::from(rows));
    let left_out = dataset.rows_read.saturating_sub(dataset.kept);
    let target = match &dataset.target {
        Some(target) => view! {
            {text::PREDICTED} ": " <b>{target.column.clone()}</b>
            {format!(", {} {} {}", target.positive_class, text::AGAINST, target.negative_class)}
        }
        .into_any(),
        None => text::NO_TARGET.into_any(),
    };
    view! {
        <div class="banner card" data-dataset=dataset.id.0.clone()>
            <p class="name">{dataset.name.clone()}</p>
            <p data-testid="read-banner">
                <b data-testid="rows-read">{count(dataset.rows_read)}</b> {format!(" {}, ", text::READ)}
                <b data-testid="rows-kept">{count(dataset.kept)}</b> {format!(" {}, ", text::KEPT)}
                <b>{count(left_out)}</b> {format!(" {}", text::LEFT_OUT)}
            </p>
            <p class="sub" data-testid="target">{target}</p>
        </div>
    }
    .into_any()
}

/// What was left out, and what was kept.
fn below(dataset: &DatasetSummary) -> AnyView {
    let rows = rows(dataset);
    view! {
        {issues(dataset)}
        <Card title=text::ALL_ROWS>{rows}</Card>
    }
    .into_any()
}

fn issues(dataset: &DatasetSummary) -> AnyView {
    if dataset.n_issues == 0 {
        return view! { <Card title=text::ISSUES><p class="sub" data-testid="issues">{text::NO_ISSUES}</p></Card> }
            .into_any();
    }
    let heads = text::ISSUE_HEADS.iter().map(|&head| head.to_owned()).collect();
    let rows = dataset.issues.iter().map(|issue| {
        let column =
            if issue.column.is_empty() { text::WHOLE_ROW.to_owned() } else { issue.column.clone() };
        let row = format::count(u64::from(issue.row));
        view! { <tr>{cell(row, true)} {cell(column, false)} {cell(issue.message.clone(), false)}</tr> }
            .into_any()
    });
    let table = sheet(text::ISSUES, "sheet", heads, rows.collect());
    let count = format::count(u64::from(dataset.n_issues));
    let counted = if dataset.n_issues as usize > dataset.issues.len() {
        format!("{count} {} {}", text::ISSUES_SHOWN, dataset.issues.len())
    } else {
        let noun = if dataset.n_issues == 1 { text::ISSUE } else { text::ISSUES_COUNTED };
        format!("{count} {noun}")
    };
    view! {
        <Card title=text::ISSUES sub=counted>
            <div class="issues" data-testid="issues">{table}</div>
        </Card>
    }
    .into_any()
}

/// The rows as they were read, in the order of the file or sorted.
fn rows(dataset: &DatasetSummary) -> AnyView {
    let lab = use_lab();
    let (id, total, heads) = (dataset.id.clone(), dataset.kept, Head::all(dataset));
    let order = RwSignal::new(None::<Sort>);
    let fetch = move |from: u32, count: u32| {
        let (id, sort) = (id.clone(), order.get_untracked());
        async move {
            let question = Question::Rows { from, count, sort };
            match &lab.explore(id, Selection::default(), question).await?.figures {
                Figures::Rows(part) => Ok(TableRow::all(part)),
                _ => Err(Failure::new("protocol", text::NO_ROWS)),
            }
        }
        .boxed_local()
    };
    let sort = move |column: String| {
        order.update(|order| *order = next_sort(order.take(), column));
    };
    view! {
        <div data-testid="rows">
            <VirtualTable
                label=text::ALL_ROWS
                heads
                total=Signal::derive(move || total)
                changed=Signal::derive(move || order.track())
                fetch=Box::new(fetch)
                order=order.into()
                on_sort=Callback::new(sort)
            />
        </div>
    }
    .into_any()
}

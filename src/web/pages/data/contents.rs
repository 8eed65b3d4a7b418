//! The data set in use: how it was read, its columns, what was left out, its first rows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format;
use crate::compute::Failure;
use crate::data::profile::{ColumnDetail, ColumnProfile, FiveNumbers};
use crate::data::{DatasetSummary, Profile, Role, Value};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::loading::{Loading, follow};
use crate::web::text::data as text;
use crate::web::text::names::kind;

/// Issues shown.
const ISSUES: usize = 100;

/// Rows shown.
const ROWS: u32 = 20;

/// Levels written out in the columns table.
const LEVELS: usize = 8;

/// What is asked of the worker for this page.
type Inside = Arc<(Arc<Profile>, Vec<Vec<Value>>)>;

/// The data set in use.
#[component]
pub fn Contents(
    /// The data set.
    dataset: Arc<DatasetSummary>,
) -> impl IntoView {
    let lab = use_lab();
    let id = dataset.id.clone();
    let inside = follow(move || {
        let id = id.clone();
        async move {
            let profile = lab.profile(id.clone()).await?;
            let rows = lab.rows(id, 0, ROWS).await?;
            Ok::<Inside, Failure>(Arc::new((profile, rows)))
        }
    });
    let shown = Arc::clone(&dataset);
    view! {
        {banner(&dataset)}
        <Loading answer=inside children=move |inside| {
            let columns = columns(&inside.0.columns);
            let issues = issues(&shown);
            let first_rows = first_rows(&inside);
            view! {
                <Card title=text::COLUMNS>{columns}</Card>
                {issues}
                <Card title=text::FIRST_ROWS>{first_rows}</Card>
            }
        } />
    }
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
        <div class="banner card">
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

/// A table whose head stays while its body scrolls. `class` is how it is laid out on a narrow screen.
fn table(
    name: &'static str,
    class: &'static str,
    heads: Vec<String>,
    rows: Vec<AnyView>,
) -> AnyView {
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }.into_any());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name>
            <table class=class>
                <caption class="hidden">{name}</caption>
                <thead><tr>{heads.collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(text: String, is_number: bool) -> AnyView {
    view! { <td class:right=is_number>{text}</td> }.into_any()
}

fn labelled(label: &'static str, text: String, is_number: bool) -> AnyView {
    view! { <td class:right=is_number data-label=label>{text}</td> }.into_any()
}

fn columns(columns: &[ColumnProfile]) -> AnyView {
    let [_, _, role_head, missing, distinct, figures_heads @ ..] = text::COLUMN_HEADS;
    let heads = text::COLUMN_HEADS.iter().map(|&head| head.to_owned()).collect();
    let rows = columns.iter().map(|column| {
        let count = |head, rows: u32| labelled(head, format::count(u64::from(rows)), true);
        let figures = match &column.detail {
            ColumnDetail::Numbers(numbers) => five(figures_heads, &numbers.all),
            ColumnDetail::Levels { levels, .. } => {
                let shown = levels.iter().take(LEVELS);
                let named = shown.map(|level| {
                    format!("{} {}", level.level, format::count(u64::from(level.count)))
                });
                wide(named.collect(), levels.len() > LEVELS)
            }
            ColumnDetail::Text(examples) => wide(examples.clone(), true),
        };
        view! {
            <tr>
                <th scope="row">{column.name.clone()}</th>
                <td class="beside">{kind(column.kind)}</td>
                {labelled(role_head, role(column.role).to_owned(), false)}
                {count(missing, column.missing)}
                {count(distinct, column.distinct)}
                {figures}
            </tr>
        }
        .into_any()
    });
    let table = table(text::COLUMNS, "sheet stacked", heads, rows.collect());
    view! { <div class="columns-table" data-testid="columns-table">{table}</div> }.into_any()
}

fn five(heads: [&'static str; 5], numbers: &FiveNumbers) -> AnyView {
    let FiveNumbers { min, q1, median, q3, max, .. } = *numbers;
    heads
        .into_iter()
        .zip([min, q1, median, q3, max])
        .map(|(head, value)| labelled(head, number(value), true))
        .collect_view()
        .into_any()
}

/// What has no quartiles uses their place for examples.
fn wide(mut examples: Vec<String>, more: bool) -> AnyView {
    if more {
        examples.push("…".to_owned());
    }
    view! { <td class="levels" colspan="5">{examples.join(" · ")}</td> }.into_any()
}

/// With at most two decimals, as prices are written.
fn number(value: f64) -> String {
    let shown = format::decimal(value, 2);
    shown.strip_suffix(".00").map(str::to_owned).unwrap_or(shown)
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Feature => text::FEATURE,
        Role::Target => text::TARGET,
        Role::Identifier => text::IDENTIFIER,
        Role::Ignored => text::IGNORED,
    }
}

fn issues(dataset: &DatasetSummary) -> AnyView {
    if dataset.n_issues == 0 {
        return view! { <Card title=text::ISSUES><p class="sub" data-testid="issues">{text::NO_ISSUES}</p></Card> }
            .into_any();
    }
    let heads = text::ISSUE_HEADS.iter().map(|&head| head.to_owned()).collect();
    let rows = dataset.issues.iter().take(ISSUES).map(|issue| {
        let column =
            if issue.column.is_empty() { text::WHOLE_ROW.to_owned() } else { issue.column.clone() };
        let row = format::count(u64::from(issue.row));
        view! { <tr>{cell(row, true)} {cell(column, false)} {cell(issue.message.clone(), false)}</tr> }
            .into_any()
    });
    let table = table(text::ISSUES, "sheet", heads, rows.collect());
    let count = format::count(u64::from(dataset.n_issues));
    let counted = if dataset.n_issues as usize > ISSUES {
        format!("{count} {} {ISSUES}", text::ISSUES_SHOWN)
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

fn first_rows(inside: &Inside) -> AnyView {
    let heads = inside.0.columns.iter().map(|column| column.name.clone()).collect();
    let rows = inside.1.iter().map(|row| {
        let cells =
            row.iter().map(|value| cell(value.to_string(), matches!(value, Value::Number(_))));
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }.into_any()
    });
    let table = table(text::FIRST_ROWS, "sheet", heads, rows.collect());
    view! { <div class="first-rows" data-testid="first-rows">{table}</div> }.into_any()
}

//! The values of a column as they stand in the file, and what each is read as.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::sheet::{cell, sheet};
use crate::charts::format;
use crate::data::DatasetSummary;
use crate::data::schema::{ColumnPlan, ReadAs};
use crate::web::actions::Lab;
use crate::web::app::use_lab;
use crate::web::components::loading::{Loading, follow};
use crate::web::text::reading as text;

/// A dialog; opens when it is drawn.
#[component]
pub fn Values(
    /// The data set.
    dataset: Arc<DatasetSummary>,
    /// The column's position in the schema.
    position: usize,
    /// What the column means.
    plan: ColumnPlan,
    /// Called when it is closed.
    close: Callback<()>,
) -> impl IntoView {
    let lab = use_lab();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
            && let Err(error) = dialog.show_modal()
        {
            leptos::logging::warn!("{}", js_sys::JsString::from(error));
        }
    });
    let (id, source) = (dataset.id.clone(), plan.source);
    let found = follow(move || {
        let id = id.clone();
        async move { lab.texts(id, source).await }
    });
    let title = format!("{} {}", text::VALUES_OF, plan.name);
    let label = title.clone();
    let rows_of = {
        let (dataset, plan) = (Arc::clone(&dataset), plan.clone());
        move |(texts, distinct): (Vec<(String, u32)>, u32)| {
            let n_texts = texts.len();
            let known = texts.iter().map(|(text, _)| text.clone()).collect();
            let presets = presets(lab, &dataset, position, &plan, known, dialog);
            let rows = texts
                .into_iter()
                .map(|(text, rows)| row(lab, &dataset, position, &plan, text, rows));
            let rows = rows.collect();
            let heads = [text::IN_FILE, text::ROWS, text::BECOMES].map(str::to_owned).to_vec();
            let more = (distinct as usize > n_texts).then(|| {
                format!("{} {} {n_texts}", format::count(u64::from(distinct)), text::MORE_VALUES)
            });
            view! {
                {presets}
                {sheet(text::VALUES_WHY, "sheet", heads, rows)}
                {more.map(|more| view! { <p class="note">{more}</p> })}
            }
        }
    };
    view! {
        <dialog node_ref=dialog class="values" aria-label=label on:close=move |_| close.run(()) data-testid="values">
            <h2>{title}</h2>
            <p class="sub">{text::VALUES_WHY}</p>
            <Loading answer=found children=rows_of />
            <form method="dialog" class="row below"><button class="go">{text::CLOSE}</button></form>
        </dialog>
    }
}

fn row(
    lab: Lab,
    dataset: &Arc<DatasetSummary>,
    position: usize,
    plan: &ColumnPlan,
    shown: String,
    rows: u32,
) -> AnyView {
    let name = if shown.is_empty() { text::BLANK } else { &shown };
    let label = format!("{}: {name}", text::BECOMES);
    let name = name.to_owned();
    let becomes = plan.replaced(&shown).to_owned();
    let (dataset, from) = (Arc::clone(dataset), shown.clone());
    let change = move |event| {
        let by = event_target_value(&event).trim().to_owned();
        lab.edit_schema(&dataset, |schema| {
            if let Some(plan) = schema.columns.get_mut(position) {
                plan.replace_text(&from, &by);
            }
        });
    };
    view! {
        <tr>
            {cell(name, false)}
            {cell(format::count(u64::from(rows)), true)}
            <td><input type="text" aria-label=label value=becomes on:change=change /></td>
        </tr>
    }
    .into_any()
}

/// One click for what is needed most: yes and no as numbers, and the other way round.
fn presets(
    lab: Lab,
    dataset: &Arc<DatasetSummary>,
    position: usize,
    plan: &ColumnPlan,
    texts: Arc<[String]>,
    dialog: NodeRef<html::Dialog>,
) -> AnyView {
    let button = |words: &'static str, read_as: ReadAs| {
        let (dataset, texts) = (Arc::clone(dataset), Arc::clone(&texts));
        let act = move |_| {
            lab.edit_schema(&dataset, |schema| {
                if let Some(plan) = schema.columns.get_mut(position) {
                    plan.read_flags(texts.iter().map(String::as_str), read_as);
                }
            });
            // closed by itself, it gives the focus back to what opened it
            if let Some(dialog) = dialog.get_untracked() {
                dialog.close();
            }
        };
        view! { <button on:click=act>{words}</button> }.into_any()
    };
    let buttons = match plan.read_as {
        ReadAs::Number | ReadAs::Flag | ReadAs::Category => {
            vec![button(text::YES_NO, ReadAs::Number), button(text::ONE_ZERO, ReadAs::Category)]
        }
        _ => Vec::new(),
    };
    view! { <div class="row">{buttons}</div> }.into_any()
}

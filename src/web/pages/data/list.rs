//! Every data set of the lab.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format;
use crate::compute::Failure;
use crate::data::DatasetSummary;
use crate::web::actions::Lab;
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::download;
use crate::web::components::sight::keep_focus;
use crate::web::state::Task;
use crate::web::text::{data as text, reading};

/// The data sets, the one in use marked.
#[component]
pub fn Datasets() -> impl IntoView {
    let lab = use_lab();
    view! {
        <Card title=text::DATASETS>
            {move || lab.state.datasets.with(Vec::is_empty).then_some(view! { <p class="sub">{text::NONE}</p> })}
            <ul class="datasets" data-testid="datasets">
                {move || {
                    let used = lab.state.dataset_id.get();
                    let datasets = lab.state.datasets.get();
                    datasets
                        .into_iter()
                        .map(|dataset| row(lab, Some(&dataset.id) == used.as_ref(), &dataset))
                        .collect_view()
                }}
            </ul>
        </Card>
    }
}

fn row(lab: Lab, used: bool, dataset: &Arc<DatasetSummary>) -> AnyView {
    let (to_use, to_delete) = (dataset.id.clone(), dataset.id.clone());
    let (to_rename, to_export) = (dataset.id.clone(), dataset.id.clone());
    let name = dataset.name.clone();
    let rows = format!("{} {}", format::count(u64::from(dataset.kept)), text::ROWS);
    let label = |action: &str| format!("{action} {name}");
    let (use_label, delete_label) = (label(text::USE), label(text::DELETE));
    let (rename_label, export_label) = (label(reading::RENAME), label(reading::EXPORT));
    let choice = if used {
        view! { <b class="in-use">{text::IN_USE}</b> }.into_any()
    } else {
        let choose = move |event| {
            let stay = keep_focus(&event, "li", "button");
            let used = lab.use_dataset(to_use.clone());
            lab.background(async move {
                used.await;
                stay();
            });
        };
        view! { <button aria-label=use_label on:click=choose>{text::USE}</button> }.into_any()
    };
    let delete = move |event| {
        let stay = keep_focus(&event, "section", "button");
        let deleted = lab.delete_dataset(to_delete.clone());
        lab.show(Task::Keep, async move {
            deleted.await?;
            stay();
            Ok(())
        });
    };
    let file = if name.ends_with(".csv") { name.clone() } else { format!("{name}.csv") };
    let export = move |_| {
        let (id, file) = (to_export.clone(), file.clone());
        lab.show(Task::Keep, async move {
            let bytes = lab.csv(id).await?;
            let offered = bytes.file("text/csv").and_then(|csv| download::offer_file(&file, &csv));
            offered.map_err(|_refused| Failure::new("not_saved", reading::NOT_SAVED))
        });
    };
    let renaming = RwSignal::new(false);
    let typed = NodeRef::<leptos::html::Input>::new();
    let opener = NodeRef::<leptos::html::Button>::new();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(input) = typed.get_untracked() else { return };
        let (id, name) = (to_rename.clone(), input.value());
        renaming.set(false);
        if let Some(opener) = opener.get_untracked() {
            drop(opener.focus());
        }
        lab.show(Task::Keep, lab.rename_dataset(id, name));
    };
    // the box is there when the browser draws the next frame
    let open = move |_| {
        renaming.update(|now| *now = !*now);
        request_animation_frame(move || {
            if let Some(input) = typed.get_untracked() {
                input.select();
            }
        });
    };
    let old = name.clone();
    let form = move || {
        let (old, save) = (old.clone(), save.clone());
        renaming.get().then(move || view! {
            <form class="row" on:submit=save>
                <input node_ref=typed type="text" maxlength="200" required aria-label=reading::NEW_NAME value=old />
                <button type="submit">{reading::SAVE}</button>
            </form>
        })
    };
    view! {
        <li>
            <p>{name}<span class="sub">{rows}</span></p>
            {choice}
            <div class="row">
                <button node_ref=opener aria-label=rename_label aria-expanded=move || renaming.get().to_string() on:click=open>
                    {reading::RENAME}
                </button>
                <button aria-label=export_label on:click=export>{reading::EXPORT}</button>
                <button aria-label=delete_label on:click=delete>{text::DELETE}</button>
            </div>
            {form}
        </li>
    }
    .into_any()
}

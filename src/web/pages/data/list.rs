//! Every data set of the lab.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format;
use crate::data::DatasetSummary;
use crate::web::actions::Lab;
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::state::Task;
use crate::web::text::data as text;

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
    let name = dataset.name.clone();
    let rows = format!("{} {}", format::count(u64::from(dataset.kept)), text::ROWS);
    let label = |action: &str| format!("{action} {name}");
    let (use_label, delete_label) = (label(text::USE), label(text::DELETE));
    let choice = if used {
        view! { <b class="in-use">{text::IN_USE}</b> }.into_any()
    } else {
        let choose = move |_| lab.background(lab.use_dataset(to_use.clone()));
        view! { <button aria-label=use_label on:click=choose>{text::USE}</button> }.into_any()
    };
    let delete = move |_| lab.show(Task::Keep, lab.delete_dataset(to_delete.clone()));
    view! {
        <li>
            <p>{name}<span class="sub">{rows}</span></p>
            {choice}
            <button aria-label=delete_label on:click=delete>{text::DELETE}</button>
        </li>
    }
    .into_any()
}

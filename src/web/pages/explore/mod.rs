//! Who leaves: every column against leaving, the one that says most first.

mod specs;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{ChartSpec, format};
use crate::compute::Failure;
use crate::data::Profile;
use crate::data::profile::ClassCounts;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::{Card, PageHead};
use crate::web::components::chart::Chart;
use crate::web::components::loading::{Loading, follow};
use crate::web::query::{Query, View};
use crate::web::state::Phase;
use crate::web::text::{explore as text, frame, names};
use specs::Category;

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let profile = follow(move || {
        let id = lab.state.dataset_id.get();
        async move {
            match id {
                Some(id) => lab.profile(id).await.map(Some),
                None => Ok::<Option<Arc<Profile>>, Failure>(None),
            }
        }
    });
    let empty = move || match lab.state.phase.get() {
        Phase::Starting => frame::STARTING.into_any(),
        Phase::Ready => {
            view! { {text::EMPTY} " " <a href=move || View::Data.href()>{text::READ_ONE}</a> }
                .into_any()
        }
    };
    view! {
        <PageHead title=text::TITLE sub=text::ASSOCIATED />
        <Loading answer=profile children=move |profile| match profile {
            Some(profile) => explored(query, &profile),
            None => view! { <p class="empty">{empty}</p> }.into_any(),
        } />
    }
}

fn explored(query: Query, profile: &Profile) -> AnyView {
    let numbers = specs::numbers(profile);
    let categories = StoredValue::new(specs::categories(profile));
    let names = categories.with_value(|all| all.iter().map(|c| c.name.clone()).collect::<Vec<_>>());
    // the column of the address, or the one that says most
    let chosen = Memo::new(move |_| {
        let wanted = query.get("column");
        let place = |all: &Vec<Category>| all.iter().position(|c| Some(&c.name) == wanted.as_ref());
        categories.with_value(place).unwrap_or(0)
    });
    let spec = Signal::derive(move || {
        let chosen = chosen.get();
        let spec = |all: &Vec<Category>| all.get(chosen).map(|category| category.spec.clone());
        categories.with_value(spec).unwrap_or_else(|| ChartSpec::Bar(Default::default()))
    });
    let grid = categories.with_value(|all| {
        let others = all.iter().enumerate().map(|(place, category)| {
            view! { <div hidden=move || chosen.get() == place>{card(category.spec.clone())}</div> }
                .into_any()
        });
        others.collect::<Vec<_>>()
    });
    let largest = if names.is_empty() {
        view! { <p class="empty">{text::NO_CATEGORY}</p> }.into_any()
    } else {
        let title = Signal::derive(move || spec.with(|spec| spec.frame().title.clone()));
        let picker = move || picker(query, &names, chosen);
        view! { <Card title aside=picker><div data-testid="chosen"><Chart spec /></div></Card> }
            .into_any()
    };
    view! {
        <div class="columns explore">
            <div class="stack">
                {largest}
                <div class="grid charts" data-testid="categories">{grid}</div>
            </div>
            <div class="stack">
                {overall(profile.classes)}
                {profile.classes.map(|_| strengths(categories, chosen))}
            </div>
        </div>
        <div class="grid charts" data-testid="numbers">
            {numbers.into_iter().map(card).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// A chart under its title.
fn card(spec: ChartSpec) -> AnyView {
    let title = spec.frame().title.clone();
    view! { <Card title><Chart spec /></Card> }.into_any()
}

fn picker(query: Query, names: &[String], chosen: Memo<usize>) -> AnyView {
    let options = names.iter().enumerate().map(|(place, name)| {
        view! {
            <option value=name.clone() prop:selected=move || chosen.get() == place>{names::readable(name)}</option>
        }
        .into_any()
    });
    let choose = move |event| query.set(&[("column", Some(event_target_value(&event)))]);
    view! {
        <select aria-label=text::COLUMN data-testid="column" on:change=choose>
            {options.collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}

fn overall(classes: Option<ClassCounts>) -> AnyView {
    let count = |rows: u32| format::count(u64::from(rows));
    match classes.and_then(|classes| Some((classes, classes.rate()?))) {
        Some((classes, rate)) => view! {
            <Card title=text::SHARE>
                <p class="big leaves"><b data-testid="churn-rate">{format::percent(rate, 1)}</b></p>
                <p>{format!("{} {} {} {}", count(classes.positive), text::OF, count(classes.total()), text::LEFT_SHARE)}</p>
            </Card>
        }
        .into_any(),
        None => view! { <p class="note">{text::NO_TARGET}</p> }.into_any(),
    }
}

/// The columns by how much they say, each a link to its chart.
fn strengths(categories: StoredValue<Vec<Category>>, chosen: Memo<usize>) -> AnyView {
    let rows = categories.with_value(|all| {
        let rows = all.iter().enumerate().map(|(place, category)| {
            let href = format!("{}&column={}", View::Explore.bare(), js_sys::encode_uri_component(&category.name));
            let current = move || (chosen.get() == place).then_some("true");
            view! {
                <tr>
                    <th scope="row"><a href=href aria-current=current>{names::readable(&category.name)}</a></th>
                    <td class="right">{category.cramers_v.map(format::score)}</td>
                </tr>
            }
            .into_any()
        });
        rows.collect::<Vec<_>>()
    });
    view! {
        <Card title=text::STRENGTH>
            <table class="strengths">
                <thead>
                    <tr>
                        <th scope="col">{text::COLUMN}</th>
                        <th scope="col" class="right">{text::CRAMERS_V}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="note">{text::STRENGTH_WHY}</p>
        </Card>
    }
    .into_any()
}

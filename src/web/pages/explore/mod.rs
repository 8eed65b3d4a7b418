//! Who leaves: a selection of the customers, and five ways to look at it.

mod address;
mod brush;
mod chips;
mod column;
mod many;
mod overview;
mod pair;
mod picture;
mod question;
mod rows;
mod specs;

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use crate::compute::Failure;
use crate::data::DatasetSummary;
use crate::exploration::{Answer, Selection};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::PageHead;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::tabs::Tabs;
use crate::web::query::{Query, View};
use crate::web::state::Phase;
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::frame;
use address::Selected;
use question::Tab;

/// What every part of the page works with.
#[derive(Clone, Copy)]
pub struct Explored {
    /// The data set.
    pub dataset: StoredValue<Arc<DatasetSummary>>,
    /// Its two classes; `None` without a target.
    pub classes: StoredValue<Option<Classes>>,
    /// The address.
    pub query: Query,
    /// What the address selects.
    pub selected: Memo<Selected>,
    /// The latest answer about it; `None` before the first one.
    pub answer: Memo<Option<Arc<Answer>>>,
    /// Whether the drag that goes on has a step in the history.
    pub begun: StoredValue<bool>,
}

impl Explored {
    /// What is selected; tracked.
    pub fn selection(self) -> Selection {
        self.selected.with(|selected| selected.selection.clone())
    }

    /// Whether the data set has a target.
    pub fn has_target(self) -> bool {
        self.classes.with_value(Option::is_some)
    }

    /// Something said or drawn of its classes.
    pub fn with_classes<T>(self, of: impl FnOnce(Option<&Classes>) -> T) -> T {
        self.classes.with_value(|classes| of(classes.as_ref()))
    }
}

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    let lab = use_lab();
    let dataset = Memo::new(move |_| lab.state.dataset());
    let empty = move || match lab.state.phase.get() {
        Phase::Starting => frame::STARTING.into_any(),
        Phase::Ready => {
            view! { {text::EMPTY} " " <a href=move || View::Data.href()>{text::READ_ONE}</a> }
                .into_any()
        }
    };
    let title = Signal::derive(move || {
        dataset.with(|dataset| match dataset.as_ref().map(|dataset| &dataset.target) {
            Some(Some(target)) => Classes::of(target).explore_title(),
            Some(None) => text::TITLE_WITHOUT.to_owned(),
            None => text::TITLE.to_owned(),
        })
    });
    view! {
        <PageHead title sub=text::ASSOCIATED />
        {move || match dataset.get() {
            Some(dataset) => explored(dataset),
            None => view! { <p class="empty">{empty}</p> }.into_any(),
        }}
    }
}

fn explored(dataset: Arc<DatasetSummary>) -> AnyView {
    let lab = use_lab();
    let query = use_lab_query();
    let id = dataset.id.clone();
    let classes = StoredValue::new(dataset.target.as_ref().map(Classes::of));
    let dataset = StoredValue::new(dataset);
    let selected =
        Memo::new(move |_| dataset.with_value(|dataset| address::selected(query, dataset)));
    let tab = Memo::new(move |_| Tab::of(query));
    let asked = Memo::new(move |_| {
        let question = dataset.with_value(|dataset| question::of(tab.get(), query, dataset));
        selected.with(|selected| question.map(|question| (selected.selection.clone(), question)))
    });
    let latest = follow_in_turn(move || {
        let (asked, id) = (asked.get(), id.clone());
        async move {
            match asked {
                Some((selection, question)) => lab.explore(id, selection, question).await.map(Some),
                None => Ok::<Option<Arc<Answer>>, Failure>(None),
            }
        }
        .boxed_local()
    });
    let answer = Memo::new(move |before: Option<&Option<Arc<Answer>>>| {
        latest.with(|latest| match latest {
            Some(Ok(answer)) => answer.clone(),
            // figures stay beside the failure
            _ => before.cloned().flatten(),
        })
    });
    let failure = move || {
        let failed = latest.with(|latest| latest.as_ref().and_then(|l| l.as_ref().err().cloned()));
        failed.map(|failure| view! { <FailureBox failure /> })
    };
    let begun = StoredValue::new(false);
    let page = Explored { dataset, classes, query, selected, answer, begun };
    let shown = move || match tab.get() {
        Tab::Overview => overview::overview(page),
        Tab::Column => column::column(page),
        Tab::Pair => pair::pair(page),
        Tab::Many => many::many(page),
        Tab::Rows => rows::rows(page),
    };
    let tabs = Tab::ALL.map(|tab| (tab.key(), tab.label())).to_vec();
    view! {
        {chips::selection_bar(page)}
        <Tabs label=text::WAYS param="tab" tabs current=Signal::derive(move || tab.get().key()) />
        {failure}
        {shown}
    }
    .into_any()
}

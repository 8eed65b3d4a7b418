//! A chart whose marks can be picked.

use leptos::prelude::*;

use super::Explored;
use super::brush::{Brush, Picture};
use crate::charts::{BarSpec, ChartSpec};
use crate::web::components::card::Card;
use crate::web::components::chart::{Chart, MarkPick};

/// The chart, and what is picked of it. Without a picture there is nothing to show yet.
pub fn picture(page: Explored, picture: Memo<Option<Picture>>, height: Option<f64>) -> AnyView {
    let spec = Memo::new(move |_| {
        let empty = || ChartSpec::Bar(BarSpec::default());
        picture.with(|p| p.as_ref().map_or_else(empty, |picture| picture.spec.clone()))
    });
    let brush = Memo::new(move |_| {
        picture.with(|p| p.as_ref().map_or(Brush::Nothing, |picture| picture.brush.clone()))
    });
    let picked = Memo::new(move |_| {
        page.selected.with(|selected| brush.with(|brush| brush.picked(&selected.selection)))
    });
    let picks = brush.with_untracked(|brush| *brush != Brush::Nothing);
    let pick = Callback::new(move |pick: MarkPick| {
        let selection = page.selected.with_untracked(|selected| selected.selection.clone());
        brush.with_untracked(|brush| brush.run(page.query, &selection, &pick));
    });
    let picked = Signal::from(picked);
    match (picks, height) {
        (true, Some(height)) => view! { <Chart spec picked on_pick=pick height /> }.into_any(),
        (true, None) => view! { <Chart spec picked on_pick=pick /> }.into_any(),
        (false, _) => view! { <Chart spec /> }.into_any(),
    }
}

/// The chart under its title.
pub fn card(page: Explored, shown: Memo<Option<Picture>>) -> AnyView {
    let title = Signal::derive(move || {
        shown.with(|p| p.as_ref().map(|p| p.spec.frame().title.clone())).unwrap_or_default()
    });
    view! { <Card title>{picture(page, shown, None)}</Card> }.into_any()
}

/// Cards of some pictures, told apart by their titles: those that stay keep their place and focus.
pub fn cards(page: Explored, pictures: Memo<Vec<Picture>>) -> AnyView {
    let titles = Memo::new(move |_| {
        let title = |picture: &Picture| picture.spec.frame().title.clone();
        pictures.with(|pictures| pictures.iter().map(title).collect::<Vec<String>>())
    });
    view! {
        <div class="grid charts wide">
            <For each=move || titles.get() key=String::clone children=move |title: String| {
                let picture = Memo::new(move |_| {
                    let is_it = |picture: &&Picture| picture.spec.frame().title == title;
                    pictures.with(|pictures| pictures.iter().find(is_it).cloned())
                });
                card(page, picture)
            } />
        </div>
    }
    .into_any()
}

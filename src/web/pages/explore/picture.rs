//! A chart whose marks can be picked.

use leptos::prelude::*;

use super::Explored;
use super::brush::{Brush, Picture};
use crate::charts::{BarSpec, ChartSpec};
use crate::web::components::card::Card;
use crate::web::components::chart::{Chart, MarkPick};

/// The chart, and what is picked of it. Without a picture there is nothing to show yet.
///
/// `height`: logical pixels, else what the chart prefers. `caption`: else the chart's summary.
pub fn picture(
    page: Explored,
    picture: Memo<Option<Picture>>,
    height: Option<f64>,
    caption: Option<Signal<String>>,
) -> AnyView {
    let spec = Memo::new(move |_| {
        let empty = || ChartSpec::Bar(BarSpec::default());
        picture.with(|p| p.as_ref().map_or_else(empty, |picture| picture.spec.clone()))
    });
    let brush = Memo::new(move |_| {
        picture.with(|p| p.as_ref().map_or(Brush::Nothing, |picture| picture.brush.clone()))
    });
    let picked = Signal::derive(move || {
        page.selected.with(|selected| brush.with(|brush| brush.picked(&selected.selection)))
    });
    let pick = Callback::new(move |pick: MarkPick| {
        brush.get_untracked().run(page, &pick);
    });
    let on_pick = brush.with_untracked(|brush| *brush != Brush::Nothing).then_some(pick);
    view! { <Chart spec height caption picked on_pick /> }.into_any()
}

/// The chart under its title.
pub fn card(page: Explored, shown: Memo<Option<Picture>>) -> AnyView {
    let title = Signal::derive(move || {
        shown.with(|p| p.as_ref().map(|p| p.spec.frame().title.clone())).unwrap_or_default()
    });
    view! { <Card title>{picture(page, shown, None, None)}</Card> }.into_any()
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

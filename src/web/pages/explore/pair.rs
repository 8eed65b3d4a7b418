//! Two columns against each other.

use leptos::prelude::*;

use super::Explored;
use super::column::{bins_box, choice};
use super::picture::cards;
use super::question;
use super::specs;
use crate::exploration::Figures;
use crate::web::text::explore as text;

/// The pictures of two columns, and which they are.
pub fn pair(page: Explored) -> AnyView {
    let pictures = Memo::new(move |_| {
        page.answer.with(|answer| match answer.as_deref().map(|answer| &answer.figures) {
            Some(Figures::Pair(pair)) => {
                page.with_classes(|classes| specs::pair_pictures(pair, classes))
            }
            _ => Vec::new(),
        })
    });
    let names = page.dataset.with_value(|dataset| {
        question::described(dataset).map(|column| column.name.clone()).collect::<Vec<_>>()
    });
    let side = move |place: usize| {
        Signal::derive(move || {
            let sides = page.dataset.with_value(|dataset| question::sides(page.query, dataset));
            sides.and_then(|sides| sides.into_iter().nth(place)).unwrap_or_default()
        })
    };
    view! {
        <div class="choices">
            {choice(text::ALONG, "x", page.query, names.clone(), side(0), "")}
            {choice(text::UPWARD, "y", page.query, names, side(1), "")}
            {bins_box(page.query)}
        </div>
        <div data-testid="pair">{cards(page, pictures)}</div>
    }
    .into_any()
}

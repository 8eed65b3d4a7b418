//! Many columns at once.

use leptos::prelude::*;

use super::Explored;
use super::address::list;
use super::picture::{card, picture};
use super::question::{self, Many};
use super::specs;
use crate::charts::CellMeaning;
use crate::data::ColumnKind;
use crate::exploration::Figures;
use crate::web::components::segmented::Segmented;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// Height of a picture of the pair plot, logical pixels.
const HEIGHT: f64 = 230.0;

/// The pair plot or a matrix.
pub fn many(page: Explored) -> AnyView {
    let query = page.query;
    let shown = Memo::new(move |_| Many::of(query));
    let options = Many::ALL.iter().map(|many| many.label().to_owned()).collect::<Vec<_>>();
    let value = Signal::derive(move || shown.get().label().to_owned());
    let choose = move |label: String| {
        let many = Many::ALL.into_iter().find(|many| many.label() == label);
        query.set(&[("as", many.and_then(Many::key).map(str::to_owned))]);
    };
    view! {
        <div class="choices">
            <div class="field">
                <span aria-hidden="true">{text::PICTURE}</span>
                <Segmented label=text::PICTURE options value on_change=choose />
            </div>
        </div>
        {move || match shown.get() {
            Many::Pairs => pair_plot(page),
            Many::Correlations => matrix(page, true),
            Many::CramersV => matrix(page, false),
        }}
    }
    .into_any()
}

fn matrix(page: Explored, is_correlation: bool) -> AnyView {
    let shown = Memo::new(move |_| {
        page.answer.with(|answer| {
            let answer = answer.as_deref()?;
            let matrix = match &answer.figures {
                // while the answer is on its way, the last one may be the other matrix
                Figures::Correlations(matrix) if is_correlation => matrix,
                Figures::CramersV(matrix) if !is_correlation => matrix,
                _ => return None,
            };
            Some(specs::matrix(matrix, answer.selected.total(), is_correlation))
        })
    });
    let drawn = Memo::new(move |_| shown.with(Option::is_some));
    view! { <div data-testid="matrix">{move || drawn.get().then(|| card(page, shown))}</div> }
        .into_any()
}

fn pair_plot(page: Explored) -> AnyView {
    let paired = Memo::new(move |_| {
        page.dataset.with_value(|dataset| question::paired(page.query, dataset))
    });
    let numbers = page.dataset.with_value(|dataset| {
        let numbers = question::described(dataset).filter(|c| c.kind == ColumnKind::Numeric);
        numbers.map(|column| column.name.clone()).collect::<Vec<_>>()
    });
    let boxes = numbers.into_iter().map(|name| {
        let label = readable(&name);
        let this = name.clone();
        let is_on = move || paired.with(|paired| paired.contains(&this));
        let this = name.clone();
        let full =
            move || paired.with(|paired| !paired.contains(&this) && !question::may_pair(paired));
        let toggle = move |_| {
            let mut after = paired.get_untracked();
            match after.iter().position(|other| *other == name) {
                Some(at) => drop(after.remove(at)),
                None => after.push(name.clone()),
            }
            page.query.set(&[("with", Some(list(&after)))]);
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=is_on disabled=full on:change=toggle /> {label}
            </label>
        }
        .into_any()
    });
    let none = move || {
        paired.with(Vec::is_empty).then(|| view! { <p class="empty">{text::NO_NUMBERS}</p> })
    };
    view! {
        <fieldset class="choices plain">
            <legend class="hidden">{text::COLUMNS}</legend>
            {boxes.collect::<Vec<_>>()}
        </fieldset>
        {none}
        <div class="pair-plot" data-testid="pair-plot" style:--columns=move || paired.with(Vec::len).to_string()>
            <For each=move || places(paired.with(Vec::len)) key=|place| *place children=move |place| cell(page, place) />
        </div>
    }
    .into_any()
}

/// Rows and columns of the lower half of a square, its diagonal included, row by row.
fn places(columns: usize) -> Vec<(usize, usize)> {
    (0..columns).flat_map(|row| (0..=row).map(move |column| (row, column))).collect()
}

fn cell(page: Explored, (row, column): (usize, usize)) -> AnyView {
    let shown = Memo::new(move |_| {
        page.answer.with(|answer| {
            let Some(Figures::Pairs { columns, pairs }) = answer.as_deref().map(|a| &a.figures)
            else {
                return None;
            };
            if row == column {
                let of = columns.get(row)?;
                return Some(page.with_classes(|classes| specs::by_class(of, classes)));
            }
            let pair = pairs.get(row * (row - 1) / 2 + column)?;
            Some(page.with_classes(|of| specs::pair_scatter(pair, of, CellMeaning::Count)))
        })
    });
    let drawn = Memo::new(move |_| shown.with(Option::is_some));
    view! {
        <div class="card pair-cell" style:grid-column=(column + 1).to_string() style:grid-row=(row + 1).to_string()>
            {move || drawn.get().then(|| picture(page, shown, Some(HEIGHT), None))}
        </div>
    }
    .into_any()
}

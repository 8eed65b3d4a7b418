//! What stands in a cell: names as links, probabilities as bars, and features with their weights.

use std::sync::Arc;

use leptos::prelude::*;

use super::table::Table;
use super::{Customers, address};
use crate::charts::format;
use crate::data::summary::ColumnSummary;
use crate::data::{Role, Value};
use crate::web::app::use_lab;
use crate::web::components::probability::of_hundred;
use crate::web::components::virtual_table::{Draw, TableRow, value_words};
use crate::web::text::customers as text;
use crate::web::text::explain::OF_100;

/// Steps of the colour on each side of zero.
const STEPS: f32 = 6.0;

/// What a column of the table holds.
#[derive(Clone, Copy)]
enum Holds {
    Name,
    Probability,
    /// A feature, by its place among the model's.
    Feature(usize),
    Other,
}

/// Draws names as links, probabilities as bars, and features with their weights.
pub fn draw(table: Table) -> Draw {
    let Table { page, columns, fetched, .. } = table;
    let state = use_lab().state;
    let columns = columns.get_value();
    let is_date: Vec<bool> = columns.iter().map(|column| column.is_date).collect();
    let named = columns.iter().position(|column| column.role == Role::Identifier);
    let probability = columns.iter().position(|column| column.role != Role::Identifier);
    let holds: Vec<Holds> = page.model.with_value(|model| {
        let kind = |(at, column): (usize, &ColumnSummary)| match column.role {
            _ if Some(at) == named => Holds::Name,
            _ if Some(at) == probability => Holds::Probability,
            Role::Feature => {
                model.space.position(&column.name).map_or(Holds::Other, Holds::Feature)
            }
            _ => Holds::Other,
        };
        columns.iter().enumerate().map(kind).collect()
    });
    let shows = Memo::new(move |_| page.query.get(address::WEIGHTS).is_some());
    // of the reasons that come while everybody is explained most are of rows out of sight
    let news = Memo::new(move |_| {
        state.explained.with(|known| {
            let known = known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)))?;
            let is_known = |row: &&u32| known.reasons.of_row(**row).is_some();
            let seen = fetched.with_value(|rows| rows.iter().filter(is_known).count());
            Some((seen, known.reasons.largest()))
        })
    });
    Arc::new(move |row: &TableRow, column: usize| {
        let value = row.values.get(column)?;
        let words = value_words(value, is_date.get(column).copied().unwrap_or(false));
        let is_number = matches!(value, Value::Number(_));
        match holds.get(column)? {
            Holds::Name => Some(name_cell(page, words)),
            Holds::Probability => match value {
                Value::Number(p) => Some(probability_cell(page, row.place, *p)),
                Value::Text(_) => None,
            },
            Holds::Feature(place) => {
                // read, for a memo that nobody reads never changes
                news.get();
                let known = state.explained.with_untracked(|known| {
                    let known = known.as_ref();
                    let known = known.filter(|known| page.portfolio.with(|of| of.is_of(known)))?;
                    let weight = known.reasons.of_row(row.place)?.get(*place).copied()?;
                    Some((weight, known.reasons.largest()))
                });
                Some(feature_cell(words, is_number, known, shows.get()))
            }
            Holds::Other => None,
        }
    })
}

fn name_cell(page: Customers, name: String) -> AnyView {
    let seed = page.query.get(address::SEED);
    let customer = Some(name.clone());
    let gone = [address::WHERE, address::FIND, address::RANDOM, address::SORT, "tab"];
    let mut changes: Vec<(&str, Option<String>)> = gone.iter().map(|key| (*key, None)).collect();
    changes.extend([("view", Some("explain".to_owned())), ("customer", customer), ("seed", seed)]);
    let href = page.query.with(&changes);
    view! { <td><a href=href tabindex="-1" title=text::EXPLAIN_ONE>{name}</a></td> }.into_any()
}

/// A bar and "58 of 100".
fn probability_cell(page: Customers, row: u32, p: f64) -> AnyView {
    let over = move || p >= page.threshold.get();
    // how far it reaches, in twentieths, as the style sheet has them
    let bar = format!("reach reach-{:.0}", (p * 20.0).round());
    view! {
        <td class="right probability" class:over=over data-row=row.to_string() data-value=p.to_string() title=format!("{} {}", of_hundred(p), OF_100)>
            <i class=bar aria-hidden="true"></i>
            <span>{format::score(p)}</span>
        </td>
    }
    .into_any()
}

fn feature_cell(words: String, is_number: bool, known: Option<(f32, f32)>, shows: bool) -> AnyView {
    let Some((weight, largest)) = known else {
        return view! { <td class:right=is_number title=text::NOT_EXPLAINED>{words}</td> }
            .into_any();
    };
    let share = if largest > 0.0 { weight.abs() / largest } else { 0.0 };
    let step = (share * STEPS).ceil().min(STEPS);
    let (side, sign) = match weight {
        weight if weight > 0.0 => ("leaves", "+"),
        weight if weight < 0.0 => ("stays", "−"),
        _ => ("none", "0"),
    };
    let number = format::weight(f64::from(weight));
    let class = format!("weight {side} step-{step:.0}");
    let mark = if shows { number.clone() } else { sign.to_owned() };
    view! {
        <td class=class class:right=is_number data-weight=weight.to_string() title=format!("{} {number}", text::WEIGHT)>
            {words} " " <span class="mark">{mark}</span>
        </td>
    }
    .into_any()
}

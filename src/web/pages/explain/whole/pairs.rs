//! How the model moves with two features, and which pairs it does not simply add up.

use leptos::prelude::*;

use super::dependence::format_of;
use super::{asked, feature, feature_choice, part, part_choice, scale, scale_choice, seed};
use crate::charts::format;
use crate::charts::{Axis, CellColours, ChartFrame, ChartSpec, HeatmapSpec};
use crate::compute::WholeQuestion;
use crate::explain::whole::{
    Interactions, InteractionsParams, Pair, PairParams, PairStrength, Part,
};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::explaining::Explaining;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

/// Pairs in the table.
const SHOWN: usize = 20;

/// The picture of a pair, or the list of all; the address has `every` for the list.
pub fn pairs(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let one = feature(of, query, "feature", 0);
    let (second, first) = (feature(of, query, "other", 1), feature(of, query, "", 0));
    // the pair of a feature with itself is none
    let other = Memo::new(move |_| {
        second.get().filter(|name| Some(name) != one.get().as_ref()).or_else(|| first.get())
    });
    let every = Memo::new(move |_| query.get("every").is_some());
    let turn = move |_| {
        query.set(&[("every", (!every.get_untracked()).then(|| "yes".to_owned()))]);
    };
    let picture = move || {
        let names = one.get().zip(other.get());
        names.map(|(one, other)| {
            WholeQuestion::Pair(PairParams {
                scale: scale(query),
                part: part(query, Part::Train),
                seed: seed(of),
                ..PairParams::of(&one, &other)
            })
        })
    };
    let list = move || {
        Some(WholeQuestion::Interactions(InteractionsParams {
            scale: scale(query),
            part: part(query, Part::Train),
            seed: seed(of),
            ..InteractionsParams::default()
        }))
    };
    view! {
        <div class="row ends">
            {move || (!every.get()).then(|| view! {
                {feature_choice(of, query, "feature", text::FEATURE, one)}
                {feature_choice(of, query, "other", text::OTHER, other)}
            })}
            {scale_choice(query)}
            {part_choice(query, Part::Train)}
            <button on:click=turn>{move || if every.get() { text::BACK } else { text::FIND }}</button>
        </div>
        {move || if every.get() { asked(of, list, ranked) } else { asked(of, picture, drawn) }}
    }
    .into_any()
}

fn drawn(pair: Pair) -> AnyView {
    let spec = Signal::stored(field(&pair));
    view! {
        <Chart spec />
        <p class="note" data-testid="pair" data-cells=pair.values.len().to_string()>
            {text::rows_made(pair.rows, pair.part, pair.seed)} " " {text::HOW_PAIR}
        </p>
    }
    .into_any()
}

fn field(pair: &Pair) -> ChartSpec {
    let [along, up] = [0, 1].map(|at| {
        let (levels, grid) = (&pair.levels[at], &pair.grids[at]);
        if levels.is_empty() { format::bounds(grid) } else { levels.clone() }
    });
    let [x, y] = pair.features.each_ref().map(|name| Axis::new(&readable(name), ""));
    // rows stand from top to bottom, the second feature grows upward
    let width = along.len();
    let rows = pair.values.chunks(width.max(1)).rev();
    ChartSpec::Heatmap(HeatmapSpec {
        frame: ChartFrame::new(text::PARTIAL, x, y),
        measure: text::scale(pair.scale).to_lowercase(),
        format: format_of(pair.scale),
        values: rows.flatten().map(|&value| Some(value)).collect(),
        rows: up.into_iter().rev().collect(),
        columns: along,
        colours: match pair.scale {
            crate::explain::whole::Scale::Probability => CellColours::Sequence,
            crate::explain::whole::Scale::LogOdds => CellColours::Diverging,
        },
        ..HeatmapSpec::default()
    })
}

fn ranked(found: Interactions) -> AnyView {
    let Interactions { rows, part, seed, .. } = found;
    let pairs = sorted_by(found.pairs, |pair| -pair.size);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=text::PAIRS>
            <table class="tight stacked" data-testid="interactions">
                <thead>
                    <tr>
                        <th scope="col">{text::PAIR}</th>
                        {[text::INTERACTION, text::H]
                            .map(|name| view! { <th scope="col" class="right">{name}</th> })}
                        <th scope="col"><span class="unseen">{text::SHOW_PAIR}</span></th>
                    </tr>
                </thead>
                <tbody>{pairs.into_iter().take(SHOWN).map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">{text::rows_made(rows, part, seed)} " " {text::HOW_H}</p>
    }
    .into_any()
}

fn row(pair: PairStrength) -> AnyView {
    let query = use_lab_query();
    let [one, other] = pair.features.clone();
    let name = format!("{} × {}", readable(&one), readable(&other));
    let label = format!("{} {name}", text::SHOW_PAIR);
    let show = move |_| {
        let (one, other) = (one.clone(), other.clone());
        query.set(&[("feature", Some(one)), ("other", Some(other)), ("every", None)]);
    };
    view! {
        <tr data-h=pair.h.to_string() data-size=pair.size.to_string()>
            <th scope="row">{name}</th>
            <td class="right" data-label=text::INTERACTION>{format::score(pair.size)}</td>
            <td class="right" data-label=text::H>{format::score(pair.h)}</td>
            <td><button aria-label=label on:click=show>{text::SHOW_PAIR}</button></td>
        </tr>
    }
    .into_any()
}

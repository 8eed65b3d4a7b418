//! The same explanation with other seeds.

use leptos::prelude::*;

use super::asked;
use crate::charts::format::{self, NumberFormat};
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Interval, Tone};
use crate::compute::RecordQuestion;
use crate::explain::explanation::LOW_R2;
use crate::explain::{Narrowing, Stability, StabilityParams, Verdict, WeightBand};
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::components::number_box::NumberBox;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::trust as text;

fn seeds_allowed(number: f64) -> bool {
    let allowed = StabilityParams::MIN_SEEDS..=StabilityParams::MAX_SEEDS;
    number.fract() == 0.0 && allowed.contains(&(number as u32))
}

/// Controls, verdict, bands.
pub fn stability(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let default = f64::from(StabilityParams::default().seeds);
    let seeds = Memo::new(move |_| query.number("seeds", seeds_allowed).unwrap_or(default));
    let until = Memo::new(move |_| query.number("until", |width| width > 0.0));
    let question = move || {
        RecordQuestion::Stability(StabilityParams {
            lime: of.lime.get(),
            seeds: seeds.get() as u32,
            until: until.get().map(|width| Narrowing { width, ..Narrowing::default() }),
        })
    };
    let set = move |number: f64| query.replace(&[("seeds", Some(number.to_string()))]);
    let turn = move |_| {
        let width = Narrowing::default().width.to_string();
        query.set(&[("until", until.get_untracked().is_none().then_some(width))]);
    };
    view! {
        <div class="row ends">
            <div class="field">
                <span aria-hidden="true">{text::SEEDS}</span>
                <NumberBox
                    label=text::SEEDS
                    value=seeds
                    allowed=(seeds_allowed as fn(f64) -> bool, text::SEEDS_ALLOWED)
                    on_change=set
                />
            </div>
            <button on:click=turn>
                {move || if until.get().is_some() { text::AS_SET } else { text::NARROW }}
            </button>
        </div>
        {asked(of, Task::Trust, question, found)}
    }
    .into_any()
}

fn found(stability: Stability) -> AnyView {
    let verdict = match stability.verdict {
        Verdict::Order => "order",
        Verdict::Set => "set",
        Verdict::Unstable => "unstable",
    };
    let spec = Signal::stored(bands(&stability));
    let seeds = stability.seeds;
    // where all features have a weight, that says nothing
    let chooses = stability.weights.iter().any(|band| band.chosen < seeds);
    let heads = [text::MEAN, text::RANGE, text::DEVIATION, text::SIGNS, text::AMONG_FIRST];
    let heads = heads.into_iter().chain(chooses.then_some(text::CHOSEN));
    view! {
        <p
            class="says"
            role="status"
            data-testid="verdict"
            data-verdict=verdict
            data-same-order=stability.same_order.to_string()
            data-samples=stability.samples.to_string()
        >
            {text::verdict(&stability)} " " {text::narrowing(&stability)}
        </p>
        {(stability.r2.mean < LOW_R2).then(|| view! { <p class="note"><b>{text::LOW_R2}</b></p> })}
        <Chart spec />
        <div class="scroll" tabindex="0" role="region" aria-label=text::BANDS>
            <table class="tight stacked">
                <thead>
                    <tr>
                        <th scope="col">{text::FEATURE}</th>
                        {heads.map(|name| view! { <th scope="col" class="right">{name}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{stability.weights.into_iter().map(|band| row(band, seeds, chooses)).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">{text::HOW_STABILITY}</p>
    }
    .into_any()
}

fn row(band: WeightBand, seeds: u32, chooses: bool) -> AnyView {
    let weight = band.weight;
    let range = format!("{} to {}", format::weight(weight.least), format::weight(weight.most));
    view! {
        <tr data-feature=band.feature.clone()>
            <th scope="row">{readable(&band.feature)}</th>
            <td class="beside right" data-mean=weight.mean.to_string()>{format::weight(weight.mean)}</td>
            <td class="right interval" data-label=text::RANGE>{range}</td>
            <td class="right" data-label=text::DEVIATION>{format::score(weight.std)}</td>
            <td class="right" data-label=text::SIGNS>{text::of(band.sign_changes, band.chosen)}</td>
            <td class="right" data-label=text::AMONG_FIRST>{text::of(band.among_first, seeds)}</td>
            {chooses.then(|| view! { <td class="right" data-label=text::CHOSEN>{text::of(band.chosen, seeds)}</td> })}
        </tr>
    }
    .into_any()
}

fn bands(stability: &Stability) -> ChartSpec {
    let of = |band: &WeightBand| Interval { low: band.weight.least, high: band.weight.most };
    let mut frame = ChartFrame::new(
        text::BANDS,
        Axis::formatted(text::WEIGHT, NumberFormat::Weight),
        Axis::new(text::FEATURE, ""),
    );
    frame.note = text::made_with(stability);
    ChartSpec::Bar(BarSpec {
        frame,
        levels: stability.weights.iter().map(|band| readable(&band.feature)).collect(),
        series: vec![BarSeries {
            tone: Tone::Signed,
            values: stability.weights.iter().map(|band| band.weight.mean).collect(),
            intervals: stability.weights.iter().map(of).collect(),
            ..BarSeries::default()
        }],
        ..BarSpec::default()
    })
}

//! The explanation as it is beside the same with one setting changed.

use leptos::prelude::*;

use super::super::controls::samples_allowed;
use super::asked;
use super::changed::{Changed, PARAM};
use crate::charts::format;
use crate::compute::RecordQuestion;
use crate::explain::{Compared, Explanation, SettingsParams, VariantEffect};
use crate::web::app::use_lab_query;
use crate::web::components::number_box::NumberBox;
use crate::web::components::segmented::Segmented;
use crate::web::components::weight_bar::{WeightBar, side_class};
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::{explain, lime_settings as text};

/// Columns worth fewer neighbours than this say so.
const FEW: f64 = 100.0;
/// Places that are told where they differ.
const FIRST: usize = 3;

/// Fields, table, what it means.
pub fn settings(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let all = Memo::new(move |_| {
        of.record.with(|record| record.as_ref().map_or(0, std::collections::BTreeMap::len) as f64)
    });
    let usual = Memo::new(move |_| (0.75 * all.get().sqrt() * 100.0).round() / 100.0);
    let changed = Memo::new(move |_| Changed::of(query.get(PARAM).as_deref(), usual.get()));
    let question = move || {
        let base = of.lime.get();
        let variants = changed.get().variants(&base);
        RecordQuestion::Settings(SettingsParams { base, variants })
    };
    view! {
        {fields(of, changed, usual, all)}
        {asked(of, Task::Trust, question, found)}
    }
    .into_any()
}

fn fields(of: Explaining, changed: Memo<Changed>, usual: Memo<f64>, all: Memo<f64>) -> AnyView {
    let query = use_lab_query();
    let put = move |next: Changed| query.replace(&[(PARAM, Some(next.to_string()))]);
    let now = move || changed.get_untracked();
    let width = Signal::derive(move || changed.get().width.unwrap_or(usual.get()));
    let samples =
        Signal::derive(move || f64::from(changed.get().samples.unwrap_or(of.lime.get().samples)));
    let set_width = move |width: f64| {
        let width = Some(width).filter(|width| *width != usual.get_untracked());
        put(Changed { width, ..now() });
    };
    let set_samples = move |samples: f64| {
        let samples = samples as u32;
        let samples = Some(samples).filter(|count| *count != of.lime.get_untracked().samples);
        put(Changed { samples, ..now() });
    };
    let features =
        Signal::derive(move || changed.get().features.map_or_else(|| all.get(), f64::from));
    let set_features = move |features: f64| {
        let features = Some(features).filter(|count| *count != all.get_untracked());
        put(Changed { features: features.map(|count| count as u32), ..now() });
    };
    let reset = move |_| put(Changed::default());
    let bins = choice(
        text::BINS,
        &text::ALL_BINS,
        move || changed.get().bins,
        move |bins| {
            put(Changed { bins, ..now() });
        },
    );
    let distance = choice(
        text::DISTANCE,
        &text::ALL_DISTANCES,
        move || changed.get().distance,
        move |distance| {
            put(Changed { distance, ..now() });
        },
    );
    let selection = choice(
        text::SELECTION,
        &text::ALL_SELECTIONS,
        move || changed.get().selection,
        move |selection| put(Changed { selection, ..now() }),
    );
    view! {
        <div class="row ends">
            {number(width, 0.25, (text::WIDTH, Changed::width_allowed, text::WIDTH_ALLOWED), set_width)}
            {number(
                samples,
                1_000.0,
                (text::SAMPLES, samples_allowed, explain::SAMPLES_ALLOWED),
                set_samples,
            )}
            {bins}
            {distance}
            {number(
                features,
                1.0,
                (text::FEATURES, Changed::features_allowed, text::FEATURES_ALLOWED),
                set_features,
            )}
            {selection}
            <button on:click=reset>{text::RESET}</button>
        </div>
    }
    .into_any()
}

/// A field of a number: its label, what is allowed, and the words for it.
fn number(
    value: Signal<f64>,
    step: f64,
    (label, allowed, words): (&'static str, fn(f64) -> bool, &'static str),
    set: impl Fn(f64) + Send + Sync + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            <NumberBox label value settled=true step allowed=(allowed, words) on_change=set />
        </div>
    }
    .into_any()
}

/// A field of one of a few, the usual one first.
fn choice<T: Copy + Default + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    all: &'static [(T, &'static str, &'static str)],
    now: impl Fn() -> T + Send + Sync + 'static,
    set: impl Fn(T) + Send + Sync + 'static,
) -> AnyView {
    let name = Signal::derive(move || {
        let now = now();
        all.iter().find(|(value, _, _)| *value == now).map_or("", |(_, _, name)| name).to_owned()
    });
    let choose = move |chosen: String| {
        set(all
            .iter()
            .find(|(_, _, name)| *name == chosen)
            .map_or_else(T::default, |(of, _, _)| *of));
    };
    let options = all.iter().map(|(_, _, name)| (*name).to_owned()).collect();
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            <Segmented label options value=name on_change=choose />
        </div>
    }
    .into_any()
}

fn found(Compared { base, variants }: Compared) -> AnyView {
    let names: Vec<String> = variants.iter().map(|effect| text::column(&effect.variant)).collect();
    let columns: Vec<(&str, &VariantEffect)> = std::iter::once(text::BASE)
        .chain(names.iter().map(String::as_str))
        .zip(std::iter::once(&base).chain(&variants))
        .collect();
    let weights = columns.iter().flat_map(|(_, effect)| &effect.explanation.contributions);
    let scale = weights.map(|c| c.weight.abs()).fold(0.01, f64::max);
    let heads: Vec<_> = columns
        .iter()
        .map(|(name, _)| view! { <th scope="col" class="right">{(*name).to_owned()}</th> })
        .collect();
    let rows: Vec<_> =
        features(&columns).iter().map(|feature| row(feature, &columns, scale)).collect();
    let figures: Vec<_> =
        [(text::R2, Figure::R2), (text::COUNTING, Figure::Counting), (text::LOCAL, Figure::Local)]
            .map(|(name, figure)| figure_row(name, figure, &columns))
            .into();
    let said: Vec<_> = columns
        .iter()
        .skip(1)
        .map(|(name, effect)| {
            let few = (effect.counting < FEW).then(|| text::few(effect));
            view! {
                <li data-turned=effect.turned.len().to_string()>
                    {text::effect(name, effect)}
                    {few.map(|few| view! { " " <b>{few}</b> })}
                </li>
            }
        })
        .collect();
    let says = match said.is_empty() {
        true => view! { <p class="says">{text::NONE}</p> }.into_any(),
        false => view! { <ul class="says">{said}</ul> }.into_any(),
    };
    let help = text::HELP.map(|(name, help)| view! { <dt>{name}</dt> <dd>{help}</dd> });
    view! {
        <div role="status" data-testid="settings-says">{says}</div>
        <div class="scroll" tabindex="0" role="region" aria-label=text::TABLE>
            <table class="tight stacked settings" data-testid="settings">
                <thead>
                    <tr>
                        <th scope="col">{text::FEATURE}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{figures} {rows}</tbody>
            </table>
        </div>
        <p class="note">{text::HOW}</p>
        <details>
            <summary>{text::MEANINGS}</summary>
            <dl class="meanings">{help.collect_view()}</dl>
        </details>
    }
    .into_any()
}

/// Every feature that has a weight anywhere, in the order of the columns.
fn features(columns: &[(&str, &VariantEffect)]) -> Vec<String> {
    let mut features: Vec<String> = Vec::new();
    for contribution in columns.iter().flat_map(|(_, effect)| &effect.explanation.contributions) {
        if !features.contains(&contribution.feature) {
            features.push(contribution.feature.clone());
        }
    }
    features
}

/// A number of the whole explanation.
#[derive(Clone, Copy)]
enum Figure {
    R2,
    Counting,
    Local,
}

fn figure_row(name: &'static str, figure: Figure, columns: &[(&str, &VariantEffect)]) -> AnyView {
    let cells: Vec<_> = columns
        .iter()
        .map(|(label, effect)| {
            let (value, shown) = match figure {
                Figure::R2 => (effect.explanation.r2, format::score(effect.explanation.r2)),
                Figure::Counting => (effect.counting, text::counting(effect)),
                Figure::Local => {
                    let says = effect.explanation.local_prediction;
                    (says, format::decimal(says, 3))
                }
            };
            view! {
                <td class="right" data-label=(*label).to_owned() data-value=value.to_string()>{shown}</td>
            }
        })
        .collect();
    view! {
        <tr class="figure">
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}

fn row(feature: &str, columns: &[(&str, &VariantEffect)], scale: f64) -> AnyView {
    let Some(((_, base), _)) = columns.split_first() else { return ().into_any() };
    let place = |explanation: &Explanation| {
        explanation.contributions.iter().position(|c| c.feature == feature).map(|at| at + 1)
    };
    let usual = base.explanation.contributions.iter().find(|c| c.feature == feature);
    let before = place(&base.explanation);
    let cells: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(at, (label, effect))| {
            let label = (*label).to_owned();
            let own = effect.explanation.contributions.iter().find(|c| c.feature == feature);
            let Some(own) = own else {
                return view! { <td class="right" data-label=label><span class="sub">{explain::NOT_CHOSEN}</span></td> }
                    .into_any();
            };
            let turned = effect.turned.iter().any(|turned| turned == feature);
            let after = place(&effect.explanation);
            let moved = after.filter(|after| {
                Some(*after) != before && (*after).min(before.unwrap_or(*after)) <= FIRST
            });
            let marks = [turned.then(|| text::OTHER_SIGN.to_owned()), moved.map(text::place)];
            let marks = marks.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let condition = (at > 0 && usual.is_some_and(|usual| usual.condition != own.condition))
                .then(|| own.condition.clone());
            view! {
                <td class="right" data-label=label class:turned=turned>
                    <WeightBar weight=own.weight before=usual.filter(|_| at > 0).map(|c| c.weight) scale />
                    {(!marks.is_empty()).then(|| view! { <span class="sub">{marks}</span> " " })}
                    <b class=side_class(own.weight) data-value=own.weight.to_string()>{format::weight(own.weight)}</b>
                    {condition.map(|condition| view! { <span class="condition">{condition}</span> })}
                </td>
            }
            .into_any()
        })
        .collect();
    view! {
        <tr data-feature=feature.to_owned()>
            <th scope="row">{readable(feature)}</th>
            {cells}
        </tr>
    }
    .into_any()
}

//! What each feature adds, over many customers.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{asked, count, part, part_choice, seed};
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, ChartFrame, ChartSpec, SwarmPoint, SwarmRow, SwarmSpec};
use crate::compute::WholeQuestion;
use crate::explain::whole::{FeatureShares, Part, ShapleySummary, SummaryParams};
use crate::features::Domain;
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::explaining::Explaining;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

fn rows_allowed(number: f64) -> bool {
    let [min, max] = SummaryParams::ROWS;
    number.fract() == 0.0 && (min..=max).contains(&(number as u32))
}

/// Controls and points.
pub fn shapley(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let default = SummaryParams::default();
    let allowed = (rows_allowed as fn(f64) -> bool, text::ROWS_ALLOWED);
    let (rows, rows_box) = count(query, "many", text::ROWS, default.rows, allowed);
    let question = move || {
        Some(WholeQuestion::Shapley(SummaryParams {
            part: part(query, Part::Test),
            rows: rows.get(),
            seed: seed(of),
            ..SummaryParams::default()
        }))
    };
    view! {
        <div class="row ends">
            {part_choice(query, Part::Test)}
            {rows_box}
        </div>
        {asked(of, question, move |summary| found(of, summary))}
    }
    .into_any()
}

fn found(of: Explaining, summary: ShapleySummary) -> AnyView {
    let spec = Signal::stored(swarm(&summary));
    let each = summary.features.iter().map(|feature| {
        view! {
            <li data-feature=feature.feature.clone() data-size=feature.mean_abs.to_string()></li>
        }
    });
    view! {
        <p class="says" role="status" data-testid="summary" data-rows=summary.rows.to_string()>
            {text::summary(&summary)}
        </p>
        <Chart spec />
        {levels(of, &summary)}
        <ul hidden data-testid="summaries">{each.collect_view()}</ul>
        <p class="note">{text::summary_made(&summary)} " " {text::HOW_SHAPLEY}</p>
    }
    .into_any()
}

/// Which end of the colours is which level.
fn levels(of: Explaining, summary: &ShapleySummary) -> AnyView {
    let model = of.model.get_untracked();
    let features = model.iter().flat_map(|model| &model.space.features);
    let told = features.filter_map(|feature| {
        let Domain::Levels(levels) = &feature.domain else { return None };
        let shares = summary.features.iter().find(|shares| shares.feature == feature.name)?;
        let seen = shares.of.iter().map(|&of| of as usize).collect::<BTreeSet<_>>();
        let seen: Vec<&str> =
            seen.into_iter().filter_map(|at| levels.get(at).map(String::as_str)).collect();
        Some(view! { <dt>{readable(&feature.name)}</dt> <dd>{text::from_low(&seen)}</dd> })
    });
    view! {
        <details data-testid="swarm-levels">
            <summary>{text::WHICH_LEVEL}</summary>
            <dl class="meanings">{told.collect_view()}</dl>
        </details>
    }
    .into_any()
}

fn swarm(summary: &ShapleySummary) -> ChartSpec {
    let features = sorted_by(summary.features.clone(), |feature| -feature.mean_abs);
    let mut axis = Axis::formatted(text::share_scale(summary.scale), NumberFormat::Weight);
    axis.title = format!("{}: {}", crate::web::text::trust::SHARE, axis.title);
    ChartSpec::Swarm(SwarmSpec {
        frame: ChartFrame::new(text::SWARM, axis, Axis::new(text::FEATURE, "")),
        size: text::SIZE.to_owned(),
        ends: [text::LOW.to_owned(), text::HIGH.to_owned()],
        rows: features.iter().map(row).collect(),
    })
}

fn row(feature: &FeatureShares) -> SwarmRow {
    let low = feature.of.iter().copied().fold(f64::INFINITY, f64::min);
    let high = feature.of.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let share = |of: f64| if high > low { (of - low) / (high - low) } else { 0.5 };
    let points = feature.values.iter().zip(&feature.of);
    SwarmRow {
        name: readable(&feature.feature),
        size: feature.mean_abs,
        points: points.map(|(&value, &of)| SwarmPoint { value, share: share(of) }).collect(),
    }
}

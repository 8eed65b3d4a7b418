//! What the model loses when a feature is shuffled.

use leptos::prelude::*;

use super::{asked, count, field, part, part_choice, seed};
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Interval, Tone};
use crate::compute::WholeQuestion;
use crate::explain::whole::{Importance, ImportanceParams, ImportanceScore, Part};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::components::segmented::Segmented;
use crate::web::explaining::Explaining;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

/// Each score and its value in the address.
const SCORES: [(&str, ImportanceScore); 3] = [
    ("accuracy", ImportanceScore::Accuracy),
    ("auc", ImportanceScore::RocAuc),
    ("loss", ImportanceScore::LogLoss),
];

fn repeats_allowed(number: f64) -> bool {
    let [min, max] = ImportanceParams::REPEATS;
    number.fract() == 0.0 && (min..=max).contains(&(number as u32))
}

/// Controls and bars.
pub fn importance(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let score = Memo::new(move |_| {
        let key = query.get("score");
        let known = SCORES.into_iter().find(|(name, _)| Some(*name) == key.as_deref());
        known.map_or(ImportanceScore::Accuracy, |(_, score)| score)
    });
    let default = ImportanceParams::default().repeats;
    let allowed = (repeats_allowed as fn(f64) -> bool, text::REPEATS_ALLOWED);
    let (repeats, repeats_box) = count(query, "repeats", text::REPEATS, default, allowed);
    let question = move || {
        Some(WholeQuestion::Importance(ImportanceParams {
            score: score.get(),
            part: part(query, Part::Test),
            repeats: repeats.get(),
            seed: seed(of),
        }))
    };
    let value = Signal::derive(move || text::score(score.get()).to_owned());
    let choose = move |name: String| {
        let known = SCORES.into_iter().find(|(_, score)| text::score(*score) == name);
        query.set(&[("score", known.map(|(key, _)| key.to_owned()))]);
    };
    let options = SCORES.map(|(_, score)| text::score(score).to_owned()).to_vec();
    let scores = view! { <Segmented label=text::SCORE options value on_change=choose /> };
    view! {
        <div class="row ends">
            {field(text::SCORE, scores.into_any())}
            {part_choice(query, Part::Test)}
            {repeats_box}
        </div>
        {asked(of, question, found)}
    }
    .into_any()
}

fn found(importance: Importance) -> AnyView {
    let spec = Signal::stored(bars(&importance));
    let each = importance.features.iter().map(|feature| {
        view! {
            <li
                data-feature=feature.feature.clone()
                data-mean=feature.mean.to_string()
                data-std=feature.std.to_string()
            ></li>
        }
    });
    view! {
        <p class="says" role="status" data-testid="importance" data-baseline=importance.baseline.to_string()>
            {text::importance(&importance)}
        </p>
        <Chart spec />
        // the chart's own table is for people; exact figures stand here for programs
        <ul hidden data-testid="importances">{each.collect_view()}</ul>
        <p class="note">{text::importance_made(&importance)} " " {text::HOW_IMPORTANCE}</p>
    }
    .into_any()
}

fn bars(importance: &Importance) -> ChartSpec {
    let features = sorted_by(importance.features.clone(), |feature| -feature.mean);
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            text::LOST_SCORE,
            Axis::formatted(text::lost(importance.score), NumberFormat::Weight),
            Axis::new(text::FEATURE, ""),
        ),
        levels: features.iter().map(|feature| readable(&feature.feature)).collect(),
        series: vec![BarSeries {
            tone: Tone::Accent,
            values: features.iter().map(|feature| feature.mean).collect(),
            intervals: features
                .iter()
                .map(|feature| Interval { low: feature.low, high: feature.high })
                .collect(),
            ..BarSeries::default()
        }],
        value_labels: true,
        ..BarSpec::default()
    })
}

//! The fair share of each feature.

use leptos::prelude::*;

use super::asked;
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Interval, Tone};
use crate::compute::RecordQuestion;
use crate::explain::{Background, Shapley, ShapleyParams, ShapleyValue, ShapleyValues};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::components::segmented::Segmented;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::trust as text;

/// Standard errors either way that hold 95 of 100 estimates.
const EITHER_WAY: f64 = 1.96;

/// The question is the same for every way of looking at shares.
pub fn question(of: Explaining) -> RecordQuestion {
    let seed = of.lime.with(|lime| lime.seed);
    RecordQuestion::Shapley(ShapleyParams { seed, ..ShapleyParams::default() })
}

/// What the customer is compared with.
pub fn background(values: &ShapleyValues) -> String {
    match values.background {
        Background::Means => text::MEANS.to_owned(),
        Background::Rows(count) => text::rows(count, values.seed),
    }
}

/// Bars, and that they add up.
pub fn shapley(of: Explaining) -> AnyView {
    asked(of, Task::Trust, move || question(of), found)
}

fn found(values: ShapleyValues) -> AnyView {
    let query = use_lab_query();
    let has_odds = values.log_odds.is_some();
    let by_odds =
        Memo::new(move |_| has_odds && query.get("scale").is_some_and(|scale| scale == "odds"));
    let chosen = Signal::derive(move || {
        if by_odds.get() { text::LOG_ODDS } else { text::PROBABILITY }.to_owned()
    });
    let choose = move |scale: String| {
        query.set(&[("scale", (scale == text::LOG_ODDS).then(|| "odds".to_owned()))]);
    };
    let options = vec![text::PROBABILITY.to_owned(), text::LOG_ODDS.to_owned()];
    let behind = background(&values);
    let values = StoredValue::new(values);
    let shown = move || {
        values.with_value(|values| match &values.log_odds {
            Some(log_odds) if by_odds.get() => drawn(log_odds, values, text::LOG_ODDS),
            _ => drawn(&values.probability, values, text::PROBABILITY),
        })
    };
    view! {
        {has_odds.then(|| view! {
            <div class="row ends">
                <div class="field">
                    <span aria-hidden="true">{text::SCALE}</span>
                    <Segmented label=text::SCALE options value=chosen on_change=choose />
                </div>
            </div>
        })}
        {shown}
        <p class="note">{behind} " " {text::HOW_SHAPLEY}</p>
    }
    .into_any()
}

fn drawn(shapley: &Shapley, values: &ShapleyValues, scale: &'static str) -> AnyView {
    let spec = Signal::stored(bars(shapley, scale));
    let method = text::method(shapley, shapley.values.len(), values.permutations, values.seed);
    let each = shapley.values.iter().map(|value| {
        view! {
            <li data-feature=value.feature.clone() data-value=value.value.to_string()></li>
        }
    });
    view! {
        <p
            class="says"
            role="status"
            data-testid="additivity"
            data-base=shapley.base.to_string()
            data-prediction=shapley.prediction.to_string()
            data-gap=shapley.gap().to_string()
        >
            {text::additivity(shapley)}
        </p>
        <Chart spec />
        // the chart's own table is for people; exact figures stand here for programs
        <ul hidden data-testid="shares">{each.collect_view()}</ul>
        <p class="note">{method}</p>
    }
    .into_any()
}

fn bars(shapley: &Shapley, scale: &str) -> ChartSpec {
    let values = sorted_by(shapley.values.clone(), |value| -value.value.abs());
    let interval = |value: &ShapleyValue| {
        value.standard_error.map(|error| Interval {
            low: value.value - EITHER_WAY * error,
            high: value.value + EITHER_WAY * error,
        })
    };
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            text::SHARE,
            Axis {
                title: format!("{}: {}", text::SHARE, scale.to_lowercase()),
                format: NumberFormat::Weight,
                ..Axis::default()
            },
            Axis::new(text::FEATURE, ""),
        ),
        levels: values.iter().map(|value| readable(&value.feature)).collect(),
        series: vec![BarSeries {
            tone: Tone::Signed,
            values: values.iter().map(|value| value.value).collect(),
            intervals: values.iter().filter_map(interval).collect(),
            ..BarSeries::default()
        }],
        value_labels: true,
        ..BarSpec::default()
    })
}

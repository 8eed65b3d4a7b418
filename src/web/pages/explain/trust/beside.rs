//! LIME, Shapley and the exact contribution of the same customer, side by side.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked;
use super::shapley::{background, question};
use crate::charts::format;
use crate::explain::{Explanation, FeatureCount, LimeParams, ShapleyMethod, ShapleyValues};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab;
use crate::web::components::loading::{Loading, follow};
use crate::web::components::weight_bar::side_class;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::trust as text;

/// A feature in all three.
#[derive(Clone)]
struct Row {
    feature: String,
    lime: Option<f64>,
    shapley: f64,
    exact: Option<f64>,
}

impl Row {
    fn turns(&self) -> bool {
        self.lime.is_some_and(|lime| lime * self.shapley < 0.0)
    }
}

/// The table.
pub fn beside(of: Explaining) -> AnyView {
    let lab = use_lab();
    // every feature has a weight here, whatever the settings
    let lime = follow(move || {
        let asked = of.model.get().zip(of.record.get());
        let params = LimeParams { features: FeatureCount::All, ..of.lime.get() };
        async move {
            let Some((model, record)) = asked else { return Ok(None) };
            let (explanation, _) = lab.explain(model.id.clone(), record, params, None).await?;
            Ok(Some(Arc::new(explanation)))
        }
    });
    let show = move |values: ShapleyValues| {
        let values = Arc::new(values);
        view! {
            <Loading answer=lime children=move |explanation| {
                explanation.map(|explanation| table(&explanation, &values))
            } />
        }
        .into_any()
    };
    asked(of, Task::Trust, move || question(of), show)
}

fn table(explanation: &Explanation, values: &ShapleyValues) -> AnyView {
    let weight = |feature: &str| {
        explanation.contributions.iter().find(|c| c.feature == feature).map(|c| c.weight)
    };
    let exact = values.log_odds.as_ref().filter(|odds| odds.method == ShapleyMethod::Linear);
    let rows = values.probability.values.iter().enumerate().map(|(at, value)| Row {
        feature: value.feature.clone(),
        lime: weight(&value.feature),
        shapley: value.value,
        exact: exact.and_then(|odds| odds.values.get(at)).map(|value| value.value),
    });
    let rows: Vec<Row> = sorted_by(rows.collect(), |row: &Row| -row.shapley.abs());
    let turned: Vec<String> =
        rows.iter().filter(|row| row.turns()).map(|row| readable(&row.feature)).collect();
    let said = text::beside(&turned, rows.len());
    let behind = background(values);
    view! {
        <p class="says" role="status" data-testid="beside-says" data-turned=turned.len().to_string()>{said}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=text::BESIDE>
            <table class="tight stacked">
                <thead>
                    <tr>
                        <th scope="col">{text::FEATURE}</th>
                        {[text::WEIGHT, text::SHARE, text::EXACT]
                            .map(|name| view! { <th scope="col" class="right">{name}</th> })}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">{behind} " " {text::HOW_BESIDE}</p>
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let turns = row.turns();
    let number = |value: Option<f64>| {
        let side = value.map_or("", side_class);
        let words = value.map_or_else(|| text::NOT_THERE.to_owned(), format::weight);
        view! { <b class=side data-value=value.map(|value| value.to_string())>{words}</b> }
    };
    view! {
        <tr data-feature=row.feature.clone()>
            <th scope="row">{readable(&row.feature)}</th>
            <td class="right" data-label=text::WEIGHT>
                {number(row.lime)}
                {turns.then(|| view! { " " <span class="sub">{text::DIFFERS}</span> })}
            </td>
            <td class="beside right" data-label=text::SHARE>{number(Some(row.shapley))}</td>
            <td class="right" data-label=text::EXACT>{number(row.exact)}</td>
        </tr>
    }
    .into_any()
}

//! What the endpoint said last.

use leptos::prelude::*;

use super::call::pretty;
use crate::charts::format;
use crate::serving::{Endpoint, PredictionResponse};
use crate::web::app::use_lab;
use crate::web::components::probability::ProbabilityGauge;
use crate::web::components::weight_bar::side_class;
use crate::web::components::weight_bar::{WeightBar, signed};
use crate::web::pages::endpoints;
use crate::web::text::names::readable;
use crate::web::text::serve as text;

/// The last answer to a person's call.
#[component]
pub fn Answer() -> impl IntoView {
    let lab = use_lab();
    move || match lab.state.response.get() {
        None => view! { <p class="empty">{text::NO_ANSWER}</p> }.into_any(),
        Some(response) => answered(&response).into_any(),
    }
}

fn answered(response: &PredictionResponse) -> impl IntoView {
    let prediction = &response.prediction;
    let contributions = prediction.explanation.contributions.clone();
    let scale = contributions.iter().map(|c| c.weight.abs()).fold(0.01, f64::max);
    let no_edits = Signal::stored(None::<f64>);
    let mut particulars = vec![
        (text::UUID.to_owned(), response.uuid.clone()),
        (text::TOOK.to_owned(), format::milliseconds(response.ms)),
    ];
    let endpoint = answerer(&response.uuid);
    if let Some(endpoint) = &endpoint {
        particulars.push((text::FROM.to_owned(), endpoints::title(endpoint)));
    }
    let classes = endpoint.and_then(|endpoint| endpoints::classes(&endpoint));
    let classes = Signal::stored(classes);
    let data = prediction.data.iter();
    let data = data.map(|(name, value)| (readable(name), value.to_string())).collect();
    view! {
        <div class="answer" data-testid="answer">
            <div>
                <ProbabilityGauge value=prediction.probability before=no_edits classes />
                {pairs(particulars)}
            </div>
            <div>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::CONDITION}</th>
                            <th scope="col" class="bar">{text::BAR}</th>
                            <th scope="col" class="right">{text::WEIGHT}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {contributions.into_iter().map(|c| view! {
                            <tr>
                                <th scope="row">{c.condition}</th>
                                <td class="bar"><WeightBar weight=c.weight before=None scale /></td>
                                <td class="right"><b class=side_class(c.weight)>{signed(c.weight)}</b></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </div>
        <details class="more">
            <summary>{text::DATA}</summary>
            {pairs(data)}
        </details>
        <details class="more">
            <summary>{text::RAW}</summary>
            <pre class="raw" tabindex="0">{pretty(response)}</pre>
        </details>
    }
}

/// Whose answer it was, from the metrics store.
fn answerer(uuid: &str) -> Option<Endpoint> {
    let state = use_lab().state;
    let id = state.events.with_untracked(|events| {
        events.iter().rev().find(|event| event.uuid == uuid).map(|event| event.endpoint_id.clone())
    })?;
    state.endpoints.with_untracked(|all| all.iter().find(|e| e.id == id).cloned())
}

fn pairs(pairs: Vec<(String, String)>) -> AnyView {
    let pairs = pairs.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> });
    view! { <dl class="particulars">{pairs.collect_view()}</dl> }.into_any()
}

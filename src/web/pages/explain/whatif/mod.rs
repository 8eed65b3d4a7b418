//! What would change the prediction: curves of single features, and the smallest changes that turn it.

mod counterfactuals;
mod curves;

use leptos::prelude::*;

use super::trust::asked;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::tabs::Tabs;
use crate::web::explaining::Explaining;
use crate::web::text::trust::{CLOSE, model as made_by};
use crate::web::text::whatif as text;

/// The address's value of the second way; the first is any other.
const COUNTERFACTUAL: &str = "counterfactual";

/// The card.
pub fn whatif(of: Explaining) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let turns = Memo::new(move |_| query.get("whatif").as_deref() == Some(COUNTERFACTUAL));
    let tabs = vec![(Some("curves"), text::CURVES), (Some(COUNTERFACTUAL), text::COUNTERFACTUAL)];
    let current = Signal::derive(move || Some(if turns.get() { COUNTERFACTUAL } else { "curves" }));
    let close = move |_| query.set(&[("whatif", None)]);
    let made = move || {
        let model = of.model.get()?;
        lab.state.runs.with(|runs| {
            let run = runs.iter().find(|run| run.model_id == model.id)?;
            Some(made_by(run.number, &run.provenance.dataset_name))
        })
    };
    view! {
        <Card
            title=text::TITLE
            aside=move || view! { <button on:click=close>{CLOSE}</button> }
        >
            <div class="trust" data-testid="whatif">
                <Tabs label=text::WAYS param="whatif" tabs current />
                {move || if turns.get() {
                    counterfactuals::counterfactuals(of)
                } else {
                    curves::curves(of)
                }}
                <p class="note">{made} " " {text::NOT_CAUSAL}</p>
            </div>
        </Card>
    }
    .into_any()
}

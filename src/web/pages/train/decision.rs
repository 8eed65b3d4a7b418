//! From which probability on a customer is said to leave: by the model's own rule, from a number on, or
//! from the one on that serves a score best on training rows left out.

use leptos::prelude::*;

use super::threshold;
use crate::experiments::{ThresholdRule, TunedScore};
use crate::web::components::choice::Choice;
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::query::Query;
use crate::web::text::decision as text;

/// Keys of the address: the rule, and the number of a fixed one.
const RULE: &str = "decide";
const AT: &str = "decide.at";

const FIXED: &str = "fixed";
const AT_DEFAULT: f64 = 0.5;

/// The rule that the address says; tracked.
pub fn rule(query: Query) -> ThresholdRule {
    match query.get(RULE).as_deref() {
        Some(FIXED) => ThresholdRule::Fixed(at(query)),
        Some(name) => {
            let score = TunedScore::ALL.into_iter().find(|score| score.name() == name);
            score.map_or(ThresholdRule::Own, ThresholdRule::Tuned)
        }
        None => ThresholdRule::Own,
    }
}

fn at(query: Query) -> f64 {
    query.number(AT, threshold::allowed).unwrap_or(AT_DEFAULT)
}

/// The rule, and the number where it is one.
pub fn field(query: Query) -> AnyView {
    let chosen = Memo::new(move |_| match rule(query) {
        ThresholdRule::Own => "",
        ThresholdRule::Fixed(_) => FIXED,
        ThresholdRule::Tuned(score) => score.name(),
    });
    let options = || {
        let tuned = TunedScore::ALL.map(|score| (score.name(), text::tuned_for(score)));
        let first = [("", text::OWN.to_owned()), (FIXED, text::FIXED.to_owned())];
        first.into_iter().chain(tuned).map(|(key, words)| (key.to_owned(), words)).collect()
    };
    let set = move |key: String| query.replace(&[(RULE, Some(key).filter(|key| !key.is_empty()))]);
    let select = move || {
        view! { <Choice label=text::RULE testid="decide" options=options() value=chosen.get().to_owned() on_change=set /> }
    };
    let set_at = move |number: f64| query.replace(&[(AT, Some(number.to_string()))]);
    let value = Signal::derive(move || at(query));
    let allowed: Allowed = (threshold::allowed, text::ALLOWED);
    let number = move || {
        (chosen.get() == FIXED).then(|| {
            view! { <NumberBox label=text::AT value allowed step=0.05 draft=AT on_change=set_at /> }
        })
    };
    view! {
        <div class="setting">
            <span title=text::WHY>{text::RULE}</span>
            <span class="decision">{select} {number}</span>
        </div>
    }
    .into_any()
}

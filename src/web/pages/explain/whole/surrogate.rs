//! The simple tree that says nearly the same.

use leptos::prelude::*;

use super::{asked, count, seed};
use crate::charts::format;
use crate::compute::WholeQuestion;
use crate::explain::whole::{Rule, Surrogate, SurrogateParams};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::explaining::Explaining;
use crate::web::text::whole as text;

fn depth_allowed(number: f64) -> bool {
    let [min, max] = SurrogateParams::DEPTH;
    number.fract() == 0.0 && (min..=max).contains(&(number as u32))
}

/// Controls, fidelity, rules.
pub fn surrogate(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let default = SurrogateParams::default();
    let allowed = (depth_allowed as fn(f64) -> bool, text::DEPTH_ALLOWED);
    let (depth, depth_box) = count(query, "depth", text::DEPTH, default.depth, allowed);
    let question = move || {
        Some(WholeQuestion::Surrogate(SurrogateParams {
            depth: depth.get(),
            seed: seed(of),
            ..SurrogateParams::default()
        }))
    };
    view! {
        <div class="row ends">{depth_box}</div>
        {asked(of, question, found)}
    }
    .into_any()
}

fn found(surrogate: Surrogate) -> AnyView {
    let (said, made) = (text::fidelity(&surrogate), text::surrogate_made(&surrogate));
    let same = surrogate.test.same_class.to_string();
    let rules = sorted_by(surrogate.rules, |rule| -rule.probability);
    view! {
        <p class="says" role="status" data-testid="fidelity" data-same=same>{said}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=text::RULES>
            <table class="tight stacked" data-testid="rules">
                <thead>
                    <tr>
                        <th scope="col">{text::RULE}</th>
                        {[text::PROBABILITY, text::SHARE, text::CUSTOMERS]
                            .map(|name| view! { <th scope="col" class="right">{name}</th> })}
                    </tr>
                </thead>
                <tbody>{rules.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">{made} " " {text::HOW_SURROGATE}</p>
    }
    .into_any()
}

fn row(rule: Rule) -> AnyView {
    view! {
        <tr>
            <th scope="row">{text::rule(&rule.conditions)}</th>
            <td class="right" data-label=text::PROBABILITY>{format::score(rule.probability)}</td>
            <td class="right" data-label=text::SHARE>{format::percent(rule.positive, 0)}</td>
            <td class="right" data-label=text::CUSTOMERS>{format::count(u64::from(rule.rows))}</td>
        </tr>
    }
    .into_any()
}

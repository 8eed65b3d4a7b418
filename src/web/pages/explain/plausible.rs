//! What no customer of the data set is like, after an edit, and the way back to one that could be.

use leptos::prelude::*;

use super::edits::Edits;
use crate::compute::{Plausibility, TrustQuestion};
use crate::web::app::use_lab;
use crate::web::components::loading::follow;
use crate::web::explaining::Explaining;
use crate::web::text::plausible as text;

/// What is said of a customer at most.
const SAID: usize = 3;

/// Nothing while the customer is as stored, or could be one. Its code waits in the worker until the first
/// edit. What can't be told, since the data set has gone, is not told.
#[component]
pub fn Plausible(
    /// The customer on screen.
    of: Explaining,
    /// What was changed.
    edits: Edits,
) -> impl IntoView {
    let lab = use_lab();
    let answer = follow(move || {
        let changed: Vec<String> =
            edits.values.with(|values| values.iter().map(|(name, _)| name.clone()).collect());
        let asked = of.model.get().zip(of.record.get()).filter(|_| !changed.is_empty());
        async move {
            let Some((model, record)) = asked else { return Ok(None) };
            let question = TrustQuestion::Plausible { changed };
            let (answer, _) = lab.trust(model.id.clone(), record, question).await?;
            answer.read::<Plausibility>().map(Some)
        }
    });
    move || {
        let Plausibility { violations, repaired } = answer.get()?.ok()??;
        if violations.is_empty() {
            return None;
        }
        let first = violations.iter().take(SAID);
        let said: Vec<_> =
            first.map(|violation| view! { <li>{text::said(violation)}</li> }).collect();
        let more = violations.len().saturating_sub(SAID);
        let more = (more > 0).then(|| view! { <li class="sub">{text::more(more)}</li> });
        let repair = (!repaired.is_empty()).then(|| {
            let why = text::repair(&repaired);
            let put = move |_| of.apply.run(repaired.clone());
            view! { <button title=why data-testid="repair" on:click=put>{text::REPAIR}</button> }
        });
        Some(view! {
            <div class="caution" role="status" data-testid="implausible">
                <ul>{said} {more}</ul>
                {repair}
            </div>
        })
    }
}

//! Which endpoint is looked at: the one in the address, else the latest.

use leptos::prelude::*;

use crate::serving::Endpoint;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::text::classes::Classes;

/// The endpoint looked at; `None` while there is none.
pub fn chosen() -> Memo<Option<Endpoint>> {
    let (lab, query) = (use_lab(), use_lab_query());
    Memo::new(move |_| {
        let wanted = query.get("endpoint");
        lab.state.endpoints.with(|endpoints| {
            let named = endpoints.iter().find(|endpoint| Some(&endpoint.id.0) == wanted.as_ref());
            named.or(endpoints.last()).cloned()
        })
    })
}

/// "churn, build 2".
pub fn title(endpoint: &Endpoint) -> String {
    format!("{}, build {}", endpoint.name, endpoint.build.number)
}

/// What its model tells apart; `None` when the model is gone. Tracked.
pub fn classes(endpoint: &Endpoint) -> Option<Classes> {
    Some(Classes::of(&use_lab().state.model_of(&endpoint.model_id)?.target))
}

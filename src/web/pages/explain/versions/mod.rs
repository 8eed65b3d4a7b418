//! Versions of a customer: kept under a name, two side by side, one on paper.

mod compare;
mod page;
mod saved;
mod scenario;

use std::sync::Arc;

use leptos::prelude::*;

use super::card::{Frame, framed};
use crate::data::{Record, Value};
use crate::experiments::Run;
use crate::web::actions::Lab;
use crate::web::explaining::Explaining;
use crate::web::text::{explain, versions as text};

/// The tab of two versions.
const COMPARE: &str = "compare";

const FRAME: Frame = Frame {
    key: "versions",
    title: text::TITLE,
    ways: text::WAYS,
    tabs: &[("saved", text::SAVED), (COMPARE, text::COMPARE), ("page", text::PAGE)],
    caution: explain::NOT_CAUSAL,
};

/// The card.
pub fn versions(of: Explaining) -> AnyView {
    framed(of, FRAME, |tab, of| match tab {
        COMPARE => compare::compare(of),
        "page" => page::page(of),
        _ => saved::saved(of),
    })
}

/// The run that made the model in use; tracked.
fn run_of(lab: Lab, of: Explaining) -> Option<Arc<Run>> {
    let id = of.model.get()?.id.clone();
    lab.state.runs.with(|runs| runs.iter().find(|run| run.model_id == id).cloned())
}

/// The features that differ from those of the data, with both values as a person writes them; tracked.
fn changes(of: Explaining, start: &Record, now: &Record) -> Vec<Changed> {
    let model = of.model.get();
    let shown = |feature: &str, value: &Value| match &model {
        Some(model) => text::value(&model.space, feature, value),
        None => value.to_string(),
    };
    now.iter()
        .filter_map(|(feature, to)| {
            let from = start.get(feature).filter(|from| *from != to)?;
            let feature = feature.clone();
            Some(Changed { from: shown(&feature, from), to: shown(&feature, to), feature })
        })
        .collect()
}

/// A feature that was changed.
struct Changed {
    feature: String,
    from: String,
    to: String,
}

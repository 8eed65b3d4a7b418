//! What an explanation is worth: other seeds, fair shares, and both beside the exact contribution.

mod beside;
mod changed;
mod settings;
mod shapley;
mod stability;

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::card::{self, Frame, framed};
use crate::compute::RecordQuestion;
use crate::web::app::use_lab;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::{explain, lime_settings, trust as text};

const FRAME: Frame = Frame {
    key: "trust",
    title: text::TITLE,
    ways: text::WAYS,
    tabs: &[
        ("stability", text::STABILITY),
        ("settings", lime_settings::TITLE),
        ("shapley", text::SHAPLEY),
        ("beside", text::BESIDE),
    ],
    caution: explain::NOT_CAUSAL,
};

/// The card.
pub fn trust(of: Explaining) -> AnyView {
    framed(of, FRAME, |tab, of| match tab {
        "settings" => settings::settings(of),
        "shapley" => shapley::shapley(of),
        "beside" => beside::beside(of),
        _ => stability::stability(of),
    })
}

/// Asks about the customer on screen, again with every change, and shows what comes.
pub(super) fn asked<T>(
    of: Explaining,
    task: Task,
    question: impl Fn() -> RecordQuestion + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let lab = use_lab();
    let ask = move || {
        let question = question();
        let (model, record) = of.model.get().zip(of.record.get())?;
        Some(lab.trust(model.id.clone(), record, question))
    };
    card::asked(task, ask, text::NO_CUSTOMER, show)
}

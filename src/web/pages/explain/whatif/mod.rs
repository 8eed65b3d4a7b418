//! What would change the prediction: curves of single features, and the smallest changes that turn it.

mod counterfactuals;
mod curves;

use leptos::prelude::*;

use super::card::{Frame, framed};
use super::trust::asked;
use crate::web::explaining::Explaining;
use crate::web::text::whatif as text;

const FRAME: Frame = Frame {
    key: "whatif",
    title: text::TITLE,
    ways: text::WAYS,
    tabs: &[("curves", text::CURVES), ("counterfactual", text::COUNTERFACTUAL)],
    caution: text::NOT_CAUSAL,
};

/// The card.
pub fn whatif(of: Explaining) -> AnyView {
    framed(of, FRAME, |tab, of| match tab {
        "counterfactual" => counterfactuals::counterfactuals(of),
        _ => curves::curves(of),
    })
}

//! What a threshold comes to over customers.

use serde::{Deserialize, Serialize};

use crate::evaluation::{ConfusionMatrix, Offer};

/// What contacting every customer from a probability on comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// All customers.
    pub customers: u32,
    /// Those with p ≥ threshold.
    pub contacted: u32,
    /// Those contacted now and not at the reference threshold.
    pub added: u32,
    /// Those contacted at the reference threshold and not now.
    pub dropped: u32,
    /// Σ (p·s·V − c) over the contacted, in the offer's currency, if probabilities mean what they say.
    pub expected_profit: f64,
    /// Against the classes of the data; `None` without a target.
    pub confusion: Option<ConfusionMatrix>,
}

impl Effect {
    /// Counts customers by probability and true class, one of each a customer.
    #[must_use]
    pub fn of(
        probabilities: &[f64],
        labels: Option<&[bool]>,
        threshold: f64,
        reference: f64,
        offer: Offer,
    ) -> Self {
        let mut effect = Self {
            customers: probabilities.len() as u32,
            contacted: 0,
            added: 0,
            dropped: 0,
            expected_profit: 0.0,
            confusion: labels.map(|labels| ConfusionMatrix::of(labels, probabilities, threshold)),
        };
        for &p in probabilities {
            let (now, before) = (p >= threshold, p >= reference);
            effect.contacted += u32::from(now);
            effect.added += u32::from(now && !before);
            effect.dropped += u32::from(before && !now);
            if now {
                effect.expected_profit += offer.expected_profit(p);
            }
        }
        effect
    }
}

//! Neighbours and their probabilities, kept from one explanation to the next.

use super::error::ExplainError;
use super::explainable::ExplainableModel;
use super::explanation::{Explanation, LimeParams};
use super::neighbours::Bins;
use crate::models::ModelId;

/// Draws kept at most: enough for the seeds of a look at an explanation's stability.
const MOST_DRAWS: usize = 32;
/// Once the kept draws have more neighbours together, older ones go; the newest always stays.
const MOST_NEIGHBOURS: usize = 200_000;

/// The last few draws of neighbours, with what the model said of them.
///
/// Neither depends on the customer, so a second explanation by the same model with the same seed only
/// needs the local fit. The explanations are the same to the last bit.
#[derive(Clone, Debug, Default)]
pub struct ExplainCache {
    /// The last used comes last.
    draws: Vec<Draw>,
}

#[derive(Clone, Debug)]
struct Draw {
    model_id: ModelId,
    samples: u32,
    seed: u32,
    bins: Bins,
    probabilities: Vec<f64>,
}

impl ExplainCache {
    /// [`ExplainableModel::explain`], with the neighbours of an earlier call where there was one.
    ///
    /// # Errors
    /// As [`ExplainableModel::explain`].
    pub fn explain(
        &mut self,
        model: &ExplainableModel,
        encoded: &[f64],
        params: &LimeParams,
    ) -> Result<Explanation, ExplainError> {
        params.check()?;
        self.with_draw(model, params, |bins, probabilities| {
            model.explain_drawn(encoded, bins, probabilities, params)
        })
    }

    /// What `look` makes of the neighbours drawn with these settings, and of their probabilities.
    pub(super) fn with_draw<T>(
        &mut self,
        model: &ExplainableModel,
        params: &LimeParams,
        look: impl FnOnce(&Bins, &[f64]) -> T,
    ) -> T {
        let known = self.draws.iter().position(|draw| {
            draw.model_id == model.model.id
                && draw.samples == params.samples
                && draw.seed == params.seed
        });
        let draw = match known {
            Some(index) => self.draws.remove(index),
            None => {
                let neighbours = model.explainer.draw(params.samples, params.seed);
                Draw {
                    model_id: model.model.id.clone(),
                    samples: params.samples,
                    seed: params.seed,
                    probabilities: model.model.predict_proba(neighbours.values.view()),
                    bins: neighbours.bins,
                }
            }
        };
        let seen = look(&draw.bins, &draw.probabilities);
        self.keep(draw);
        seen
    }

    fn keep(&mut self, draw: Draw) {
        self.draws.push(draw);
        let mut neighbours = 0;
        let mut oldest = self.draws.len();
        for (age, draw) in self.draws.iter().rev().enumerate() {
            neighbours += draw.probabilities.len();
            if age > 0 && (age >= MOST_DRAWS || neighbours > MOST_NEIGHBOURS) {
                break;
            }
            oldest -= 1;
        }
        self.draws.drain(..oldest);
    }
}

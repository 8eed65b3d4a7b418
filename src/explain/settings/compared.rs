//! One explanation beside others, each made with something changed.

use serde::{Deserialize, Serialize};

use super::{Discretizer, LimeSettings, SettingsParams};
use crate::data::Dataset;
use crate::explain::cache::ExplainCache;
use crate::explain::error::ExplainError;
use crate::explain::explainable::{ExplainableModel, check_probabilities};
use crate::explain::explanation::{Explanation, FeatureCount, LimeParams};
use crate::explain::lime::LimeExplainer;
use crate::explain::moments::{Moments, unequal};
use crate::explain::neighbours::Bins;

/// How many features the order is judged by.
const FIRST: usize = 3;

/// What is changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Neighbours drawn, the customer itself included. Default as before.
    pub samples: Option<u32>,
    /// How many features get a weight. Default as before.
    pub features: Option<FeatureCount>,
    /// Everything else. Default LIME's.
    pub settings: LimeSettings,
}

impl Variant {
    /// The neighbours it is made with, those of `base` where it says nothing.
    #[must_use]
    pub fn lime(&self, base: &LimeParams) -> LimeParams {
        LimeParams {
            samples: self.samples.unwrap_or(base.samples),
            features: self.features.unwrap_or(base.features),
            seed: base.seed,
        }
    }
}

/// The first features of an explanation beside those of the one it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstFeatures {
    /// The same, in the same order.
    Order,
    /// The same, in another order.
    Set,
    /// Others.
    Other,
}

/// An explanation made with other settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VariantEffect {
    /// What was changed; nothing for the first explanation.
    pub variant: Variant,
    /// The explanation.
    pub explanation: Explanation,
    /// Width of the kernel that was used.
    pub kernel_width: f64,
    /// How many equally weighted rows the weighted ones are worth, (Σ w)² / Σ w², the customer included
    /// (Kish, "Survey Sampling", 1965): with a narrow kernel far fewer than were drawn.
    pub counting: f64,
    /// Features with another sign than in the first explanation, in the order of that one.
    pub turned: Vec<String>,
    /// The first three beside those of the first explanation.
    pub first: FirstFeatures,
}

/// One explanation and others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What the others are compared with.
    pub base: VariantEffect,
    /// One a variant, in their order.
    pub variants: Vec<VariantEffect>,
}

impl ExplainCache {
    /// Explains as `params.base` says and once more for every variant. `dataset` is the model's, and
    /// needed where numbers are cut otherwise. `progress` hears of every explanation: made, in all.
    ///
    /// The weights are those of Python's `lime` with the same settings and seed. Unless numbers are cut
    /// otherwise or more neighbours drawn, all explanations have the same neighbours.
    ///
    /// # Errors
    /// As [`ExplainableModel::explain`]; settings out of range; no data set, or one that can't be cut.
    pub fn compared(
        &mut self,
        model: &ExplainableModel,
        encoded: &[f64],
        dataset: Option<&Dataset>,
        params: &SettingsParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Compared, ExplainError> {
        params.check()?;
        model.check_record(0, encoded)?;
        let all = params.variants.len() as u32 + 1;
        let settings = LimeSettings::default();
        let own = self.with_settings(model, encoded, dataset, &params.base, &settings)?;
        progress(1, all);
        let base = own.beside(Variant::default(), None);
        let mut variants = Vec::with_capacity(params.variants.len());
        for (made, variant) in (2..).zip(&params.variants) {
            let lime = variant.lime(&params.base);
            let own = self.with_settings(model, encoded, dataset, &lime, &variant.settings)?;
            variants.push(own.beside(variant.clone(), Some(&base.explanation)));
            progress(made, all);
        }
        Ok(Compared { base, variants })
    }

    fn with_settings(
        &mut self,
        model: &ExplainableModel,
        encoded: &[f64],
        dataset: Option<&Dataset>,
        lime: &LimeParams,
        settings: &LimeSettings,
    ) -> Result<Made, ExplainError> {
        let made = |explainer: &LimeExplainer, bins: &Bins, probabilities: &[f64]| {
            Made::of(model, encoded, (explainer, bins, probabilities), lime, settings)
        };
        if settings.discretizer == Discretizer::Quartile {
            return self.with_draw(model, lime, |bins, p| made(&model.explainer, bins, p));
        }
        let dataset = dataset.ok_or_else(|| ExplainError::Discretizer {
            reason: "the data set of the model is not in the lab any more".to_owned(),
        })?;
        let explainer = settings.discretizer.fit(dataset, &model.model.pipeline.space)?;
        let mut random = settings.discretizer.generator(lime.seed, &explainer);
        let neighbours = explainer.draw_from(lime.samples, &mut random);
        let probabilities = model.model.predict_proba(neighbours.values.view());
        made(&explainer, &neighbours.bins, &probabilities)
    }
}

/// An explanation, not compared yet.
struct Made {
    explanation: Explanation,
    kernel_width: f64,
    counting: f64,
}

impl Made {
    fn of(
        model: &ExplainableModel,
        encoded: &[f64],
        (explainer, bins, probabilities): (&LimeExplainer, &Bins, &[f64]),
        lime: &LimeParams,
        settings: &LimeSettings,
    ) -> Result<Self, ExplainError> {
        let probability = model.model.predict_record(encoded);
        check_probabilities(probability, probabilities, bins.n_neighbours())?;
        let own = explainer.bins(encoded);
        let kernel = settings.kernel(own.len());
        let moments = Moments::weighted(&own, probability, bins, probabilities, &kernel);
        let local = settings.local(&moments, lime.features)?;
        let counting = counting(&own, bins, &kernel);
        let kernel_width = settings.width(own.len());
        let explanation = model.explained(explainer, own, probability, &local, moments.n_rows);
        let explanation = Explanation { seed: lime.seed, ..explanation };
        Ok(Self { explanation, kernel_width, counting })
    }

    fn beside(self, variant: Variant, base: Option<&Explanation>) -> VariantEffect {
        let Self { explanation, kernel_width, counting } = self;
        let base = base.unwrap_or(&explanation);
        let weight = |name: &str| {
            explanation.contributions.iter().find(|c| c.feature == name).map_or(0.0, |c| c.weight)
        };
        let turned = base.contributions.iter().filter(|c| c.weight * weight(&c.feature) < 0.0);
        let turned = turned.map(|c| c.feature.clone()).collect();
        let (before, after) = (first(base), first(&explanation));
        let first = match () {
            () if before == after => FirstFeatures::Order,
            () if before.len() == after.len() && before.iter().all(|f| after.contains(f)) => {
                FirstFeatures::Set
            }
            () => FirstFeatures::Other,
        };
        VariantEffect { variant, explanation, kernel_width, counting, turned, first }
    }
}

fn first(explanation: &Explanation) -> Vec<&str> {
    explanation.contributions.iter().take(FIRST).map(|c| c.feature.as_str()).collect()
}

/// (Σ w)² / Σ w² over the customer and its neighbours.
fn counting(own: &[u16], bins: &Bins, kernel: &[f64]) -> f64 {
    let (mut sum, mut squares) = (1.0, 1.0);
    for unequal in unequal(own, bins) {
        let weight = kernel.get(usize::from(unequal)).copied().unwrap_or(0.0);
        sum += weight;
        squares += weight * weight;
    }
    sum * sum / squares
}

//! How much an explanation hangs on the seed of its neighbours: the same one made with many seeds.

use serde::{Deserialize, Serialize};

use super::cache::ExplainCache;
use super::error::ExplainError;
use super::explainable::ExplainableModel;
use super::explanation::{Explanation, LimeParams};
use crate::numerics::order::sorted_by;

/// How many features the verdict is about.
const FIRST: usize = 3;
/// Share of the seeds that must agree for a verdict, in tenths.
const AGREEING_TENTHS: u32 = 9;

/// Settings of a look at an explanation's stability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StabilityParams {
    /// How each explanation is made; its seed is the first one. Default those of LIME.
    pub lime: LimeParams,
    /// Seeds, one after the other; after the largest one comes 0. Default 30; 2 to 200.
    pub seeds: u32,
    /// Doubles the neighbours until the weights agree. Default not at all.
    pub until: Option<Narrowing>,
}

impl Default for StabilityParams {
    fn default() -> Self {
        Self { lime: LimeParams::default(), seeds: 30, until: None }
    }
}

/// When enough neighbours are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Narrowing {
    /// The bands of the first three features are at most so wide, on the probability scale. Default
    /// 0.02; above 0.
    pub width: f64,
    /// No more neighbours than this. Default 160,000; 2 to 1,000,000.
    pub most_samples: u32,
}

impl Default for Narrowing {
    fn default() -> Self {
        Self { width: 0.02, most_samples: 160_000 }
    }
}

impl StabilityParams {
    /// Fewest seeds.
    pub const MIN_SEEDS: u32 = 2;
    /// Most seeds.
    pub const MAX_SEEDS: u32 = 200;

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::Seeds`], [`ExplainError::Width`], and what is wrong with LIME's.
    pub fn check(&self) -> Result<(), ExplainError> {
        let (min, max) = (Self::MIN_SEEDS, Self::MAX_SEEDS);
        if !(min..=max).contains(&self.seeds) {
            return Err(ExplainError::Seeds { seeds: self.seeds, min, max });
        }
        if let Some(Narrowing { width, most_samples }) = self.until {
            if !(width.is_finite() && width > 0.0) {
                return Err(ExplainError::Width { width });
            }
            LimeParams { samples: most_samples, ..self.lime.clone() }.check()?;
        }
        self.lime.check()
    }
}

/// One number over the seeds in which it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Arithmetic mean.
    pub mean: f64,
    /// Least.
    pub least: f64,
    /// Most.
    pub most: f64,
    /// Standard deviation with n − 1; 0 of a single number.
    pub std: f64,
}

impl Band {
    /// Of at least one number; zeros of none.
    #[must_use]
    pub fn of(numbers: &[f64]) -> Self {
        let Some(&first) = numbers.first() else { return Self::default() };
        let n = numbers.len() as f64;
        // from the first number, so that equal ones give exactly themselves
        let mean = first + numbers.iter().map(|x| x - first).sum::<f64>() / n;
        let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
        Self {
            mean,
            least: numbers.iter().copied().fold(f64::INFINITY, f64::min),
            most: numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            std: if numbers.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 },
        }
    }

    /// From the least to the most.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.most - self.least
    }
}

/// The weights of one feature, over the seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightBand {
    /// The feature's name.
    pub feature: String,
    /// What holds for the record.
    pub condition: String,
    /// Of the weights, in the seeds that gave the feature one.
    pub weight: Band,
    /// Seeds that gave the feature a weight.
    pub chosen: u32,
    /// Seeds whose weight has another sign than the mean.
    pub sign_changes: u32,
    /// Seeds in which the feature was among the first three.
    pub among_first: u32,
}

/// What the seeds agree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In nine of ten seeds the first three features are the same, in the same order.
    Order,
    /// In nine of ten seeds they are the same, in some order.
    Set,
    /// They are others from seed to seed.
    Unstable,
}

/// One explanation, made with many seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stability {
    /// The model's probability for the record.
    pub probability: f64,
    /// Sorted by the absolute mean, largest first; features that no seed chose are left out.
    pub weights: Vec<WeightBand>,
    /// Weighted coefficient of determination of the local models.
    pub r2: Band,
    /// What the local models say for the record.
    pub local_prediction: Band,
    /// The first features, at most three, in the order that most seeds gave them.
    pub first: Vec<String>,
    /// Seeds that gave that order.
    pub same_order: u32,
    /// Seeds that gave the same features, in any order.
    pub same_set: u32,
    /// In one word.
    pub verdict: Verdict,
    /// Neighbours of each explanation, the record itself included.
    pub samples: u32,
    /// The first seed.
    pub seed: u32,
    /// How many seeds.
    pub seeds: u32,
    /// Neighbours tried and the widest band of the first three features, in the order of trying.
    pub tried: Vec<(u32, f64)>,
    /// The bands are as narrow as was asked; `None` where nothing was asked.
    pub narrow: Option<bool>,
}

impl ExplainCache {
    /// Explains with one seed after the other, and with more neighbours until the bands are narrow,
    /// where that is asked. `progress` hears of every explanation: made, in all as far as is known.
    ///
    /// # Errors
    /// As [`ExplainableModel::explain`], and settings out of range.
    pub fn stability(
        &mut self,
        model: &ExplainableModel,
        encoded: &[f64],
        params: &StabilityParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Stability, ExplainError> {
        params.check()?;
        let mut samples = params.lime.samples;
        let mut tried = Vec::new();
        let mut made = 0;
        loop {
            let mut explanations = Vec::with_capacity(params.seeds as usize);
            for at in 0..params.seeds {
                let seed = params.lime.seed.wrapping_add(at);
                let lime = LimeParams { samples, seed, ..params.lime.clone() };
                explanations.push(self.explain(model, encoded, &lime)?);
                made += 1;
                progress(made, (tried.len() as u32 + 1) * params.seeds);
            }
            let mut stability = Stability::of(&explanations);
            let widest = stability.widest();
            tried.push((samples, widest));
            let narrow = params.until.map(|until| widest <= until.width);
            let more = params.until.map(|until| samples.saturating_mul(2).min(until.most_samples));
            match more {
                Some(more) if narrow == Some(false) && more > samples => samples = more,
                _ => {
                    stability.tried = tried;
                    stability.narrow = narrow;
                    return Ok(stability);
                }
            }
        }
    }
}

impl Stability {
    /// Of explanations of one record with the same settings, but for the seed.
    #[must_use]
    pub fn of(explanations: &[Explanation]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for contribution in explanations.iter().flat_map(|e| &e.contributions) {
            if !names.contains(&contribution.feature.as_str()) {
                names.push(&contribution.feature);
            }
        }
        let weights = names.iter().filter_map(|name| WeightBand::of(name, explanations)).collect();
        let orders: Vec<Vec<&str>> = explanations.iter().map(first).collect();
        let count = |order: &[&str]| orders.iter().filter(|other| *other == order).count() as u32;
        // of equals the one that came first
        let most_frequent = orders.iter().fold((&[][..], 0), |best, order| {
            let times = count(order);
            if times > best.1 { (order.as_slice(), times) } else { best }
        });
        let (order, same_order) = most_frequent;
        let has_all = |other: &&Vec<&str>| {
            other.len() == order.len() && order.iter().all(|name| other.contains(name))
        };
        let same_set = orders.iter().filter(has_all).count() as u32;
        let seeds = explanations.len() as u32;
        let agree = |times: u32| times * 10 >= seeds * AGREEING_TENTHS;
        let verdict = match (agree(same_order), agree(same_set)) {
            (true, _) => Verdict::Order,
            (false, true) => Verdict::Set,
            (false, false) => Verdict::Unstable,
        };
        let band = |of: fn(&Explanation) -> f64| {
            Band::of(&explanations.iter().map(of).collect::<Vec<_>>())
        };
        Self {
            probability: explanations.first().map_or(f64::NAN, |e| e.probability),
            weights: sorted_by(weights, |w: &WeightBand| -w.weight.mean.abs()),
            r2: band(|e| e.r2),
            local_prediction: band(|e| e.local_prediction),
            first: order.iter().map(|&name| name.to_owned()).collect(),
            same_order,
            same_set,
            verdict,
            samples: explanations.first().map_or(0, |e| e.samples),
            seed: explanations.first().map_or(0, |e| e.seed),
            seeds,
            tried: Vec::new(),
            narrow: None,
        }
    }

    /// The widest band of the first features.
    fn widest(&self) -> f64 {
        let first = self.weights.iter().filter(|band| self.first.contains(&band.feature));
        first.map(|band| band.weight.width()).fold(0.0, f64::max)
    }
}

impl WeightBand {
    /// `None` when no explanation gave the feature a weight.
    fn of(name: &str, explanations: &[Explanation]) -> Option<Self> {
        let of_feature = explanations
            .iter()
            .filter_map(|e| e.contributions.iter().find(|c| c.feature == name))
            .collect::<Vec<_>>();
        let weights: Vec<f64> = of_feature.iter().map(|c| c.weight).collect();
        let weight = Band::of(&weights);
        let against = weights.iter().filter(|&&w| w * weight.mean < 0.0).count();
        Some(Self {
            feature: name.to_owned(),
            condition: of_feature.first()?.condition.clone(),
            weight,
            chosen: weights.len() as u32,
            sign_changes: against as u32,
            among_first: explanations.iter().filter(|e| first(e).contains(&name)).count() as u32,
        })
    }
}

/// The features with the largest absolute weights.
fn first(explanation: &Explanation) -> Vec<&str> {
    explanation.contributions.iter().take(FIRST).map(|c| c.feature.as_str()).collect()
}

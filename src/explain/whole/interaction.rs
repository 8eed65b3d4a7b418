//! Which features the model does not simply add up: Friedman's H statistic of every pair.
//!
//! Friedman and Popescu, "Predictive learning via rule ensembles", Annals of Applied Statistics 2 (2008).
//! What a pair does together beyond what each does alone, √mean((PDⱼₖ − PDⱼ − PDₖ)²) with all three
//! centred, is also given as it is: divided by what a pair does in all, as H is, weak pairs can come out
//! on top (Inglis, Parnell and Hurley, "Visualizing variable importance and variable interaction effects
//! in machine learning models", JCGS 31, 2022).

use serde::{Deserialize, Serialize};

use super::{Part, Scale, averages, column, in_range, mean};
use crate::explain::error::ExplainError;
use crate::features::EncodedRecord;
use crate::models::TrainedModel;

/// A pair that moves the model by less has no H: rounding would make it.
const NOTHING: f64 = 1e-9;

/// Settings of a look at interactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionsParams {
    /// What is added up. Default the probability.
    pub scale: Scale,
    /// Rows the features are taken from. Default the training rows.
    pub part: Part,
    /// How many of them at most; each pair is asked for the square of it. Default 40; 5 to 500.
    pub rows: u32,
    /// Seed of the rows. Default 42.
    pub seed: u32,
}

impl Default for InteractionsParams {
    fn default() -> Self {
        Self { scale: Scale::default(), part: Part::Train, rows: 40, seed: 42 }
    }
}

impl InteractionsParams {
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [5, 500];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("rows", self.rows, Self::ROWS)
    }
}

/// How far a pair is from adding up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PairStrength {
    /// Their names, in the order of the feature space.
    pub features: [String; 2],
    /// Friedman's H: 0 where the two add up, 1 where all they do is done together.
    pub h: f64,
    /// What they do together, on the scale of the model: root of the mean square.
    pub size: f64,
}

/// Every pair of features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interactions {
    /// What is added up.
    pub scale: Scale,
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// Seed of the rows.
    pub seed: u32,
    /// In the order of the feature space: the first with each that follows, and so on.
    pub pairs: Vec<PairStrength>,
}

/// H of every pair over `rows`. `progress` hears of every pair.
///
/// # Errors
/// Settings out of range, no rows, or what the model says is no number.
pub fn interactions(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    params: &InteractionsParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Interactions, ExplainError> {
    params.check()?;
    let names: Vec<&String> = model.pipeline.space.features.iter().map(|f| &f.name).collect();
    let alone = (0..names.len())
        .map(|j| averaged(model, rows, &[j], params.scale))
        .collect::<Result<Vec<_>, _>>()?;
    let total = (names.len() * names.len().saturating_sub(1) / 2) as u32;
    let mut pairs = Vec::with_capacity(total as usize);
    for (j, (one, of_one)) in names.iter().zip(&alone).enumerate() {
        for (k, (other, of_other)) in names.iter().zip(&alone).enumerate().skip(j + 1) {
            let both = averaged(model, rows, &[j, k], params.scale)?;
            let (mut together, mut in_all) = (0.0, 0.0);
            for ((both, one), other) in both.iter().zip(of_one).zip(of_other) {
                let beyond = both - one - other;
                together += beyond * beyond;
                in_all += both * both;
            }
            let root = |sum: f64| (sum / rows.len() as f64).sqrt();
            pairs.push(PairStrength {
                features: [(*one).clone(), (*other).clone()],
                h: if root(in_all) > NOTHING { (together / in_all).sqrt() } else { 0.0 },
                size: root(together),
            });
            progress(pairs.len() as u32, total);
        }
    }
    Ok(Interactions {
        scale: params.scale,
        part: params.part,
        rows: rows.len() as u32,
        seed: params.seed,
        pairs,
    })
}

/// Centred partial dependence at the values that each row has.
fn averaged(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    features: &[usize],
    scale: Scale,
) -> Result<Vec<f64>, ExplainError> {
    let columns: Vec<Vec<f64>> = features.iter().map(|&feature| column(rows, feature)).collect();
    let own: Vec<Vec<f64>> = (0..rows.len())
        .map(|row| columns.iter().filter_map(|column| column.get(row).copied()).collect())
        .collect();
    // rows that agree in the features have one answer; it is asked once
    let mut distinct: Vec<Vec<f64>> = Vec::new();
    let places: Vec<usize> = own
        .into_iter()
        .map(|point| {
            distinct.iter().position(|known| *known == point).unwrap_or_else(|| {
                distinct.push(point);
                distinct.len() - 1
            })
        })
        .collect();
    let said = averages(model, rows, features, &distinct, scale)?;
    let of_rows: Vec<f64> = places.iter().filter_map(|&at| said.get(at).copied()).collect();
    let centre = mean(&of_rows);
    Ok(of_rows.iter().map(|value| value - centre).collect())
}

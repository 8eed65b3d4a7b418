//! How what the model says moves with one feature: partial dependence, and accumulated local effects
//! beside it.

use serde::{Deserialize, Serialize};

use super::level_order::by_likeness;
use super::{Part, Scale, averages, column, grid, in_range, said};
use crate::explain::dependence::place_of;
use crate::explain::error::ExplainError;
use crate::features::{Domain, EncodedRecord};
use crate::models::TrainedModel;
use crate::numerics::quantile::{quantile, sorted};

/// Settings of the curves of a feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependenceParams {
    /// The feature's name.
    pub feature: String,
    /// What moves. Default the probability.
    pub scale: Scale,
    /// Rows averaged over. Default the training rows.
    pub part: Part,
    /// How many of them at most. Default 1,000; 2 to 10,000.
    pub rows: u32,
    /// Values of a number, and stretches for local effects, at most. Default 20; 2 to 100.
    pub points: u32,
    /// Seed of the rows. Default 42.
    pub seed: u32,
}

impl DependenceParams {
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [2, 10_000];
    /// Fewest and most values.
    pub const POINTS: [u32; 2] = [2, 100];

    /// The defaults for that feature.
    #[must_use]
    pub fn of(feature: &str) -> Self {
        Self {
            feature: feature.to_owned(),
            scale: Scale::default(),
            part: Part::Train,
            rows: 1_000,
            points: 20,
            seed: 42,
        }
    }

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("rows", self.rows, Self::ROWS)?;
        in_range("points", self.points, Self::POINTS)
    }
}

/// A value of the feature and what the model says there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The number, or the number of the level.
    pub at: f64,
    /// What the model says on average.
    pub value: f64,
}

/// Accumulated local effects: Apley and Zhu, "Visualizing the effects of predictor variables in black
/// box supervised learning models", JRSS B 82 (2020). Levels stand in [an order of likeness](by_likeness).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accumulated {
    /// At the ends of the stretches, or at the levels that occur among the rows; centred, so that their
    /// mean over the rows is 0.
    pub places: Vec<Place>,
    /// Rows in each stretch, or of both levels of each step; one fewer than places.
    pub counts: Vec<u32>,
}

/// How what the model says moves with one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dependence {
    /// The feature's name.
    pub feature: String,
    /// Its levels; of a number none.
    pub levels: Vec<String>,
    /// What moves.
    pub scale: Scale,
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// Seed of the rows.
    pub seed: u32,
    /// What the model says of the rows as they are, on average.
    pub mean: f64,
    /// With the feature set to each value in every row.
    pub partial: Vec<Place>,
    /// Local effects.
    pub accumulated: Accumulated,
}

/// Both curves over `rows`.
///
/// # Errors
/// Settings out of range, no rows, a feature that is none, or what the model says is no number.
pub fn dependence(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    params: &DependenceParams,
) -> Result<Dependence, ExplainError> {
    params.check()?;
    let feature = place_of(&model.pipeline.space, "feature", &params.feature)?;
    let values = grid(model, rows, feature, params.points);
    let points: Vec<Vec<f64>> = values.iter().map(|&value| vec![value]).collect();
    let partial = averages(model, rows, &[feature], &points, params.scale)?;
    let domain = model.pipeline.space.features.get(feature).map(|feature| &feature.domain);
    let (levels, accumulated) = match domain {
        Some(Domain::Levels(levels)) => {
            (levels.clone(), accumulated_levels(model, rows, feature, params.scale)?)
        }
        _ => (Vec::new(), accumulated(model, rows, feature, params.points, params.scale)?),
    };
    Ok(Dependence {
        feature: params.feature.clone(),
        levels,
        scale: params.scale,
        part: params.part,
        rows: rows.len() as u32,
        seed: params.seed,
        mean: averages(model, rows, &[], &[Vec::new()], params.scale)?
            .first()
            .copied()
            .unwrap_or(0.0),
        partial: places(&values, &partial),
        accumulated,
    })
}

fn places(at: &[f64], values: &[f64]) -> Vec<Place> {
    at.iter().zip(values).map(|(&at, &value)| Place { at, value }).collect()
}

/// From each level to the next, what the model says at the next less at this one, for the rows of both,
/// averaged; then summed from step to step.
fn accumulated_levels(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    feature: usize,
    scale: Scale,
) -> Result<Accumulated, ExplainError> {
    let order = by_likeness(&model.pipeline.space, rows, feature);
    let own = column(rows, feature);
    let mut sums = vec![0.0];
    let mut counts = Vec::new();
    let mut sum = 0.0;
    for ends in order.windows(2) {
        let of_both: Vec<&EncodedRecord> = rows
            .iter()
            .zip(&own)
            .filter(|(_, own)| ends.contains(&(**own as usize)))
            .map(|(row, _)| row)
            .collect();
        let at = |level: usize| {
            let mut flat: Vec<f64> = Vec::new();
            for row in &of_both {
                let from = flat.len();
                flat.extend_from_slice(row);
                if let Some(to) = flat.get_mut(from + feature) {
                    *to = level as f64;
                }
            }
            said(model, &flat, of_both.len(), scale)
        };
        let (lower, upper) = (at(ends[0])?, at(ends[1])?);
        let effect: f64 = lower.iter().zip(&upper).map(|(lower, upper)| upper - lower).sum();
        sum += effect / (of_both.len().max(1) as f64);
        sums.push(sum);
        counts.push(of_both.len() as u32);
    }
    let of = |level: usize| own.iter().filter(|&&own| own as usize == level).count() as f64;
    let weighted: f64 = order.iter().zip(&sums).map(|(&level, sum)| of(level) * sum).sum();
    let centre = weighted / (own.len().max(1) as f64);
    let values: Vec<f64> = sums.iter().map(|sum| sum - centre).collect();
    let at: Vec<f64> = order.iter().map(|&level| level as f64).collect();
    Ok(Accumulated { places: places(&at, &values), counts })
}

/// In each stretch between quantiles, what the model says at its upper end less at its lower one, for
/// the rows in it, averaged; then summed from stretch to stretch.
fn accumulated(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    feature: usize,
    stretches: u32,
    scale: Scale,
) -> Result<Accumulated, ExplainError> {
    let own = column(rows, feature);
    let ascending = sorted(&own);
    let mut ends: Vec<f64> = (0..=stretches)
        .filter_map(|k| quantile(&ascending, f64::from(k) / f64::from(stretches)))
        .collect();
    ends.dedup();
    let n_stretches = ends.len().saturating_sub(1);
    // the least value belongs to the first stretch
    let stretch = |value: f64| {
        ends.partition_point(|&end| end < value).saturating_sub(1).min(n_stretches.max(1) - 1)
    };
    let mut effects = vec![0.0; n_stretches];
    let mut counts = vec![0_u32; n_stretches];
    if n_stretches > 0 {
        let at = |upper: usize| {
            let mut flat: Vec<f64> = Vec::new();
            for (row, &value) in rows.iter().zip(&own) {
                let from = flat.len();
                flat.extend_from_slice(row);
                let end = ends.get(stretch(value) + upper).copied();
                if let (Some(to), Some(end)) = (flat.get_mut(from + feature), end) {
                    *to = end;
                }
            }
            said(model, &flat, rows.len(), scale)
        };
        let (lower, upper) = (at(0)?, at(1)?);
        for ((&value, lower), upper) in own.iter().zip(lower).zip(upper) {
            let stretch = stretch(value);
            if let (Some(effect), Some(count)) = (effects.get_mut(stretch), counts.get_mut(stretch))
            {
                *effect += upper - lower;
                *count += 1;
            }
        }
    }
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for (effect, &count) in effects.iter().zip(&counts) {
        sum += effect / f64::from(count.max(1));
        sums.push(sum);
    }
    let weighted: f64 = sums
        .windows(2)
        .zip(&counts)
        .map(|(ends, &count)| f64::from(count) * f64::midpoint(ends[0], ends[1]))
        .sum();
    let centre = weighted / (own.len().max(1) as f64);
    let values: Vec<f64> = sums.iter().map(|sum| sum - centre).collect();
    Ok(Accumulated { places: places(&ends, &values), counts })
}

//! What the model says on average over two features at once.

use serde::{Deserialize, Serialize};

use super::{Part, Scale, averages, grid, in_range};
use crate::explain::dependence::place_of;
use crate::explain::error::ExplainError;
use crate::features::{Domain, EncodedRecord};
use crate::models::TrainedModel;

/// Settings of the dependence on a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairParams {
    /// Their names.
    pub features: [String; 2],
    /// What moves. Default the probability.
    pub scale: Scale,
    /// Rows averaged over. Default the training rows.
    pub part: Part,
    /// How many of them at most. Default 200; 2 to 10,000.
    pub rows: u32,
    /// Values of each number. Default 12; 2 to 50.
    pub points: u32,
    /// Seed of the rows. Default 42.
    pub seed: u32,
}

impl PairParams {
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [2, 10_000];
    /// Fewest and most values.
    pub const POINTS: [u32; 2] = [2, 50];

    /// The defaults for that pair.
    #[must_use]
    pub fn of(one: &str, other: &str) -> Self {
        Self {
            features: [one.to_owned(), other.to_owned()],
            scale: Scale::default(),
            part: Part::Train,
            rows: 200,
            points: 12,
            seed: 42,
        }
    }

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`], [`ExplainError::SameFeature`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let [one, other] = &self.features;
        if one == other {
            return Err(ExplainError::SameFeature { feature: one.clone() });
        }
        in_range("rows", self.rows, Self::ROWS)?;
        in_range("points", self.points, Self::POINTS)
    }
}

/// What the model says on average over two features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// Their names.
    pub features: [String; 2],
    /// The levels of each; of a number none.
    pub levels: [Vec<String>; 2],
    /// What moves.
    pub scale: Scale,
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// Seed of the rows.
    pub seed: u32,
    /// The values that each is set to.
    pub grids: [Vec<f64>; 2],
    /// `(grids[1], grids[0])`, row-major: row by row of the second feature.
    pub values: Vec<f64>,
}

/// Partial dependence on a pair, over `rows`. `progress` hears of every value of the second feature.
///
/// # Errors
/// Settings out of range, no rows, features that are none, or what the model says is no number.
pub fn pair(
    model: &TrainedModel,
    rows: &[EncodedRecord],
    params: &PairParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Pair, ExplainError> {
    params.check()?;
    let [one, other] = &params.features;
    let space = &model.pipeline.space;
    let at = [place_of(space, "feature", one)?, place_of(space, "feature", other)?];
    let grids = at.map(|feature| grid(model, rows, feature, params.points));
    let levels = at.map(|at| match model.pipeline.space.features.get(at).map(|f| &f.domain) {
        Some(Domain::Levels(levels)) => levels.clone(),
        _ => Vec::new(),
    });
    let [along, up] = &grids;
    let mut values = Vec::with_capacity(along.len() * up.len());
    for (done, &second) in (1..).zip(up) {
        let points: Vec<Vec<f64>> = along.iter().map(|&first| vec![first, second]).collect();
        values.extend(averages(model, rows, &at, &points, params.scale)?);
        progress(done, up.len() as u32);
    }
    Ok(Pair {
        features: params.features.clone(),
        levels,
        scale: params.scale,
        part: params.part,
        rows: rows.len() as u32,
        seed: params.seed,
        grids,
        values,
    })
}

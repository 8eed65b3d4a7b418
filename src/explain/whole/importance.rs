//! Permutation importance: how much worse the model gets when a feature is shuffled.
//!
//! Breiman, "Random forests", Machine Learning 45 (2001). Shuffles are those of scikit-learn's
//! `permutation_importance`, draw for draw: one seed drawn for all features, an order that is shuffled
//! again for each repeat, and a column that is shuffled from where the last repeat left it.

use serde::{Deserialize, Serialize};

use super::{Part, in_range};
use crate::evaluation::ThresholdCurve;
use crate::evaluation::scores::{ConfusionMatrix, log_loss};
use crate::explain::error::ExplainError;
use crate::explain::stability::Band;
use crate::features::FeatureMatrix;
use crate::models::TrainedModel;
use crate::numerics::quantile::{quantile, sorted};
use crate::numerics::random::RandomState;

/// What gets worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportanceScore {
    /// Share of rows whose class, by the model's own rule, is right. The default.
    #[default]
    Accuracy,
    /// Area under the ROC curve.
    RocAuc,
    /// Mean of −ln p(true class), in nats: less is better.
    LogLoss,
}

/// Settings of permutation importance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportanceParams {
    /// What gets worse. Default accuracy.
    pub score: ImportanceScore,
    /// Rows that are shuffled. Default the test rows.
    pub part: Part,
    /// How often each feature is shuffled. Default 30; 2 to 1,000.
    pub repeats: u32,
    /// Seed of the shuffles. Default 42.
    pub seed: u32,
}

impl Default for ImportanceParams {
    fn default() -> Self {
        Self { score: ImportanceScore::default(), part: Part::default(), repeats: 30, seed: 42 }
    }
}

impl ImportanceParams {
    /// Fewest and most shuffles.
    pub const REPEATS: [u32; 2] = [2, 1_000];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`].
    pub fn check(&self) -> Result<(), ExplainError> {
        in_range("repeats", self.repeats, Self::REPEATS)
    }
}

/// How much worse the model gets without a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeatureImportance {
    /// The feature's name.
    pub feature: String,
    /// Mean loss of the score over the repeats; below 0 where shuffling happened to help.
    pub mean: f64,
    /// Standard deviation over the repeats, with n − 1.
    pub std: f64,
    /// 2.5 % quantile of the repeats.
    pub low: f64,
    /// 97.5 % quantile of the repeats.
    pub high: f64,
}

/// Permutation importance of every feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Importance {
    /// What gets worse.
    pub score: ImportanceScore,
    /// The score without any shuffle.
    pub baseline: f64,
    /// Which rows.
    pub part: Part,
    /// How many.
    pub rows: u32,
    /// How often each feature was shuffled.
    pub repeats: u32,
    /// Seed of the shuffles.
    pub seed: u32,
    /// In the order of the feature space.
    pub features: Vec<FeatureImportance>,
}

/// Where a feature stands in a matrix.
enum Column {
    Level(usize),
    Number(usize),
}

/// Shuffles every feature of `matrix`, whose rows are truly positive where `labels` says so. `progress`
/// hears of every feature.
///
/// # Errors
/// Settings out of range, no rows, rows of one class where the score needs two, or a probability that is
/// none.
pub fn permutation(
    model: &TrainedModel,
    matrix: &FeatureMatrix,
    labels: &[bool],
    params: &ImportanceParams,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Importance, ExplainError> {
    params.check()?;
    let n = matrix.n_samples();
    if n == 0 || labels.len() != n {
        return Err(ExplainError::NoBackground);
    }
    let score = |matrix: &FeatureMatrix| score_of(model, matrix, labels, params.score);
    let baseline = score(matrix)?;
    // numpy's randint(2³¹)
    let seed = RandomState::new(params.seed).next_u32() & 0x7fff_ffff;
    let features = &model.pipeline.space.features;
    let encoder = matrix.encoder();
    let mut found = Vec::with_capacity(features.len());
    for (at, feature) in features.iter().enumerate() {
        let level = encoder.categorical.iter().position(|block| block.feature == at);
        let number = encoder.numeric.iter().position(|&numeric| numeric == at);
        let column = match (level, number) {
            (Some(column), _) => Column::Level(column),
            (_, Some(column)) => Column::Number(column),
            _ => return Err(ExplainError::OtherDataset { feature: feature.name.clone() }),
        };
        let mut random = RandomState::new(seed);
        let mut order: Vec<u32> = (0..n as u32).collect();
        let mut shuffled = matrix.clone();
        let mut losses = Vec::with_capacity(params.repeats as usize);
        for _ in 0..params.repeats {
            random.shuffle(&mut order);
            shuffled = shuffle(&shuffled, &column, &order)
                .ok_or_else(|| ExplainError::OtherDataset { feature: feature.name.clone() })?;
            let worse = baseline - score(&shuffled)?;
            losses.push(if params.score == ImportanceScore::LogLoss { -worse } else { worse });
        }
        let band = Band::of(&losses);
        let ascending = sorted(&losses);
        found.push(FeatureImportance {
            feature: feature.name.clone(),
            mean: band.mean,
            std: band.std,
            low: quantile(&ascending, 0.025).unwrap_or(band.least),
            high: quantile(&ascending, 0.975).unwrap_or(band.most),
        });
        progress(at as u32 + 1, features.len() as u32);
    }
    Ok(Importance {
        score: params.score,
        baseline,
        part: params.part,
        rows: n as u32,
        repeats: params.repeats,
        seed: params.seed,
        features: found,
    })
}

fn score_of(
    model: &TrainedModel,
    matrix: &FeatureMatrix,
    labels: &[bool],
    score: ImportanceScore,
) -> Result<f64, ExplainError> {
    let predicted = model.model.predict(matrix);
    let probabilities = &predicted.probabilities;
    let wrong = probabilities.iter().enumerate().find(|(_, p)| !(0.0..=1.0).contains(*p));
    if let Some((row, &value)) = wrong {
        return Err(ExplainError::Probability { row, value });
    }
    Ok(match score {
        ImportanceScore::Accuracy => match &predicted.classes {
            Some(classes) => ConfusionMatrix::of_classes(labels, classes),
            None => ConfusionMatrix::of(labels, probabilities, 0.5),
        }
        .accuracy(),
        ImportanceScore::RocAuc => ThresholdCurve::of(labels, probabilities)
            .roc_auc()
            .ok_or(ExplainError::OneClassOfRows { rows: labels.len() })?,
        ImportanceScore::LogLoss => log_loss(labels, probabilities),
    })
}

/// The matrix with one feature taken from other rows.
fn shuffle(matrix: &FeatureMatrix, column: &Column, order: &[u32]) -> Option<FeatureMatrix> {
    let (encoder, scaler) = (matrix.encoder(), matrix.scaler());
    let (mut levels, mut numbers) = (matrix.level_columns().to_vec(), matrix.numbers().to_vec());
    match *column {
        Column::Level(at) => {
            let width = encoder.categorical.len();
            let from: Vec<u32> = levels.iter().skip(at).step_by(width).copied().collect();
            for (to, &row) in levels.iter_mut().skip(at).step_by(width).zip(order) {
                *to = *from.get(row as usize)?;
            }
        }
        Column::Number(at) => {
            let width = encoder.numeric.len();
            let from: Vec<f64> = numbers.iter().skip(at).step_by(width).copied().collect();
            for (to, &row) in numbers.iter_mut().skip(at).step_by(width).zip(order) {
                *to = *from.get(row as usize)?;
            }
        }
    }
    FeatureMatrix::of_rows(encoder, scaler, levels, numbers, matrix.n_samples())
}

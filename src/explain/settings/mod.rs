//! LIME's other settings, and what each does to one explanation.
//!
//! Neighbours are compared with the customer by bits: same bin or not. With k of n bits unequal, the
//! distances of scikit-learn's `pairwise_distances` to a row of ones are √k (euclidean), k (manhattan)
//! and 1 − √((n − k)/n) (cosine), so a weight hangs on k alone, whatever the distance.

mod compared;
mod cuts;
mod lasso;

use serde::{Deserialize, Serialize};

pub use compared::{Compared, FirstFeatures, Variant, VariantEffect};

use super::error::ExplainError;
use super::explanation::{FeatureCount, LimeParams};
use super::lime::LimeExplainer;
use super::local::{LocalModel, forward_selection, highest_weights};
use super::moments::{Moments, kernel};
use crate::data::Dataset;
use crate::features::FeatureSpace;

/// Where numbers are cut into bins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discretizer {
    /// At the quartiles, into four bins.
    #[default]
    Quartile,
    /// At the deciles, into ten.
    Decile,
    /// Where a tree of three questions over this feature alone tells the classes apart best, into at most
    /// eight; at the median where no question helps.
    Entropy,
}

/// How far a neighbour is from the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distance {
    /// Root of the number of unequal features, √k.
    #[default]
    Euclidean,
    /// The number of unequal features, k.
    Manhattan,
    /// 1 − √((n − k)/n), never above 1.
    Cosine,
}

/// Which features the local model is made of, where not all are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureSelection {
    /// Forward selection up to six features, the highest weights for more.
    #[default]
    Auto,
    /// One after the other, each the one that raises the weighted R² most.
    ForwardSelection,
    /// Those with the largest absolute weights in a fit of all.
    HighestWeights,
    /// Those on the way of the lasso, as far as no more have a weight than are asked for.
    LassoPath,
    /// All of them, however many are asked for.
    None,
}

/// The settings of Python's `lime` that an explanation on screen leaves as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct LimeSettings {
    /// Width of the kernel √exp(−d²/width²), in units of the distance. Default `None`, for
    /// 0.75·√`n_features`; 0.01 to 1,000.
    pub kernel_width: Option<f64>,
    /// Where numbers are cut. Default quartiles.
    pub discretizer: Discretizer,
    /// How far a neighbour is. Default euclidean.
    pub distance: Distance,
    /// Which features get a weight. Default auto.
    pub selection: FeatureSelection,
}

impl LimeSettings {
    /// Narrowest and widest kernel.
    pub const WIDTH: [f64; 2] = [0.01, 1_000.0];

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::Setting`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let [min, max] = Self::WIDTH;
        match self.kernel_width {
            Some(width) if !(min..=max).contains(&width) => Err(ExplainError::Setting {
                name: "kernel_width",
                value: width.to_string(),
                allowed: format!("{min} to {max}"),
            }),
            _ => Ok(()),
        }
    }

    /// The rows of the data set are needed, beyond what the model knows of them.
    #[must_use]
    pub fn cuts_rows(&self) -> bool {
        self.discretizer != Discretizer::Quartile
    }

    /// The width that is used, over so many features.
    #[must_use]
    pub fn width(&self, n_features: usize) -> f64 {
        self.kernel_width.unwrap_or(0.75 * (n_features as f64).sqrt())
    }

    /// Weight of a neighbour by the number of features in which it differs, 0..=`n_features`.
    #[must_use]
    pub fn kernel(&self, n_features: usize) -> Vec<f64> {
        if self.kernel_width.is_none() && self.distance == Distance::Euclidean {
            return kernel(n_features);
        }
        let (n, width) = (n_features as f64, self.width(n_features));
        let squared = |unequal: f64| match self.distance {
            Distance::Euclidean => unequal,
            Distance::Manhattan => unequal * unequal,
            Distance::Cosine => {
                let distance = 1.0 - ((n - unequal) / n.max(1.0)).sqrt();
                distance * distance
            }
        };
        let weight = |unequal: usize| libm::exp(-squared(unequal as f64) / (width * width)).sqrt();
        (0..=n_features).map(weight).collect()
    }

    /// Chooses features and fits them.
    pub(super) fn local(
        &self,
        moments: &Moments,
        features: FeatureCount,
    ) -> Result<LocalModel, ExplainError> {
        let n = moments.n_features();
        let count = features.of(n).min(n);
        let chosen = match self.selection {
            FeatureSelection::Auto => return LocalModel::fit(moments, features),
            FeatureSelection::ForwardSelection => forward_selection(moments, count),
            FeatureSelection::HighestWeights => highest_weights(moments, count)?,
            FeatureSelection::LassoPath => lasso::chosen(moments, count),
            FeatureSelection::None => (0..n).collect(),
        };
        LocalModel::of_chosen(moments, chosen)
    }
}

impl Discretizer {
    /// Counts levels and cuts numbers, over all kept rows.
    ///
    /// # Errors
    /// As [`LimeExplainer::fit`]; entropy needs a target.
    pub fn fit(
        self,
        dataset: &Dataset,
        space: &FeatureSpace,
    ) -> Result<LimeExplainer, ExplainError> {
        cuts::fit(self, dataset, space)
    }
}

/// Settings of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SettingsParams {
    /// The explanation that the others are compared with. Default LIME's.
    pub base: LimeParams,
    /// The others, each with what is changed. Default none; at most 8.
    pub variants: Vec<Variant>,
}

impl SettingsParams {
    /// Most explanations beside the first.
    pub const MOST_VARIANTS: u32 = 8;

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::OutOfRange`], and what is wrong with LIME's.
    pub fn check(&self) -> Result<(), ExplainError> {
        self.base.check()?;
        let (value, max) = (self.variants.len() as u32, Self::MOST_VARIANTS);
        if value > max {
            return Err(ExplainError::OutOfRange { field: "variants", value, min: 0, max });
        }
        for variant in &self.variants {
            variant.lime(&self.base).check()?;
            variant.settings.check()?;
        }
        Ok(())
    }

    /// The rows of the data set are needed, beyond what the model knows of them.
    #[must_use]
    pub fn cuts_rows(&self) -> bool {
        self.variants.iter().any(|variant| variant.settings.cuts_rows())
    }
}

//! What a model says when one feature is set to other values: for one record, and on average.
//!
//! The curve of one record is its *individual conditional expectation* (Goldstein, Kapelner, Bleich and
//! Pitkin, 2015), the mean of the training rows' curves the *partial dependence* (Friedman, 2001):
//! PD(v) = (1/n) Σᵢ p(xᵢ with the feature set to v). The grid is scikit-learn's.

pub mod grid;
mod swept;

use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use super::explainable::ExplainableModel;
use crate::data::Value;
use crate::features::{EncodedRecord, Feature, FeatureSpace};
pub use swept::Swept;

/// Settings of the curves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvesParams {
    /// The features swept; empty for all. Default empty.
    pub features: Vec<String>,
    /// Values that a number is set to; levels are all tried. Default 20; 2 to 200.
    pub grid_resolution: u32,
    /// Between which two percentiles of the training rows they lie, 0 to 1, ascending. Default 0.05 and
    /// 0.95.
    pub percentiles: [f64; 2],
    /// Training rows averaged over, drawn with the seed; `None` for all of them in a logistic regression
    /// and 300 for any other model. Default `None`; 1 to 100,000.
    pub rows: Option<u32>,
    /// Curves of single training rows that come along. Default 12; at most 100.
    pub lines: u32,
    /// Seed of the draw. Default 42.
    pub seed: u32,
}

impl Default for CurvesParams {
    fn default() -> Self {
        Self {
            features: Vec::new(),
            grid_resolution: 20,
            percentiles: [0.05, 0.95],
            rows: None,
            lines: 12,
            seed: 42,
        }
    }
}

impl CurvesParams {
    /// Fewest and most values of a number.
    pub const RESOLUTION: [u32; 2] = [2, 200];
    /// Fewest and most rows.
    pub const ROWS: [u32; 2] = [1, 100_000];
    /// Most lines of single rows.
    pub const MOST_LINES: u32 = 100;
    /// Rows where the model takes long and no number was asked for.
    const FEW_ROWS: u32 = 300;

    /// How many training rows a model is to be given.
    #[must_use]
    pub fn rows_for(&self, model: &ExplainableModel) -> u32 {
        let fast = model.model.log_odds_table().is_some();
        self.rows.unwrap_or(if fast { Self::ROWS[1] } else { Self::FEW_ROWS })
    }

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::Setting`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let outside = |name, value: String, allowed: String| {
            Err(ExplainError::Setting { name, value, allowed })
        };
        let [min, max] = Self::RESOLUTION;
        if !(min..=max).contains(&self.grid_resolution) {
            let allowed = format!("{min} to {max}");
            return outside("gridResolution", self.grid_resolution.to_string(), allowed);
        }
        let [low, high] = self.percentiles;
        if !(0.0 <= low && low < high && high <= 1.0) {
            let allowed = "two shares from 0 to 1, ascending".to_owned();
            return outside("percentiles", format!("{low} and {high}"), allowed);
        }
        let [min, max] = Self::ROWS;
        if let Some(rows) = self.rows.filter(|rows| !(min..=max).contains(rows)) {
            return outside("rows", rows.to_string(), format!("{min} to {max}"));
        }
        if self.lines > Self::MOST_LINES {
            let allowed = format!("at most {}", Self::MOST_LINES);
            return outside("lines", self.lines.to_string(), allowed);
        }
        Ok(())
    }
}

/// A value of the feature and what the model then says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// The feature's value.
    pub value: Value,
    /// Probability of the positive class.
    pub probability: f64,
}

/// One feature swept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Curve {
    /// The feature's name.
    pub feature: String,
    /// The record's own value.
    pub present: Value,
    /// The record's curve: over the grid, and its present value among them.
    pub own: Vec<CurvePoint>,
    /// Largest minus smallest probability of the record's curve.
    pub range: f64,
    /// Values of the grid; the rest has one entry a value.
    pub values: Vec<Value>,
    /// Mean over the rows: the partial dependence.
    pub mean: Vec<f64>,
    /// A tenth of the rows' curves is lower.
    pub low: Vec<f64>,
    /// A tenth of the rows' curves is higher.
    pub high: Vec<f64>,
    /// Curves of single rows, `(lines, values)`.
    pub lines: Vec<Vec<f64>>,
}

/// Features swept for a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// What the model says of the record as it is.
    pub probability: f64,
    /// The widest range of the record's curve first.
    pub curves: Vec<Curve>,
    /// Training rows averaged over.
    pub rows: u32,
    /// Seed of their draw.
    pub seed: u32,
}

impl ExplainableModel {
    /// Sweeps features of a record, and of training rows: `rows`, encoded, one after the other.
    /// `progress` hears how many features are done.
    ///
    /// # Errors
    /// Settings out of range, a feature that is none, a record that is none of the model's, no rows, or a
    /// probability that is no number.
    pub fn curves(
        &self,
        encoded: &[f64],
        rows: &[f64],
        params: &CurvesParams,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Curves, ExplainError> {
        params.check()?;
        self.check_record(0, encoded)?;
        let swept = Swept::new(&self.model, rows);
        if swept.n_rows() == 0 {
            return Err(ExplainError::NoBackground);
        }
        let space = &self.model.pipeline.space;
        let chosen: Vec<usize> = match params.features.as_slice() {
            [] => (0..space.len()).collect(),
            names => positions(space, "features", names)?,
        };
        let total = chosen.len() as u32;
        let mut curves = Vec::with_capacity(chosen.len());
        for (done, at) in (1..).zip(chosen) {
            if let Some(feature) = space.features.get(at) {
                curves.push(self.curve(encoded, &swept, at, feature, params)?);
            }
            progress(done, total);
        }
        curves.sort_by(|one, other| other.range.total_cmp(&one.range));
        let probability = self.model.predict_record(encoded);
        let rows = swept.n_rows() as u32;
        Ok(Curves { probability, curves, rows, seed: params.seed })
    }

    fn curve(
        &self,
        encoded: &[f64],
        swept: &Swept<'_>,
        at: usize,
        feature: &Feature,
        params: &CurvesParams,
    ) -> Result<Curve, ExplainError> {
        let seen: Vec<f64> = swept.seen(at).collect();
        let resolution = params.grid_resolution as usize;
        let values = grid::of(feature, &seen, resolution, params.percentiles);
        let space = &self.model.pipeline.space;
        let as_record = |value: f64| -> EncodedRecord {
            encoded.iter().enumerate().map(|(f, &own)| if f == at { value } else { own }).collect()
        };
        let named = |value: f64| {
            let mut record = space.decode(&as_record(value));
            record.remove(&feature.name).unwrap_or(Value::Number(value))
        };
        let present = encoded.get(at).copied().unwrap_or(f64::NAN);
        let mut own_values = values.clone();
        if !own_values.contains(&present) {
            own_values.push(present);
            own_values.sort_unstable_by(f64::total_cmp);
        }
        let mut own = Vec::with_capacity(own_values.len());
        for value in own_values {
            let probability = checked(self.model.predict_record(&as_record(value)))?;
            own.push(CurvePoint { value: named(value), probability });
        }
        let n_lines = swept.n_rows().min(params.lines as usize);
        let mut lines = vec![Vec::with_capacity(values.len()); n_lines];
        let (mut means, mut low, mut high) = (Vec::new(), Vec::new(), Vec::new());
        for &value in &values {
            let probabilities = swept.probabilities(&[(at, value)]);
            means.push(checked(swept::mean(&probabilities))?);
            lines.iter_mut().zip(&probabilities).for_each(|(line, &p)| line.push(p));
            let [lower, upper] = swept::middle(probabilities);
            low.push(lower);
            high.push(upper);
        }
        let highest = own.iter().fold(0.0_f64, |most, point| most.max(point.probability));
        let lowest = own.iter().fold(1.0_f64, |least, point| least.min(point.probability));
        Ok(Curve {
            feature: feature.name.clone(),
            present: named(present),
            own,
            range: highest - lowest,
            values: values.into_iter().map(named).collect(),
            mean: means,
            low,
            high,
            lines,
        })
    }
}

fn checked(value: f64) -> Result<f64, ExplainError> {
    match (0.0..=1.0).contains(&value) {
        true => Ok(value),
        false => Err(ExplainError::Probability { row: 0, value }),
    }
}

/// Where a feature stands in the records; an error names the setting that named it.
pub(super) fn place_of(
    space: &FeatureSpace,
    setting: &'static str,
    name: &str,
) -> Result<usize, ExplainError> {
    space.position(name).ok_or_else(|| {
        let all: Vec<&str> = space.features.iter().map(|f| f.name.as_str()).collect();
        let feature = name.to_owned();
        ExplainError::UnknownFeature { setting, feature, allowed: all.join(", ") }
    })
}

/// Where features of these names are.
fn positions(
    space: &FeatureSpace,
    setting: &'static str,
    names: &[String],
) -> Result<Vec<usize>, ExplainError> {
    names.iter().map(|name| place_of(space, setting, name)).collect()
}

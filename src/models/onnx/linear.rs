//! Models that are a weighted sum of columns.

use super::Output;
use super::graph::{Attribute, Graph};
use super::inputs::{Inputs, Scaled};
use crate::features::{FeaturePipeline, OneHotEncoder};

/// Weights on columns of 0 and 1 and on standardised numbers, and the intercept that goes with them.
pub struct Weights {
    pub columns: Vec<f64>,
    pub intercept: f64,
}

impl Weights {
    /// Of weights on standardised columns: Σ wⱼ·(xⱼ − μⱼ)/sⱼ over columns of levels is Σ wⱼ/sⱼ over
    /// those that are 1, less Σ wⱼ·μⱼ/sⱼ. So a level's column, often far from 0, need not be scaled in
    /// single precision.
    pub fn of(coefficients: &[f64], intercept: f64, pipeline: &FeaturePipeline) -> Self {
        let mut weights = Self { columns: coefficients.to_vec(), intercept };
        let n_levels = OneHotEncoder::of(&pipeline.space).n_level_columns();
        let scaler = pipeline.scaler.mean.iter().zip(&pipeline.scaler.scale).take(n_levels);
        for (weight, (mean, scale)) in weights.columns.iter_mut().zip(scaler) {
            *weight /= scale;
            weights.intercept -= *weight * mean;
        }
        // a classifier's tie is the negative class, the lab's the positive one: where all weights are 0
        // that is everybody
        if weights.intercept.abs() < f64::EPSILON {
            weights.intercept = f64::from(f32::MIN_POSITIVE);
        }
        weights
    }
}

/// p = 1 / (1 + exp(−margin)) as a `LinearClassifier`: the class is that of the larger margin.
pub fn logistic(graph: &mut Graph, inputs: &Inputs<'_>, of: &Weights, output: &Output) {
    let columns = inputs.columns(graph, Scaled::Numbers);
    let (weights, intercept) =
        (of.columns.iter().map(|&weight| weight as f32), of.intercept as f32);
    let both: Vec<f32> = weights.clone().map(|weight| -weight).chain(weights).collect();
    let attributes = [
        ("classlabels_strings", Attribute::Texts(&output.classes)),
        ("coefficients", Attribute::Floats(&both)),
        ("intercepts", Attribute::Floats(&[-intercept, intercept])),
        ("post_transform", Attribute::Text("LOGISTIC")),
    ];
    graph.classify("LinearClassifier", &columns, output.names(), &attributes);
}

//! The rows of a split as a model takes them.

#![allow(clippy::unwrap_used, reason = "a broken fixture fails the test")]

use churn_lab::data::Dataset;
use churn_lab::features::{FeatureMatrix, FeaturePipeline, FeatureSpace};
use churn_lab::models::{Split, train};
use linfa::dataset::DatasetBase;
use ndarray::Array1;

pub struct TrainingRows {
    pub names: Vec<String>,
    pub train: DatasetBase<FeatureMatrix, Array1<bool>>,
    pub test: FeatureMatrix,
}

/// Of the default split.
pub fn training_rows(dataset: &Dataset) -> TrainingRows {
    split_rows(dataset, &Split::default())
}

pub fn split_rows(dataset: &Dataset, split: &Split) -> TrainingRows {
    let split = train::rows(split, dataset.n_rows()).unwrap();
    let pipeline = FeaturePipeline::fit(FeatureSpace::of(dataset), dataset, &split.train).unwrap();
    let labels = dataset.labels().unwrap();
    let y: Array1<bool> = split.train.iter().map(|&row| labels[row as usize]).collect();
    TrainingRows {
        names: pipeline.column_names(),
        train: DatasetBase::new(pipeline.transform(dataset, &split.train).unwrap(), y),
        test: pipeline.transform(dataset, &split.test).unwrap(),
    }
}

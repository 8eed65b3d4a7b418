//! What a request needs.

use super::protocol::{DriftSide, Request};
use crate::data::DatasetId;
use crate::models::ModelId;

/// What a request needs in the worker before it can run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Data sets.
    pub datasets: Vec<DatasetId>,
    /// Models.
    pub models: Vec<ModelId>,
}

impl<M, B> Request<M, B> {
    /// The data sets and models the worker must hold.
    #[must_use]
    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        match self {
            Self::AddDataset { .. }
            | Self::AddModel { .. }
            | Self::ReadCsv { .. }
            | Self::ReadFile { .. }
            | Self::Sample { .. }
            | Self::Monitor { .. } => {}
            Self::Profile { dataset_id }
            | Self::Reread { dataset_id, .. }
            | Self::Texts { dataset_id, .. }
            | Self::Rename { dataset_id, .. }
            | Self::Issues { dataset_id }
            | Self::WriteCsv { dataset_id }
            | Self::Explore { dataset_id, .. }
            | Self::FindRecord { dataset_id, .. }
            | Self::Fit { dataset_id, .. }
            | Self::Judge { dataset_id, .. }
            | Self::Compare { dataset_id, .. }
            | Self::Learn { dataset_id, .. }
            | Self::Steps { dataset_id, .. }
            | Self::Boundary { dataset_id, .. }
            | Self::Try { dataset_id, .. } => needs.datasets.push(dataset_id.clone()),
            Self::Predict { model_id, .. }
            | Self::Onnx { model_id, .. }
            | Self::Explain { model_id, .. } => {
                needs.models.push(model_id.clone());
            }
            Self::AboutRecord { model_id, dataset_id, .. } => {
                needs.models.push(model_id.clone());
                needs.datasets.extend(dataset_id.clone());
            }
            Self::Whole { model_id, dataset_id, .. }
            | Self::Customers { model_id, dataset_id, .. } => {
                needs.models.push(model_id.clone());
                needs.datasets.push(dataset_id.clone());
            }
            Self::Call { endpoint, .. } => needs.models.push(endpoint.model_id.clone()),
            Self::Simulate { endpoint, dataset_id, .. } => {
                needs.models.push(endpoint.model_id.clone());
                needs.datasets.push(dataset_id.clone());
            }
            Self::Drift { reference, current, .. } => {
                for side in [reference, current] {
                    match side {
                        DriftSide::Dataset(id) | DriftSide::TrainingRows { dataset_id: id, .. } => {
                            needs.datasets.push(id.clone());
                        }
                        DriftSide::Records(_) => {}
                    }
                }
            }
        }
        needs
    }
}

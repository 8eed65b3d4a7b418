//! The rows that a model learned from, and those it never saw.

use crate::compute::protocol::Failure;
use crate::data::Dataset;
use crate::data::split::some_rows;
use crate::explain::ExplainableModel;
use crate::explain::whole::Part;
use crate::features::{EncodedRecord, FeatureMatrix};
use crate::models::{TrainError, train};

/// A model and the data set it was trained on.
pub(super) struct ModelRows<'s> {
    pub model: &'s ExplainableModel,
    pub dataset: &'s Dataset,
}

impl ModelRows<'_> {
    /// Kept rows of one part of the model's split.
    pub fn rows(&self, part: Part) -> Result<Vec<u32>, TrainError> {
        let split = &self.model.model.provenance.split;
        let rows = train::rows(split, self.dataset.n_rows())?;
        Ok(match part {
            Part::Test => rows.test,
            Part::Train => rows.train,
        })
    }

    /// Rows as the model's columns.
    pub fn matrix(&self, rows: &[u32]) -> Result<FeatureMatrix, TrainError> {
        Ok(self.model.model.pipeline.transform(self.dataset, rows)?)
    }

    /// At most so many rows of a part, encoded, one after the other.
    pub fn encoded(&self, part: Part, most: u32, seed: u32) -> Result<Vec<f64>, Failure> {
        let rows = some_rows(&self.rows(part)?, most, seed);
        let encoded = self.model.model.pipeline.encode_rows(self.dataset, &rows);
        Ok(encoded.map_err(TrainError::from)?)
    }

    /// The same as a list.
    pub fn records(&self, part: Part, most: u32, seed: u32) -> Result<Vec<EncodedRecord>, Failure> {
        let width = self.model.model.pipeline.space.len().max(1);
        Ok(self.encoded(part, most, seed)?.chunks(width).map(<[f64]>::to_vec).collect())
    }
}

//! Requests about all customers of a data set.

use super::models::counted;
use super::{Session, dataset, model};
use crate::compute::codec;
use crate::compute::later::Customers;
use crate::compute::protocol::{CustomersAnswer, CustomersQuestion, Failure, Progress, Response};
use crate::customers::{Clustering, CustomersError, Scored, Segmentation, by_weight, weights};
use crate::data::DatasetId;
use crate::explain::ExplainableModel;
use crate::models::ModelId;

/// Customers explained between two words of progress.
const CHUNK: usize = 100;

/// The data set that was scored last, and by which model.
pub(super) struct LastScored {
    model_id: ModelId,
    dataset_id: DatasetId,
    scored: Scored,
}

impl Session {
    /// What is asked about all customers, as the bytes of a [`CustomersAnswer`].
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn customers(
        &mut self,
        work: Customers,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let Customers { model_id, dataset_id, question } = work;
        let question = codec::decode(&question).map_err(|error| {
            Failure::new("protocol", format!("what is asked of customers can't be read: {error}"))
        })?;
        let answer = match question {
            CustomersQuestion::Scores => {
                let labels = dataset(&self.datasets, &dataset_id)?.labels();
                let (scored, _) = self.scored(model_id, dataset_id)?;
                CustomersAnswer::Scores { probabilities: scored.probabilities.clone(), labels }
            }
            CustomersQuestion::Places { selection, sort } => {
                let (scored, _) = self.scored(model_id, dataset_id)?;
                CustomersAnswer::Places(scored.places(&selection, sort.as_ref())?)
            }
            CustomersQuestion::ByWeight { rows, weights, descending } => {
                let n_rows = dataset(&self.datasets, &dataset_id)?.n_rows();
                if let Some(&row) = rows.iter().find(|&&row| row as usize >= n_rows) {
                    let last = n_rows.saturating_sub(1);
                    return Err(CustomersError::Row { row, last }.into());
                }
                CustomersAnswer::Places(by_weight(&rows, &weights, descending)?)
            }
            CustomersQuestion::Rows { rows } => {
                let (scored, _) = self.scored(model_id, dataset_id)?;
                CustomersAnswer::Rows(scored.rows(&rows)?)
            }
            CustomersQuestion::Weights { rows, lime } => {
                let dataset = dataset(&self.datasets, &dataset_id)?;
                let model = model(&self.models, &model_id)?;
                let cache = &mut self.explanations;
                CustomersAnswer::Weights(weights(model, dataset, &rows, &lime, cache)?)
            }
            CustomersQuestion::Segments { columns } => {
                let dataset = dataset(&self.datasets, &dataset_id)?;
                CustomersAnswer::Segments(Segmentation::of(dataset, &columns)?)
            }
            CustomersQuestion::Clusters { groups, seed, weights } => {
                let n_features = model(&self.models, &model_id)?.model.pipeline.space.len();
                CustomersAnswer::Clusters(Clustering::of(&weights, n_features, groups, seed)?)
            }
            CustomersQuestion::Csv { rows, lime } => {
                let mut cache = std::mem::take(&mut self.explanations);
                let scored = self.scored(model_id.clone(), dataset_id);
                let tell = &mut |done: u32, total: u32| {
                    if done.is_multiple_of(CHUNK as u32) || done == total {
                        progress(counted(done, total, "customers"));
                    }
                };
                let written = scored.and_then(|(scored, model)| {
                    Ok(scored.csv(model, &rows, &lime, &mut cache, tell)?)
                });
                self.explanations = cache;
                CustomersAnswer::Csv(written?)
            }
        };
        let bytes = codec::encode(&answer).map_err(|error| {
            Failure::new("protocol", format!("the customers can't be handed over: {error}"))
        })?;
        Ok(Response::Customers(bytes))
    }

    /// The data set as the model sees it, made anew only when one of the two is another.
    fn scored(
        &mut self,
        model_id: ModelId,
        dataset_id: DatasetId,
    ) -> Result<(&mut Scored, &ExplainableModel), Failure> {
        let last = self.scored.take();
        let fits = |last: &LastScored| last.model_id == model_id && last.dataset_id == dataset_id;
        let last = match last.filter(fits) {
            Some(last) => last,
            None => {
                let dataset = dataset(&self.datasets, &dataset_id)?;
                let scored = Scored::of(model(&self.models, &model_id)?, dataset)?;
                LastScored { model_id, dataset_id, scored }
            }
        };
        let model = model(&self.models, &last.model_id)?;
        Ok((&mut self.scored.insert(last).scored, model))
    }
}

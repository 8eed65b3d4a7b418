//! Requests about all customers of a data set.

use super::{Session, dataset, model};
use crate::compute::codec;
use crate::compute::later::Customers;
use crate::compute::protocol::{CustomersAnswer, CustomersQuestion, Failure, Response};
use crate::customers::{Scored, Segmentation, weights};
use crate::data::DatasetId;
use crate::exploration::{Figures, Question};
use crate::models::ModelId;

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
    pub fn customers(&mut self, work: Customers) -> Result<Response, Failure> {
        let Customers { model_id, dataset_id, question } = work;
        let answer = match question {
            CustomersQuestion::Scores => {
                let labels = dataset(&self.datasets, &dataset_id)?.labels();
                let scored = self.scored(model_id, dataset_id)?;
                CustomersAnswer::Scores { probabilities: scored.probabilities.clone(), labels }
            }
            CustomersQuestion::Rows { selection, from, count, sort } => {
                let scored = self.scored(model_id, dataset_id)?;
                let question = Question::Rows { from, count, sort };
                let answer = scored.answer(&selection, &question)?;
                let Figures::Rows(part) = answer.figures else {
                    return Err(Failure::new("protocol", "rows were answered with other figures"));
                };
                CustomersAnswer::Rows { selected: answer.selected.total(), part }
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
        };
        let bytes = codec::encode(&answer).map_err(|error| {
            Failure::new("protocol", format!("the customers can't be handed over: {error}"))
        })?;
        Ok(Response::Customers(bytes))
    }

    /// The data set as the model sees it, made anew only when one of the two is another.
    fn scored(&mut self, model_id: ModelId, dataset_id: DatasetId) -> Result<&mut Scored, Failure> {
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
        Ok(&mut self.scored.insert(last).scored)
    }
}

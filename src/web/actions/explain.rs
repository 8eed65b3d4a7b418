//! Explaining one customer.

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::data::{DatasetId, Record};
use crate::explain::{Explanation, LimeParams, Neighbourhood};
use crate::models::ModelId;
use crate::web::client::{Request, Response};

/// A customer of a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Kept row number, from 0.
    pub row: u32,
    /// Text of the identifier column, else the row number.
    pub name: String,
    /// The features' values.
    pub record: Record,
    /// The true class is positive.
    pub label: Option<bool>,
}

impl Lab {
    /// A customer by identifier or kept row number.
    ///
    /// # Errors
    /// When there is none.
    pub async fn customer(
        self,
        dataset_id: DatasetId,
        customer: String,
    ) -> Result<Customer, Failure> {
        match self.ask(Request::FindRecord { dataset_id, customer }).await? {
            Response::Record { row, identifier, record, label } => {
                let name = identifier.unwrap_or_else(|| row.to_string());
                Ok(Customer { row, name, record, label })
            }
            _ => Err(unexpected("a customer")),
        }
    }

    /// Why the model gives this record this probability, and in how many milliseconds.
    ///
    /// # Errors
    /// When there is no such model, or the record or the settings are refused.
    pub async fn explain(
        self,
        model_id: ModelId,
        record: Record,
        params: LimeParams,
        neighbourhood: Option<Neighbourhood>,
    ) -> Result<(Explanation, f64), Failure> {
        match self.ask(Request::Explain { model_id, record, params, neighbourhood }).await? {
            Response::Explanation { explanation, ms } => Ok((*explanation, ms)),
            _ => Err(unexpected("an explanation")),
        }
    }
}

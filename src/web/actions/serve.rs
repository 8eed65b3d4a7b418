//! Deploying models and calling them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::data::Record;
use crate::models::ModelId;
use crate::monitoring::PredictionEvent;
use crate::serving::{self, Endpoint, EndpointId, PredictionResponse};
use crate::web::client::{Request, Response};
use crate::web::clock;
use crate::web::state::Task;
use crate::web::storage::{Change, StorageError, saved};

impl Lab {
    /// Deploys a model under a name; the same name again makes a new build.
    ///
    /// # Errors
    /// When there is no such model or the name is refused.
    pub async fn deploy(self, model_id: ModelId, name: String) -> Result<Endpoint, Failure> {
        if untrack(|| self.state.model_of(&model_id)).is_none() {
            let message = format!("there is no model {} in this lab", model_id.0);
            return Err(Failure::new("unknown_model", message));
        }
        let endpoint = self.state.endpoints.with_untracked(|existing| {
            serving::deploy(&name, model_id, existing, clock::now_ms(), self.new_seed())
        });
        let endpoint = endpoint.map_err(|error| Failure {
            code: error.code().to_owned(),
            message: error.to_string(),
            field: Some("name".to_owned()),
        })?;
        self.write.endpoints.update(|endpoints| endpoints.push(endpoint.clone()));
        self.keep(saved::put_endpoint(&endpoint)).await;
        self.dismiss(Task::Deploy);
        Ok(endpoint)
    }

    /// Calls an endpoint; the call is kept in the metrics store.
    ///
    /// # Errors
    /// When there is no such endpoint or the request is refused.
    pub async fn call(
        self,
        endpoint_id: EndpointId,
        record: Record,
    ) -> Result<Arc<PredictionResponse>, Failure> {
        let endpoint = self.endpoint(&endpoint_id)?;
        let request = Request::Call { endpoint, record, uuid_seed: self.new_seed() };
        let Response::Called { response, event } = self.watch(Task::Call, request, |_| {}).await?
        else {
            return Err(unexpected("a call"));
        };
        let changes = self.add_events(&endpoint_id, vec![*event]);
        self.keep(changes).await;
        let response: Arc<PredictionResponse> = Arc::from(response);
        self.write.response.set(Some(Arc::clone(&response)));
        Ok(response)
    }

    /// The endpoint of that id.
    ///
    /// # Errors
    /// When there is none.
    pub fn endpoint(self, id: &EndpointId) -> Result<Endpoint, Failure> {
        let find = |all: &Vec<Endpoint>| all.iter().find(|endpoint| endpoint.id == *id).cloned();
        self.state.endpoints.with_untracked(find).ok_or_else(|| {
            Failure::new("unknown_endpoint", format!("there is no endpoint {} in this lab", id.0))
        })
    }

    /// Puts calls into the metrics store; what it gives is still to be stored.
    pub(super) fn add_events(
        self,
        id: &EndpointId,
        events: Vec<PredictionEvent>,
    ) -> Result<Vec<Change>, StorageError> {
        let first = self.state.events.with_untracked(|events| {
            events.iter().filter(|event| event.endpoint_id == *id).count()
        });
        let changes = saved::put_events(id, first, &events);
        self.write.events.update(|all| all.extend(events.into_iter().map(Arc::new)));
        changes
    }
}

//! Simulated traffic, the metrics store and drift.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{DriftSide, Failure, Progress, Request, Response};
use crate::data::{DatasetId, Record};
use crate::monitoring::{DriftParams, DriftReport, MonitoringReport, PredictionEvent, Scenario};
use crate::serving::EndpointId;
use crate::web::state::Task;

/// One side of a drift report, as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftChoice {
    /// A data set.
    Dataset(DatasetId),
    /// The rows an endpoint's model was trained on.
    Training(EndpointId),
    /// The calls of an endpoint.
    Calls(EndpointId),
}

impl Lab {
    /// Calls an endpoint many times; the calls reach the metrics store as they happen.
    /// `on_progress` hears how far it has come. Gives the summary of the new calls.
    ///
    /// # Errors
    /// When there is no such endpoint or its data set is gone, or `cancelled`; calls made stay.
    pub async fn simulate(
        self,
        endpoint_id: EndpointId,
        calls: u32,
        seed: u32,
        scenario: Scenario,
        on_progress: impl Fn(&Progress) + 'static,
    ) -> Result<MonitoringReport, Failure> {
        let endpoint = self.endpoint(&endpoint_id)?;
        let dataset_id = self.trained_on(&endpoint_id)?;
        let before = self.calls_of(&endpoint_id).len();
        let request = Request::Simulate { endpoint, dataset_id, calls, seed, scenario };
        let id = endpoint_id.clone();
        let keep = move |progress: &Progress| {
            on_progress(progress);
            let changes = self.add_events(&id, progress.events.clone());
            self.background(self.keep(changes));
        };
        let Response::Simulated { events, .. } = self.watch(Task::Simulate, request, keep).await?
        else {
            return Err(unexpected("a simulation"));
        };
        let changes = self.add_events(&endpoint_id, events);
        self.keep(changes).await;
        let new = self.calls_of(&endpoint_id).split_off(before);
        self.monitor(new).await
    }

    /// The calls of an endpoint, in their order.
    #[must_use]
    pub fn calls_of(self, id: &EndpointId) -> Vec<Arc<PredictionEvent>> {
        self.state.events.with_untracked(|events| {
            events.iter().filter(|event| event.endpoint_id == *id).cloned().collect()
        })
    }

    /// Summarises calls.
    ///
    /// # Errors
    /// Only a crash of the worker.
    pub async fn monitor(
        self,
        events: Vec<Arc<PredictionEvent>>,
    ) -> Result<MonitoringReport, Failure> {
        // the summary reads neither requests nor explanations, by far the largest parts of a call
        let summarised = |event: &Arc<PredictionEvent>| PredictionEvent {
            uuid: String::new(),
            endpoint_id: event.endpoint_id.clone(),
            request: Record::new(),
            explanation: Vec::new(),
            ..*event.as_ref()
        };
        let events = events.iter().map(summarised).collect();
        match self.ask(Request::Monitor { events }).await? {
            Response::Monitoring(report) => Ok(*report),
            _ => Err(unexpected("monitoring")),
        }
    }

    /// Compares two sets of rows and shows the report.
    ///
    /// # Errors
    /// When a side is unknown or empty.
    pub async fn drift(
        self,
        reference: DriftChoice,
        current: DriftChoice,
        params: DriftParams,
    ) -> Result<Arc<DriftReport>, Failure> {
        let request = Request::Drift {
            reference: self.side(reference)?,
            current: self.side(current)?,
            params,
        };
        let Response::Drift(report) = self.watch(Task::Drift, request, |_| {}).await? else {
            return Err(unexpected("a drift report"));
        };
        let report: Arc<DriftReport> = Arc::from(report);
        self.write.drift.set(Some(Arc::clone(&report)));
        Ok(report)
    }

    fn side(self, choice: DriftChoice) -> Result<DriftSide, Failure> {
        Ok(match choice {
            DriftChoice::Dataset(id) => DriftSide::Dataset(id),
            DriftChoice::Training(endpoint) => {
                let model_id = self.endpoint(&endpoint)?.model_id;
                let model =
                    self.state.models.with_untracked(|models| models.get(&model_id).cloned());
                let model = model.ok_or_else(|| missing_model(&model_id.0))?;
                DriftSide::TrainingRows {
                    dataset_id: model.model.provenance.dataset_id.clone(),
                    split: model.model.provenance.split.clone(),
                }
            }
            DriftChoice::Calls(endpoint) => {
                let calls = self.calls_of(&endpoint);
                DriftSide::Records(calls.iter().map(|event| event.request.clone()).collect())
            }
        })
    }

    fn trained_on(self, endpoint: &EndpointId) -> Result<DatasetId, Failure> {
        let model_id = self.endpoint(endpoint)?.model_id;
        self.state
            .models
            .with_untracked(|models| {
                models.get(&model_id).map(|model| model.model.provenance.dataset_id.clone())
            })
            .ok_or_else(|| missing_model(&model_id.0))
    }
}

fn missing_model(id: &str) -> Failure {
    Failure::new("unknown_model", format!("there is no model {id} in this lab"))
}

//! Simulated traffic, the metrics store and drift.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{DriftSide, Failure, Progress};
use crate::data::{DatasetId, Record};
use crate::experiments::Run;
use crate::models::Provenance;
use crate::monitoring::{DriftParams, DriftReport, MonitoringReport, PredictionEvent, Scenario};
use crate::serving::EndpointId;
use crate::web::client::{Request, Response};
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
        let dataset_id = self.origin_of(&endpoint_id)?.dataset_id;
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
                let Provenance { dataset_id, split, .. } = self.origin_of(&endpoint)?;
                DriftSide::TrainingRows { dataset_id, split }
            }
            DriftChoice::Calls(endpoint) => {
                let calls = self.calls_of(&endpoint);
                DriftSide::Records(calls.iter().map(|event| event.request.clone()).collect())
            }
        })
    }

    /// What the model that an endpoint serves was made from.
    fn origin_of(self, endpoint: &EndpointId) -> Result<Provenance, Failure> {
        let id = self.endpoint(endpoint)?.model_id;
        let of_it = |run: &&Arc<Run>| run.model_id == id;
        let origin = self
            .state
            .runs
            .with_untracked(|runs| runs.iter().find(of_it).map(|run| run.provenance.clone()));
        origin.ok_or_else(|| {
            Failure::new("unknown_model", format!("there is no model {} in this lab", id.0))
        })
    }
}

//! Requests about endpoints and what became of them.

use std::collections::BTreeMap;

use super::{Session, dataset, model};
use crate::compute::protocol::{DriftSide, Failure, Progress, Response};
use crate::compute::stored::StoredDataset;
use crate::data::{DatasetId, Record};
use crate::models::train;
use crate::monitoring::drift::{self, Sample, Side};
use crate::monitoring::traffic::{self, TrafficParams};
use crate::monitoring::{DriftParams, PredictionEvent};
use crate::numerics::random::RandomState;
use crate::serving::{self, Endpoint};

/// Simulated calls are handed on as often as a person can see, milliseconds.
const BETWEEN_PROGRESS_MS: f64 = 50.0;

impl Session {
    pub(super) fn call(
        &mut self,
        endpoint: &Endpoint,
        record: &Record,
        uuid_seed: u32,
    ) -> Result<Response, Failure> {
        let model = model(&self.models, &endpoint.model_id)?;
        let uuid = RandomState::new(uuid_seed).uuid();
        let at_ms = (self.clock)();
        let cache = &mut self.explanations;
        let response = serving::call(endpoint, model, cache, record, uuid, &self.clock)?;
        let event = PredictionEvent::of(endpoint, &response, at_ms);
        Ok(Response::Called { response: Box::new(response), event: Box::new(event) })
    }

    pub(super) fn simulate(
        &mut self,
        endpoint: &Endpoint,
        dataset_id: &DatasetId,
        params: &TrafficParams,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let model = model(&self.models, &endpoint.model_id)?;
        let dataset = dataset(&self.datasets, dataset_id)?;
        let clock = &self.clock;
        let began = clock();
        let mut reported = began;
        let mut done = 0;
        let mut events = Vec::new();
        let mut each = |event| {
            done += 1;
            events.push(event);
            let now = clock();
            if now - reported >= BETWEEN_PROGRESS_MS && done < params.calls {
                reported = now;
                let events = std::mem::take(&mut events);
                let unit = "calls".to_owned();
                progress(Progress { done, total: params.calls, unit, rows: 0, events });
            }
        };
        let cache = &mut self.explanations;
        traffic::simulate(endpoint, model, cache, dataset, params, clock, &mut each)?;
        Ok(Response::Simulated { events, ms: (clock() - began).max(0.0) })
    }

    pub(super) fn drift(
        &self,
        reference: &DriftSide,
        current: &DriftSide,
        params: &DriftParams,
    ) -> Result<Response, Failure> {
        params.check()?;
        let reference = sample(&self.datasets, Side::Reference, reference)?;
        let current = sample(&self.datasets, Side::Current, current)?;
        Ok(Response::Drift(Box::new(drift::report(&reference, &current, params)?)))
    }
}

fn sample<'a>(
    datasets: &'a BTreeMap<DatasetId, StoredDataset>,
    side: Side,
    rows: &'a DriftSide,
) -> Result<Sample<'a>, Failure> {
    Ok(match rows {
        DriftSide::Dataset(id) => Sample::of_dataset(dataset(datasets, id)?),
        DriftSide::TrainingRows { dataset_id, split } => {
            let dataset = dataset(datasets, dataset_id)?;
            Sample::of_rows(dataset, &train::rows(split, dataset.n_rows())?.train)
        }
        DriftSide::Records(records) => Sample::of_records(side, records)?,
    })
}

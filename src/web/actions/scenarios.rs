//! Customers as changed, kept under a name.

use leptos::prelude::*;

use super::{Customer, Lab};
use crate::compute::Failure;
use crate::data::{DatasetId, Record, Value};
use crate::explain::{CustomerScenario, CustomerScenarios, ScenarioError};
use crate::web::clock;
use crate::web::storage::saved;
use crate::web::text::versions as text;

/// A customer to look at: what the address calls it, and which values are changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// Its identifier or row number.
    pub customer: String,
    /// Changed features and their new values.
    pub edits: Vec<(String, Value)>,
}

impl Lab {
    /// Sees to it that the state has the scenarios.
    pub async fn read_scenarios(self) {
        if self.state.scenarios.with_untracked(Option::is_some) {
            return;
        }
        let (scenarios, corrupt) = match self.storage().scenarios().await {
            Ok(read) => read,
            Err(error) => (CustomerScenarios::default(), vec![error]),
        };
        for error in corrupt {
            self.notify(error.to_string(), None);
        }
        // another reading may have been faster, and something kept since
        if self.state.scenarios.with_untracked(Option::is_none) {
            self.write.scenarios.set(Some(scenarios));
        }
    }

    /// Keeps a customer of the data set in use, changes and all, with what the model in use gives it.
    ///
    /// # Errors
    /// There is no data set or model, the data set has no such customer, the values are refused, or the
    /// name is.
    pub async fn save_scenario(
        self,
        name: String,
        customer: Customer,
        record: Record,
    ) -> Result<(), Failure> {
        let dataset = untrack(|| self.state.dataset());
        let run = untrack(|| self.state.run());
        let (Some(dataset), Some(run)) = (dataset, run) else {
            return Err(Failure::new("unknown_model", text::NO_MODEL));
        };
        let (called, found) = self.way_to(&dataset.id, customer.name.clone(), customer.row).await?;
        if found.record != customer.record {
            return Err(Failure::new("unknown_customer", text::OTHER_CUSTOMER));
        }
        let mut edits = record.clone();
        edits.retain(|feature, value| found.record.get(feature) != Some(value));
        let probabilities = self.predict(run.model_id.clone(), vec![record]).await?;
        let &[probability] = probabilities.as_slice() else {
            return Err(super::unexpected("a prediction"));
        };
        let scenario = CustomerScenario {
            id: self.new_id("scenario"),
            name,
            dataset_id: dataset.id.clone(),
            dataset_name: dataset.name.clone(),
            customer: called,
            row: found.row,
            start: found.record,
            edits,
            model_id: run.model_id.clone(),
            run_number: run.number,
            probability,
            saved_ms: clock::now_ms(),
        };
        let kept = self.change_scenarios(|all| all.save(scenario)).await?;
        self.keep(saved::put_scenario(&kept).map(|change| vec![change])).await;
        Ok(())
    }

    /// Calls a scenario something else.
    ///
    /// # Errors
    /// There is no such scenario, or the name is refused.
    pub async fn rename_scenario(self, id: String, name: String) -> Result<(), Failure> {
        let kept = self.change_scenarios(|all| all.rename(&id, &name)).await?;
        self.keep(saved::put_scenario(&kept).map(|change| vec![change])).await;
        Ok(())
    }

    /// Deletes a scenario. Can be taken back until the notice goes.
    ///
    /// # Errors
    /// There is no such scenario.
    pub async fn delete_scenario(self, id: String) -> Result<(), Failure> {
        let deleted = self.change_scenarios(|all| all.delete(&id)).await?;
        self.keep(Ok(vec![saved::delete_scenario(&id)])).await;
        let message = text::deleted(&deleted.name);
        let put_back = move || {
            let mut all = self.state.scenarios.get_untracked().unwrap_or_default();
            let kept = all.put_back(deleted);
            self.write.scenarios.set(Some(all));
            Ok(vec![saved::put_scenario(&kept)?])
        };
        self.offer_undo(message, Box::new(put_back));
        Ok(())
    }

    /// Where a scenario is looked at; its data set is in use then.
    ///
    /// # Errors
    /// There is no such scenario, or its data set or its customer has gone.
    pub async fn open_scenario(self, id: String) -> Result<Sight, Failure> {
        self.read_scenarios().await;
        let found = self.state.scenarios.with_untracked(|all| all.as_ref()?.find(&id).cloned());
        let Some(scenario) = found else {
            return Err(ScenarioError::Unknown { id }.into());
        };
        let dataset_id = scenario.dataset_id.clone();
        let is_here = self
            .state
            .datasets
            .with_untracked(|all| all.iter().any(|dataset| dataset.id == dataset_id));
        if !is_here {
            let message = text::dataset_gone(&scenario.dataset_name);
            return Err(Failure::new("unknown_dataset", message));
        }
        let (customer, found) =
            self.way_to(&dataset_id, scenario.customer.clone(), scenario.row).await?;
        if self.state.dataset_id.get_untracked().as_ref() != Some(&dataset_id) {
            self.use_dataset(dataset_id).await;
        }
        // what differs from the data, so that it is the same customer to the last value
        let edits = scenario.record().into_iter();
        let edits = edits.filter(|(feature, value)| found.record.get(feature) != Some(value));
        Ok(Sight { customer, edits: edits.collect() })
    }

    /// What leads to a row, its name or its number, and the customer there. An identifier can stand in
    /// two rows, and look like the number of another.
    async fn way_to(
        self,
        dataset_id: &DatasetId,
        name: String,
        row: u32,
    ) -> Result<(String, Customer), Failure> {
        for called in [name, row.to_string()] {
            match self.customer(dataset_id.clone(), called.clone()).await {
                Ok(found) if found.row == row => return Ok((called, found)),
                Err(failure) if failure.code != "unknown_customer" => return Err(failure),
                _ => {}
            }
        }
        Err(Failure::new("unknown_customer", text::no_way(row)))
    }

    /// Changes the scenarios, or leaves them as they were and says why.
    async fn change_scenarios<T>(
        self,
        change: impl FnOnce(&mut CustomerScenarios) -> Result<T, ScenarioError>,
    ) -> Result<T, Failure> {
        self.read_scenarios().await;
        let mut all = self.state.scenarios.get_untracked().unwrap_or_default();
        let done = change(&mut all)?;
        self.write.scenarios.set(Some(all));
        Ok(done)
    }
}

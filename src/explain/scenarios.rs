//! Customers as a person changed them, kept under a name.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::data::{DatasetId, Record};
use crate::models::ModelId;
use crate::numerics::order::sorted_by;

/// The most characters of a name.
pub const MOST_CHARACTERS: usize = 80;

/// A customer of a data set with some values changed, and what a model said when it was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerScenario {
    /// Its key, which no other has.
    pub id: String,
    /// What a person calls it; no other of the data set is called so.
    pub name: String,
    /// Whose customer.
    pub dataset_id: DatasetId,
    /// The data set's name at that time.
    pub dataset_name: String,
    /// Text of the identifier column, else the row number.
    pub customer: String,
    /// Kept row number, from 0.
    pub row: u32,
    /// The features' values as in the data.
    pub start: Record,
    /// The values that were changed, and to what.
    pub edits: Record,
    /// The model it was seen with.
    pub model_id: ModelId,
    /// The number of that model's run.
    pub run_number: u32,
    /// What that model gave it: the probability of the positive class.
    pub probability: f64,
    /// When it was kept, Unix milliseconds.
    pub saved_ms: f64,
}

impl CustomerScenario {
    /// The features' values, changes and all.
    #[must_use]
    pub fn record(&self) -> Record {
        let mut record = self.start.clone();
        record.extend(self.edits.clone());
        record
    }
}

/// Every kept scenario, of all data sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerScenarios {
    /// In the order they were kept.
    all: Vec<CustomerScenario>,
}

/// Why the scenarios stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// No such name.
    #[error(
        "a scenario can't be called \"{name}\"; allowed: 1 to {MOST_CHARACTERS} characters that are \
         not all spaces"
    )]
    Name {
        /// What was asked for.
        name: String,
    },
    /// Two of that name could not be told apart.
    #[error(
        "there is a scenario \"{taken}\" of \"{dataset_name}\" already; allowed: a name that no \
         other of the data set has, capitals or not"
    )]
    Taken {
        /// The name as the other one has it.
        taken: String,
        /// The data set's name.
        dataset_name: String,
    },
    /// It may have been deleted in another tab.
    #[error("there is no scenario {id} in this lab")]
    Unknown {
        /// Which was asked for.
        id: String,
    },
}

impl ScenarioError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "scenario_name",
            Self::Taken { .. } => "scenario_taken",
            Self::Unknown { .. } => "unknown_scenario",
        }
    }
}

impl CustomerScenarios {
    /// Those that were stored, in any order.
    #[must_use]
    pub fn of(stored: Vec<CustomerScenario>) -> Self {
        Self { all: sorted_by(stored, |scenario| scenario.saved_ms) }
    }

    /// Every one, in the order they were kept.
    #[must_use]
    pub fn all(&self) -> &[CustomerScenario] {
        &self.all
    }

    /// The one of that key.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&CustomerScenario> {
        self.all.iter().find(|scenario| scenario.id == id)
    }

    /// Keeps one more, its name without spaces around it; gives it as it is kept.
    ///
    /// # Errors
    /// A name that is none, or that another of the data set has.
    pub fn save(
        &mut self,
        mut scenario: CustomerScenario,
    ) -> Result<CustomerScenario, ScenarioError> {
        scenario.name =
            self.name_for(&scenario.name, &scenario.dataset_id, &scenario.dataset_name, None)?;
        self.all.push(scenario.clone());
        Ok(scenario)
    }

    /// Calls one something else; gives it as it is kept.
    ///
    /// # Errors
    /// There is no such scenario, a name that is none, or that another of the data set has.
    pub fn rename(&mut self, id: &str, name: &str) -> Result<CustomerScenario, ScenarioError> {
        let found = self.find(id).ok_or_else(|| unknown(id))?;
        let name = self.name_for(name, &found.dataset_id, &found.dataset_name, Some(id))?;
        let found = self.all.iter_mut().find(|scenario| scenario.id == id);
        let found = found.ok_or_else(|| unknown(id))?;
        found.name = name;
        Ok(found.clone())
    }

    /// Takes one out; gives it.
    ///
    /// # Errors
    /// There is no such scenario.
    pub fn delete(&mut self, id: &str) -> Result<CustomerScenario, ScenarioError> {
        let place = self.all.iter().position(|scenario| scenario.id == id);
        place.map(|place| self.all.remove(place)).ok_or_else(|| unknown(id))
    }

    /// Puts one that was taken out back in its place; where another one has got its name meanwhile, under
    /// a free one. Gives it as it is kept.
    pub fn put_back(&mut self, mut scenario: CustomerScenario) -> CustomerScenario {
        scenario.name = self.free_name(&scenario.name, &scenario.dataset_id);
        self.all.push(scenario.clone());
        *self = Self::of(std::mem::take(&mut self.all));
        scenario
    }

    /// The name wanted, cut to what is allowed; with the first free number where another of the data set
    /// has it: "Customer 4 (2)".
    #[must_use]
    pub fn free_name(&self, wanted: &str, dataset_id: &DatasetId) -> String {
        let cut = |most: usize| wanted.trim().chars().take(most).collect::<String>();
        let mut name = cut(MOST_CHARACTERS);
        let mut number = 2_u32;
        while self.named(&name, dataset_id, None).is_some() {
            let end = format!(" ({number})");
            name = cut(MOST_CHARACTERS.saturating_sub(end.chars().count()));
            name = format!("{}{end}", name.trim_end());
            number = number.saturating_add(1);
        }
        name
    }

    /// The name as it can be kept; `own` is the scenario that may have it already.
    fn name_for(
        &self,
        name: &str,
        dataset_id: &DatasetId,
        dataset_name: &str,
        own: Option<&str>,
    ) -> Result<String, ScenarioError> {
        let trimmed = name.trim();
        if trimmed.is_empty() || trimmed.chars().count() > MOST_CHARACTERS {
            return Err(ScenarioError::Name { name: name.to_owned() });
        }
        match self.named(trimmed, dataset_id, own) {
            Some(other) => Err(ScenarioError::Taken {
                taken: other.name.clone(),
                dataset_name: dataset_name.to_owned(),
            }),
            None => Ok(trimmed.to_owned()),
        }
    }

    /// The scenario of the data set with that name, `own` left out.
    fn named(
        &self,
        name: &str,
        dataset_id: &DatasetId,
        own: Option<&str>,
    ) -> Option<&CustomerScenario> {
        let folded = name.to_lowercase();
        self.all.iter().find(|scenario| {
            scenario.dataset_id == *dataset_id
                && Some(scenario.id.as_str()) != own
                && scenario.name.to_lowercase() == folded
        })
    }
}

fn unknown(id: &str) -> ScenarioError {
    ScenarioError::Unknown { id: id.to_owned() }
}

//! What the checks of the guide may know.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::data::schema::ColumnPlan;
use crate::data::{ColumnKind, DatasetSummary};
use crate::experiments::Grid;
use crate::web::js::number;
use crate::web::query::{COMPARED, EDIT, Query, View};
use crate::web::state::LabState;

/// Keys of the address that checks read. `Explore` shows what they say.
pub mod keys {
    /// The page of Explore; the overview has none.
    pub const TAB: &str = "tab";
    /// One column.
    pub const ONE: &str = "column";
    /// Two columns.
    pub const TWO: &str = "pair";
    /// Many columns.
    pub const MANY: &str = "many";
    /// The column looked at.
    pub const COLUMN: &str = "column";
    /// The column whose levels it is split by.
    pub const BY: &str = "by";
    /// The two columns looked at.
    pub const SIDES: [&str; 2] = ["x", "y"];
    /// The picture of many columns; the pair plot has none.
    pub const PICTURE: &str = "as";
    /// Before a column's name: the levels or the range picked.
    pub const PICK: &str = "pick.";
    /// A filter as an expression.
    pub const WHERE: &str = "where";
    /// The share of rows in the sample.
    pub const SAMPLE: &str = "sample";
    /// The customer looked at in Explain.
    pub const CUSTOMER: &str = "customer";
    /// The threshold in Train.
    pub const THRESHOLD: &str = "threshold";
    /// The way a run is looked at closely.
    pub const JUDGE: &str = "judge";
    /// Step by step.
    pub const STEPS: &str = "steps";
    /// How many customers are drawn.
    pub const RANDOM: &str = "random";
    /// The page of segments.
    pub const SEGMENTS: &str = "segments";
    /// Whether an explanation can be trusted.
    pub const TRUST: &str = "trust";
    /// What would change a prediction.
    pub const WHATIF: &str = "whatif";
    /// The model as a whole.
    pub const WHOLE: &str = "whole";
    /// The step looked at.
    pub const STEP: &str = "judge.step";
}

/// What the lab knows and shows now.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The room looked at.
    pub view: View,
    /// The address's keys and values.
    pub address: Vec<(String, String)>,
    /// The data set in use.
    pub dataset: Option<Arc<DatasetSummary>>,
    /// Runs; the lab makes the first by itself.
    pub runs: usize,
    /// How many of the workshop's ten settings have a run.
    pub tried: usize,
    /// Runs that the address picks.
    pub compared: usize,
    /// Aliases that point at a version of a registered model.
    pub in_force: usize,
    /// Endpoints.
    pub endpoints: usize,
    /// Calls made by a person or a program.
    pub calls: usize,
    /// Simulated calls.
    pub simulated: usize,
    /// There is a drift report.
    pub drift: bool,
    /// Every customer of the data set in use has reasons.
    pub all_explained: bool,
}

impl Facts {
    /// What is so now; tracked.
    #[must_use]
    pub fn now(state: LabState, query: Query) -> Self {
        let (events, simulated) = state.events.with(|events| {
            (events.len(), events.iter().filter(|event| event.simulated.is_some()).count())
        });
        Self {
            view: query.view(),
            address: query.with_prefix(""),
            dataset: state.dataset(),
            runs: state.runs.with(Vec::len),
            tried: state.runs.with(|runs| {
                let params = runs.iter().map(|run| &run.provenance.params);
                params.filter_map(Grid::workshop_run).collect::<BTreeSet<_>>().len()
            }),
            compared: state.runs.with(|runs| {
                let picked = query.get(COMPARED).unwrap_or_default();
                let is_picked = |number: u32| picked.split(',').any(|p| p == number.to_string());
                runs.iter().filter(|run| is_picked(run.number)).count()
            }),
            in_force: state.registry.with(|registry| registry.in_force(f64::INFINITY).len()),
            endpoints: state.endpoints.with(Vec::len),
            calls: events - simulated,
            simulated,
            drift: state.drift.with(Option::is_some),
            all_explained: all_explained(state),
        }
    }

    /// In that room, with a data set to look at.
    pub(super) fn looks_at(&self, view: View) -> bool {
        self.view == view && self.dataset.is_some()
    }

    /// In that page of Explore.
    pub(super) fn explores(&self, tab: Option<&str>) -> bool {
        self.looks_at(View::Explore) && self.value(keys::TAB) == tab
    }

    /// A number beside the levels of a category.
    pub(super) fn boxes(&self) -> bool {
        let shows = |key, kind| self.shows(key, kind);
        let [x, y] = keys::SIDES;
        let split =
            shows(keys::COLUMN, ColumnKind::Numeric) && shows(keys::BY, ColumnKind::Categorical);
        let beside = |number, level| {
            shows(number, ColumnKind::Numeric) && shows(level, ColumnKind::Categorical)
        };
        (self.explores(Some(keys::ONE)) && split)
            || (self.explores(Some(keys::TWO)) && (beside(x, y) || beside(y, x)))
    }

    /// The value of a key, unless it is empty.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let value = self.address.iter().find(|(name, _)| name == key).map(|(_, value)| &**value);
        value.filter(|value| !value.is_empty())
    }

    /// A number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.value(key).and_then(number)
    }

    /// The kind of the data set's column of that name.
    pub(super) fn kind(&self, column: &str) -> Option<ColumnKind> {
        let columns = &self.dataset.as_ref()?.columns;
        columns.iter().find(|known| known.name == column).map(|known| known.kind)
    }

    /// The address names a column of that kind.
    pub(super) fn shows(&self, key: &str, kind: ColumnKind) -> bool {
        self.value(key).and_then(|column| self.kind(column)) == Some(kind)
    }

    /// The value picked of a column.
    pub(super) fn picks(&self, column: &str, value: &str) -> bool {
        let picked = |(key, picked): &(String, String)| {
            key.strip_prefix(keys::PICK) == Some(column) && picked == value
        };
        self.looks_at(View::Explore) && self.address.iter().any(picked)
    }

    /// The filter names a column of the data set.
    pub(super) fn filters(&self) -> bool {
        let columns = self.dataset.iter().flat_map(|dataset| &dataset.columns);
        self.looks_at(View::Explore)
            && self.value(keys::WHERE).is_some_and(|filter| {
                columns.into_iter().any(|column| filter.contains(column.name.as_str()))
            })
    }

    /// A feature of a customer is changed.
    pub(super) fn edits(&self) -> bool {
        self.looks_at(View::Explain) && self.address.iter().any(|(key, _)| key.starts_with(EDIT))
    }

    /// A feature of a customer is changed to that level.
    pub(super) fn edits_to(&self, feature: &str, level: &str) -> bool {
        let is_it = |(key, value): &(String, String)| {
            key.strip_prefix(EDIT) == Some(feature) && value == level
        };
        self.looks_at(View::Explain) && self.address.iter().any(is_it)
    }

    /// A card of Explain is open, with a model to ask.
    pub(super) fn opens(&self, card: &str) -> bool {
        self.looks_at(View::Explain) && self.runs > 0 && self.value(card).is_some()
    }

    /// Those who left are selected: the class is picked, or the filter names its column.
    pub(super) fn counts_target(&self) -> bool {
        let target = self.dataset.as_ref().and_then(|dataset| dataset.target.as_ref());
        target.is_some_and(|target| {
            let filter = self.value(keys::WHERE);
            let is_named = filter.is_some_and(|filter| filter.contains(target.column.as_str()));
            self.picks(&target.column, &target.positive_class)
                || (self.looks_at(View::Explore) && is_named)
        })
    }

    /// A column of the file is there twice, read in two ways.
    pub(super) fn has_clone(&self) -> bool {
        let reading = self.dataset.as_ref().and_then(|dataset| dataset.reading.as_ref());
        let plans = reading.map_or(&[][..], |reading| &reading.schema.columns);
        plans.iter().any(|clone| {
            let is_other =
                |plan: &ColumnPlan| plan.source == clone.source && plan.read_as != clone.read_as;
            plans.iter().any(is_other)
        })
    }
}

fn all_explained(state: LabState) -> bool {
    let Some(dataset) = state.dataset() else { return false };
    state.explained.with(|known| {
        let known = known.as_ref().filter(|known| known.dataset_id == dataset.id);
        known.is_some_and(|known| known.reasons.explained() == dataset.kept)
    })
}

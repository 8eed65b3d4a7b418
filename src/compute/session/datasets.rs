//! Requests about data sets.

use super::{Session, dataset, stored};
use crate::compute::protocol::{Failure, Response};
use crate::compute::stored::{self as form, StoredDataset};
use crate::data::csv;
use crate::data::interpret::interpret;
use crate::data::profile::profile;
use crate::data::{DatasetId, DatasetSummary, Schema};
use crate::exploration::{Index, Question, Selection};
use crate::population::{self, PopulationParams, Sample};

/// The most issues that are told.
const MOST_ISSUES: usize = 1_000;

/// The most texts of a column that are shown.
const MOST_TEXTS: usize = 100;

/// Longest name of a data set, characters.
const LONGEST_NAME: usize = 200;

impl Session {
    pub(super) fn add_dataset(&mut self, bytes: &[u8]) -> Result<Response, Failure> {
        let stored = form::decode(bytes).map_err(|error| {
            Failure::new("corrupt_dataset", format!("the stored data set can't be read: {error}"))
        })?;
        let id = stored.read.dataset.id.clone();
        // rows of the same name may be others than those before
        self.indexes.remove(&id);
        self.rules.remove(&id);
        self.test_parts.clear();
        self.stepped.clear();
        self.scored = None;
        self.datasets.insert(id.clone(), stored);
        Ok(Response::DatasetAdded { id })
    }

    pub(super) fn sample(&mut self, rows: u32, seed: u32, name: &str) -> Result<Response, Failure> {
        let began = (self.clock)();
        let Sample { table, read } =
            population::sample(&PopulationParams::default(), rows, seed, name)?;
        self.keep(StoredDataset { table, read }, began)
    }

    pub(super) fn keep(&mut self, stored: StoredDataset, began: f64) -> Result<Response, Failure> {
        let read_ms = ((self.clock)() - began).max(0.0);
        let bytes = form::encode(&stored).map_err(|error| {
            Failure::new("dataset_not_encoded", format!("the data set can't be stored: {error}"))
        })?;
        let summary = DatasetSummary::of(&stored.read, stored.table.format, read_ms);
        self.indexes.remove(&summary.id);
        self.rules.remove(&summary.id);
        self.test_parts.clear();
        self.stepped.clear();
        self.scored = None;
        self.datasets.insert(summary.id.clone(), stored);
        Ok(Response::Dataset { summary, bytes })
    }

    pub(super) fn reread(
        &mut self,
        id: &DatasetId,
        schema: Schema,
        keep_as: Option<String>,
    ) -> Result<Response, Failure> {
        let began = (self.clock)();
        let StoredDataset { table, read } = stored(&self.datasets, id)?;
        let name = keep_as.as_deref().unwrap_or(&read.dataset.name);
        let reread = interpret(table, schema, name)?;
        if keep_as.is_some() {
            let stored = StoredDataset { table: table.clone(), read: reread };
            return self.keep(stored, began);
        }
        let ms = ((self.clock)() - began).max(0.0);
        Ok(Response::Reread(Box::new(DatasetSummary::of(&reread, table.format, ms))))
    }

    pub(super) fn texts(&self, id: &DatasetId, source: u32) -> Result<Response, Failure> {
        let table = &stored(&self.datasets, id)?.table;
        let column = table.columns.get(source as usize).ok_or_else(|| {
            let message =
                format!("the file has {} columns, none at position {source}", table.columns.len());
            Failure::new("unknown_column", message)
        })?;
        let mut texts = column.texts.counts();
        let distinct = texts.len() as u32;
        texts.truncate(MOST_TEXTS);
        let texts = texts.into_iter().map(|(text, rows)| (text.to_owned(), rows)).collect();
        Ok(Response::Texts { texts, distinct })
    }

    pub(super) fn rename(&mut self, id: &DatasetId, name: String) -> Result<Response, Failure> {
        let began = (self.clock)();
        let length = name.trim().chars().count();
        if !(1..=LONGEST_NAME).contains(&length) {
            return Err(Failure {
                code: "name_out_of_range".to_owned(),
                message: format!("the name has {length} characters; allowed: 1 to {LONGEST_NAME}"),
                field: Some("name".to_owned()),
            });
        }
        let mut stored = stored(&self.datasets, id)?.clone();
        stored.read.dataset.name = name.trim().to_owned();
        self.keep(stored, began)
    }

    pub(super) fn issues(&self, id: &DatasetId) -> Result<Response, Failure> {
        let issues = &dataset(&self.datasets, id)?.issues;
        Ok(Response::Issues(issues.iter().take(MOST_ISSUES).cloned().collect()))
    }

    pub(super) fn write_csv(&self, id: &DatasetId) -> Result<Response, Failure> {
        Ok(Response::Csv(csv::to_csv(dataset(&self.datasets, id)?).into_bytes()))
    }

    pub(super) fn profile(&self, id: &DatasetId) -> Result<Response, Failure> {
        Ok(Response::Profile(Box::new(profile(dataset(&self.datasets, id)?))))
    }

    pub(super) fn explore(
        &mut self,
        id: &DatasetId,
        selection: &Selection,
        question: &Question,
    ) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, id)?;
        let index = self.indexes.entry(id.clone()).or_insert_with(|| Index::of(dataset));
        Ok(Response::Explored(Box::new(index.answer(dataset, selection, question)?)))
    }

    pub(super) fn find_record(&self, id: &DatasetId, customer: &str) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, id)?;
        let found = dataset.position(customer).and_then(|row| Some((row, dataset.record(row)?)));
        let (row, record) = found.ok_or_else(|| Failure {
            code: "unknown_customer".to_owned(),
            message: format!(
                "no customer \"{customer}\" in data set \"{}\"; allowed: an identifier or a row \
                 number under {}",
                dataset.name,
                dataset.n_rows()
            ),
            field: Some("customer".to_owned()),
        })?;
        Ok(Response::Record {
            row: row as u32,
            identifier: dataset.identifier(row).map(str::to_owned),
            record,
            label: dataset.labels().and_then(|labels| labels.get(row).copied()),
        })
    }
}

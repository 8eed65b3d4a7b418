//! Requests about data sets.

use super::{Session, dataset};
use crate::compute::protocol::{Failure, Response, decode_dataset};
use crate::compute::rows;
use crate::data::profile::profile;
use crate::data::{ColumnValues, Dataset, DatasetId, DatasetSummary, csv};
use crate::exploration::{Index, Question, Selection};
use crate::population::{self, PopulationParams};

/// The most rows of one answer.
const MOST_SHOWN: u32 = 1_000;

impl Session {
    pub(super) fn add_dataset(&mut self, bytes: &[u8]) -> Result<Response, Failure> {
        let dataset = decode_dataset(bytes)?;
        check_lengths(&dataset)?;
        let id = dataset.id.clone();
        // rows of the same name may be others than those before
        self.indexes.remove(&id);
        self.datasets.insert(id.clone(), dataset);
        Ok(Response::DatasetAdded { id })
    }

    pub(super) fn read_csv(
        &mut self,
        bytes: Vec<u8>,
        name: &str,
        target: Option<&str>,
    ) -> Result<Response, Failure> {
        let began = (self.clock)();
        let dataset = csv::read(&bytes, name, target)?;
        // a large file and its data set as bytes need not be in memory together
        drop(bytes);
        self.keep(dataset, began)
    }

    pub(super) fn sample(&mut self, rows: u32, seed: u32, name: &str) -> Result<Response, Failure> {
        let began = (self.clock)();
        let dataset = population::sample(&PopulationParams::default(), rows, seed, name)?;
        self.keep(dataset, began)
    }

    fn keep(&mut self, dataset: Dataset, began: f64) -> Result<Response, Failure> {
        let read_ms = ((self.clock)() - began).max(0.0);
        let bytes = rows::encode(&dataset).map_err(|error| {
            Failure::new("dataset_not_encoded", format!("the data set can't be stored: {error}"))
        })?;
        let summary = DatasetSummary::of(&dataset, read_ms);
        self.indexes.remove(&dataset.id);
        self.datasets.insert(dataset.id.clone(), dataset);
        Ok(Response::Dataset { summary, bytes })
    }

    pub(super) fn profile(&self, id: &DatasetId) -> Result<Response, Failure> {
        Ok(Response::Profile(Box::new(profile(dataset(&self.datasets, id)?))))
    }

    pub(super) fn rows(&self, id: &DatasetId, from: u32, count: u32) -> Result<Response, Failure> {
        if count > MOST_SHOWN {
            let message = format!("{count} rows were asked for; allowed: 0 to {MOST_SHOWN}");
            return Err(Failure::new("rows_out_of_range", message));
        }
        Ok(Response::Rows(dataset(&self.datasets, id)?.rows(from as usize, count as usize)))
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

/// A stored data set may have been damaged in a way its codec can't see.
fn check_lengths(dataset: &Dataset) -> Result<(), Failure> {
    let n_rows = dataset.n_rows();
    let damaged = dataset.columns.iter().find(|column| match &column.values {
        ColumnValues::Numbers(numbers) => numbers.len() != n_rows,
        ColumnValues::Levels { levels, codes } => {
            codes.len() != n_rows || codes.iter().any(|&code| usize::from(code) >= levels.len())
        }
        ColumnValues::Text(_) => false,
    });
    damaged.map_or(Ok(()), |column| {
        Err(Failure::new(
            "corrupt_dataset",
            format!("the stored data set can't be read: column {} is damaged", column.name),
        ))
    })
}

//! A data set with the probability of every row.

use ndarray::ArrayView2;

use super::error::CustomersError;
use crate::data::summary::ColumnSummary;
use crate::data::{Column, ColumnKind, ColumnValues, Dataset, DatasetSummary, Role};
use crate::explain::ExplainableModel;
use crate::exploration::{Index, RowsPart, Selection, Sort};
use crate::features::{FeatureError, FeaturePipeline};

/// What the column of probabilities is called.
const PROBABILITY: &str = "probability";

/// Most rows of one answer.
pub const MOST_ROWS: usize = 1_000;

/// Its name where the data set has a column of that name.
const OTHER_PROBABILITY: &str = "model probability";

/// A data set as a model sees it.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Of the positive class, one a kept row.
    pub probabilities: Vec<f64>,
    /// The kept rows with the probability behind the identifiers, then the target, the features and the rest.
    table: Dataset,
    index: Index,
}

impl Scored {
    /// Predicts every kept row: one pass of the model.
    ///
    /// # Errors
    /// The data set lacks a feature of the model or has levels that it never saw.
    pub fn of(model: &ExplainableModel, dataset: &Dataset) -> Result<Self, CustomersError> {
        let space = &model.model.pipeline.space;
        let rows: Vec<u32> = (0_u32..).take(dataset.n_rows()).collect();
        let encoded = encode_rows(&model.model.pipeline, dataset, &rows)?;
        let shape = (rows.len(), space.len());
        let probabilities = match ArrayView2::from_shape(shape, &encoded) {
            Ok(records) => model.model.predict_proba(records),
            // the columns of a data set have as many values as it has rows
            Err(_shape) => Vec::new(),
        };
        let table = with_probability(dataset, &probabilities);
        let index = Index::of(&table);
        Ok(Self { probabilities, table, index })
    }

    /// The columns in the order of the table's.
    #[must_use]
    pub fn table(&self) -> &Dataset {
        &self.table
    }

    /// All selected rows in an order, as kept row numbers.
    ///
    /// # Errors
    /// A filter or an order that is none.
    pub fn places(
        &mut self,
        selection: &Selection,
        sort: Option<&Sort>,
    ) -> Result<Vec<u32>, CustomersError> {
        Ok(self.index.places(&self.table, selection, sort)?)
    }

    /// What stands in rows, in their order.
    ///
    /// # Errors
    /// More than 1,000 rows, or one past the end.
    pub fn rows(&self, places: &[u32]) -> Result<RowsPart, CustomersError> {
        if places.len() > MOST_ROWS {
            return Err(CustomersError::TooMany { asked: places.len(), most: MOST_ROWS });
        }
        let source_rows = places.iter().map(|&row| {
            let source = self.table.source_rows.get(row as usize).copied();
            let last = self.table.n_rows().saturating_sub(1);
            source.ok_or(CustomersError::Row { row, last })
        });
        let values = |&row: &u32| {
            let columns = self.table.columns.iter();
            columns.filter_map(|column| column.values.value(row as usize)).collect()
        };
        Ok(RowsPart {
            source_rows: source_rows.collect::<Result<_, _>>()?,
            rows: places.iter().map(values).collect(),
            places: places.to_vec(),
        })
    }
}

/// What the column of probabilities is called beside columns of these names.
fn probability_column<'a>(mut names: impl Iterator<Item = &'a str>) -> &'static str {
    if names.any(|name| name.eq_ignore_ascii_case(PROBABILITY)) {
        OTHER_PROBABILITY
    } else {
        PROBABILITY
    }
}

/// The columns of the table of a data set, in the order of [`Scored::table`].
#[must_use]
pub fn columns(dataset: &DatasetSummary) -> Vec<ColumnSummary> {
    let names = dataset.columns.iter().map(|column| column.name.as_str());
    let probability = ColumnSummary {
        name: probability_column(names).to_owned(),
        kind: ColumnKind::Numeric,
        role: Role::Ignored,
        is_date: false,
        levels: Vec::new(),
    };
    let of = |role: Role| dataset.columns.iter().filter(move |column| column.role == role).cloned();
    of(Role::Identifier)
        .chain([probability])
        .chain(of(Role::Target))
        .chain(of(Role::Feature))
        .chain(of(Role::Ignored))
        .collect()
}

fn with_probability(dataset: &Dataset, probabilities: &[f64]) -> Dataset {
    let names = dataset.columns.iter().map(|column| column.name.as_str());
    let probability = Column {
        name: probability_column(names).to_owned(),
        kind: ColumnKind::Numeric,
        role: Role::Ignored,
        missing: 0,
        is_date: false,
        values: ColumnValues::Numbers(probabilities.to_vec()),
    };
    let of = |role: Role| dataset.columns.iter().filter(move |column| column.role == role).cloned();
    let columns = of(Role::Identifier)
        .chain([probability])
        .chain(of(Role::Target))
        .chain(of(Role::Feature))
        .chain(of(Role::Ignored))
        .collect();
    Dataset { columns, ..dataset.clone() }
}

/// Rows as the model's numbers: `rows.len()` × features, row by row.
///
/// # Errors
/// As [`Scored::of`], or a row past the end.
pub fn encode_rows(
    pipeline: &FeaturePipeline,
    dataset: &Dataset,
    rows: &[u32],
) -> Result<Vec<f64>, CustomersError> {
    let n_rows = dataset.n_rows();
    if let Some(&row) = rows.iter().find(|&&row| row as usize >= n_rows) {
        return Err(CustomersError::Row { row, last: n_rows.saturating_sub(1) });
    }
    pipeline.encode_rows(dataset, rows).map_err(|error| match error {
        FeatureError::UnknownLevel { column, level, .. } => CustomersError::UnknownLevel {
            feature: column,
            value: level,
            dataset: dataset.name.clone(),
        },
        FeatureError::MissingColumn { column, .. } => {
            CustomersError::OtherDataset { feature: column, dataset: dataset.name.clone() }
        }
        error => CustomersError::Features(error),
    })
}

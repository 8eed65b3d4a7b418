//! Customers as a table for other programs: probabilities and top reasons.

use super::error::CustomersError;
use super::scored::{Scored, encode_rows};
use crate::data::csv::to_csv;
use crate::data::{Column, ColumnKind, ColumnValues, Dataset, Role, TextColumn};
use crate::explain::{ExplainCache, ExplainableModel, FeatureCount, LimeParams};

/// Reasons that a row has.
pub const REASONS: usize = 3;

impl Scored {
    /// Rows in their order as CSV: the table's columns, then `reason_1`, `weight_1` and so on, LIME's
    /// conditions with the largest absolute weights. `progress` hears of every row: rows done, rows in all.
    ///
    /// # Errors
    /// A row past the end, or settings out of range.
    pub fn csv(
        &self,
        model: &ExplainableModel,
        rows: &[u32],
        params: &LimeParams,
        cache: &mut ExplainCache,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<String, CustomersError> {
        let space = &model.model.pipeline.space;
        let params = LimeParams { features: FeatureCount::All, ..params.clone() };
        let encoded = encode_rows(&model.model.pipeline, self.table(), rows)?;
        let mut conditions = vec![TextColumn::default(); REASONS];
        let mut weights = vec![Vec::new(); REASONS];
        for (done, record) in (1_u32..).zip(encoded.chunks(space.len().max(1))) {
            let explanation = cache.explain(model, record, &params)?;
            for (at, (texts, numbers)) in conditions.iter_mut().zip(&mut weights).enumerate() {
                let reason = explanation.contributions.get(at);
                texts.push(reason.map_or("", |reason| reason.condition.as_str()));
                numbers.push(reason.map_or(0.0, |reason| reason.weight));
            }
            progress(done, rows.len() as u32);
        }
        let table = self.table();
        let taken = |column: &Column| Column {
            name: column.name.clone(),
            kind: column.kind,
            role: column.role,
            missing: 0,
            is_date: column.is_date,
            values: column.values.taken(rows),
        };
        let mut columns: Vec<Column> = table.columns.iter().map(taken).collect();
        for (at, (texts, numbers)) in (1..).zip(conditions.into_iter().zip(weights)) {
            columns.push(column(
                format!("reason_{at}"),
                ColumnKind::Text,
                ColumnValues::Text(texts),
            ));
            let numbers = ColumnValues::Numbers(numbers);
            columns.push(column(format!("weight_{at}"), ColumnKind::Numeric, numbers));
        }
        let source = |&row: &u32| table.source_rows.get(row as usize).copied();
        Ok(to_csv(&Dataset {
            id: table.id.clone(),
            name: table.name.clone(),
            columns,
            target: None,
            rows_read: table.rows_read,
            source_rows: rows.iter().filter_map(source).collect(),
            issues: Vec::new(),
        }))
    }
}

fn column(name: String, kind: ColumnKind, values: ColumnValues) -> Column {
    Column { name, kind, role: Role::Ignored, missing: 0, is_date: false, values }
}

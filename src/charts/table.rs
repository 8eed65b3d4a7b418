//! A chart as a table: for "show as table" and for CSV.

use super::format::{self, NumberFormat};

/// One cell of a chart's table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A name.
    Text(String),
    /// How many.
    Count(u64),
    /// An end of a bin, shown with the digits that tell it from the others.
    End {
        /// The value, unrounded.
        value: f64,
        /// As the page shows it.
        shown: String,
    },
    /// A measured value and how it is shown.
    Number {
        /// The value, unrounded; NaN where there is none.
        value: f64,
        /// How the page shows it.
        format: NumberFormat,
    },
}

impl Cell {
    /// One for each of the edges of some bins.
    pub(super) fn ends(edges: &[f64]) -> Vec<Self> {
        let shown = edges.iter().zip(format::bounds(edges));
        shown.map(|(&value, shown)| Self::End { value, shown }).collect()
    }

    /// As the page shows it: "41.9 %".
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => format::count(*count),
            Self::End { shown, .. } => shown.clone(),
            Self::Number { value, format } => format.show(*value),
        }
    }

    /// As a program reads it: "0.419", shortest digits that give the same number back; nothing for no number.
    pub fn raw(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Number { value, .. } if value.is_nan() => String::new(),
            Self::End { value, .. } | Self::Number { value, .. } => value.to_string(),
        }
    }
}

/// Every number of a chart, one row per mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartTable {
    /// Column names, with units.
    pub header: Vec<String>,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

impl ChartTable {
    /// The table as CSV after RFC 4180: a comma between fields, quotes where needed, lines ended by CR LF, numbers unrounded.
    pub fn to_csv(&self) -> String {
        let mut csv = String::new();
        push_line(&mut csv, self.header.iter().cloned());
        for row in &self.rows {
            push_line(&mut csv, row.iter().map(Cell::raw));
        }
        csv
    }
}

fn push_line(csv: &mut String, fields: impl Iterator<Item = String>) {
    for (column, field) in fields.enumerate() {
        if column > 0 {
            csv.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&field);
        }
    }
    csv.push_str("\r\n");
}

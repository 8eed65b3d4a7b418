//! A customer table as its cells, read apart from the code under test.

#![allow(dead_code, reason = "every test file uses a part")]

use std::collections::BTreeMap;

use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, PopulationParams};

pub const NUMERIC: [&str; 3] = ["tenure", "MonthlyCharges", "TotalCharges"];

/// Cells by column name.
pub struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
        let names: Vec<String> = lines.next().expect("a header").collect();
        let mut cells = vec![Vec::new(); names.len()];
        for line in lines {
            let row: Vec<String> = line.collect();
            assert_eq!(row.len(), names.len(), "{row:?}");
            cells.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
        }
        Self(names.into_iter().zip(cells).collect())
    }

    /// Customers of the default population.
    pub fn made(rows: u32, seed: u32) -> Self {
        Self::of(&population::csv(&PopulationParams::default(), rows, seed))
    }

    /// The default data set.
    pub fn default() -> Self {
        Self::made(DEFAULT_ROWS, DEFAULT_SEED)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn real() -> Option<Self> {
        let bytes = super::telco_csv()?;
        Some(Self::of(std::str::from_utf8(&bytes).expect("the real file is UTF-8")))
    }

    pub fn column(&self, name: &str) -> &[String] {
        &self.0[name]
    }

    pub fn n_rows(&self) -> usize {
        self.column("customerID").len()
    }

    pub fn get(&self, name: &str, row: usize) -> &str {
        &self.0[name][row]
    }

    /// The numbers of the rows that have a total, so that all columns are of one length.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        let billed = self.column("TotalCharges").iter().map(|cell| !cell.trim().is_empty());
        let cells = self.column(name).iter().zip(billed).filter(|(_, billed)| *billed);
        cells.map(|(cell, _)| cell.parse().expect("a number")).collect()
    }

    pub fn categorical(&self) -> impl Iterator<Item = &str> {
        self.names().filter(|name| *name != "customerID" && !NUMERIC.contains(name))
    }

    /// Level → (rows, rows that churned).
    pub fn levels(&self, name: &str) -> BTreeMap<&str, (usize, usize)> {
        let mut levels = BTreeMap::new();
        for (level, churn) in self.column(name).iter().zip(self.column("Churn")) {
            let (rows, churned) = levels.entry(level.as_str()).or_insert((0, 0));
            *rows += 1;
            *churned += usize::from(churn == "Yes");
        }
        levels
    }
}

//! Groups of customers by one or two columns.

use serde::{Deserialize, Serialize};

use super::error::CustomersError;
use super::reasons::Reasons;
use crate::data::profile::ClassCounts;
use crate::data::{Column, ColumnValues, Dataset};
use crate::evaluation::Offer;
use crate::exploration::{Rate, SelectionError};
use crate::numerics::calendar::iso;
use crate::numerics::quantile::{quantile, sorted};

/// The customers of a data set by group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segmentation {
    /// The groups that have customers, in the order of their parts.
    pub names: Vec<String>,
    /// A filter in words for each.
    pub filters: Vec<String>,
    /// The group of every kept row, a place in `names`.
    pub of_row: Vec<u32>,
}

/// What is known of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Customers.
    pub n: u32,
    /// Share of the positive class with its interval; `None` without a target.
    pub rate: Option<Rate>,
    /// Mean probability.
    pub probability: f64,
    /// Customers from the threshold on.
    pub contacted: u32,
    /// What contacting them brings in expectation, in the offer's currency.
    pub expected_profit: f64,
    /// Customers of the group that were explained.
    pub explained: u32,
    /// Mean weight of each feature over those explained; empty without any.
    pub mean_weights: Vec<f64>,
}

/// A part of a column: its name and its filter.
struct Part {
    name: String,
    filter: String,
}

impl Segmentation {
    /// Groups the kept rows by the levels of one or two columns, numbers by quartile bins: a value equal to
    /// an edge belongs to the lower bin.
    ///
    /// # Errors
    /// No column or more than two, the same twice, one that is missing, or one of free text.
    pub fn of(dataset: &Dataset, columns: &[String]) -> Result<Self, CustomersError> {
        let n_different = if columns.first() == columns.get(1) { 1 } else { columns.len() };
        if !(1..=2).contains(&columns.len()) || n_different != columns.len() {
            return Err(CustomersError::Columns { asked: columns.len() });
        }
        let mut cells = vec![0_usize; dataset.n_rows()];
        let mut parts: Vec<Part> = vec![Part { name: String::new(), filter: String::new() }];
        for name in columns {
            let column = dataset
                .column(name)
                .ok_or_else(|| SelectionError::UnknownColumn { column: name.clone() })?;
            let (own, places) = parts_of(column)?;
            for (cell, place) in cells.iter_mut().zip(places) {
                *cell = *cell * own.len() + place;
            }
            parts = parts.iter().flat_map(|outer| own.iter().map(|part| outer.and(part))).collect();
        }
        let mut counts = vec![0_u32; parts.len()];
        for &cell in &cells {
            if let Some(count) = counts.get_mut(cell) {
                *count += 1;
            }
        }
        // groups without customers are left out
        let mut place = 0;
        let places: Vec<u32> = counts
            .iter()
            .map(|&count| {
                let own = place;
                place += u32::from(count > 0);
                own
            })
            .collect();
        let of_row = cells.iter().map(|&cell| places.get(cell).copied().unwrap_or(0)).collect();
        let kept = parts.into_iter().zip(&counts).filter(|(_, count)| **count > 0);
        let (names, filters) = kept.map(|(part, _)| (part.name, part.filter)).unzip();
        Ok(Self { names, filters, of_row })
    }

    /// What is known of each group, in the order of `names`.
    #[must_use]
    pub fn segments(
        &self,
        probabilities: &[f64],
        labels: Option<&[bool]>,
        (threshold, offer): (f64, Offer),
        reasons: Option<&Reasons>,
    ) -> Vec<Segment> {
        let empty = Segment {
            n: 0,
            rate: None,
            probability: 0.0,
            contacted: 0,
            expected_profit: 0.0,
            explained: 0,
            mean_weights: Vec::new(),
        };
        let mut segments = vec![empty; self.names.len()];
        let mut classes = vec![ClassCounts { negative: 0, positive: 0 }; self.names.len()];
        for ((row, &group), &p) in (0_u32..).zip(&self.of_row).zip(probabilities) {
            let group = group as usize;
            let (Some(segment), Some(counts)) = (segments.get_mut(group), classes.get_mut(group))
            else {
                continue;
            };
            segment.n += 1;
            segment.probability += p;
            if p >= threshold {
                segment.contacted += 1;
                segment.expected_profit += offer.expected_profit(p);
            }
            match labels.and_then(|labels| labels.get(row as usize)) {
                Some(true) => counts.positive += 1,
                _ => counts.negative += 1,
            }
            if let Some(weights) = reasons.and_then(|reasons| reasons.of_row(row)) {
                segment.explained += 1;
                segment.mean_weights.resize(weights.len(), 0.0);
                let sums = segment.mean_weights.iter_mut().zip(weights);
                sums.for_each(|(sum, &weight)| *sum += f64::from(weight));
            }
        }
        for (segment, counts) in segments.iter_mut().zip(classes) {
            segment.probability /= f64::from(segment.n.max(1));
            segment.rate = labels.map(|_| Rate::of(counts));
            let explained = f64::from(segment.explained.max(1));
            segment.mean_weights.iter_mut().for_each(|sum| *sum /= explained);
        }
        segments
    }
}

impl Part {
    fn and(&self, other: &Self) -> Self {
        if self.name.is_empty() {
            return Self { name: other.name.clone(), filter: other.filter.clone() };
        }
        Self {
            name: format!("{}, {}", self.name, other.name),
            filter: format!("{} and {}", self.filter, other.filter),
        }
    }
}

/// The parts of a column, and the part of every row.
fn parts_of(column: &Column) -> Result<(Vec<Part>, Vec<usize>), CustomersError> {
    let name = &column.name;
    let quoted = format!("`{}`", name.replace('`', "``"));
    match &column.values {
        ColumnValues::Levels { levels, codes } => {
            let part = |level: &String| Part {
                name: format!("{name} = {level}"),
                filter: format!("{quoted} = \"{}\"", level.replace('"', "\"\"")),
            };
            let places = codes.iter().map(|&code| usize::from(code)).collect();
            Ok((levels.iter().map(part).collect(), places))
        }
        ColumnValues::Numbers(numbers) => {
            let ascending = sorted(numbers);
            let quartiles = [0.25, 0.5, 0.75].iter().filter_map(|&q| quantile(&ascending, q));
            let mut edges: Vec<f64> = quartiles.collect();
            edges.dedup();
            let last = ascending.last().copied().unwrap_or_default();
            // an upper end at the largest number has nothing above it
            edges.retain(|&edge| edge < last);
            let shown = |number: f64| match column.is_date {
                true => iso(number),
                false => number.to_string(),
            };
            let part = |at: usize| {
                let (low, high) = (at.checked_sub(1).and_then(|at| edges.get(at)), edges.get(at));
                let low = low.map(|&low| format!("> {}", shown(low)));
                let high = high.map(|&high| format!("<= {}", shown(high)));
                let ends: Vec<String> = [low, high].into_iter().flatten().collect();
                let tests: Vec<String> = ends.iter().map(|end| format!("{quoted} {end}")).collect();
                let name = match ends.is_empty() {
                    true => name.clone(),
                    false => format!("{name} {}", ends.join(", ")),
                };
                Part { name, filter: tests.join(" and ") }
            };
            let place = |number: &f64| edges.partition_point(|&edge| edge < *number);
            let places = numbers.iter().map(place).collect();
            Ok(((0..=edges.len()).map(part).collect(), places))
        }
        ColumnValues::Text(_) => Err(SelectionError::Kind {
            column: name.clone(),
            found: "free text",
            wanted: "numbers or levels",
        }
        .into()),
    }
}

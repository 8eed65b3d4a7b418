//! LIME for tables: the algorithm of Python's `lime`.
//!
//! Ribeiro, Singh and Guestrin, "Why should I trust you?", KDD 2016. Numbers are cut into quartile
//! bins, so that every feature has a few levels. [`draw`](super::neighbours) makes neighbours with
//! independent levels, the model gives each a probability, and a [`LocalModel`](super::LocalModel)
//! tells which levels, shared with the customer, go with a higher one.

use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use crate::data::{ColumnValues, Dataset};
use crate::features::{Domain, Feature, FeatureSpace};
use crate::numerics::calendar::iso;
use crate::numerics::quantile::{quantile, sorted};

/// Where lime cuts numbers.
const QUARTILES: [f64; 3] = [0.25, 0.5, 0.75];

/// The edges of a column's numbers, which are given ascending, and by row.
pub(super) type Cut<'c> = dyn FnMut(&[f64], &[f64]) -> Result<Vec<f64>, ExplainError> + 'c;

/// What LIME must know of the data to draw neighbours: small, and enough without the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LimeExplainer {
    /// One a feature, in the order of the feature space.
    pub statistics: Vec<FeatureStatistics>,
}

/// How one feature is distributed over all kept rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FeatureStatistics {
    /// Share of rows by level.
    Levels {
        /// In the order of the levels; sums to 1.
        frequencies: Vec<f64>,
    },
    /// Quartile bins; a value equal to an edge belongs to the lower bin.
    Bins {
        /// Distinct quartiles, ascending.
        edges: Vec<f64>,
        /// Share of rows by bin; sums to 1. This and the rest have one entry a bin.
        frequencies: Vec<f64>,
        /// Mean of the bin's values; 0 for an empty bin.
        means: Vec<f64>,
        /// Standard deviation (with n) of the bin's values, plus 1e-11.
        stds: Vec<f64>,
        /// The bin's lower end: the data's smallest value, then the edges.
        mins: Vec<f64>,
        /// The bin's upper end: the edges, then the data's largest value.
        maxs: Vec<f64>,
    },
}

impl LimeExplainer {
    /// Counts levels and cuts numbers into quartile bins, over all kept rows.
    ///
    /// # Errors
    /// A feature of `space` is not in `dataset` as the space describes it, or there are no rows.
    pub fn fit(dataset: &Dataset, space: &FeatureSpace) -> Result<Self, ExplainError> {
        Self::cut_by(dataset, space, &mut |ascending, _| Ok(quantiles(ascending, &QUARTILES)))
    }

    /// The same with the edges that `cut` gives.
    ///
    /// # Errors
    /// As [`fit`](Self::fit), and those of `cut`.
    pub(super) fn cut_by(
        dataset: &Dataset,
        space: &FeatureSpace,
        cut: &mut Cut<'_>,
    ) -> Result<Self, ExplainError> {
        let mut describe = |feature: &Feature| {
            let Some(column) = dataset.column(&feature.name) else { return Ok(None) };
            Ok(match (&column.values, &feature.domain) {
                (ColumnValues::Levels { levels, codes }, Domain::Levels(known)) => {
                    (levels == known).then(|| FeatureStatistics::of_codes(codes, levels.len()))
                }
                (ColumnValues::Numbers(numbers), Domain::Numbers { .. }) => {
                    let ascending = sorted(numbers);
                    let edges = cut(&ascending, numbers)?;
                    FeatureStatistics::of_numbers(numbers, &ascending, edges)
                }
                _ => None,
            })
        };
        let statistics = space
            .features
            .iter()
            .map(|feature| {
                describe(feature)?
                    .ok_or_else(|| ExplainError::OtherDataset { feature: feature.name.clone() })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { statistics })
    }

    /// The bin of every feature of an encoded record.
    #[must_use]
    pub fn bins(&self, encoded: &[f64]) -> Vec<u16> {
        self.statistics.iter().zip(encoded).map(|(feature, &value)| feature.bin(value)).collect()
    }
}

impl FeatureStatistics {
    fn of_codes(codes: &[u16], n_levels: usize) -> Self {
        let mut counts = vec![0_u32; n_levels];
        for &code in codes {
            if let Some(count) = counts.get_mut(usize::from(code)) {
                *count += 1;
            }
        }
        Self::Levels { frequencies: shares(&counts, codes.len()) }
    }

    /// `None` without numbers; `edges` ascending.
    fn of_numbers(numbers: &[f64], ascending: &[f64], mut edges: Vec<f64>) -> Option<Self> {
        let (&min, &max) = (ascending.first()?, ascending.last()?);
        edges.dedup();

        let mut bins = vec![Vec::new(); edges.len() + 1];
        for &number in numbers {
            bins[bin_of(&edges, number)].push(number);
        }
        let counts: Vec<u32> = bins.iter().map(|values| values.len() as u32).collect();
        let (means, stds) = bins.iter().map(|values| mean_and_std(values)).unzip();
        Some(Self::Bins {
            frequencies: shares(&counts, numbers.len()),
            means,
            stds,
            mins: [&[min], edges.as_slice()].concat(),
            maxs: [edges.as_slice(), &[max]].concat(),
            edges,
        })
    }

    /// Share of rows by level or bin.
    #[must_use]
    pub fn frequencies(&self) -> &[f64] {
        match self {
            Self::Levels { frequencies } | Self::Bins { frequencies, .. } => frequencies,
        }
    }

    /// It is a number, cut into bins.
    pub(super) fn is_cut(&self) -> bool {
        matches!(self, Self::Bins { .. })
    }

    /// The level or bin an encoded value belongs to.
    #[must_use]
    pub fn bin(&self, value: f64) -> u16 {
        match self {
            Self::Levels { .. } => value as u16,
            Self::Bins { edges, .. } => bin_of(edges, value) as u16,
        }
    }

    /// What holds for the values of a bin, in lime's words: "Contract=Two year",
    /// "9.00 < tenure <= 29.00", of dates "signup <= 2024-03-09".
    #[must_use]
    pub fn condition(&self, feature: &Feature, bin: u16) -> String {
        let name = &feature.name;
        let bin = usize::from(bin);
        match (self, &feature.domain) {
            (Self::Bins { edges, .. }, domain) => {
                let edge = |at: usize| {
                    edges.get(at).map(|&edge| match domain {
                        Domain::Numbers { are_dates: true, .. } => iso(libm::floor(edge)),
                        _ => format!("{edge:.2}"),
                    })
                };
                match (bin.checked_sub(1).and_then(edge), edge(bin)) {
                    (Some(low), Some(high)) => format!("{low} < {name} <= {high}"),
                    (Some(low), None) => format!("{name} > {low}"),
                    (None, Some(high)) => format!("{name} <= {high}"),
                    (None, None) => name.clone(),
                }
            }
            (Self::Levels { .. }, Domain::Levels(levels)) => {
                format!("{name}={}", levels.get(bin).map_or("", String::as_str))
            }
            (Self::Levels { .. }, Domain::Numbers { .. }) => format!("{name}={bin}"),
        }
    }
}

/// Those of ascending numbers.
pub(super) fn quantiles(ascending: &[f64], at: &[f64]) -> Vec<f64> {
    at.iter().filter_map(|&q| quantile(ascending, q)).collect()
}

/// How many edges lie below the value.
fn bin_of(edges: &[f64], value: f64) -> usize {
    edges.partition_point(|&edge| edge < value)
}

fn shares(counts: &[u32], total: usize) -> Vec<f64> {
    counts.iter().map(|&count| f64::from(count) / total as f64).collect()
}

/// Mean and lime's standard deviation; taken from the first value, so that equal values give exactly
/// themselves and 1e-11.
fn mean_and_std(values: &[f64]) -> (f64, f64) {
    let (Some(&first), n) = (values.first(), values.len() as f64) else { return (0.0, 1e-11) };
    let mean = first + values.iter().map(|value| value - first).sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    (mean, variance.sqrt() + 1e-11)
}

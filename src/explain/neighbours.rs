//! Random customers around nobody in particular: the neighbourhood of every explanation.
//!
//! `lime` draws the same neighbours whoever is explained; only the first row, the customer itself,
//! and what each neighbour shares with it differ. So one draw serves many customers.

use ndarray::{Array2, ArrayView2};

use super::lime::{FeatureStatistics, LimeExplainer};
use crate::numerics::normal::TruncatedNormal;
use crate::numerics::random::RandomState;

/// Up to so many levels are compared one by one instead of halved.
const FEW_LEVELS: usize = 8;

/// Drawn customers, the explained one not among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Encoded records, `(n_neighbours, n_features)`, row-major.
    pub values: Array2<f64>,
    /// Their bins.
    pub bins: Bins,
}

/// The bin of every feature of many neighbours, feature by feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bins {
    columns: Vec<Vec<u16>>,
    n_neighbours: usize,
}

impl Bins {
    /// How many neighbours.
    #[must_use]
    pub fn n_neighbours(&self) -> usize {
        self.n_neighbours
    }

    /// One column a feature, one bin a neighbour.
    #[must_use]
    pub fn columns(&self) -> &[Vec<u16>] {
        &self.columns
    }
}

impl LimeExplainer {
    /// The `samples` − 1 neighbours that Python's `lime` draws with `random_state=seed`, in its order.
    ///
    /// First a bin for every feature, column by column, as `RandomState.choice(bins, samples,
    /// p=frequencies)`; then, column by column, a number inside each bin as `scipy.stats.truncnorm.rvs`.
    /// Of each column's bins the first is thrown away: there the customer stands.
    #[must_use]
    pub fn draw(&self, samples: u32, seed: u32) -> Neighbours {
        self.draw_from(samples, &mut RandomState::new(seed))
    }

    /// The same from a generator that has given numbers already.
    pub(super) fn draw_from(&self, samples: u32, random: &mut RandomState) -> Neighbours {
        let n_neighbours = samples.saturating_sub(1) as usize;
        let columns: Vec<Vec<u16>> = self
            .statistics
            .iter()
            .map(|feature| choose(feature.frequencies(), n_neighbours, random))
            .collect();
        let mut values = Array2::zeros((n_neighbours, self.statistics.len()));
        for ((feature, bins), mut column) in
            self.statistics.iter().zip(&columns).zip(values.columns_mut())
        {
            let numbers = InBin::all_of(feature);
            for (value, &bin) in column.iter_mut().zip(bins) {
                *value = match numbers.get(usize::from(bin)) {
                    Some(numbers) => numbers.draw(random),
                    None => f64::from(bin),
                };
            }
        }
        Neighbours { values, bins: Bins { columns, n_neighbours } }
    }

    /// The bins of given encoded records, `(n_neighbours, n_features)`.
    #[must_use]
    pub fn bins_of(&self, records: ArrayView2<f64>) -> Bins {
        let columns = self
            .statistics
            .iter()
            .zip(records.columns())
            .map(|(feature, column)| column.iter().map(|&value| feature.bin(value)).collect())
            .collect();
        Bins { columns, n_neighbours: records.nrows() }
    }
}

/// A bin for every neighbour, the one whose share of 0..1 holds a uniform number; the first uniform
/// number is the customer's and thrown away.
fn choose(frequencies: &[f64], n_neighbours: usize, random: &mut RandomState) -> Vec<u16> {
    let mut cumulated: Vec<f64> = frequencies
        .iter()
        .scan(0.0, |sum, frequency| {
            *sum += frequency;
            Some(*sum)
        })
        .collect();
    let total = cumulated.last().copied().unwrap_or(1.0);
    cumulated.iter_mut().for_each(|share| *share /= total);

    random.random_sample();
    let mut bins = vec![0_u16; n_neighbours];
    if cumulated.len() <= FEW_LEVELS {
        for bin in &mut bins {
            let uniform = random.random_sample();
            *bin = cumulated.iter().map(|&share| u16::from(share <= uniform)).sum();
        }
    } else {
        for bin in &mut bins {
            let uniform = random.random_sample();
            *bin = cumulated.partition_point(|&share| share <= uniform) as u16;
        }
    }
    bins
}

/// The numbers of one quartile bin.
enum InBin {
    /// Normal with the bin's mean and standard deviation, cut off at its ends.
    Normal { mean: f64, std: f64, standard: TruncatedNormal },
    /// Both ends are the same: nothing is drawn, and the value is what lime gives, which is the
    /// *standardised* end, 0 to rounding.
    Point(f64),
}

impl InBin {
    /// One entry a bin; none for levels.
    fn all_of(feature: &FeatureStatistics) -> Vec<Self> {
        match feature {
            FeatureStatistics::Levels { .. } => Vec::new(),
            FeatureStatistics::Bins { means, stds, mins, maxs, .. } => means
                .iter()
                .zip(stds)
                .zip(mins.iter().zip(maxs))
                .map(|((&mean, &std), (min, max))| {
                    let (low, high) = ((min - mean) / std, (max - mean) / std);
                    if low == high {
                        Self::Point(low)
                    } else {
                        Self::Normal { mean, std, standard: TruncatedNormal::new(low, high) }
                    }
                })
                .collect(),
        }
    }

    fn draw(&self, random: &mut RandomState) -> f64 {
        match self {
            Self::Normal { mean, std, standard } => {
                standard.quantile(random.random_sample()) * std + mean
            }
            Self::Point(value) => *value,
        }
    }
}

//! What a weighted linear fit needs of a neighbourhood, summed once.

use std::ops::Range;

use super::neighbours::Bins;

/// Weight of a neighbour by the number of features in which it differs from the customer,
/// 0..=`n_features`.
///
/// lime's kernel √exp(−d² / width²), width 0.75·√`n_features`, of the Euclidean distance d between
/// rows of zeros and ones, of which d² is that number.
#[must_use]
pub fn kernel(n_features: usize) -> Vec<f64> {
    let squared_width = 0.75 * 0.75 * n_features as f64;
    (0..=n_features).map(|unequal| libm::exp(-(unequal as f64) / squared_width).sqrt()).collect()
}

/// Weighted second moments, about the weighted means, of the 0/1 columns "same bin as the customer"
/// (x) and the probabilities (y); the customer itself is one of the rows, all ones, with weight 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Weighted means of x; length `n_features`.
    pub x_means: Vec<f64>,
    /// Weighted mean of y.
    pub y_mean: f64,
    /// Σ w·(xᵢ − x̄ᵢ)·(xⱼ − x̄ⱼ), `n_features × n_features`, row-major.
    pub xx: Vec<f64>,
    /// Σ w·(xᵢ − x̄ᵢ)·(y − ȳ); length `n_features`.
    pub xy: Vec<f64>,
    /// Σ w·(y − ȳ)².
    pub yy: f64,
    /// Rows, the customer included.
    pub n_rows: usize,
}

impl Moments {
    /// Sums over the customer (its bins, its probability) and its neighbours (theirs).
    ///
    /// A weight depends only on the number of unequal bins. So neighbours are sorted by that number,
    /// and a sum over xᵢ·xⱼ becomes, for each number, a count of common bits times one weight.
    #[must_use]
    pub fn of(own: &[u16], own_probability: f64, bins: &Bins, probabilities: &[f64]) -> Self {
        let kernel = kernel(own.len().min(bins.columns().len()));
        Self::weighted(own, own_probability, bins, probabilities, &kernel)
    }

    /// The same with other weights: one for each number of unequal bins, 0..=`n_features`.
    #[must_use]
    pub fn weighted(
        own: &[u16],
        own_probability: f64,
        bins: &Bins,
        probabilities: &[f64],
        kernel: &[f64],
    ) -> Self {
        let n_features = own.len().min(bins.columns().len());
        let columns = || own.iter().zip(bins.columns());
        let unequal = unequal(own, bins);
        let weights: Vec<f64> = unequal
            .iter()
            .map(|&count| kernel.get(usize::from(count)).copied().unwrap_or(0.0))
            .collect();

        let by_distance = ByDistance::of(&unequal, kernel);
        let bits: Vec<Vec<u64>> =
            columns().map(|(&own, column)| by_distance.pack(own, column)).collect();
        let total = 1.0 + by_distance.total_weight();
        let x_means: Vec<f64> =
            bits.iter().map(|bits| (1.0 + by_distance.common_weight(bits, bits)) / total).collect();

        let mut xx = vec![0.0; n_features * n_features];
        for i in 0..n_features {
            for j in 0..=i {
                let common = 1.0 + by_distance.common_weight(&bits[i], &bits[j]);
                let centred = common - total * x_means[i] * x_means[j];
                xx[i * n_features + j] = centred;
                xx[j * n_features + i] = centred;
            }
        }

        // counted from the customer's own probability, so that a constant model gives exact zeros
        let shift: f64 =
            weights.iter().zip(probabilities).map(|(w, p)| w * (p - own_probability)).sum();
        let y_mean = own_probability + shift / total;
        let mut yy = (own_probability - y_mean) * (own_probability - y_mean);
        let mut residuals = weights;
        for (residual, p) in residuals.iter_mut().zip(probabilities) {
            let centred = p - y_mean;
            *residual *= centred;
            yy += *residual * centred;
        }
        let xy = columns()
            .map(|(&own, column)| own_probability - y_mean + sum_where(column, own, &residuals))
            .collect();
        Self { x_means, y_mean, xx, xy, yy, n_rows: 1 + bins.n_neighbours() }
    }

    /// How many features.
    #[must_use]
    pub fn n_features(&self) -> usize {
        self.xy.len()
    }
}

/// In how many features each neighbour differs from the customer.
pub(super) fn unequal(own: &[u16], bins: &Bins) -> Vec<u16> {
    let mut unequal = vec![0_u16; bins.n_neighbours()];
    for (&own, column) in own.iter().zip(bins.columns()) {
        for (count, &bin) in unequal.iter_mut().zip(column) {
            *count += u16::from(bin != own);
        }
    }
    unequal
}

/// Neighbours in classes of equal distance, and so of equal weight.
struct ByDistance {
    /// The neighbours' numbers, class after class.
    order: Vec<u32>,
    classes: Vec<Class>,
}

struct Class {
    weight: f64,
    /// Part of `order`.
    neighbours: Range<usize>,
    /// Words of packed bits, 64 neighbours each, the last one filled up with zeros.
    words: Range<usize>,
}

impl ByDistance {
    /// A counting sort; `kernel[d]` is the weight at distance `d`.
    fn of(unequal: &[u16], kernel: &[f64]) -> Self {
        let mut counts = vec![0_usize; kernel.len()];
        for &distance in unequal {
            counts[usize::from(distance)] += 1;
        }
        let mut classes: Vec<Class> = Vec::with_capacity(kernel.len());
        let mut next = Vec::with_capacity(kernel.len());
        let (mut neighbour, mut word) = (0, 0);
        for (&count, &weight) in counts.iter().zip(kernel) {
            let n_words = count.div_ceil(64);
            next.push(neighbour);
            classes.push(Class {
                weight,
                neighbours: neighbour..neighbour + count,
                words: word..word + n_words,
            });
            neighbour += count;
            word += n_words;
        }
        let mut order = vec![0_u32; unequal.len()];
        for (neighbour, &distance) in (0_u32..).zip(unequal) {
            let place = &mut next[usize::from(distance)];
            order[*place] = neighbour;
            *place += 1;
        }
        Self { order, classes }
    }

    /// One bit a neighbour, set where its bin is the customer's.
    fn pack(&self, own: u16, column: &[u16]) -> Vec<u64> {
        self.classes
            .iter()
            .flat_map(|class| self.order[class.neighbours.clone()].chunks(64))
            .map(|chunk| {
                chunk.iter().rev().fold(0, |word, &neighbour| {
                    (word << 1) | u64::from(column[neighbour as usize] == own)
                })
            })
            .collect()
    }

    fn total_weight(&self) -> f64 {
        self.classes.iter().map(|class| class.weight * class.neighbours.len() as f64).sum()
    }

    /// Weight of the neighbours that have both bits.
    fn common_weight(&self, a: &[u64], b: &[u64]) -> f64 {
        self.classes
            .iter()
            .map(|class| {
                let words = a[class.words.clone()].iter().zip(&b[class.words.clone()]);
                let common: u32 = words.map(|(a, b)| (a & b).count_ones()).sum();
                class.weight * f64::from(common)
            })
            .sum()
    }
}

/// Sum of the values of the neighbours in bin `own`, in four interleaved partial sums.
fn sum_where(column: &[u16], own: u16, values: &[f64]) -> f64 {
    let (bins, values) = (column.chunks_exact(4), values.chunks_exact(4));
    let rest = bins.remainder().iter().zip(values.remainder());
    let rest: f64 = rest.map(|(&bin, &value)| if bin == own { value } else { 0.0 }).sum();
    let mut sums = [0.0; 4];
    for (bins, values) in bins.zip(values) {
        for lane in 0..4 {
            sums[lane] += if bins[lane] == own { values[lane] } else { 0.0 };
        }
    }
    sums[0] + sums[1] + (sums[2] + sums[3]) + rest
}

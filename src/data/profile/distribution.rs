//! The distribution of a numeric column: box plots and a histogram.

use super::{FiveNumbers, Histogram, NumberProfile};
use crate::numerics::quantile::{quantile, sorted};

/// Bins of a histogram.
const BINS: usize = 10;

/// How many different numbers, and the column described; `numbers` are finite, not empty.
pub fn describe(numbers: &[f64], labels: Option<&[bool]>) -> (u32, NumberProfile) {
    let all = sorted(numbers);
    let class = |positive: bool| {
        labels.map(|labels| {
            let rows = numbers.iter().zip(labels).filter(|&(_, &label)| label == positive);
            sorted(&rows.map(|(&number, _)| number).collect::<Vec<f64>>())
        })
    };
    let (negative, positive) = (class(false), class(true));
    let (least, largest) = (all.first().copied(), all.last().copied());
    let edges = edges(least.unwrap_or(0.0), largest.unwrap_or(0.0), BINS);
    let bins = |rows: &[f64]| counts(rows, &edges);
    let histogram = Histogram {
        all: bins(&all),
        negative: negative.as_deref().map_or_else(Vec::new, bins),
        positive: positive.as_deref().map_or_else(Vec::new, bins),
        edges: edges.clone(),
    };
    let profile = NumberProfile {
        all: FiveNumbers::of(&all).unwrap_or_default(),
        negative: negative.as_deref().and_then(FiveNumbers::of),
        positive: positive.as_deref().and_then(FiveNumbers::of),
        histogram,
    };
    (all.chunk_by(|a, b| a == b).count() as u32, profile)
}

impl FiveNumbers {
    /// Of ascending numbers; `None` when there are none.
    #[must_use]
    pub fn of(ascending: &[f64]) -> Option<Self> {
        let [q1, median, q3] = [0.25, 0.5, 0.75].map(|q| quantile(ascending, q));
        let (q1, median, q3) = (q1?, median?, q3?);
        let reach = 1.5 * (q3 - q1);
        let below = ascending.partition_point(|&number| number < q1 - reach);
        let up_to = ascending.partition_point(|&number| number <= q3 + reach);
        let n = ascending.len() as f64;
        let mean = ascending.iter().sum::<f64>() / n;
        let squares: f64 = ascending.iter().map(|number| (number - mean) * (number - mean)).sum();
        Some(Self {
            n: ascending.len() as u32,
            min: *ascending.first()?,
            q1,
            median,
            q3,
            max: *ascending.last()?,
            whisker_low: *ascending.get(below)?,
            whisker_high: *ascending.get(up_to.checked_sub(1)?)?,
            outliers: (below + ascending.len() - up_to) as u32,
            mean,
            std: if ascending.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 },
        })
    }
}

/// `numpy.linspace(min, max, bins + 1)`, bit for bit; half a unit to each side of a single value.
#[must_use]
pub fn edges(min: f64, max: f64, bins: usize) -> Vec<f64> {
    let (start, stop) = if min == max { (min - 0.5, max + 0.5) } else { (min, max) };
    let step = (stop - start) / bins as f64;
    (0..bins).map(|bin| bin as f64 * step + start).chain([stop]).collect()
}

/// Ascending numbers in each bin: left edge included, right edge only in the last one.
fn counts(ascending: &[f64], edges: &[f64]) -> Vec<u32> {
    let below = |edge: f64| ascending.partition_point(|&number| number < edge);
    let last = edges.len().saturating_sub(2);
    edges
        .windows(2)
        .enumerate()
        .map(|(bin, edge)| {
            let end = if bin == last { ascending.len() } else { below(edge[1]) };
            (end - below(edge[0])) as u32
        })
        .collect()
}

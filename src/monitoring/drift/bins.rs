//! Ten bins with about as many reference rows each.

use crate::numerics::quantile::quantile;

/// Inner edges of bins whose outer ones are open; a value equal to an edge belongs to the lower bin.
pub(super) struct Bins {
    edges: Vec<f64>,
    labels: Vec<String>,
}

impl Bins {
    /// Between the deciles of the ascending reference, equal ones merged.
    ///
    /// A reference that is (nearly) constant leaves no decile between its smallest and its largest
    /// value, hence a single bin that could never show drift; then each of the two has a bin of its
    /// own, as have the values below, between and above them.
    pub(super) fn of(ascending: &[f64]) -> Self {
        let mut deciles: Vec<f64> =
            (0..=10).filter_map(|k| quantile(ascending, f64::from(k) / 10.0)).collect();
        deciles.dedup();
        match deciles.as_slice() {
            [] => Self { edges: Vec::new(), labels: vec!["any".to_owned()] },
            [only] => Self {
                edges: vec![only.next_down(), *only],
                labels: vec![format!("below {only}"), only.to_string(), format!("above {only}")],
            },
            [low, high] => Self {
                edges: vec![low.next_down(), *low, high.next_down(), *high],
                labels: vec![
                    format!("below {low}"),
                    low.to_string(),
                    format!("between {low} and {high}"),
                    high.to_string(),
                    format!("above {high}"),
                ],
            },
            [_, inner @ .., _] => Self { edges: inner.to_vec(), labels: ranges(inner) },
        }
    }

    /// Rows by bin.
    pub(super) fn counts(&self, ascending: &[f64]) -> Vec<u32> {
        let mut counts = Vec::with_capacity(self.labels.len());
        let mut rest = ascending;
        for &edge in &self.edges {
            let (below, above) = rest.split_at(rest.partition_point(|&value| value <= edge));
            counts.push(below.len() as u32);
            rest = above;
        }
        counts.push(rest.len() as u32);
        counts
    }

    /// One name a bin: "up to 20.05", "20.05 to 25.05", "above 102.1".
    pub(super) fn labels(self) -> Vec<String> {
        self.labels
    }
}

fn ranges(edges: &[f64]) -> Vec<String> {
    let names: Vec<String> = edges.iter().copied().map(short).collect();
    let mut labels = Vec::with_capacity(names.len() + 1);
    if let (Some(first), Some(last)) = (names.first(), names.last()) {
        labels.push(format!("up to {first}"));
        labels.extend(names.windows(2).map(|pair| pair.join(" to ")));
        labels.push(format!("above {last}"));
    }
    labels
}

/// Without the last digits that interpolation leaves: 552.8 for 552.8000000000001.
fn short(edge: f64) -> String {
    let rounded = format!("{edge:.12e}");
    rounded.parse::<f64>().map_or(rounded, |number| number.to_string())
}

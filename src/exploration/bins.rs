//! Numbers → the number of their bin.

use crate::data::profile::edges;

/// Bins of equal width over the range of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    edges: Vec<f64>,
    start: f64,
    per_unit: f64,
}

impl Bins {
    /// `count` bins from the least to the largest number; half a unit to each side of a single one.
    pub fn over((least, largest): (f64, f64), count: usize) -> Self {
        let edges = edges(least, largest, count.max(1));
        let (start, end) =
            (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(1.0));
        Self { per_unit: count.max(1) as f64 / (end - start), start, edges }
    }

    /// Ascending edges, one more than bins.
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.edges.len() - 1
    }

    /// The bin of a number: its left edge belongs to it, its right edge only in the last one. The
    /// count of bins for what is no finite number.
    #[inline]
    pub fn of(&self, number: f64) -> usize {
        let last = self.edges.len() - 2;
        if !number.is_finite() {
            return last + 1;
        }
        // the quotient may be off by rounding; the edges decide
        let near = (((number - self.start) * self.per_unit) as usize).min(last);
        let edge = |place: usize| self.edges.get(place).copied().unwrap_or(f64::INFINITY);
        let down = usize::from(near > 0 && number < edge(near));
        let up = usize::from(near < last && number >= edge(near + 1));
        near - down + up
    }
}

/// Least and largest of the finite numbers; (0, 0) without any.
pub fn range(numbers: &[f64]) -> (f64, f64) {
    let finite = numbers.iter().copied().filter(|number| number.is_finite());
    let (least, largest) = finite
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            (low.min(number), high.max(number))
        });
    if least <= largest { (least, largest) } else { (0.0, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::Bins;

    /// Every number against a search through the edges, the edges themselves and their neighbours too.
    #[test]
    fn a_bin_is_what_the_edges_say() {
        for (least, largest, count) in
            [(1.0, 72.0, 10), (18.25, 118.75, 37), (-1e9, 1e-3, 7), (5.0, 5.0, 3)]
        {
            let bins = Bins::over((least, largest), count);
            let steps = (0..=1000).map(|step| least + (largest - least) * f64::from(step) / 1000.0);
            let near = |edge: &f64| [edge.next_down(), *edge, edge.next_up()];
            let inside =
                |number: &f64| *number >= bins.edges()[0] && *number <= bins.edges()[count];
            for number in bins.edges().iter().flat_map(near).chain(steps).filter(inside) {
                let expected = bins.edges().partition_point(|&edge| edge <= number) - 1;
                assert_eq!(
                    bins.of(number),
                    expected.min(count - 1),
                    "{number} in {:?}",
                    bins.edges()
                );
            }
            assert_eq!(bins.of(f64::NAN), count);
        }
    }
}

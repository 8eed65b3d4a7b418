//! Sums of gradients by bin.

use super::bins::Binned;

/// Rows of one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub gradient: f64,
    pub hessian: f64,
    pub rows: u32,
}

impl Sums {
    pub fn plus(self, other: Self) -> Self {
        Self {
            gradient: self.gradient + other.gradient,
            hessian: self.hessian + other.hessian,
            rows: self.rows + other.rows,
        }
    }

    pub fn minus(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            rows: self.rows.saturating_sub(other.rows),
        }
    }
}

/// Bins of all features, in the order of the features.
pub type Histogram = Vec<Sums>;

/// Counts rows, feature by feature, in their order; `slopes` is a place to work in.
pub fn count(
    binned: &Binned,
    rows: &[u32],
    gradients: &[f32],
    hessians: &[f32],
    slopes: &mut Vec<(f64, f64)>,
) -> Histogram {
    slopes.clear();
    let slope =
        |&row: &u32| (f64::from(gradients[row as usize]), f64::from(hessians[row as usize]));
    slopes.extend(rows.iter().map(slope));
    let mut histogram = vec![Sums::default(); binned.n_bins];
    for feature in &binned.features {
        let bins = &mut histogram[feature.first..][..feature.n_bins];
        for (&row, &(gradient, hessian)) in rows.iter().zip(slopes.iter()) {
            let bin = &mut bins[usize::from(feature.of_row[row as usize])];
            bin.gradient += gradient;
            bin.hessian += hessian;
            bin.rows += 1;
        }
    }
    histogram
}

/// What is left of a node's histogram without one child: that of the other child.
pub fn subtract(mut parent: Histogram, child: &Histogram) -> Histogram {
    for (bin, part) in parent.iter_mut().zip(child) {
        *bin = bin.minus(*part);
    }
    parent
}

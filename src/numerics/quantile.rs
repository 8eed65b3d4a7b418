//! Quantiles by linear interpolation, as numpy's default.

/// Quantile `q` (0 to 1) of ascending `sorted`; `None` when it is empty.
///
/// Position `q·(n − 1)`, interpolated from the nearer end as numpy's `lerp` does, so that the last
/// bit agrees too.
#[must_use]
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = q.clamp(0.0, 1.0) * last as f64;
    let low = (position as usize).min(last);
    let fraction = position - low as f64;
    let a = sorted[low];
    let b = sorted[(low + 1).min(last)];
    Some(if fraction >= 0.5 { b - (b - a) * (1.0 - fraction) } else { a + (b - a) * fraction })
}

/// A sorted copy; the values must be finite.
#[must_use]
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut copy = values.to_vec();
    copy.sort_unstable_by(f64::total_cmp);
    copy
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn interpolates_as_numpy() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 0.5), Some(3.0));
        assert_eq!(quantile(&values, 0.9), Some(6.800_000_000_000_001));
        assert_eq!(quantile(&values, 1.0), Some(8.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}

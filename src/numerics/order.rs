//! Sorting by a number.

/// The items from the smallest key to the largest; equal ones, and NaN at the end, keep their order.
///
/// Only the order of the keys is sorted, so that all kinds of items share one sorting routine: a
/// routine of its own for each weighs more than anything else a page does with its lists.
#[must_use]
pub fn sorted_by<T>(items: Vec<T>, key: impl Fn(&T) -> f64) -> Vec<T> {
    let keys: Vec<f64> = items.iter().map(key).collect();
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    ascending(&keys).into_iter().filter_map(|at| slots.get_mut(at)?.take()).collect()
}

/// Positions of the keys, the smallest first.
fn ascending(keys: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| keys[a].total_cmp(&keys[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::sorted_by;

    #[test]
    fn sorts_stably_with_nan_last() {
        let items = vec![("a", 2.0), ("b", f64::NAN), ("c", -1.0), ("d", 2.0)];
        let names: Vec<&str> = sorted_by(items, |item| item.1).into_iter().map(|i| i.0).collect();
        assert_eq!(names, ["c", "a", "d", "b"]);
    }
}

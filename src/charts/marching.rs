//! Marching squares: where values known at the places of a grid would equal a level.
//!
//! Between two neighbours a value is taken to change evenly. In a square whose opposite corners lie on
//! the same side of the level, the mean of the four says which pair is joined.

use std::collections::{BTreeMap, VecDeque};

/// A point among the places of a grid, column first: `(0.5, 2.0)` lies between the first two columns of
/// the third row.
pub(super) type Place = (f64, f64);

/// The parts of the line of `level`, one or two a square of four neighbours; none in a square that lacks
/// a corner. `value`: of a column and a row, finite.
pub(super) fn segments(
    (columns, rows): (usize, usize),
    level: f64,
    value: impl Fn(usize, usize) -> Option<f64>,
) -> Vec<[Place; 2]> {
    let above = |x: usize, y: usize| value(x, y).map(|value| value - level);
    let mut found = Vec::new();
    for y in 0..rows.saturating_sub(1) {
        for x in 0..columns.saturating_sub(1) {
            let corners = [above(x, y), above(x + 1, y), above(x + 1, y + 1), above(x, y + 1)];
            if let [Some(one), Some(two), Some(three), Some(four)] = corners {
                square((x as f64, y as f64), [one, two, three, four], &mut found);
            }
        }
    }
    found
}

/// The parts in one square. `corners`: how far each lies above the level, around from the least place.
fn square((x, y): Place, corners: [f64; 4], found: &mut Vec<[Place; 2]>) {
    let [one, two, three, four] = corners;
    // each side from its lesser place on, so that both squares beside it find the same point
    let sides = [
        crossing(one, two).map(|share| (x + share, y)),
        crossing(two, three).map(|share| (x + 1.0, y + share)),
        crossing(four, three).map(|share| (x + share, y + 1.0)),
        crossing(one, four).map(|share| (x, y + share)),
    ];
    let crossed: Vec<Place> = sides.into_iter().flatten().collect();
    let parts = match *crossed.as_slice() {
        [from, to] => vec![[from, to]],
        [lower, right, upper, left] => {
            let is_above = corners.iter().sum::<f64>() >= 0.0;
            match is_above == (one >= 0.0) {
                true => vec![[lower, right], [upper, left]],
                false => vec![[left, lower], [right, upper]],
            }
        }
        _ => Vec::new(),
    };
    // a corner that is the level is no line
    found.extend(parts.into_iter().filter(|[from, to]| key(*from) != key(*to)));
}

/// Where between two values the level is, from 0 to 1, if one of them is below it and the other not.
fn crossing(from: f64, to: f64) -> Option<f64> {
    ((from >= 0.0) != (to >= 0.0)).then(|| from / (from - to))
}

fn key((x, y): Place) -> (u64, u64) {
    (x.to_bits(), y.to_bits())
}

/// Segments that meet as lines; of one that closes first and last point are the same.
pub(super) fn joined(segments: &[[Place; 2]]) -> Vec<Vec<Place>> {
    // where each segment that is left can be gone on to from its ends
    let mut left: BTreeMap<(u64, u64), Vec<(usize, Place)>> = BTreeMap::new();
    for (at, [from, to]) in segments.iter().enumerate() {
        left.entry(key(*from)).or_default().push((at, *to));
        left.entry(key(*to)).or_default().push((at, *from));
    }
    let mut used = vec![false; segments.len()];
    let mut lines = Vec::new();
    for (at, [from, to]) in segments.iter().enumerate() {
        if used.get(at).copied().unwrap_or(true) {
            continue;
        }
        take(&mut used, at);
        let mut next = |end: Place| {
            let ends = left.get(&key(end))?;
            let (at, other) = ends.iter().find(|(at, _)| used.get(*at) == Some(&false))?;
            take(&mut used, *at);
            Some(*other)
        };
        let mut line = VecDeque::from([*from, *to]);
        let mut end = *to;
        while let Some(other) = next(end) {
            line.push_back(other);
            end = other;
        }
        let mut end = *from;
        while let Some(other) = next(end) {
            line.push_front(other);
            end = other;
        }
        lines.push(line.into());
    }
    lines
}

fn take(used: &mut [bool], at: usize) {
    if let Some(used) = used.get_mut(at) {
        *used = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, joined, segments};

    fn of(columns: usize, values: &[Option<f64>], level: f64) -> Vec<[Place; 2]> {
        let rows = values.len() / columns;
        segments((columns, rows), level, |x, y| values.get(y * columns + x).copied().flatten())
    }

    fn all(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    /// z = x + 2 y equals 2.5 on the straight line from (2, 0.25) over (1, 0.75) to (0.5, 1).
    #[test]
    fn of_a_plane_the_line_is_straight() {
        let plane = all(&[0.0, 1.0, 2.0, 2.0, 3.0, 4.0]);
        let lines = joined(&of(3, &plane, 2.5));
        assert_eq!(lines.len(), 1);
        let mut line = lines[0].clone();
        line.sort_by(|one, two| one.0.total_cmp(&two.0));
        assert_eq!(line, [(0.5, 1.0), (1.0, 0.75), (2.0, 0.25)]);
        assert!(of(3, &plane, 4.5).is_empty() && of(3, &plane, -0.5).is_empty());
    }

    /// The mean of the corners joins what lies on its side: 10, 0, 10, 0 around have the mean 5.
    #[test]
    fn a_saddle_goes_with_its_mean() {
        let saddle = all(&[10.0, 0.0, 0.0, 10.0]);
        // above 4 the middle is too, so the low corners are cut off
        let cut_low = [[(0.6, 0.0), (1.0, 0.4)], [(0.4, 1.0), (0.0, 0.6)]];
        assert_eq!(of(2, &saddle, 4.0), cut_low);
        // above 6 it is not, so the high ones are
        let cut_high = [[(0.0, 0.4), (0.4, 0.0)], [(1.0, 0.6), (0.6, 1.0)]];
        assert_eq!(of(2, &saddle, 6.0), cut_high);
        // the same with high and low changed round
        let other = all(&[0.0, 10.0, 10.0, 0.0]);
        assert_eq!(of(2, &other, 4.0), [[(0.0, 0.4), (0.4, 0.0)], [(1.0, 0.6), (0.6, 1.0)]]);
    }

    #[test]
    fn what_is_flat_has_no_line() {
        let flat = all(&[0.7; 9]);
        for level in [0.6, 0.7, 0.8] {
            assert!(of(3, &flat, level).is_empty(), "{level}");
        }
        // only a corner touches the level
        assert!(of(2, &all(&[1.0, 0.0, 0.0, 0.0]), 1.0).is_empty());
    }

    /// A square without one of its corners has no line, its neighbour has.
    #[test]
    fn no_line_where_a_corner_is_unknown() {
        let mut ramp = all(&[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        assert_eq!(joined(&of(3, &ramp, 0.5)).len(), 1);
        ramp[2] = None;
        assert_eq!(of(3, &ramp, 0.5), [[(1.0, 0.5), (0.0, 0.5)]]);
        assert!(of(1, &all(&[0.0, 1.0]), 0.5).is_empty());
        assert!(of(2, &[], 0.5).is_empty());
    }

    #[test]
    fn a_line_around_a_peak_closes() {
        let peak = all(&[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        let lines = joined(&of(3, &peak, 0.5));
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].len(), 5);
        assert_eq!(lines[0].first(), lines[0].last());
        for point in [(1.0, 0.5), (1.5, 1.0), (1.0, 1.5), (0.5, 1.0)] {
            assert!(lines[0].contains(&point), "{point:?}");
        }
    }
}

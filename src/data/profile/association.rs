//! How much a categorical column says about the target.

use super::{Association, ClassCounts, LevelCount};

/// Rows with each level, and by class.
pub fn count(levels: &[String], codes: &[u16], labels: Option<&[bool]>) -> Vec<LevelCount> {
    let mut counts = vec![ClassCounts::default(); levels.len()];
    for (row, &code) in codes.iter().enumerate() {
        let Some(count) = counts.get_mut(usize::from(code)) else { continue };
        if labels.is_some_and(|labels| labels[row]) {
            count.positive += 1;
        } else {
            count.negative += 1;
        }
    }
    levels
        .iter()
        .zip(counts)
        .map(|(level, classes)| LevelCount {
            level: level.clone(),
            count: classes.total(),
            classes: labels.map(|_| classes),
        })
        .collect()
}

/// Pearson's χ² = Σ (o − e)²/e without correction, Cramér's V = √(χ²/(n·(min(rows, 2) − 1))), and
/// mutual information Σ p·ln(p/(p_level·p_class)); all zero when a level or a class stands alone.
///
/// `table`: one entry a level; cells without an expected row are left out of the sums.
pub fn association(table: &[ClassCounts]) -> Association {
    let n: f64 = table.iter().map(|level| f64::from(level.total())).sum();
    let negative: f64 = table.iter().map(|level| f64::from(level.negative)).sum();
    let (mut chi2, mut mutual_information) = (0.0, 0.0);
    for level in table {
        let of_level = f64::from(level.total());
        for (count, of_class) in [(level.negative, negative), (level.positive, n - negative)] {
            let observed = f64::from(count);
            let expected = of_level * of_class / n;
            if expected > 0.0 {
                chi2 += (observed - expected) * (observed - expected) / expected;
            }
            if observed > 0.0 {
                mutual_information += observed / n * libm::log(observed / expected);
            }
        }
    }
    let levels = table.iter().filter(|level| level.total() > 0).count();
    let both_classes = negative > 0.0 && negative < n;
    let cramers_v = if levels > 1 && both_classes { (chi2 / n).sqrt() } else { 0.0 };
    Association { chi2, cramers_v, mutual_information }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "hand values may come from the platform")]
mod tests {
    use super::{ClassCounts, association};

    fn table(cells: &[(u32, u32)]) -> Vec<ClassCounts> {
        cells.iter().map(|&(negative, positive)| ClassCounts { negative, positive }).collect()
    }

    /// By hand: expected 15, 15, 15, 15; χ² = 4·25/15; V = √(χ²/60).
    #[test]
    fn a_two_by_two_table() {
        let found = association(&table(&[(20, 10), (10, 20)]));
        assert!((found.chi2 - 100.0 / 15.0).abs() < 1e-12, "{found:?}");
        assert!((found.cramers_v - 1.0 / 3.0).abs() < 1e-15, "{found:?}");
        let expected = (2.0 / 3.0) * (4.0_f64 / 3.0).ln() + (1.0 / 3.0) * (2.0_f64 / 3.0).ln();
        assert!((found.mutual_information - expected).abs() < 1e-15, "{found:?}");
    }

    #[test]
    fn a_level_that_decides_is_worth_the_target_s_entropy() {
        let found = association(&table(&[(7, 0), (0, 7)]));
        assert_eq!(found.cramers_v, 1.0);
        assert!((found.mutual_information - 2.0_f64.ln()).abs() < 1e-15, "{found:?}");
    }

    #[test]
    fn a_single_level_says_nothing() {
        let found = association(&table(&[(7, 3)]));
        assert_eq!([found.chi2, found.cramers_v, found.mutual_information], [0.0; 3]);
    }
}

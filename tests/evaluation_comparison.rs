//! Two models on the same rows, and one model on slices of them, against scipy and slow definitions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use churn_lab::data::{ColumnValues, Value};
use churn_lab::evaluation::slices::area_interval;
use churn_lab::evaluation::{
    EvaluationError, Predictions, SliceScore, ThresholdCurve, Verdict, delong, mcnemar, slice_table,
};
use churn_lab::experiments::slices::{DatasetSlice, SliceValues, slices};
use churn_lab::numerics::interval::wilson;
use churn_lab::numerics::random::RandomState;
use support::close;
use support::judged::{all_close, judged, numbers};

/// Rows of which `b` are right by the first alone and `c` by the second alone.
struct Disagreement {
    y_true: Vec<bool>,
    first: Vec<bool>,
    second: Vec<bool>,
}

fn disagreement(b: usize, c: usize) -> Disagreement {
    let y_true: Vec<bool> = (0..b + c + 4).map(|row| row % 3 == 0).collect();
    let but = |wrong: &dyn Fn(usize) -> bool| -> Vec<bool> {
        y_true.iter().enumerate().map(|(row, &truth)| truth != wrong(row)).collect()
    };
    let first = but(&|row| row >= b && row < b + c);
    let second = but(&|row| row < b);
    Disagreement { first, second, y_true }
}

#[test]
fn mcnemar_is_scipys() {
    let judged = judged();
    for expected in judged.reference["mcnemar"].as_array().unwrap() {
        let count = |key: &str| expected[key].as_u64().unwrap() as usize;
        let (b, c) = (count("b"), count("c"));
        let rows = disagreement(b, c);
        let found = mcnemar(&rows.y_true, &rows.first, &rows.second, 0.05).unwrap();
        assert_eq!((found.only_first_right as usize, found.only_second_right as usize), (b, c));
        assert_eq!((found.both_right, found.both_wrong), (4, 0));
        for (key, actual) in [
            ("exact", found.exact_p),
            ("chi_square", found.chi_square),
            ("chi_square_p", found.chi_square_p),
        ] {
            let expected = expected[key].as_f64().unwrap();
            close(&format!("{key} of {b}, {c}"), actual, expected, 1e-10 * expected);
        }
        let back = mcnemar(&rows.y_true, &rows.second, &rows.first, 0.05).unwrap();
        assert_eq!(back.exact_p.to_bits(), found.exact_p.to_bits());
        close("difference", back.accuracy_difference, -found.accuracy_difference, 0.0);
    }
    let counted = &judged.reference["mcnemar_counted"];
    let found =
        mcnemar(&judged.y_true, &judged.first_classes, &judged.second_classes, 0.05).unwrap();
    assert_eq!(u64::from(found.only_first_right), counted["b"].as_u64().unwrap());
    assert_eq!(u64::from(found.only_second_right), counted["c"].as_u64().unwrap());
    close("exact", found.exact_p, counted["exact"].as_f64().unwrap(), 1e-12);
    let b_less_c = f64::from(found.only_first_right) - f64::from(found.only_second_right);
    close("difference", found.accuracy_difference, b_less_c / 240.0, 1e-15);
}

#[test]
fn what_mcnemar_says_in_words() {
    let verdict = |b, c| {
        let rows = disagreement(b, c);
        mcnemar(&rows.y_true, &rows.first, &rows.second, 0.05).unwrap().verdict
    };
    assert_eq!(verdict(0, 0), Verdict::Identical);
    assert_eq!(verdict(5, 0), Verdict::TooFewToTell);
    assert_eq!(verdict(6, 0), Verdict::FirstBetter);
    assert_eq!(verdict(0, 6), Verdict::SecondBetter);
    assert_eq!(verdict(60, 62), Verdict::NoDifferenceShown);
    assert_eq!(verdict(59, 121), Verdict::SecondBetter);
    let code =
        |y: &[bool], a: &[bool], b: &[bool], alpha| mcnemar(y, a, b, alpha).unwrap_err().code();
    assert_eq!(code(&[true], &[true], &[true, false], 0.05), "unequal_lengths");
    assert_eq!(code(&[], &[], &[], 0.05), "too_few_rows");
    for alpha in [0.0, 1.0, f64::NAN] {
        assert_eq!(code(&[true], &[true], &[true], alpha), "param_alpha");
    }
}

#[test]
fn delong_is_the_comparison_of_all_pairs() {
    let judged = judged();
    let reference = &judged.reference["delong"];
    let number = |key: &str| reference[key].as_f64().unwrap();
    let found = delong(&judged.y_true, &judged.first, &judged.second, 0.05).unwrap();
    close("first", found.first_auc, number("first"), 1e-14);
    close("second", found.second_auc, number("second"), 1e-14);
    close("variance", found.variance, number("variance"), 1e-16);
    close("z", found.z.unwrap(), number("z"), 1e-12);
    close("p", found.p.unwrap(), number("p"), 1e-12);
    let ends = [found.interval.low, found.interval.high];
    all_close("interval", &ends, &numbers(&reference["interval"]), 1e-14);
    assert_eq!(found.verdict, Verdict::NoDifferenceShown);
    let auc = ThresholdCurve::of(&judged.y_true, &judged.first).roc_auc().unwrap();
    close("auc", found.first_auc, auc, 1e-14);
    let back = delong(&judged.y_true, &judged.second, &judged.first, 0.05).unwrap();
    close("z", back.z.unwrap(), -found.z.unwrap(), 1e-12);
}

/// Two positives, two negatives. The first orders all pairs; the second puts one positive last, which
/// is 2 of 4 pairs: placements 1, 1 and 1, 0 of the positives, so their differences are 0, 1 with
/// variance of the mean 1/4; of the negatives 1/2, 1/2 with none.
#[test]
fn delong_by_hand() {
    let y_true = [true, true, false, false];
    let found = delong(&y_true, &[0.9, 0.8, 0.3, 0.2], &[0.9, 0.1, 0.3, 0.2], 0.05).unwrap();
    close("difference", found.difference, 0.5, 1e-15);
    close("variance", found.variance, 0.25, 1e-15);
    close("z", found.z.unwrap(), 1.0, 1e-15);
    // scipy.stats.norm.sf(1) · 2
    close("p", found.p.unwrap(), 0.317_310_507_862_914_15, 1e-14);
}

#[test]
fn what_delong_says_in_words() {
    let mut random = RandomState::new(4);
    let y_true: Vec<bool> = (0..400).map(|row| row % 4 == 0).collect();
    let noise: Vec<f64> = y_true.iter().map(|_| random.random_sample()).collect();
    let sharp: Vec<f64> =
        y_true.iter().zip(&noise).map(|(&y, n)| 0.5 * n + if y { 0.4 } else { 0.0 }).collect();
    let verdict = |a: &[f64], b: &[f64]| delong(&y_true, a, b, 0.05).unwrap().verdict;
    assert_eq!(verdict(&sharp, &noise), Verdict::FirstBetter);
    assert_eq!(verdict(&noise, &sharp), Verdict::SecondBetter);
    // the same order of rows is the same curve
    let squared: Vec<f64> = noise.iter().map(|p| p * p).collect();
    assert_eq!(verdict(&noise, &squared), Verdict::Identical);
    // right of every pair, wrong of every pair: no spread to judge by, and that is said
    let right: Vec<f64> = y_true.iter().map(|&y| f64::from(u8::from(y))).collect();
    let wrong: Vec<f64> = right.iter().map(|p| 1.0 - p).collect();
    let found = delong(&y_true, &right, &wrong, 0.05).unwrap();
    assert_eq!((found.verdict, found.z, found.p), (Verdict::TooFewToTell, None, None));
    close("difference", found.difference, 1.0, 0.0);

    let error = delong(&[true, false, false], &[0.5; 3], &[0.5; 3], 0.05).unwrap_err();
    assert_eq!(error, EvaluationError::TooFewRows { class: "positive", n: 1, least: 2 });
    let code = |y: &[bool], a: &[f64], b: &[f64]| delong(y, a, b, 0.05).unwrap_err().code();
    assert_eq!(code(&y_true, &noise, &noise[1..]), "unequal_lengths");
    let spoilt = vec![f64::NAN; 400];
    assert_eq!(code(&y_true, &noise, &spoilt), "not_a_probability");
    assert_eq!(delong(&y_true, &noise, &noise, 1.5).unwrap_err().code(), "param_alpha");
}

#[test]
fn intervals_of_shares_and_areas() {
    let judged = judged();
    for row in judged.reference["wilson"].as_array().unwrap() {
        let row = numbers(row);
        let found = wilson(row[0] as u32, row[1] as u32);
        all_close("wilson", &[found.low, found.high], &row[2..], 1e-14);
    }
    for expected in judged.reference["newcombe"].as_array().unwrap() {
        let number = |key: &str| expected[key].as_f64().unwrap();
        let (m, n) = (number("positives") as u32, number("negatives") as u32);
        let found = area_interval(number("area"), m, n);
        let ends = [found.low, found.high];
        all_close("newcombe", &ends, &numbers(&expected["interval"]), 1e-11);
    }
}

/// 40 rows: of the first 20 every second is wrong, of the others none; the last 4 make a small slice.
#[test]
fn slices_come_worst_first_and_few_rows_are_marked() {
    let y_true: Vec<bool> = (0..40).map(|row| row % 4 < 2).collect();
    let classes: Vec<bool> =
        y_true.iter().enumerate().map(|(row, &y)| y != (row < 20 && row % 2 == 0)).collect();
    let y_pred: Vec<f64> = classes.iter().map(|&c| if c { 0.8 } else { 0.3 }).collect();
    let predictions = Predictions::new(&y_true, &y_pred, &classes).unwrap();
    let slices: Vec<Vec<u32>> = vec![
        (4..40).collect(),
        (0..32).collect(),
        (0..8).collect(),
        Vec::new(),
        (36..40).collect(),
    ];
    let table = slice_table(predictions, &slices, SliceScore::Accuracy).unwrap();
    let order: Vec<u32> = table.slices.iter().map(|row| row.slice).collect();
    // enough rows by accuracy, then few rows by accuracy, then no row
    assert_eq!(order, [1, 0, 2, 4, 3]);
    close("whole", table.whole.accuracy.value.unwrap(), 0.75, 0.0);
    assert_eq!((table.whole.n, table.whole.accuracy.gap), (40, Some(0.0)));
    let worst = &table.slices[0];
    assert_eq!((worst.n, worst.positives, worst.accuracy.few), (32, 16, false));
    close("worst", worst.accuracy.value.unwrap(), 22.0 / 32.0, 0.0);
    close("gap", worst.accuracy.gap.unwrap(), 22.0 / 32.0 - 0.75, 0.0);
    assert_eq!(worst.accuracy.interval, wilson(22, 32));
    assert_eq!((worst.recall.n_behind, worst.recall.few), (16, true));
    assert_eq!(worst.roc_auc.n_behind, 16);
    let half = &table.slices[2];
    assert_eq!((half.n, half.accuracy.few), (8, true));
    close("half", half.accuracy.value.unwrap(), 0.5, 0.0);
    // rows 0 to 7: positives 0, 1, 4, 5 of which 1 and 5 are found, negatives 2, 6 blamed
    close("recall", half.recall.value.unwrap(), 0.5, 0.0);
    close("precision", half.precision.value.unwrap(), 0.5, 0.0);
    close("auc", half.roc_auc.value.unwrap(), 0.5, 0.0);
    let empty = table.slices.last().unwrap();
    assert_eq!((empty.n, empty.accuracy.value, empty.roc_auc.value), (0, None, None));
    assert_eq!((empty.accuracy.interval.low, empty.accuracy.interval.high), (0.0, 1.0));
    assert!(empty.accuracy.few && empty.accuracy.gap.is_none());

    let by_recall = slice_table(predictions, &slices, SliceScore::Recall).unwrap();
    assert_eq!(by_recall.slices[0].slice, 2, "all have few positive rows");
    let error = slice_table(predictions, &[vec![0], vec![3, 40]], SliceScore::RocAuc).unwrap_err();
    assert_eq!(error, EvaluationError::SliceRow { slice: 1, row: 40, n_rows: 40 });
}

/// Every feature of the made-up customers cuts the judged rows into parts, but the one with one level.
#[test]
fn slices_of_a_data_set_cut_the_judged_rows_into_parts() {
    let dataset = support::customers::customers();
    let judged: Vec<u32> = (0..400).step_by(3).collect();
    let found = slices(&dataset, &judged, 4);
    let of = |column: &str| -> Vec<&DatasetSlice> {
        found.iter().filter(|slice| slice.column == column).collect()
    };
    for (column, n_slices) in [("Contract", 3), ("tenure", 4), ("Partner", 2), ("price", 4)] {
        let slices = of(column);
        assert_eq!(slices.len(), n_slices, "{column}");
        let mut all: Vec<u32> = slices.iter().flat_map(|slice| slice.rows.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..judged.len() as u32).collect::<Vec<_>>(), "{column}");
    }
    assert!(of("Plan").is_empty() && of("Churn").is_empty());
    for slice in &found {
        for &place in &slice.rows {
            let value = dataset
                .column(&slice.column)
                .unwrap()
                .values
                .value(judged[place as usize] as usize);
            match (&slice.holds, value.unwrap()) {
                (SliceValues::Level { level }, Value::Text(text)) => assert_eq!(*level, text),
                (SliceValues::Range { from, to, closed }, Value::Number(number)) => {
                    let inside = *from <= number && (number < *to || *closed && number <= *to);
                    assert!(inside, "{number} in {:?}", slice.holds);
                }
                (holds, value) => panic!("{holds:?} {value}"),
            }
        }
    }
    // a number that hardly varies
    let mut flat = dataset.clone();
    flat.columns[1].values =
        ColumnValues::Numbers((0..400).map(|row| f64::from(row / 399)).collect());
    assert!(slices(&flat, &judged, 4).iter().all(|slice| slice.column != "tenure"));
    assert_eq!(slices(&flat, &[399], 4).iter().filter(|s| s.column == "tenure").count(), 0);
}

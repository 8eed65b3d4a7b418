//! Drift reports against scipy's values (`reference/drift.json`) and against plain sense.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking and says what it skips"
)]

mod support;

use churn_lab::data::{Record, Value};
use churn_lab::monitoring::drift::{
    ColumnDrift, DriftError, DriftParams, DriftReport, Sample, Side, report,
};
use serde_json::Value as Json;
use support::{close, reference, telco_csv};

const NUMERIC: [&str; 3] = ["tenure", "MonthlyCharges", "TotalCharges"];

/// The clean rows of the Telco file as records, the target included.
fn telco() -> Option<Vec<Record>> {
    let bytes = telco_csv()?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a header").clone();
    let mut records = Vec::new();
    for row in reader.records() {
        let row = row.expect("a row");
        if row.iter().all(|cell| !cell.trim().is_empty()) {
            let cells = header.iter().zip(row.iter()).filter(|(name, _)| *name != "customerID");
            records.push(cells.map(|(name, cell)| (name.to_owned(), value(name, cell))).collect());
        }
    }
    Some(records)
}

fn value(column: &str, cell: &str) -> Value {
    if NUMERIC.contains(&column) {
        Value::Number(cell.parse().expect("a number"))
    } else if column == "SeniorCitizen" {
        Value::from(if cell == "1" { "Yes" } else { "No" })
    } else {
        Value::from(cell)
    }
}

/// The steps of `shift_shared.json`, as they are repeated in `drift.json`.
fn shift(records: &mut [Record], steps: &Json) {
    for step in steps.as_array().expect("steps") {
        let feature = step["feature"].as_str().expect("a feature");
        let cells = records.iter_mut().map(|record| record.get_mut(feature).expect("the feature"));
        match step["op"].as_str().expect("an operation") {
            "scale" => {
                let factor = step["factor"].as_f64().expect("a factor");
                for cell in cells {
                    if let Value::Number(number) = cell {
                        *number *= factor;
                    }
                }
            }
            "relabel" => {
                let from = Value::from(step["from"].as_str().expect("a level"));
                let to = Value::from(step["to"].as_str().expect("a level"));
                let every = step["every"].as_u64().expect("a period") as usize;
                let offset = step["offset"].as_u64().expect("an offset") as usize;
                for cell in cells.filter(|cell| **cell == from).skip(offset).step_by(every) {
                    *cell = to.clone();
                }
            }
            other => panic!("unknown operation {other}"),
        }
    }
}

fn compare(reference: &[Record], current: &[Record]) -> Result<DriftReport, DriftError> {
    report(
        &Sample::of_records(Side::Reference, reference)?,
        &Sample::of_records(Side::Current, current)?,
        &DriftParams::default(),
    )
}

#[track_caller]
fn same(what: &str, actual: f64, expected: &Json, tolerance: f64) {
    let expected = expected.as_f64().expect("a number in the reference");
    close(what, actual, expected, tolerance * expected.abs().max(1.0));
}

#[track_caller]
fn same_p(what: &str, actual: f64, expected: &Json) {
    let expected = expected.as_f64().expect("a number in the reference");
    close(what, actual, expected, 1e-9 * expected);
}

fn check_columns(report: &DriftReport, columns: &Json) {
    assert_eq!(report.columns.len(), 20);
    for column in &report.columns {
        let name = &column.name;
        let expected = &columns[name];
        same(&format!("{name} psi"), column.psi, &expected["psi"], 1e-12);
        if NUMERIC.contains(&name.as_str()) {
            let ks = column.ks.expect("KS of a numeric column");
            same(&format!("{name} KS"), ks.statistic, &expected["ks_statistic"], 1e-12);
            same_p(&format!("{name} KS p"), ks.p_value, &expected["ks_p"]);
            let js = &expected["js_distance_base2_same_bins"];
            same(&format!("{name} JS"), column.jensen_shannon, js, 1e-12);
            let moved = column.wasserstein.expect("Wasserstein of a numeric column");
            let distance = &expected["wasserstein_over_reference_std_ddof0"];
            same(&format!("{name} Wasserstein"), moved, distance, 1e-12);
            assert!(column.chi2.is_none());
        } else {
            let chi2 = column.chi2.expect("chi-square of a categorical column");
            same(&format!("{name} chi2"), chi2.statistic, &expected["chi2_two_sample"], 1e-12);
            same_p(&format!("{name} chi2 p"), chi2.p_value, &expected["chi2_p"]);
            let js = &expected["js_distance_base2"];
            same(&format!("{name} JS"), column.jensen_shannon, js, 1e-12);
            assert!(column.ks.is_none() && column.wasserstein.is_none());
        }
        assert_eq!(column.drifted, column.psi >= 0.1);
    }
}

#[test]
fn two_halves_of_the_telco_file_agree_with_scipy() {
    let (Some(records), Some(expected)) = (telco(), reference("drift")) else { return };
    let (before, after) = records.split_at(records.len() / 2);
    check_columns(&compare(before, after).expect("a report"), &expected["columns_without_shift"]);

    let mut shifted = after.to_vec();
    shift(&mut shifted, &expected["shift"]["steps"]);
    let found = compare(before, &shifted).expect("a report");
    check_columns(&found, &expected["columns"]);
    let drifted: Vec<_> =
        found.columns.iter().filter(|c| c.drifted).map(|c| c.name.as_str()).collect();
    assert_eq!(drifted, ["MonthlyCharges", "PaymentMethod"]);
    close("share", found.share, 0.1, 0.0);
    assert_eq!((found.n_reference, found.n_current), (3516, 3516));
    for column in &found.columns {
        let expected = &expected["columns"][&column.name];
        if let Some(chi2) = column.chi2 {
            assert_eq!(Some(u64::from(chi2.dof)), expected["chi2_dof"].as_u64());
        }
        for (side, counts) in [("reference", "reference_counts"), ("current", "current_counts")] {
            let rows: Vec<u64> = column
                .shares
                .iter()
                .map(|s| if side == "reference" { s.reference } else { s.current })
                .map(|share| (share * 3516.0).round() as u64)
                .collect();
            assert_eq!(serde_json::json!(rows), expected[counts], "{} {side}", column.name);
        }
    }
}

#[test]
fn rows_of_a_data_set_compare_as_the_same_rows_in_requests() {
    let (Some(bytes), Some(expected)) = (telco_csv(), reference("drift")) else { return };
    let dataset = churn_lab::data::csv::read(&bytes, "telco", None).expect("a data set");
    let rows: Vec<u32> = (0..7_032).collect();
    let (before, after) = rows.split_at(3_516);
    let params = DriftParams::default();
    let (before, after) = (Sample::of_rows(&dataset, before), Sample::of_rows(&dataset, after));
    let found = report(&before, &after, &params).expect("a report");
    check_columns(&found, &expected["columns_without_shift"]);
    assert_eq!(found.columns[0].name, "gender", "in file order");
    assert_eq!(found.columns[19].name, "Churn");
    let whole = Sample::of_dataset(&dataset);
    assert_eq!(whole, Sample::of_rows(&dataset, &rows));
    let itself = report(&whole, &whole, &params).expect("a report");
    assert!(itself.columns.iter().all(|column| column.psi == 0.0));
}

/// Records of one field.
fn numbers(values: impl IntoIterator<Item = f64>) -> Vec<Record> {
    values.into_iter().map(|x| Record::from([("x".to_owned(), x.into())])).collect()
}

fn texts(values: &[&str]) -> Vec<Record> {
    values.iter().map(|&x| Record::from([("x".to_owned(), x.into())])).collect()
}

fn only(report: DriftReport) -> ColumnDrift {
    let [column] = <[ColumnDrift; 1]>::try_from(report.columns).expect("one column");
    column
}

fn drift(reference: &[Record], current: &[Record]) -> ColumnDrift {
    only(compare(reference, current).expect("a report"))
}

/// `ks_2samp` of scipy 1.17 for `arange(n)/n` against `(arange(m) + 0.5)/m + s`.
#[test]
fn kolmogorov_smirnov_of_unequal_sizes_agrees_with_scipy() {
    for (n, m, s, statistic, p) in [
        (5, 7, 0.0, 0.257_142_857_142_857_1, 0.959_595_959_595_959_4),
        (300, 100, 0.1, 0.106_666_666_666_666_67, 0.349_146_371_460_4),
        (1000, 5274, 0.05, 0.051_094_425_483_503_98, 0.023_851_182_879_554_09),
        (30, 7000, 0.3, 0.333_380_952_380_952_4, 0.001_841_571_994_306_503),
        (12, 8, 1.0, 1.0, 0.000_015_876_796_062_554_575),
        (7032, 3516, 0.02, 0.020_193_401_592_719, 0.293_433_553_230_802_7),
        (12000, 3516, 0.02, 0.020_225_540_386_803_187, 0.213_076_081_817_985_2),
        (12000, 9000, 0.3, 0.300_138_888_888_888_96, 0.0),
        (12000, 9000, 0.005, 0.005_138_888_888_888_915, 0.999_141_894_468_322_6),
    ] {
        let reference = numbers((0..n).map(|i| f64::from(i) / f64::from(n)));
        let current = numbers((0..m).map(|i| (f64::from(i) + 0.5) / f64::from(m) + s));
        for (a, b) in [(&reference, &current), (&current, &reference)] {
            let ks = drift(a, b).ks.expect("KS of a numeric column");
            close("statistic", ks.statistic, statistic, 1e-14);
            close("p", ks.p_value, p, 1e-9 * p);
        }
    }
}

#[test]
fn what_did_not_move_has_no_distance() {
    let rows = numbers((0..500).map(|i| f64::from(i * i % 97)));
    let column = drift(&rows, &rows);
    assert_eq!((column.psi, column.jensen_shannon, column.wasserstein), (0.0, 0.0, Some(0.0)));
    assert_eq!(column.ks.map(|ks| (ks.statistic, ks.p_value)), Some((0.0, 1.0)));
    let rows = texts(&["a", "b", "a", "c"]);
    let column = drift(&rows, &rows);
    assert_eq!((column.psi, column.jensen_shannon, column.drifted), (0.0, 0.0, false));
    assert_eq!(column.chi2.map(|t| (t.statistic, t.dof, t.p_value)), Some((0.0, 2, 1.0)));
}

/// By hand: shares (½, ½, 0) against (½, 0, ½), a zero counting as 0.0001.
#[test]
fn a_level_on_one_side_only_counts_on_both() {
    let column = drift(&texts(&["a", "b"]), &texts(&["a", "new"]));
    close("psi", column.psi, 2.0 * 0.4999 * libm::log(5000.0), 1e-12);
    close("Jensen–Shannon", column.jensen_shannon, 0.5_f64.sqrt(), 1e-15);
    let labels: Vec<_> = column.shares.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["a", "b", "new"]);
    assert_eq!(column.chi2.map(|t| (t.statistic, t.dof)), Some((2.0, 2)));
}

/// A constant column's deciles are all equal: merged away, they would leave one bin, and no change
/// could ever show.
#[test]
fn a_constant_column_shows_when_it_moves() {
    let same = numbers([0.1; 7]);
    let still = drift(&same, &same);
    assert_eq!((still.psi, still.wasserstein, still.drifted), (0.0, Some(0.0), false));
    let moved = drift(&same, &numbers([6.0; 20]));
    assert!(moved.drifted, "{moved:?}");
    assert_eq!(moved.wasserstein, None);
    let labels: Vec<_> = moved.shares.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["below 0.1", "0.1", "above 0.1"]);

    let switch = |ones: usize| numbers((0..100).map(|i| if i < ones { 1.0 } else { 0.0 }));
    assert!(drift(&switch(5), &switch(60)).drifted);
    assert!(!drift(&switch(5), &switch(6)).drifted);
}

#[test]
fn a_report_that_can_not_be_made_says_why() {
    let some = numbers([1.0, 2.0]);
    assert_eq!(compare(&[], &some), Err(DriftError::EmptySide { side: Side::Reference }));
    let empty = compare(&some, &[]).expect_err("an empty side");
    assert_eq!(empty.to_string(), "the current side has no rows");

    let kinds = compare(&some, &texts(&["a"])).expect_err("unequal kinds");
    assert_eq!(
        kinds.to_string(),
        "x is numeric on the reference side and categorical on the current side"
    );

    let other = vec![Record::from([("y".to_owned(), 1.0.into())])];
    let none = compare(&some, &other).expect_err("no column in common");
    assert_eq!(
        none.to_string(),
        "the two sides have no column in common (reference: x; current: y)"
    );

    let odd = [some.clone(), other].concat();
    let unequal = compare(&some, &odd).expect_err("unequal records");
    assert_eq!(
        unequal.to_string(),
        "on the current side record 2 and the first differ in having y"
    );

    let mixed = [some.clone(), texts(&["a"])].concat();
    assert!(matches!(compare(&mixed, &some), Err(DriftError::NotANumber { row: 2, .. })));
    let mixed = [texts(&["a"]), some.clone()].concat();
    assert!(matches!(compare(&mixed, &some), Err(DriftError::NotAText { row: 1, .. })));
    assert!(compare(&numbers([f64::NAN]), &some).is_err());

    for psi_threshold in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let sample = Sample::of_records(Side::Reference, &some).expect("a sample");
        let refused = report(&sample, &sample, &DriftParams { psi_threshold });
        assert!(matches!(refused, Err(DriftError::Threshold { .. })), "{psi_threshold}");
    }
}

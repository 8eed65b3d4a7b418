//! Curves, their bands and the bins of probabilities, against scikit-learn and numpy.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::evaluation::bootstrap::BandPoint;
use churn_lab::evaluation::{
    Binning, BootstrapParams, ConfusionMatrix, Estimate, EvaluationError, Predictions, Resampling,
    ScoreHistogram, ThresholdCurve, bootstrap, calibration, classes_at,
};
use churn_lab::numerics::interval::wilson;
use churn_lab::numerics::random::RandomState;
use serde_json::Value;
use support::close;
use support::judged::{Judged, all_close, judged, numbers};

fn predictions(judged: &Judged) -> Predictions<'_> {
    Predictions::new(&judged.y_true, &judged.first, &judged.first_classes).unwrap()
}

#[test]
fn roc_corners_are_scikit_learns() {
    let judged = judged();
    let curve = ThresholdCurve::of(&judged.y_true, &judged.first);
    let corners = curve.roc_corners();
    let reference = &judged.reference["roc"];
    let of = |f: fn(&churn_lab::evaluation::RocPoint) -> f64| -> Vec<f64> {
        corners.iter().map(f).collect()
    };
    all_close("fpr", &of(|p| p.false_positive_rate), &numbers(&reference["fpr"]), 0.0);
    all_close("tpr", &of(|p| p.true_positive_rate), &numbers(&reference["tpr"]), 0.0);
    let thresholds: Vec<f64> = corners.iter().filter_map(|p| p.threshold).collect();
    all_close("threshold", &thresholds, &numbers(&reference["thresholds"]), 0.0);
    assert_eq!(corners[0].threshold, None);
    assert!(corners.len() < curve.roc_points().len());
    close("auc", curve.roc_auc().unwrap(), judged.reference["roc_auc"].as_f64().unwrap(), 1e-15);
}

#[test]
fn precision_and_recall_are_scikit_learns() {
    let judged = judged();
    let curve = ThresholdCurve::of(&judged.y_true, &judged.first);
    let mut points = curve.precision_recall_points();
    points.reverse();
    let reference = &judged.reference["pr"];
    let precision: Vec<f64> = points.iter().map(|p| p.precision).collect();
    let recall: Vec<f64> = points.iter().map(|p| p.recall).collect();
    let thresholds: Vec<f64> = points.iter().filter_map(|p| p.threshold).collect();
    all_close("precision", &precision, &numbers(&reference["precision"]), 0.0);
    all_close("recall", &recall, &numbers(&reference["recall"]), 0.0);
    all_close("threshold", &thresholds, &numbers(&reference["thresholds"]), 0.0);
    let expected = judged.reference["average_precision"].as_f64().unwrap();
    close("average precision", curve.average_precision().unwrap(), expected, 1e-14);
}

/// 20,000 probabilities that are nearly all distinct.
fn many() -> ThresholdCurve {
    let mut random = RandomState::new(2);
    let y_true: Vec<bool> = (0..20_000).map(|_| random.random_sample() < 0.27).collect();
    let shifted = |&truth: &bool| {
        let shift = if truth { 0.3 } else { 0.0 };
        shift + 0.7 * random.random_sample()
    };
    let y_pred: Vec<f64> = y_true.iter().map(shifted).collect();
    ThresholdCurve::of(&y_true, &y_pred)
}

#[test]
fn a_drawn_curve_has_few_points_and_says_what_it_lost() {
    let curve = many();
    let roc = curve.drawn_roc(200);
    close("area", roc.area, curve.roc_auc().unwrap(), 1e-12);
    // within a column the line runs straight: half a column at the most
    close("drawn area", roc.drawn_area, roc.area, 0.5 / 200.0);
    assert_ne!(roc.area.to_bits(), roc.drawn_area.to_bits());
    let pr = curve.drawn_precision_recall(200);
    close("drawn area", pr.drawn_area, pr.area, 2e-3);
    for (n, all) in [
        (roc.points.len(), curve.roc_corners().len()),
        (pr.points.len(), curve.precision_recall_points().len()),
    ] {
        assert!(n <= 4 * 201 && 5 * n < all, "{n} of {all}");
    }
    let corners = curve.roc_corners();
    assert_eq!((roc.points.first(), roc.points.last()), (corners.first(), corners.last()));
    // nothing a column holds sticks out of what is drawn of it
    for column in 0..200 {
        let inside = |recall: f64| (recall * 200.0) as u32 == column;
        let extent = |values: Vec<f64>| {
            values.iter().fold((2.0_f64, -1.0_f64), |(low, high), &v| (low.min(v), high.max(v)))
        };
        let all = curve.precision_recall_points();
        let all = extent(all.iter().filter(|p| inside(p.recall)).map(|p| p.precision).collect());
        let drawn = pr.points.iter().filter(|p| inside(p.recall)).map(|p| p.precision);
        assert_eq!(extent(drawn.collect()), all, "column {column}");
    }
    let few = ThresholdCurve::of(&[true, false, true], &[0.9, 0.5, 0.2]);
    assert_eq!(few.drawn_roc(200).points, few.roc_corners());
    assert!(ThresholdCurve::of(&[true], &[0.9]).drawn_roc(200).points.is_empty());
}

#[test]
fn bootstrap_intervals_are_those_of_numpys_draws() {
    let judged = judged();
    for (name, resampling) in
        [("bootstrap_plain", Resampling::Plain), ("bootstrap_stratified", Resampling::Stratified)]
    {
        let reference = &judged.reference[name];
        let whole = |key: &str| reference[key].as_u64().unwrap() as u32;
        let params = BootstrapParams {
            resamples: whole("resamples"),
            seed: whole("seed"),
            resampling,
            level: reference["level"].as_f64().unwrap(),
            grid_points: whole("grid_points"),
        };
        let found = bootstrap(predictions(&judged), &params).unwrap();
        assert_eq!((found.used, found.left_out), (whole("used"), 0));
        let ends = |key: &str, estimate: Estimate| {
            let expected = numbers(&reference[key]);
            all_close(&format!("{name} {key}"), &[estimate.low, estimate.high], &expected, 1e-13);
        };
        ends("accuracy", found.accuracy);
        ends("roc_auc", found.roc_auc);
        ends("average_precision", found.average_precision);
        let band = |key: &str, points: &[BandPoint]| {
            let low: Vec<f64> = points.iter().map(|p| p.estimate.low).collect();
            let high: Vec<f64> = points.iter().map(|p| p.estimate.high).collect();
            all_close(key, &low, &numbers(&reference[key][0]), 1e-13);
            all_close(key, &high, &numbers(&reference[key][1]), 1e-13);
        };
        band("roc", &found.roc);
        band("pr", &found.precision_recall);
        close("auc", found.roc_auc.value, judged.reference["roc_auc"].as_f64().unwrap(), 1e-15);
        let average_precision = judged.reference["average_precision"].as_f64().unwrap();
        close("ap", found.average_precision.value, average_precision, 1e-14);
    }
}

#[test]
fn a_bootstrap_hangs_on_its_seed_alone() {
    let judged = judged();
    let of = |seed| {
        let params = BootstrapParams { seed, resamples: 50, ..BootstrapParams::default() };
        bootstrap(predictions(&judged), &params).unwrap()
    };
    assert_eq!(of(3), of(3));
    assert_ne!(of(3), of(4));
}

/// Of ten rows one is positive: a third of the plain draws lack it, 0.9¹⁰.
#[test]
fn draws_of_one_class_are_left_out_and_said() {
    let y_true: Vec<bool> = (0..10).map(|row| row == 0).collect();
    let y_pred: Vec<f64> = (0..10).map(|row| 0.9 - 0.05 * f64::from(row)).collect();
    let classes = classes_at(&y_pred, 0.5);
    let predictions = Predictions::new(&y_true, &y_pred, &classes).unwrap();
    let plain = bootstrap(predictions, &BootstrapParams::default()).unwrap();
    assert!((300..400).contains(&plain.left_out), "{}", plain.left_out);
    assert_eq!(plain.used + plain.left_out, 1_000);
    let params =
        BootstrapParams { resampling: Resampling::Stratified, ..BootstrapParams::default() };
    let stratified = bootstrap(predictions, &params).unwrap();
    assert_eq!((stratified.used, stratified.left_out), (1_000, 0));
    let one_class = Predictions::new(&[true], &[0.5], &[true]).unwrap();
    let error = bootstrap(one_class, &BootstrapParams::default()).unwrap_err();
    assert_eq!(error, EvaluationError::TooFewRows { class: "negative", n: 0, least: 1 });
}

/// A thousand draws of a test part as large as the real one.
#[test]
fn a_thousand_draws_of_1758_rows() {
    let mut random = RandomState::new(8);
    let y_true: Vec<bool> = (0..1758).map(|_| random.random_sample() < 0.27).collect();
    let y_pred: Vec<f64> = (0..1758).map(|_| random.random_sample()).collect();
    let classes = classes_at(&y_pred, 0.5);
    let predictions = Predictions::new(&y_true, &y_pred, &classes).unwrap();
    let found = bootstrap(predictions, &BootstrapParams::default()).unwrap();
    // of chance scores: standard error √((1/12)·(1/m + 1/n)), nearly
    let width = found.roc_auc.high - found.roc_auc.low;
    close(
        "width",
        width,
        2.0 * 1.96 * (1.0_f64 / 12.0 * (1.0 / 475.0 + 1.0 / 1283.0)).sqrt(),
        0.006,
    );
    assert_eq!(found.roc.len(), 101);
    for point in found.roc.iter().chain(&found.precision_recall) {
        assert!(point.estimate.low <= point.estimate.high, "{point:?}");
    }
}

#[test]
fn calibration_is_scikit_learns() {
    let judged = judged();
    for (name, binning) in
        [("calibration_uniform", Binning::Uniform), ("calibration_quantile", Binning::Quantile)]
    {
        let reference: &Value = &judged.reference[name];
        let n_bins = reference["n_bins"].as_u64().unwrap() as u32;
        let found = calibration(predictions(&judged), binning, n_bins).unwrap();
        let predicted: Vec<f64> = found.bins.iter().map(|bin| bin.mean_predicted).collect();
        let observed: Vec<f64> = found.bins.iter().map(|bin| bin.observed).collect();
        all_close("predicted", &predicted, &numbers(&reference["predicted"]), 1e-15);
        all_close("observed", &observed, &numbers(&reference["observed"]), 0.0);
        assert_eq!(found.bins.iter().map(|bin| bin.n).sum::<u32>(), 240);
        let parts = found.brier;
        close("brier", parts.brier, judged.reference["brier"].as_f64().unwrap(), 1e-15);
        let sum = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bin;
        close("the parts' sum", sum, parts.brier, 1e-14);
        for bin in &found.bins {
            assert_eq!(bin.interval, wilson(bin.positives, bin.n));
            assert!(bin.edges.low <= bin.mean_predicted && bin.mean_predicted <= bin.edges.high);
        }
    }
}

/// Two bins of four rows: one says 0.25 and 1 of 4 is positive, one says 0.75 and all are.
#[test]
fn errors_of_calibration_by_hand() {
    let y_pred = [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75];
    let y_true = [true, false, false, false, true, true, true, true];
    let classes = classes_at(&y_pred, 0.5);
    let predictions = Predictions::new(&y_true, &y_pred, &classes).unwrap();
    let found = calibration(predictions, Binning::Uniform, 2).unwrap();
    close("expected", found.expected_error, 0.125, 1e-15);
    close("maximum", found.maximum_error, 0.25, 1e-15);
    let parts = found.brier;
    close("reliability", parts.reliability, 0.5 * 0.0625, 1e-15);
    close("resolution", parts.resolution, 0.375 * 0.375, 1e-15);
    close("uncertainty", parts.uncertainty, 0.625 * 0.375, 1e-15);
    close("within", parts.within_bin, 0.0, 1e-15);
    let code = |n_bins| calibration(predictions, Binning::Uniform, n_bins).unwrap_err().code();
    assert_eq!((code(0), code(101)), ("param_n_bins", "param_n_bins"));
    let nothing = Predictions::new(&[], &[], &[]).unwrap();
    assert_eq!(calibration(nothing, Binning::Quantile, 5).unwrap_err().code(), "too_few_rows");
}

#[test]
fn the_histogram_is_numpys() {
    let judged = judged();
    let found = ScoreHistogram::of(predictions(&judged), 10).unwrap();
    let counts = |counts: &[u32]| counts.iter().map(|&n| f64::from(n)).collect::<Vec<f64>>();
    all_close("no", &counts(&found.negative), &numbers(&judged.reference["histogram"][0]), 0.0);
    all_close("yes", &counts(&found.positive), &numbers(&judged.reference["histogram"][1]), 0.0);
    assert_eq!(found.edges.len(), 11);
}

#[test]
fn rates_are_scikit_learns() {
    let judged = judged();
    let curve = ThresholdCurve::of(&judged.y_true, &judged.first);
    let rates = curve.rates_at(0.4);
    assert_eq!(rates.confusion, ConfusionMatrix::of(&judged.y_true, &judged.first, 0.4));
    let reference = |key: &str| judged.reference[key].as_f64().unwrap();
    let matthews = rates.matthews_correlation.unwrap();
    close("matthews", matthews, reference("matthews_at_0.4"), 1e-15);
    let balanced = rates.balanced_accuracy.unwrap();
    close("balanced accuracy", balanced, reference("balanced_accuracy_at_0.4"), 1e-15);
    let by_hand = ConfusionMatrix { tn: 5, fp: 1, fn_: 2, tp: 4 }.rates();
    for (name, rate, expected) in [
        ("accuracy", by_hand.accuracy, 9.0 / 12.0),
        ("predicted positive", by_hand.predicted_positive_share, 5.0 / 12.0),
        ("recall", by_hand.recall, 4.0 / 6.0),
        ("specificity", by_hand.specificity, 5.0 / 6.0),
        ("false positive rate", by_hand.false_positive_rate, 1.0 / 6.0),
        ("false negative rate", by_hand.false_negative_rate, 2.0 / 6.0),
        ("precision", by_hand.precision, 4.0 / 5.0),
        ("negative predictive value", by_hand.negative_predictive_value, 5.0 / 7.0),
        ("f1", by_hand.f1, 8.0 / 11.0),
    ] {
        close(name, rate.unwrap(), expected, 1e-15);
    }
    let nobody = ConfusionMatrix { tn: 3, fp: 0, fn_: 1, tp: 0 }.rates();
    assert_eq!((nobody.precision, nobody.matthews_correlation), (None, None));
    assert_eq!(ConfusionMatrix::default().rates().accuracy, None);
}

/// Six rows, three positive: the two first ones are, then one of a tie of two.
#[test]
fn gain_and_lift_by_hand() {
    let y_true = [true, true, true, false, false, false];
    let curve = ThresholdCurve::of(&y_true, &[0.9, 0.8, 0.5, 0.5, 0.3, 0.2]);
    let points = curve.gain_points();
    let taken: Vec<f64> = points.iter().map(|p| p.taken).collect();
    let found: Vec<f64> = points.iter().map(|p| p.found).collect();
    let lift: Vec<f64> = points.iter().map(|p| p.lift).collect();
    let sixths = |of: &[f64]| of.iter().map(|n| n / 6.0).collect::<Vec<f64>>();
    all_close("taken", &taken, &sixths(&[0.0, 1.0, 2.0, 4.0, 5.0, 6.0]), 1e-15);
    all_close("found", &found, &sixths(&[0.0, 2.0, 4.0, 6.0, 6.0, 6.0]), 1e-15);
    all_close("lift", &lift, &[2.0, 2.0, 2.0, 1.5, 1.2, 1.0], 1e-15);
    let half = curve.gain_at(0.5).unwrap();
    close("found of half", half.found, 5.0 / 6.0, 1e-15);
    close("lift of half", half.lift, 5.0 / 3.0, 1e-15);
    let ends = [curve.gain_at(-1.0).unwrap(), curve.gain_at(2.0).unwrap()];
    assert_eq!(ends, [points[0], points[5]]);
    assert!(ThresholdCurve::of(&[false], &[0.5]).gain_at(0.5).is_none());
    assert!(many().drawn_lift(100).points.len() <= 404);
    let drawn = curve.drawn_gain(1_000);
    close("area", drawn.area, 13.0 / 18.0, 1e-15);
}

#[test]
fn settings_and_rows_out_of_range_are_named() {
    let judged = judged();
    let check = |params: BootstrapParams, code: &str, says: &str| {
        let error = bootstrap(predictions(&judged), &params).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, says));
    };
    let default = BootstrapParams::default;
    let says = "resamples is 19; allowed: 20 to 5000";
    check(BootstrapParams { resamples: 19, ..default() }, "param_resamples", says);
    let says = "grid_points is 1; allowed: 2 to 501";
    check(BootstrapParams { grid_points: 1, ..default() }, "param_grid_points", says);
    let says = "the level of the interval is 1; allowed: above 0 and under 1";
    check(BootstrapParams { level: 1.0, ..default() }, "param_level", says);
    let error = |y_pred: &[f64], classes: &[bool]| {
        Predictions::new(&[true, false], y_pred, classes).unwrap_err().to_string()
    };
    let says = "1 probabilities for 2 true classes; one a row is needed";
    assert_eq!(error(&[0.5], &[true, true]), says);
    let says = "3 predicted classes for 2 true classes; one a row is needed";
    assert_eq!(error(&[0.5, 0.1], &[true, true, true]), says);
    for wrong in [f64::NAN, -0.1, 1.1] {
        let says = format!("the probability of row 1 is {wrong}; allowed: 0 to 1");
        assert_eq!(error(&[0.5, wrong], &[true, true]), says);
    }
}

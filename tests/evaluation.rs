//! Scores against scikit-learn's and against hand-made tables.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::data::split::train_test_split;
use churn_lab::evaluation::{ConfusionMatrix, Scores, ThresholdCurve};
use churn_lab::features::{FeaturePipeline, FeatureSpace};
use churn_lab::models::FittedLogistic;
use linfa::traits::PredictInplace;
use support::{close, reference, telco::telco};

/// The stored scores are those of scikit-learn's own coefficients, so those are judged here.
#[test]
fn scores_equal_scikit_learns() {
    let (Some(telco), Some(reference)) = (telco(), reference("logistic")) else { return };
    let labels = telco.labels().unwrap();
    let split = train_test_split(telco.n_rows(), 0.25, 42).unwrap();
    let space = FeatureSpace::of(&telco);
    let pipeline = FeaturePipeline::fit(space, &telco, &split.train).unwrap();
    let judge = |fitted: &FittedLogistic, rows: &[u32]| {
        let matrix = pipeline.transform(&telco, rows).unwrap();
        let mut p = fitted.default_target(&matrix);
        fitted.predict_inplace(&matrix, &mut p);
        let truth: Vec<bool> = rows.iter().map(|&row| labels[row as usize]).collect();
        (truth, p.to_vec())
    };
    let main = &reference["a_l2_C1_lbfgs_tol1e-8"];
    let others = reference["c_other_C"].as_array().unwrap();
    let cv = &reference["b_LogisticRegressionCV_cv5"];
    for expected in others.iter().chain([main, cv]) {
        let number = |key: &str| expected[key].as_f64().expect(key);
        let names = pipeline.column_names();
        let fitted = FittedLogistic {
            coefficients: names.iter().map(|n| expected["coef"][n].as_f64().unwrap()).collect(),
            intercept: number("intercept"),
            iterations: 0,
            converged: true,
        };
        let (truth, p) = judge(&fitted, &split.test);
        let test = Scores::of(&truth, &p);
        let (train_truth, train_p) = judge(&fitted, &split.train);
        let train = Scores::of(&train_truth, &train_p);
        for (key, actual) in [
            ("test_accuracy", test.accuracy),
            ("test_roc_auc", test.roc_auc.unwrap()),
            ("test_log_loss", test.log_loss),
            ("test_brier", test.brier),
            ("test_average_precision", test.average_precision.unwrap()),
            ("train_accuracy", train.accuracy),
            ("train_roc_auc", train.roc_auc.unwrap()),
            ("train_log_loss", train.log_loss),
            ("train_brier", train.brier),
        ] {
            close(key, actual, number(key), 1e-12);
        }
        for (key, actual) in [
            ("test_precision_no_yes", test.precision),
            ("test_recall_no_yes", test.recall),
            ("test_f1_no_yes", test.f1),
        ] {
            close(key, actual, expected[key][1].as_f64().unwrap(), 1e-15);
        }
        let counts = serde_json::to_value(test.confusion).unwrap();
        assert_eq!(counts, expected["test_confusion_at_0.5"]);
        assert_eq!((test.n, train.n), (1758, 5274));
        for (p, expected) in p.iter().zip(expected["test_prob_first20"].as_array().unwrap()) {
            close("probability", *p, expected.as_f64().unwrap(), 1e-12);
        }
        if expected == main {
            let curve = ThresholdCurve::of(&truth, &p);
            for row in reference["a_threshold_table_test"].as_array().unwrap() {
                let threshold = row["threshold_ge"].as_f64().unwrap();
                let at = curve.confusion_at(threshold);
                let counts = serde_json::to_value(at).unwrap();
                for cell in ["tn", "fp", "fn", "tp"] {
                    assert_eq!(counts[cell], row[cell], "{cell} at {threshold}");
                }
                assert_eq!(at, ConfusionMatrix::of(&truth, &p, threshold));
            }
        }
    }
}

/// By hand: two of three positives found, one of three negatives blamed.
#[test]
fn a_table_counted_by_hand() {
    let truth = [true, true, true, false, false, false];
    let p = [0.9, 0.5, 0.2, 0.7, 0.4, 0.1];
    let scores = Scores::of(&truth, &p);
    assert_eq!(scores.confusion, ConfusionMatrix { tn: 2, fp: 1, fn_: 1, tp: 2 });
    close("accuracy", scores.accuracy, 4.0 / 6.0, 1e-15);
    close("precision", scores.precision, 2.0 / 3.0, 1e-15);
    close("recall", scores.recall, 2.0 / 3.0, 1e-15);
    close("f1", scores.f1, 2.0 / 3.0, 1e-15);
    // pairs won: 0.9 beats 3, 0.5 beats 2, 0.2 beats 1
    close("roc_auc", scores.roc_auc.unwrap(), 6.0 / 9.0, 1e-15);
    let precisions = 1.0 + 2.0 / 3.0 + 3.0 / 5.0;
    close("average_precision", scores.average_precision.unwrap(), precisions / 3.0, 1e-15);
    let squares = 0.01 + 0.25 + 0.64 + 0.49 + 0.16 + 0.01;
    close("brier", scores.brier, squares / 6.0, 1e-15);
    // −ln(0.9·0.5·0.2·0.3·0.6·0.9) / 6
    close("log_loss", scores.log_loss, 0.704_684_092_066_937_4, 1e-12);
}

/// Precision and recall differ, so that swapped counts show.
#[test]
fn precision_and_recall_are_not_swapped() {
    let truth = [true, true, true, true, false];
    let p = [0.9, 0.1, 0.1, 0.1, 0.1];
    let scores = Scores::of(&truth, &p);
    assert_eq!(scores.confusion, ConfusionMatrix { tn: 1, fp: 0, fn_: 3, tp: 1 });
    close("precision", scores.precision, 1.0, 0.0);
    close("recall", scores.recall, 0.25, 0.0);
}

#[test]
fn ties_count_half() {
    let check = |truth: &[bool], p: &[f64], auc: f64, ap: f64| {
        let curve = ThresholdCurve::of(truth, p);
        close("roc_auc", curve.roc_auc().unwrap(), auc, 1e-15);
        close("average_precision", curve.average_precision().unwrap(), ap, 1e-15);
    };
    check(&[true, false], &[0.5, 0.5], 0.5, 0.5);
    check(&[true, false, true, false], &[0.5, 0.5, 0.8, 0.2], 0.875, 0.5 + 1.0 / 3.0);
    check(&[true, false], &[1.0, 0.0], 1.0, 1.0);
    check(&[true, false], &[0.0, 1.0], 0.0, 0.5);
}

#[test]
fn the_curve_goes_from_corner_to_corner() {
    let truth = [true, false, true, false];
    let curve = ThresholdCurve::of(&truth, &[0.8, 0.5, 0.5, 0.2]);
    assert_eq!(curve.thresholds, [0.8, 0.5, 0.2]);
    let points: Vec<(f64, f64)> = curve
        .roc_points()
        .iter()
        .map(|point| (point.false_positive_rate, point.true_positive_rate))
        .collect();
    assert_eq!(points, [(0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0)]);
    let all = ConfusionMatrix { tn: 0, fp: 2, fn_: 0, tp: 2 };
    let none = ConfusionMatrix { tn: 2, fp: 0, fn_: 2, tp: 0 };
    let middle = ConfusionMatrix { tn: 1, fp: 1, fn_: 0, tp: 2 };
    assert_eq!(curve.confusion_at(0.0), all);
    assert_eq!(curve.confusion_at(0.2), all);
    assert_eq!(curve.confusion_at(0.5), middle);
    assert_eq!(curve.confusion_at(0.81), none);
}

#[test]
fn one_class_and_no_rows_are_no_panic() {
    let scores = Scores::of(&[true, true], &[0.4, 1.0]);
    assert_eq!((scores.roc_auc, scores.average_precision), (None, Some(1.0)));
    assert!(ThresholdCurve::of(&[true], &[0.4]).roc_points().is_empty());
    let scores = Scores::of(&[false], &[0.4]);
    assert_eq!((scores.roc_auc, scores.average_precision), (None, None));
    let nothing = Scores::of(&[], &[]);
    assert_eq!(nothing.n, 0);
    assert!(nothing.log_loss.abs() < 1e-300 && nothing.accuracy.abs() < 1e-300);
    assert_eq!(ThresholdCurve::default().confusion_at(0.5), ConfusionMatrix::default());
}

/// `log_loss([1, 0], [0, 1], labels=[0, 1])` of scikit-learn 1.9: −ln ε, not infinity.
#[test]
fn a_sure_mistake_costs_36_nats() {
    let scores = Scores::of(&[true, false], &[0.0, 1.0]);
    close("log_loss", scores.log_loss, 36.043_653_389_117_15, 1e-12);
}

//! A run looked at closely: through the worker's session, against scikit-learn, scipy and numpy.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;
mod support;

use churn_lab::compute::{Request, Response};
use churn_lab::data::{DatasetId, DatasetSummary};
use churn_lab::evaluation::{
    BootstrapParams, Calibration, Estimate, OfferParams, SliceScore, ThresholdCurve, Verdict,
};
use churn_lab::experiments::slices::SliceValues;
use churn_lab::experiments::{Comparison, Judgement, JudgementParams, LearningPoint};
use churn_lab::models::{LogisticParams, ModelParams, Split, SvcKernel, SvcParams};
use lab::{Lab, fit_request, judging_requests};
use serde_json::Value;
use support::judged::{all_close, numbers};
use support::{close, telco_csv};

fn expected() -> Value {
    serde_json::from_str(include_str!("fixtures/experiments/judgement.json")).unwrap()
}

/// The real file in a session; `None` where it is absent.
fn telco() -> Option<(Lab, DatasetId)> {
    let mut lab = Lab::new();
    let request =
        Request::ReadCsv { bytes: telco_csv()?, name: "telco.csv".to_owned(), target: None };
    match lab.answer(request) {
        Response::Dataset { summary, .. } => Some((lab, summary.id)),
        other => panic!("{other:?}"),
    }
}

fn logistic(c: f64) -> ModelParams {
    ModelParams::Logistic(LogisticParams { c, ..LogisticParams::default() })
}

fn judge_request(dataset: &DatasetId, params: ModelParams, judgement: JudgementParams) -> Request {
    Request::Judge {
        dataset_id: dataset.clone(),
        params,
        split: Split::default(),
        threshold: None,
        judgement,
    }
}

#[track_caller]
fn judged(lab: &mut Lab, request: Request) -> Judgement {
    match lab.answer(request) {
        Response::Judged(judgement) => *judgement,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn learned(lab: &mut Lab, dataset: &DatasetId, share: f64, seed: u32) -> LearningPoint {
    let (dataset_id, split) = (dataset.clone(), Split::default());
    match lab.answer(Request::Learn {
        dataset_id,
        params: logistic(1.0),
        split,
        threshold: None,
        share,
        seed,
    }) {
        Response::Learned(point) => *point,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn compared(lab: &mut Lab, dataset: &DatasetId, first: f64, second: f64) -> Comparison {
    let (dataset_id, split) = (dataset.clone(), Split::default());
    let (first, second) = (logistic(first), logistic(second));
    match lab.answer(Request::Compare { dataset_id, split, first, second, thresholds: [None; 2] }) {
        Response::Compared(comparison) => *comparison,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn within(name: &str, estimate: &Estimate, expected: &Value) {
    let value = expected["scores"][name].as_f64().unwrap();
    close(name, estimate.value, value, 1e-9);
    let ends = numbers(&expected["intervals_200_draws_seed_3"][name]);
    all_close(name, &[estimate.low, estimate.high], &ends, 1e-9);
}

#[track_caller]
fn calibrated(curve: &Calibration, expected: &Value) {
    let of = |figure: fn(&churn_lab::evaluation::calibration::CalibrationBin) -> f64| {
        curve.bins.iter().map(figure).collect::<Vec<f64>>()
    };
    all_close("observed", &of(|bin| bin.observed), &numbers(&expected["observed"]), 1e-9);
    all_close("predicted", &of(|bin| bin.mean_predicted), &numbers(&expected["predicted"]), 1e-9);
    all_close("n", &of(|bin| f64::from(bin.n)), &numbers(&expected["n"]), 0.0);
    close("error", curve.expected_error, expected["expected_error"].as_f64().unwrap(), 1e-9);
}

#[test]
fn the_telco_run_is_judged_as_scikit_learn_judges_it() {
    let Some((mut lab, dataset)) = telco() else { return };
    let expected = expected();
    let bootstrap = BootstrapParams { resamples: 200, seed: 3, ..BootstrapParams::default() };
    let params = JudgementParams { bootstrap, ..JudgementParams::default() };
    let found = judged(&mut lab, judge_request(&dataset, logistic(1.0), params));
    within("accuracy", &found.bootstrap.accuracy, &expected);
    within("roc_auc", &found.bootstrap.roc_auc, &expected);
    within("average_precision", &found.bootstrap.average_precision, &expected);
    calibrated(&found.by_width, &expected["uniform"]);
    calibrated(&found.by_rows, &expected["quantile"]);
    close("Brier", found.by_width.brier.brier, expected["scores"]["brier"].as_f64().unwrap(), 1e-9);
    let counts = |counts: &[u32]| counts.iter().copied().map(f64::from).collect::<Vec<f64>>();
    for (name, found) in
        [("positive", &found.histogram.positive), ("negative", &found.histogram.negative)]
    {
        all_close(name, &counts(found), &numbers(&expected["histogram"][name]), 0.0);
    }
}

#[test]
fn slices_are_named_and_scored() {
    let Some((mut lab, dataset)) = telco() else { return };
    let expected = &expected()["contract"];
    let request = judge_request(&dataset, logistic(1.0), JudgementParams::default());
    let found = judged(&mut lab, request);
    let mut contracts = 0;
    for row in &found.slice_table.slices {
        let name = &found.slices[row.slice as usize];
        let SliceValues::Level { level } = &name.holds else { continue };
        if name.column != "Contract" {
            continue;
        }
        contracts += 1;
        let expected = &expected[level.as_str()];
        assert_eq!(u64::from(row.n), expected["n"].as_u64().unwrap());
        let accuracy = row.accuracy.value.unwrap();
        close(level, accuracy, expected["accuracy"].as_f64().unwrap(), 1e-12);
        close(level, row.roc_auc.value.unwrap(), expected["roc_auc"].as_f64().unwrap(), 1e-9);
    }
    assert_eq!(contracts, 3);
    assert!(found.slices.iter().any(|name| matches!(name.holds, SliceValues::Range { .. })));
    // another order is the same slices
    for score in [SliceScore::Recall, SliceScore::RocAuc] {
        let rows = found.slice_table.by(score);
        let sure = rows.iter().map(|row| row.figure(score)).filter(|figure| !figure.few);
        let sure: Vec<f64> = sure.filter_map(|figure| figure.value).collect();
        assert!(sure.len() > 20 && sure.is_sorted(), "{score:?}");
        let mut places: Vec<u32> = rows.iter().map(|row| row.slice).collect();
        places.sort_unstable();
        assert!(places.into_iter().eq(0..found.slices.len() as u32));
    }
    assert_eq!(found.slice_table.by(SliceScore::Accuracy), found.slice_table.slices);
}

#[test]
fn a_learning_curve_is_numpys_draw_and_ends_at_the_run_itself() {
    let Some((mut lab, dataset)) = telco() else { return };
    let expected = expected();
    for (share, name) in [(0.2, "0.2"), (0.6, "0.6")] {
        let point = learned(&mut lab, &dataset, share, 0);
        let expected = &expected["learned_seed_0"][name];
        let of = |key: &str| expected[key].as_f64().unwrap();
        close("n", f64::from(point.n_train), of("n"), 0.0);
        close("train accuracy", point.train.accuracy, of("train_accuracy"), 1e-12);
        close("test accuracy", point.test.accuracy, of("test_accuracy"), 1e-12);
        close("train AUC", point.train.roc_auc.unwrap(), of("train_auc"), 1e-9);
        close("test AUC", point.test.roc_auc.unwrap(), of("test_auc"), 1e-9);
    }
    let whole = learned(&mut lab, &dataset, 1.0, 7);
    let run = lab.fit(&dataset).run;
    assert_eq!((whole.n_train, &whole.train), (5_274, &run.evaluation.train));
    assert_eq!(whole.test, run.evaluation.test);
}

#[test]
fn two_runs_are_told_apart_as_by_scipy() {
    let Some((mut lab, dataset)) = telco() else { return };
    let expected = &expected()["against_C_0.001"];
    let of = |key: &str| expected[key].as_f64().unwrap();
    let found = compared(&mut lab, &dataset, 1.0, 0.001);
    let only = [found.classes.only_first_right, found.classes.only_second_right];
    all_close("alone right", &only.map(f64::from), &numbers(&expected["only"]), 0.0);
    close("McNemar", found.classes.exact_p, of("mcnemar_p"), 1e-10);
    close("difference", found.areas.difference, of("difference"), 1e-9);
    close("variance", found.areas.variance, of("variance"), 1e-9);
    close("DeLong", found.areas.p.unwrap(), of("delong_p"), 1e-6);
    let turned = compared(&mut lab, &dataset, 0.001, 1.0);
    assert_eq!(turned.classes.only_second_right, found.classes.only_first_right);
    close("turned", turned.areas.difference, -found.areas.difference, 0.0);
    let same = compared(&mut lab, &dataset, 1.0, 1.0);
    assert_eq!(
        (same.classes.verdict, same.areas.verdict),
        (Verdict::Identical, Verdict::Identical)
    );
}

#[test]
fn the_best_threshold_of_an_offer_is_that_of_a_search_over_all() {
    let Some((mut lab, dataset)) = telco() else { return };
    let expected = &expected()["offer_10_100_half"];
    let curve = lab.fit(&dataset).run.evaluation.test_curve;
    let offer = OfferParams {
        offer_cost_per_customer: 10.0,
        kept_value_per_customer: 100.0,
        offer_success_share: 0.5,
    };
    let offer = offer.check().unwrap();
    let best = curve.best_profit(offer);
    close("profit", best.profit, expected["profit"].as_f64().unwrap(), 1e-9);
    close("threshold", best.threshold.unwrap(), expected["threshold"].as_f64().unwrap(), 1e-9);
    assert_eq!(u64::from(best.contacted), expected["contacted"].as_u64().unwrap());
    // a picture of it reaches the best point and both ends, from the right to the left
    let drawn = curve.profit_by_threshold(offer, 200);
    let highest = drawn.iter().map(|point| point.profit).fold(f64::MIN, f64::max);
    assert_eq!((drawn.len() <= 800, highest), (true, best.profit));
    assert!(drawn.iter().rev().map(|point| point.threshold.unwrap()).is_sorted());
    let ends = [drawn.first(), drawn.last()].map(|point| point.unwrap().threshold.unwrap());
    assert_eq!(ends, [curve.thresholds[0], *curve.thresholds.last().unwrap()]);
    // and with fewer decimals it still calls the same customers
    let rounded = curve.rounded(best.threshold.unwrap());
    assert_eq!(curve.profit_at(offer, rounded).contacted, best.contacted);
    assert!(rounded.to_string().len() < 8, "{rounded}");
}

/// Between .2712 and .2750 no other row: two decimals would be .27, which takes the row at .2705 too.
#[test]
fn a_rounded_threshold_calls_the_same_rows() {
    let curve = ThresholdCurve::of(&[true, false, true], &[0.275, 0.2712, 0.2705]);
    assert_eq!(curve.rounded(0.275), 0.275);
    assert_eq!(curve.rounded(0.2712), 0.271);
    assert_eq!(curve.rounded(0.2705), 0.27);
    let close_by = ThresholdCurve::of(&[true, false], &[0.1 + 1e-12, 0.1]);
    assert_eq!(close_by.rounded(0.1 + 1e-12), 0.1 + 1e-12);
}

fn small() -> (Lab, DatasetSummary) {
    let mut lab = Lab::new();
    let summary = lab.sample(400);
    (lab, summary)
}

/// Support vectors decide the class by another number than the probability; accuracy is of that class.
#[test]
fn a_judgement_is_of_the_runs_own_classes_and_probabilities() {
    let (mut lab, dataset) = small();
    let mut disagree = 0;
    for steps in [2, 5, 20, 50, 200, 1_000] {
        let max_iterations = Some(steps);
        let kernel = SvcKernel::Linear;
        let svc = ModelParams::Svc(SvcParams {
            max_iterations,
            kernel,
            probability: true,
            ..SvcParams::default()
        });
        let mut fit = fit_request(&dataset.id);
        if let Request::Fit { params, .. } = &mut fit {
            *params = svc.clone();
        }
        let Response::Fit(fitted) = lab.answer(fit) else { panic!("no model") };
        let test = fitted.run.evaluation.test;
        let found = judged(&mut lab, judge_request(&dataset.id, svc, JudgementParams::default()));
        assert_eq!(found.bootstrap.accuracy.value, test.accuracy);
        close("AUC", found.bootstrap.roc_auc.value, test.roc_auc.unwrap(), 1e-12);
        let whole = found.slice_table.whole;
        assert_eq!((whole.accuracy.value, whole.n), (Some(test.accuracy), test.n));
        let by_threshold = fitted.run.evaluation.test_curve.confusion_at(0.5).accuracy();
        disagree += u32::from(by_threshold.total_cmp(&test.accuracy).is_ne());
    }
    assert!(disagree > 0, "a run whose two ways to the class disagree");
}

/// What is asked again of a run is answered without another fit; another reading of the rows is not.
#[test]
fn a_run_is_fitted_once_for_all_that_is_asked_of_it() {
    let (mut lab, dataset) = small();
    let [judge, compare, learn] = judging_requests(&dataset.id);
    let fits = |lab: &mut Lab, request: &Request| {
        let mut steps = 0;
        let answer = lab.ask_told(request.clone(), &mut |_| steps += 1).expect("an answer");
        (answer, steps > 0)
    };
    let (first, fitted) = fits(&mut lab, &judge);
    assert!(fitted);
    assert_eq!(fits(&mut lab, &judge), (first.clone(), false));
    assert!(matches!(fits(&mut lab, &compare), (Response::Compared(_), _)));
    assert_eq!(fits(&mut lab, &judge), (first.clone(), false));
    assert!(fits(&mut lab, &learn).1, "a part of the rows is another fit");
    let rename = Request::Rename { dataset_id: dataset.id.clone(), name: "Else".to_owned() };
    lab.answer(rename);
    assert_eq!(fits(&mut lab, &judge), (first, true));
}

#[test]
fn what_cannot_be_judged_is_said_with_its_name() {
    let (mut lab, dataset) = small();
    let default = JudgementParams::default;
    let of_draws = |resamples| BootstrapParams { resamples, ..BootstrapParams::default() };
    for (params, code, field) in [
        (JudgementParams { bootstrap: of_draws(5), ..default() }, "param_resamples", "resamples"),
        (JudgementParams { n_bins: 0, ..default() }, "param_n_bins", "n_bins"),
    ] {
        let failure = lab.refusal(judge_request(&dataset.id, logistic(1.0), params));
        assert_eq!((failure.code.as_str(), failure.field.as_deref()), (code, Some(field)));
    }
    let [.., learn] = judging_requests(&dataset.id);
    for wrong in [0.0, 1.1, f64::NAN] {
        let mut learn = learn.clone();
        if let Request::Learn { share, .. } = &mut learn {
            *share = wrong;
        }
        assert_eq!(lab.refusal(learn).code, "split_train_share", "{wrong}");
    }
    let gone = judge_request(&DatasetId("gone".to_owned()), logistic(1.0), default());
    assert_eq!(lab.refusal(gone).code, "not_found");
}

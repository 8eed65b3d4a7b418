//! Thresholds that are part of a run, tags, and the baseline every run has to be better than.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;
mod support;

use churn_lab::compute::{Request, Response};
use churn_lab::data::Dataset;
use churn_lab::evaluation::{ConfusionMatrix, Scores};
use churn_lab::experiments::baseline::BaselineScores;
use churn_lab::experiments::{Run, Tags, ThresholdRule, TunedScore};
use churn_lab::models::{
    BaselineParams, ClassWeight, ElasticNetParams, FittedModel, LogisticParams, ModelParams, Split,
    SvcKernel, SvcParams, WeightedLogisticParams, train,
};
use lab::{Lab, fit_request};
use support::{close, telco::telco};

fn logistic() -> ModelParams {
    ModelParams::Logistic(LogisticParams::default())
}

/// A sample and a run of it that decides by a rule.
#[track_caller]
fn run_with(params: ModelParams, rule: ThresholdRule) -> Run {
    let mut lab = Lab::new();
    let dataset = lab.sample(600);
    let mut request = fit_request(&dataset.id);
    if let Request::Fit { rule: of, params: settings, .. } = &mut request {
        (*of, *settings) = (rule, params);
    }
    let Response::Fit(fit) = lab.answer(request) else { panic!("no fit") };
    fit.run
}

#[test]
fn tuned_thresholds_are_scikit_learns() {
    let Some(telco) = telco() else { return };
    let reference = include_str!("fixtures/decision/tuned.json");
    let reference: serde_json::Value = serde_json::from_str(reference).unwrap();
    for score in TunedScore::ALL {
        let of = |key: &str| reference[score.name()][key].as_f64().unwrap();
        let rule = ThresholdRule::Tuned(score);
        let decision =
            rule.decide(&telco, &logistic(), &Split::default(), &mut |_, _| {}).unwrap().unwrap();
        close(score.name(), decision.threshold, of("threshold"), 1e-9);
        let scores = scored(&telco, decision.threshold);
        close("test accuracy", scores[1].accuracy, of("test_accuracy"), 1e-12);
        close("test f1", scores[1].f1, of("test_f1"), 1e-12);
        close("train accuracy", scores[0].accuracy, of("train_accuracy"), 1e-12);
    }
}

fn scored(dataset: &Dataset, threshold: f64) -> [Scores; 2] {
    let parts = train::rows_of(dataset, &Split::default()).unwrap();
    let fitted =
        train::fit_deciding(dataset, &logistic(), &parts, Some(threshold), &mut |_, _| {}).unwrap();
    [fitted.evaluation.train, fitted.evaluation.test]
}

#[test]
fn a_runs_classes_are_those_of_its_threshold() {
    let own = run_with(logistic(), ThresholdRule::Own);
    assert_eq!(own.threshold(), None);
    for threshold in [0.0, 0.2, 0.5, 0.7, 1.0] {
        let run = run_with(logistic(), ThresholdRule::Fixed(threshold));
        assert_eq!(run.threshold(), Some(threshold));
        assert_eq!(run.rule(), ThresholdRule::Fixed(threshold));
        let counts = own.evaluation.test_curve.confusion_at(threshold);
        assert_eq!(run.evaluation.test.confusion, counts, "{threshold}");
        // what needs no class stays
        assert_eq!(run.evaluation.test.roc_auc, own.evaluation.test.roc_auc);
        assert_eq!(run.evaluation.test.log_loss, own.evaluation.test.log_loss);
    }
}

#[test]
fn a_threshold_is_chosen_without_the_test_rows() {
    let Some(telco) = telco() else { return };
    let rule = ThresholdRule::Tuned(TunedScore::F1);
    let decide = |dataset: &Dataset| {
        rule.decide(dataset, &logistic(), &Split::default(), &mut |_, _| {}).unwrap().unwrap()
    };
    let parts = train::rows_of(&telco, &Split::default()).unwrap();
    let mut other = telco.clone();
    for column in &mut other.columns {
        if let churn_lab::data::ColumnValues::Levels { codes, .. } = &mut column.values
            && column.name == "Churn"
        {
            parts.test.iter().for_each(|&row| codes[row as usize] = 1 - codes[row as usize]);
        }
    }
    assert_eq!(decide(&telco), decide(&other));
}

#[test]
fn a_threshold_that_is_none_is_refused() {
    let mut lab = Lab::new();
    let dataset = lab.sample(200);
    for (rule, params, code, words) in [
        (ThresholdRule::Fixed(1.5), logistic(), "threshold_out_of_range", "threshold is 1.5"),
        (ThresholdRule::Fixed(f64::NAN), logistic(), "threshold_out_of_range", "0 to 1"),
        (
            ThresholdRule::Tuned(TunedScore::F1),
            ModelParams::Baseline(BaselineParams::default()),
            "threshold_constant",
            "all rows of a fold",
        ),
    ] {
        let mut request = fit_request(&dataset.id);
        if let Request::Fit { rule: of, params: settings, .. } = &mut request {
            (*of, *settings) = (rule, params);
        }
        let failure = lab.refusal(request);
        assert_eq!((failure.code.as_str(), failure.field.as_deref()), (code, Some("threshold")));
        assert!(failure.message.contains(words), "{}", failure.message);
    }
}

#[test]
fn a_judgement_has_the_classes_of_the_run() {
    let mut lab = Lab::new();
    let dataset = lab.sample(600);
    let [mut judge, _, mut learn] = lab::judging_requests(&dataset.id);
    if let Request::Judge { threshold, .. } = &mut judge {
        *threshold = Some(0.3);
    }
    if let Request::Learn { threshold, share, .. } = &mut learn {
        (*threshold, *share) = (Some(0.3), 1.0);
    }
    let Response::Judged(judged) = lab.answer(judge) else { panic!("no judgement") };
    let Response::Learned(learned) = lab.answer(learn) else { panic!("no point") };
    let run = run_with(logistic(), ThresholdRule::Fixed(0.3));
    assert_eq!(judged.bootstrap.accuracy.value, run.evaluation.test.accuracy);
    assert_eq!(learned.test, run.evaluation.test);
}

#[test]
fn where_class_and_probability_disagree_is_counted() {
    let svc = ModelParams::Svc(SvcParams {
        kernel: SvcKernel::Linear,
        max_iterations: Some(10),
        probability: true,
        ..SvcParams::default()
    });
    let run = run_with(svc, ThresholdRule::Own);
    let counts = run.evaluation.test.confusion;
    let at_half = run.evaluation.test_curve.confusion_at(0.5);
    let positives = |counts: ConfusionMatrix| counts.tp + counts.fp;
    let n = run.disagreeing.unwrap();
    // at least as many as the two counts of positive rows differ by
    assert!(n >= positives(counts).abs_diff(positives(at_half)) && n > 0, "{n}");
    assert_eq!(run_with(logistic(), ThresholdRule::Own).disagreeing, Some(0));
}

#[test]
fn the_baseline_is_what_a_fitted_one_scores() {
    let fitted = run_with(ModelParams::Baseline(BaselineParams::default()), ThresholdRule::Own);
    let told = BaselineScores::of(&run_with(logistic(), ThresholdRule::Fixed(0.2)));
    for (told, fitted) in
        [(&told.train, &fitted.evaluation.train), (&told.test, &fitted.evaluation.test)]
    {
        assert_eq!(told.confusion, fitted.confusion);
        assert_eq!((told.n, told.roc_auc), (fitted.n, fitted.roc_auc));
        close("log loss", told.log_loss, fitted.log_loss, 1e-12);
        close("brier", told.brier, fitted.brier, 1e-12);
        close("accuracy", told.accuracy, fitted.accuracy, 1e-15);
        close("f1", told.f1, fitted.f1, 1e-15);
        let area = |scores: &Scores| scores.average_precision.unwrap();
        close("average precision", area(told), area(fitted), 1e-12);
    }
}

#[test]
fn a_baseline_of_rows_of_one_class_has_no_curve() {
    let scores = Scores::of_constant(0, 5, 0.25);
    assert_eq!((scores.roc_auc, scores.average_precision), (None, None));
    assert_eq!((scores.accuracy, scores.n), (1.0, 5));
    let none = Scores::of_constant(0, 0, 0.5);
    assert_eq!((none.log_loss, none.brier, none.n), (0.0, 0.0, 0));
}

#[test]
fn a_weighted_fit_is_scikit_learns() {
    let Some(telco) = telco() else { return };
    let reference = include_str!("fixtures/weighted_logistic.json");
    let reference: serde_json::Value = serde_json::from_str(reference).unwrap();
    let weighted = |class_weight, l1_ratio| {
        let penalised = ElasticNetParams { l1_ratio, ..ElasticNetParams::default() };
        let params = WeightedLogisticParams { penalised, class_weight };
        let params = ModelParams::WeightedLogistic(params);
        train::fit(&telco, &params, &Split::default(), &mut |_, _| {}).unwrap()
    };
    let balanced = weighted(ClassWeight::Balanced, 0.0);
    let names = balanced.pipeline.column_names();
    let FittedModel::Logistic(fitted) = &balanced.model else { panic!("{:?}", balanced.model) };
    close("intercept", fitted.intercept, reference["intercept"].as_f64().unwrap(), 1e-7);
    for (name, coefficient) in names.iter().zip(&fitted.coefficients) {
        let known = reference["coefficients"][name].as_f64();
        close(name, *coefficient, known.unwrap_or_else(|| panic!("no {name}")), 1e-7);
    }
    let test = &balanced.evaluation.test;
    close("accuracy", test.accuracy, reference["test_accuracy"].as_f64().unwrap(), 1e-12);
    close("log loss", test.log_loss, reference["test_log_loss"].as_f64().unwrap(), 1e-8);
    close("auc", test.roc_auc.unwrap(), reference["test_roc_auc"].as_f64().unwrap(), 1e-12);
    // factors of 1 change nothing, to the bit
    let plain = train::fit(&telco, &logistic(), &Split::default(), &mut |_, _| {}).unwrap();
    let ones = weighted(ClassWeight::Given { negative: 1.0, positive: 1.0 }, 0.0);
    assert_eq!(ones.model, plain.model);
    // and weights that are none are refused
    let zero = ClassWeight::Given { negative: 0.0, positive: 1.0 };
    let penalised = ElasticNetParams::default();
    let zero = WeightedLogisticParams { penalised, class_weight: zero };
    let error = train::check(&ModelParams::WeightedLogistic(zero)).unwrap_err();
    assert_eq!(error.to_string(), "class_weight is 0 and 1; allowed: finite numbers above 0");
}

#[test]
fn tags_are_read_and_written() {
    let tags = Tags::parse(" stage = exam, favourite,, stage=final ").unwrap();
    assert_eq!(tags.to_string(), "favourite, stage=final");
    assert_eq!(tags.value("favourite"), Some("yes"));
    assert_eq!(Tags::parse(&tags.to_string()).unwrap(), tags);
    assert_eq!(Tags::parse("").unwrap(), Tags::default());
    let more = tags.with(&Tags::parse("stage=draft, team=a").unwrap());
    assert_eq!(more.to_string(), "favourite, stage=draft, team=a");
    for (text, code) in [("a b", "tag_name"), ("=x", "tag_name"), ("x=", "tag_value")] {
        assert_eq!(Tags::parse(text).unwrap_err().code(), code, "{text}");
    }
    let long = format!("x={}", "y".repeat(61));
    assert!(Tags::parse(&long).unwrap_err().to_string().contains("61 characters"));
}

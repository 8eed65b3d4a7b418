//! Probabilities of support vectors, and that they don't tell the class.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::models::svc::Sigmoid;
use churn_lab::models::{FittedModel, FittedSvc, ModelParams, Split, SvcKernel, SvcParams, train};
use churn_lab::numerics::random::RandomState;
use linfa::traits::PredictInplace;
use support::close;
use support::customers::{customers, named};

/// Decisions drawn evenly, classes by a known sigmoid: its parameters come back.
#[test]
fn the_sigmoid_recovers_a_known_one() {
    for (a, b) in [(-1.5, 0.3), (-0.2, -1.0), (2.0, 0.0)] {
        let mut random = RandomState::new(3);
        let draws = (0..200_000).map(|_| {
            let f = 6.0 * random.random_sample() - 3.0;
            (f, random.random_sample() < 1.0 / (1.0 + libm::exp(a * f + b)))
        });
        let (decisions, first): (Vec<f64>, Vec<bool>) = draws.unzip();
        let fitted = Sigmoid::fit(&decisions, &first);
        close("a", fitted.a, a, 0.02);
        close("b", fitted.b, b, 0.02);
        for f in [-2.0, 0.0, 1.0] {
            let expected = 1.0 / (1.0 + libm::exp(a * f + b));
            close("probability", fitted.first(f), expected, 0.01);
            close("coupled", fitted.second_coupled(f), 1.0 - fitted.first(f), 0.004);
        }
    }
    // far out the probability stays off 0 and 1, as LIBSVM's does
    let steep = Sigmoid { a: -1e3, b: 0.0 };
    for (decision, expected) in [(1e6, 1.0 - 1e-7), (-1e6, 1e-7), (f64::INFINITY, 1.0 - 1e-7)] {
        assert_eq!(steep.first(decision).to_bits(), f64::to_bits(expected));
    }
}

/// Decision values of one sign only, or all the same, are no reason to run for ever or to be NaN.
#[test]
fn the_sigmoid_of_odd_decisions_is_finite() {
    let check = |decisions: &[f64], first: &[bool]| {
        let Sigmoid { a, b } = Sigmoid::fit(decisions, first);
        assert!(a.is_finite() && b.is_finite(), "{decisions:?}: {a} {b}");
    };
    check(&[0.0; 4], &[true, false, true, false]);
    check(&[1.0, 2.0, -1.0, -2.0], &[true, true, false, false]);
    check(&[1e9, -1e9], &[true, false]);
    check(&[5.0], &[true]);
}

/// The class is that of the decision, also where a fit was cut off so early that the probability
/// disagrees, and the scores say so.
#[test]
fn the_decision_tells_the_class_and_not_the_probability() {
    let dataset = customers();
    let split = Split::default();
    let params = SvcParams { max_iterations: Some(1), probability: true, ..SvcParams::default() };
    let params = ModelParams::Svc(SvcParams { kernel: SvcKernel::Linear, ..params });
    let trained = train::fit(&dataset, &params, &split, &mut |_, _| {}).unwrap();
    let FittedModel::Svc(fitted) = &trained.model else { panic!("{:?}", trained.model) };
    let test = train::rows(&split, dataset.n_rows()).unwrap().test;
    let records = trained.pipeline.transform(&dataset, &test).unwrap();
    let labels = dataset.labels().unwrap();
    let decisions = fitted.decision_function(&records);
    let positive = decisions.iter().filter(|&&d| d >= 0.0).count() as u32;
    let right =
        decisions.iter().zip(&test).filter(|&(&d, &row)| (d >= 0.0) == labels[row as usize]);
    let scores = &trained.evaluation.test;
    assert_eq!(scores.confusion.tp + scores.confusion.fp, positive);
    assert_eq!(scores.confusion.tp + scores.confusion.tn, right.count() as u32);
    let by_probability = decisions.iter().filter(|&&d| fitted.probability(d) >= 0.5).count() as u32;
    assert_ne!(by_probability, positive, "nothing was shown");
    let mut classes = fitted.default_target(&records);
    fitted.predict_inplace(&records, &mut classes);
    assert!(classes.iter().zip(&decisions).all(|(&class, &d)| class == (d >= 0.0)));
}

#[test]
fn without_a_probability_there_is_the_class() {
    let dataset = customers();
    let params = ModelParams::Svc(SvcParams::default());
    let trained = train::fit(&dataset, &params, &Split::default(), &mut |_, _| {}).unwrap();
    let model = named(&dataset, &params, &Split::default(), trained);
    let probabilities = model.predict_proba(support::customers::encoded(&dataset, &model).view());
    assert!(probabilities.iter().all(|&p| p == 0.0 || p == 1.0));
    assert!(probabilities.contains(&0.0) && probabilities.contains(&1.0));
}

#[test]
fn the_seed_draws_the_probability_and_nothing_else() {
    let of_seed = |seed| {
        let params = SvcParams { probability: true, seed, ..SvcParams::default() };
        let params = ModelParams::Svc(params);
        let trained = train::fit(&customers(), &params, &Split::default(), &mut |_, _| {}).unwrap();
        match trained.model {
            FittedModel::Svc(fitted) => fitted,
            other => panic!("{other:?}"),
        }
    };
    let (one, two) = (of_seed(0), of_seed(1));
    assert_ne!(one.sigmoid, two.sigmoid);
    assert_eq!(FittedSvc { sigmoid: None, ..one }, FittedSvc { sigmoid: None, ..two });
}

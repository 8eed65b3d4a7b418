//! A fit step by step: every frame is the fit that stops there, and what is pictured is what it says.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;
mod support;

use churn_lab::compute::{Request, Response};
use churn_lab::data::Dataset;
use churn_lab::experiments::steps::{capped, steps};
use churn_lab::experiments::{Boundary, BoundaryParams, Frames, Steps, StepsError, StepsParams};
use churn_lab::models::{
    ClassWeight, ElasticNetParams, FittedModel, ForestParams, Gamma, LogisticCvParams,
    LogisticParams, ModelParams, Split, SvcKernel, SvcParams, Trained, train,
};
use lab::{Lab, stepping_requests};
use support::customers::customers;
use support::training::training_rows;
use support::{close, telco::telco};

const RBF: SvcKernel = SvcKernel::Rbf { gamma: Gamma::Scale };

fn svc(kernel: SvcKernel, max_iterations: Option<u32>) -> SvcParams {
    SvcParams { kernel, max_iterations, ..SvcParams::default() }
}

#[track_caller]
fn traced(dataset: &Dataset, params: &ModelParams) -> (Steps, Frames) {
    steps(dataset, params, &Split::default(), &StepsParams::default(), &mut |_, _| {}).unwrap()
}

#[track_caller]
fn fit_capped(dataset: &Dataset, params: &ModelParams, cap: u32) -> Trained {
    let params = capped(params, cap).unwrap();
    train::fit(dataset, &params, &Split::default(), &mut |_, _| {}).unwrap()
}

#[track_caller]
fn pictured(
    frames: &mut Frames,
    dataset: &Dataset,
    params: &ModelParams,
    asked: &BoundaryParams,
) -> Boundary {
    frames.boundary(dataset, params, asked, &mut |_, _| {}).unwrap()
}

/// Of one that was not followed before.
#[track_caller]
fn pictured_afresh(dataset: &Dataset, params: &ModelParams, asked: &BoundaryParams) -> Boundary {
    let mut frames = Frames::begin(dataset, &Split::default()).unwrap();
    pictured(&mut frames, dataset, params, asked)
}

/// Of every family with steps, some settings each.
fn settings() -> Vec<ModelParams> {
    let kernels = [
        SvcKernel::Linear,
        RBF,
        SvcKernel::Rbf { gamma: Gamma::Value(0.7) },
        SvcKernel::Poly { gamma: Gamma::Auto, degree: 3, coef0: 1.0 },
        SvcKernel::Sigmoid { gamma: Gamma::Scale, coef0: 0.0 },
    ];
    let mut settings = Vec::new();
    for kernel in kernels {
        settings.push(ModelParams::Svc(svc(kernel, Some(3_000))));
        let class_weight = ClassWeight::Given { negative: 0.5, positive: 3.0 };
        let params = SvcParams { c: 20.0, class_weight, ..svc(kernel, Some(700)) };
        settings.push(ModelParams::Svc(params));
        settings.push(ModelParams::Svc(SvcParams { c: 0.02, ..svc(kernel, None) }));
    }
    for c in [0.01, 1.0, 1e4] {
        settings.push(ModelParams::Logistic(LogisticParams { c, ..LogisticParams::default() }));
        for l1_ratio in [0.5, 1.0] {
            let params = ElasticNetParams { c, l1_ratio, ..ElasticNetParams::default() };
            settings.push(ModelParams::ElasticNet(params));
        }
    }
    settings
}

#[test]
fn every_frame_is_the_fit_that_stops_there() {
    let dataset = customers();
    let mut most_support = 0;
    for params in settings() {
        let (steps, mut frames) = traced(&dataset, &params);
        let whole = train::fit(&dataset, &params, &Split::default(), &mut |_, _| {}).unwrap();
        let last = steps.points.last().unwrap();
        assert_eq!(last.iteration, whole.iterations, "{params:?}");
        assert_eq!(steps.converged, whole.converged, "{params:?}");
        assert!(steps.points.is_sorted_by(|a, b| a.iteration < b.iteration), "{params:?}");
        for point in &steps.points {
            let what = format!("{params:?} after {}", point.iteration);
            let fit = fit_capped(&dataset, &params, point.iteration);
            assert_eq!(fit.iterations, point.iteration, "{what}");
            let (train, test) = (&fit.evaluation.train, &fit.evaluation.test);
            assert_eq!(point.train_accuracy.to_bits(), train.accuracy.to_bits(), "{what}");
            assert_eq!(point.test_accuracy.to_bits(), test.accuracy.to_bits(), "{what}");
            match &fit.model {
                FittedModel::Svc(fitted) => {
                    let n_support = fitted.support.len() as u32;
                    most_support = most_support.max(n_support);
                    assert_eq!((point.n_support, point.test_log_loss), (Some(n_support), None));
                }
                _ => {
                    let log_loss = point.test_log_loss.expect("a probability");
                    assert_eq!(log_loss.to_bits(), test.log_loss.to_bits(), "{what}");
                }
            }
        }
        for point in steps.points.iter().step_by(5).chain([last]) {
            let asked = BoundaryParams::new("tenure", "price", point.iteration);
            let kept = pictured(&mut frames, &dataset, &params, &asked);
            assert_eq!(kept, pictured_afresh(&dataset, &params, &asked), "{params:?}, {asked:?}");
        }
    }
    assert!(most_support > 200, "{most_support}: sums that are kept were not looked at");
}

/// The workshop's table: why more is not always better.
#[test]
fn the_workshops_runs_are_frames_of_one() {
    let Some(telco) = telco() else { return };
    let table = [
        (
            SvcKernel::Linear,
            [0.58874, 0.47213, 0.65529, 0.63595, 0.79181],
            [0.60599, 0.47061, 0.65529, 0.64278, 0.80205],
        ),
        (
            RBF,
            [0.68828, 0.67463, 0.74289, 0.77531, 0.79181],
            [0.68639, 0.66780, 0.73967, 0.81494, 0.82234],
        ),
    ];
    for (kernel, test, train) in table {
        let params = ModelParams::Svc(svc(kernel, Some(10_000)));
        let (steps, _) = traced(&telco, &params);
        let ends = [1, 10, 100, 1_000, 10_000].into_iter().zip(test.into_iter().zip(train));
        for (iteration, (test, train)) in ends {
            let last = steps.points.last().unwrap();
            let point = steps.points.iter().find(|point| point.iteration == iteration);
            // rbf is done after 4,792
            let point = point.unwrap_or(last);
            let what = format!("{kernel:?} after {iteration}");
            close(&format!("{what}, test"), point.test_accuracy, test, 1e-5);
            close(&format!("{what}, train"), point.train_accuracy, train, 1e-5);
            let run = fit_capped(&telco, &params, iteration);
            let on = |accuracy: f64, whole: f64| assert_eq!(accuracy.to_bits(), whole.to_bits());
            on(point.test_accuracy, run.evaluation.test.accuracy);
            on(point.train_accuracy, run.evaluation.train.accuracy);
        }
        assert_eq!(steps.converged, kernel == RBF);
    }
}

#[test]
fn the_objective_falls_and_the_violation_ends_under_the_tolerance() {
    let dataset = customers();
    for params in settings() {
        // a sigmoid kernel is not positive definite: nothing is promised of its steps
        if matches!(&params, ModelParams::Svc(p) if matches!(p.kernel, SvcKernel::Sigmoid { .. })) {
            continue;
        }
        let (steps, _) = traced(&dataset, &params);
        for pair in steps.points.windows(2) {
            let rise = pair[1].objective - pair[0].objective;
            assert!(rise <= 1e-9 * pair[0].objective.abs(), "{params:?}: {pair:?}");
        }
        let tolerance = match &params {
            ModelParams::Svc(params) => params.tolerance,
            // where rounding hides further progress it is over too
            _ => 1e-5,
        };
        let last = steps.points.last().unwrap();
        if steps.converged {
            assert!(last.violation <= tolerance, "{params:?}: {last:?}");
        } else {
            assert!(last.violation > tolerance, "{params:?}: {last:?}");
        }
    }
}

/// Worked out the long way from the model at the step.
#[test]
fn objective_and_violation_of_support_vectors_are_those_of_the_model() {
    let dataset = customers();
    let rows = training_rows(&dataset);
    let dense = rows.train.records.to_dense();
    let y: Vec<f64> = rows.train.targets.iter().map(|&l| if l { 1.0 } else { -1.0 }).collect();
    // without shrinking every pair is looked at
    let params = SvcParams { c: 3.0, shrinking: false, ..svc(SvcKernel::Linear, Some(400)) };
    let params = ModelParams::Svc(params);
    let (steps, _) = traced(&dataset, &params);
    assert!(steps.points.len() > 40);
    for point in steps.points.iter().step_by(4) {
        let fit = fit_capped(&dataset, &params, point.iteration);
        let FittedModel::Svc(fitted) = &fit.model else { panic!("{:?}", fit.model) };
        let mut beta = vec![0.0; y.len()];
        for (&row, &coefficient) in fitted.support.iter().zip(&fitted.dual_coefficients) {
            beta[row as usize] = coefficient;
        }
        let mut weights = vec![0.0; dense.ncols()];
        for (record, beta) in dense.rows().into_iter().zip(&beta) {
            for (weight, z) in weights.iter_mut().zip(record) {
                *weight += beta * z;
            }
        }
        let total: f64 = beta.iter().map(|b| b.abs()).sum();
        let objective = 0.5 * weights.iter().map(|w| w * w).sum::<f64>() - total;
        let what = format!("after {}", point.iteration);
        close(&format!("objective {what}"), point.objective, objective, 1e-4);
        let (mut rising, mut falling) = (f64::NEG_INFINITY, f64::INFINITY);
        for ((record, y), beta) in dense.rows().into_iter().zip(&y).zip(&beta) {
            let off = y - record.iter().zip(&weights).map(|(z, w)| z * w).sum::<f64>();
            let alpha = y * beta;
            if if *y > 0.0 { alpha < 3.0 } else { alpha > 0.0 } {
                rising = f64::max(rising, off);
            }
            if if *y > 0.0 { alpha > 0.0 } else { alpha < 3.0 } {
                falling = f64::min(falling, off);
            }
        }
        close(&format!("violation {what}"), point.violation, rising - falling, 1e-4);
    }
}

#[test]
fn powers_of_ten_are_among_the_shown_steps() {
    for per_decade in [1, 7, 20, 100] {
        let params = StepsParams { per_decade };
        let mut shown = vec![1];
        while shown[shown.len() - 1] < 2_000_000_000 {
            shown.push(params.after(shown[shown.len() - 1]));
        }
        assert!(shown.is_sorted_by(|a, b| a < b), "{per_decade}");
        assert_eq!(shown[..20], (1..=20).collect::<Vec<u32>>()[..]);
        for power in 0..10 {
            assert!(shown.contains(&10_u32.pow(power)), "{per_decade}: 10^{power}");
        }
        let of = |low: u32| shown.iter().filter(|&&k| k >= low && k < 10 * low).count();
        assert_eq!(of(1_000), per_decade as usize);
        assert_eq!(of(100_000), per_decade as usize);
    }
    let params = StepsParams::default();
    assert_eq!(params.after(u32::MAX), u32::MAX);
    let run_of_the_workshop = std::iter::successors(Some(1), |&k| Some(params.after(k)));
    assert!(run_of_the_workshop.take_while(|&k| k <= 214_715).count() < 125);
}

#[test]
fn a_fit_that_ends_before_its_first_step_is_shown_as_it_is() {
    let dataset = customers();
    for params in [
        ModelParams::Svc(SvcParams { tolerance: 5.0, ..SvcParams::default() }),
        ModelParams::Logistic(LogisticParams { tolerance: 1e9, ..LogisticParams::default() }),
    ] {
        let (steps, mut frames) = traced(&dataset, &params);
        let [point] = steps.points.as_slice() else { panic!("{steps:?}") };
        assert_eq!((point.iteration, steps.converged), (0, true));
        let fit = fit_capped(&dataset, &params, 1);
        assert_eq!(point.test_accuracy.to_bits(), fit.evaluation.test.accuracy.to_bits());
        let asked = BoundaryParams::new("tenure", "price", 0);
        let kept = pictured(&mut frames, &dataset, &params, &asked);
        assert_eq!(kept, pictured_afresh(&dataset, &params, &asked));
    }
}

#[test]
fn what_has_no_steps_is_refused_by_name() {
    let dataset = customers();
    let split = Split::default();
    let code = |params: ModelParams, settings: StepsParams| -> (&'static str, Option<&str>) {
        let error = steps(&dataset, &params, &split, &settings, &mut |_, _| {}).unwrap_err();
        (error.code(), error.field())
    };
    let forest = ModelParams::RandomForest(ForestParams::default());
    assert_eq!(code(forest.clone(), StepsParams::default()), ("no_steps", None));
    let cv = ModelParams::LogisticCv(LogisticCvParams::default());
    assert_eq!(code(cv, StepsParams::default()), ("no_steps", None));
    let svc = ModelParams::Svc(SvcParams::default());
    for per_decade in [0, 101] {
        let refused = code(svc.clone(), StepsParams { per_decade });
        assert_eq!(refused, ("steps_per_decade", Some("per_decade")));
    }
    let wrong = ModelParams::Svc(SvcParams { c: -1.0, ..SvcParams::default() });
    assert_eq!(code(wrong, StepsParams::default()), ("param_c", None));

    let mut frames = Frames::begin(&dataset, &split).unwrap();
    let mut refused = |params: &ModelParams, asked: &BoundaryParams| -> StepsError {
        frames.boundary(&dataset, params, asked, &mut |_, _| {}).unwrap_err()
    };
    let asked = BoundaryParams::new("tenure", "price", 2);
    assert_eq!(refused(&forest, &asked).code(), "no_steps");
    for (x, y, side) in [("Churn", "price", "x"), ("tenure", "", "y"), ("price", "price", "y")] {
        let error = refused(&svc, &BoundaryParams::new(x, y, 2));
        assert_eq!((error.code(), error.field()), ("unknown_feature", Some(side)), "{x}, {y}");
    }
    for cells in [0, 1, 101, u32::MAX] {
        let error = refused(&svc, &BoundaryParams { cells, ..asked.clone() });
        assert_eq!((error.code(), error.field()), ("steps_cells", Some("cells")));
    }
}

/// The worker keeps the last fit's steps; an answer is the same with and without.
#[test]
fn a_worker_pictures_the_same_whether_it_kept_the_step_or_not() {
    let mut lab = Lab::new();
    let id = lab.sample(300).id;
    let [steps, boundary] = stepping_requests(&id);
    let fresh = lab.answer(boundary.clone());
    let Response::Boundary(picture) = &fresh else { panic!("{fresh:?}") };
    assert_eq!(picture.iteration, 3);
    let mut told = Vec::new();
    let response = lab.ask_told(steps, &mut |progress| told.push(progress)).unwrap();
    assert!(matches!(response, Response::Stepped(_)));
    assert!(told.iter().all(|progress| progress.unit == "iterations"));
    assert!(told.len() > 20);
    assert_eq!(lab.answer(boundary.clone()), fresh);

    // what is refused does not spoil what is kept
    let Request::Boundary { dataset_id, params, split, boundary: asked } = boundary.clone() else {
        panic!()
    };
    let asked = BoundaryParams { x: "nothing".to_owned(), ..asked };
    let refused = Request::Boundary { dataset_id, params, split, boundary: asked };
    let failure = lab.ask(refused).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.field.as_deref()), ("unknown_feature", Some("x")));
    assert_eq!(lab.answer(boundary), fresh);
}

/// A step that is kept is pictured without a fit; with other rows of the same name nothing is kept.
#[test]
fn a_step_is_fitted_once_for_all_its_pictures() {
    let mut lab = Lab::new();
    let dataset_id = lab.sample(300).id;
    let params = ModelParams::Logistic(LogisticParams::default());
    let split = Split::default();
    let steps = StepsParams::default();
    let followed = Request::Steps {
        dataset_id: dataset_id.clone(),
        params: params.clone(),
        split: split.clone(),
        steps,
    };
    let of = |x: &str| Request::Boundary {
        dataset_id: dataset_id.clone(),
        params: params.clone(),
        split: split.clone(),
        boundary: BoundaryParams::new(x, "MonthlyCharges", 2),
    };
    let fits = |lab: &mut Lab, request: Request| {
        let mut told = 0;
        lab.ask_told(request, &mut |_| told += 1).expect("an answer");
        told > 0
    };
    assert!(fits(&mut lab, of("tenure")));
    assert!(!fits(&mut lab, of("Contract")), "the step was there");
    assert!(fits(&mut lab, followed));
    assert!(!fits(&mut lab, of("tenure")), "it was among the steps");
    lab.answer(Request::Rename { dataset_id: dataset_id.clone(), name: "Else".to_owned() });
    assert!(fits(&mut lab, of("tenure")), "the rows may be others");
}

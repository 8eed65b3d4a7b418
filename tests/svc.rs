//! Support vectors on made-up tables: optimality, and what holds without any reference.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::data::{ColumnValues, Dataset};
use churn_lab::features::{FeatureMatrix, FeaturePipeline, FeatureSpace};
use churn_lab::models::svc::{Kernel, SupportVectors, SvcError};
use churn_lab::models::{
    ClassWeight, FittedSvc, Gamma, ModelParams, Split, SvcKernel, SvcParams, train,
};
use churn_lab::numerics::random::RandomState;
use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use linfa::traits::Fit;
use ndarray::Array1;
use support::close;
use support::customers::customers;

const RBF: SvcKernel = SvcKernel::Rbf { gamma: Gamma::Scale };

/// Positive definite ones.
const KERNELS: [SvcKernel; 4] = [
    SvcKernel::Linear,
    RBF,
    SvcKernel::Rbf { gamma: Gamma::Value(0.7) },
    SvcKernel::Poly { gamma: Gamma::Auto, degree: 2, coef0: 1.0 },
];

type Rows = DatasetBase<FeatureMatrix, Array1<bool>>;

/// The first rows of the made-up customers, with new numbers for every seed.
fn rows(n: u32, seed: u32) -> Rows {
    let mut dataset = customers();
    let mut random = RandomState::new(seed);
    for column in &mut dataset.columns {
        if let ColumnValues::Numbers(numbers) = &mut column.values {
            numbers.iter_mut().for_each(|number| *number += 20.0 * random.random_sample());
        }
    }
    let listed: Vec<u32> = (0..n).collect();
    let pipeline = FeaturePipeline::fit(FeatureSpace::of(&dataset), &dataset, &listed).unwrap();
    let labels = dataset.labels().unwrap()[..n as usize].to_vec();
    DatasetBase::new(pipeline.transform(&dataset, &listed).unwrap(), Array1::from_vec(labels))
}

fn fit(rows: &Rows, params: &SvcParams) -> FittedSvc {
    SupportVectors::new(params.clone()).fit(rows).unwrap()
}

/// K of all pairs, the plain way.
fn kernel_matrix(rows: &Rows, kernel: Kernel) -> Vec<Vec<f64>> {
    let dense = rows.records.to_dense();
    let value = |u: ndarray::ArrayView1<'_, f64>, v: ndarray::ArrayView1<'_, f64>| {
        let product: f64 = u.iter().zip(v).map(|(a, b)| a * b).sum();
        let distance: f64 = u.iter().zip(v).map(|(a, b)| (a - b) * (a - b)).sum();
        match kernel {
            Kernel::Linear => product,
            Kernel::Rbf { gamma } => libm::exp(-gamma * distance),
            Kernel::Poly { gamma, degree, coef0 } => {
                libm::pow(gamma * product + coef0, f64::from(degree))
            }
            Kernel::Sigmoid { gamma, coef0 } => libm::tanh(gamma * product + coef0),
        }
    };
    dense
        .rows()
        .into_iter()
        .map(|u| dense.rows().into_iter().map(|v| value(u, v)).collect())
        .collect()
}

/// yᵢ·αᵢ by row, with y = +1 for the positive class.
fn signed_alpha(rows: &Rows, fitted: &FittedSvc) -> Vec<f64> {
    let mut alpha = vec![0.0; rows.targets.len()];
    for (&row, &coefficient) in fitted.support.iter().zip(&fitted.dual_coefficients) {
        alpha[row as usize] = coefficient;
    }
    alpha
}

/// ½·αᵀQα − Σα, in double precision.
fn objective(rows: &Rows, fitted: &FittedSvc) -> f64 {
    let k = kernel_matrix(rows, fitted.kernel);
    let b = signed_alpha(rows, fitted);
    let quadratic: f64 = k
        .iter()
        .zip(&b)
        .map(|(k, bi)| bi * k.iter().zip(&b).map(|(k, bj)| k * bj).sum::<f64>())
        .sum();
    0.5 * quadratic - b.iter().map(|b| b.abs()).sum::<f64>()
}

/// The conditions of Karush, Kuhn and Tucker: with f = Σ βⱼ·K(xⱼ, ·) the largest of yᵢ − f(xᵢ) among
/// the rows that may push up is at most the tolerance above the smallest among those that may push down.
#[test]
fn the_solution_is_optimal() {
    for seed in 0..6 {
        let rows = rows(40 + 25 * seed, seed);
        for kernel in KERNELS {
            for (c, class_weight) in [
                (0.05, ClassWeight::None),
                (1.0, ClassWeight::Balanced),
                (30.0, ClassWeight::Given { negative: 0.5, positive: 2.0 }),
            ] {
                let params = SvcParams { c, kernel, class_weight, ..SvcParams::default() };
                let fitted = fit(&rows, &params);
                let what = format!("{kernel:?}, C {c}, seed {seed}");
                assert!(fitted.converged, "{what}");
                let n = rows.targets.len() as f64;
                let bound = |label: bool| {
                    let of_class = rows.targets.iter().filter(|&&other| other == label).count();
                    match (class_weight, label) {
                        (ClassWeight::None, _) => c,
                        (ClassWeight::Balanced, _) => c * n / (2.0 * of_class as f64),
                        (ClassWeight::Given { negative, .. }, false) => c * negative,
                        (ClassWeight::Given { positive, .. }, true) => c * positive,
                    }
                };
                let beta = signed_alpha(&rows, &fitted);
                close(&what, beta.iter().sum(), 0.0, 1e-9 * c * n);
                let k = kernel_matrix(&rows, fitted.kernel);
                let (mut push_up, mut push_down) = (f64::NEG_INFINITY, f64::INFINITY);
                for ((row, &label), &b) in k.iter().zip(&rows.targets).zip(&beta) {
                    let (y, c) = (if label { 1.0 } else { -1.0 }, bound(label));
                    let alpha = y * b;
                    assert!((0.0..=c).contains(&alpha), "{what}: {alpha}");
                    let rest = y - row.iter().zip(&beta).map(|(k, b)| k * b).sum::<f64>();
                    if if label { alpha < c } else { alpha > 0.0 } {
                        push_up = push_up.max(rest);
                    }
                    if if label { alpha > 0.0 } else { alpha < c } {
                        push_down = push_down.min(rest);
                    }
                }
                // the solver sees the kernel in single precision
                let rounding = 1e-6 * c * n;
                let violation = push_up - push_down;
                assert!(violation <= params.tolerance + rounding, "{what}: {violation}");
                let between =
                    push_down - params.tolerance - rounding..=push_up + params.tolerance + rounding;
                let b = fitted.intercept;
                assert!(between.contains(&b) || push_up < push_down, "{what}: {b} in {between:?}");
            }
        }
    }
}

#[test]
fn shrinking_changes_the_way_and_not_the_end() {
    let mut other_way = 0;
    for seed in 0..4 {
        let rows = rows(380, seed);
        for kernel in KERNELS {
            let params = SvcParams { kernel, tolerance: 1e-4, ..SvcParams::default() };
            let with = fit(&rows, &params);
            let without = fit(&rows, &SvcParams { shrinking: false, ..params });
            assert!(with.converged && without.converged);
            let (one, other) = (objective(&rows, &with), objective(&rows, &without));
            close(&format!("objective of {kernel:?}"), one, other, 1e-4 * one.abs());
            let decisions = [&with, &without].map(|f| f.decision_function(&rows.records));
            for (a, b) in decisions[0].iter().zip(&decisions[1]) {
                close(&format!("decision of {kernel:?}"), *a, *b, 5e-3);
            }
            other_way += u32::from(with.iterations != without.iterations);
        }
    }
    assert!(other_way > 0, "shrinking never did anything");
}

/// For the viewer of the iterations: stopping after k steps and a limit of k steps are the same.
#[test]
fn the_state_at_a_step_is_the_fit_cut_off_there() {
    let rows = rows(300, 1);
    let mut reached = 0;
    for kernel in KERNELS {
        let params = SvcParams { kernel, ..SvcParams::default() };
        let unlimited = SupportVectors::new(params.clone()).check().unwrap();
        let mut iterates = unlimited.iterates(&rows).unwrap();
        let mut last = 0.0;
        let mut seen = 0;
        while let Some(step) = iterates.next() {
            seen += 1;
            assert_eq!(step.iteration, seen);
            assert!(step.objective < last + 1e-9, "step {seen}: {} after {last}", step.objective);
            assert!(step.violation >= params.tolerance);
            assert_ne!(step.moved[0], step.moved[1]);
            last = step.objective;
            // some before variables are left out for the first time, at 300, and one after
            if [1, 2, 17, 100, 350].contains(&seen) {
                let max_iterations = Some(seen);
                let cut_off = fit(&rows, &SvcParams { max_iterations, ..params.clone() });
                let state = iterates.fitted().unwrap();
                assert_eq!(state, cut_off);
                assert!(!state.converged);
                let there = objective(&rows, &state);
                close(&format!("objective at {seen}"), step.objective, there, 1e-5 * there.abs());
            }
        }
        reached += u32::from(seen > 350);
        let whole = fit(&rows, &params);
        assert_eq!((iterates.fitted().unwrap(), whole.iterations), (whole.clone(), seen));
        assert!(whole.converged);
    }
    assert!(reached > 0, "no fit was long enough to leave variables out");
}

#[test]
fn a_linear_kernel_has_coefficients() {
    let rows = rows(300, 2);
    let params = SvcParams { kernel: SvcKernel::Linear, ..SvcParams::default() };
    let fitted = fit(&rows, &params);
    let (encoder, scaler) = (rows.records.encoder(), rows.records.scaler());
    let weights = fitted.coefficients(encoder, scaler).unwrap();
    let k = kernel_matrix(&rows, Kernel::Linear);
    let beta = signed_alpha(&rows, &fitted);
    let decisions = fitted.decision_function(&rows.records);
    for ((record, k), decision) in rows.records.to_dense().rows().into_iter().zip(k).zip(decisions)
    {
        let primal = record.iter().zip(&weights).map(|(z, w)| z * w).sum::<f64>();
        let dual = k.iter().zip(&beta).map(|(k, b)| k * b).sum::<f64>();
        close("by columns", fitted.intercept + primal, decision, 1e-9);
        close("by rows", fitted.intercept + dual, decision, 1e-9);
    }
    let rbf = fit(&rows, &SvcParams::default());
    assert_eq!(rbf.coefficients(encoder, scaler), None);
}

#[test]
fn a_heavier_class_is_predicted_more_often() {
    let rows = rows(400, 1);
    let positive = |positive: f64| {
        let class_weight = ClassWeight::Given { negative: 1.0, positive };
        let fitted = fit(&rows, &SvcParams { class_weight, ..SvcParams::default() });
        fitted.decision_function(&rows.records).iter().filter(|&&d| d >= 0.0).count()
    };
    let counts = [0.2, 1.0, 5.0].map(positive);
    assert!(counts.is_sorted() && counts[0] < counts[2], "{counts:?}");
}

#[test]
fn progress_counts_steps_of_all_fits() {
    let rows = rows(400, 1);
    let told = |max_iterations| {
        let params = SvcParams {
            kernel: SvcKernel::Linear,
            c: 100.0,
            max_iterations,
            probability: true,
            ..SvcParams::default()
        };
        let mut heard = Vec::new();
        let valid = SupportVectors::new(params).check().unwrap();
        valid.fit_with_progress(&rows, &mut |done, total| heard.push((done, total))).unwrap();
        heard
    };
    let heard = told(Some(2_000));
    let expected: Vec<(u32, u32)> = (1..=12).map(|k| (k * 1_000, 12_000)).collect();
    assert_eq!(heard, expected);
    let heard = told(None);
    assert!(heard.len() > 12 && heard.is_sorted(), "{heard:?}");
    assert!(heard.iter().all(|&(_, total)| total == 0), "the end is not known");
}

#[test]
fn settings_out_of_range_are_named() {
    let check = |params: SvcParams, code: &str, field: &str, says: &str| {
        let error = SupportVectors::new(params).check().unwrap_err();
        assert_eq!((error.code(), error.field()), (code, Some(field)));
        assert_eq!(error.to_string(), says);
    };
    let default = SvcParams::default;
    let says = "C is 0; allowed: a finite number above 0";
    check(SvcParams { c: 0.0, ..default() }, "param_c", "C", says);
    let says = "tol is NaN; allowed: a finite number above 0";
    check(SvcParams { tolerance: f64::NAN, ..default() }, "param_tol", "tol", says);
    let says = "max_iter is 0; allowed: 1 or more, or no limit";
    check(SvcParams { max_iterations: Some(0), ..default() }, "param_max_iter", "max_iter", says);
    let kernel = SvcKernel::Rbf { gamma: Gamma::Value(-1.0) };
    let says = "gamma is -1; allowed: scale, auto or a finite number above 0";
    check(SvcParams { kernel, ..default() }, "param_gamma", "gamma", says);
    let kernel = SvcKernel::Sigmoid { gamma: Gamma::Auto, coef0: f64::INFINITY };
    let says = "coef0 is inf; allowed: a finite number";
    check(SvcParams { kernel, ..default() }, "param_coef0", "coef0", says);
    let class_weight = ClassWeight::Given { negative: 1.0, positive: 0.0 };
    let says = "class_weight is 1 and 0; allowed: finite numbers above 0";
    check(SvcParams { class_weight, ..default() }, "param_class_weight", "class_weight", says);
}

#[test]
fn rows_that_cannot_be_learnt_are_named() {
    let rows = rows(50, 1);
    let valid = SupportVectors::new(SvcParams::default()).check().unwrap();
    let with = |labels: Vec<bool>| {
        valid.fit(&DatasetBase::new(rows.records.clone(), Array1::from_vec(labels))).unwrap_err()
    };
    let error = with(vec![true; 49]);
    assert_eq!(error.to_string(), "49 labels for 50 rows; one label a row is needed");
    for label in [true, false] {
        let error = with(vec![label; 50]);
        let says = format!("every one of the 50 labels is {label}; both classes are needed");
        assert_eq!((error.code(), error.to_string()), ("one_class", says));
    }
}

/// The widest settings end in a model or in words.
#[test]
fn absurd_settings_end_without_a_panic() {
    let rows = rows(60, 1);
    let most = Some(500);
    for c in [f64::MIN_POSITIVE, 1e-200, 1e150, f64::MAX] {
        for kernel in [
            SvcKernel::Linear,
            SvcKernel::Rbf { gamma: Gamma::Value(1e300) },
            SvcKernel::Rbf { gamma: Gamma::Value(1e-300) },
            SvcKernel::Poly { gamma: Gamma::Value(1e3), degree: 400, coef0: 1e9 },
            SvcKernel::Poly { gamma: Gamma::Auto, degree: 0, coef0: 0.0 },
            SvcKernel::Sigmoid { gamma: Gamma::Value(1e9), coef0: -1.0 },
        ] {
            let params = SvcParams {
                c,
                kernel,
                max_iterations: most,
                probability: true,
                ..SvcParams::default()
            };
            match SupportVectors::new(params).fit(&rows) {
                Ok(fitted) => assert!(fitted.intercept.is_finite(), "{kernel:?}, C {c}"),
                Err(SvcError::NotFinite { .. }) => {}
                Err(error) => panic!("{kernel:?}, C {c}: {error}"),
            }
        }
    }
}

/// Two rows, one column, no number, no level: the smallest there is.
#[test]
fn odd_shapes_are_learnt() {
    let check = |keep: &[&str], split: Split| {
        let mut dataset: Dataset = customers();
        dataset.columns.retain(|c| c.name == "Churn" || keep.contains(&c.name.as_str()));
        let params = ModelParams::Svc(SvcParams { probability: true, ..SvcParams::default() });
        let trained = train::fit(&dataset, &params, &split, &mut |_, _| {}).unwrap();
        assert!(trained.converged, "{keep:?}");
    };
    check(&["Contract", "Partner"], Split::default());
    check(&["tenure", "price"], Split::default());
    check(&["Plan"], Split::default());
    let labels = customers().labels().unwrap();
    let first = |class| labels.iter().position(|&label| label == class).unwrap() as u32;
    let split = Split::Rows { train: vec![first(true), first(false)], test: vec![399] };
    check(&["Contract", "tenure"], split);
}

/// A model from the storage that lost a part says nothing instead of something wrong.
#[test]
fn a_broken_model_has_no_decision() {
    let rows = rows(80, 1);
    let whole = fit(&rows, &SvcParams::default());
    let none = |spoil: &dyn Fn(&mut FittedSvc)| {
        let mut broken = whole.clone();
        spoil(&mut broken);
        assert!(broken.decision_function(&rows.records).iter().all(|d| d.is_nan()));
        assert!(broken.probability(f64::NAN).is_nan());
    };
    none(&|f| f.numbers.truncate(3));
    none(&|f| f.level_columns.truncate(3));
    none(&|f| f.level_columns[0] = 9_999);
    none(&|f| f.dual_coefficients.truncate(3));
}

//! What holds of trees, forests, boosting, naive Bayes, neighbours and the baseline without any
//! reference.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::compute::codec;
use churn_lab::features::{FeatureMatrix, FeaturePipeline, FeatureSpace, StandardScaler};
use churn_lab::models::estimator::{Estimator, Family, Probabilities};
use churn_lab::models::trees::Trees;
use churn_lab::models::{
    BaselineParams, BoostingParams, ClassWeight, Criterion, FitError, FittedModel, FittedTree,
    ForestParams, KnnParams, KnnWeights, MaxFeatures, ModelParams, NaiveBayesKind,
    NaiveBayesParams, Split, TreeParams, train,
};
use linfa::dataset::DatasetBase;
use linfa::param_guard::ParamGuard;
use linfa::traits::{Fit, PredictInplace};
use ndarray::Array1;
use support::customers::customers;
use support::{close, telco::telco};

type Rows = DatasetBase<FeatureMatrix, Array1<bool>>;

fn rows(n: u32) -> Rows {
    let dataset = customers();
    let listed: Vec<u32> = (0..n).collect();
    let pipeline = FeaturePipeline::fit(FeatureSpace::of(&dataset), &dataset, &listed).unwrap();
    let labels = dataset.labels().unwrap()[..n as usize].to_vec();
    DatasetBase::new(pipeline.transform(&dataset, &listed).unwrap(), Array1::from_vec(labels))
}

/// One column, `tenure`, with these numbers, unscaled.
fn one_number(numbers: &[f64], labels: &[bool]) -> Rows {
    let mut dataset = customers();
    dataset.columns.retain(|column| column.name == "tenure");
    let space = FeatureSpace::of(&dataset);
    let encoder = churn_lab::features::OneHotEncoder::of(&space);
    let scaler = StandardScaler { mean: vec![0.0], scale: vec![1.0] };
    let matrix =
        FeatureMatrix::of_rows(&encoder, &scaler, vec![], numbers.to_vec(), numbers.len()).unwrap();
    DatasetBase::new(matrix, Array1::from_vec(labels.to_vec()))
}

fn fit<P: Family + Clone>(rows: &Rows, params: &P) -> P::Fitted {
    Estimator::new(params.clone()).fit(rows).map_err(|error| error.to_string()).unwrap()
}

#[track_caller]
fn refused<P: Family>(params: P, name: &str, says: &str) {
    let Err(error) = Estimator::new(params).check() else { panic!("{name} is not refused") };
    assert_eq!((error.code(), error.field()), ("bad_param", Some(name)), "{error}");
    assert_eq!(error.to_string(), says);
}

#[test]
fn settings_out_of_range_are_refused_by_name() {
    let tree = TreeParams::default;
    let depth = TreeParams { max_depth: Some(0), ..tree() };
    refused(depth, "max_depth", "max_depth is 0; allowed: 1 or more, or no limit");
    let split = TreeParams { min_samples_split: 1, ..tree() };
    refused(split, "min_samples_split", "min_samples_split is 1; allowed: 2 or more");
    let leaf = TreeParams { min_samples_leaf: 0, ..tree() };
    refused(leaf.clone(), "min_samples_leaf", "min_samples_leaf is 0; allowed: 1 or more");
    for (max_features, says) in [
        (MaxFeatures::Count(0), "max_features is 0; allowed: 1 or more"),
        (MaxFeatures::Share(1.5), "max_features is 1.5; allowed: above 0 and at most 1"),
        (MaxFeatures::Share(f64::NAN), "max_features is NaN; allowed: above 0 and at most 1"),
    ] {
        refused(TreeParams { max_features, ..tree() }, "max_features", says);
    }
    let class_weight = ClassWeight::Given { negative: 1.0, positive: -1.0 };
    let says = "class_weight is 1 and -1; allowed: finite numbers above 0";
    refused(TreeParams { class_weight, ..tree() }, "class_weight", says);
    for n_estimators in [0, 1_001] {
        let says = format!("n_estimators is {n_estimators}; allowed: 1 to 1000 trees");
        refused(ForestParams { n_estimators, ..ForestParams::default() }, "n_estimators", &says);
    }
    let forest = ForestParams { trees: leaf, ..ForestParams::default() };
    refused(forest, "min_samples_leaf", "min_samples_leaf is 0; allowed: 1 or more");

    let boosting = BoostingParams::default;
    for learning_rate in [0.0, f64::INFINITY] {
        let shown = if learning_rate == 0.0 { "0" } else { "inf" };
        let says = format!("learning_rate is {shown}; allowed: a finite number above 0");
        refused(BoostingParams { learning_rate, ..boosting() }, "learning_rate", &says);
    }
    let says = "max_iter is 2001; allowed: 1 to 2000 trees";
    refused(BoostingParams { max_iter: 2_001, ..boosting() }, "max_iter", says);
    let says = "max_leaf_nodes is 1; allowed: 2 or more, or no limit";
    refused(BoostingParams { max_leaf_nodes: Some(1), ..boosting() }, "max_leaf_nodes", says);
    let says = "max_depth is 0; allowed: 1 or more, or no limit";
    refused(BoostingParams { max_depth: Some(0), ..boosting() }, "max_depth", says);
    let says = "min_samples_leaf is 0; allowed: 1 or more";
    refused(BoostingParams { min_samples_leaf: 0, ..boosting() }, "min_samples_leaf", says);
    let says = "l2_regularization is -1; allowed: a finite number from 0";
    refused(BoostingParams { l2_regularization: -1.0, ..boosting() }, "l2_regularization", says);
    let says = "max_bins is 256; allowed: 2 to 255";
    refused(BoostingParams { max_bins: 256, ..boosting() }, "max_bins", says);

    let bayes = NaiveBayesParams::default;
    let says = "alpha is 0; allowed: a finite number above 0";
    refused(NaiveBayesParams { alpha: 0.0, ..bayes() }, "alpha", says);
    let says = "var_smoothing is -1; allowed: a finite number from 0";
    refused(NaiveBayesParams { var_smoothing: -1.0, ..bayes() }, "var_smoothing", says);
    let none = KnnParams { n_neighbors: 0, ..KnnParams::default() };
    refused(none, "n_neighbors", "n_neighbors is 0; allowed: 1 or more");
}

#[test]
fn more_neighbours_than_rows_are_refused() {
    let params = KnnParams { n_neighbors: 301, ..KnnParams::default() };
    let params = ModelParams::Knn(params);
    let error = train::fit(&customers(), &params, &Split::default(), &mut |_, _| {}).unwrap_err();
    let says = "n_neighbors is 301; allowed: 1 to 300, the training rows";
    assert_eq!((error.code(), error.to_string().as_str()), ("bad_param", says));
}

#[test]
fn rows_that_teach_nothing_are_refused() {
    let mut few = rows(20);
    few.targets = Array1::from_elem(20, true);
    let error = Estimator::new(BaselineParams {}).fit(&few).unwrap_err();
    assert!(matches!(error, FitError::OneClass { label: true, n_samples: 20 }), "{error}");
    few.targets = Array1::from_elem(19, true);
    let error = Estimator::new(TreeParams::default()).fit(&few).unwrap_err();
    assert!(matches!(error, FitError::LabelCount { n_labels: 19, n_samples: 20 }), "{error}");
}

/// 1 2 | 3 4 by hand: the impurity ½ falls to 0 at 2.5, where no other cut is as good.
#[test]
fn a_stump_cuts_in_the_middle() {
    let rows = one_number(&[1.0, 2.0, 3.0, 4.0], &[false, false, true, true]);
    for criterion in [Criterion::Gini, Criterion::Entropy] {
        let fitted: FittedTree = fit(&rows, &TreeParams { criterion, ..TreeParams::default() });
        assert_eq!((fitted.trees.n_nodes(), fitted.trees.n_leaves()), (3, 2));
        let asked = one_number(&[2.5, 2.500_001, f64::NAN, -1e300, 1e300], &[true; 5]);
        let p = fitted.probabilities(&asked.records);
        assert_eq!((p[0], p[1], p[3], p[4]), (0.0, 1.0, 0.0, 1.0));
        assert!(p[2].is_nan());
    }
}

/// scikit-learn cuts between numbers only where they differ by more than 1e-7 in single precision.
#[test]
fn numbers_that_hardly_differ_are_not_parted() {
    let (low, high) = (0.1, 0.1 + 5e-8);
    assert_ne!(low as f32, high as f32);
    for (numbers, labels, p) in [
        ([low, high, low, high], [false, true, false, true], [0.5; 4]),
        ([low, high, 0.9, 0.9], [false, true, true, true], [0.5, 0.5, 1.0, 1.0]),
    ] {
        let rows = one_number(&numbers, &labels);
        let fitted: FittedTree = fit(&rows, &TreeParams::default());
        assert_eq!(fitted.probabilities(&rows.records), p);
    }
}

#[test]
fn limits_of_a_tree_hold() {
    let rows = rows(400);
    let tree = TreeParams::default;
    let leaves = |params: &TreeParams| fit(&rows, params).trees.n_leaves();
    let whole = leaves(&tree());
    assert!(whole > 50, "{whole}");
    assert!(leaves(&TreeParams { max_depth: Some(3), ..tree() }) <= 8);
    assert_eq!(leaves(&TreeParams { max_depth: Some(1), ..tree() }), 2);
    assert!(leaves(&TreeParams { min_samples_leaf: 40, ..tree() }) <= 10);
    assert_eq!(leaves(&TreeParams { min_samples_leaf: 201, ..tree() }), 1);
    assert_eq!(leaves(&TreeParams { min_samples_split: 401, ..tree() }), 1);
}

/// A leaf's share is that of its rows, so the mean over the training rows is that of the labels.
#[test]
fn a_tree_is_calibrated_in_training() {
    let rows = rows(400);
    let positives = rows.targets.iter().filter(|&&label| label).count() as f64;
    for max_depth in [Some(2), Some(6), None] {
        let fitted = fit(&rows, &TreeParams { max_depth, ..TreeParams::default() });
        let sum: f64 = fitted.probabilities(&rows.records).iter().sum();
        close("sum", sum, positives, 1e-9);
    }
}

#[test]
fn a_weightier_class_is_found_more_often() {
    let rows = rows(400);
    let found = |positive: f64, of: &dyn Fn(ClassWeight) -> Vec<f64>| {
        let p = of(ClassWeight::Given { negative: 1.0, positive });
        p.iter().filter(|&&p| p > 0.5).count()
    };
    let tree = |class_weight| {
        let params = TreeParams { class_weight, max_depth: Some(3), ..TreeParams::default() };
        fit(&rows, &params).probabilities(&rows.records)
    };
    let boosting = |class_weight| {
        let params = BoostingParams { class_weight, max_iter: 10, ..BoostingParams::default() };
        fit(&rows, &params).probabilities(&rows.records)
    };
    let forest = |class_weight| {
        let trees =
            TreeParams { class_weight, max_depth: Some(3), ..ForestParams::default().trees };
        let params = ForestParams { n_estimators: 10, bootstrap: true, trees };
        fit(&rows, &params).probabilities(&rows.records)
    };
    for of in [&tree as &dyn Fn(ClassWeight) -> Vec<f64>, &boosting, &forest] {
        let counts = [0.2, 1.0, 5.0].map(|weight| found(weight, of));
        assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
    }
}

#[test]
fn a_forest_without_chance_is_one_tree_many_times() {
    let rows = rows(400);
    let trees = TreeParams { max_depth: Some(4), ..TreeParams::default() };
    let tree = fit(&rows, &trees).probabilities(&rows.records);
    let forest = ForestParams { n_estimators: 8, bootstrap: false, trees };
    for (p, e) in fit(&rows, &forest).probabilities(&rows.records).iter().zip(tree) {
        close("p", *p, e, 1e-15);
    }
}

#[test]
fn another_seed_grows_another_forest() {
    let rows = rows(400);
    let of = |seed| {
        let trees = TreeParams { seed, ..ForestParams::default().trees };
        fit(&rows, &ForestParams { n_estimators: 3, bootstrap: true, trees })
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

/// Each tree takes a tenth of the Newton step of its leaves, which never overshoots.
#[test]
fn the_loss_of_boosting_only_falls() {
    for dataset in [Some(customers()), telco()].into_iter().flatten() {
        for class_weight in [ClassWeight::None, ClassWeight::Balanced] {
            let params = BoostingParams { class_weight, max_iter: 40, ..BoostingParams::default() };
            let params = ModelParams::GradientBoosting(params);
            let trained = train::fit(&dataset, &params, &Split::default(), &mut |_, _| {}).unwrap();
            let FittedModel::GradientBoosting(fitted) = &trained.model else { panic!() };
            assert_eq!((fitted.losses.len(), fitted.trees.n_trees()), (41, 40));
            assert!(
                fitted.losses.is_sorted_by(|before, after| after < before),
                "{:?}",
                fitted.losses
            );
            if class_weight == ClassWeight::None {
                let last = fitted.losses.last().unwrap();
                close("loss", *last, trained.evaluation.train.log_loss, 1e-12);
            }
        }
    }
}

/// One tree on two bins by hand: p = ½, so g = ±½ and h = ¼; the leaves are −Σg/Σh = ∓2 and each tree
/// takes a tenth.
#[test]
fn one_boosted_stump_by_hand() {
    let rows = one_number(&[1.0, 1.0, 2.0, 2.0], &[false, false, true, true]);
    let params = BoostingParams { max_iter: 1, min_samples_leaf: 1, ..BoostingParams::default() };
    let fitted = fit(&rows, &params);
    let p = fitted.probabilities(&one_number(&[1.5, 1.6], &[true; 2]).records);
    for (p, log_odds) in p.iter().zip([-0.2_f64, 0.2]) {
        close("p", *p, 1.0 / (1.0 + libm::exp(-log_odds)), 1e-12);
    }
    close("loss before", fitted.losses[0], std::f64::consts::LN_2, 1e-15);
    close("loss after", fitted.losses[1], libm::log1p(libm::exp(-0.2)), 1e-12);
}

/// Distances by hand: of 0, 1, 3 and 7 the two nearest to 1.9 are 1 and 3.
#[test]
fn neighbours_by_hand() {
    let rows = one_number(&[0.0, 1.0, 3.0, 7.0], &[true, false, true, false]);
    let asked = one_number(&[1.9, 3.0, 2.0, f64::NAN], &[true; 4]);
    let fitted = fit(&rows, &KnnParams { n_neighbors: 2, weights: KnnWeights::Uniform });
    let p = fitted.probabilities(&asked.records);
    assert_eq!(p[..3], [0.5, 0.5, 0.5]);
    assert!(p[3].is_nan());
    let fitted = fit(&rows, &KnnParams { n_neighbors: 2, weights: KnnWeights::Distance });
    let p = fitted.probabilities(&asked.records);
    close("p", p[0], (1.0 / 1.1) / (1.0 / 1.1 + 1.0 / 0.9), 1e-12);
    assert_eq!(p[1], 1.0, "a row at distance 0 counts alone");
    // 1 and 3 are equally far from 2: the first one in training is nearer
    let fitted = fit(&rows, &KnnParams { n_neighbors: 1, weights: KnnWeights::Uniform });
    assert_eq!(fitted.probabilities(&asked.records)[2], 0.0);
}

/// Every row's neighbours, found by looking at the distances of all standardised columns.
#[test]
fn no_nearer_row_is_missed() {
    let rows = rows(400);
    let dense = rows.records.to_dense();
    let fitted = fit(&rows, &KnnParams { n_neighbors: 7, weights: KnnWeights::Uniform });
    for (row, p) in fitted.probabilities(&rows.records).into_iter().enumerate() {
        let square = |other: usize| {
            let pairs = dense.row(row).into_iter().zip(dense.row(other));
            pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>()
        };
        let mut order: Vec<usize> = (0..400).collect();
        order.sort_by(|&a, &b| square(a).total_cmp(&square(b)));
        let positive = order[..7].iter().filter(|&&other| rows.targets[other]).count();
        close(&format!("row {row}"), p, positive as f64 / 7.0, 1e-12);
    }
}

#[test]
fn neighbours_of_too_many_rows_are_refused() {
    let n = 50_001;
    let numbers: Vec<f64> = (0..n).map(f64::from).collect();
    let labels: Vec<bool> = (0..n).map(|row| row > 9).collect();
    let rows = one_number(&numbers, &labels);
    let error = Estimator::new(KnnParams::default()).fit(&rows).unwrap_err();
    assert_eq!(error.code(), "too_many_rows");
    assert!(error.to_string().contains("at most 50000"), "{error}");
}

/// A constant has no variance to divide by.
#[test]
fn naive_bayes_bears_constants_without_smoothing() {
    let rows = rows(200);
    for kind in [NaiveBayesKind::Categorical, NaiveBayesKind::Gaussian] {
        let params = NaiveBayesParams { kind, var_smoothing: 0.0, ..NaiveBayesParams::default() };
        let p = fit(&rows, &params).probabilities(&rows.records);
        assert!(p.iter().all(|p| (0.0..=1.0).contains(p)), "{p:?}");
    }
    let constant = one_number(&[3.0; 4], &[false, true, false, true]);
    let params = NaiveBayesParams { var_smoothing: 0.0, ..NaiveBayesParams::default() };
    let fitted = fit(&constant, &params);
    let asked = one_number(&[3.0, -1e300, f64::INFINITY], &[true; 3]);
    assert_eq!(fitted.probabilities(&asked.records), [0.5; 3]);
}

#[test]
fn linfas_predict_gives_the_probabilities() {
    let rows = rows(200);
    let fitted = fit(&rows, &NaiveBayesParams::default());
    let mut p = fitted.default_target(&rows.records);
    fitted.predict_inplace(&rows.records, &mut p);
    assert_eq!(p.to_vec(), fitted.probabilities(&rows.records));
}

#[test]
fn stored_trees_that_lead_nowhere_are_refused() {
    let rows = rows(200);
    let trees = fit(&rows, &TreeParams { max_depth: Some(3), ..TreeParams::default() }).trees;
    let whole = serde_json::to_value(&trees).unwrap();
    assert_eq!(serde_json::from_value::<Trees>(whole.clone()).unwrap(), trees);
    for (field, at, byte) in
        [("rights", 0, 0), ("rights", 0, 1), ("rights", 0, 120), ("places", 1, 99), ("sizes", 0, 1)]
    {
        let mut broken = whole.clone();
        broken[field][at] = byte.into();
        let read = serde_json::from_value::<Trees>(broken);
        assert!(read.is_err(), "{field} {at} = {byte}: {read:?}");
    }
    let bytes = codec::encode(&trees).unwrap();
    for end in 0..bytes.len() {
        assert!(codec::decode::<Trees>(&bytes[..end]).is_err(), "{end} bytes");
    }
}

/// A model is stored in the browser and crosses to workers.
#[test]
fn a_forest_of_the_real_file_weighs_less_than_a_megabyte() {
    let Some(telco) = telco() else { return };
    let params = ModelParams::RandomForest(ForestParams::default());
    let trained = train::fit(&telco, &params, &Split::default(), &mut |_, _| {}).unwrap();
    let bytes = codec::encode(&trained.model).unwrap().len();
    assert!(bytes < 1_000_000, "{bytes} bytes");
}

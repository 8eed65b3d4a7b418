//! Trees, forests, boosting, naive Bayes, neighbours and the baseline against scikit-learn.
//!
//! The values and the script that made them are in `tests/fixtures`: of a made-up table every
//! probability, of the real file counts, sums and the first twenty.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::data::Dataset;
use churn_lab::models::{
    BaselineParams, BoostingParams, ClassWeight, Criterion, FittedModel, ForestParams, KnnParams,
    KnnWeights, MaxFeatures, ModelParams, NaiveBayesKind, NaiveBayesParams, Split, Trained,
    TreeParams, train,
};
use serde_json::Value;
use support::customers::customers;
use support::{close, reference, telco::telco};

const FIXTURE: &str = include_str!("fixtures/families.json");

/// By the name in `families.py`.
fn params(name: &str) -> ModelParams {
    let tree = TreeParams::default;
    let sqrt = ForestParams::default().trees;
    match name {
        "baseline" => ModelParams::Baseline(BaselineParams {}),
        "tree" => ModelParams::DecisionTree(tree()),
        "tree_depth_5" => ModelParams::DecisionTree(TreeParams { max_depth: Some(5), ..tree() }),
        "tree_entropy" => ModelParams::DecisionTree(TreeParams {
            criterion: Criterion::Entropy,
            min_samples_leaf: 7,
            seed: 3,
            ..tree()
        }),
        "tree_log2" => ModelParams::DecisionTree(TreeParams {
            max_features: MaxFeatures::Log2,
            min_samples_split: 10,
            seed: 5,
            ..tree()
        }),
        "tree_balanced" => ModelParams::DecisionTree(TreeParams {
            max_depth: Some(4),
            class_weight: ClassWeight::Balanced,
            ..tree()
        }),
        "forest" => ModelParams::RandomForest(ForestParams::default()),
        "forest_balanced" => {
            let class_weight = ClassWeight::Balanced;
            let trees = TreeParams { class_weight, max_depth: Some(6), seed: 1, ..sqrt };
            ModelParams::RandomForest(ForestParams { n_estimators: 20, bootstrap: true, trees })
        }
        "forest_entropy" => {
            let trees = TreeParams {
                max_features: MaxFeatures::Share(0.3),
                criterion: Criterion::Entropy,
                min_samples_leaf: 3,
                seed: 2,
                ..tree()
            };
            ModelParams::RandomForest(ForestParams { n_estimators: 10, bootstrap: false, trees })
        }
        "boosting" => ModelParams::GradientBoosting(BoostingParams::default()),
        "boosting_small" => ModelParams::GradientBoosting(BoostingParams {
            learning_rate: 0.2,
            max_iter: 30,
            max_leaf_nodes: None,
            max_depth: Some(3),
            min_samples_leaf: 5,
            l2_regularization: 1.0,
            max_bins: 32,
            ..BoostingParams::default()
        }),
        "boosting_balanced" => ModelParams::GradientBoosting(BoostingParams {
            max_iter: 30,
            class_weight: ClassWeight::Balanced,
            ..BoostingParams::default()
        }),
        "bayes_gaussian" => ModelParams::NaiveBayes(NaiveBayesParams {
            kind: NaiveBayesKind::Gaussian,
            ..NaiveBayesParams::default()
        }),
        "bayes_categorical" => ModelParams::NaiveBayes(NaiveBayesParams::default()),
        "knn" => ModelParams::Knn(KnnParams::default()),
        "knn_distance" => {
            ModelParams::Knn(KnnParams { n_neighbors: 15, weights: KnnWeights::Distance })
        }
        other => panic!("{other}"),
    }
}

fn fit(dataset: &Dataset, params: &ModelParams) -> Trained {
    train::fit(dataset, params, &Split::default(), &mut |_, _| {}).unwrap()
}

/// Of the test rows.
fn probabilities(dataset: &Dataset, trained: &Trained) -> Vec<f64> {
    let test = train::rows(&Split::default(), dataset.n_rows()).unwrap().test;
    trained.model.predict(&trained.pipeline.transform(dataset, &test).unwrap()).probabilities
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

/// Every model of a table whose name begins so, each probability within the tolerance.
fn check(table: &str, dataset: &Dataset, models: &str, tolerance: f64) {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let models = fixture[table].as_object().unwrap().iter().filter(|(n, _)| n.starts_with(models));
    let mut n_models = 0;
    for (name, expected) in models {
        let trained = fit(dataset, &params(name));
        let actual = probabilities(dataset, &trained);
        for (row, (p, e)) in actual.iter().zip(numbers(&expected["probabilities"])).enumerate() {
            close(&format!("{name} of {table}, test row {row}"), *p, e, tolerance);
        }
        let what = |part: &str| format!("{part} of {name} of {table}");
        let number = |key: &str| expected[key].as_f64().unwrap();
        let sums = tolerance * actual.len() as f64;
        close(&what("sum"), actual.iter().sum(), number("sum"), sums);
        close(&what("squares"), actual.iter().map(|p| p * p).sum(), number("squares"), 2.0 * sums);
        let (train, test) = (&trained.evaluation.train, &trained.evaluation.test);
        let right = |scores: &churn_lab::evaluation::Scores| {
            f64::from(scores.confusion.tp + scores.confusion.tn)
        };
        assert_eq!(right(train), number("train_right"), "{}", what("right in training"));
        assert_eq!(right(test), number("test_right"), "{}", what("right in test"));
        close(&what("AUC"), test.roc_auc.unwrap(), number("roc_auc"), 1e-12);
        let nodes = match &trained.model {
            FittedModel::DecisionTree(fitted) => Some(fitted.trees.n_nodes()),
            FittedModel::RandomForest(fitted) => Some(fitted.trees.n_nodes()),
            _ => None,
        };
        assert_eq!(nodes.map(|n| n as u64), expected["nodes"].as_u64(), "{}", what("nodes"));
        n_models += 1;
    }
    assert!(n_models > 0, "no model of {table} was checked");
}

fn check_both(models: &str, tolerance: f64) {
    check("customers", &customers(), models, tolerance);
    if let Some(telco) = telco() {
        check("telco", &telco, models, tolerance);
    }
}

#[test]
fn the_baseline_is_scikit_learns() {
    check_both("baseline", 1e-14);
}

/// Also where splits are equally good: the columns are drawn in scikit-learn's order.
#[test]
fn trees_are_scikit_learns() {
    check_both("tree", 1e-13);
}

#[test]
fn forests_are_scikit_learns() {
    check_both("forest", 1e-14);
}

#[test]
fn boosting_is_scikit_learns() {
    check_both("boosting", 1e-12);
}

#[test]
fn naive_bayes_is_scikit_learns() {
    check_both("bayes", 1e-11);
}

/// Of a made-up table, in which no two rows are equally far.
#[test]
fn neighbours_are_scikit_learns() {
    check("customers", &customers(), "knn", 1e-12);
}

/// On the real file rows are often equally far, and scikit-learn itself gives other neighbours with
/// another algorithm: a few test rows differ by one neighbour of five.
#[test]
fn neighbours_differ_from_scikit_learns_only_in_ties() {
    let Some(telco) = telco() else { return };
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    for name in ["knn", "knn_distance"] {
        let expected = &fixture["telco"][name];
        let trained = fit(&telco, &params(name));
        let actual = probabilities(&telco, &trained);
        let number = |key: &str| expected[key].as_f64().unwrap();
        close("sum", actual.iter().sum(), number("sum"), 0.5);
        close("AUC", trained.evaluation.test.roc_auc.unwrap(), number("roc_auc"), 2e-4);
        let right = trained.evaluation.test.confusion.tp + trained.evaluation.test.confusion.tn;
        close("right", f64::from(right), number("test_right"), 1.0);
    }
}

/// The workshop's models, where the columns are the same: one-hot and standardised.
#[test]
fn the_workshops_models_come_out() {
    let (Some(telco), Some(reference)) = (telco(), reference("svc_grid")) else { return };
    let others = reference["other_models"].as_array().unwrap();
    let check = |model: &str, name: &str, tolerance: f64| {
        let found = others.iter().find(|other| other["model"].as_str().unwrap().contains(model));
        let expected = found.expect(model);
        let trained = fit(&telco, &params(name));
        let test = &trained.evaluation.test;
        let number = |key: &str| expected[key].as_f64().unwrap();
        close(name, test.accuracy, number("test_accuracy"), tolerance);
        close(name, test.roc_auc.unwrap(), number("test_roc_auc"), tolerance);
        let probabilities = probabilities(&telco, &trained);
        for (p, e) in probabilities.iter().zip(numbers(&expected["test_prob_first20"])) {
            if tolerance < 1e-6 {
                close(name, *p, e, 1e-11);
            }
        }
    };
    check("random_state=0, on one-hot + standardised", "forest", 1e-12);
    check("GaussianNB on one-hot + standardised", "bayes_gaussian", 1e-12);
    check("naive Bayes: categorical (add-one) x Gaussian", "bayes_categorical", 1e-12);
    // another encoding of the levels: theirs are subsets, ours one against the rest
    check("categorical_features given", "boosting", 0.01);
}

//! The model as a whole: against the numbers of scikit-learn and SHAP on the real file, and what holds
//! of them anyway.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;
#[path = "support/whole.rs"]
mod whole;

use churn_lab::data::Dataset;
use churn_lab::data::split::some_rows;
use churn_lab::explain::whole::{
    AverageParams, Condition, DependenceParams, ImportanceParams, ImportanceScore,
    InteractionsParams, PairParams, Scale, ShareScale, SummaryParams, SurrogateParams,
    effects::dependence, importance::permutation, interaction::interactions, pairs::pair,
    summary::summary, surrogate::surrogate,
};
use churn_lab::explain::{
    ExplainCache, ExplainError, ExplainableModel, FeatureCount, LimeParams, ShapleyMethod,
    ShapleyParams,
};
use churn_lab::models::{
    BoostingParams, ForestParams, KnnParams, LogisticParams, ModelParams, NaiveBayesParams,
    SvcKernel, SvcParams, TreeParams, train,
};
use explainable::numbers_of;
use support::close;
use support::customers::{customers, encoded};
use whole::{fitted, logistic, real, records, rows_of};

fn imported(
    model: &ExplainableModel,
    dataset: &Dataset,
    params: &ImportanceParams,
) -> churn_lab::explain::whole::Importance {
    let rows = rows_of(dataset).test;
    let labels = train::labels_of(dataset, &rows).unwrap();
    let matrix = model.model.pipeline.transform(dataset, &rows).unwrap();
    permutation(&model.model, &matrix, &labels, params, &mut |_, _| {}).unwrap()
}

#[test]
fn importance_on_the_real_file_is_scikit_learns_draw_for_draw() {
    let Some((dataset, model, metrics)) = real() else { return };
    for (score, name) in [
        (ImportanceScore::Accuracy, "accuracy"),
        (ImportanceScore::RocAuc, "roc_auc"),
        (ImportanceScore::LogLoss, "neg_log_loss"),
    ] {
        let params = ImportanceParams { score, seed: 0, ..ImportanceParams::default() };
        let found = imported(&model, &dataset, &params);
        let expected = &metrics["permutation_importance_test"][name];
        let (means, stds) = (numbers_of(&expected["mean"]), numbers_of(&expected["std_ddof0"]));
        assert_eq!(found.features.len(), 19);
        let ddof0 = (29.0_f64 / 30.0).sqrt();
        for ((feature, mean), std) in found.features.iter().zip(means).zip(stds) {
            let what = format!("{name} of {}", feature.feature);
            close(&what, feature.mean, mean, 1e-12);
            close(&what, feature.std * ddof0, std, 1e-12);
            assert!(feature.low <= feature.mean && feature.mean <= feature.high, "{what}");
        }
    }
}

#[test]
fn mean_shapley_values_on_the_real_file_are_those_of_shap() {
    let Some((dataset, model, metrics)) = real() else { return };
    let records = records(&model, &dataset, &rows_of(&dataset).test);
    let found = summary(&model.model, &records, &[], &SummaryParams::default(), &mut |_, _| {});
    let found = found.unwrap();
    assert_eq!((found.scale, found.method), (ShareScale::LogOdds, ShapleyMethod::Linear));
    assert_eq!(found.rows, 1_758);
    let expected = numbers_of(&metrics["mean_abs_shap_log_odds_test"]);
    for (feature, expected) in found.features.iter().zip(expected) {
        close(&feature.feature, feature.mean_abs, expected, 1e-9);
    }
}

#[test]
fn a_feature_of_one_level_moves_nothing() {
    let dataset = customers();
    for params in [
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 10, ..ForestParams::default() }),
        ModelParams::NaiveBayes(NaiveBayesParams::default()),
        ModelParams::Knn(KnnParams::default()),
    ] {
        let model = fitted(&dataset, params);
        let of = |score| {
            let params = ImportanceParams { score, repeats: 5, ..ImportanceParams::default() };
            imported(&model, &dataset, &params).features[3].clone()
        };
        for score in [ImportanceScore::Accuracy, ImportanceScore::RocAuc, ImportanceScore::LogLoss]
        {
            let plan = of(score);
            assert_eq!((plan.feature.as_str(), plan.mean, plan.std), ("Plan", 0.0, 0.0));
        }
        let records = records(&model, &dataset, &rows_of(&dataset).train[..40]);
        let found =
            interactions(&model.model, &records, &InteractionsParams::default(), &mut |_, _| {});
        for pair in found.unwrap().pairs.iter().filter(|p| p.features.contains(&"Plan".to_owned()))
        {
            assert!(pair.size < 1e-12 && pair.h < 1e-3, "{pair:?}");
        }
    }
}

#[test]
fn the_order_of_the_columns_changes_nothing() {
    let dataset = customers();
    let mut turned = dataset.clone();
    turned.columns[..5].reverse();
    let (one, other) = (logistic(&dataset), logistic(&turned));
    let params = ImportanceParams { repeats: 4, ..ImportanceParams::default() };
    let (here, there) = (imported(&one, &dataset, &params), imported(&other, &turned, &params));
    for (here, there) in here.features.iter().zip(there.features.iter().rev()) {
        assert_eq!(here, there);
    }
    let train = rows_of(&dataset).train;
    let ask = |model: &ExplainableModel, dataset: &Dataset| {
        let records = records(model, dataset, &train[..40]);
        let params = InteractionsParams::default();
        interactions(&model.model, &records, &params, &mut |_, _| {}).unwrap().pairs
    };
    let (here, there) = (ask(&one, &dataset), ask(&other, &turned));
    for pair in &here {
        let [a, b] = &pair.features;
        let same =
            |p: &&churn_lab::explain::whole::PairStrength| p.features == [b.clone(), a.clone()];
        close("H", there.iter().find(same).unwrap().h, pair.h, 1e-9);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_others() {
    let dataset = customers();
    let model = logistic(&dataset);
    let ask = |seed| {
        imported(&model, &dataset, &ImportanceParams { seed, ..ImportanceParams::default() })
            .features
    };
    assert_eq!(ask(7), ask(7));
    assert_ne!(ask(7), ask(8));
    let rows: Vec<u32> = (0..100).collect();
    assert_eq!(some_rows(&rows, 10, 3), some_rows(&rows, 10, 3));
    assert_ne!(some_rows(&rows, 10, 3), some_rows(&rows, 10, 4));
    assert_eq!(some_rows(&rows, 100, 3), rows);
}

#[test]
fn shapley_values_of_every_family_are_those_of_one_row() {
    let dataset = customers();
    let linear = SvcParams { kernel: SvcKernel::Linear, ..SvcParams::default() };
    for (params, scale, method) in [
        (ModelParams::Svc(linear), ShareScale::Decision, ShapleyMethod::Linear),
        (
            ModelParams::DecisionTree(TreeParams::default()),
            ShareScale::Probability,
            ShapleyMethod::Trees,
        ),
        (
            ModelParams::GradientBoosting(BoostingParams {
                max_iter: 10,
                ..BoostingParams::default()
            }),
            ShareScale::LogOdds,
            ShapleyMethod::Trees,
        ),
        (
            ModelParams::Knn(KnnParams::default()),
            ShareScale::Probability,
            ShapleyMethod::Permutations,
        ),
    ] {
        let model = fitted(&dataset, params);
        let rows = rows_of(&dataset);
        let few = records(&model, &dataset, &rows.test[..6]);
        let background = records(&model, &dataset, &rows.train[..9]);
        let ask = SummaryParams { permutations: 2_000, ..SummaryParams::default() };
        let found = summary(&model.model, &few, &background, &ask, &mut |_, _| {}).unwrap();
        assert_eq!((found.scale, found.method, found.rows), (scale, method, 6));
        for (at, record) in few.iter().enumerate() {
            let one = model
                .shapley(record, &background, &ShapleyParams::default(), &mut |_, _| {})
                .unwrap();
            let (own, tolerance) = match (scale, method) {
                (ShareScale::Decision, _) => (model.model.linear_terms(record).unwrap().terms, 0.0),
                (ShareScale::LogOdds, _) => {
                    (one.log_odds.unwrap().values.iter().map(|v| v.value).collect(), 0.0)
                }
                (_, ShapleyMethod::Trees) => {
                    (one.probability.values.iter().map(|v| v.value).collect(), 0.0)
                }
                _ => (one.probability.values.iter().map(|v| v.value).collect(), 0.02),
            };
            for (feature, own) in found.features.iter().zip(own) {
                close(&feature.feature, feature.values[at], own, tolerance);
            }
        }
        for feature in &found.features {
            let mean = feature.values.iter().map(|v| v.abs()).sum::<f64>() / 6.0;
            close(&feature.feature, feature.mean_abs, mean, 1e-15);
        }
    }
}

#[test]
fn average_lime_is_the_average_of_explanations() {
    let dataset = customers();
    let model = logistic(&dataset);
    let few = records(&model, &dataset, &rows_of(&dataset).test[..7]);
    let params = AverageParams { samples: 500, ..AverageParams::default() };
    let found = ExplainCache::default().average(&model, &few, &params, &mut |_, _| {}).unwrap();
    let lime = LimeParams { samples: 500, features: FeatureCount::All, seed: 42 };
    let all: Vec<_> = few.iter().map(|record| model.explain(record, &lime).unwrap()).collect();
    for feature in &found.features {
        let weights: Vec<f64> = all
            .iter()
            .map(|e| e.contributions.iter().find(|c| c.feature == feature.feature).unwrap().weight)
            .collect();
        close("mean", feature.mean, weights.iter().sum::<f64>() / 7.0, 1e-15);
        close("abs", feature.mean_abs, weights.iter().map(|w| w.abs()).sum::<f64>() / 7.0, 1e-15);
        let positive = weights.iter().filter(|w| **w > 0.0).count() as f64 / 7.0;
        close("signs", feature.positive, positive, 0.0);
    }
    close("r²", found.mean_r2, all.iter().map(|e| e.r2).sum::<f64>() / 7.0, 1e-12);
}

#[test]
fn a_surrogate_of_a_small_tree_is_that_tree() {
    let dataset = customers();
    let tree = TreeParams { max_depth: Some(2), ..TreeParams::default() };
    let model = fitted(&dataset, ModelParams::DecisionTree(tree));
    let rows = rows_of(&dataset);
    let matrix = |rows: &[u32]| model.model.pipeline.transform(&dataset, rows).unwrap();
    let (train, test) = (matrix(&rows.train), matrix(&rows.test));
    let params = SurrogateParams { least: 1, ..SurrogateParams::default() };
    let found = surrogate(&model.model, &train, &test, &params).unwrap();
    assert_eq!((found.train.same_class, found.test.same_class), (1.0, 1.0));
    assert_eq!(found.rules.iter().map(|rule| rule.rows).sum::<u32>() as usize, rows.train.len());
    // every rule holds for as many rows as it says, read again from its conditions
    for rule in &found.rules {
        let holds = |&&row: &&u32| {
            let record = dataset.record(row as usize).unwrap();
            rule.conditions.iter().all(|condition| match condition {
                Condition::Is { feature, level } => record[feature].to_string() == *level,
                Condition::IsNot { feature, levels } => {
                    !levels.contains(&record[feature].to_string())
                }
                Condition::Between { feature, above, at_most, .. } => {
                    let number: f64 = record[feature].to_string().parse().unwrap();
                    above.is_none_or(|end| number > end) && at_most.is_none_or(|end| number <= end)
                }
            })
        };
        let own: Vec<u32> = rows.train.iter().filter(holds).copied().collect();
        assert_eq!(own.len(), rule.rows as usize, "{rule:?}");
        let all = model.model.predict_proba(encoded(&dataset, &model.model).view());
        let mean = own.iter().map(|&row| all[row as usize]).sum::<f64>() / own.len() as f64;
        close("a rule's probability", rule.probability, mean, 1e-12);
    }
    // of a model with one answer it is one leaf, right by itself
    let baseline = fitted(&dataset, ModelParams::Baseline(Default::default()));
    let found = surrogate(&baseline.model, &train, &test, &params).unwrap();
    assert_eq!((found.rules.len(), found.test.same_class, found.test.r2), (1, 1.0, None));
    assert!(found.rules[0].conditions.is_empty());
}

#[test]
fn what_is_out_of_range_is_refused_with_its_name() {
    let dataset = customers();
    let model = logistic(&dataset);
    let few = records(&model, &dataset, &[0, 1, 2]);
    let code = |error: ExplainError| error.code();
    let refused = ImportanceParams { repeats: 1, ..ImportanceParams::default() };
    assert_eq!(refused.check().map_err(code), Err("out_of_range"));
    let unknown = dependence(&model.model, &few, &DependenceParams::of("colour"));
    assert_eq!(unknown.map_err(code).err(), Some("unknown_field"));
    let twice = pair(&model.model, &few, &PairParams::of("price", "price"), &mut |_, _| {});
    assert_eq!(twice.map_err(code).err(), Some("same_feature"));
    let knn = fitted(&dataset, ModelParams::Knn(KnnParams::default()));
    let odds = DependenceParams { scale: Scale::LogOdds, ..DependenceParams::of("price") };
    assert_eq!(dependence(&knn.model, &few, &odds).map_err(code).err(), Some("no_log_odds"));
    let none = dependence(&model.model, &[], &DependenceParams::of("price"));
    assert_eq!(none.map_err(code).err(), Some("no_background"));
    assert!(matches!(
        summary(&knn.model, &few, &[], &SummaryParams::default(), &mut |_, _| {}),
        Err(ExplainError::NoBackground)
    ));
}

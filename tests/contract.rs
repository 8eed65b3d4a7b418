//! What every model family must keep.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::compute::codec;
use churn_lab::data::{Dataset, TrainTest};
use churn_lab::models::catalogue::Family;
use churn_lab::models::{
    BaselineParams, BoostingParams, ClassWeight, ElasticNetParams, ForestParams, KnnParams,
    KnnWeights, LogisticCvParams, LogisticParams, ModelParams, NaiveBayesKind, NaiveBayesParams,
    Split, SvcKernel, SvcParams, TrainedModel, TreeParams, WeightedLogisticCvParams,
    WeightedLogisticParams, train,
};
use support::customers::{customers, encoded, named};
use support::{close, telco::telco};

/// Each family, with its defaults but for fewer trees. Support vectors take few steps: on the real file a last bit
/// leads a solver that is cut off later elsewhere, scikit-learn's as ours.
fn families() -> Vec<ModelParams> {
    let svc = |kernel| {
        let max_iterations = Some(100);
        let params =
            SvcParams { kernel, max_iterations, probability: true, ..SvcParams::default() };
        ModelParams::Svc(params)
    };
    vec![
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::ElasticNet(ElasticNetParams::default()),
        ModelParams::WeightedLogistic(WeightedLogisticParams {
            penalised: ElasticNetParams { l1_ratio: 0.0, ..ElasticNetParams::default() },
            class_weight: ClassWeight::Balanced,
        }),
        ModelParams::LogisticCv(LogisticCvParams::default()),
        ModelParams::WeightedLogisticCv(WeightedLogisticCvParams {
            search: LogisticCvParams::default(),
            class_weight: ClassWeight::Balanced,
        }),
        svc(SvcParams::default().kernel),
        svc(SvcKernel::Linear),
        ModelParams::Baseline(BaselineParams {}),
        ModelParams::DecisionTree(TreeParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 12, ..ForestParams::default() }),
        ModelParams::GradientBoosting(BoostingParams { max_iter: 12, ..BoostingParams::default() }),
        ModelParams::NaiveBayes(NaiveBayesParams::default()),
        ModelParams::NaiveBayes(NaiveBayesParams {
            kind: NaiveBayesKind::Gaussian,
            ..NaiveBayesParams::default()
        }),
        ModelParams::Knn(KnnParams::default()),
        ModelParams::Knn(KnnParams { n_neighbors: 15, weights: KnnWeights::Distance }),
    ]
}

fn fit(dataset: &Dataset, params: &ModelParams) -> TrainedModel {
    let split = Split::default();
    let trained = train::fit(dataset, params, &split, &mut |_, _| {}).unwrap();
    named(dataset, params, &split, trained)
}

/// Runs a contract over every family and every data set at hand.
fn every(contract: impl Fn(&Dataset, &ModelParams)) {
    for dataset in [Some(customers()), telco()].into_iter().flatten() {
        for params in families() {
            contract(&dataset, &params);
        }
    }
}

#[track_caller]
fn same_bits(actual: &[f64], expected: &[f64]) {
    assert_eq!(actual.len(), expected.len());
    for (row, (a, b)) in actual.iter().zip(expected).enumerate() {
        assert_eq!(a.to_bits(), b.to_bits(), "row {row}: {a} instead of {b}");
    }
}

#[test]
fn the_same_fit_twice_has_the_same_bits() {
    every(|dataset, params| {
        let (one, two) = (fit(dataset, params), fit(dataset, params));
        let bytes = |model: &TrainedModel| codec::encode(model).unwrap();
        assert_eq!(bytes(&one), bytes(&two), "{}", params.name());
    });
}

#[test]
fn the_order_of_columns_does_not_matter() {
    every(|dataset, params| {
        // these draw columns by their place, and of equally good splits take the first one drawn
        if let ModelParams::DecisionTree(_) | ModelParams::RandomForest(_) = params {
            return;
        }
        let mut permuted = dataset.clone();
        permuted.columns.reverse();
        permuted.columns.rotate_left(2);
        let predict = |dataset: &Dataset| {
            let model = fit(dataset, params);
            model.predict_proba(encoded(dataset, &model).view())
        };
        for (row, (a, b)) in predict(dataset).iter().zip(predict(&permuted)).enumerate() {
            close(&format!("{}, row {row}", params.name()), *a, b, 1e-10);
        }
    });
}

#[test]
fn one_class_is_refused_by_name() {
    every(|dataset, params| {
        let labels = dataset.labels().unwrap();
        for (class, name) in [(true, "Yes"), (false, "No")] {
            let (train, test): (Vec<u32>, Vec<u32>) =
                (0..dataset.n_rows() as u32).partition(|&row| labels[row as usize] == class);
            let split = Split::Rows { train, test };
            let error = train::fit(dataset, params, &split, &mut |_, _| {}).unwrap_err();
            assert_eq!(error.code(), "one_class");
            let says = format!("training rows are Churn \"{name}\"");
            assert!(error.to_string().contains(&says), "{error}");
        }
    });
}

#[test]
fn a_stored_model_predicts_the_same() {
    every(|dataset, params| {
        let model = fit(dataset, params);
        let json = serde_json::to_string(&model).unwrap();
        let bytes = codec::encode(&model).unwrap();
        let records = encoded(dataset, &model);
        let expected = model.predict_proba(records.view());
        for stored in [
            serde_json::from_str::<TrainedModel>(&json).unwrap(),
            codec::decode::<TrainedModel>(&bytes).unwrap(),
        ] {
            same_bits(&stored.predict_proba(records.view()), &expected);
            assert_eq!(stored, model);
        }
    });
}

#[test]
fn probabilities_are_probabilities() {
    every(|dataset, params| {
        let model = fit(dataset, params);
        let mut records = encoded(dataset, &model);
        let in_range = |p: f64| (0.0..=1.0).contains(&p);
        assert!(model.predict_proba(records.view()).into_iter().all(in_range));
        // far outside anything seen
        records.mapv_inplace(|number| number * 1e9 - 1e6);
        assert!(model.predict_proba(records.view()).into_iter().all(in_range));
    });
}

#[test]
fn one_record_has_the_bits_it_has_in_a_batch() {
    every(|dataset, params| {
        let model = fit(dataset, params);
        let records = encoded(dataset, &model);
        let batch = model.predict_proba(records.view());
        let mut backwards = records.view();
        backwards.invert_axis(ndarray::Axis(0));
        let columns_first = records.t().to_owned();
        let alone: Vec<f64> =
            records.rows().into_iter().map(|r| model.predict_record(&r.to_vec())).collect();
        same_bits(&alone, &batch);
        let mut turned = model.predict_proba(backwards);
        turned.reverse();
        same_bits(&turned, &batch);
        same_bits(&model.predict_proba(columns_first.t()), &batch);
    });
}

/// A level index out of range counts as the first level, as when it is decoded; a record of another
/// length or with a NaN has no probability.
#[test]
fn spoilt_records_are_no_panic() {
    every(|dataset, params| {
        let model = fit(dataset, params);
        let records = encoded(dataset, &model);
        let good = records.row(0).to_vec();
        for wild in [-1.0, 0.5, 99.0, 1e300, f64::INFINITY, f64::NEG_INFINITY] {
            let mut record = good.clone();
            record[0] = wild;
            let read = model.pipeline.space.encode(&model.pipeline.space.decode(&record));
            let Ok(read) = read else { continue };
            let expected = model.predict_record(&read);
            assert_eq!(model.predict_record(&record).to_bits(), expected.to_bits(), "{wild}");
        }
        assert!(model.predict_record(&[]).is_nan());
        assert!(model.predict_record(&good[1..]).is_nan());
        let number = dataset.features().position(|c| c.name == "tenure").unwrap();
        let mut record = good;
        record[number] = f64::NAN;
        assert!(model.predict_record(&record).is_nan());
    });
}

#[test]
fn coefficients_are_named_intercept_first() {
    every(|dataset, params| {
        let model = fit(dataset, params);
        let coefficients = model.coefficients();
        let linear = match params {
            ModelParams::Logistic(_)
            | ModelParams::ElasticNet(_)
            | ModelParams::WeightedLogistic(_)
            | ModelParams::LogisticCv(_)
            | ModelParams::WeightedLogisticCv(_) => true,
            ModelParams::Svc(params) => params.kernel == SvcKernel::Linear,
            _ => false,
        };
        if !linear {
            assert_eq!(coefficients, [], "{} is not linear", params.name());
            return;
        }
        assert_eq!(coefficients[0].0, "intercept");
        let names: Vec<&String> = coefficients[1..].iter().map(|(name, _)| name).collect();
        assert_eq!(names, model.pipeline.column_names().iter().collect::<Vec<_>>());
    });
}

#[test]
fn the_listed_rows_of_a_random_split_give_its_model() {
    every(|dataset, params| {
        let TrainTest { train, test } = train::rows(&Split::default(), dataset.n_rows()).unwrap();
        let split = Split::Rows { train, test };
        let listed = train::fit(dataset, params, &split, &mut |_, _| {}).unwrap();
        let drawn = train::fit(dataset, params, &Split::default(), &mut |_, _| {}).unwrap();
        assert_eq!(listed, drawn);
    });
}

#[test]
fn progress_only_goes_forward_and_reaches_its_end() {
    every(|dataset, params| {
        let mut heard = Vec::new();
        let split = Split::default();
        let trained = train::fit(dataset, params, &split, &mut |at, of| heard.push((at, of)));
        assert!(heard.is_sorted(), "{}: {heard:?}", params.name());
        assert!(heard.iter().all(|&(at, of)| of == 0 || at <= of), "{heard:?}");
        match params {
            // hears of every thousandth step
            ModelParams::Svc(_) => {}
            // ends before the most steps
            ModelParams::Logistic(_)
            | ModelParams::ElasticNet(_)
            | ModelParams::WeightedLogistic(_) => {
                assert_eq!(heard.last().map(|&(at, _)| at), Some(trained.unwrap().iterations));
            }
            // hears of fits
            ModelParams::LogisticCv(_) | ModelParams::WeightedLogisticCv(_) => {
                assert!(heard.last().is_some_and(|(at, of)| at == of && *of > 0), "{heard:?}");
            }
            _ => {
                let steps = trained.unwrap().iterations;
                assert_eq!(heard, (1..=steps).map(|at| (at, steps)).collect::<Vec<_>>());
            }
        }
    });
}

/// The page shows them, and a program may give them back.
#[test]
fn settings_have_distinct_names_and_the_telling_ones_are_what_a_form_shows_and_what_changed() {
    every(|_, params| {
        let settings = params.settings();
        let mut names: Vec<&str> = settings.iter().map(|setting| setting.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), settings.len(), "{settings:?}");
        let family = Family::of(Some(params.name()));
        let first = |name: &str| family.fields[..family.shown].iter().any(|f| f.name == name);
        let usual = params.usual().settings();
        let telling = params.telling_settings();
        for setting in settings {
            let tells = first(setting.name) || !usual.contains(&setting);
            assert_eq!(telling.contains(&setting), tells, "{setting:?}");
        }
    });
}

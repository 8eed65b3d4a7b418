//! One-hot columns and scaler against scikit-learn's.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::data::split::train_test_split;
use churn_lab::data::{ColumnValues, Dataset};
use churn_lab::features::{FeatureError, FeaturePipeline, FeatureSpace};
use linfa::dataset::Records;
use support::customers::customers;
use support::{close, reference, telco::telco};

fn fitted(dataset: &Dataset, rows: &[u32]) -> FeaturePipeline {
    FeaturePipeline::fit(FeatureSpace::of(dataset), dataset, rows).unwrap()
}

#[test]
fn columns_and_scaler_equal_the_reference() {
    let (Some(telco), Some(reference)) = (telco(), reference("preprocess")) else { return };
    let train = train_test_split(telco.n_rows(), 0.25, 42).unwrap().train;
    let pipeline = fitted(&telco, &train);
    let names: Vec<String> = serde_json::from_value(reference["onehot_columns"].clone()).unwrap();
    assert_eq!(pipeline.column_names(), names);
    let check = |what: &str, actual: &[f64], key: &str| {
        let expected: Vec<f64> = serde_json::from_value(reference[key].clone()).unwrap();
        assert_eq!(actual.len(), expected.len());
        for ((name, actual), expected) in names.iter().zip(actual).zip(expected) {
            close(&format!("{what} of {name}"), *actual, expected, 1e-12 * expected.abs().max(1.0));
        }
    };
    check("mean", &pipeline.scaler.mean, "train_scaler_mean_seed42");
    check("scale", &pipeline.scaler.scale, "train_scaler_scale_seed42");

    let rows: Vec<Vec<f64>> =
        serde_json::from_value(reference["first_encoded_rows"].clone()).unwrap();
    for (row, expected) in rows.iter().enumerate() {
        let record = telco.record(row).unwrap();
        assert_eq!(pipeline.space.encode(&record).unwrap(), *expected, "row {row}");
    }
}

#[test]
fn training_columns_have_mean_0_and_deviation_1() {
    let dataset = customers();
    let rows: Vec<u32> = (0..300).rev().collect();
    let pipeline = fitted(&dataset, &rows);
    let matrix = pipeline.transform(&dataset, &rows).unwrap();
    let dense = matrix.to_dense();
    assert_eq!(dense.dim(), (300, pipeline.column_names().len()));
    assert_eq!((matrix.nsamples(), matrix.nfeatures()), dense.dim());
    for (column, name) in dense.columns().into_iter().zip(pipeline.column_names()) {
        let mean = column.sum() / 300.0;
        let variance = column.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / 300.0;
        close(&format!("mean of {name}"), mean, 0.0, 1e-13);
        let expected = if name == "Plan=Basic" { 0.0 } else { 1.0 };
        close(&format!("variance of {name}"), variance, expected, 1e-12);
    }
}

#[test]
fn a_hand_made_row_lands_in_its_columns() {
    let mut dataset = customers();
    dataset.columns.retain(|column| ["Contract", "tenure"].contains(&column.name.as_str()));
    dataset.columns[0].values = ColumnValues::Levels {
        levels: vec!["a".to_owned(), "b".to_owned()],
        codes: vec![0, 1, 1, 1],
    };
    dataset.columns[1].values = ColumnValues::Numbers(vec![1.0, 3.0, 1.0, 3.0]);
    let pipeline = fitted(&dataset, &[0, 1, 2, 3]);
    assert_eq!(pipeline.column_names(), ["Contract=a", "Contract=b", "tenure"]);
    let matrix = pipeline.transform(&dataset, &[1]).unwrap();
    assert_eq!(matrix.level_columns(), [1]);
    assert_eq!(matrix.numbers(), [1.0]);
    let s = 0.1875_f64.sqrt();
    assert_eq!(matrix.to_dense().row(0).to_vec(), [-0.25 / s, 0.25 / s, 1.0]);
}

#[test]
fn levels_are_found_by_their_text() {
    let dataset = customers();
    let pipeline = fitted(&dataset, &[0, 1, 2, 3, 4, 5]);
    let mut other = customers();
    if let ColumnValues::Levels { levels, codes } = &mut other.columns[0].values {
        levels.insert(0, "Forever".to_owned());
        codes.iter_mut().for_each(|code| *code += 1);
    }
    assert_ne!(other, dataset);
    let rows: Vec<u32> = (0..400).collect();
    assert_eq!(pipeline.transform(&other, &rows), pipeline.transform(&dataset, &rows));
}

#[test]
fn refuses_what_it_cannot_turn_into_columns() {
    let dataset = customers();
    let space = FeatureSpace::of(&dataset);
    let pipeline = fitted(&dataset, &[0, 1, 2]);
    let check = |change: &dyn Fn(&mut Dataset), rows: &[u32], code: &str, says: &str| {
        let mut changed = customers();
        change(&mut changed);
        for error in [
            pipeline.transform(&changed, rows).unwrap_err(),
            FeaturePipeline::fit(space.clone(), &changed, rows).unwrap_err(),
        ] {
            assert_eq!(error.code(), code);
            assert!(error.to_string().contains(says), "{error}");
        }
    };
    check(&|_| {}, &[400], "row_out_of_range", "kept row 400");
    check(&|d| d.columns[0].name = "Term".to_owned(), &[0], "missing_column", "\"Contract\"");
    check(&|d| d.columns[1].values = d.columns[0].values.clone(), &[0], "missing_column", "tenure");
    let spoil = |to: f64| {
        move |d: &mut Dataset| {
            if let ColumnValues::Numbers(numbers) = &mut d.columns[1].values {
                numbers[7] = to;
            }
        }
    };
    check(&spoil(f64::NAN), &[7], "not_finite", "tenure of kept row 7 is NaN");
    check(&spoil(f64::INFINITY), &[7], "not_finite", "inf");
    let rename = |d: &mut Dataset| {
        if let ColumnValues::Levels { levels, .. } = &mut d.columns[2].values {
            *levels = vec!["Never".to_owned(), "Always".to_owned()];
        }
    };
    check(&rename, &[0, 1, 2], "unknown_level", "allowed: No, Yes");

    let nothing = FeatureSpace { features: Vec::new() };
    let error = FeaturePipeline::fit(nothing, &dataset, &[0]).unwrap_err();
    assert_eq!(error, FeatureError::NoFeatures);
    assert_eq!(FeaturePipeline::fit(space.clone(), &dataset, &[]), Err(FeatureError::NoRows));
}

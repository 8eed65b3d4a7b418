//! Folds of scikit-learn, draw for draw, and growing parts.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::data::TrainTest;
use churn_lab::data::split::SplitError;
use churn_lab::data::split::folds::{
    Shuffle, k_fold, repeated_stratified_k_fold, stratified_k_fold,
};
use churn_lab::data::split::growing::growing_part;
use churn_lab::numerics::random::RandomState;
use serde_json::Value;
use support::judged::{booleans, judged, numbers};

const SEED_7: Shuffle = Shuffle::Seeded { seed: 7 };

#[track_caller]
fn equal(found: &[TrainTest], expected: &Value) {
    let rows = |value: &Value| -> Vec<u32> { serde_json::from_value(value.clone()).unwrap() };
    let expected: Vec<TrainTest> = expected
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| TrainTest { train: rows(&fold["train"]), test: rows(&fold["test"]) })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn folds_are_scikit_learns() {
    let reference = judged().reference;
    let labels = booleans(&reference["fold_labels"]);
    let flipped: Vec<bool> = labels.iter().map(|label| !label).collect();
    let folds = &reference["folds"];
    equal(&k_fold(47, 5, Shuffle::No).unwrap(), &folds["kfold"]);
    equal(&k_fold(47, 4, SEED_7).unwrap(), &folds["kfold_seed7"]);
    equal(&stratified_k_fold(&labels, 5, Shuffle::No).unwrap(), &folds["stratified"]);
    equal(&stratified_k_fold(&labels, 4, SEED_7).unwrap(), &folds["stratified_seed7"]);
    let flipped = stratified_k_fold(&flipped, 4, SEED_7).unwrap();
    equal(&flipped, &folds["stratified_flipped_seed7"]);
    let repeated = repeated_stratified_k_fold(&labels, 3, 2, 9).unwrap();
    equal(&repeated, &folds["repeated_seed9"]);
}

/// 7,032 rows: sizes, sums of row numbers and the first rows of every test part.
#[test]
fn folds_of_a_large_table_are_scikit_learns() {
    let reference = judged().reference;
    let made = &reference["large_labels"];
    let mut random = RandomState::new(made["seed"].as_u64().unwrap() as u32);
    let below = made["below"].as_f64().unwrap();
    let labels: Vec<bool> = (0..7032).map(|_| random.random_sample() < below).collect();
    let shuffle = Shuffle::Seeded { seed: 42 };
    for (name, folds) in [
        ("kfold", k_fold(7032, 5, shuffle).unwrap()),
        ("stratified", stratified_k_fold(&labels, 10, shuffle).unwrap()),
    ] {
        for (fold, expected) in folds.iter().zip(reference["large_folds"][name].as_array().unwrap())
        {
            assert_eq!(fold.test.len() as u64, expected[0].as_u64().unwrap(), "{name}");
            let sum: u64 = fold.test.iter().map(|&row| u64::from(row)).sum();
            assert_eq!(sum, expected[1].as_u64().unwrap(), "{name}");
            let first: Vec<f64> = fold.test[..8].iter().map(|&row| f64::from(row)).collect();
            assert_eq!(first, numbers(&expected[2]), "{name}");
        }
    }
}

/// The folds behind the workshop's cross-validation.
#[test]
fn folds_of_the_training_rows_equal_the_reference() {
    let (Some(telco), Some(reference)) = (support::telco::telco(), support::reference("logistic"))
    else {
        return;
    };
    let split = churn_lab::data::split::train_test_split(telco.n_rows(), 0.25, 42).unwrap();
    let all = telco.labels().unwrap();
    let labels: Vec<bool> = split.train.iter().map(|&row| all[row as usize]).collect();
    let expected = reference["b_exact_optimum"]["fold_of_train_position"].as_str().unwrap();
    let mut found = vec![b'?'; labels.len()];
    for (fold, part) in (b'0'..).zip(stratified_k_fold(&labels, 5, Shuffle::No).unwrap()) {
        part.test.iter().for_each(|&row| found[row as usize] = fold);
    }
    assert_eq!(String::from_utf8(found).unwrap(), expected);
}

#[test]
fn every_row_tests_once_in_every_repeat() {
    let labels: Vec<bool> = (0..101).map(|row| row % 7 < 3).collect();
    let repeats = repeated_stratified_k_fold(&labels, 4, 3, 5).unwrap();
    for folds in repeats.chunks(4).chain([k_fold(101, 4, SEED_7).unwrap().as_slice()]) {
        let mut tested: Vec<u32> = folds.iter().flat_map(|fold| fold.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..101).collect::<Vec<_>>());
        for fold in folds {
            let mut all = [fold.train.clone(), fold.test.clone()].concat();
            all.sort_unstable();
            assert_eq!(all, (0..101).collect::<Vec<_>>());
        }
    }
    assert_ne!(repeats[..4], repeats[4..8]);
}

#[test]
fn refuses_what_makes_no_folds() {
    let labels = [true, true, true, false, false];
    let says = |error: SplitError, code: &str, says: &str| {
        assert_eq!((error.code(), error.to_string().as_str()), (code, says));
    };
    let one = "the number of folds is 1; allowed: 2 to 1000";
    says(k_fold(5, 1, Shuffle::No).unwrap_err(), "split_folds", one);
    let more = "5 rows can't be cut into 6 folds; every fold needs a row";
    says(k_fold(5, 6, Shuffle::No).unwrap_err(), "split_folds", more);
    let class = "2 rows of label false can't be dealt to 3 folds; every fold needs one";
    let error = stratified_k_fold(&labels, 3, Shuffle::No).unwrap_err();
    says(error, "split_folds_of_class", class);
    let error = stratified_k_fold(&[], 2, Shuffle::No).unwrap_err();
    assert_eq!(error.code(), "split_folds_of_class");
    let repeats = "the number of repeats is 0; allowed: 1 to 1000";
    let error = repeated_stratified_k_fold(&labels, 2, 0, 1).unwrap_err();
    says(error, "split_repeats", repeats);
}

#[test]
fn parts_grow_one_inside_the_next() {
    let labels: Vec<bool> = (0..400).map(|row| row % 4 == 0).collect();
    let train: Vec<u32> = (0..300).rev().collect();
    let mut before: Vec<u32> = Vec::new();
    for tenth in 1..=10 {
        let share = f64::from(tenth) / 10.0;
        let part = growing_part(&train, &labels, share, 3).unwrap();
        let positives = part.iter().filter(|&&row| labels[row as usize]).count();
        assert_eq!(positives, (share * 75.0).ceil() as usize, "{share}");
        assert_eq!(part.len() - positives, (share * 225.0).ceil() as usize, "{share}");
        assert!(before.iter().all(|row| part.contains(row)), "{share}");
        // in the order of the training rows
        assert!(part.windows(2).all(|pair| pair[0] > pair[1]), "{share}");
        before = part;
    }
    assert_eq!(before, train);
    let of = |seed| growing_part(&train, &labels, 0.3, seed).unwrap();
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
    // both classes, however small the share
    assert_eq!(growing_part(&train, &labels, 1e-9, 3).unwrap().len(), 2);
    for share in [0.0, -0.5, 1.5, f64::NAN] {
        let error = growing_part(&train, &labels, share, 3).unwrap_err();
        assert_eq!(error.code(), "split_train_share");
    }
    let error = growing_part(&[1, 2], &labels, 0.5, 3).unwrap_err();
    assert_eq!(error, SplitError::NoRowOfClass { label: true });
    let error = growing_part(&[0, 400], &labels, 0.5, 3).unwrap_err();
    assert_eq!(error.code(), "split_row_out_of_range");
}

//! The split of scikit-learn, draw for draw.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::data::split::{Part, SplitError, listed_rows, train_test_split};

fn positions(value: &serde_json::Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn seed_42_equals_the_reference() {
    let Some(reference) = support::reference("split_seed42") else { return };
    let split = train_test_split(7032, 0.25, 42).unwrap();
    assert_eq!(split.train, positions(&reference["train"]));
    assert_eq!(split.test, positions(&reference["test"]));
}

/// `train, test = train_test_split(np.arange(n), test_size=ratio, random_state=seed)`, then
/// `len(test), test[:5], train[:5]`; scikit-learn 1.9.1, numpy 2.4.6.
#[test]
fn other_seeds_equal_scikit_learn() {
    let check = |n, ratio, seed, n_test, test: &[u32], train: &[u32]| {
        let split = train_test_split(n, ratio, seed).unwrap();
        assert_eq!(split.test.len(), n_test, "n {n} ratio {ratio} seed {seed}");
        assert_eq!(split.test[..test.len()], *test, "n {n} ratio {ratio} seed {seed}");
        assert_eq!(split.train[..train.len()], *train, "n {n} ratio {ratio} seed {seed}");
    };
    check(7032, 0.25, 0, 1758, &[5552, 5805, 2640, 3976, 6429], &[3534, 3498, 6705, 2861, 6600]);
    check(7032, 0.25, 7, 1758, &[2406, 5110, 5715, 4766, 1872], &[4585, 3021, 6849, 4640, 4431]);
    check(100, 0.3, 2024, 30, &[35, 19, 26, 17, 77], &[85, 2, 45, 75, 51]);
    check(10, 0.333, u32::MAX, 4, &[6, 9, 5, 1], &[8, 0, 7, 4, 2]);
    check(30, 0.1, 1, 3, &[17, 21, 10], &[19, 14, 20, 26, 3]);
}

#[test]
fn every_split_is_a_partition_of_the_right_sizes() {
    for n in [2, 3, 10, 101, 1000] {
        for ratio in [0.01, 0.2, 0.25, 0.5] {
            for seed in [0, 1, 42, 123_456_789] {
                let split = train_test_split(n, ratio, seed).unwrap();
                assert_eq!(split.test.len(), (ratio * n as f64).ceil() as usize);
                let mut all = [split.train, split.test].concat();
                all.sort_unstable();
                assert_eq!(all, (0..n as u32).collect::<Vec<_>>(), "n {n} ratio {ratio}");
            }
        }
    }
}

#[test]
fn the_seed_decides() {
    let of = |seed| train_test_split(500, 0.25, seed).unwrap();
    assert_eq!(of(3), of(3));
    assert_ne!(of(3), of(4));
}

#[test]
fn refuses_what_is_no_split() {
    for ratio in [0.0, 1.0, -0.1, 1.5, f64::NAN, f64::INFINITY] {
        let error = train_test_split(100, ratio, 1).unwrap_err();
        assert_eq!(error.code(), "split_test_ratio", "{ratio}");
        assert!(error.to_string().contains("above 0 and under 1"), "{error}");
    }
    let empty = |n, ratio, part| {
        let error = train_test_split(n, ratio, 1).unwrap_err();
        assert_eq!(error, SplitError::EmptyPart { part, n_rows: n, test_ratio: ratio });
    };
    empty(0, 0.25, Part::Test);
    empty(1, 0.25, Part::Train);
    empty(4, 0.9, Part::Train);
}

#[test]
fn lists_of_rows_are_checked() {
    let ok = listed_rows(&[3, 1], &[0], 4).unwrap();
    assert_eq!((ok.train, ok.test), (vec![3, 1], vec![0]));
    let check = |train: &[u32], test: &[u32], expected| {
        assert_eq!(listed_rows(train, test, 4).unwrap_err(), expected);
    };
    check(&[], &[1], SplitError::EmptyList { part: Part::Train });
    check(&[1], &[], SplitError::EmptyList { part: Part::Test });
    check(&[0], &[4], SplitError::RowOutOfRange { part: Part::Test, row: 4, n_rows: 4 });
    check(&[2, 2], &[1], SplitError::RowTwice { part: Part::Train, row: 2 });
    check(&[0], &[1, 1], SplitError::RowTwice { part: Part::Test, row: 1 });
    check(&[0, 2], &[1, 2], SplitError::RowInBoth { row: 2 });
}

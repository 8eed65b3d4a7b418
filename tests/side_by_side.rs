//! Runs side by side: what each has of a setting, means of those that share settings, scales that suit.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;

use std::collections::BTreeMap;

use churn_lab::compute::{Request, Response};
use churn_lab::data::Value as Cell;
use churn_lab::experiments::side_by_side::{
    Held, NoneBetween, Shared, box_of, distinct, have_logarithms, is_grid, read_between, shared,
    span_decades,
};
use churn_lab::experiments::table::table;
use churn_lab::experiments::{Registry, Run};
use churn_lab::exploration::filter::plain_number;
use churn_lab::models::named::{self, Value};
use lab::{Lab, try_request};

/// A run of each of these settings.
fn runs(settings: &[(&str, &[(&str, Value)])]) -> Vec<Run> {
    let mut lab = Lab::new();
    let dataset = lab.sample(300);
    let runs = settings.iter().zip(1..).map(|((model, given), number)| {
        let given: BTreeMap<String, Value> =
            given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let mut request = try_request(&dataset.id);
        let Request::Try { params, run_number, validation, .. } = &mut request else {
            panic!("a try")
        };
        (*params, *run_number, *validation) = (named::of(model, &given).unwrap(), number, None);
        let Response::Tried(run) = lab.answer(request) else { panic!("a run") };
        *run
    });
    runs.collect()
}

fn held(runs: &[Run], key: &str) -> Vec<Held> {
    let table = table(runs.iter(), &Registry::default(), plain_number);
    let column = table.columns.iter().find(|column| column.name == key);
    let value = |row: usize| column.and_then(|column| column.values.value(row));
    runs.iter().enumerate().map(|(row, run)| Held::of(run, key, value(row).as_ref())).collect()
}

/// No limit, no such setting and a name among numbers are three things, and none of them is 0.
#[test]
fn without_a_number_is_never_zero() {
    let text = |text: &str| Value::Text(text.to_owned());
    let runs = runs(&[
        ("decision_tree", &[("max_depth", Value::Number(3.0))]),
        ("decision_tree", &[("max_depth", Value::None)]),
        ("knn", &[("n_neighbors", Value::Number(5.0))]),
        ("svc", &[("max_iter", Value::Number(10.0)), ("gamma", Value::Number(0.25))]),
        ("svc", &[("max_iter", Value::Number(10.0)), ("gamma", text("scale"))]),
        ("svc", &[("max_iter", Value::Number(10.0)), ("class_weight", text("balanced"))]),
    ]);
    let depth = held(&runs, "params.max_depth");
    assert_eq!(depth[..3], [Held::Number(3.0), Held::NoLimit, Held::NotSet]);
    assert!(depth[3..].iter().all(|held| *held == Held::NotSet));
    let gamma = held(&runs, "params.gamma");
    assert_eq!(gamma[2], Held::NotSet);
    assert_eq!(gamma[3], Held::Number(0.25), "a number beside names is a number");
    assert_eq!(gamma[4], Held::Level("scale".to_owned()));
    let weight = held(&runs, "params.class_weight");
    assert_eq!((&weight[4], &weight[5]), (&Held::NoLimit, &Held::Level("balanced".to_owned())));
    assert_eq!(held(&runs, "attributes.model")[2], Held::Level("knn".to_owned()));
    let accuracy = held(&runs, "metrics.test_accuracy");
    for (held, run) in accuracy.iter().zip(&runs) {
        assert_eq!(held.number(), Some(run.evaluation.test.accuracy));
    }
    // without folds there is no score of them
    assert!(held(&runs, "metrics.cv_accuracy").iter().all(|held| *held == Held::NotSet));
    assert!(held(&runs, "params.no_such").iter().all(|held| *held == Held::NotSet));
}

/// A data set may be called 2018: only settings are read as numbers.
#[test]
fn a_name_that_looks_like_a_number_stays_a_name() {
    let runs = runs(&[("knn", &[])]);
    let of = |key: &str| Held::of(&runs[0], key, Some(&Cell::Text("2018".to_owned())));
    assert_eq!(of("attributes.data"), Held::Level("2018".to_owned()));
    assert_eq!(of("params.gamma"), Held::Number(2018.0));
    assert_eq!(
        Held::of(&runs[0], "params.gamma", Some(&Cell::Text("inf".to_owned()))),
        Held::Level("inf".to_owned()),
        "no axis has a place for it"
    );
    assert_eq!(Held::of(&runs[0], "params.p", Some(&Cell::Number(f64::NAN))), Held::NotSet);
}

#[test]
fn values_come_once_numbers_first() {
    let level = |name: &str| Held::Level(name.to_owned());
    let values = [
        Held::NotSet,
        level("scale"),
        Held::Number(10.0),
        Held::NoLimit,
        Held::Number(-1.0),
        level("auto"),
        Held::Number(10.0),
        level("scale"),
    ];
    let expected = [
        Held::Number(-1.0),
        Held::Number(10.0),
        level("scale"),
        level("auto"),
        Held::NoLimit,
        Held::NotSet,
    ];
    assert_eq!(distinct(&values), expected);
    assert_eq!(distinct(&[]), []);
}

#[test]
fn runs_that_share_a_cell_are_their_mean() {
    let cells = shared(3, [(0, 4, 0.5), (2, 5, 0.25), (0, 6, 0.75), (9, 7, 1.0)].into_iter());
    let of = |mean, runs: &[u32]| Some(Shared { mean, runs: runs.to_vec() });
    assert_eq!(cells, [of(0.625, &[4, 6]), None, of(0.25, &[5])]);
    assert!(is_grid(&cells), "two of three were tried");
    assert!(is_grid(&[None, of(1.0, &[1])]), "half of them");
    assert!(!is_grid(&[None, None, of(1.0, &[1])]));
}

/// Scores are read off only among four neighbours that all were tried and have numbers on both sides.
#[test]
fn scores_are_read_off_between_four_neighbours() {
    let of = |scores: &str| -> Vec<Option<Shared>> {
        let score = |text: &str| text.parse().ok().map(|mean| Shared { mean, runs: vec![1] });
        scores.split_whitespace().map(score).collect()
    };
    let marked = |between: &str| -> Vec<bool> {
        between.split_whitespace().map(|mark| mark == "x").collect()
    };
    // the last row and column have no number
    let map = of("1 2 3 9
                  2 3 - 9
                  9 9 9 9");
    assert_eq!(read_between(&map, 4, 0..2, 0..3), Ok(marked("x x - -  x x - -  - - - -")));
    // rows with numbers below
    assert_eq!(read_between(&map, 4, 1..3, 0..3), Ok(marked("- - - -  x x - -  x x - -")));
    let gaps = of("1 - 3
                   - 2 -");
    assert_eq!(read_between(&gaps, 3, 0..2, 0..3), Err(NoneBetween::NoFour));
    let flat = of("0.7 0.7 0.9
                   0.7 0.7000000000000001 -");
    assert_eq!(read_between(&flat, 3, 0..2, 0..3), Err(NoneBetween::Equal));
    for (rows, columns) in [(0..1, 0..3), (0..2, 2..3), (2..2, 0..3), (0..0, 0..0)] {
        assert_eq!(read_between(&map, 4, rows, columns), Err(NoneBetween::NoNumbers));
    }
    assert_eq!(read_between(&[], 0, 0..2, 0..2), Err(NoneBetween::NoFour));
}

#[test]
fn a_log_scale_is_for_numbers_above_zero_over_decades() {
    for (numbers, may, suits) in [
        (&[1.0, 10.0, 100.0][..], true, true),
        (&[1.0, 99.0], true, false),
        (&[0.0, 1.0, 1_000.0], false, false),
        (&[-1.0, 1.0, 1_000.0], false, false),
        (&[0.001, 0.1], true, true),
        (&[5.0], true, false),
        (&[], false, false),
    ] {
        assert_eq!((have_logarithms(numbers), span_decades(numbers)), (may, suits), "{numbers:?}");
    }
}

/// Of 0, 100, 101 and 102 the quartiles are 75, 100.5 and 101.25, so 0 is an outlier, and the least
/// number that is none, 100, lies above the first quartile.
#[test]
fn a_whisker_ends_at_its_box_at_least() {
    let of = box_of(&[101.0, 0.0, 102.0, 100.0]).unwrap();
    assert_eq!((of.q1, of.median, of.q3), (75.0, 100.5, 101.25));
    assert_eq!((of.whisker_low, of.whisker_high, of.outliers), (75.0, 102.0, 1));
    let one = box_of(&[0.5]).unwrap();
    assert_eq!([one.whisker_low, one.q1, one.median, one.q3, one.whisker_high], [0.5; 5]);
    assert_eq!(box_of(&[]), None);
}

//! Predictions of two made-up models, and what scikit-learn, scipy and numpy say of them.

#![allow(clippy::unwrap_used, reason = "a broken fixture fails the test")]

use churn_lab::evaluation::classes_at;
use serde_json::Value;

/// `tests/fixtures/evaluation/reference.json`, made by the script beside it.
pub struct Judged {
    pub reference: Value,
    pub y_true: Vec<bool>,
    pub first: Vec<f64>,
    pub second: Vec<f64>,
    /// At 0.5.
    pub first_classes: Vec<bool>,
    pub second_classes: Vec<bool>,
}

pub fn judged() -> Judged {
    let text = include_str!("../fixtures/evaluation/reference.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    let first = numbers(&reference["first"]);
    let second = numbers(&reference["second"]);
    Judged {
        y_true: booleans(&reference["truth"]),
        first_classes: classes_at(&first, 0.5),
        second_classes: classes_at(&second, 0.5),
        first,
        second,
        reference,
    }
}

pub fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

pub fn booleans(value: &Value) -> Vec<bool> {
    numbers(value).into_iter().map(|number| number > 0.5).collect()
}

/// Asserts that two lists are as long and differ by at most `tolerance`.
#[track_caller]
pub fn all_close(what: &str, actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len(), "{what}");
    for (at, (a, e)) in actual.iter().zip(expected).enumerate() {
        super::close(&format!("{what} {at}"), *a, *e, tolerance);
    }
}

//! The order of customers by reasons, and the features with the strongest ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use churn_lab::compute::{CustomersAnswer, CustomersQuestion, codec};
use churn_lab::customers::{CustomersError, Order, Reasons, by_weight};
use churn_lab::exploration::Sort;
use churn_lab::numerics::random::RandomState;

fn parse(text: &str) -> Result<Order, CustomersError> {
    let columns = ["tenure", "weight.x", "-odd", "Contract"];
    let features = ["tenure", "x", "Contract"];
    Order::parse(text, |name| columns.contains(&name), |name| features.contains(&name))
}

fn column(name: &str, descending: bool) -> Order {
    Order::Column(Sort { column: name.to_owned(), descending })
}

fn weight(feature: &str, descending: bool) -> Order {
    Order::Weight { feature: feature.to_owned(), descending }
}

#[test]
fn an_order_is_read_as_it_is_written() {
    for (text, order) in [
        ("tenure", column("tenure", false)),
        ("-tenure", column("tenure", true)),
        ("weight.tenure", weight("tenure", false)),
        ("-weight.tenure", weight("tenure", true)),
        // a column of just that name comes first
        ("weight.x", column("weight.x", false)),
        ("-weight.x", column("weight.x", true)),
        ("-odd", column("-odd", false)),
        ("--odd", column("-odd", true)),
    ] {
        assert_eq!(parse(text).unwrap(), order, "{text}");
        assert_eq!(order.text(), text);
    }
    for text in ["", "-", "weight.", "weight.nothing", "Tenure", "--tenure", "weight.-tenure"] {
        let error = parse(text).unwrap_err();
        assert_eq!(error, CustomersError::Order { asked: text.to_owned() });
        assert_eq!((error.code(), error.field()), ("unknown_order", Some("sort")));
    }
}

#[test]
fn rows_go_by_signed_weight_and_equal_ones_keep_their_order() {
    let rows = [7, 3, 9, 1, 4];
    let weights = [0.0, -0.25, 0.5, -0.0, 0.5];
    assert_eq!(by_weight(&rows, &weights, false).unwrap(), [3, 7, 1, 9, 4]);
    assert_eq!(by_weight(&rows, &weights, true).unwrap(), [9, 4, 7, 1, 3]);
    assert_eq!(by_weight(&[], &[], true).unwrap(), [0_u32; 0]);
}

#[test]
fn every_row_is_there_once_and_no_weight_rises_before_a_lesser_one() {
    let mut random = RandomState::new(5);
    let rows: Vec<u32> = random.permutation(2_000);
    // tenths, so that many are equal
    let weight = |at: u32| f32::from((at % 37) as i16 - 18) / 10.0;
    let weights: Vec<f32> = rows.iter().map(|&row| weight(row)).collect();
    for descending in [false, true] {
        let sorted = by_weight(&rows, &weights, descending).unwrap();
        let place = |row: u32| rows.iter().position(|&other| other == row).unwrap();
        for pair in sorted.windows(2) {
            let (one, other) = (weight(pair[0]), weight(pair[1]));
            assert!(if descending { one >= other } else { one <= other });
            assert!(one != other || place(pair[0]) < place(pair[1]));
        }
        let mut all = sorted;
        all.sort_unstable();
        assert!(all.into_iter().eq(0..2_000));
    }
}

#[test]
fn a_customer_that_was_not_explained_has_no_place() {
    let error = by_weight(&[4, 8], &[0.5, f32::NAN], true).unwrap_err();
    assert_eq!(error, CustomersError::NotExplained { row: 8 });
    assert_eq!(error.code(), "not_explained");
    let error = by_weight(&[4, 8], &[0.5], true).unwrap_err();
    assert_eq!(error, CustomersError::Weights { rows: 2, weights: 1 });
}

#[test]
fn the_strongest_features_are_those_of_the_largest_mean_absolute_weight() {
    let mut reasons = Reasons::new(5, 4);
    assert_eq!(reasons.strongest(3), [0_usize; 0]);
    reasons.put(&[1, 4], &[0.1, -0.5, 0.0, 0.2, 0.1, 0.5, 0.0, -0.2]);
    // means 0.1, 0.5, 0 and 0.2: the sign does not take away what the other row added
    assert_eq!(reasons.strongest(10), [1, 3, 0, 2]);
    assert_eq!(reasons.strongest(2), [1, 3]);
    // of equal ones the earlier
    reasons.put(&[0], &[0.1, 0.0, 0.0, 0.0]);
    let mut equal = Reasons::new(1, 3);
    equal.put(&[0], &[0.25, -0.25, 0.25]);
    assert_eq!(equal.strongest(2), [0, 1]);
}

#[test]
fn the_weights_of_a_feature_are_nan_where_they_are_not_known() {
    let mut reasons = Reasons::new(3, 2);
    reasons.put(&[2], &[0.5, -0.25]);
    let weights = reasons.of_feature(&[2, 0, 9], 1);
    assert_eq!(weights[0], -0.25);
    assert!(weights[1].is_nan() && weights[2].is_nan());
    assert!(reasons.of_feature(&[2], 2)[0].is_nan());
    assert_eq!(reasons.all().len(), 6);
}

#[test]
fn many_numbers_cross_in_one_piece_bit_for_bit() {
    let question = CustomersQuestion::ByWeight {
        rows: vec![0, 1, u32::MAX],
        weights: vec![-0.0, f32::MIN_POSITIVE, -1.5],
        descending: true,
    };
    let bytes = codec::encode(&question).unwrap();
    assert_eq!(codec::decode::<CustomersQuestion>(&bytes).unwrap(), question);
    let answer = CustomersAnswer::Places((0..100_000).collect());
    let bytes = codec::encode(&answer).unwrap();
    assert!(bytes.len() < 400_010, "{}", bytes.len());
    assert_eq!(codec::decode::<CustomersAnswer>(&bytes).unwrap(), answer);
    // a byte that belongs to no number: the length says 3 instead of 4
    let places = codec::encode(&CustomersAnswer::Places(vec![7])).unwrap();
    let cut = [&places[..1], &[3], &places[2..5]].concat();
    assert!(codec::decode::<CustomersAnswer>(&cut).is_err());
}

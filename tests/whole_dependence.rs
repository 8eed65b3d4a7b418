//! How a model moves with one feature and with two: against scikit-learn on the real file, by hand, and
//! planted.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;
#[path = "support/whole.rs"]
mod whole;

use std::collections::BTreeMap;

use churn_lab::explain::whole::{
    DependenceParams, InteractionsParams, PairParams, Scale, averages, effects::dependence,
    interaction::interactions, pairs::pair,
};
use churn_lab::models::{BoostingParams, ModelParams};
use explainable::numbers_of;
use support::close;
use support::customers::customers;
use whole::{fitted, logistic, real, records, rows_of};

#[test]
fn partial_dependence_on_the_real_file_is_scikit_learns() {
    let Some((dataset, model, metrics)) = real() else { return };
    let records = records(&model, &dataset, &rows_of(&dataset).train);
    let space = &model.model.pipeline.space;
    for (name, key, at) in [
        ("tenure", "tenure_p05_p95_10", "grid"),
        ("tenure", "tenure_min_max_10", "grid"),
        ("MonthlyCharges", "MonthlyCharges_p05_p95_10", "grid"),
        ("TotalCharges", "TotalCharges_p05_p95_10", "grid"),
        ("Contract", "Contract", "levels"),
        ("PaymentMethod", "PaymentMethod", "levels"),
    ] {
        let expected = &metrics["partial_dependence"][key];
        let means = numbers_of(&expected["mean_probability"]);
        let grid = match at {
            "grid" => numbers_of(&expected["grid"]),
            _ => (0..means.len()).map(|level| level as f64).collect(),
        };
        let points: Vec<Vec<f64>> = grid.iter().map(|&value| vec![value]).collect();
        let feature = space.position(name).unwrap();
        let found = averages(&model.model, &records, &[feature], &points, Scale::Probability);
        for (found, expected) in found.unwrap().iter().zip(means) {
            close(key, *found, expected, 1e-9);
        }
        // the card's own grid of the charges is that one too
        if name == "MonthlyCharges" {
            let params =
                DependenceParams { points: 10, rows: 10_000, ..DependenceParams::of(name) };
            let curves = dependence(&model.model, &records, &params).unwrap();
            for (place, expected) in curves.partial.iter().zip(&grid) {
                close("a charge", place.at, *expected, 1e-9);
            }
        }
    }
}

#[test]
fn a_model_that_adds_up_has_no_interaction_and_local_effects_are_its_own_lines() {
    let dataset = customers();
    let model = logistic(&dataset);
    let train = rows_of(&dataset).train;
    let few = records(&model, &dataset, &train[..40]);
    let params = InteractionsParams { scale: Scale::LogOdds, ..InteractionsParams::default() };
    let found = interactions(&model.model, &few, &params, &mut |_, _| {}).unwrap();
    assert_eq!(found.pairs.len(), 10);
    for pair in &found.pairs {
        assert!(pair.size < 1e-12 && pair.h < 1e-9, "{pair:?}");
    }
    // its probability does not add up
    let params = InteractionsParams::default();
    let bent = interactions(&model.model, &few, &params, &mut |_, _| {}).unwrap();
    assert!(bent.pairs.iter().any(|pair| pair.h > 0.01), "{bent:?}");

    let all = records(&model, &dataset, &train);
    let params = DependenceParams { scale: Scale::LogOdds, ..DependenceParams::of("tenure") };
    let curves = dependence(&model.model, &all, &params).unwrap();
    let term = |tenure: f64| {
        let mut record = all[0].clone();
        record[1] = tenure;
        model.model.linear_terms(&record).unwrap().terms[1]
    };
    let accumulated = curves.accumulated;
    assert_eq!(accumulated.counts.iter().sum::<u32>() as usize, all.len());
    let shift = accumulated.places[0].value - term(accumulated.places[0].at);
    for place in &accumulated.places {
        close("a local effect", place.value - shift, term(place.at), 1e-9);
    }
    // partial dependence has the same slope
    let shift = curves.partial[0].value - term(curves.partial[0].at);
    for place in &curves.partial {
        close("partial dependence", place.value - shift, term(place.at), 1e-9);
    }
}

/// One feature, three rows, two stretches: by hand.
#[test]
fn local_effects_by_hand() {
    use churn_lab::data::{ColumnKind, ColumnValues, Role};
    let column = churn_lab::data::Column {
        name: "x".to_owned(),
        kind: ColumnKind::Numeric,
        role: Role::Feature,
        missing: 0,
        is_date: false,
        values: ColumnValues::Numbers(vec![0.0, 1.0, 4.0]),
    };
    let model = explainable::explainable(&explainable::dataset(vec![column], 3), vec![2.0], 1.0);
    let rows = vec![vec![0.0], vec![1.0], vec![4.0]];
    let params = DependenceParams { scale: Scale::LogOdds, points: 2, ..DependenceParams::of("x") };
    let accumulated = dependence(&model.model, &rows, &params).unwrap().accumulated;
    // ends 0, 1, 4; two rows in the first stretch, one in the second; sums 0, 2, 8;
    // their mean over the rows (2·1 + 1·5) / 3
    let places: Vec<f64> = accumulated.places.iter().map(|place| place.at).collect();
    assert_eq!((places, accumulated.counts), (vec![0.0, 1.0, 4.0], vec![2, 1]));
    let centre = 7.0 / 3.0;
    for (place, sum) in accumulated.places.iter().zip([0.0, 2.0, 8.0]) {
        close("x", place.value, sum - centre, 1e-12);
    }
}

/// Contract, Internet service and the others as PyALE has them, which orders their levels by likeness too.
#[test]
fn local_effects_of_levels_are_those_of_python() {
    let Some((dataset, model, _)) = real() else { return };
    let records = records(&model, &dataset, &rows_of(&dataset).train);
    let expected = include_str!("fixtures/ale_levels/reference.json");
    let expected: BTreeMap<String, Vec<(String, f64)>> = serde_json::from_str(expected).unwrap();
    assert_eq!(expected.len(), 6);
    for (feature, mut expected) in expected {
        let params = DependenceParams { rows: 10_000, ..DependenceParams::of(&feature) };
        let curves = dependence(&model.model, &records, &params).unwrap();
        let places = &curves.accumulated.places;
        let found: Vec<&str> =
            places.iter().map(|place| curves.levels[place.at as usize].as_str()).collect();
        // an order and its reverse are one
        if found.first() != expected.first().map(|(level, _)| level.as_str()).as_ref() {
            expected.reverse();
        }
        let order: Vec<&str> = expected.iter().map(|(level, _)| level.as_str()).collect();
        assert_eq!(found, order, "{feature}");
        for (place, (level, value)) in places.iter().zip(&expected) {
            close(&format!("{feature} {level}"), place.value, *value, 1e-9);
        }
    }
}

/// Levels a and c stand for the same customers, b for others: a and c are neighbours.
#[test]
fn levels_stand_in_an_order_of_likeness() {
    let names: Vec<&str> = (0..60).map(|row| ["a", "b", "c"][row % 3]).collect();
    let of = |low: f64, high: f64| {
        names.iter().map(|name| if *name == "b" { high } else { low }).collect::<Vec<f64>>()
    };
    let columns =
        vec![explainable::levels("kind", &names), explainable::numbers("size", of(1.0, 9.0))];
    let table = explainable::dataset(columns, 60);
    let model = explainable::explainable(&table, vec![0.0, 1.0, 3.0, 0.0], -1.0);
    let sizes = of(1.0, 9.0);
    let rows: Vec<Vec<f64>> = (0..60).map(|row| vec![(row % 3) as f64, sizes[row]]).collect();
    let params = DependenceParams { scale: Scale::LogOdds, ..DependenceParams::of("kind") };
    let curves = dependence(&model.model, &rows, &params).unwrap();
    let at: Vec<f64> = curves.accumulated.places.iter().map(|place| place.at).collect();
    assert!(at == [0.0, 2.0, 1.0] || at == [1.0, 0.0, 2.0], "{at:?}");
    // the log-odds add up, so the effects are the model's own, less their mean
    let [a, b, c] = [0.0, 1.0, 2.0].map(|level| {
        curves.accumulated.places.iter().find(|place| place.at == level).unwrap().value
    });
    close("b − a", b - a, 1.0, 1e-12);
    close("c − a", c - a, 3.0, 1e-12);
    close("mean", a + b + c, 0.0, 1e-12);
    assert_eq!(curves.accumulated.counts, [40, 40]);
    // a level that no row has has no place
    let few = dependence(&model.model, &rows[..2], &params).unwrap();
    assert_eq!(few.accumulated.places.len(), 2);
}

/// A tree that asks of one feature only where the other allows has what neither does alone.
#[test]
fn a_planted_interaction_is_found() {
    let mut dataset = customers();
    let churn: Vec<&str> = (0..dataset.n_rows())
        .map(|row| {
            let record = dataset.record(row).unwrap();
            let partner = record["Partner"].to_string() == "Yes";
            let high = match record["price"] {
                churn_lab::data::Value::Number(price) => price > 60.0,
                churn_lab::data::Value::Text(_) => false,
            };
            if partner == high { "Yes" } else { "No" }
        })
        .collect();
    dataset.columns[5].values = support::customers::levels(churn.into_iter());
    let model = fitted(&dataset, ModelParams::GradientBoosting(BoostingParams::default()));
    let records = records(&model, &dataset, &rows_of(&dataset).train[..60]);
    let params = InteractionsParams { rows: 60, ..InteractionsParams::default() };
    let found = interactions(&model.model, &records, &params, &mut |_, _| {}).unwrap();
    let strongest = found.pairs.iter().max_by(|a, b| a.size.total_cmp(&b.size)).unwrap();
    assert_eq!(strongest.features, ["Partner", "price"]);
    assert!(strongest.h > 0.8, "{strongest:?}");
    // and over both it shows
    let pair = pair(&model.model, &records, &PairParams::of("Partner", "price"), &mut |_, _| {});
    let pair = pair.unwrap();
    let [levels, prices] = &pair.grids;
    assert_eq!((levels.len(), prices.len(), pair.values.len()), (2, 12, 24));
    let at = |price: usize, partner: usize| pair.values[price * 2 + partner];
    assert!(at(0, 0) > 0.9 && at(0, 1) < 0.1 && at(11, 0) < 0.1 && at(11, 1) > 0.9, "{pair:?}");
}

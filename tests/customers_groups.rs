//! Customers grouped by their reasons, and written as a table with them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::{CustomersAnswer, CustomersQuestion, Request, Response, codec};
use churn_lab::customers::{Clustering, CustomersError, REASONS};
use churn_lab::data::{ColumnValues, DatasetId, Record, csv};
use churn_lab::explain::{FeatureCount, LimeParams};
use churn_lab::exploration::{Selection, Sort};
use churn_lab::models::ModelId;
use churn_lab::numerics::random::RandomState;
use lab::Lab;
use support::close;

/// Rows near three corners of a square of two weights, in turn, and a third weight that says nothing.
fn planted(seed: u32) -> Vec<f32> {
    let mut random = RandomState::new(seed);
    let mut noise = || (random.random_sample() - 0.5) * 0.04;
    let corners = [[0.2, 0.2], [-0.2, 0.2], [0.2, -0.2]];
    let rows = (0..90).flat_map(|row| {
        // the first corner has 40 rows, the second 30, the third 20
        let [x, y] = corners[match row {
            0..40 => 0,
            40..70 => 1,
            _ => 2,
        }];
        [x + noise(), y + noise(), noise()]
    });
    rows.map(|weight| weight as f32).collect()
}

#[test]
fn planted_groups_are_found_whatever_the_seed_the_largest_first() {
    for seed in 0..20 {
        let weights = planted(seed);
        let found = Clustering::of(&weights, 3, 3, seed).unwrap();
        let expected: Vec<u32> =
            (0..90).map(|row| u32::from(row >= 40) + u32::from(row >= 70)).collect();
        assert_eq!(found.of_row, expected, "seed {seed}");
        for (group, corner) in [[0.2, 0.2], [-0.2, 0.2], [0.2, -0.2]].into_iter().enumerate() {
            close("x", found.mean_weights[group][0], corner[0], 0.01);
            close("y", found.mean_weights[group][1], corner[1], 0.01);
            close("nothing", found.mean_weights[group][2], 0.0, 0.01);
        }
        assert!(found.between > 0.98 && found.between < 1.0, "{}", found.between);
        assert_eq!(found, Clustering::of(&weights, 3, 3, seed).unwrap(), "the same bits");
    }
}

#[test]
fn means_and_share_by_hand() {
    // two pairs: means 0.15 and −0.25, all in all −0.05; within 4 · 0.05², in all 4 · 0.05² + 4 · 0.2²
    let found = Clustering::of(&[0.1, 0.2, -0.2, -0.3], 1, 2, 7).unwrap();
    assert_eq!(found.of_row[0], found.of_row[1]);
    assert_ne!(found.of_row[0], found.of_row[2]);
    let mut means: Vec<f64> = found.mean_weights.iter().map(|weights| weights[0]).collect();
    means.sort_by(f64::total_cmp);
    close("low", means[0], -0.25, 1e-7);
    close("high", means[1], 0.15, 1e-7);
    close("between", found.between, 0.16 / 0.17, 1e-6);
}

#[test]
fn every_row_is_with_the_mean_that_is_nearest() {
    let mut random = RandomState::new(3);
    let weights: Vec<f32> = (0..400).map(|_| random.random_sample() as f32).collect();
    for groups in 2..=8 {
        let found = Clustering::of(&weights, 2, groups, 1).unwrap();
        assert_eq!(found.mean_weights.len(), groups as usize);
        for (row, &own) in weights.chunks(2).zip(&found.of_row) {
            let distance = |mean: &Vec<f64>| {
                let apart = |at: usize| f64::from(row[at]) - mean[at];
                apart(0) * apart(0) + apart(1) * apart(1)
            };
            let least = found.mean_weights.iter().map(distance).fold(f64::INFINITY, f64::min);
            close("own", distance(&found.mean_weights[own as usize]), least, 1e-12);
        }
    }
}

#[test]
fn a_customer_without_reasons_is_in_no_group() {
    let error = Clustering::of(&[0.1, 0.2, f32::NAN, f32::NAN], 2, 2, 0).unwrap_err();
    assert_eq!(error, CustomersError::NotExplained { row: 1 });
}

#[test]
fn few_or_equal_rows_make_fewer_groups_and_numbers_out_of_range_are_refused() {
    let same = Clustering::of(&[0.5; 12], 2, 4, 0).unwrap();
    assert_eq!((same.of_row, same.mean_weights.len()), (vec![0; 6], 1));
    close("between", same.between, 0.0, 0.0);
    let none = Clustering::of(&[], 3, 2, 0).unwrap();
    assert_eq!((none.of_row.len(), none.mean_weights.len()), (0, 0));
    for groups in [0, 1, 9] {
        let error = Clustering::of(&[0.1, 0.2], 1, groups, 0).unwrap_err();
        assert_eq!(error, CustomersError::Groups { asked: groups, fewest: 2, most: 8 });
        assert_eq!((error.code(), error.field()), ("groups_out_of_range", Some("groups")));
    }
}

fn portfolio(rows: u32) -> (Lab, DatasetId, ModelId) {
    let mut lab = Lab::new();
    let dataset = lab.sample(rows).id;
    let model = lab.fit(&dataset).model.model.id;
    (lab, dataset, model)
}

#[track_caller]
fn ask(
    lab: &mut Lab,
    (dataset_id, model_id): (&DatasetId, &ModelId),
    question: CustomersQuestion,
) -> CustomersAnswer {
    let (dataset_id, model_id) = (dataset_id.clone(), model_id.clone());
    let question = codec::encode(&question).expect("bytes");
    let request = Request::Customers { model_id, dataset_id, question };
    let Response::Customers(bytes) = lab.answer(request) else { panic!("no customers") };
    codec::decode(&bytes).expect("an answer")
}

#[test]
fn groups_of_customers_are_those_of_their_weights() {
    let (mut lab, dataset, model) = portfolio(250);
    let lime = LimeParams { samples: 200, ..LimeParams::default() };
    let of = (&dataset, &model);
    let CustomersAnswer::Scores { probabilities, .. } =
        ask(&mut lab, of, CustomersQuestion::Scores)
    else {
        panic!("no customers")
    };
    let rows: Vec<u32> = (0..probabilities.len() as u32).collect();
    let CustomersAnswer::Weights(weights) =
        ask(&mut lab, of, CustomersQuestion::Weights { rows: rows.clone(), lime: lime.clone() })
    else {
        panic!("no weights")
    };
    let n_features = weights.len() / rows.len();
    let question =
        CustomersQuestion::Clusters { groups: 3, seed: lime.seed, weights: weights.clone() };
    let CustomersAnswer::Clusters(found) = ask(&mut lab, of, question) else { panic!("no groups") };
    assert_eq!(found, Clustering::of(&weights, n_features, 3, lime.seed).unwrap());
    // every customer is in one group, and a group keeps the order asked for
    let backwards: Vec<u32> = rows.iter().rev().copied().collect();
    let groups = (0..3).map(|group| found.among(&backwards, group));
    for (group, among) in (0..).zip(groups.clone()) {
        assert!(among.windows(2).all(|pair| pair[0] > pair[1]));
        assert!(among.iter().all(|&row| found.of_row[row as usize] == group));
    }
    assert_eq!(groups.map(|among| among.len()).sum::<usize>(), rows.len());
    assert!(found.among(&backwards, 3).is_empty());
}

/// The file is read again, and its rows compared with predictions and explanations.
#[test]
fn a_written_table_has_probabilities_and_top_reasons_in_the_order_asked_for() {
    let (mut lab, dataset, model) = portfolio(120);
    let lime = LimeParams { samples: 200, ..LimeParams::default() };
    let selection =
        Selection { filter: "Contract = \"Month-to-month\"".to_owned(), ..Selection::default() };
    let sort = Some(Sort { column: "probability".to_owned(), descending: true });
    let of = (&dataset, &model);
    let CustomersAnswer::Places(rows) =
        ask(&mut lab, of, CustomersQuestion::Places { selection, sort })
    else {
        panic!("no customers")
    };
    let question = CustomersQuestion::Csv { rows, lime: lime.clone() };
    let CustomersAnswer::Csv(text) = ask(&mut lab, (&dataset, &model), question) else {
        panic!("no file")
    };
    let mut reader = csv::Reader::new("scored.csv", None);
    reader.push(text.as_bytes());
    let read = reader.finish().unwrap();
    let number = |name: &str, row: usize| match &read.column(name).unwrap().values {
        ColumnValues::Numbers(numbers) => numbers[row],
        other => panic!("{name}: {other:?}"),
    };
    assert!(read.n_rows() > 20, "{}", read.n_rows());
    let mut last = f64::INFINITY;
    for row in 0..read.n_rows() {
        let text = |name: &str| read.column(name).unwrap().values.value(row).unwrap().to_string();
        assert_eq!(text("Contract"), "Month-to-month");
        let id = text("customerID");
        let request = Request::FindRecord { dataset_id: dataset.clone(), customer: id };
        let Response::Record { record, .. } = lab.answer(request) else { panic!("no record") };
        let record: Record = record;
        let request = Request::Explain {
            model_id: model.clone(),
            record,
            params: LimeParams { features: FeatureCount::All, ..lime.clone() },
            neighbourhood: None,
        };
        let Response::Explanation { explanation, .. } = lab.answer(request) else { panic!("none") };
        close("probability", number("probability", row), explanation.probability, 0.0);
        assert!(explanation.probability <= last, "not in order");
        last = explanation.probability;
        for at in 0..REASONS {
            let reason = &explanation.contributions[at];
            assert_eq!(text(&format!("reason_{}", at + 1)), reason.condition);
            close("weight", number(&format!("weight_{}", at + 1), row), reason.weight, 0.0);
        }
    }
}

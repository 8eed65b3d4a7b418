//! A small table of our own: made-up customers whose churn hangs on contract, price and tenure.

#![allow(clippy::unwrap_used, reason = "a broken fixture fails the test")]

use churn_lab::data::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, Target};
use churn_lab::models::{ModelId, ModelParams, Provenance, Split, Trained, TrainedModel};
use churn_lab::numerics::random::RandomState;

/// Dictionary-encodes texts, levels sorted by code point.
pub fn levels<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> ColumnValues {
    let mut levels: Vec<String> = cells.clone().map(str::to_owned).collect();
    levels.sort();
    levels.dedup();
    let codes = cells.map(|cell| levels.iter().position(|l| l == cell).unwrap() as u16).collect();
    ColumnValues::Levels { levels, codes }
}

/// 400 customers: Contract, Partner, Plan (one level only), tenure, price and Churn.
pub fn customers() -> Dataset {
    let mut random = RandomState::new(5);
    let (mut contract, mut partner, mut plan, mut churn) = (vec![], vec![], vec![], vec![]);
    let (mut tenure, mut price) = (vec![], vec![]);
    for _ in 0..400 {
        let term = random.interval(2);
        let months = f64::from(random.interval(71) + 1);
        let euros = 20.0 + (random.random_sample() * 9_000.0).round() / 100.0;
        contract.push(["Month-to-month", "One year", "Two year"][term as usize]);
        partner.push(["No", "Yes"][random.interval(1) as usize]);
        plan.push("Basic");
        tenure.push(months);
        price.push(euros);
        let risk = 0.75 - 0.25 * f64::from(term) - 0.005 * months + 0.003 * euros;
        churn.push(if random.random_sample() < risk { "Yes" } else { "No" });
    }
    let column = |name: &str, role, values| {
        let kind = match values {
            ColumnValues::Numbers(_) => ColumnKind::Numeric,
            _ => ColumnKind::Categorical,
        };
        Column { name: name.to_owned(), kind, role, missing: 0, is_date: false, values }
    };
    Dataset {
        id: DatasetId("customers".to_owned()),
        name: "customers".to_owned(),
        columns: vec![
            column("Contract", Role::Feature, levels(contract.into_iter())),
            column("tenure", Role::Feature, ColumnValues::Numbers(tenure)),
            column("Partner", Role::Feature, levels(partner.into_iter())),
            column("Plan", Role::Feature, levels(plan.into_iter())),
            column("price", Role::Feature, ColumnValues::Numbers(price)),
            column("Churn", Role::Target, levels(churn.into_iter())),
        ],
        target: Some(Target {
            column: "Churn".to_owned(),
            positive_class: "Yes".to_owned(),
            negative_class: "No".to_owned(),
        }),
        rows_read: 400,
        source_rows: (1..=400).collect(),
        issues: Vec::new(),
    }
}

/// What the session makes of a fit.
pub fn named(dataset: &Dataset, params: &ModelParams, split: &Split, fit: Trained) -> TrainedModel {
    TrainedModel {
        id: ModelId("model".to_owned()),
        pipeline: fit.pipeline,
        model: fit.model,
        evaluation: fit.evaluation,
        provenance: Provenance {
            dataset_id: dataset.id.clone(),
            dataset_name: dataset.name.clone(),
            target: dataset.target.clone().unwrap(),
            params: params.clone(),
            split: split.clone(),
            n_train: fit.n_train,
            n_test: fit.n_test,
            created_ms: 0.0,
            fit_ms: 0.0,
        },
    }
}

/// The features of every kept row as numbers, row-major.
pub fn encoded(dataset: &Dataset, model: &TrainedModel) -> ndarray::Array2<f64> {
    let space = &model.pipeline.space;
    let flat: Vec<f64> = (0..dataset.n_rows())
        .flat_map(|row| space.encode(&dataset.record(row).unwrap()).unwrap())
        .collect();
    ndarray::Array2::from_shape_vec((dataset.n_rows(), space.len()), flat).unwrap()
}

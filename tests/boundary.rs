//! The picture of a fit's boundary: what stands in its cells, and where the other features are held.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::data::{ColumnValues, Dataset};
use churn_lab::experiments::steps::capped;
use churn_lab::experiments::{Boundary, BoundaryParams, Frames, Side};
use churn_lab::models::{
    FittedModel, Gamma, ModelParams, Split, SvcKernel, SvcParams, Trained, train,
};
use support::close;
use support::customers::customers;

fn pictured(dataset: &Dataset, params: &ModelParams, asked: &BoundaryParams) -> Boundary {
    let mut frames = Frames::begin(dataset, &Split::default()).unwrap();
    frames.boundary(dataset, params, asked, &mut |_, _| {}).unwrap()
}

fn fit_capped(dataset: &Dataset, params: &ModelParams, cap: u32) -> Trained {
    let params = capped(params, cap).unwrap();
    train::fit(dataset, &params, &Split::default(), &mut |_, _| {}).unwrap()
}

fn svc() -> ModelParams {
    let kernel = SvcKernel::Rbf { gamma: Gamma::Scale };
    ModelParams::Svc(SvcParams { kernel, max_iterations: Some(60), ..SvcParams::default() })
}

/// A row is made of what the picture names, and the fitted model is asked.
#[test]
fn a_cell_says_what_the_model_says_of_its_middle() {
    let dataset = customers();
    let all = [svc(), ModelParams::Logistic(<_>::default())];
    for (params, (x, y)) in all.iter().flat_map(|p| {
        [("tenure", "price"), ("Contract", "tenure"), ("price", "Partner")].map(|sides| (p, sides))
    }) {
        let asked = BoundaryParams { cells: 9, ..BoundaryParams::new(x, y, 4) };
        let picture = pictured(&dataset, params, &asked);
        assert_eq!((picture.x.name(), picture.y.name()), (x, y));
        assert_eq!(picture.values.len(), picture.x.len() * picture.y.len());
        assert_eq!(picture.others.len(), 5 - 2);
        let fit = fit_capped(&dataset, params, 4);
        for (cell, value) in picture.values.iter().enumerate() {
            let mut row = dataset.clone();
            let places = [cell % picture.x.len(), cell / picture.x.len()];
            for (side, at) in [&picture.x, &picture.y].into_iter().zip(places) {
                let text = match side {
                    Side::Levels { levels, .. } => levels[at].clone(),
                    Side::Numbers { edges, .. } => ((edges[at] + edges[at + 1]) / 2.0).to_string(),
                };
                put(&mut row, side.name(), &text);
            }
            for (name, text) in &picture.others {
                put(&mut row, name, text);
            }
            let records = fit.pipeline.transform(&row, &[0]).unwrap();
            let expected = match &fit.model {
                FittedModel::Svc(fitted) => fitted.decision_function(&records)[0],
                other => other.predict(&records).probabilities[0] - 0.5,
            };
            close(&format!("cell {cell} over {x} and {y}"), *value, expected, 1e-10);
        }
    }
}

fn put(dataset: &mut Dataset, name: &str, text: &str) {
    let column = dataset.columns.iter_mut().find(|column| column.name == name).unwrap();
    match &mut column.values {
        ColumnValues::Numbers(numbers) => numbers[0] = text.parse().unwrap(),
        ColumnValues::Levels { levels, codes } => {
            codes[0] = levels.iter().position(|level| level == text).unwrap() as u16;
        }
        ColumnValues::Text(_) => panic!("{name} is text"),
    }
}

/// By hand: the fields of the made-up customers.
#[test]
fn the_others_are_at_their_median_or_most_frequent_level() {
    let dataset = customers();
    let parts = train::rows(&Split::default(), dataset.n_rows()).unwrap();
    let picture = pictured(
        &dataset,
        &ModelParams::Logistic(<_>::default()),
        &BoundaryParams::new("tenure", "Partner", 1),
    );
    let value = |name: &str| {
        let other = picture.others.iter().find(|(other, _)| other == name);
        other.map(|(_, value)| value.clone()).expect(name)
    };
    let ColumnValues::Numbers(prices) = &dataset.column("price").unwrap().values else { panic!() };
    let mut prices: Vec<f64> = parts.train.iter().map(|&row| prices[row as usize]).collect();
    prices.sort_by(f64::total_cmp);
    let median = (prices[149] + prices[150]) / 2.0;
    assert_eq!(prices.len(), 300);
    close("price", value("price").parse().unwrap(), median, 1e-12);
    let ColumnValues::Levels { levels, codes } = &dataset.column("Contract").unwrap().values else {
        panic!()
    };
    let count = |level: usize| {
        parts.train.iter().filter(|&&row| usize::from(codes[row as usize]) == level).count()
    };
    let most = (0..levels.len()).max_by_key(|&level| count(level)).unwrap();
    assert_eq!(value("Contract"), levels[most]);
    let Side::Numbers { edges, .. } = &picture.x else { panic!("{:?}", picture.x) };
    let ColumnValues::Numbers(tenure) = &dataset.column("tenure").unwrap().values else { panic!() };
    let tenure = || parts.train.iter().map(|&row| tenure[row as usize]);
    assert_eq!(edges.len(), 49);
    close("least", edges[0], tenure().fold(f64::INFINITY, f64::min), 1e-12);
    close("largest", edges[48], tenure().fold(0.0, f64::max), 1e-12);
    assert_eq!(picture.dots.len(), 100);
    assert!(picture.dots.iter().all(|dot| dot.y == 0.0 || dot.y == 1.0));
}

//! What a model says over two features, and lines over a log axis.

use churn_lab::charts::format::NumberFormat;
use churn_lab::charts::{
    Axis, ChartFrame, FieldSide, FieldSpec, LineSeries, LineSpec, Point, Reference, ScatterPoint,
    ScatterSeries, Spacing, SwarmPoint, SwarmRow, SwarmSpec, Tone,
};

fn series() -> Vec<ScatterSeries> {
    [("stayed", Tone::Stays), ("left", Tone::Churns)]
        .map(|(name, tone)| ScatterSeries { name: name.to_owned(), tone })
        .into()
}

/// A round boundary over two numbers.
pub fn field() -> FieldSpec {
    let edges = |most: f64| (0..=16).map(|at| most * f64::from(at) / 16.0).collect::<Vec<f64>>();
    let middles = (0..16).map(|at| (f64::from(at) + 0.5) / 16.0);
    FieldSpec {
        frame: ChartFrame::new(
            "What it says by tenure and monthly charges",
            Axis::new("Tenure", ""),
            Axis::new("Monthly charges", ""),
        ),
        measure: "decision value".to_owned(),
        format: NumberFormat::Weight,
        x: FieldSide::Numbers(edges(72.0)),
        y: FieldSide::Numbers(edges(120.0)),
        values: middles
            .clone()
            .flat_map(|y| middles.clone().map(move |x| 1.2 - 3.0 * (x * x + (1.0 - y) * (1.0 - y))))
            .collect(),
        centre: 0.0,
        reach: 1.0,
        sides: ["called stayed".to_owned(), "called left".to_owned()],
        series: series(),
        points: (0..40)
            .map(|nth: u32| ScatterPoint {
                x: f64::from(nth * 29 % 72),
                y: f64::from(18 + nth * 37 % 100),
                series: usize::from(nth.is_multiple_of(3)),
            })
            .collect(),
    }
}

/// The same over a number and levels, whose cases are spread.
pub fn field_of_levels() -> FieldSpec {
    FieldSpec {
        frame: ChartFrame::new(
            "What it says by tenure and contract",
            Axis::new("Tenure", ""),
            Axis::new("Contract", ""),
        ),
        y: FieldSide::Levels(
            ["Month-to-month", "One year", "Two year"].map(str::to_owned).to_vec(),
        ),
        values: (0..48).map(|cell| 1.0 - 0.06 * f64::from(cell)).collect(),
        points: (0..40)
            .map(|nth: u32| ScatterPoint {
                x: f64::from(nth * 29 % 72),
                y: f64::from(nth % 3),
                series: usize::from(nth.is_multiple_of(3)),
            })
            .collect(),
        ..field()
    }
}

/// Accuracy over the steps of a solver.
pub fn by_step() -> LineSpec {
    let steps = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
    let scores = [0.589, 0.472, 0.655, 0.636, 0.792];
    LineSpec {
        frame: ChartFrame::new(
            "Accuracy by step",
            Axis::new("Steps", "").spaced(Spacing::Log),
            Axis::formatted("Accuracy", NumberFormat::Score),
        ),
        series: vec![LineSeries {
            name: "test customers".to_owned(),
            points: steps.into_iter().zip(scores).map(|(x, y)| Point { x, y }).collect(),
            ..LineSeries::default()
        }],
        references: vec![Reference::Vertical { x: 100.0, label: "100".to_owned() }],
        ..LineSpec::default()
    }
}

/// What two features add, customer by customer: of a number and of a category.
pub fn swarm() -> SwarmSpec {
    let points = |reach: f64, steps: u32| {
        let all = (0..120_u32).map(|at| {
            let share = f64::from(at * 7 % steps) / f64::from(steps - 1);
            SwarmPoint { value: reach * (0.5 - share), share }
        });
        all.collect()
    };
    SwarmSpec {
        frame: ChartFrame::new(
            "Shapley values, customer by customer",
            Axis::formatted("Shapley value", NumberFormat::Weight),
            Axis::new("Feature", ""),
        ),
        size: "Mean size".to_owned(),
        ends: ["low".to_owned(), "high".to_owned()],
        rows: vec![
            SwarmRow { name: "Tenure".to_owned(), size: 0.75, points: points(3.0, 60) },
            SwarmRow { name: "Contract".to_owned(), size: 0.33, points: points(1.0, 3) },
        ],
    }
}

//! Charts that count in two directions.

use super::names;
use churn_lab::charts::format::NumberFormat;
use churn_lab::charts::{
    Axis, BarSeries, BarSpec, CellMeaning, ChartFrame, ChartSpec, Interval, MosaicPart, MosaicSpec,
    Orientation, ScatterPoint, ScatterSeries, ScatterSpec, Tone,
};

/// Tenure against charges: who stays long pays all kinds of prices, who leaves pays much early.
pub fn scatter() -> ScatterSpec {
    let series = |name: &str, tone| ScatterSeries { name: name.to_owned(), tone };
    let cells = |class: u64| {
        let cell = |cell: u64| (cell * cell * (7 + class) + 31 * class) % (90 - 40 * class);
        (0..96).map(cell).collect::<Vec<u64>>()
    };
    ScatterSpec {
        frame: ChartFrame::new(
            "Tenure and monthly charges",
            Axis::new("Tenure", "months"),
            Axis::new("Monthly charges", "dollars"),
        ),
        x_edges: (0..=12).map(|edge| f64::from(edge * 6)).collect(),
        y_edges: (0..=8).map(|edge| f64::from(20 + edge * 12)).collect(),
        series: vec![series("stays", Tone::Stays), series("churns", Tone::Churns)],
        counts: vec![cells(0), cells(1)],
        ..ScatterSpec::default()
    }
}

/// A hundred of its customers, one by one.
pub fn scatter_points() -> ScatterSpec {
    let point = |place: u32| ScatterPoint {
        x: f64::from((place * 37) % 72),
        y: 20.0 + f64::from((place * place * 13) % 96),
        series: usize::from(place.is_multiple_of(3)),
    };
    ScatterSpec { points: (0..100).map(point).collect(), ..scatter() }
}

/// Contract by payment method, one combination of which is rare.
pub fn mosaic() -> MosaicSpec {
    let part = |name: &str, tone, counts: [u64; 4]| MosaicPart {
        name: name.to_owned(),
        tone,
        counts: counts.to_vec(),
    };
    MosaicSpec {
        frame: ChartFrame::new(
            "Churn by payment method",
            Axis::new("Payment method", ""),
            Axis::new("Churn", ""),
        ),
        columns: names(&["Bank transfer (automatic)", "Credit card", "Electronic check", "Cash"]),
        parts: vec![
            part("stays", Tone::Stays, [1_284, 1_289, 1_294, 12]),
            part("churns", Tone::Churns, [258, 232, 1_071, 9]),
        ],
    }
}

/// Shares by the month of the last purchase, over bins of dates: January to December 2023.
pub fn rates_by_date() -> BarSpec {
    let values: Vec<f64> = (0..12).map(|month| 0.6 - 0.04 * f64::from(month)).collect();
    let edges: Vec<f64> = (0..=12).map(|bin| 19_358.0 + 30.0 * f64::from(bin)).collect();
    BarSpec {
        frame: ChartFrame::new(
            "Share leaving by last purchase",
            Axis::formatted("Last purchase", NumberFormat::Day),
            Axis::formatted("Share leaving", NumberFormat::Percent),
        ),
        levels: NumberFormat::Day.bin_names(&edges),
        edges,
        counts: (0..12).map(|month| 80 - 6 * month).collect(),
        series: vec![BarSeries {
            intervals: values
                .iter()
                .map(|value| Interval { low: value - 0.08, high: value + 0.08 })
                .collect(),
            values,
            tone: Tone::Churns,
            ..BarSeries::default()
        }],
        orientation: Orientation::Vertical,
        ..BarSpec::default()
    }
}

/// Every one of these, with its name.
pub fn all() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("bar-dates", ChartSpec::Bar(rates_by_date())),
        ("scatter-points", ChartSpec::Scatter(scatter_points())),
        ("scatter-counts", ChartSpec::Scatter(scatter())),
        (
            "scatter-shares",
            ChartSpec::Scatter(ScatterSpec { colours: CellMeaning::Share, ..scatter() }),
        ),
        ("mosaic", ChartSpec::Mosaic(mosaic())),
    ]
}

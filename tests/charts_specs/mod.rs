//! The charts the tests draw: made-up numbers of the lab's shape.

pub mod compared;
pub mod counted;
pub mod field;

use churn_lab::charts::format::NumberFormat;
use churn_lab::charts::{
    Arrangement, Axis, Band, BandEdge, BarReference, BarSeries, BarSpec, BinHeight, BoxGroup,
    BoxSpec, CellColours, ChartFrame, ChartSpec, HeatmapSpec, HistogramSeries, HistogramSpec,
    Interval, LineSeries, LineSpec, LineStyle, Marker, Orientation, Point, Reference, Tone,
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn percent(title: &str) -> Axis {
    Axis::formatted(title, NumberFormat::Percent)
}

/// Churn by internet service, with intervals and the overall share.
pub fn churn_by_service() -> BarSpec {
    let interval = |low, high| Interval { low, high };
    BarSpec {
        frame: ChartFrame::new(
            "Who churns by internet service",
            percent("Churn"),
            Axis::new("Internet service", ""),
        ),
        levels: names(&["DSL", "Fiber optic", "No"]),
        counts: vec![2_416, 3_096, 1_520],
        series: vec![BarSeries {
            name: "churn".to_owned(),
            tone: Tone::Churns,
            values: vec![0.19, 0.419, 0.0743],
            intervals: vec![
                interval(0.1748, 0.206),
                interval(0.4017, 0.4364),
                interval(0.0622, 0.0886),
            ],
        }],
        value_labels: true,
        reference: Some(BarReference { value: 0.266, label: "all customers".to_owned() }),
        ..BarSpec::default()
    }
}

fn grouped_bars() -> BarSpec {
    let series = |name: &str, tone, values: [f64; 4]| BarSeries {
        name: name.to_owned(),
        tone,
        values: values.to_vec(),
        intervals: Vec::new(),
    };
    BarSpec {
        frame: ChartFrame::new(
            "Scores of three models",
            Axis::new("Score", ""),
            Axis::formatted("Value", NumberFormat::Score),
        ),
        levels: names(&["Accuracy", "Precision", "Recall", "F1"]),
        series: vec![
            series("Logistic", Tone::Category(0), [0.803, 0.647, 0.557, 0.599]),
            series("Decision tree", Tone::Category(1), [0.732, 0.496, 0.49, 0.493]),
            series("Random forest", Tone::Category(2), [0.79, 0.631, 0.493, 0.553]),
        ],
        orientation: Orientation::Vertical,
        value_labels: true,
        ..BarSpec::default()
    }
}

fn stacked_bars() -> BarSpec {
    let series = |name: &str, tone, values: [f64; 4]| BarSeries {
        name: name.to_owned(),
        tone,
        values: values.to_vec(),
        intervals: Vec::new(),
    };
    BarSpec {
        frame: ChartFrame::new(
            "Customers by payment method",
            Axis::new("Customers", ""),
            Axis::new("Payment method", ""),
        ),
        levels: names(&[
            "Bank transfer (automatic)",
            "Credit card (automatic)",
            "Electronic check",
            "Mailed check",
        ]),
        series: vec![
            series("stays", Tone::Stays, [1_284.0, 1_289.0, 1_294.0, 1_296.0]),
            series("churns", Tone::Churns, [258.0, 232.0, 1_071.0, 308.0]),
        ],
        arrangement: Arrangement::Stacked,
        value_labels: true,
        ..BarSpec::default()
    }
}

fn weights() -> BarSpec {
    BarSpec {
        frame: ChartFrame::new(
            "What speaks for leaving, what for staying",
            Axis::formatted("Weight", NumberFormat::Weight),
            Axis::new("Feature", ""),
        ),
        levels: names(&[
            "Internet service",
            "Contract",
            "Tenure",
            "Total charges",
            "Streaming movies",
            "Gender",
        ]),
        series: vec![BarSeries {
            name: String::new(),
            tone: Tone::Signed,
            values: vec![0.214, 0.166, -0.121, -0.083, 0.058, 0.004],
            intervals: [0.02, 0.015, 0.02, 0.03, 0.018, 0.012]
                .iter()
                .zip([0.214, 0.166, -0.121, -0.083, 0.058, 0.004])
                .map(|(spread, value)| Interval { low: value - spread, high: value + spread })
                .collect(),
        }],
        value_labels: true,
        ..BarSpec::default()
    }
}

/// Tenure by class, 6-month bins.
pub fn tenure() -> HistogramSpec {
    HistogramSpec {
        frame: ChartFrame::new(
            "How long customers have been with us",
            Axis::new("Tenure", "months"),
            Axis::new("Customers", ""),
        ),
        edges: (0..=12).map(|bin| f64::from(bin * 6)).collect(),
        series: vec![
            HistogramSeries {
                name: "stays".to_owned(),
                tone: Tone::Stays,
                counts: vec![620, 520, 395, 370, 352, 330, 320, 335, 360, 395, 470, 696],
            },
            HistogramSeries {
                name: "churns".to_owned(),
                tone: Tone::Churns,
                counts: vec![784, 253, 180, 114, 102, 84, 73, 70, 62, 58, 49, 40],
            },
        ],
        height: BinHeight::Overlaid,
    }
}

/// Monthly charges by class.
pub fn charges() -> BoxSpec {
    let group = |name: &str, tone, numbers: [f64; 5], outliers, n| BoxGroup {
        name: name.to_owned(),
        tone,
        low_whisker: numbers[0],
        q1: numbers[1],
        median: numbers[2],
        q3: numbers[3],
        high_whisker: numbers[4],
        outliers,
        n,
        points: Vec::new(),
    };
    BoxSpec {
        frame: ChartFrame::new(
            "Monthly charges by class",
            Axis::new("Monthly charges", "$"),
            Axis::new("Class", ""),
        ),
        groups: vec![
            group("stays", Tone::Stays, [18.25, 25.1, 64.45, 88.475, 118.75], 0, 5_163),
            group("churns", Tone::Churns, [18.85, 56.15, 79.65, 94.2, 118.35], 14, 1_869),
        ],
    }
}

/// Correlations of five columns.
pub fn correlations() -> HeatmapSpec {
    let columns = names(&["Tenure", "Monthly charges", "Total charges", "Senior citizen", "Churn"]);
    HeatmapSpec {
        frame: ChartFrame::new(
            "How columns move together",
            Axis::default(),
            Axis::new("Column", ""),
        ),
        measure: "correlation".to_owned(),
        format: NumberFormat::Weight,
        rows: columns.clone(),
        columns,
        values: vec![
            1.0, 0.247, 0.826, 0.016, -0.354, //
            0.247, 1.0, 0.651, 0.22, 0.193, //
            0.826, 0.651, 1.0, 0.102, -0.199, //
            0.016, 0.22, 0.102, 1.0, 0.151, //
            -0.354, 0.193, -0.199, 0.151, 1.0,
        ]
        .into_iter()
        .map(Some)
        .collect(),
        counts: Vec::new(),
        symmetric: true,
        notes: Vec::new(),
        colours: CellColours::Diverging,
        contoured: Vec::new(),
    }
}

fn confusion() -> HeatmapSpec {
    HeatmapSpec {
        frame: ChartFrame::new(
            "What the model said, what happened",
            Axis::new("Predicted", ""),
            Axis::new("Actual", ""),
        ),
        measure: "customers".to_owned(),
        format: NumberFormat::Plain,
        rows: names(&["stays", "churns"]),
        columns: names(&["stays", "churns"]),
        values: [1_380.0, 169.0, 248.0, 313.0].map(Some).to_vec(),
        counts: Vec::new(),
        symmetric: false,
        notes: Vec::new(),
        colours: CellColours::Sequence,
        contoured: Vec::new(),
    }
}

/// A ROC curve with its operating point.
pub fn roc() -> LineSpec {
    let point = |place: u32| {
        let x = f64::from(place) / 60.0;
        let missed = (1.0 - x) * (1.0 - x);
        Point { x, y: 1.0 - missed * missed }
    };
    LineSpec {
        frame: ChartFrame {
            note: "AUC .834".to_owned(),
            ..ChartFrame::new(
                "Found churners against false alarms",
                percent("False positive rate"),
                percent("True positive rate"),
            )
        },
        series: vec![LineSeries {
            name: "Logistic".to_owned(),
            tone: Tone::Accent,
            style: LineStyle::Line,
            points: (0..=60).map(point).collect(),
            ..LineSeries::default()
        }],
        references: vec![Reference::Diagonal { label: "chance".to_owned() }],
        markers: vec![Marker { at: point(13), label: "threshold .50".to_owned() }],
        x_range: Some((0.0, 1.0)),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    }
}

/// Accuracy of nine windows against what was expected.
pub fn accuracy() -> LineSpec {
    let window = |place: usize, y: f64| Point { x: (place as f64 + 1.0) * 100.0, y };
    let expected = |place: usize| 0.8 - 0.0575 * place as f64;
    let measured = [0.83, 0.70, 0.71, 0.60, 0.49, 0.50, 0.39, 0.28, 0.32];
    LineSpec {
        frame: ChartFrame::new("Accuracy by window", Axis::new("Call", ""), percent("Accuracy")),
        series: vec![
            LineSeries {
                name: "measured".to_owned(),
                tone: Tone::Accent,
                style: LineStyle::LineAndPoints,
                points: measured.iter().enumerate().map(|(place, y)| window(place, *y)).collect(),
                ..LineSeries::default()
            },
            LineSeries {
                name: "expected".to_owned(),
                tone: Tone::Muted,
                style: LineStyle::Dashed,
                points: (0..9).map(|place| window(place, expected(place))).collect(),
                ..LineSeries::default()
            },
        ],
        band: Some(Band {
            name: "95 % range".to_owned(),
            tone: Tone::Muted,
            edges: (0..9)
                .map(|place| BandEdge {
                    x: window(place, 0.0).x,
                    low: expected(place) - 0.09,
                    high: expected(place) + 0.09,
                })
                .collect(),
        }),
        references: vec![
            Reference::Horizontal { y: 0.6, label: "alarm below 60 %".to_owned() },
            Reference::Vertical { x: 300.0, label: "noise begins".to_owned() },
        ],
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    }
}

fn times() -> LineSpec {
    // A fixed spread without randomness: fractional parts of multiples of the golden ratio.
    let spread = |place: u32| (f64::from(place) * 0.618_033_988_75).fract();
    LineSpec {
        frame: ChartFrame::new(
            "Processing time",
            Axis::new("Call", ""),
            Axis::formatted("Time", NumberFormat::Milliseconds),
        ),
        series: vec![LineSeries {
            name: "calls".to_owned(),
            tone: Tone::Accent,
            style: LineStyle::Points,
            points: (1..=300)
                .map(|place| Point {
                    x: f64::from(place),
                    y: 2.1 + 1.4 * spread(place) * spread(place * 7),
                })
                .collect(),
            ..LineSeries::default()
        }],
        references: vec![Reference::Horizontal { y: 2.4, label: "median 2.4 ms".to_owned() }],
        ..LineSpec::default()
    }
}

fn steps() -> LineSpec {
    LineSpec {
        frame: ChartFrame::new(
            "Customers above the threshold",
            Axis::new("Threshold", ""),
            Axis::new("Customers", ""),
        ),
        series: vec![LineSeries {
            name: "called".to_owned(),
            tone: Tone::Accent,
            style: LineStyle::Step,
            points: (0..=10)
                .map(|place| Point {
                    x: f64::from(place) / 10.0,
                    y: f64::from((10 - place) * (10 - place)) * 70.0,
                })
                .collect(),
            ..LineSeries::default()
        }],
        ..LineSpec::default()
    }
}

/// Bars one of which stands for a handful of customers.
fn few() -> BarSpec {
    BarSpec { counts: vec![2_416, 3_096, 12], ..churn_by_service() }
}

/// Every kind of chart, with the name of its picture.
pub fn all() -> Vec<(&'static str, ChartSpec)> {
    let mut all = counted::all();
    all.extend(compared::all());
    all.extend([
        ("bar-intervals", ChartSpec::Bar(churn_by_service())),
        ("bar-grouped", ChartSpec::Bar(grouped_bars())),
        ("bar-stacked", ChartSpec::Bar(stacked_bars())),
        ("bar-weights", ChartSpec::Bar(weights())),
        ("histogram-overlaid", ChartSpec::Histogram(tenure())),
        (
            "histogram-stacked",
            ChartSpec::Histogram(HistogramSpec { height: BinHeight::Stacked, ..tenure() }),
        ),
        ("box", ChartSpec::Box(charges())),
        ("heatmap-correlation", ChartSpec::Heatmap(correlations())),
        ("heatmap-confusion", ChartSpec::Heatmap(confusion())),
        ("line-roc", ChartSpec::Line(roc())),
        ("line-accuracy", ChartSpec::Line(accuracy())),
        ("line-times", ChartSpec::Line(times())),
        ("line-step", ChartSpec::Line(steps())),
        ("bar-few", ChartSpec::Bar(few())),
        ("field", ChartSpec::Field(field::field())),
        ("field-levels", ChartSpec::Field(field::field_of_levels())),
        ("line-by-step", ChartSpec::Line(field::by_step())),
        (
            "empty",
            ChartSpec::Bar(BarSpec {
                levels: Vec::new(),
                counts: Vec::new(),
                series: Vec::new(),
                ..churn_by_service()
            }),
        ),
    ]);
    all
}

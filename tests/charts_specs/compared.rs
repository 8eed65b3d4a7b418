//! Charts that compare runs: the workshop's ten, with the accuracy on its test customers.

use churn_lab::charts::format::NumberFormat;
use churn_lab::charts::{
    Axis, Better, BoxGroup, BoxPoint, BoxSpec, CellColours, ChartFrame, ChartSpec, HeatmapSpec,
    LineSeries, LineSpec, LineStyle, Measure, NamedPoint, ParallelAxis, ParallelLine, ParallelSpec,
    ParallelValue, Point, PointGroup, PointsSpec, Spacing, Tone,
};

pub const STEPS: [f64; 5] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
pub const LINEAR: [f64; 5] = [0.58874, 0.47213, 0.65529, 0.63595, 0.79181];
pub const RBF: [f64; 5] = [0.68828, 0.67463, 0.74289, 0.77531, 0.79181];

fn score() -> Axis {
    Axis::formatted("Accuracy, test", NumberFormat::Score)
}

fn steps() -> Axis {
    Axis::new("max_iter", "").spaced(Spacing::Log)
}

/// Name, kernel (0 linear, 1 rbf), steps, accuracy.
fn runs() -> impl Iterator<Item = (String, usize, f64, f64)> {
    let kernels = [LINEAR, RBF].into_iter().enumerate();
    kernels.flat_map(|(kernel, scores)| {
        let runs = STEPS.into_iter().zip(scores).enumerate();
        runs.map(move |(at, (steps, score))| {
            (format!("Run {}", 3 + kernel * 5 + at), kernel, steps, score)
        })
    })
}

/// The ten runs, one without a limit, and a tree, which has neither kernel nor steps.
pub fn parallel() -> ParallelSpec {
    let mut lines: Vec<ParallelLine> = runs()
        .map(|(name, kernel, steps, score)| ParallelLine {
            name,
            values: vec![
                ParallelValue::Level(2),
                ParallelValue::Level(kernel + 1),
                ParallelValue::Number(steps),
                ParallelValue::Number(score),
            ],
        })
        .collect();
    let other = |name: &str, [model, kernel, steps]: [usize; 3], score| ParallelLine {
        name: name.to_owned(),
        values: [model, kernel, steps]
            .map(ParallelValue::Level)
            .into_iter()
            .chain([ParallelValue::Number(score)])
            .collect(),
    };
    lines.push(other("Run 13", [2, 2, 1], 0.79181));
    lines.push(other("Run 14", [1, 0, 0], 0.732));
    lines.push(other("Run 15", [0, 0, 0], 0.734));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ParallelSpec {
        frame: ChartFrame::new("13 runs at once", Axis::default(), Axis::default()),
        axes: vec![
            ParallelAxis {
                axis: Axis::new("Model", ""),
                levels: names(&["Baseline", "Decision tree", "Support vector classifier"]),
            },
            ParallelAxis {
                axis: Axis::new("kernel", ""),
                levels: names(&["not set", "linear", "rbf"]),
            },
            ParallelAxis { axis: steps(), levels: names(&["not set", "none"]) },
            ParallelAxis { axis: score(), levels: Vec::new() },
        ],
        lines,
        coloured_by: Some(3),
        better: Better::Higher,
    }
}

/// Accuracy over steps, told apart by kernel.
pub fn runs_by_kernel() -> PointsSpec {
    let group =
        |name: &str, place| PointGroup { name: name.to_owned(), tone: Tone::Category(place) };
    PointsSpec {
        frame: ChartFrame::new("Accuracy, test over max_iter", steps(), score()),
        groups: vec![group("linear", 0), group("rbf", 1)],
        points: runs()
            .map(|(name, group, x, y)| NamedPoint { name, x, y, group, value: None })
            .collect(),
        measure: None,
    }
}

/// Two settings drawn at random, coloured by a loss.
pub fn runs_by_loss() -> PointsSpec {
    let drawn = |place: i32| f64::from(place * 37 % 101) / 100.0;
    PointsSpec {
        frame: ChartFrame::new(
            "Log loss, folds over C and gamma",
            Axis::new("C", "").spaced(Spacing::Log),
            Axis::new("gamma", "").spaced(Spacing::Log),
        ),
        groups: vec![PointGroup::default()],
        points: (1..=40)
            .map(|place| NamedPoint {
                name: format!("Run {place}"),
                x: libm::pow(10.0, 6.0 * drawn(place) - 3.0),
                y: libm::pow(10.0, 4.0 * drawn(place * place + 3) - 4.0),
                value: (place != 7).then(|| 0.42 + 0.2 * (drawn(place) - 0.4).abs()),
                ..NamedPoint::default()
            })
            .collect(),
        measure: Some(Measure {
            axis: Axis::formatted("Log loss, folds", NumberFormat::Score),
            better: Better::Lower,
        }),
    }
}

/// A line a kernel over steps, on a log axis.
pub fn log_lines() -> LineSpec {
    let series = |name: &str, place, scores: [f64; 5]| LineSeries {
        name: name.to_owned(),
        tone: Tone::Category(place),
        style: LineStyle::LineAndPoints,
        points: STEPS.into_iter().zip(scores).map(|(x, y)| Point { x, y }).collect(),
        notes: (0..5).map(|at| format!("Run {}", 3 + place * 5 + at)).collect(),
    };
    LineSpec {
        frame: ChartFrame::new("Accuracy, test over max_iter", steps(), score()),
        series: vec![series("linear", 0, LINEAR), series("rbf", 1, RBF)],
        ..LineSpec::default()
    }
}

/// Accuracy by kernel and steps, a cell a run; one was not tried.
pub fn score_map() -> HeatmapSpec {
    let mut values: Vec<Option<f64>> = LINEAR.into_iter().chain(RBF).map(Some).collect();
    values[6] = None;
    HeatmapSpec {
        frame: ChartFrame::new(
            "Accuracy, test by max_iter and kernel",
            Axis::new("max_iter", ""),
            Axis::new("kernel", ""),
        ),
        measure: "Accuracy, test".to_owned(),
        format: NumberFormat::Score,
        rows: vec!["linear".to_owned(), "rbf".to_owned()],
        columns: STEPS.iter().map(f64::to_string).collect(),
        values,
        notes: (3..13).map(|run| format!("Run {run}")).collect(),
        colours: CellColours::Score(Better::Higher),
        ..HeatmapSpec::default()
    }
}

/// A score over two numbers, with lines of equal scores: a ridge from the lower left, one combination of
/// twenty-four not tried.
pub fn contoured() -> HeatmapSpec {
    let (columns, rows) = (6, 4);
    let score = |place: usize| {
        let (x, y) = ((place % columns) as f64, (rows - 1 - place / columns) as f64);
        0.79 - 0.012 * (x - 1.4 * y) * (x - 1.4 * y) / (1.0 + 0.3 * y) + 0.004 * y
    };
    let tried = |place: usize| place != 5;
    let values: Vec<Option<f64>> =
        (0..columns * rows).map(|place| tried(place).then(|| score(place))).collect();
    HeatmapSpec {
        frame: ChartFrame::new(
            "Accuracy, test by C and gamma",
            Axis::new("C", ""),
            Axis::new("gamma", ""),
        ),
        measure: "Accuracy, test".to_owned(),
        format: NumberFormat::FineScore,
        rows: ["1", "0.1", "0.01", "0.001"].map(str::to_owned).to_vec(),
        columns: ["0.01", "0.1", "1", "10", "100", "1000"].map(str::to_owned).to_vec(),
        notes: (0..columns * rows)
            .map(|place| if tried(place) { format!("Run {}", 3 + place) } else { String::new() })
            .collect(),
        // the four around the one that was not tried are no whole square
        contoured: (0..columns * rows).map(tried).collect(),
        values,
        colours: CellColours::Score(Better::Higher),
        ..HeatmapSpec::default()
    }
}

/// Accuracy by kernel, every run a point.
pub fn box_of_runs() -> BoxSpec {
    let group = |name: &str, place: usize, scores: [f64; 5]| {
        let mut sorted = scores;
        sorted.sort_by(f64::total_cmp);
        let [low_whisker, q1, median, q3, high_whisker] = sorted;
        BoxGroup {
            name: name.to_owned(),
            tone: Tone::Accent,
            low_whisker,
            q1,
            median,
            q3,
            high_whisker,
            outliers: 0,
            n: 5,
            points: scores
                .into_iter()
                .enumerate()
                .map(|(at, value)| BoxPoint { name: format!("Run {}", 3 + place * 5 + at), value })
                .collect(),
        }
    };
    BoxSpec {
        frame: ChartFrame::new("Accuracy, test by kernel", score(), Axis::new("kernel", "")),
        groups: vec![group("linear", 0, LINEAR), group("rbf", 1, RBF)],
    }
}

/// Every one of these, with its name.
pub fn all() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("parallel", ChartSpec::Parallel(parallel())),
        ("points-groups", ChartSpec::Points(runs_by_kernel())),
        ("points-measured", ChartSpec::Points(runs_by_loss())),
        ("line-log", ChartSpec::Line(log_lines())),
        ("heatmap-score", ChartSpec::Heatmap(score_map())),
        ("heatmap-contours", ChartSpec::Heatmap(contoured())),
        ("box-points", ChartSpec::Box(box_of_runs())),
        ("swarm", ChartSpec::Swarm(super::field::swarm())),
    ]
}

//! Charts: pictures compared byte for byte, and what they promise beside the picture.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly and read the pictures they compare with"
)]

mod charts_specs;

use std::path::PathBuf;

use charts_specs as specs;
use churn_lab::charts::format::NumberFormat;
use churn_lab::charts::{
    Axis, BarSeries, BarSpec, Cell, ChartError, ChartFrame, ChartSpec, Highlight, HistogramSpec,
    Interval, LineSeries, LineSpec, Orientation, Point, Surface, Theme, Tone, mark_at,
};

const SIZES: [(f64, f64); 2] = [(560.0, 320.0), (320.0, 240.0)];

/// `UPDATE_SNAPSHOTS=1` writes the pictures anew; look at them before you commit them.
#[test]
fn pictures_stay_as_they_are() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/charts");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    for (name, spec) in specs::all() {
        for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            for (width, height) in SIZES {
                let svg = spec.to_svg(width, height, &theme).unwrap();
                let file = folder.join(format!("{name}-{theme_name}-{width}.svg"));
                if update {
                    std::fs::create_dir_all(&folder).unwrap();
                    std::fs::write(&file, svg).unwrap();
                } else if std::fs::read_to_string(&file).ok().as_deref() != Some(&svg) {
                    changed.push(file);
                }
            }
        }
    }
    assert!(changed.is_empty(), "changed or missing: {changed:#?}");
}

fn surface() -> Surface {
    Surface::new(560.0, 320.0)
}

fn bars(levels: &[&str], values: &[f64]) -> BarSpec {
    BarSpec {
        frame: ChartFrame::new(
            "Churn by level",
            Axis::formatted("Churn", NumberFormat::Percent),
            Axis::new("Level", ""),
        ),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        series: vec![BarSeries {
            name: "churn".to_owned(),
            tone: Tone::Churns,
            values: values.to_vec(),
            intervals: Vec::new(),
        }],
        value_labels: true,
        ..BarSpec::default()
    }
}

/// Values of an attribute of all elements named `tag`.
fn attributes(svg: &str, tag: &str, name: &str) -> Vec<f64> {
    svg.split(&format!("<{tag}"))
        .skip(1)
        .filter_map(|element| {
            let (_, rest) = element.split_once(&format!(" {name}=\""))?;
            rest.split_once('"')?.0.parse().ok()
        })
        .collect()
}

#[test]
fn marks_lie_inside_and_say_something() {
    for (name, spec) in specs::all() {
        for (width, height) in SIZES {
            let marks = spec.marks(&Surface::new(width, height)).unwrap();
            assert_eq!(marks.is_empty(), spec.is_empty(), "{name}");
            for mark in &marks {
                let area = mark.area;
                assert!(area.x >= 0.0 && area.right() <= width, "{name} {area:?}");
                assert!(area.y >= 0.0 && area.bottom() <= height, "{name} {area:?}");
                assert!(!mark.readout.is_empty(), "{name}");
            }
        }
    }
}

/// The picture is in quarter pixels.
#[test]
fn a_mark_is_where_its_bar_is_drawn() {
    let spec = ChartSpec::Bar(specs::churn_by_service());
    let svg = spec.to_svg(560.0, 320.0, &Theme::light()).unwrap();
    let red: Vec<&str> = svg.lines().filter(|line| line.contains("#D9604D")).collect();
    let marks = spec.marks(&surface()).unwrap();
    assert_eq!(red.len(), marks.len());
    for (line, mark) in red.iter().zip(&marks) {
        let line = format!("{line}\n");
        for (attribute, expected) in [
            ("x", mark.area.x),
            ("y", mark.area.y),
            ("width", mark.area.width),
            ("height", mark.area.height),
        ] {
            let drawn = attributes(&line, "rect", attribute);
            assert!((drawn[0] / 4.0 - expected).abs() < 0.3, "{attribute}: {line}");
        }
    }
}

#[test]
fn the_pointer_means_the_nearest_mark() {
    let marks = ChartSpec::Bar(specs::churn_by_service()).marks(&surface()).unwrap();
    for (place, mark) in marks.iter().enumerate() {
        let (x, y) = mark.area.centre();
        assert_eq!(mark_at(&marks, x, y), Some(place));
        assert_eq!(mark_at(&marks, mark.area.right() + 10.0, y), Some(place));
    }
    assert_eq!(mark_at(&marks, 500.0, 5.0), None);
    assert_eq!(mark_at(&[], 5.0, 5.0), None);
}

#[test]
fn readouts_and_summaries_are_sentences() {
    let table: [(ChartSpec, &str, &str); 6] = [
        (
            ChartSpec::Bar(specs::churn_by_service()),
            "DSL: 19.0\u{a0}% churn (17.5\u{a0}% to 20.6\u{a0}%), n = 2,416",
            "Churn is highest for Fiber optic (41.9\u{a0}%) and lowest for No (7.4\u{a0}%)",
        ),
        (
            ChartSpec::Histogram(specs::tenure()),
            "0 to 6 months: 620 stays, 784 churns",
            "Tenure: stays peaks at 66 to 72 months (696, 13\u{a0}% of 5,163); churns peaks at 0 to 6 months (784, 42\u{a0}% of 1,869)",
        ),
        (
            ChartSpec::Box(specs::charges()),
            "stays: median 64.5 $, half of the values from 25.1 to 88.5, whiskers 18.2 to 119, no outliers, n = 5,163",
            "Monthly charges: the median is highest for churns (79.7 $) and lowest for stays (64.5 $)",
        ),
        (
            ChartSpec::Heatmap(specs::correlations()),
            "Tenure and Tenure: correlation +1.000",
            "The correlation is highest for Tenure and Total charges (+.826) and lowest for Tenure and Churn (−.354)",
        ),
        (
            ChartSpec::Line(specs::roc()),
            "False positive rate 0.0\u{a0}%: True positive rate 0.0\u{a0}%",
            "True positive rate rises from 0.0\u{a0}% at false positive rate 0.0\u{a0}% to 100.0\u{a0}% at 100.0\u{a0}%. AUC .834",
        ),
        (
            ChartSpec::Line(specs::accuracy()),
            "measured, Call 100: Accuracy 83.0\u{a0}%",
            "Measured falls from 83.0\u{a0}% at call 100 to 32.0\u{a0}% at 900; expected falls from 80.0\u{a0}% at call 100 to 34.0\u{a0}% at 900",
        ),
    ];
    for (spec, readout, summary) in table {
        assert_eq!(spec.marks(&surface()).unwrap()[0].readout, readout);
        assert_eq!(spec.summary(), summary);
    }
}

#[test]
fn one_level_and_equal_levels_have_their_own_sentence() {
    let one = ChartSpec::Bar(bars(&["All"], &[0.266]));
    assert_eq!(one.summary(), "Churn is 26.6\u{a0}% for All");
    let equal = ChartSpec::Bar(bars(&["A", "B"], &[0.2, 0.2]));
    assert_eq!(equal.summary(), "Churn is the same everywhere (20.0\u{a0}%)");
    let nothing = ChartSpec::Bar(bars(&["A", "B"], &[0.0, 0.0]));
    for spec in [one, equal, nothing] {
        assert_eq!(spec.marks(&surface()).unwrap().len(), spec.table().rows.len());
        assert!(!spec.to_svg(320.0, 240.0, &Theme::dark()).unwrap().contains("NaN"));
    }
}

#[test]
fn an_empty_chart_says_so() {
    let empty = [
        ChartSpec::Bar(BarSpec::default()),
        ChartSpec::Histogram(HistogramSpec::default()),
        ChartSpec::Box(Default::default()),
        ChartSpec::Heatmap(Default::default()),
        ChartSpec::Line(LineSpec::default()),
    ];
    for spec in empty {
        let svg = spec.to_svg(320.0, 240.0, &Theme::light()).unwrap();
        assert_eq!(svg.matches("Nothing to show yet").count(), 2, "drawn and described");
        assert_eq!(spec.summary(), "Nothing to show yet");
        assert_eq!(spec.marks(&surface()).unwrap(), []);
    }
}

/// A chart written as CSV and read by a CSV reader gives the numbers back to the last bit.
#[test]
fn csv_gives_the_same_numbers_back() {
    for (name, spec) in specs::all() {
        let table = spec.table();
        let csv = spec.to_csv();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(header, table.header, "{name}");
        let mut rows = 0;
        for (record, row) in reader.records().zip(&table.rows) {
            rows += 1;
            let record = record.unwrap();
            assert_eq!(record.len(), row.len());
            for (field, cell) in record.iter().zip(row) {
                match cell {
                    Cell::Text(text) => assert_eq!(field, text),
                    Cell::Count(count) => assert_eq!(field.parse::<u64>().unwrap(), *count),
                    Cell::Number { value, .. } if value.is_nan() => assert_eq!(field, ""),
                    Cell::End { value, .. } | Cell::Number { value, .. } => {
                        assert_eq!(field.parse::<f64>().unwrap().to_bits(), value.to_bits());
                    }
                }
            }
        }
        assert_eq!(rows, table.rows.len(), "{name}");
    }
    let hostile = ChartSpec::Bar(bars(&["a,b", "say \"no\"", "two\nlines"], &[0.1, 0.2, 0.3]));
    assert_eq!(
        hostile.to_csv(),
        "Level,churn\r\n\"a,b\",0.1\r\n\"say \"\"no\"\"\",0.2\r\n\"two\nlines\",0.3\r\n"
    );
}

#[test]
fn bad_specs_are_refused_with_place_and_value() {
    let nan = ChartSpec::Bar(bars(&["DSL", "No"], &[0.1, f64::NAN]));
    assert_eq!(
        nan.marks(&surface()).unwrap_err().to_string(),
        "value of No in churn is NaN; a chart needs finite numbers of at most 10¹⁵"
    );
    let short = ChartSpec::Bar(bars(&["DSL", "No"], &[0.1]));
    assert_eq!(
        short.to_svg(560.0, 320.0, &Theme::light()).unwrap_err(),
        ChartError::UnequalLengths { place: "churn".to_owned(), expected: 2, found: 1 }
    );
    let mut turned = specs::churn_by_service();
    turned.series[0].intervals[1] = Interval { low: 0.5, high: 0.4 };
    assert_eq!(
        ChartSpec::Bar(turned).marks(&surface()).unwrap_err(),
        ChartError::NotAscending {
            place: "interval of Fiber optic".to_owned(),
            before: 0.5,
            after: 0.4
        }
    );
    let mut boxes = specs::charges();
    boxes.groups[0].q1 = f64::INFINITY;
    let mut heat = specs::correlations();
    heat.values[3] = Some(f64::NAN);
    let mut line = specs::roc();
    line.series[0].points[5].y = f64::NEG_INFINITY;
    let mut bins = specs::tenure();
    bins.edges[2] = f64::NAN;
    for spec in [
        ChartSpec::Box(boxes),
        ChartSpec::Heatmap(heat),
        ChartSpec::Line(line),
        ChartSpec::Histogram(bins),
    ] {
        let error = spec.marks(&surface()).unwrap_err();
        assert!(matches!(error, ChartError::BadNumber { .. }), "{error}");
    }
    for surface in [Surface::new(100.0, 300.0), Surface::new(f64::NAN, 300.0)] {
        let error = ChartSpec::Line(specs::roc()).marks(&surface).unwrap_err();
        assert!(matches!(error, ChartError::TooSmall { .. }), "{error}");
    }
}

#[test]
fn sixty_levels_with_long_names_stay_in_the_picture() {
    let names: Vec<String> = (0..60)
        .map(|place| format!("A very long name of a category, number {place}, which goes on"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values: Vec<f64> = (0..60).map(|place| f64::from(place) / 60.0 - 0.3).collect();
    for orientation in [Orientation::Horizontal, Orientation::Vertical] {
        let spec = ChartSpec::Bar(BarSpec { orientation, ..bars(&names, &values) });
        let svg = spec.to_svg(320.0, 240.0, &Theme::light()).unwrap();
        assert!(svg.contains('…'), "names are shortened in the drawing");
        for x in attributes(&svg, "text", "x") {
            assert!((0.0..=1280.0).contains(&x), "text at {x}");
        }
        let marks = spec.marks(&Surface::new(320.0, 240.0)).unwrap();
        assert_eq!(marks.len(), 60);
        assert!(marks[7].readout.contains(names[7]), "and whole in the read-out");
        for mark in marks {
            assert!(mark.area.right() <= 320.0 && mark.area.bottom() <= 240.0);
        }
    }
    let tall = ChartSpec::Bar(bars(&names, &values));
    assert!(tall.preferred_height() > 60.0 * 20.0);
}

/// Names come from files: they must neither open a tag nor break the XML.
#[test]
fn hostile_text_stays_text() {
    let evil = "<script>alert(1)</script>&\"'\u{0}\u{8}\u{ffff}";
    let mut spec = bars(&[evil], &[0.5]);
    spec.frame.title = evil.to_owned();
    spec.frame.x.title = evil.to_owned();
    spec.frame.note = evil.to_owned();
    let svg = ChartSpec::Bar(spec).to_svg(560.0, 320.0, &Theme::light()).unwrap();
    assert!(!svg.contains("<script"));
    assert!(svg.contains("&lt;script&gt;"));
    assert!(
        svg.chars().all(|letter| letter == '\n' || (!letter.is_control() && letter != '\u{ffff}'))
    );
}

/// Extremes of size, sign and spread: no NaN, nothing endless.
#[test]
fn any_finite_numbers_can_be_drawn() {
    let lists: [&[f64]; 8] = [
        &[0.0],
        &[-1e15, 1e15],
        &[1e-300, 2e-300],
        &[1e15, 1e15 - 1.0],
        &[-5.0, -5.0, -5.0],
        &[1.0, 1.0 + 1e-15],
        &[-3.0, -1.0, -2.0],
        &[1e-9, 1e9],
    ];
    for values in lists {
        let points = values.iter().map(|value| Point { x: *value, y: *value });
        let line = LineSpec {
            series: vec![LineSeries { points: points.collect(), ..LineSeries::default() }],
            ..LineSpec::default()
        };
        let names = vec!["level"; values.len()];
        for spec in [ChartSpec::Line(line), ChartSpec::Bar(bars(&names, values))] {
            let svg = spec.to_svg(320.0, 240.0, &Theme::light()).unwrap();
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{values:?}");
            assert_eq!(spec.marks(&surface()).unwrap().len(), values.len());
        }
    }
}

/// The ring is the only difference, and a mark that is not there gets none.
#[test]
fn the_focused_mark_gets_a_ring() {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    let spec = ChartSpec::Bar(specs::churn_by_service());
    let draw = |focus, scale: f64| {
        let highlight = Highlight { focus, ..Highlight::default() };
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, (1120, 640)).into_drawing_area();
            let surface = Surface { scale, ..surface() };
            spec.draw(&root, &surface, &Theme::light(), &highlight).unwrap();
            root.present().unwrap();
        }
        svg
    };
    let plain = draw(None, 2.0);
    assert_eq!(draw(Some(99), 2.0), plain);
    let ringed = draw(Some(1), 2.0);
    let added: Vec<&str> = ringed.lines().filter(|line| !plain.contains(line)).collect();
    assert_eq!(added.len(), 2, "{added:?}");
    assert!(added[1].contains("#3B4CCA"));
    // Twice the scale, twice the size, line for line.
    let (small, large) = (draw(None, 1.0), plain);
    for (one, two) in attributes(&small, "text", "x").iter().zip(attributes(&large, "text", "x")) {
        assert!((one * 2.0 - two).abs() <= 1.0);
    }
}

//! Figures of no rows are no figures, those of few win no sentence, and bins have names that differ.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use churn_lab::charts::format::{NumberFormat, bounds};
use churn_lab::charts::{
    Axis, BarSeries, BarSpec, BoxGroup, BoxSpec, CellColours, ChartFrame, ChartSpec, HeatmapSpec,
    HistogramSeries, HistogramSpec, Interval, Surface, Theme,
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn readouts(spec: &ChartSpec) -> Vec<String> {
    let marks = spec.marks(&Surface::new(560.0, 320.0)).unwrap();
    marks.into_iter().map(|mark| mark.readout).collect()
}

/// A share for each level, with the rows behind it.
fn bars(counts: &[u64], values: &[f64]) -> ChartSpec {
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            "Share by level",
            Axis::formatted("Share", NumberFormat::Percent),
            Axis::new("Level", ""),
        ),
        levels: names(&["A", "B", "C", "D"][..counts.len()]),
        counts: counts.to_vec(),
        series: vec![BarSeries {
            values: values.to_vec(),
            intervals: values.iter().map(|_| Interval { low: 0.0, high: 1.0 }).collect(),
            ..BarSeries::default()
        }],
        value_labels: true,
        ..BarSpec::default()
    })
}

fn heat(counts: &[u64], values: &[Option<f64>]) -> HeatmapSpec {
    HeatmapSpec {
        frame: ChartFrame::new("Share", Axis::new("", ""), Axis::new("Side", "")),
        measure: "share".to_owned(),
        format: NumberFormat::Percent,
        rows: names(&["No", "Yes"]),
        columns: names(&["No", "Yes"]),
        values: values.to_vec(),
        counts: counts.to_vec(),
        colours: CellColours::Sequence,
        ..HeatmapSpec::default()
    }
}

#[test]
fn a_bar_without_rows_has_no_value_and_few_rows_win_no_sentence() {
    let spec = bars(&[0, 12, 400, 40], &[0.0, 1.0, 0.3, 0.2]);
    assert_eq!(readouts(&spec)[0], "A: –, n = 0 (few)");
    assert_eq!(
        spec.summary(),
        "Share is highest for C (30.0\u{a0}%) and lowest for D (20.0\u{a0}%)"
    );
    let first: Vec<String> = spec.table().rows[0].iter().map(|cell| cell.shown()).collect();
    assert_eq!(first, ["A", "–", "–", "–", "0"]);
    assert_eq!(spec.to_csv().lines().nth(1), Some("A,,,,0"));
    let svg = spec.to_svg(560.0, 320.0, &Theme::light()).unwrap();
    assert!(svg.contains('–') && !svg.contains("NaN"), "{svg}");
    for (counts, expected) in [
        (&[12, 0][..], "Share: too few cases to compare"),
        (&[400, 12][..], "Share is 50.0\u{a0}% for A"),
        (&[400, 30][..], "Share is the same everywhere (50.0\u{a0}%)"),
    ] {
        assert_eq!(bars(counts, &[0.5, 0.5]).summary(), expected);
    }
}

#[test]
fn a_cell_without_rows_has_no_value_and_few_rows_win_no_sentence() {
    let cells = [Some(0.9), None, Some(0.4), Some(0.1)];
    let spec = ChartSpec::Heatmap(heat(&[12, 0, 300, 400], &cells));
    assert_eq!(readouts(&spec)[1], "No and Yes: share –, n = 0 (few)");
    // the cell of Yes and Yes is one like others: here are two columns with the same levels
    assert_eq!(
        spec.summary(),
        "The share is highest for Yes and No (40.0\u{a0}%) and lowest for Yes and Yes (10.0\u{a0}%)"
    );
    assert_eq!(
        spec.to_csv(),
        "Side,No,\"No, n\",Yes,\"Yes, n\"\r\nNo,0.9,12,,0\r\nYes,0.4,300,0.1,400\r\n"
    );
    assert!(!spec.to_svg(560.0, 320.0, &Theme::dark()).unwrap().contains("NaN"));
    for (counts, expected) in [
        ([12, 0, 3, 4], "There is too little to compare the share"),
        ([12, 0, 3, 400], "The share is 10.0\u{a0}% for Yes and Yes"),
    ] {
        assert_eq!(ChartSpec::Heatmap(heat(&counts, &cells)).summary(), expected);
    }
}

/// Of columns against themselves each pair counts once, and no column with itself.
#[test]
fn a_matrix_leaves_its_diagonal_out() {
    let matrix = |counts: &[u64], values: &[Option<f64>]| {
        ChartSpec::Heatmap(HeatmapSpec { symmetric: true, ..heat(counts, values) })
    };
    let cells = [Some(1.0), Some(0.2), Some(0.2), Some(1.0)];
    let spec = matrix(&[400; 4], &cells);
    assert_eq!(spec.summary(), "The share is 20.0\u{a0}% for No and Yes");
    assert_eq!(spec.to_csv(), "Side,No,Yes,n\r\nNo,1,0.2,400\r\nYes,0.2,1,400\r\n");
    let nothing = "There is too little to compare the share";
    assert_eq!(matrix(&[12; 4], &cells).summary(), nothing);
    assert_eq!(matrix(&[400; 4], &[Some(1.0), None, None, None]).summary(), nothing);
}

#[test]
fn a_box_of_few_wins_no_sentence() {
    let group = |name: &str, median: f64, n: u64| BoxGroup {
        name: name.to_owned(),
        low_whisker: 0.0,
        median,
        high_whisker: 99.0,
        q3: 99.0,
        n,
        ..BoxGroup::default()
    };
    for (groups, expected) in [
        (
            vec![group("A", 90.0, 29), group("B", 20.0, 30), group("C", 10.0, 300)],
            "Price: the median is highest for B (20) and lowest for C (10)",
        ),
        (vec![group("A", 90.0, 29), group("B", 20.0, 30)], "Price: the median is 20 for B"),
        (vec![group("A", 90.0, 29), group("B", 20.0, 3)], "Price: too few cases to compare"),
    ] {
        let frame = ChartFrame::new("Price", Axis::new("Price", ""), Axis::new("", ""));
        assert_eq!(ChartSpec::Box(BoxSpec { frame, groups }).summary(), expected);
    }
}

#[test]
fn ends_of_ranges_are_told_apart() {
    for (ends, expected) in [
        (&[1.0, 8.1, 15.2][..], "1|8.1|15.2"),
        (&[2018.0, 2018.3, 2018.6], "2018|2018.3|2018.6"),
        (&[1899.0, 2018.0], "1,899|2,018"),
        (&[2018.0, 2024.0], "2018|2024"),
        (&[18.25, 28.299_999_999_999_997, 38.35], "18.25|28.3|38.35"),
        (&[100.0, 100.0 + 1.0 / 3.0, 100.0 + 2.0 / 3.0], "100|100.333|100.667"),
        (&[18.8, 18.8 + 2000.0 / 3.0], "18.8|685"),
        (&[12.5, 12.5], "12.5|12.5"),
        (&[-0.5, 0.0, 0.5], "−0.5|0|0.5"),
        (&[0.0, 1e-9, 2e-9], "0|1.0e−9|2.0e−9"),
        (&[], ""),
    ] {
        assert_eq!(bounds(ends).join("|"), expected);
    }
}

#[test]
fn a_histogram_of_years_has_a_name_for_each_bin() {
    let spec = ChartSpec::Histogram(HistogramSpec {
        frame: ChartFrame::new("Since", Axis::new("Since", ""), Axis::new("Customers", "")),
        edges: (0..=20).map(|edge| 2018.0 + 0.3 * f64::from(edge)).collect(),
        series: vec![HistogramSeries { counts: vec![1; 20], ..HistogramSeries::default() }],
        ..HistogramSpec::default()
    });
    let mut all = readouts(&spec);
    assert!(all[1].starts_with("2018.3 to 2018.6: 1"), "{all:?}");
    all.dedup();
    assert_eq!(all.len(), 20);
    let second: Vec<String> = spec.table().rows[1].iter().map(|cell| cell.shown()).collect();
    assert_eq!(second, ["2018.3", "2018.6", "1"]);
}

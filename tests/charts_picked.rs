//! What is picked stands out, and the charts that count in two directions.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[allow(dead_code, reason = "every test file uses a part")]
mod charts_specs;

use charts_specs as specs;
use churn_lab::charts::{ChartSpec, Highlight, Surface, Theme};

fn surface() -> Surface {
    Surface::new(560.0, 320.0)
}

/// Marks that are not picked fade, where any is; what is dragged over is shown.
#[test]
fn what_is_picked_stands_out() {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    let spec = ChartSpec::Bar(specs::churn_by_service());
    let lines = |highlight: Highlight<'_>| {
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, (560, 320)).into_drawing_area();
            spec.draw(&root, &surface(), &Theme::light(), &highlight).unwrap();
            root.present().unwrap();
        }
        svg.lines().count()
    };
    let plain = lines(Highlight::default());
    let picked = |picked| Highlight { picked, ..Highlight::default() };
    assert_eq!(lines(picked(&[false; 3])), plain, "nothing is picked");
    assert_eq!(lines(picked(&[true; 3])), plain, "everything is");
    assert_eq!(lines(picked(&[false, true, false])), plain + 2);
    let dragged = Some(spec.marks(&surface()).unwrap()[0].area);
    assert_eq!(lines(Highlight { dragged, ..Highlight::default() }), plain + 2);
}

/// The uppermost row comes first, so that Down goes down.
#[test]
fn cells_of_a_scatter_are_walked_row_by_row() {
    let spec = ChartSpec::Scatter(specs::counted::scatter());
    assert_eq!(spec.marks_in_row(), Some(12));
    let marks = spec.marks(&surface()).unwrap();
    assert_eq!(marks.len(), 96);
    let (first, right, below) = (marks[0].area, marks[1].area, marks[12].area);
    assert!(first.x < right.x && (first.y - right.y).abs() < 1e-9);
    assert!((first.x - below.x).abs() < 1e-9 && first.y < below.y);
    assert_eq!(
        marks[84].readout,
        "Tenure 0 to 6, Monthly charges 20 to 32: n = 31, 100.0\u{a0}% churns"
    );
}

#[test]
fn a_mosaic_s_columns_are_as_wide_as_their_counts() {
    let spec = ChartSpec::Mosaic(specs::counted::mosaic());
    let marks = spec.marks(&surface()).unwrap();
    let (first, third) = (marks[0].area, marks[4].area);
    assert!((third.width / first.width - 2_365.0 / 1_542.0).abs() < 1e-6);
    assert!(
        (marks[1].area.height / (marks[1].area.height + first.height) - 258.0 / 1_542.0).abs()
            < 1e-6
    );
    assert_eq!(marks[1].readout, "Bank transfer (automatic), churns: 258, 16.7\u{a0}% of 1,542");
    assert!(marks[7].readout.ends_with("42.9\u{a0}% of 21 (few)"));
}

//! Contours of a map of scores: where they run, what they never cross, and that they are seen.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[allow(dead_code, reason = "every test file uses a part")]
mod charts_specs;

use charts_specs::compared as specs;
use churn_lab::charts::{Better, CellColours, ChartSpec, HeatmapSpec, Surface, Theme, Tone};

fn surface() -> Surface {
    Surface::new(560.0, 320.0)
}

/// The lines of a picture of 560 by 320, in pixels.
fn lines_of(spec: &HeatmapSpec) -> Vec<Vec<(f64, f64)>> {
    let svg = ChartSpec::Heatmap(spec.clone()).to_svg(560.0, 320.0, &Theme::light()).unwrap();
    let lines = svg.split("<polyline").skip(1).map(|element| {
        let (_, rest) = element.split_once(" points=\"").unwrap();
        let points = rest.split_once('"').unwrap().0.split_whitespace();
        let number = |text: &str| text.parse::<f64>().unwrap() / 4.0;
        points
            .map(|point| point.split_once(',').unwrap())
            .map(|(x, y)| (number(x), number(y)))
            .collect()
    });
    lines.collect()
}

/// A plane of accuracy over 4 by 3 cells: .60, .62, .64, .66 along, .03 more a row upward.
fn plane() -> HeatmapSpec {
    let value = |place: usize| 0.6 + 0.02 * (place % 4) as f64 + 0.03 * (2 - place / 4) as f64;
    HeatmapSpec {
        rows: ["3", "2", "1"].map(str::to_owned).to_vec(),
        columns: ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
        values: (0..12).map(|place| Some(value(place))).collect(),
        notes: Vec::new(),
        contoured: vec![true; 12],
        ..specs::score_map()
    }
}

/// Of a plane every line is straight, and at each of its points the plane, read off between the middles
/// of the cells, is the level.
#[test]
fn contours_of_a_plane_are_straight_and_at_their_level() {
    let spec = plane();
    let marks = ChartSpec::Heatmap(spec.clone()).marks(&surface()).unwrap();
    let middle = |place: usize| marks[place].area.centre();
    let (origin, across, up) = (middle(8), middle(9).0 - middle(8).0, middle(8).1 - middle(4).1);
    let at = |(x, y): (f64, f64)| 0.6 + 0.02 * (x - origin.0) / across + 0.03 * (origin.1 - y) / up;
    // .60 to .72: steps of .05 have two between, of .025 four
    let levels = [0.625, 0.65, 0.675, 0.7];
    let lines = lines_of(&spec);
    assert_eq!(lines.len(), 2 * levels.len(), "each on a strip of the surface");
    for (line, level) in lines.iter().zip(levels.iter().cycle()) {
        assert!(line.len() > 1);
        for point in line {
            // a quarter pixel is rounded
            assert!((at(*point) - level).abs() < 2e-4, "{level}: {} at {point:?}", at(*point));
        }
    }
    let summary = ChartSpec::Heatmap(spec.clone()).summary();
    assert!(summary.ends_with("; lines are at .625, .650, .675 and .700"), "{summary}");
    let svg = ChartSpec::Heatmap(spec).to_svg(560.0, 320.0, &Theme::dark()).unwrap();
    for label in [".625", ".650", ".675", ".700"] {
        assert_eq!(svg.matches(&format!("\n{label}\n")).count(), 1, "{label}");
    }
}

/// Lines are no marks, stay between the middles of cells that were tried, and are none without a
/// difference or where they are not asked for.
#[test]
fn contours_stay_inside_what_was_tried() {
    let spec = specs::contoured();
    let plain = HeatmapSpec { contoured: Vec::new(), ..spec.clone() };
    let [with, without] =
        [&spec, &plain].map(|spec| ChartSpec::Heatmap(spec.clone()).marks(&surface()).unwrap());
    assert_eq!(with, without);
    assert!(lines_of(&plain).is_empty());
    let middle = |place: usize| with[place].area.centre();
    let ((left, top), (right, bottom)) = (middle(0), middle(23));
    let lines = lines_of(&spec);
    assert!(lines.len() >= 6);
    for (x, y) in lines.concat() {
        assert!(x >= left - 0.2 && x <= right + 0.2, "{x}");
        assert!(y >= top - 0.2 && y <= bottom + 0.2, "{y}");
        // the square that lacks its upper right corner
        assert!(!(x > middle(4).0 + 0.2 && y < middle(10).1 - 0.2), "{x}, {y}");
    }
    let mut flat = plane();
    flat.values.fill(Some(0.7));
    assert!(lines_of(&flat).is_empty());
    // a higher cell that takes no part moves no line
    let mut other = plane();
    other.contoured[3] = false;
    let before = lines_of(&other);
    other.values[3] = Some(0.75);
    other.colours = CellColours::Score(Better::Higher);
    assert_eq!(lines_of(&other), before);
    other.contoured.pop();
    assert_eq!(
        ChartSpec::Heatmap(other).marks(&surface()).unwrap_err().to_string(),
        "contoured has 11 values; 12 are needed"
    );
}

/// A line is dark on a light strip, or light on a dark one, and the strip stands out from every colour a
/// cell may have: 3 : 1 after WCAG 2.2.
#[test]
fn contours_are_seen_on_every_cell() {
    for theme in [Theme::light(), Theme::dark()] {
        let svg = ChartSpec::Heatmap(plane()).to_svg(560.0, 320.0, &theme).unwrap();
        let strokes = svg.split("<polyline").skip(1).map(|element| {
            let (_, rest) = element.split_once("stroke=\"").unwrap();
            rest.split_once('"').unwrap().0.to_lowercase()
        });
        let strokes: Vec<String> = strokes.collect();
        let (strips, lines) = strokes.split_at(strokes.len() / 2);
        assert!(strips.iter().all(|colour| *colour == theme.surface.css()), "{strips:?}");
        assert!(lines.iter().all(|colour| *colour == theme.text.css()), "{lines:?}");
        assert!(theme.text.contrast(theme.surface) >= 4.5);
        for step in 0..=20 {
            let cell = theme.colour(Tone::Strength(f64::from(step) / 20.0));
            assert!(cell.contrast(theme.surface) >= 3.0);
        }
    }
}

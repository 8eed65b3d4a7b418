//! The charts that compare runs: where their numbers are drawn, what they say, and what they refuse.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[allow(dead_code, reason = "every test file uses a part")]
mod charts_specs;

use charts_specs::compared as specs;
use churn_lab::charts::{
    Area, Better, CellColours, ChartError, ChartSpec, HeatmapSpec, Highlight, ParallelSpec,
    ParallelValue, Rgb, Spacing, Surface, Theme, Tone, mark_at,
};

fn surface() -> Surface {
    Surface::new(560.0, 320.0)
}

/// Equal factors are equally long.
#[test]
fn a_log_axis_draws_powers_of_ten_in_even_steps() {
    let spec = ChartSpec::Line(specs::log_lines());
    let marks = spec.marks(&surface()).unwrap();
    let xs: Vec<f64> = marks.iter().take(5).map(|mark| mark.area.centre().0).collect();
    let steps: Vec<f64> = xs.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-6 && *step > 50.0), "{steps:?}");
    let svg = spec.to_svg(560.0, 320.0, &Theme::light()).unwrap();
    for label in ["1", "10", "100", "1,000", "10,000", "max_iter (log)"] {
        assert!(svg.contains(&format!("\n{label}\n</text>")), "{label}");
    }
    assert_eq!(marks[2].readout, "linear, max_iter 100: Accuracy, test .655, Run 5");
    let table = spec.table();
    assert_eq!(table.header, ["Series", "max_iter (log)", "Accuracy, test", "Of"]);
    let row: Vec<String> = table.rows[9].iter().map(|cell| cell.raw()).collect();
    assert_eq!(row, ["rbf", "10000", "0.79181", "Run 12"]);
}

/// A log axis refuses what it has no place for, wherever it stands, and names it.
#[test]
fn what_has_no_logarithm_is_refused_by_name() {
    let mut lines = specs::log_lines();
    lines.series[1].points[2].x = 0.0;
    let mut points = specs::runs_by_kernel();
    points.points[3].x = -1.0;
    let mut parallel = specs::parallel();
    parallel.lines[4].values[2] = ParallelValue::Number(0.0);
    for (spec, expected) in [
        (ChartSpec::Line(lines), "x of point 3 of rbf is 0; a log axis needs numbers above 0"),
        (ChartSpec::Points(points), "max_iter of Run 6 is -1; a log axis needs numbers above 0"),
        (ChartSpec::Parallel(parallel), "max_iter of Run 7 is 0; a log axis needs numbers above 0"),
    ] {
        assert_eq!(spec.marks(&surface()).unwrap_err().to_string(), expected);
        assert!(spec.to_svg(560.0, 320.0, &Theme::dark()).is_err());
    }
    // an even axis has a place for both
    let mut even = specs::runs_by_kernel();
    even.frame.x.spacing = Spacing::Even;
    even.points[3].x = -1.0;
    assert!(ChartSpec::Points(even).marks(&surface()).is_ok());
}

#[test]
fn bad_lines_and_points_are_refused_with_place_and_value() {
    let mut short = specs::parallel();
    short.lines[1].values.pop();
    let mut stray = specs::parallel();
    stray.lines[1].values[1] = ParallelValue::Level(3);
    let mut nan = specs::parallel();
    nan.lines[0].values[3] = ParallelValue::Number(f64::NAN);
    let mut notes = specs::log_lines();
    notes.series[0].notes.pop();
    let mut cells = specs::score_map();
    cells.notes.pop();
    let mut boxes = specs::box_of_runs();
    boxes.groups[0].points[1].value = f64::INFINITY;
    for (spec, expected) in [
        (ChartSpec::Parallel(short), "Run 4 has 3 values; 4 are needed"),
        (ChartSpec::Parallel(stray), "kernel of Run 4 is level 3, but there are 3, counted from 0"),
        (
            ChartSpec::Parallel(nan),
            "Accuracy, test of Run 3 is NaN; a chart needs finite numbers of at most 10¹⁵",
        ),
        (ChartSpec::Line(notes), "notes has 4 values; 5 are needed"),
        (ChartSpec::Heatmap(cells), "notes has 9 values; 10 are needed"),
        (
            ChartSpec::Box(boxes),
            "Run 4 in linear is inf; a chart needs finite numbers of at most 10¹⁵",
        ),
    ] {
        assert_eq!(spec.marks(&surface()).unwrap_err().to_string(), expected);
    }
}

/// Every line goes through its values: equal values meet, larger numbers lie higher, and what is no
/// number lies below them all, never where 0 would be.
#[test]
fn lines_go_through_their_values() {
    let spec = specs::parallel();
    let marks = ChartSpec::Parallel(spec.clone()).marks(&surface()).unwrap();
    assert_eq!(marks.len(), 13);
    let y = |run: usize, axis: usize| marks[run - 3].path[axis].1;
    for mark in &marks {
        let xs: Vec<f64> = mark.path.iter().map(|corner| corner.0).collect();
        let pitches: Vec<f64> = xs.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pitches.iter().all(|pitch| (pitch - pitches[0]).abs() < 1e-9), "{xs:?}");
    }
    for run in 4..=7 {
        // ten times the steps, one step up
        let step = y(run - 1, 2) - y(run, 2);
        assert!((step - (y(3, 2) - y(4, 2))).abs() < 1e-6 && step > 10.0, "{step}");
    }
    assert_eq!(y(7, 2), y(12, 2), "both took 10,000 steps");
    assert_eq!(y(7, 3), y(12, 3), "both are right for .79181");
    assert!(y(3, 3) < y(4, 3) && y(6, 3) > y(5, 3), "higher scores lie higher");
    assert!(y(13, 2) > y(3, 2) + 10.0, "no limit lies below the least number");
    assert!(y(14, 2) > y(13, 2) + 10.0, "not set lies below no limit");
    assert_eq!(
        marks[11].readout,
        "Run 14: Model Decision tree, kernel not set, max_iter not set, Accuracy, test .732"
    );
    let table = ChartSpec::Parallel(spec).table();
    assert_eq!(table.header, ["Name", "Model", "kernel", "max_iter (log)", "Accuracy, test"]);
    let row: Vec<String> = table.rows[10].iter().map(|cell| cell.raw()).collect();
    assert_eq!(row, ["Run 13", "Support vector classifier", "rbf", "none", "0.79181"]);
}

#[test]
fn the_best_is_said_and_of_equally_good_ones_the_first() {
    let spec = ChartSpec::Parallel(specs::parallel());
    assert_eq!(
        spec.summary(),
        "13 lines through 4 axes; Accuracy, test is best for Run 7 and 2 more (.792)"
    );
    let lower = ChartSpec::Parallel(ParallelSpec { better: Better::Lower, ..specs::parallel() });
    assert!(lower.summary().ends_with("best for Run 4 (.472)"), "{}", lower.summary());
    let plain = ChartSpec::Parallel(ParallelSpec { coloured_by: None, ..specs::parallel() });
    assert_eq!(plain.summary(), "13 lines through 4 axes");
    assert_eq!(
        ChartSpec::Points(specs::runs_by_kernel()).summary(),
        "10 points; Accuracy, test is highest for Run 7 and 1 more (.792), the first at max_iter 10,000"
    );
}

/// A pointer means the line it is on, not the box around the line, which is nearly the whole picture.
#[test]
fn the_pointer_means_the_line_it_is_on() {
    let marks = ChartSpec::Parallel(specs::parallel()).marks(&surface()).unwrap();
    for (place, mark) in marks.iter().enumerate() {
        let (from, to) = (mark.path[2], mark.path[3]);
        for share in [0.2, 0.4] {
            let on = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            let meant = mark_at(&marks, on.0, on.1).unwrap();
            let same = marks[meant].path[2..] == mark.path[2..];
            let meets = !same && place != meant;
            assert!(same || meets && (marks[meant].path[2].1 - from.1).abs() < 60.0, "{place}");
        }
    }
    let alone = &marks[1];
    let (x, y) = alone.path[3];
    assert_eq!(mark_at(&marks, x, y + 5.0), Some(1), "the lowest score has its end for itself");
}

/// A stretch of an axis picks the lines through it; the others fade, and the picked stay.
#[test]
fn a_stretch_of_an_axis_picks_its_lines() {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    let spec = ChartSpec::Parallel(specs::parallel());
    let marks = spec.marks(&surface()).unwrap();
    let at = |run: usize| Area::between(marks[run - 3].path[3], marks[run - 3].path[3]);
    let top = at(7).with(&at(11));
    let dragged =
        Area::between((top.x - 6.0, top.y - 2.0), (top.right() + 6.0, top.bottom() + 2.0));
    let picked: Vec<bool> = marks.iter().map(|mark| mark.touches(&dragged)).collect();
    let runs: Vec<usize> = (3..16).filter(|run| picked[run - 3]).collect();
    assert_eq!(runs, [7, 11, 12, 13], "from .775 upward");
    let draw = |highlight: Highlight<'_>| {
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, (560, 320)).into_drawing_area();
            spec.draw(&root, &surface(), &Theme::light(), &highlight).unwrap();
            root.present().unwrap();
        }
        svg.lines().filter(|line| line.starts_with("<polyline")).count()
    };
    let plain = draw(Highlight::default());
    assert_eq!(draw(Highlight { picked: &picked, ..Highlight::default() }), plain + 4);
    assert_eq!(draw(Highlight { focus: Some(0), ..Highlight::default() }), plain + 2);
}

/// The stronger, the better; the worst still stands out from the surface, 3 : 1 after WCAG 2.2.
#[test]
fn the_better_the_stronger() {
    for theme in [Theme::light(), Theme::dark()] {
        let contrast = |share: f64| theme.colour(Tone::Strength(share)).contrast(theme.surface);
        for step in 0..=20 {
            let tone = Tone::Strength(f64::from(step) / 20.0);
            let (ground, ink) = (theme.colour(tone), theme.ink_on(tone));
            assert!(ground.contrast(theme.surface) >= 3.0, "{}", ground.css());
            assert!(ink.contrast(ground) >= 4.5, "{} on {}", ink.css(), ground.css());
        }
        assert!(contrast(1.0) > contrast(0.0) + 1.5);
        assert_eq!(theme.colour(Tone::Strength(1.0)), theme.accent);
    }
    let fill = |colours, place: usize| -> Rgb {
        let spec = ChartSpec::Heatmap(HeatmapSpec { colours, ..specs::score_map() });
        let svg = spec.to_svg(560.0, 320.0, &Theme::light()).unwrap();
        let area = spec.marks(&surface()).unwrap()[place].area;
        let start = format!("x=\"{}\" y=\"{}\"", (area.x * 4.0).round(), (area.y * 4.0).round());
        let line = svg.lines().find(|line| line.contains(&start)).unwrap();
        let (_, colour) = line.split_once("fill=\"#").unwrap();
        let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        Rgb(part(0), part(2), part(4))
    };
    let accent = Theme::light().accent;
    // .47213 is the least accuracy, .79181 the largest
    assert_eq!(fill(CellColours::Score(Better::Higher), 4), accent);
    assert_ne!(fill(CellColours::Score(Better::Higher), 1), accent);
    assert_eq!(fill(CellColours::Score(Better::Lower), 1), accent);
}

/// What was not tried has no colour and no number; what was says which run it is.
#[test]
fn a_map_shows_what_was_tried() {
    let spec = ChartSpec::Heatmap(specs::score_map());
    let marks = spec.marks(&surface()).unwrap();
    assert_eq!(marks[1].readout, "linear and 10: Accuracy, test .472, Run 4");
    assert_eq!(marks[6].readout, "rbf and 10: Accuracy, test –, Run 9");
    let table = spec.table();
    assert_eq!(table.header[..3], ["kernel", "1", "1, of"]);
    assert_eq!(table.rows[1][3].raw(), "");
}

/// Few values are all seen, each with its name.
#[test]
fn values_of_a_box_are_walked_after_it() {
    let spec = ChartSpec::Box(specs::box_of_runs());
    let marks = spec.marks(&surface()).unwrap();
    assert_eq!(marks.len(), 12);
    assert!(marks[0].readout.starts_with("linear: median .636"), "{}", marks[0].readout);
    assert_eq!(marks[1].readout, "Run 3, linear: .589");
    assert_eq!(marks[11].readout, "Run 12, rbf: .792");
    assert!(marks[2].area.centre().0 < marks[1].area.centre().0, ".472 is left of .589");
    assert!(marks[1..6].iter().all(|mark| mark.area.overlaps(&marks[0].area)));
    assert_eq!(
        spec.summary(),
        "Accuracy, test: the median is highest for rbf (.743) and lowest for linear (.636)"
    );
}

/// Runs that lie on each other say so.
#[test]
fn points_at_one_place_are_counted() {
    let mut spec = specs::runs_by_kernel();
    let twin = spec.points[4].clone();
    spec.points.push(twin);
    let readouts: Vec<String> =
        ChartSpec::Points(spec).marks(&surface()).unwrap().into_iter().map(|m| m.readout).collect();
    assert_eq!(readouts[0], "Run 3, linear: max_iter 1, Accuracy, test .589");
    assert!(readouts[10].ends_with("(one of 3 at this place)"), "{}", readouts[10]);
    let measured = ChartSpec::Points(specs::runs_by_loss());
    let marks = measured.marks(&surface()).unwrap();
    let missing = marks.iter().find(|mark| mark.readout.starts_with("Run 7:")).unwrap();
    assert!(missing.readout.ends_with("Log loss, folds –"), "{}", missing.readout);
}

/// Three hundred lines are drawn, each with its own read-out.
#[test]
fn hundreds_of_lines_and_points_are_drawn() {
    let mut lines = specs::parallel();
    let mut points = specs::runs_by_kernel();
    for at in 0..300 {
        let mut line = lines.lines[at % 13].clone();
        line.name = format!("Run {}", 100 + at);
        lines.lines.push(line);
        let mut point = points.points[at % 10].clone();
        point.name = format!("Run {}", 100 + at);
        points.points.push(point);
    }
    for (spec, n) in [(ChartSpec::Parallel(lines), 313), (ChartSpec::Points(points), 310)] {
        for (width, height) in [(320.0, 240.0), (1_200.0, 400.0)] {
            let marks = spec.marks(&Surface::new(width, height)).unwrap();
            assert_eq!(marks.len(), n);
            for mark in marks {
                assert!(mark.area.x >= 0.0 && mark.area.right() <= width);
                assert!(mark.area.y >= 0.0 && mark.area.bottom() <= height);
            }
            assert!(!spec.to_svg(width, height, &Theme::dark()).unwrap().contains("NaN"));
        }
    }
}

#[test]
fn nothing_to_compare_is_said() {
    for spec in [ChartSpec::Parallel(Default::default()), ChartSpec::Points(Default::default())] {
        assert_eq!(spec.summary(), "Nothing to show yet");
        assert_eq!(spec.marks(&surface()).unwrap(), []);
    }
    let error = ChartSpec::Parallel(specs::parallel()).marks(&Surface::new(10.0, 10.0));
    assert!(matches!(error, Err(ChartError::TooSmall { .. })));
}

/// On a narrow screen a number that does not fit is left out: cut short it would be another number. An
/// axis whose numbers are all equal has that one.
#[test]
fn numbers_on_narrow_axes_are_whole() {
    let mut spec = specs::parallel();
    let mut thin = spec.axes[3].clone();
    thin.axis = churn_lab::charts::Axis::new("tol", "");
    for (at, value) in [(0, 0.000_012_5), (1, 0.000_012_5), (2, 4.0)] {
        let mut axis = thin.clone();
        axis.axis.title = format!("tol {at}");
        spec.axes.insert(3, axis);
        for (line, place) in spec.lines.iter_mut().zip(0..) {
            let varied = if at == 0 { f64::from(place) * 1e-7 } else { 0.0 };
            line.values.insert(3, ParallelValue::Number(value + varied));
        }
    }
    spec.coloured_by = Some(6);
    for width in [320.0, 390.0, 560.0, 1_200.0] {
        let chart = ChartSpec::Parallel(spec.clone());
        let svg = chart.to_svg(width, 360.0, &Theme::light()).unwrap();
        let texts = svg
            .split("<text")
            .skip(1)
            .map(|text| text.split_once('>').unwrap().1.split_once("</text>").unwrap().0.trim());
        let texts: Vec<&str> = texts.collect();
        let cut =
            |text: &&&str| text.ends_with('…') && text.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(texts.iter().find(cut), None, "at {width}");
        assert!(texts.contains(&"4"), "at {width}");
        assert!(!texts.contains(&"4.0") && !texts.contains(&"3.6"), "at {width}");
    }
}

/// Curves have their names beside them, and one sentence for all.
#[test]
fn lines_are_labelled_where_it_is_asked() {
    let mut spec = specs::log_lines();
    spec.labels = vec!["linear kernel".to_owned(), "rbf kernel".to_owned()];
    spec.sentence = Some("rbf is above linear".to_owned());
    let chart = ChartSpec::Line(spec.clone());
    let svg = chart.to_svg(560.0, 320.0, &Theme::light()).unwrap();
    for label in &spec.labels {
        assert_eq!(svg.matches(&format!("\n{label}\n")).count(), 1, "{label}");
    }
    assert_eq!(chart.summary(), "Rbf is above linear");
    spec.labels.pop();
    assert_eq!(
        ChartSpec::Line(spec).marks(&surface()).unwrap_err().to_string(),
        "labels has 1 values; 2 are needed"
    );
}

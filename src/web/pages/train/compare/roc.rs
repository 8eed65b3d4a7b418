//! The ROC curves of runs in one picture.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::super::scores::decimals;
use super::{Drawn, Page, drawn};
use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Reference, Tone,
};
use crate::experiments::Run;
use crate::web::text::classes::Classes;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// Curves that can be told apart: four colours, each whole and in dashes.
const MOST_CURVES: usize = 8;
/// Columns of a picture that curves are drawn for.
const COLUMNS: u32 = 100;

pub fn roc(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    let spec = Memo::new(move |_| {
        cells.with(|cells| compared.with(|compared| spec(cells, &compared.runs)))
    });
    drawn(spec)
}

/// The largest area first, of equal ones the earlier run.
fn spec(cells: &Cells, runs: &[u32]) -> Drawn {
    let runs: Vec<&Run> = runs.iter().filter_map(|run| Some(&**cells.run(*run)?)).collect();
    let scored = runs.iter().filter_map(|run| Some((*run, run.evaluation.test.roc_auc?)));
    let mut scored: Vec<(&Run, f64)> = scored.collect();
    let first = scored.first().ok_or(words::NO_CURVE)?.0;
    if scored.iter().any(|(run, _)| run.provenance.target != first.provenance.target) {
        return Err(words::OTHER_TARGETS.to_owned());
    }
    let same_rows = scored.iter().all(|(run, _)| {
        run.provenance.dataset_id == first.provenance.dataset_id
            && run.provenance.split == first.provenance.split
    });
    let classes = Classes::of(&first.provenance.target);
    scored.sort_by(|one, two| two.1.total_cmp(&one.1));
    let all = scored.len();
    let area = |(run, auc): &(&Run, f64)| (run.number, decimals(*auc, 5));
    let sentence = scored.first().zip(scored.last()).map(|(most, least)| {
        let ((best, largest), (worst, smallest)) = (area(most), area(least));
        words::areas((best, &largest), (worst, &smallest))
    });
    let series = scored.iter().take(MOST_CURVES).enumerate().map(|(place, (run, auc))| {
        let drawn = run.evaluation.test_curve.drawn_roc(COLUMNS);
        LineSeries {
            name: words::curve(run.number, &decimals(*auc, 5)),
            tone: Tone::Category(place % (MOST_CURVES / 2)),
            style: match place < MOST_CURVES / 2 {
                true => LineStyle::Line,
                false => LineStyle::Dashed,
            },
            points: drawn
                .points
                .into_iter()
                .map(|at| Point { x: at.false_positive_rate, y: at.true_positive_rate })
                .collect(),
            ..LineSeries::default()
        }
    });
    let notes = [
        (all > MOST_CURVES).then(|| words::curves_drawn(MOST_CURVES, all)),
        (!same_rows).then(|| words::OTHER_ROWS.to_owned()),
    ];
    Ok(ChartSpec::Line(LineSpec {
        frame: ChartFrame {
            note: super::values::note(notes),
            ..ChartFrame::new(
                &words::roc_title(all.min(MOST_CURVES)),
                Axis::formatted(&classes.wrongly_called(), NumberFormat::Percent),
                Axis::formatted(&classes.found(), NumberFormat::Percent),
            )
        },
        labels: scored
            .iter()
            .take(MOST_CURVES)
            .map(|(run, _)| words::run_name(run.number))
            .collect(),
        sentence,
        series: series.collect(),
        references: vec![Reference::Diagonal { label: text::CHANCE.to_owned() }],
        x_range: Some((0.0, 1.0)),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    }))
}

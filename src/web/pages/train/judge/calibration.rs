//! Whether a probability means what it says.

use leptos::prelude::*;

use super::curves::range;
use super::fields::{Figure, NumberField, figures, how, number_field, says};
use super::{Looked, address};
use crate::charts::format::{self, FEW, NumberFormat};
use crate::charts::{
    Axis, Band, BandEdge, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Reference,
    Tone,
};
use crate::evaluation::Calibration;
use crate::evaluation::calibration::CalibrationBin;
use crate::experiments::Judgement;
use crate::web::components::chart::Chart;
use crate::web::components::segmented::Segmented;
use crate::web::text::judge as text;
use crate::web::text::train;

/// The curve and its bins.
pub fn calibration(page: Looked) -> AnyView {
    let query = page.query;
    let by_rows = Memo::new(move |_| address::by_rows(query));
    let share = page.with_classes(|classes| classes.share());
    let [heading, label] = [share.clone(), share.clone()];
    let spec = Signal::derive(move || {
        let bins = page.found(|judgement| chosen(judgement, by_rows.get()).bins.clone());
        spec(&share, &bins.unwrap_or_default())
    });
    let said = move || {
        page.found(|judgement| {
            let found = chosen(judgement, by_rows.get());
            let off = |error: f64| format::percent(error, 1);
            let [expected, most] = [found.expected_error, found.maximum_error].map(off);
            text::off_by(&expected, &most)
        })
    };
    let errors = move || page.found(|judgement| figures(errors(chosen(judgement, by_rows.get()))));
    let rows = move || {
        let bins = page.found(|judgement| chosen(judgement, by_rows.get()).bins.clone());
        bins.unwrap_or_default().iter().map(|bin| row(&label, bin)).collect::<Vec<_>>()
    };
    let made = move || {
        page.with_classes(|classes| classes.calibration_how(address::bins(query), by_rows.get()))
    };
    let bins = NumberField {
        key: address::BINS,
        label: text::BINS,
        unit: "",
        default: 10.0,
        allowed: (address::is_bins, text::BINS_ALLOWED),
        step: 1.0,
        settled: true,
    };
    let binning = Signal::derive(move || {
        if by_rows.get() { text::BY_ROWS } else { text::BY_WIDTH }.to_owned()
    });
    let choose = move |chosen: String| {
        let kept = (chosen == text::BY_ROWS).then(|| address::BY_ROWS.to_owned());
        query.set(&[(address::BINNING, kept)]);
    };
    view! {
        {says(said)}
        {errors}
        <Chart spec />
        <div class="row ends">
            {number_field(query, bins)}
            <div class="field">
                <span aria-hidden="true">{text::BINNING}</span>
                <Segmented
                    label=text::BINNING
                    options=vec![text::BY_WIDTH.to_owned(), text::BY_ROWS.to_owned()]
                    value=binning
                    on_change=choose
                />
            </div>
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label=text::BINS>
            <table class="tight stacked">
                <thead>
                    <tr>
                        <th scope="col">{text::BIN}</th>
                        <th scope="col" class="right">{text::SAID}</th>
                        <th scope="col" class="right">{heading}</th>
                        <th scope="col" class="right">{text::INTERVAL}</th>
                        <th scope="col" class="right">{text::CUSTOMERS}</th>
                    </tr>
                </thead>
                <tbody data-testid="judge-bins">{rows}</tbody>
            </table>
        </div>
        {how(made)}
    }
    .into_any()
}

fn chosen(judgement: &Judgement, by_rows: bool) -> &Calibration {
    if by_rows { &judgement.by_rows } else { &judgement.by_width }
}

fn errors(found: &Calibration) -> Vec<Figure> {
    let uncertainty = found.brier.uncertainty;
    let figure =
        |key, name, value: f64, sub| Figure { key, name, value, shown: format::score(value), sub };
    vec![
        figure("ece", text::EXPECTED_ERROR, found.expected_error, String::new()),
        figure("mce", text::MAXIMUM_ERROR, found.maximum_error, String::new()),
        figure(
            "brier",
            train::BRIER,
            found.brier.brier,
            text::base_rate(&format::score(uncertainty)),
        ),
    ]
}

fn is_few(bin: &CalibrationBin) -> bool {
    u64::from(bin.n) < FEW
}

fn row(share: &str, bin: &CalibrationBin) -> AnyView {
    let n = u64::from(bin.n);
    let customers = match format::few(n) {
        Some(few) => few,
        None => format::count(n),
    };
    view! {
        <tr class:few=is_few(bin)>
            <th scope="row">{range(bin.edges.low, bin.edges.high)}</th>
            <td class="right" data-label=text::SAID>{format::score(bin.mean_predicted)}</td>
            <td class="right" data-label=share.to_owned() data-value=bin.observed.to_string()>{format::score(bin.observed)}</td>
            <td class="right" data-label=text::INTERVAL>{range(bin.interval.low, bin.interval.high)}</td>
            <td class="right" data-label=text::CUSTOMERS data-value=n.to_string()>{customers}</td>
        </tr>
    }
    .into_any()
}

fn spec(share: &str, bins: &[CalibrationBin]) -> ChartSpec {
    let points = |few: bool| -> Vec<Point> {
        let of = bins.iter().filter(|bin| is_few(bin) == few);
        of.map(|bin| Point { x: bin.mean_predicted, y: bin.observed }).collect()
    };
    let series = [
        (share, Tone::Accent, LineStyle::LineAndPoints, points(false)),
        (text::FEW, Tone::Muted, LineStyle::Points, points(true)),
    ];
    let edge = |bin: &CalibrationBin| BandEdge {
        x: bin.mean_predicted,
        low: bin.interval.low,
        high: bin.interval.high,
    };
    let band = Band {
        name: text::INTERVAL.to_owned(),
        tone: Tone::Accent,
        edges: bins.iter().map(edge).collect(),
    };
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(
            text::CALIBRATION_CURVE,
            Axis::formatted(text::SAID, NumberFormat::Score),
            Axis::formatted(share, NumberFormat::Score),
        ),
        series: series
            .into_iter()
            .filter(|(.., points)| !points.is_empty())
            .map(|(name, tone, style, points)| LineSeries {
                name: name.to_owned(),
                tone,
                style,
                points,
                ..LineSeries::default()
            })
            .collect(),
        band: (!band.edges.is_empty()).then_some(band),
        references: vec![Reference::Diagonal { label: text::IDEAL.to_owned() }],
        x_range: Some((0.0, 1.0)),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

//! A profile → the charts of the page.

use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, BarReference, BarSeries, BarSpec, BinHeight, BoxGroup, BoxSpec, CellColours, ChartFrame,
    ChartSpec, HeatmapSpec, HistogramSeries, HistogramSpec, Tone,
};
use crate::data::Profile;
use crate::data::profile::{
    Association, ClassCounts, ColumnDetail, Correlations, FiveNumbers, LevelCount, NumberProfile,
};
use crate::numerics::order::sorted_by;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// A categorical column as it is shown.
#[derive(Clone, PartialEq)]
pub struct Category {
    /// The column.
    pub name: String,
    /// How much it says about leaving, 0 to 1; `None` without a target.
    pub cramers_v: Option<f64>,
    /// The share of leavers by level, or the customers by level where there is no target.
    pub spec: ChartSpec,
}

/// The categorical columns but the target, the one that says most first.
pub fn categories(profile: &Profile) -> Vec<Category> {
    let mut found: Vec<Category> = Vec::new();
    for column in &profile.columns {
        if let ColumnDetail::Levels { levels, association } = &column.detail
            && !(association.is_none() && profile.classes.is_some())
        {
            found.push(Category {
                name: column.name.clone(),
                cramers_v: association.map(|Association { cramers_v, .. }| cramers_v),
                spec: by_level(&column.name, levels, profile.classes),
            });
        }
    }
    // stable: without a target, and among equals, the order of the file stays
    sorted_by(found, |category| -category.cramers_v.unwrap_or(0.0))
}

fn by_level(column: &str, levels: &[LevelCount], classes: Option<ClassCounts>) -> ChartSpec {
    let y = Axis::new("", "");
    let share = |level: &LevelCount| level.classes.and_then(ClassCounts::rate).unwrap_or(0.0);
    let (x, tone, values, counts) = match classes {
        Some(_) => (
            Axis::formatted(text::SHARE, NumberFormat::Percent),
            Tone::Churns,
            levels.iter().map(share).collect(),
            levels.iter().map(|level| u64::from(level.count)).collect(),
        ),
        None => (
            Axis::new(text::CUSTOMERS, ""),
            Tone::Accent,
            levels.iter().map(|level| f64::from(level.count)).collect(),
            Vec::new(),
        ),
    };
    let overall = classes.and_then(ClassCounts::rate);
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(&readable(column), x, y),
        levels: levels.iter().map(|level| level.level.clone()).collect(),
        counts,
        series: vec![BarSeries { tone, values, ..BarSeries::default() }],
        value_labels: true,
        reference: overall.map(|value| BarReference {
            value,
            label: format!("{} {}", text::EVERYONE, NumberFormat::Percent.show(value)),
        }),
        ..BarSpec::default()
    })
}

/// Histograms of the numeric columns, then their box plots, then the correlations.
pub fn numbers(profile: &Profile) -> Vec<ChartSpec> {
    let mut specs = Vec::new();
    let mut boxes = Vec::new();
    for column in &profile.columns {
        if let ColumnDetail::Numbers(numbers) = &column.detail {
            let name = readable(&column.name);
            specs.push(histogram(&name, numbers));
            boxes.push(box_plot(&name, numbers));
        }
    }
    specs.append(&mut boxes);
    if profile.correlations.names.len() > 1 {
        specs.push(heat_map(&profile.correlations));
    }
    specs
}

fn histogram(name: &str, numbers: &NumberProfile) -> ChartSpec {
    let counts = |counts: &[u32]| counts.iter().copied().map(u64::from).collect();
    let of_class = |name: &str, tone, bins: &[u32]| HistogramSeries {
        name: name.to_owned(),
        tone,
        counts: counts(bins),
    };
    let bins = &numbers.histogram;
    let by_class = !bins.negative.is_empty();
    let (series, height, y) = if by_class {
        let stayed = of_class(text::STAYED, Tone::Stays, &bins.negative);
        let left = of_class(text::LEFT, Tone::Churns, &bins.positive);
        let y = Axis::formatted(text::SHARE_OF_CLASS, NumberFormat::Percent);
        (vec![stayed, left], BinHeight::ShareOfSeries, y)
    } else {
        let all = of_class(text::EVERYONE, Tone::Accent, &bins.all);
        (vec![all], BinHeight::Overlaid, Axis::new(text::CUSTOMERS, ""))
    };
    ChartSpec::Histogram(HistogramSpec {
        frame: ChartFrame::new(name, Axis::new(name, ""), y),
        edges: bins.edges.clone(),
        series,
        height,
    })
}

fn box_plot(name: &str, numbers: &NumberProfile) -> ChartSpec {
    let group = |name: &str, tone, five: &FiveNumbers| BoxGroup {
        name: name.to_owned(),
        tone,
        low_whisker: five.whisker_low,
        q1: five.q1,
        median: five.median,
        q3: five.q3,
        high_whisker: five.whisker_high,
        outliers: u64::from(five.outliers),
        n: u64::from(five.n),
    };
    let stayed = numbers.negative.iter().map(|five| group(text::STAYED, Tone::Stays, five));
    let left = numbers.positive.iter().map(|five| group(text::LEFT, Tone::Churns, five));
    let mut groups: Vec<BoxGroup> = stayed.chain(left).collect();
    if groups.is_empty() {
        groups.push(group(text::EVERYONE, Tone::Accent, &numbers.all));
    }
    let title = format!("{name}, {}", text::BY_GROUP);
    ChartSpec::Box(BoxSpec {
        frame: ChartFrame::new(&title, Axis::new(name, ""), Axis::new("", "")),
        groups,
    })
}

fn heat_map(correlations: &Correlations) -> ChartSpec {
    let names: Vec<String> = correlations.names.iter().map(|name| readable(name)).collect();
    ChartSpec::Heatmap(HeatmapSpec {
        frame: ChartFrame::new(text::TOGETHER, Axis::new("", ""), Axis::new("", "")),
        measure: text::CORRELATION.to_owned(),
        format: NumberFormat::Weight,
        rows: names.clone(),
        columns: names,
        values: correlations.pearson.iter().flatten().copied().collect(),
        colours: CellColours::Diverging,
    })
}

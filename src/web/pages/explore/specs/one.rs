//! Charts of one column.

use super::{axis_of, named, names, of_class};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Arrangement, Axis, BarReference, BarSeries, BarSpec, BinHeight, BoxGroup, BoxSpec, ChartFrame,
    ChartSpec, HistogramSeries, HistogramSpec, Interval, LineSeries, LineSpec, LineStyle,
    Orientation, Point, Tone,
};
use crate::data::profile::ClassCounts;
use crate::exploration::{ColumnFigures, Distribution, Groups, NamedBox, Rate};
use crate::web::pages::explore::brush::{Brush, Picture, Side};
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::{readable, small};

/// Rows by bin or level, one class on the other.
pub fn by_class(distribution: &Distribution, classes: Option<&Classes>) -> Picture {
    let Distribution { column, groups, counts } = distribution;
    let name = readable(column);
    let classes = named(classes);
    let of = |class: usize| counts.iter().map(move |counts| of_class(counts, class));
    let spec = match groups {
        Groups::Bins(bins) => ChartSpec::Histogram(HistogramSpec {
            frame: ChartFrame::new(&name, axis_of(column, groups), Axis::new(text::CUSTOMERS, "")),
            edges: bins.edges.clone(),
            series: classes
                .iter()
                .enumerate()
                .map(|(class, (name, tone))| HistogramSeries {
                    name: name.clone(),
                    tone: *tone,
                    counts: of(class).collect(),
                })
                .collect(),
            height: BinHeight::Stacked,
        }),
        Groups::Levels(levels) => ChartSpec::Bar(BarSpec {
            frame: ChartFrame::new(&name, Axis::new(text::CUSTOMERS, ""), Axis::new("", "")),
            levels: levels.clone(),
            series: classes
                .iter()
                .enumerate()
                .map(|(class, (name, tone))| BarSeries {
                    name: name.clone(),
                    tone: *tone,
                    values: of(class).map(|count| count as f64).collect(),
                    intervals: Vec::new(),
                })
                .collect(),
            arrangement: Arrangement::Stacked,
            value_labels: true,
            ..BarSpec::default()
        }),
    };
    let marks = match groups {
        Groups::Bins(_) => 1,
        Groups::Levels(_) => classes.len(),
    };
    let side = Side { column: column.clone(), groups: groups.clone() };
    Picture { spec, brush: Brush::Groups { side, marks } }
}

/// The share of the positive class by bin or level, with Wilson's interval, beside the overall share.
pub fn rates(distribution: &Distribution, overall: ClassCounts, classes: &Classes) -> Picture {
    let Distribution { column, groups, counts } = distribution;
    let is_bins = matches!(groups, Groups::Bins(_));
    let rates: Vec<Rate> = counts.iter().map(|&classes| Rate::of(classes)).collect();
    let interval = |rate: &Rate| Interval { low: rate.low, high: rate.high };
    let share = Axis::formatted(&classes.share(), NumberFormat::Percent);
    let title = format!("{} {} {}", classes.share(), text::BY, small(column));
    let few = format::few(u64::from(overall.total()));
    let few = few.map_or_else(String::new, |few| format!(", {few}"));
    let frame = match is_bins {
        true => ChartFrame::new(&title, axis_of(column, groups), share),
        false => ChartFrame::new(&title, share, Axis::new("", "")),
    };
    let spec = ChartSpec::Bar(BarSpec {
        frame,
        levels: names(groups),
        edges: match groups {
            Groups::Bins(bins) => bins.edges.clone(),
            Groups::Levels(_) => Vec::new(),
        },
        counts: counts.iter().map(|classes| u64::from(classes.total())).collect(),
        series: vec![BarSeries {
            name: String::new(),
            tone: Tone::Churns,
            values: rates.iter().map(|rate| rate.rate).collect(),
            intervals: rates.iter().map(interval).collect(),
        }],
        orientation: if is_bins { Orientation::Vertical } else { Orientation::Horizontal },
        value_labels: true,
        reference: overall.rate().map(|value| BarReference {
            value,
            label: format!("{} {}{few}", text::EVERYONE, NumberFormat::Percent.show(value)),
        }),
        ..BarSpec::default()
    });
    Picture { spec, brush: Brush::groups(column, groups) }
}

/// The share of rows up to a value; a click picks those up to it, a drag those between two.
pub fn cumulative(figures: &ColumnFigures, classes: Option<&Classes>) -> Picture {
    let ColumnFigures {
        cumulative: lines, distribution: Distribution { column, groups, .. }, ..
    } = figures;
    let classes = named(classes);
    let series = classes.iter().zip(lines).filter(|(_, line)| !line.is_empty());
    let series = series.map(|((name, tone), line)| LineSeries {
        name: name.clone(),
        tone: *tone,
        style: LineStyle::Step,
        points: line.iter().map(|at| Point { x: at.value, y: at.share }).collect(),
        ..LineSeries::default()
    });
    let title = format!("{} {}", text::SHARE_UP_TO, small(column));
    let y = Axis::formatted(text::SHARE_OF_CLASS, NumberFormat::Percent);
    let spec = ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(&title, axis_of(column, groups), y),
        series: series.collect(),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    });
    let values = lines.iter().flatten().map(|at| at.value).collect();
    Picture { spec, brush: Brush::Values { column: column.clone(), values } }
}

/// The boxes of one column closely.
pub fn boxes_of(figures: &ColumnFigures, classes: Option<&Classes>) -> Picture {
    let Distribution { column, groups, .. } = &figures.distribution;
    boxes((column, groups), figures.by.as_deref(), &figures.boxes, classes)
}

/// A box for each class, or for each level of another column.
pub fn boxes(
    (column, groups): (&str, &Groups),
    by: Option<&str>,
    boxes: &[NamedBox],
    classes: Option<&Classes>,
) -> Picture {
    let name = readable(column);
    let of_classes = named(classes);
    let class = |level: &str| of_classes.get(classes.map_or(0, |classes| classes.place(level)));
    let group = |(place, of): (usize, &NamedBox)| {
        let (name, tone) = match class(&of.name).filter(|_| by.is_none()) {
            Some((class, tone)) => (class.clone(), *tone),
            None => (of.name.clone(), Tone::Category(place)),
        };
        BoxGroup {
            name,
            tone,
            low_whisker: of.numbers.whisker_low,
            q1: of.numbers.q1,
            median: of.numbers.median,
            q3: of.numbers.q3,
            high_whisker: of.numbers.whisker_high,
            points: Vec::new(),
            outliers: u64::from(of.numbers.outliers),
            n: u64::from(of.numbers.n),
        }
    };
    let of = by.map(small).or_else(|| classes.map(Classes::both));
    let title = of.map_or_else(|| name.clone(), |of| format!("{name} {} {of}", text::BY));
    let spec = ChartSpec::Box(BoxSpec {
        frame: ChartFrame::new(&title, axis_of(column, groups), Axis::new("", "")),
        groups: boxes.iter().enumerate().map(group).collect(),
    });
    let levels = boxes.iter().map(|named| named.name.clone()).collect();
    let by = by.or_else(|| classes.map(Classes::column));
    let brush = by.map(|by| Brush::groups(by, &Groups::Levels(levels)));
    Picture { spec, brush: brush.unwrap_or(Brush::Nothing) }
}

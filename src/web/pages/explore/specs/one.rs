//! Charts of one column.

use super::{classes, names, of_class};
use crate::charts::format::NumberFormat;
use crate::charts::{
    Arrangement, Axis, BarReference, BarSeries, BarSpec, BinHeight, BoxGroup, BoxSpec, ChartFrame,
    ChartSpec, HistogramSeries, HistogramSpec, Interval, LineSeries, LineSpec, LineStyle,
    Orientation, Point, Tone,
};
use crate::data::profile::ClassCounts;
use crate::exploration::{Distribution, Groups, NamedBox, Rate, Share};
use crate::web::pages::explore::brush::{Brush, Picture, Side};
use crate::web::text::explore as text;
use crate::web::text::names::{readable, small};

/// Rows by bin or level, one class on the other.
pub fn by_class(distribution: &Distribution, has_target: bool) -> Picture {
    let Distribution { column, groups, counts } = distribution;
    let name = readable(column);
    let classes = classes(has_target);
    let of = |class: usize| counts.iter().map(move |counts| of_class(counts, class));
    let spec = match groups {
        Groups::Bins(edges) => ChartSpec::Histogram(HistogramSpec {
            frame: ChartFrame::new(&name, Axis::new(&name, ""), Axis::new(text::CUSTOMERS, "")),
            edges: edges.clone(),
            series: classes
                .iter()
                .enumerate()
                .map(|(class, &(name, tone))| HistogramSeries {
                    name: name.to_owned(),
                    tone,
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
                .map(|(class, &(name, tone))| BarSeries {
                    name: name.to_owned(),
                    tone,
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

/// The share of leavers by bin or level, with Wilson's interval, beside the overall share.
pub fn rates(distribution: &Distribution, overall: ClassCounts) -> Picture {
    let Distribution { column, groups, counts } = distribution;
    let is_bins = matches!(groups, Groups::Bins(_));
    let name = readable(column);
    let rates: Vec<Rate> = counts.iter().map(|&classes| Rate::of(classes)).collect();
    // an interval from 0 to 1 says nothing about a bin without rows
    let interval = |rate: &Rate| match rate.n {
        0 => Interval { low: 0.0, high: 0.0 },
        _ => Interval { low: rate.low, high: rate.high },
    };
    let share = Axis::formatted(text::SHARE, NumberFormat::Percent);
    let title = format!("{} {} {}", text::SHARE, text::BY, small(column));
    let frame = match is_bins {
        true => ChartFrame::new(&title, Axis::new(&name, ""), share),
        false => ChartFrame::new(&title, share, Axis::new("", "")),
    };
    let spec = ChartSpec::Bar(BarSpec {
        frame,
        levels: names(groups),
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
            label: format!("{} {}", text::EVERYONE, NumberFormat::Percent.show(value)),
        }),
        ..BarSpec::default()
    });
    Picture { spec, brush: Brush::groups(column, groups) }
}

/// The share of rows up to a value.
pub fn cumulative(column: &str, lines: &[Vec<Share>], has_target: bool) -> ChartSpec {
    let name = readable(column);
    let classes = classes(has_target);
    let series = classes.iter().zip(lines).filter(|(_, line)| !line.is_empty());
    let series = series.map(|(&(name, tone), line)| LineSeries {
        name: name.to_owned(),
        tone,
        style: LineStyle::Step,
        points: line.iter().map(|at| Point { x: at.value, y: at.share }).collect(),
    });
    let title = format!("{} {}", text::SHARE_UP_TO, small(column));
    let y = Axis::formatted(text::SHARE_OF_CLASS, NumberFormat::Percent);
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(&title, Axis::new(&name, ""), y),
        series: series.collect(),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

/// A box for each class, or for each level of another column.
pub fn boxes(column: &str, by: Option<&str>, boxes: &[NamedBox], has_target: bool) -> Picture {
    let name = readable(column);
    let group = |(place, named): (usize, &NamedBox)| {
        let (class, tone) = match (by, classes(has_target).get(place)) {
            (None, Some(&(class, tone))) if boxes.len() > 1 || !has_target => (class, tone),
            _ => ("", Tone::Category(place)),
        };
        BoxGroup {
            name: if class.is_empty() { named.name.clone() } else { class.to_owned() },
            tone,
            low_whisker: named.numbers.whisker_low,
            q1: named.numbers.q1,
            median: named.numbers.median,
            q3: named.numbers.q3,
            high_whisker: named.numbers.whisker_high,
            outliers: u64::from(named.numbers.outliers),
            n: u64::from(named.numbers.n),
        }
    };
    let of = by.map_or_else(|| text::CLASS.to_owned(), small);
    let title = format!("{name} {} {of}", text::BY);
    let spec = ChartSpec::Box(BoxSpec {
        frame: ChartFrame::new(&title, Axis::new(&name, ""), Axis::new("", "")),
        groups: boxes.iter().enumerate().map(group).collect(),
    });
    let levels = boxes.iter().map(|named| named.name.clone()).collect();
    let brush = by.map(|by| Brush::groups(by, &Groups::Levels(levels)));
    Picture { spec, brush: brush.unwrap_or(Brush::Nothing) }
}

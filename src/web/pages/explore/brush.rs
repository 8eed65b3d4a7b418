//! From marks of a chart to picks of columns, and back.

use leptos::prelude::*;

use crate::charts::ChartSpec;
use crate::exploration::{BinEdges, Groups, Picked, Selection};
use crate::web::components::chart::MarkPick;
use crate::web::query::PICK;

use super::Explored;
use super::address::written;
use super::question::{Tab, described};

/// A chart and what its marks stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The chart.
    pub spec: ChartSpec,
    /// What its marks stand for.
    pub brush: Brush,
}

/// What the marks of a chart stand for.
#[derive(Clone, Debug, PartialEq)]
pub enum Brush {
    /// Nothing that could be picked.
    Nothing,
    /// Groups of one column, each with so many marks.
    Groups {
        /// The groups.
        side: Side,
        /// Marks of a group.
        marks: usize,
    },
    /// Cells of two columns.
    Cells {
        /// From left to right.
        along: Side,
        /// The other way.
        across: Side,
        /// In which order cells are walked.
        order: Order,
    },
    /// Values of one column, one a mark: a click picks all up to one.
    Values {
        /// The column.
        column: String,
        /// Of each mark.
        values: Vec<f64>,
    },
    /// Pairs of these columns, row by row: a click looks at one closely.
    Pairs(Vec<String>),
}

/// A column and its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The column.
    pub column: String,
    /// Its groups.
    pub groups: Groups,
}

/// In which order cells are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Row by row, the first one on top.
    FirstOnTop,
    /// Row by row, the last one on top.
    LastOnTop,
    /// Column by column.
    ByColumn,
}

impl Side {
    /// The groups from `first` to `last` as a pick.
    fn pick(&self, first: usize, last: usize) -> Option<Picked> {
        match &self.groups {
            // the last bin includes its right edge
            Groups::Bins(BinEdges { edges, .. }) => Some(Picked::Range {
                from: *edges.get(first)?,
                to: *edges.get(last + 1)?,
                closed: last + 2 == edges.len(),
            }),
            Groups::Levels(levels) => Some(Picked::Levels(levels.get(first..=last)?.to_vec())),
        }
    }

    /// Whether a group is picked; everything is, where nothing of the column was.
    fn is_picked(&self, selection: &Selection, group: usize) -> bool {
        match (selection.pick(&self.column), &self.groups) {
            (Some(Picked::Range { from, to, closed }), Groups::Bins(BinEdges { edges, .. })) => {
                let edge = |at: usize| edges.get(at).copied().unwrap_or(f64::NAN);
                let (low, high) = (edge(group), edge(group + 1));
                let is_last = group + 2 == edges.len();
                (low < *to || (*closed && low == *to))
                    && (high > *from || (is_last && high == *from))
            }
            (Some(Picked::Levels(picked)), Groups::Levels(levels)) => {
                levels.get(group).is_some_and(|level| picked.contains(level))
            }
            _ => true,
        }
    }

    fn has_pick(&self, selection: &Selection) -> bool {
        selection.pick(&self.column).is_some()
    }

    /// The pick after a click on a group; `None` takes it away.
    fn toggled(&self, selection: &Selection, group: usize) -> Option<Picked> {
        let alone = self.pick(group, group);
        match (selection.pick(&self.column), &self.groups) {
            (before, Groups::Bins(_)) => alone.filter(|alone| Some(alone) != before),
            (Some(Picked::Levels(before)), Groups::Levels(levels)) => {
                let clicked = levels.get(group)?;
                let stays = |level: &&String| (*level == clicked) != before.contains(level);
                let after: Vec<String> = levels.iter().filter(stays).cloned().collect();
                let some = !after.is_empty() && after.len() < levels.len();
                some.then_some(Picked::Levels(after))
            }
            _ => alone,
        }
    }
}

impl Brush {
    /// Groups of one column, one mark each.
    pub fn groups(column: &str, groups: &Groups) -> Self {
        let side = Side { column: column.to_owned(), groups: groups.clone() };
        Self::Groups { side, marks: 1 }
    }

    /// Along and across of the mark at `mark`.
    fn cell(along: &Side, across: &Side, order: Order, mark: usize) -> (usize, usize) {
        let (columns, rows) = (along.groups.count().max(1), across.groups.count().max(1));
        match order {
            Order::FirstOnTop => (mark % columns, mark / columns),
            Order::LastOnTop => (mark % columns, rows.saturating_sub(1 + mark / columns)),
            Order::ByColumn => (mark / rows, mark % rows),
        }
    }

    /// Whether each mark is picked; none is, where nothing of the columns was.
    pub fn picked(&self, selection: &Selection) -> Vec<bool> {
        match self {
            Self::Groups { side, marks } if side.has_pick(selection) => {
                let all = 0..side.groups.count() * marks;
                all.map(|mark| side.is_picked(selection, mark / marks.max(&1))).collect()
            }
            Self::Cells { along, across, order }
                if along.has_pick(selection) || across.has_pick(selection) =>
            {
                let all = 0..along.groups.count() * across.groups.count();
                all.map(|mark| {
                    let (x, y) = Self::cell(along, across, *order, mark);
                    along.is_picked(selection, x) && across.is_picked(selection, y)
                })
                .collect()
            }
            Self::Values { column, values } => match selection.pick(column) {
                Some(&Picked::Range { from, to, closed }) => {
                    let within = |at: f64| at >= from && (at < to || (closed && at == to));
                    values.iter().map(|&value| within(value)).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The picks after a person picked marks: by column, `None` takes one away.
    fn changes(&self, selection: &Selection, pick: &MarkPick) -> Vec<(String, Option<Picked>)> {
        let marks = match pick {
            MarkPick::Toggle(mark) => std::slice::from_ref(mark),
            MarkPick::Span { marks, .. } => marks.as_slice(),
        };
        let range = |of: &dyn Fn(usize) -> usize| {
            let places = marks.iter().map(|&mark| of(mark));
            places.clone().min().zip(places.max())
        };
        let is_click = matches!(pick, MarkPick::Toggle(_));
        match self {
            Self::Nothing | Self::Pairs(_) => Vec::new(),
            Self::Values { column, values } => {
                let meant = || marks.iter().filter_map(|&mark| values.get(mark));
                let least = |values: &mut dyn Iterator<Item = &f64>| {
                    values.copied().fold(f64::INFINITY, f64::min)
                };
                let to = meant().copied().fold(f64::NEG_INFINITY, f64::max);
                let from = if is_click { least(&mut values.iter()) } else { least(&mut meant()) };
                let after = Some(Picked::Range { from, to, closed: true });
                let away = is_click && selection.pick(column) == after.as_ref();
                let after = after.filter(|_| !away && from <= to);
                vec![(column.clone(), after)]
            }
            Self::Groups { side, marks } => {
                let Some((first, last)) = range(&|mark| mark / (*marks).max(1)) else {
                    return Vec::new();
                };
                let after = match is_click {
                    true => side.toggled(selection, first),
                    false => side.pick(first, last),
                };
                vec![(side.column.clone(), after)]
            }
            Self::Cells { along, across, order } => {
                let cell = |mark| Self::cell(along, across, *order, mark);
                let sides = range(&|mark| cell(mark).0).zip(range(&|mark| cell(mark).1));
                let Some((x, y)) = sides else { return Vec::new() };
                let after = [(along, along.pick(x.0, x.1)), (across, across.pick(y.0, y.1))];
                // a click on what is picked alone takes it away
                let same = |(side, pick): &(&Side, Option<Picked>)| {
                    selection.pick(&side.column) == pick.as_ref()
                };
                let away = is_click && after.iter().all(same);
                let after = after.into_iter();
                after.map(|(side, pick)| (side.column.clone(), pick.filter(|_| !away))).collect()
            }
        }
    }

    /// Writes what a person picked into the address: one step of the history for a click, and one for
    /// a drag, whose first change is `begun` by it.
    pub fn run(&self, page: Explored, pick: &MarkPick) {
        if let (Self::Pairs(columns), MarkPick::Toggle(mark)) = (self, pick) {
            return open(page, columns, *mark);
        }
        let selection = page.selected.with_untracked(|selected| selected.selection.clone());
        let mut changes = self.changes(&selection, pick);
        changes.retain(|(column, pick)| selection.pick(column) != pick.as_ref());
        if let MarkPick::Span { begins: true, .. } | MarkPick::Toggle(_) = pick {
            page.begun.set_value(false);
        }
        if changes.is_empty() {
            return;
        }
        let keyed: Vec<(String, Option<String>)> = changes
            .into_iter()
            .map(|(column, pick)| (format!("{PICK}{column}"), pick.as_ref().map(written)))
            .collect();
        let changes: Vec<(&str, Option<String>)> =
            keyed.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        if page.begun.get_value() {
            page.query.replace(&changes);
        } else {
            page.query.set(&changes);
        }
        page.begun.set_value(matches!(pick, MarkPick::Span { .. }));
    }
}

/// Looks at the pair of a matrix closely, or at the one column where both are the same.
fn open(page: Explored, columns: &[String], mark: usize) {
    let n = columns.len().max(1);
    let (Some(y), Some(x)) = (columns.get(mark / n), columns.get(mark % n)) else { return };
    let tab = |tab: Tab| ("tab", tab.key().map(str::to_owned));
    if x != y {
        let (x, y) = (Some(x.clone()), Some(y.clone()));
        page.query.set(&[tab(Tab::Pair), ("x", x), ("y", y)]);
    } else if page.dataset.with_value(|dataset| described(dataset).any(|c| c.name == *x)) {
        page.query.set(&[tab(Tab::Column), ("column", Some(x.clone()))]);
    }
}

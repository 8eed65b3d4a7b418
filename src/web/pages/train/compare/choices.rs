//! What a picture shows, chosen from what differs; every choice stands in the address.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::Page;
use super::differences::Compared;
use super::values::{Column, MOST_GROUPS, heading};
use crate::charts::Spacing;
use crate::experiments::side_by_side::{have_logarithms, span_decades};
use crate::web::components::choice::Choice;
use crate::web::text::compare as words;

/// Keys of the address: the score, the setting it is shown over, what tells runs apart, both sides of a
/// picture of two numbers or settings, and which of its axes are log scales.
pub const SCORE: &str = "compare.score";
pub const OVER: &str = "compare.over";
pub const BY: &str = "compare.by";
pub const X: &str = "compare.x";
pub const Y: &str = "compare.y";
const LOG: &str = "compare.log";

/// In the address where runs are not told apart, or no axis is a log scale.
pub const NONE: &str = "none";

/// One choice: its key in the address, what can be chosen, and what is.
#[derive(Clone, Copy)]
pub struct Chosen {
    key: &'static str,
    options: Memo<Vec<String>>,
    pub value: Memo<Option<String>>,
}

impl Chosen {
    /// The key that is chosen; tracked. `None` for nothing.
    pub fn get(self) -> Option<String> {
        self.value.get().filter(|value| value != NONE)
    }
}

impl Page {
    /// A choice among keys of the table of runs. What the address says counts where it is an option.
    pub fn choice(
        self,
        key: &'static str,
        options: impl Fn(&Cells, &Compared) -> Vec<String> + Send + Sync + 'static,
        first: impl Fn(&[String]) -> Option<String> + Send + Sync + 'static,
    ) -> Chosen {
        let Self { query, cells, compared } = self;
        let options = Memo::new(move |_| {
            cells.with(|cells| compared.with(|compared| options(cells, compared)))
        });
        let value = Memo::new(move |_| {
            options.with(|options| {
                query.get(key).filter(|wanted| options.contains(wanted)).or_else(|| first(options))
            })
        });
        Chosen { key, options, value }
    }

    /// The score: accuracy on the test rows where it differs.
    pub fn score(self) -> Chosen {
        let first = |options: &[String]| {
            let wanted = options.iter().find(|key| *key == "metrics.test_accuracy");
            wanted.or(options.first()).cloned()
        };
        self.choice(SCORE, |_, compared| compared.scores(), first)
    }

    /// What runs are told apart by, if by anything: the family, else what has the fewest values.
    pub fn apart(self, but: Option<Chosen>) -> Chosen {
        let Self { cells, compared, .. } = self;
        let options = |_: &Cells, compared: &Compared| {
            let mut keys = vec![NONE.to_owned()];
            keys.extend(compared.groups());
            keys
        };
        let first = move |options: &[String]| {
            let other = but.and_then(Chosen::get);
            let model = options.iter().find(|key| *key == "attributes.model");
            let n_values = |key: &String| {
                cells.with(|cells| compared.with(|of| Column::of(cells, &of.runs, key).n_values()))
            };
            let others = options.iter().filter(|key| *key != NONE && Some(*key) != other.as_ref());
            let counted = others.map(|key| (n_values(key), key));
            let few = counted.filter(|(n, _)| (2..=MOST_GROUPS).contains(n));
            let fewest = few.min_by_key(|(n, _)| *n).map(|(_, key)| key);
            model.or(fewest).or(options.first()).cloned()
        };
        self.choice(BY, options, first)
    }

    /// The select of a choice.
    pub fn field(self, label: &'static str, chosen: Chosen) -> AnyView {
        let Chosen { key, options, value } = chosen;
        let query = self.query;
        let field = move || {
            let named = |key: String| match key.as_str() {
                NONE => (key, words::NOTHING.to_owned()),
                _ => (key.clone(), heading(&key)),
            };
            let options = options.get().into_iter().map(named).collect::<Vec<_>>();
            let set = move |chosen: String| query.replace(&[(key, Some(chosen))]);
            view! { <Choice label options value=value.get().unwrap_or_default() on_change=set /> }
        };
        view! { <div class="field"><span aria-hidden="true">{label}</span>{field}</div> }.into_any()
    }

    /// Which axes are log scales: as the address says, else where that reads better; never where a number
    /// has no logarithm.
    pub fn logs(self, columns: Memo<Option<(Column, Column)>>) -> Memo<Logs> {
        let query = self.query;
        Memo::new(move |_| {
            let wanted = query.get(LOG);
            let side = |letter: char, column: &Column| {
                let numbers = column.numbers();
                let may = have_logarithms(&numbers);
                let is = match &wanted {
                    Some(wanted) => may && wanted.chars().any(|other| other == letter),
                    // scores within a factor of a hundred stay even
                    None => span_decades(&numbers),
                };
                Side { is, may }
            };
            columns.with(|columns| match columns {
                Some((x, y)) => Logs { x: side('x', x), y: side('y', y) },
                None => Logs::default(),
            })
        })
    }

    /// Both boxes that choose log scales.
    pub fn log_boxes(self, logs: Memo<Logs>) -> AnyView {
        let query = self.query;
        let set = move |x: bool, y: bool| {
            let value = match (x, y) {
                (true, true) => "xy",
                (true, false) => "x",
                (false, true) => "y",
                (false, false) => NONE,
            };
            query.replace(&[(LOG, Some(value.to_owned()))]);
        };
        let log_box = move |label: &'static str,
                            side: fn(Logs) -> Side,
                            turned: fn(Logs) -> (bool, bool)| {
            let locked = move || !side(logs.get()).may;
            let change = move |_| {
                let (x, y) = turned(logs.get_untracked());
                set(x, y);
            };
            let why = move || locked().then_some(words::NO_LOG);
            view! {
                <label class="check" title=why>
                    <input type="checkbox" prop:checked=move || side(logs.get()).is disabled=locked on:change=change />
                    {label}
                </label>
            }
            .into_any()
        };
        view! {
            <div class="field">
                {log_box(words::LOG_ALONG, |logs| logs.x, |logs| (!logs.x.is, logs.y.is))}
                {log_box(words::LOG_UPWARD, |logs| logs.y, |logs| (logs.x.is, !logs.y.is))}
            </div>
        }
        .into_any()
    }
}

/// An axis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Side {
    /// Whether it is a log scale.
    is: bool,
    /// Whether every number has a logarithm.
    may: bool,
}

impl Side {
    pub fn spacing(self) -> Spacing {
        if self.is { Spacing::Log } else { Spacing::Even }
    }
}

/// Both axes of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Logs {
    pub x: Side,
    pub y: Side,
}

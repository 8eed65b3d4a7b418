//! A column of the compared runs: what each has there, in words and on an axis.

use super::super::run_cells::{Cells, head};
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, Better};
use crate::data::Value;
use crate::experiments::side_by_side::{Held, distinct};
use crate::web::text::compare as words;
use crate::web::text::settings;
use crate::web::text::train as text;

/// More groups than this can't be told apart by colour.
pub const MOST_GROUPS: usize = 8;

/// What runs have under a key of the table of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub key: String,
    /// One a run.
    pub held: Vec<Held>,
}

impl Column {
    pub fn of(cells: &Cells, runs: &[u32], key: &str) -> Self {
        let held = runs.iter().map(|&number| match cells.run(number) {
            Some(run) => Held::of(run, key, cells.value(number, key).as_ref()),
            None => Held::NotSet,
        });
        Self { key: key.to_owned(), held: held.collect() }
    }

    /// The number of the run at a place.
    pub fn number(&self, at: usize) -> Option<f64> {
        self.held.get(at)?.number()
    }

    pub fn numbers(&self) -> Vec<f64> {
        self.held.iter().filter_map(Held::number).collect()
    }

    pub fn numbers_differ(&self) -> bool {
        let numbers = self.numbers();
        numbers.iter().any(|number| Some(number) != numbers.first())
    }

    /// How many values there are; what is not set says only that a family has no such setting.
    pub fn n_values(&self) -> usize {
        distinct(&self.held).iter().filter(|held| **held != Held::NotSet).count()
    }

    /// Whether runs that have a value here and one there differ there.
    pub fn crosses(&self, other: &Self) -> bool {
        let both = self.held.iter().zip(&other.held);
        let both = both.filter(|(here, there)| **here != Held::NotSet && **there != Held::NotSet);
        let there: Vec<&Held> = both.map(|(_, there)| there).collect();
        there.iter().any(|held| Some(held) != there.first())
    }

    /// A value as it is read.
    pub fn words(&self, held: &Held) -> String {
        match held {
            Held::Number(number) => Value::Number(*number).to_string(),
            Held::Level(level) if self.key == "attributes.model" => {
                settings::family(level).to_owned()
            }
            Held::Level(level) => level.clone(),
            Held::NoLimit => words::NO_LIMIT.to_owned(),
            Held::NotSet => text::NOT_SET.to_owned(),
        }
    }

    /// The values that runs are told apart by, at most so many: those that most runs share.
    pub fn groups(&self, most: usize) -> Groups {
        let all = distinct(&self.held);
        let count = |value: &Held| self.held.iter().filter(|held| *held == value).count();
        let n_all = all.len();
        let mut values = all.clone();
        if n_all > most {
            // of equally many the first
            let mut ranked: Vec<(usize, Held)> =
                all.iter().map(|value| (count(value), value.clone())).collect();
            ranked.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
            ranked.truncate(most);
            values.retain(|value| ranked.iter().any(|(_, kept)| kept == value));
        }
        let places = self.held.iter().map(|held| values.iter().position(|value| value == held));
        Groups {
            places: places.collect(),
            names: values.iter().map(|value| self.words(value)).collect(),
            left_out: (n_all > most).then(|| words::only_some(most, n_all, &heading(&self.key))),
        }
    }
}

/// Runs by what they have of something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// The group of each run; `None` where its group is left out.
    pub places: Vec<Option<usize>>,
    /// What they are called.
    pub names: Vec<String>,
    /// That there are more.
    pub left_out: Option<String>,
}

impl Groups {
    /// All runs in one group without a name.
    pub fn one(n: usize) -> Self {
        Self { places: vec![Some(0); n], names: vec![String::new()], left_out: None }
    }

    /// By a column; one group where there is none.
    pub fn by(cells: &Cells, runs: &[u32], key: Option<&str>, most: usize) -> Self {
        match key {
            Some(key) => Column::of(cells, runs, key).groups(most),
            None => Self::one(runs.len()),
        }
    }
}

/// The runs that have no number in one of the columns, counted by what they have instead.
pub fn not_drawn(columns: &[&Column]) -> Option<String> {
    let mut parts = Vec::new();
    for column in columns {
        let others = column.held.iter().filter(|held| held.number().is_none());
        let others: Vec<Held> = others.cloned().collect();
        for value in distinct(&others) {
            let n = others.iter().filter(|held| **held == value).count();
            parts.push(words::without_place(n, &heading(&column.key), &column.words(&value)));
        }
    }
    (!parts.is_empty()).then(|| words::not_drawn(&parts))
}

/// Sentences as one note.
pub fn note(sentences: impl IntoIterator<Item = Option<String>>) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// A column's name on an axis.
pub fn heading(key: &str) -> String {
    match key {
        "attributes.model" => words::FAMILY.to_owned(),
        "attributes.steps" => words::STEPS.to_owned(),
        key => head(key),
    }
}

/// Its axis.
pub fn axis(key: &str) -> Axis {
    let format = match key {
        key if key.starts_with("metrics.") => NumberFormat::FineScore,
        key if key.ends_with("_ms") => NumberFormat::Milliseconds,
        _ => NumberFormat::Plain,
    };
    Axis::formatted(&heading(key), format)
}

/// Which end of it is the good one.
pub fn better(key: &str) -> Better {
    match key.ends_with("log_loss") || key.ends_with("brier") {
        true => Better::Lower,
        false => Better::Higher,
    }
}

//! Asking about selected rows.

use churn_lab::data::Dataset;
use churn_lab::exploration::{Answer, Index, Pick, Picked, Question, Selection};

/// What an index made for the purpose answers.
pub fn ask(dataset: &Dataset, selection: &Selection, question: Question) -> Answer {
    Index::of(dataset).answer(dataset, selection, &question).expect("an answer")
}

/// A pick of levels.
pub fn levels(column: &str, levels: &[&str]) -> Pick {
    let levels = levels.iter().map(|level| (*level).to_owned()).collect();
    Pick { column: column.to_owned(), values: Picked::Levels(levels) }
}

/// A pick of numbers as in bins.
pub fn range(column: &str, from: f64, to: f64) -> Pick {
    Pick { column: column.to_owned(), values: Picked::Range { from, to, closed: false } }
}

/// A selection by picks alone.
pub fn picks(picks: &[Pick]) -> Selection {
    Selection { picks: picks.to_vec(), ..Selection::default() }
}

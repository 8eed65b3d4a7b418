//! `Dataset` + what is selected → the figures of the exploration screens.
//!
//! A [`Selection`] says which rows are looked at: a sample, a [`filter`] in words, and picks of levels
//! and ranges. An [`Index`] of the data set, made once, answers a [`Question`] about it: every column
//! against the target, one column closely, two against each other, many at once, or the rows
//! themselves. A chart of a column ignores the picks of that column, so that what was not picked can
//! still be seen and picked.

mod answer;
mod bins;
mod chosen;
mod distribution;
pub mod filter;
mod index;
mod joint;
mod many;
mod numbers;
mod overview;
mod rate;
mod rows;
mod selection;
mod two;

pub use answer::{
    Answer, BinEdges, ColumnFigures, Distribution, Figures, Groups, Matrix, NamedBox,
    OverviewColumn, Pair, PairPoint, Question, RowsPart, Share, Strength,
};
pub use index::Index;
pub use rate::Rate;
pub use rows::Sort;
pub use selection::{Pick, Picked, SampleParams, Selection, SelectionError};

use crate::data::Dataset;

impl Index {
    /// What is asked about the selected rows. `dataset` must be the one the index was made of.
    ///
    /// # Errors
    /// A filter that is none, a column that is missing or of another kind, a number out of range.
    pub fn answer(
        &mut self,
        dataset: &Dataset,
        selection: &Selection,
        question: &Question,
    ) -> Result<Answer, SelectionError> {
        let chosen = chosen::Chosen::of(self, dataset, selection)?;
        let figures = match question {
            Question::Overview => Figures::Overview(self.overview(dataset, &chosen)),
            Question::Column { column, bins, by } => {
                let figures = self.column(dataset, &chosen, column, *bins, by.as_deref())?;
                Figures::Column(Box::new(figures))
            }
            Question::Pair { x, y, bins } => {
                Figures::Pair(Box::new(self.pair(dataset, &chosen, (x, y), *bins)?))
            }
            Question::Correlations => Figures::Correlations(self.correlations(dataset, &chosen)),
            Question::CramersV => Figures::CramersV(self.cramers_v(dataset, &chosen)),
            Question::Pairs { columns, bins } => self.pairs(dataset, &chosen, columns, *bins)?,
            Question::Rows { from, count, sort } => {
                let part = (*from, *count);
                Figures::Rows(self.rows(dataset, (selection, &chosen), part, sort.as_ref())?)
            }
        };
        Ok(Answer {
            has_target: self.has_target,
            all: self.all,
            selected: distribution::classes(&self.labels, chosen.failed()),
            figures,
        })
    }
}

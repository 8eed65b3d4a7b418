//! The texts of a column.

use std::ops::Range;

use super::dictionary::{Dictionary, MAX_TEXTS};
use crate::data::TextColumn;
use crate::data::texts::reserve;

/// One column of a [`Table`](super::Table).
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// The header's text; "column 3" where it is blank.
    pub name: String,
    /// The header is not blank.
    pub named: bool,
    /// One a row, white space around it cut.
    pub texts: ColumnTexts,
}

/// Texts, called entries, and which of them each row has.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnTexts {
    /// Few different texts.
    Coded {
        /// The different texts, by code.
        dictionary: Dictionary,
        /// One a row.
        codes: Vec<u8>,
    },
    /// More different texts than a dictionary holds, row by row.
    Plain {
        /// One a row.
        texts: TextColumn,
        /// A text is known to come twice.
        repeats: bool,
    },
}

impl TableColumn {
    /// No rows yet.
    pub fn new(name: String, named: bool) -> Self {
        let texts = ColumnTexts::Coded { dictionary: Dictionary::new(), codes: Vec::new() };
        Self { name, named, texts }
    }

    /// Gives back the room for rows that don't come.
    pub fn shrink(&mut self) {
        match &mut self.texts {
            ColumnTexts::Coded { codes, .. } => codes.shrink_to_fit(),
            ColumnTexts::Plain { texts, .. } => texts.shrink(),
        }
    }

    /// Makes room for `times` as many rows as there are.
    pub fn reserve(&mut self, times: f64) {
        match &mut self.texts {
            ColumnTexts::Coded { codes, .. } => reserve(codes, times),
            ColumnTexts::Plain { texts, .. } => texts.reserve(times),
        }
    }

    /// Adds further rows: texts that stand in `text`.
    pub fn extend(&mut self, text: &str, mut cells: impl Iterator<Item = Range<usize>>) {
        if let ColumnTexts::Coded { dictionary, codes } = &mut self.texts {
            for cell in cells.by_ref() {
                let Some(code) = dictionary.code(text, cell.clone()) else {
                    self.texts.write_out(&text[cell]);
                    break;
                };
                codes.push(code);
            }
        }
        if let ColumnTexts::Plain { texts, .. } = &mut self.texts {
            cells.for_each(|cell| texts.push(&text[cell]));
        }
    }
}

impl ColumnTexts {
    /// From codes to a text a row, and the next row's text.
    #[cold]
    fn write_out(&mut self, next: &str) {
        let mut all = TextColumn::default();
        let mut repeats = true;
        if let Self::Coded { dictionary, codes } = self {
            let texts: Vec<&str> = dictionary.texts().iter().collect();
            codes.iter().for_each(|&code| all.push(texts[usize::from(code)]));
            repeats = texts.len() < codes.len();
        }
        all.push(next);
        *self = Self::Plain { texts: all, repeats };
    }

    /// The text of each entry: of each code, or else of each row.
    pub fn entries(&self) -> &TextColumn {
        match self {
            Self::Coded { dictionary, .. } => dictionary.texts(),
            Self::Plain { texts, .. } => texts,
        }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        match self {
            Self::Coded { codes, .. } => codes.len(),
            Self::Plain { texts, .. } => texts.len(),
        }
    }

    /// Hears the entry of every row in `rows`.
    #[inline(never)]
    pub fn for_each(&self, rows: &[Range<usize>], mut hear: impl FnMut(usize)) {
        for run in rows {
            match self {
                Self::Coded { codes, .. } => {
                    codes[run.clone()].iter().for_each(|&code| hear(usize::from(code)));
                }
                Self::Plain { .. } => run.clone().for_each(&mut hear),
            }
        }
    }

    /// Hears the entry of every row.
    pub fn for_each_row(&self, hear: impl FnMut(usize)) {
        self.for_each(std::slice::from_ref(&(0..self.n_rows())), hear);
    }

    /// Something of the entry of every row in `rows`.
    #[inline(never)]
    pub fn map<T: Copy + Default>(&self, rows: &[Range<usize>], of: impl Fn(usize) -> T) -> Vec<T> {
        let mut all = Vec::with_capacity(rows.iter().map(ExactSizeIterator::len).sum());
        match self {
            Self::Coded { dictionary, codes } => {
                let mut by_code = [T::default(); MAX_TEXTS];
                for (entry, value) in by_code.iter_mut().take(dictionary.texts().len()).enumerate()
                {
                    *value = of(entry);
                }
                for run in rows {
                    all.extend(codes[run.clone()].iter().map(|&code| by_code[usize::from(code)]));
                }
            }
            Self::Plain { .. } => rows.iter().for_each(|run| all.extend(run.clone().map(&of))),
        }
        all
    }

    /// The different texts and how many rows have each, the most frequent first, then by text.
    #[must_use]
    pub fn counts(&self) -> Vec<(&str, u32)> {
        let mut counts: Vec<(&str, u32)> = match self {
            Self::Coded { dictionary, codes } => {
                let mut rows = [0; MAX_TEXTS];
                codes.iter().for_each(|&code| rows[usize::from(code)] += 1);
                dictionary.texts().iter().zip(rows).collect()
            }
            Self::Plain { texts, .. } => {
                let mut sorted: Vec<&str> = texts.iter().collect();
                sorted.sort_unstable();
                let same = sorted.chunk_by(|text, next| text == next);
                same.filter_map(|same| Some((*same.first()?, same.len() as u32))).collect()
            }
        };
        counts.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
        counts
    }

    /// How many rows have an entry that is marked in `marks`.
    pub fn count(&self, marks: &[bool]) -> usize {
        match self {
            Self::Coded { codes, .. } if marks.contains(&true) => {
                codes.iter().filter(|&&code| marks[usize::from(code)]).count()
            }
            Self::Coded { .. } => 0,
            Self::Plain { .. } => marks.iter().filter(|&&marked| marked).count(),
        }
    }

    /// Whether no text comes twice.
    pub fn all_differ(&self) -> bool {
        match self {
            Self::Coded { dictionary, codes } => dictionary.texts().len() == codes.len(),
            Self::Plain { repeats: true, .. } => false,
            Self::Plain { texts, .. } => texts.all_differ(),
        }
    }
}

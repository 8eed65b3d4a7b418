//! Many texts in one buffer.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::digest::digest;

/// The half of a digest that is kept beside a row's number.
const HALF: u64 = !(u32::MAX as u64);

/// Many texts in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextColumn {
    bytes: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Adds a row's text at the end.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The column whose texts stand in `bytes` one after the other, each one's end in `ends`; `None`
    /// when those are no ends of texts.
    #[must_use]
    pub fn from_parts(bytes: String, ends: Vec<u32>) -> Option<Self> {
        let fits = ends.is_sorted()
            && ends.last().map_or(0, |&end| end as usize) == bytes.len()
            && ends.iter().all(|&end| bytes.is_char_boundary(end as usize));
        fits.then_some(Self { bytes, ends })
    }

    /// The texts one after the other, and each one's end, as in [`from_parts`](Self::from_parts).
    #[must_use]
    pub fn parts(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Makes room for `times` as many texts as there are.
    pub(super) fn reserve(&mut self, times: f64) {
        reserve(&mut self.ends, times);
        self.bytes.reserve(further(self.bytes.len(), times));
    }

    /// Gives back the room for texts that don't come.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The text of a row; `None` past the end.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)? as usize;
        self.bytes.get(self.start(row)..end)
    }

    /// Where the text of a row starts in `bytes`.
    fn start(&self, row: usize) -> usize {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        before.map_or(0, |&end| end as usize)
    }

    /// The texts of some rows, given as ranges in ascending order.
    pub(super) fn select(&self, rows: &[Range<usize>]) -> Self {
        if matches!(rows, [all] if *all == (0..self.len())) {
            return self.clone();
        }
        let mut selected = Self {
            bytes: String::with_capacity(self.bytes.len()),
            ends: Vec::with_capacity(self.ends.len()),
        };
        for run in rows {
            let (start, end) = (self.start(run.start), self.start(run.end));
            let shift = start as u32 - selected.bytes.len() as u32;
            selected.bytes.push_str(self.bytes.get(start..end).unwrap_or_default());
            let ends = self.ends.get(run.clone()).unwrap_or_default();
            selected.ends.extend(ends.iter().map(|end| end - shift));
        }
        selected
    }

    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The texts, row by row.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let text = self.bytes.get(start..end as usize);
            start = end as usize;
            text
        })
    }

    /// Which texts are empty.
    #[must_use]
    pub fn blanks(&self) -> Vec<bool> {
        let mut start = 0;
        let is_blank = |&end: &u32| std::mem::replace(&mut start, end) == end;
        self.ends.iter().map(is_blank).collect()
    }

    /// The texts of at most `length` bytes that start with one of `first`; whole columns are passed
    /// over without a look at their texts.
    pub(super) fn short<'a>(
        &'a self,
        length: u32,
        first: &'a [u8],
    ) -> impl Iterator<Item = &'a str> {
        let bytes = self.bytes.as_bytes();
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let from = std::mem::replace(&mut start, end);
            let is_short = end - from <= length && end > from;
            let starts = is_short && first.contains(bytes.get(from as usize)?);
            if starts { self.bytes.get(from as usize..end as usize) } else { None }
        })
    }

    /// The row that holds exactly this text.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<usize> {
        self.iter().position(|other| other == text)
    }

    /// How many different texts.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.firsts().filter(|&is_first| is_first).count()
    }

    /// Whether no text comes twice.
    #[must_use]
    pub fn all_differ(&self) -> bool {
        self.firsts().all(|is_first| is_first)
    }

    /// For each row, whether no row before has its text.
    fn firsts(&self) -> impl Iterator<Item = bool> {
        // open addressing: a slot holds half a digest and a row's number from 1, or 0 when it is free
        let mut slots = vec![0_u64; (2 * self.len()).next_power_of_two()];
        let mask = slots.len() - 1;
        (1_u32..).zip(self.iter()).map(move |(number, text)| {
            let digest = digest(0, text.as_bytes());
            let half = digest & HALF;
            let mut at = digest as usize & mask;
            while slots[at] > 0 {
                let other = slots[at] as u32 - 1;
                if slots[at] & HALF == half && self.get(other as usize) == Some(text) {
                    return false;
                }
                at = (at + 1) & mask;
            }
            slots[at] = half | u64::from(number);
            true
        })
    }
}

/// Makes room for `times` as many items as there are.
pub(super) fn reserve<T>(items: &mut Vec<T>, times: f64) {
    items.reserve(further(items.len(), times));
}

/// What is missing to `times` as many, and a hundredth: rows are not all equally long.
fn further(len: usize, times: f64) -> usize {
    (len as f64 * (1.01 * times - 1.0)) as usize
}

#[cfg(test)]
mod tests {
    use super::TextColumn;

    fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> TextColumn {
        let mut column = TextColumn::default();
        texts.into_iter().for_each(|text| column.push(text));
        column
    }

    #[test]
    fn different_texts() {
        let numbers: Vec<String> =
            (0..5_000_u32).map(|row| (row * row % 3_001).to_string()).collect();
        let mut sorted: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let column = of(sorted.iter().copied());
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(column.distinct(), sorted.len());
        assert!(!column.all_differ());
        assert!(of(sorted).all_differ());
        assert!(of([]).all_differ());
        assert_eq!(of(["", "a", "", "a\0", "a"]).distinct(), 3);
    }
}

//! What may be typed next.

use super::error::{FilterProblem, Wanted};
use super::parse::parse_tokens;
use super::token::{Token, TokenKind, is_part, is_word, quoted, tokens};
use super::{FilterError, ReadNumber};
use crate::data::ColumnKind;
use crate::data::summary::ColumnSummary;

/// Ways to go on at a place of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The first character that a completion replaces, from 0.
    pub from: usize,
    /// The first character after those.
    pub to: usize,
    /// In the order they are offered.
    pub items: Vec<Completion>,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is typed for the person.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A column.
    Column,
    /// An operator.
    Operator,
    /// A level of a column.
    Level,
    /// A word or sign that joins.
    Word,
}

/// What may stand at character `cursor` of a filter, given what stands before it: the names that go
/// on as the word under the cursor begins, whatever the case. Empty where something before is wrong.
#[must_use]
pub fn complete(
    columns: &[ColumnSummary],
    text: &str,
    cursor: usize,
    number: ReadNumber,
) -> Completions {
    let cursor = cursor.min(text.chars().count());
    let before: String = text.chars().take(cursor).collect();
    let Some((known, begun)) = split(&before, cursor) else { return Completions::default() };
    let first = known.is_empty();
    let wanted = match parse_tokens(known, cursor, columns, number) {
        // a whole filter goes on with another test; nothing typed yet starts one
        Ok(_) if first => Wanted::Column,
        Ok(_) => Wanted::Joint,
        Err(FilterError { problem: FilterProblem::Missing { wanted, found: None }, .. }) => wanted,
        Err(_) => return Completions::default(),
    };
    let mut items = candidates(wanted, columns);
    let (from, to) =
        begun.as_ref().map_or((cursor, cursor), |begun| (begun.from, begun.end(text, cursor)));
    if let Some(begun) = begun {
        items.retain(|(_, plain)| starts(plain, &begun.text));
    }
    Completions { from, to, items: items.into_iter().map(|(item, _)| item).collect() }
}

/// The word under the cursor.
struct Begun {
    from: usize,
    /// What stands before the cursor, without quotes.
    text: String,
    is_quoted: bool,
}

impl Begun {
    /// The first character after the word: a quote reaches to its partner, if what follows that one can
    /// be read.
    fn end(&self, text: &str, cursor: usize) -> usize {
        let whole: String = text.chars().skip(self.from).collect();
        match tokens(&whole).ok().as_deref() {
            Some([first, ..]) if self.is_quoted => self.from + first.to,
            _ => cursor + text.chars().skip(cursor).take_while(|c| is_part(*c)).count(),
        }
    }
}

/// The words before the one under the cursor, and that one; `None` where something before is no word.
fn split(before: &str, cursor: usize) -> Option<(Vec<Token>, Option<Begun>)> {
    let mut words = match tokens(before) {
        Ok(words) => words,
        Err(FilterError { from, problem: FilterProblem::OpenQuote { quote }, .. }) => {
            let closed: String = before.chars().take(from).collect();
            let text: String = before.chars().skip(from + 1).collect();
            let text = text.replace(&String::from_iter([quote, quote]), &quote.to_string());
            let begun = Begun { from, text, is_quoted: true };
            return Some((tokens(&closed).ok()?, Some(begun)));
        }
        Err(_) => return None,
    };
    let begun = match words.last() {
        Some(Token { kind: TokenKind::Word(text), from, to }) if *to == cursor => {
            Some(Begun { from: *from, text: text.clone(), is_quoted: false })
        }
        _ => None,
    };
    words.truncate(words.len() - usize::from(begun.is_some()));
    Some((words, begun))
}

fn starts(text: &str, typed: &str) -> bool {
    let mut letters = text.chars();
    typed.chars().all(|c| letters.next().is_some_and(|other| other.eq_ignore_ascii_case(&c)))
}

/// Every completion, and what it is without quotes.
fn candidates(wanted: Wanted, columns: &[ColumnSummary]) -> Vec<(Completion, String)> {
    let plain = |kind: CompletionKind, words: &[&str]| -> Vec<(Completion, String)> {
        let item =
            |word: &&str| (Completion { text: (*word).to_owned(), kind }, (*word).to_owned());
        words.iter().map(item).collect()
    };
    let column_of = |place: usize| columns.get(place);
    let is_number = |place| column_of(place).is_some_and(|c| c.kind == ColumnKind::Numeric);
    match wanted {
        Wanted::Column => {
            let mut items: Vec<(Completion, String)> = columns
                .iter()
                .map(|column| {
                    let name = column.name.clone();
                    let text = if is_word(&name) { name.clone() } else { quoted(&name, '`') };
                    (Completion { text, kind: CompletionKind::Column }, name)
                })
                .collect();
            items.extend(plain(CompletionKind::Word, &["not", "("]));
            items
        }
        Wanted::Operator { column } if is_number(column) => {
            let signs = ["=", "!=", "<", "<=", ">", ">=", "between", "in", "not in", "not between"];
            plain(CompletionKind::Operator, &signs)
        }
        Wanted::Operator { .. } => {
            let signs = ["=", "!=", "in", "not in", "contains", "not contains"];
            plain(CompletionKind::Operator, &signs)
        }
        Wanted::Negated { column } if is_number(column) => {
            plain(CompletionKind::Operator, &["in", "between"])
        }
        Wanted::Negated { .. } => plain(CompletionKind::Operator, &["in", "contains"]),
        Wanted::Value { column } => {
            let levels = column_of(column).map_or(&[] as &[String], |column| &column.levels);
            let offer = |level: &String| {
                let quote = if level.contains('"') && !level.contains('\'') { '\'' } else { '"' };
                let text = quoted(level, quote);
                (Completion { text, kind: CompletionKind::Level }, level.clone())
            };
            levels.iter().map(offer).collect()
        }
        Wanted::List => plain(CompletionKind::Word, &["("]),
        Wanted::ListGoesOn => plain(CompletionKind::Word, &[",", ")"]),
        Wanted::And => plain(CompletionKind::Word, &["and"]),
        Wanted::Closing => plain(CompletionKind::Word, &["and", "or", ")"]),
        Wanted::Joint => plain(CompletionKind::Word, &["and", "or"]),
    }
}

//! The words of a filter.

use super::error::{FilterError, FilterProblem};

/// A word and where it stands, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub from: usize,
    pub to: usize,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters and digits without quotes: a column, a level, a number, `and`.
    Word(String),
    /// Between backticks: a column.
    Name(String),
    /// Between quotes.
    Text(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Compare(&'static str),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Comma,
}

impl Token {
    /// The token in a sentence.
    pub fn shown(&self) -> String {
        match &self.kind {
            TokenKind::Word(text) => text.clone(),
            TokenKind::Name(text) => quoted(text, '`'),
            TokenKind::Text(text) => quoted(text, '"'),
            TokenKind::Compare(sign) => (*sign).to_owned(),
            TokenKind::Open => "(".to_owned(),
            TokenKind::Close => ")".to_owned(),
            TokenKind::Comma => ",".to_owned(),
        }
    }

    /// Whether it is this word of the language, whatever the case.
    pub fn is(&self, word: &str) -> bool {
        matches!(&self.kind, TokenKind::Word(text) if text.eq_ignore_ascii_case(word))
    }
}

/// The words of the language, which can't be columns or levels without quotes.
pub const RESERVED: [&str; 6] = ["and", "or", "not", "in", "between", "contains"];

/// Whether a text needs no quotes.
pub fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(is_part)
        && !RESERVED.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The text between quotes, those in it doubled.
pub fn quoted(text: &str, quote: char) -> String {
    let doubled = String::from_iter([quote, quote]);
    format!("{quote}{}{quote}", text.replace(quote, &doubled))
}

pub fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The words of a text.
///
/// # Errors
/// A quote that is not closed, or a character that starts no word.
pub fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let (kind, to) = match c {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => (TokenKind::Open, at + 1),
            ')' => (TokenKind::Close, at + 1),
            ',' => (TokenKind::Comma, at + 1),
            '=' => (TokenKind::Compare("="), at + 1 + usize::from(next == Some('='))),
            '!' if next == Some('=') => (TokenKind::Compare("!="), at + 2),
            '<' if next == Some('>') => (TokenKind::Compare("!="), at + 2),
            '<' if next == Some('=') => (TokenKind::Compare("<="), at + 2),
            '>' if next == Some('=') => (TokenKind::Compare(">="), at + 2),
            '<' => (TokenKind::Compare("<"), at + 1),
            '>' => (TokenKind::Compare(">"), at + 1),
            '"' | '\'' | '`' => between_quotes(&letters, at, c)?,
            c if is_part(c) => word(&letters, at),
            c => {
                let problem = FilterProblem::Character { found: c };
                return Err(FilterError { from: at, to: at + 1, problem });
            }
        };
        tokens.push(Token { kind, from: at, to });
        at = to;
    }
    Ok(tokens)
}

/// What stands between the quote at `at` and the next one that is not doubled.
fn between_quotes(
    letters: &[char],
    at: usize,
    quote: char,
) -> Result<(TokenKind, usize), FilterError> {
    let mut text = String::new();
    let mut to = at + 1;
    while let Some(&c) = letters.get(to) {
        let doubled = c == quote && letters.get(to + 1) == Some(&quote);
        if c == quote && !doubled {
            let kind = if quote == '`' { TokenKind::Name(text) } else { TokenKind::Text(text) };
            return Ok((kind, to + 1));
        }
        text.push(c);
        to += 1 + usize::from(doubled);
    }
    let problem = FilterProblem::OpenQuote { quote };
    Err(FilterError { from: at, to: letters.len(), problem })
}

/// Letters, digits, `_`, `-` and `.`, and the plus of `1e+6`.
fn word(letters: &[char], at: usize) -> (TokenKind, usize) {
    let is_digit = letters.get(at).is_some_and(char::is_ascii_digit);
    let mut to = at;
    while let Some(&c) = letters.get(to) {
        let exponent = is_digit && c == '+' && matches!(letters.get(to - 1), Some('e' | 'E'));
        if !is_part(c) && !exponent {
            break;
        }
        to += 1;
    }
    (TokenKind::Word(letters.iter().take(to).skip(at).collect()), to)
}

//! Columns in the words people use.

use super::data as text;
use crate::data::ColumnKind;

/// What the values of a column are, in a word.
#[must_use]
pub fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Identifier => text::IDENTIFIER,
        ColumnKind::Numeric => text::NUMERIC,
        ColumnKind::Categorical => text::CATEGORICAL,
        ColumnKind::Text => text::TEXT,
    }
}

/// "InternetService" → "Internet service", "tenure" → "Tenure", "customerID" → "Customer ID".
#[must_use]
pub fn readable(name: &str) -> String {
    let mut words = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let abbreviation = letter.is_ascii_uppercase()
            && (before.is_some_and(|c| c.is_ascii_uppercase())
                || next.is_some_and(|c| c.is_ascii_uppercase()));
        if letter == '_' {
            words.push(' ');
        } else if at == 0 {
            words.push_str(&upper(letter));
        } else if letter.is_ascii_uppercase() {
            if before.is_some_and(|c| c.is_ascii_lowercase()) {
                words.push(' ');
            }
            if abbreviation {
                words.push(letter);
            } else {
                words.push(letter.to_ascii_lowercase());
            }
        } else {
            words.push(letter);
        }
    }
    words
}

/// As in the middle of a sentence: "InternetService" → "internet service", "TVs" → "TVs".
#[must_use]
pub fn small(name: &str) -> String {
    let readable = readable(name);
    let mut letters = readable.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second))
            if first.is_ascii_uppercase() && second.is_ascii_lowercase() =>
        {
            format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
        }
        _ => readable,
    }
}

/// By the browser, which has the tables of all alphabets.
fn upper(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase().into();
    }
    js_sys::JsString::from(letter.to_string()).to_upper_case().into()
}

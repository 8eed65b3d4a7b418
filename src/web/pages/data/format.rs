//! How a file is cut into cells, as four choices.

use leptos::prelude::*;

use crate::data::csv::{Delimiter, Encoding, FormatChoice, Quote};
use crate::web::components::choice::Choice;
use crate::web::text::reading as text;

/// Words and value of every option of a closed choice.
pub fn options<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|&one| (words(one).to_owned(), words(one).to_owned())).collect()
}

/// The option of those words.
pub fn chosen<T: Copy>(all: &[T], words: fn(T) -> &'static str, value: &str) -> Option<T> {
    all.iter().copied().find(|&one| words(one) == value)
}

/// What the first row is, in words.
pub fn header_words(header: bool) -> &'static str {
    if header { text::HEADER_NAMES } else { text::HEADER_DATA }
}

/// Encoding, delimiter, quote and header; what is `None` in `now` is as it is seen, which then can be
/// chosen as well. `locked` says why nothing can be chosen.
pub fn format_choices(
    now: FormatChoice,
    locked: Option<&'static str>,
    change: Callback<FormatChoice>,
) -> AnyView {
    view! {
        {one(text::ENCODING, "encoding", &Encoding::ALL, text::encoding, now.encoding, locked, move |encoding| {
            change.run(FormatChoice { encoding, ..now });
        })}
        {one(text::DELIMITER, "delimiter", &Delimiter::ALL, text::delimiter, now.delimiter, locked, move |delimiter| {
            change.run(FormatChoice { delimiter, ..now });
        })}
        {one(text::QUOTE, "quote", &Quote::ALL, text::quote, now.quote, locked, move |quote| {
            change.run(FormatChoice { quote, ..now });
        })}
        {one(text::HEADER, "header", &[true, false], header_words, now.header, locked, move |header| {
            change.run(FormatChoice { header, ..now });
        })}
    }
    .into_any()
}

fn one<T: Copy + Send + Sync + 'static>(
    label: &'static str,
    testid: &'static str,
    all: &'static [T],
    words: fn(T) -> &'static str,
    now: Option<T>,
    locked: Option<&'static str>,
    change: impl Fn(Option<T>) + Send + Sync + 'static,
) -> AnyView {
    let value = now.map_or_else(String::new, |now| words(now).to_owned());
    let seen = (String::new(), text::AS_SEEN.to_owned());
    let known = options(all, words);
    let options = if now.is_none() { [vec![seen], known].concat() } else { known };
    let choose = move |value: String| change(chosen(all, words, &value));
    view! {
        <label>
            <span>{label}</span>
            {match locked {
                Some(locked) => view! { <Choice label options value locked testid on_change=choose /> }.into_any(),
                None => view! { <Choice label options value testid on_change=choose /> }.into_any(),
            }}
        </label>
    }
    .into_any()
}

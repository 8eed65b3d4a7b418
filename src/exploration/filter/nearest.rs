//! The name a person may have meant.

/// The name most like `typed`, if at most a third of its letters have to change; the first of equals.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let typed = lower(typed);
    let most = typed.len().div_ceil(3);
    names
        .map(|name| (changes(&typed, &lower(name)), name))
        .filter(|(changes, _)| *changes <= most)
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, name)| name.to_owned())
}

fn lower(text: &str) -> Vec<char> {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}

/// Levenshtein's distance: letters to insert, remove or replace.
fn changes(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (place, b) in row.iter_mut().skip(1).zip(other) {
            let replaced = diagonal + usize::from(a != b);
            diagonal = *place;
            left = replaced.min(diagonal + 1).min(left + 1);
            *place = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{changes, lower, nearest};

    #[test]
    fn counts_changes() {
        for (one, other, expected) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 2)]
        {
            assert_eq!(changes(&lower(one), &lower(other)), expected, "{one} {other}");
        }
    }

    #[test]
    fn finds_a_slip_and_no_stranger() {
        let names = ["tenure", "Contract", "Churn"];
        let of = |typed| nearest(typed, names.into_iter());
        assert_eq!(of("Contrct").as_deref(), Some("Contract"));
        assert_eq!(of("TENUER").as_deref(), Some("tenure"));
        assert_eq!(of("price"), None);
    }
}

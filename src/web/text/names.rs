//! Column names as people read them.

/// "InternetService" → "Internet service", "tenure" → "Tenure", "customerID" → "Customer ID".
#[must_use]
pub fn readable(name: &str) -> String {
    let mut words = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let abbreviation = letter.is_uppercase()
            && (before.is_some_and(|c| c.is_uppercase()) || next.is_some_and(|c| c.is_uppercase()));
        if letter == '_' {
            words.push(' ');
        } else if at == 0 {
            words.extend(letter.to_uppercase());
        } else if letter.is_uppercase() {
            if before.is_some_and(|c| c.is_lowercase()) {
                words.push(' ');
            }
            if abbreviation {
                words.push(letter);
            } else {
                words.extend(letter.to_lowercase());
            }
        } else {
            words.push(letter);
        }
    }
    words
}

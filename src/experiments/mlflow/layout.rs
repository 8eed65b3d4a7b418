//! Names, lines and numbers as MLflow's folder has them.

use std::fmt::Write;

/// A name as a file's name: letters, digits, `_`, `-`, `.` and blanks; all else is `_`.
pub fn file_name(name: &str) -> String {
    let safe = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' | ' ' => letter,
        _ => '_',
    };
    let name: String = name.chars().map(safe).collect();
    // no name at all, or one that is a folder
    if name.trim_matches('.').is_empty() { format!("_{name}") } else { name }
}

/// A value in one line, which is all that MLflow reads of a parameter.
pub fn line(value: &str) -> String {
    value.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A key and a text of YAML; what is not printable ASCII is escaped.
pub fn push_meta(meta: &mut String, key: &str, value: &str) {
    meta.push_str(key);
    meta.push_str(": \"");
    for letter in value.chars() {
        match letter {
            '"' | '\\' => meta.extend(['\\', letter]),
            ' '..='~' => meta.push(letter),
            // a string takes every word
            letter => write!(meta, "\\U{:08x}", u32::from(letter)).unwrap_or_default(),
        }
    }
    meta.push_str("\"\n");
}

/// FNV-1a of 128 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>).
pub fn hash(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::{file_name, hash, line, push_meta};

    #[test]
    fn names_stay_in_their_folder() {
        for (name, file) in [
            ("max_depth", "max_depth"),
            ("../../x", ".._.._x"),
            ("..", "_.."),
            ("", "_"),
            ("a\\b:c\"é", "a_b_c__"),
        ] {
            assert_eq!(file_name(name), file);
        }
    }

    #[test]
    fn texts_are_those_of_yaml() {
        let mut meta = String::new();
        push_meta(&mut meta, "name", "a \"b\" \\ é\n#: 😀");
        assert_eq!(meta, "name: \"a \\\"b\\\" \\\\ \\U000000e9\\U0000000a#: \\U0001f600\"\n");
        assert_eq!(line("a\r\nb\tc"), "a  b c");
    }

    /// The authors' own test values.
    #[test]
    fn hashes_are_fnv() {
        assert_eq!(hash(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(hash(b"foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }
}

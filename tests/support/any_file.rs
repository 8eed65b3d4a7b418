//! What holds whatever bytes a file is made of; for `fuzz/`, and for the files it kept.

use churn_lab::data::csv::{Reader, read, to_csv};

/// The first two bytes say where the file that follows is cut.
///
/// Reading it gives a data set or an error; cut in two it gives the same; a data set can be written
/// and read again. Nothing panics.
pub fn check(input: &[u8]) {
    let [low, high, file @ ..] = input else { return };
    let whole = read(file, "fuzz.csv", None);

    let cut = usize::from(u16::from_le_bytes([*low, *high])) % (file.len() + 1);
    let (first, rest) = file.split_at(cut);
    let mut reader = Reader::new("fuzz.csv", None);
    reader.push(first);
    reader.push(rest);
    assert_eq!(reader.finish(), whole, "cut at byte {cut}");

    if let Ok(dataset) = whole {
        assert!(!dataset.name.is_empty() && dataset.n_rows() <= dataset.rows_read);
        if let Err(error) = read(to_csv(&dataset).as_bytes(), "fuzz.csv", None) {
            assert!(!error.to_string().is_empty());
        }
    } else if let Err(error) = whole {
        assert!(!error.to_string().is_empty());
    }
}

//! Reading a file whole and in pieces.

use churn_lab::data::Dataset;
use churn_lab::data::csv::{self, ReadError, Reader};
use churn_lab::numerics::random::RandomState;

/// Reads a file whole, and in random pieces of several sizes, which must make no difference.
#[track_caller]
pub fn read(bytes: &[u8], name: &str, target: Option<&str>) -> Result<Dataset, ReadError> {
    let whole = csv::read(bytes, name, target);
    let sizes: &[u32] = match bytes.len() {
        ..10_000 => &[1, 2, 9, 200],
        10_000..2_000_000 => &[700, 50_000],
        _ => &[3_000_000],
    };
    let mut random = RandomState::new(bytes.len() as u32);
    for &size in sizes {
        let mut reader = Reader::new(name, target);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(rest.len().min(random.interval(size) as usize));
            reader.push(piece);
            rest = later;
        }
        assert_eq!(reader.finish(), whole, "in pieces of at most {size} bytes");
    }
    whole
}

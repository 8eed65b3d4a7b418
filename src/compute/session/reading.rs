//! Reading a file that comes piece by piece.

use super::Session;
use crate::compute::protocol::{Failure, Progress, Response};
use crate::compute::stored::StoredDataset;
use crate::data::csv::{FormatChoice, MAX_BYTES, ReadError, Reader};
use crate::data::interpret::read_as_it_looks;

/// A file of which a part has come.
pub struct FileReading {
    reader: Reader,
    name: String,
    target: Option<String>,
    n_bytes: usize,
    done: usize,
    began: f64,
}

impl FileReading {
    /// Takes the next bytes, and says how far the file has come.
    pub fn push(&mut self, bytes: &[u8]) -> Progress {
        self.reader.push(bytes);
        self.done += bytes.len();
        Progress {
            done: self.done as u32,
            total: self.n_bytes as u32,
            unit: "bytes".to_owned(),
            rows: self.reader.rows_read() as u32,
            events: Vec::new(),
        }
    }
}

impl Session {
    pub(super) fn read_csv(
        &mut self,
        bytes: Vec<u8>,
        name: String,
        target: Option<String>,
    ) -> Result<Response, Failure> {
        let mut reading = self.begin_file(name, target, FormatChoice::default(), bytes.len())?;
        reading.push(&bytes);
        // a large file and its data set need not be in memory together
        drop(bytes);
        self.finish_file(reading)
    }

    /// Begins to read a file of `n_bytes` bytes, as `ReadFile` asks.
    ///
    /// # Errors
    /// When it has too many bytes.
    pub fn begin_file(
        &self,
        name: String,
        target: Option<String>,
        format: FormatChoice,
        n_bytes: usize,
    ) -> Result<FileReading, Failure> {
        if n_bytes > MAX_BYTES {
            return Err(ReadError::TooLarge { bytes: n_bytes, limit: MAX_BYTES }.into());
        }
        let reader = Reader::with(&name, target.as_deref(), format).expecting(n_bytes);
        Ok(FileReading { reader, name, target, n_bytes, done: 0, began: (self.clock)() })
    }

    /// The data set of a file that has come whole.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn finish_file(&mut self, reading: FileReading) -> Result<Response, Failure> {
        let FileReading { reader, name, target, began, .. } = reading;
        let table = reader.finish_table()?;
        let read = read_as_it_looks(&table, &name, target.as_deref())?;
        self.keep(StoredDataset { table, read }, began)
    }
}

//! Bytes → [`Dataset`]: reading a customer table, splitting and profiling it.

pub mod csv;
pub mod dataset;
pub mod profile;
pub mod record;
pub mod split;
pub mod summary;

pub use dataset::{
    Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, RowIssue, Target, TextColumn,
};
pub use profile::Profile;
pub use record::{Record, Value};
pub use split::TrainTest;
pub use summary::DatasetSummary;

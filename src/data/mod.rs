//! Bytes → [`Table`] → [`Dataset`]: reading a customer table, splitting and profiling it.

pub mod csv;
pub mod dataset;
pub(crate) mod digest;
pub mod interpret;
pub mod profile;
pub mod record;
pub mod rules;
pub mod schema;
pub mod split;
pub mod summary;
pub mod table;
pub mod texts;
pub mod warnings;

pub use dataset::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, RowIssue, Target};
pub use interpret::Interpreted;
pub use profile::Profile;
pub use record::{Record, Value};
pub use rules::{Following, Rules, Violation};
pub use schema::Schema;
pub use split::TrainTest;
pub use summary::DatasetSummary;
pub use table::Table;
pub use texts::TextColumn;
pub use warnings::Warning;

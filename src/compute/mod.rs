//! The one protocol between page and worker: pure and serde, so a test can speak it too.

pub mod codec;
mod failure;
pub mod protocol;
pub mod rows;
pub mod session;
pub mod stored;

pub use protocol::{
    DriftSide, Failure, FitSummary, Message, Needs, Progress, Reply, Request, RequestId, Response,
};
pub use session::{FileSource, Session};

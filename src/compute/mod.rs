//! The one protocol between page and worker: pure and serde, so a test can speak it too.

pub mod codec;
pub mod protocol;

pub use protocol::{
    DriftSide, Failure, FitSummary, Message, Needs, Progress, Reply, Request, RequestId, Response,
};

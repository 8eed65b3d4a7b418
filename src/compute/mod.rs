//! The one protocol between page and worker: pure and serde, so a test can speak it too.

pub mod codec;
mod failure;
pub mod later;
mod needs;
pub mod protocol;
pub mod rows;
pub mod session;
pub mod stored;

pub use later::Later;
pub use needs::Needs;
pub use protocol::{
    CustomersAnswer, CustomersQuestion, DriftSide, Failure, FitSummary, Message, Plausibility,
    Progress, Reply, Request, RequestId, Response, TrustAnswer, TrustQuestion, WholeQuestion,
};
pub use session::{Answer, FileReading, Session};

//! The worker's side of the protocol.

/// Starts the worker.
pub fn start() {}

//! Calls over time → what changed.

pub mod drift;
pub mod event;
pub mod export;
pub mod traffic;

pub use drift::{Chi2Test, ColumnDrift, DriftError, DriftParams, DriftReport, KsTest};
pub use event::{MonitoringReport, PredictionEvent, WindowAccuracy};
pub use export::CallTable;
pub use traffic::{Scenario, TrafficError, TrafficParams};

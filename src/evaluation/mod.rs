//! `y_true` × probability → numbers. Knows no model.

pub mod bootstrap;
pub mod calibration;
pub mod comparison;
pub mod curve;
pub mod delong;
pub mod error;
pub mod gain;
pub mod histogram;
pub mod mcnemar;
pub mod points;
pub mod predictions;
pub mod profit;
mod ranked;
pub mod rates;
pub mod scores;
pub mod slices;

pub use bootstrap::{Bootstrap, BootstrapParams, Estimate, Resampling, bootstrap};
pub use calibration::{Binning, Calibration, calibration};
pub use comparison::Verdict;
pub use curve::ThresholdCurve;
pub use delong::{DeLong, delong};
pub use error::EvaluationError;
pub use gain::GainPoint;
pub use histogram::ScoreHistogram;
pub use mcnemar::{McNemar, mcnemar};
pub use points::{Drawn, PrecisionRecallPoint, RocPoint};
pub use predictions::{Predictions, classes_at};
pub use profit::{Offer, OfferParams, ProfitPoint, ScaledProfit};
pub use rates::Rates;
pub use scores::{ConfusionMatrix, Evaluation, Scores};
pub use slices::{SliceRow, SliceScore, SliceTable, slice_table};

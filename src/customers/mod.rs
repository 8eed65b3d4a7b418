//! `Dataset` + model → every customer with a probability and the reasons for it.
//!
//! [`Scored`] is a data set with one column more, the model's probability, so that rows are filtered and
//! sorted as Explore does it; [`by_weight`] sorts them by a reason. [`weights`] explains many rows with the
//! neighbours of one draw, [`Reasons`] keeps what was explained so far, and [`Effect`] and
//! [`Segmentation`] say what a threshold comes to, for all customers and by groups of them; [`Clustering`]
//! groups them by their reasons.

mod choice;
mod clusters;
mod effect;
mod error;
mod export;
mod order;
mod reasons;
mod scored;
mod segments;

pub use choice::Choice;
pub use clusters::{Clustering, GROUPS, groups_allowed};
pub use effect::Effect;
pub use error::CustomersError;
pub use export::REASONS;
pub use order::{Order, by_weight};
pub use reasons::{Reasons, weights};
pub use scored::{MOST_ROWS, Scored, columns, encode_rows};
pub use segments::{Segment, Segmentation};

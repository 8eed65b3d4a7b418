//! What is asked about all customers of a data set.

use serde::{Deserialize, Serialize};

use crate::compute::codec::packed;
use crate::customers::{Clustering, Segmentation};
use crate::explain::LimeParams;
use crate::exploration::{RowsPart, Selection, Sort};

/// A question about all customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CustomersQuestion {
    /// The probability of every customer.
    Scores,
    /// Which customers are selected, in an order.
    Places {
        /// Which customers.
        selection: Selection,
        /// The order; `None`: that of the file.
        sort: Option<Sort>,
    },
    /// Customers in the order of their weights of one feature.
    ByWeight {
        /// Kept row numbers.
        #[serde(with = "packed")]
        rows: Vec<u32>,
        /// A weight each.
        #[serde(with = "packed")]
        weights: Vec<f32>,
        /// The largest first.
        descending: bool,
    },
    /// What stands in the rows of some customers. The column of the probability is one more.
    Rows {
        /// Kept row numbers, at most 1,000.
        rows: Vec<u32>,
    },
    /// The reasons of some customers.
    Weights {
        /// Kept row numbers, at most 1,000.
        rows: Vec<u32>,
        /// How they are explained; every feature gets a weight.
        lime: LimeParams,
    },
    /// Groups by the values of one or two columns.
    Segments {
        /// Their names.
        columns: Vec<String>,
    },
    /// Groups by reasons.
    Clusters {
        /// How many groups, 2 to 8.
        groups: u32,
        /// Draws the starts.
        seed: u32,
        /// The weights of every customer, row by row.
        #[serde(with = "packed")]
        weights: Vec<f32>,
    },
    /// Customers as a file with probabilities and top reasons. Explains them.
    Csv {
        /// Kept row numbers, in the file's order.
        #[serde(with = "packed")]
        rows: Vec<u32>,
        /// How they are explained.
        lime: LimeParams,
    },
}

/// The answer to a question of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CustomersAnswer {
    /// To `Scores`.
    Scores {
        /// Of the positive class, one a kept row.
        probabilities: Vec<f64>,
        /// The true class is positive, one a kept row; `None` without a target.
        labels: Option<Vec<bool>>,
    },
    /// To `Places` and `ByWeight`: kept row numbers.
    Places(#[serde(with = "packed")] Vec<u32>),
    /// To `Rows`: columns as the table has them.
    Rows(RowsPart),
    /// To `Weights`: rows × features, row by row.
    Weights(#[serde(with = "packed")] Vec<f32>),
    /// To `Segments`.
    Segments(Segmentation),
    /// To `Clusters`.
    Clusters(Clustering),
    /// To `Csv`: the text of the file.
    Csv(String),
}

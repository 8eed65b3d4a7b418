//! What is asked about all customers of a data set.

use serde::{Deserialize, Serialize};

use crate::customers::{Clustering, Segmentation};
use crate::explain::LimeParams;
use crate::exploration::{RowsPart, Selection, Sort};

/// A question about all customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CustomersQuestion {
    /// The probability of every customer.
    Scores,
    /// Some of the selected customers, in an order. The column of the probability is one more.
    Rows {
        /// Which customers.
        selection: Selection,
        /// First one, from 0.
        from: u32,
        /// How many at most, 0 to 1,000.
        count: u32,
        /// The order; `None`: that of the file.
        sort: Option<Sort>,
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
    /// Groups by reasons. Explains everybody.
    Clusters {
        /// How many groups, 2 to 8.
        groups: u32,
        /// How customers are explained; its seed draws the starts, too.
        lime: LimeParams,
    },
    /// The selected customers as a file with probabilities and top reasons. Explains them.
    Csv {
        /// Which customers.
        selection: Selection,
        /// The order; `None`: that of the file.
        sort: Option<Sort>,
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
    /// To `Rows`.
    Rows {
        /// Customers selected in all.
        selected: u32,
        /// Those asked for; columns as the table has them.
        part: RowsPart,
    },
    /// To `Weights`: rows × features, row by row.
    Weights(Vec<f32>),
    /// To `Segments`.
    Segments(Segmentation),
    /// To `Clusters`.
    Clusters(Clustering),
    /// To `Csv`: the text of the file.
    Csv(String),
}

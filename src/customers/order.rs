//! The order of customers: that of the file, by a column, or by the weight of a feature.

use super::error::CustomersError;
use crate::exploration::Sort;

/// Before the feature whose weights decide.
const WEIGHT: &str = "weight.";

/// The order of customers; equal ones stay in file order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// By what stands in a column.
    Column(Sort),
    /// By LIME's weights of a feature, sign and all: what speaks most for the positive class comes last, or
    /// first where it is descending.
    Weight {
        /// The feature.
        feature: String,
        /// The largest first.
        descending: bool,
    },
}

impl Order {
    /// What a text asks for: `tenure`, `-tenure` for the largest first, `weight.tenure`, `-weight.tenure`.
    /// A column of just that name comes before every other reading.
    ///
    /// # Errors
    /// No column and no feature is meant.
    pub fn parse(
        text: &str,
        mut has_column: impl FnMut(&str) -> bool,
        mut has_feature: impl FnMut(&str) -> bool,
    ) -> Result<Self, CustomersError> {
        for (name, descending) in [(Some(text), false), (text.strip_prefix('-'), true)] {
            let Some(name) = name else { continue };
            if has_column(name) {
                return Ok(Self::Column(Sort { column: name.to_owned(), descending }));
            }
            if let Some(feature) = name.strip_prefix(WEIGHT).filter(|name| has_feature(name)) {
                return Ok(Self::Weight { feature: feature.to_owned(), descending });
            }
        }
        Err(CustomersError::Order { asked: text.to_owned() })
    }

    /// The text that asks for it.
    #[must_use]
    pub fn text(&self) -> String {
        let (prefix, name, descending) = match self {
            Self::Column(Sort { column, descending }) => ("", column, *descending),
            Self::Weight { feature, descending } => (WEIGHT, feature, *descending),
        };
        format!("{}{prefix}{name}", if descending { "-" } else { "" })
    }
}

/// Rows by their weights, one of each a row; equal ones in the order they came in.
///
/// # Errors
/// Not a weight a row, or a row that was not explained, which has no place among the others.
pub fn by_weight(
    rows: &[u32],
    weights: &[f32],
    descending: bool,
) -> Result<Vec<u32>, CustomersError> {
    if rows.len() != weights.len() {
        return Err(CustomersError::Weights { rows: rows.len(), weights: weights.len() });
    }
    let mut pairs: Vec<(u32, f32)> = rows.iter().copied().zip(weights.iter().copied()).collect();
    if let Some((row, _)) = pairs.iter().find(|(_, weight)| weight.is_nan()) {
        return Err(CustomersError::NotExplained { row: *row });
    }
    // minus zero is no less than zero, hence not `total_cmp`
    let order =
        |a: &(u32, f32), b: &(u32, f32)| a.1.partial_cmp(&b.1).unwrap_or(std::cmp::Ordering::Equal);
    match descending {
        true => pairs.sort_by(|a, b| order(b, a)),
        false => pairs.sort_by(order),
    }
    Ok(pairs.into_iter().map(|(row, _)| row).collect())
}

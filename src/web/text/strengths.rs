//! How the strength of a penalty was chosen.

use std::fmt;

pub const TITLE: &str = "How C was chosen";
pub const SUB: &str =
    "Accuracy on training rows left out, by C: the larger, the weaker the penalty";
pub const STRENGTH: &str = "C";
pub const MEAN_ACCURACY: &str = "Accuracy on the folds";
pub const MEAN: &str = "mean of the folds";
pub const SPREAD: &str = "one standard deviation of the folds";
pub const CHOSEN: &str = "chosen";
pub const TIES: &str = ", as good as the chosen one to the row";
pub const HOW: &str = "Every C is fitted to its optimum on each fold's other rows, as LogisticRegressionCV does with a solver that converges; the largest mean accuracy wins, of equal ones the smallest C. Two C's are alike when their means lie within the standard error of the chosen one.";

/// What was chosen, and how clearly.
pub struct Chosen {
    /// As it is written.
    pub c: String,
    /// As it is written.
    pub accuracy: String,
    /// Others that are exactly as good.
    pub ties: usize,
    /// Those that the data can't tell from it, itself among them.
    pub alike: usize,
    /// All.
    pub all: usize,
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { c, accuracy, ties, alike, all } = self;
        write!(f, "C = {c} is right for {accuracy} of the rows left out, which no other exceeds.")?;
        match ties {
            0 => {}
            1 => write!(f, " Another C is as good to the row; the smaller one is taken.")?,
            n => write!(f, " {n} others are as good to the row; the smallest is taken.")?,
        }
        write!(f, " The data can't tell {alike} of the {all} apart.")
    }
}

//! Why a prediction was not explained.

use thiserror::Error;

/// Why a prediction was not explained.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ExplainError {
    /// The number of neighbours is out of range.
    #[error("{samples} neighbours were asked for; allowed: {min} to {max}")]
    Samples {
        /// Neighbours asked for, the record itself included.
        samples: u32,
        /// Least allowed.
        min: u32,
        /// Most allowed.
        max: u32,
    },
    /// The number of seeds is out of range.
    #[error("{seeds} seeds were asked for; allowed: {min} to {max}")]
    Seeds {
        /// Seeds asked for.
        seeds: u32,
        /// Least allowed.
        min: u32,
        /// Most allowed.
        max: u32,
    },
    /// The width at which a band is narrow enough is none.
    #[error("the width of the bands is {width}; allowed: a finite number above 0")]
    Width {
        /// What was asked for.
        width: f64,
    },
    /// The number of background rows is out of range.
    #[error("{rows} background rows were asked for; allowed: {min} to {max}")]
    BackgroundRows {
        /// Rows asked for.
        rows: u32,
        /// Least allowed.
        min: u32,
        /// Most allowed.
        max: u32,
    },
    /// The number of ways through the features is out of range.
    #[error("{ways} permutations were asked for; allowed: an even number from {min} to {max}")]
    Permutations {
        /// Permutations asked for.
        ways: u32,
        /// Least allowed.
        min: u32,
        /// Most allowed.
        max: u32,
    },
    /// A setting of a look at the model as a whole is out of range.
    #[error("{field} is {value}; allowed: {min} to {max}")]
    OutOfRange {
        /// The setting's name.
        field: &'static str,
        /// What was asked for.
        value: u32,
        /// Least allowed.
        min: u32,
        /// Most allowed.
        max: u32,
    },
    /// A setting of curves or counterfactuals is out of range.
    #[error("{name} is {value}; allowed: {allowed}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: String,
        /// What may be.
        allowed: String,
    },
    /// A name that is no feature of the model.
    #[error("{setting} names \"{feature}\", which is no feature of the model; allowed: {allowed}")]
    UnknownFeature {
        /// The setting that names it.
        setting: &'static str,
        /// What it names.
        feature: String,
        /// The features' names.
        allowed: String,
    },
    /// Numbers can't be cut into bins as asked.
    #[error("numbers are not cut into other bins than quartiles: {reason}")]
    Discretizer {
        /// Why not.
        reason: String,
    },
    /// A pair needs two features.
    #[error("both features of the pair are {feature}; two different ones are needed")]
    SameFeature {
        /// The feature given twice.
        feature: String,
    },
    /// The area under the curve compares rows of two classes.
    #[error("all {rows} rows are of one class, so there is no area under the ROC curve")]
    OneClassOfRows {
        /// The rows.
        rows: usize,
    },
    /// The model has no log-odds to add up.
    #[error("this model adds up no log-odds; ask for its probability")]
    NoLogOdds,
    /// The tree that imitates the model was not grown.
    #[error("the surrogate tree was not grown: {reason}")]
    Surrogate {
        /// What the tree said.
        reason: String,
    },
    /// The model has to be compared with rows, and there are none.
    #[error("this model is compared with rows of its data set, which is not in the lab any more")]
    NoBackground,
    /// No feature would get a weight.
    #[error("0 features were asked for; allowed: 1 or more")]
    Features,
    /// Fewer than two neighbours were given.
    #[error("the neighbourhood has {rows} rows; allowed: 2 or more, the record itself first")]
    NeighbourhoodTooSmall {
        /// Rows given.
        rows: usize,
    },
    /// The first given neighbour differs from the record.
    #[error(
        "the first row of the neighbourhood must be the record itself, but its {feature} is {found} instead of {expected}"
    )]
    FirstIsNotTheRecord {
        /// The first feature that differs.
        feature: String,
        /// Encoded value in the first row.
        found: f64,
        /// Encoded value in the record.
        expected: f64,
    },
    /// A record has more or fewer values than the model has features.
    #[error("row {row} has {found} values; the model has {expected} features")]
    RecordLength {
        /// Row of the neighbourhood, from 0; 0 is the record itself.
        row: usize,
        /// The model's features.
        expected: usize,
        /// Values in the row.
        found: usize,
    },
    /// A value that no record of the model can have.
    #[error("row {row}: {feature} is {value}; allowed: {allowed}")]
    Value {
        /// Row of the neighbourhood, from 0; 0 is the record itself.
        row: usize,
        /// The feature's name.
        feature: String,
        /// The encoded value.
        value: f64,
        /// What is allowed.
        allowed: String,
    },
    /// The model's answers are not one a neighbour.
    #[error("the model gave {found} probabilities for {expected} neighbours")]
    ProbabilityCount {
        /// Neighbours.
        expected: usize,
        /// Probabilities.
        found: usize,
    },
    /// The model gave something that is no probability.
    #[error("the model gave {value} for row {row}; allowed: 0 to 1")]
    Probability {
        /// Row of the neighbourhood, from 0; 0 is the record itself.
        row: usize,
        /// What the model gave.
        value: f64,
    },
    /// What is known of a feature belongs to another model or another data set.
    #[error(
        "{feature} is not described as the model knows it; explain with the data set of the model"
    )]
    OtherDataset {
        /// The feature's name.
        feature: String,
    },
    /// No features, or sums that are not finite.
    #[error("the local model has no solution for {features} features over {rows} neighbours")]
    NoSolution {
        /// Features of the local model.
        features: usize,
        /// Neighbours, the record itself included.
        rows: usize,
    },
}

impl ExplainError {
    /// A short name that stays the same from version to version.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Samples { .. } => "invalid_samples",
            Self::Seeds { .. } => "invalid_seeds",
            Self::Width { .. } => "invalid_width",
            Self::BackgroundRows { .. } => "invalid_background",
            Self::Permutations { .. } => "invalid_permutations",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Discretizer { .. } => "discretizer",
            Self::SameFeature { .. } => "same_feature",
            Self::OneClassOfRows { .. } => "one_class",
            Self::NoLogOdds => "no_log_odds",
            Self::Surrogate { .. } => "surrogate",
            Self::Setting { .. } => "bad_param",
            Self::UnknownFeature { .. } => "unknown_field",
            Self::NoBackground => "no_background",
            Self::Features => "invalid_features",
            Self::NeighbourhoodTooSmall { .. } => "neighbourhood_too_small",
            Self::FirstIsNotTheRecord { .. } => "first_is_not_the_record",
            Self::RecordLength { .. } => "record_length",
            Self::Value { .. } => "invalid_value",
            Self::ProbabilityCount { .. } => "probability_count",
            Self::Probability { .. } => "invalid_probability",
            Self::OtherDataset { .. } => "other_dataset",
            Self::NoSolution { .. } => "no_solution",
        }
    }
}

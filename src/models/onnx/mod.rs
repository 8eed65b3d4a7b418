//! A trained model as an ONNX file, which other programs give the same probabilities with.
//!
//! IR 8, ai.onnx 17 and ai.onnx.ml 3: later ones call `TreeEnsembleClassifier` deprecated. An input a
//! feature, `(N, 1)` texts or numbers of single precision; the outputs are `label`, the class as a text,
//! and `probabilities`, `(N, 2)`, the negative class first. Where a feature has the name of an output,
//! the output has a `_` after it.
//!
//! ```text
//! texts ─ OneHotEncoder, Concat ─┐
//!                                ├ Concat ▶ LinearClassifier, SVM…, TreeEnsembleClassifier ▶ label, probabilities
//! numbers ─ Imputer, Scaler ─────┘
//! ```
//!
//! Single precision moves a probability by less than 1e-5, save where a number lies nearer to a tree's
//! threshold than single precision can tell. A text that is no level is an error, a NaN the median.

mod graph;
mod inputs;
mod linear;
mod svc;
mod trees;
mod wire;

use thiserror::Error;

use self::graph::{Element, Graph};
use self::inputs::Inputs;
use self::linear::Weights;
use self::trees::Made;
use super::logistic::cross_validation::FittedLogisticCv;
use super::trees::nodes::Precision;
use super::{FittedModel, ModelParams, Split, TrainedModel};

/// Why a model is no ONNX file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OnnxError {
    /// ONNX has no operator for the family.
    #[error(
        "ONNX has no operator for \"{family}\"; allowed: logistic regressions, support vectors, \
         trees, forests, boosting, the baseline"
    )]
    NoOperator {
        /// What the family is called on screen.
        family: &'static str,
    },
    /// More nodes than a file should have.
    #[error("the trees have {nodes} nodes; an ONNX file may have {most}")]
    TooManyNodes {
        /// Of all trees.
        nodes: usize,
        /// At most.
        most: usize,
    },
    /// The support vectors are no rows of the model's columns.
    #[error("the support vectors do not fit the model's columns; train it again")]
    Vectors,
}

impl OnnxError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoOperator { .. } => "onnx_no_operator",
            Self::TooManyNodes { .. } => "onnx_too_many_nodes",
            Self::Vectors => "onnx_vectors",
        }
    }
}

/// ONNX has operators for models of these settings.
#[must_use]
pub fn is_offered(params: &ModelParams) -> bool {
    !matches!(params, ModelParams::NaiveBayes(_) | ModelParams::Knn(_))
}

/// What a graph gives.
struct Output {
    /// Name of the classes, `(N)`.
    label: String,
    /// Name of the probabilities, `(N, 2)`.
    probabilities: String,
    /// Negative, positive.
    classes: Vec<String>,
}

impl Output {
    fn names(&self) -> [&str; 2] {
        [&self.label, &self.probabilities]
    }
}

/// The file. `run_number`: that of the run that made the model.
///
/// # Errors
/// A family without an operator, or a model too large.
pub fn encode(model: &TrainedModel, run_number: u32) -> Result<Vec<u8>, OnnxError> {
    let made = &model.provenance;
    let mut graph = Graph::default();
    let inputs = Inputs::of(&mut graph, &model.pipeline);
    let target = &made.target;
    let output = Output {
        label: graph.name("label"),
        probabilities: graph.name("probabilities"),
        classes: vec![target.negative_class.clone(), target.positive_class.clone()],
    };
    let single = Precision::Single;
    match &model.model {
        FittedModel::Logistic(fitted)
        | FittedModel::LogisticCv(FittedLogisticCv { fitted, .. }) => {
            let weights = Weights::of(&fitted.coefficients, fitted.intercept, &model.pipeline);
            linear::logistic(&mut graph, &inputs, &weights, &output);
        }
        FittedModel::Baseline(fitted) => {
            let intercept = libm::log(fitted.positive_share / (1.0 - fitted.positive_share));
            let columns = vec![0.0; model.pipeline.scaler.mean.len()];
            linear::logistic(&mut graph, &inputs, &Weights { columns, intercept }, &output);
        }
        FittedModel::Svc(fitted) => svc::support_vectors(&mut graph, &inputs, fitted, &output)?,
        FittedModel::DecisionTree(fitted) => {
            let trees = (&fitted.trees, single);
            trees::ensemble(&mut graph, &inputs, trees, Made::Mean, &output)?;
        }
        FittedModel::RandomForest(fitted) => {
            let trees = (&fitted.trees, single);
            trees::ensemble(&mut graph, &inputs, trees, Made::Mean, &output)?;
        }
        FittedModel::GradientBoosting(fitted) => {
            let trees = (&fitted.trees, Precision::Double);
            let made = Made::Logistic { start: fitted.baseline };
            trees::ensemble(&mut graph, &inputs, trees, made, &output)?;
        }
        FittedModel::NaiveBayes(_) | FittedModel::Knn(_) => {
            return Err(OnnxError::NoOperator { family: made.params.label() });
        }
    }
    graph.output(&output.label, Element::Text, None, "the class");
    let doc = format!("of {} and {}", target.negative_class, target.positive_class);
    graph.output(&output.probabilities, Element::Float, Some(2), &doc);
    let seed = match made.split {
        Split::Random { seed, .. } => seed.to_string(),
        Split::Rows { .. } => "rows by number".to_owned(),
    };
    let doc = format!(
        "Run {run_number} of Churn Lab: {} on {}, predicting {}. Probabilities equal the lab's to 1e-5. \
         Numbers are of single precision; NaN counts as the median; a text that is no level is an error.",
        made.params.label(),
        made.dataset_name,
        target.column,
    );
    let properties = [
        ("run", run_number.to_string()),
        ("data_set", made.dataset_name.clone()),
        ("data_set_id", made.dataset_id.0.clone()),
        ("model", made.params.name().to_owned()),
        ("split_seed", seed),
        ("target", target.column.clone()),
        ("positive_class", target.positive_class.clone()),
        ("lab", concat!("Churn Lab ", env!("CARGO_PKG_VERSION")).to_owned()),
    ];
    Ok(graph.into_model(&format!("run {run_number}"), &doc, &properties))
}

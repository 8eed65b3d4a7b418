//! Runs as files for other programs.

pub const EXPORT: &str = "Export";
pub const SCRIPT: &str = "scikit-learn script";
pub const SCRIPT_WHY: &str = "Fits the run again in Python and compares the scores; it reads the data set as the data page exports it";
pub const ONNX: &str = "ONNX model";
pub const ONNX_WHY: &str = "The model for other programs: onnxruntime gives the lab's probabilities to five digits. Numbers are of single precision there";
pub const ONNX_AGAIN: &str = "The lab has not kept this run's model, so it is made again first";
pub const ONNX_NONE: &str = "ONNX has no operator for this kind of model";
pub const MLFLOW: &str = "MLflow folder";
pub const MLFLOW_WHY: &str = "Settings, scores and files as MLflow keeps a run, with a script that brings it into a server; model card and ONNX model are inside where the lab keeps the model";
pub const MLFLOW_MANY: &str = "MLflow";
pub const MLFLOW_MANY_WHY: &str =
    "These runs as MLflow keeps them, in one archive, with a script that brings them into a server";
pub const CARD: &str = "Model card";
pub const CARD_WHY: &str = "One page for people who were not there: what the model is, what it was made from, how good it is, and what it must not be used for";
pub const GONE: &str = "Its data set is no longer in this lab";
pub const NO_RUNS: &str = "There is no run to export";
pub const LOST: &str = "a part of the lab could not be loaded; try again";
pub const ROC_CAPTION: &str = "How many of each class are called positive as the threshold falls, on the test rows. The point is where the threshold stands";
pub const WEIGHTS_CAPTION: &str =
    "The largest weights on standardised columns; they describe the model, not causes";

//! What a run can be exported as, and where the code for it is: with the Train room, not with the page.

use std::sync::Arc;

use futures::future::LocalBoxFuture;

use super::actions::Lab;
use super::rooms::RoomError;
use crate::compute::Failure;
use crate::experiments::Run;

/// What a run can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// A script for scikit-learn.
    Script,
    /// The model as an ONNX file.
    Onnx,
    /// MLflow's folder, as an archive.
    Mlflow,
    /// A model card, HTML.
    Card,
}

impl Export {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Script, Self::Onnx, Self::Mlflow, Self::Card];

    /// The name in the API and of its button.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Onnx => "onnx",
            Self::Mlflow => "mlflow",
            Self::Card => "card",
        }
    }

    /// The format of that name.
    ///
    /// # Errors
    /// No format.
    pub fn named(key: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|format| format.key() == key).ok_or_else(|| Failure {
            code: "unknown_format".to_owned(),
            message: format!("format is \"{key}\"; allowed: script, onnx, mlflow, card"),
            field: Some("format".to_owned()),
        })
    }

    /// It is a text, in UTF-8.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Script | Self::Card)
    }

    /// The file's name.
    #[must_use]
    pub fn file(self, run: &Run) -> String {
        let rest = match self {
            Self::Script => ".py",
            Self::Onnx => ".onnx",
            Self::Mlflow => "-mlflow.zip",
            Self::Card => "-card.html",
        };
        format!("run-{}{rest}", run.number)
    }

    /// The file's media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Script => "text/x-python",
            Self::Onnx => "application/octet-stream",
            Self::Mlflow => "application/zip",
            Self::Card => "text/html",
        }
    }
}

/// A file on its way.
pub type Exporting = LocalBoxFuture<'static, Result<Vec<u8>, Failure>>;

/// Loads the code that exports and begins.
pub type Exporter =
    fn(Lab, Arc<Run>, Export) -> LocalBoxFuture<'static, Result<Exporting, RoomError>>;

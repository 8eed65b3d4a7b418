//! The values of settings as they are given, and why they are refused.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A setting's value as a program gives it; Python's `None` is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A name: "rbf".
    Text(String),
    /// `null`: no limit, no weights.
    None,
}

impl Value {
    /// The value of a text: "none" and "null", "true" and "false", a number, else a name.
    #[must_use]
    pub fn read(text: &str, number: fn(&str) -> Option<f64>) -> Self {
        match text {
            "none" | "null" => Self::None,
            "true" => Self::Flag(true),
            "false" => Self::Flag(false),
            text => number(text).map_or_else(|| Self::Text(text.to_owned()), Self::Number),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::None => f.write_str("null"),
        }
    }
}

/// Why names and values are no settings.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NamedError {
    /// No such family.
    #[error("model is {model}; allowed: {allowed}")]
    UnknownModel {
        /// What was given.
        model: String,
        /// Every family.
        allowed: &'static str,
    },
    /// The family has no such setting.
    #[error("unknown parameter \"{name}\" of {model}; allowed: {allowed}")]
    UnknownParam {
        /// What was given.
        name: String,
        /// The family.
        model: &'static str,
        /// Its settings.
        allowed: &'static str,
    },
    /// The setting can't have the value.
    #[error("{name} is {value}; allowed: {allowed}")]
    BadParam {
        /// The setting.
        name: String,
        /// What was given.
        value: String,
        /// What may be.
        allowed: String,
    },
}

impl NamedError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownModel { .. } => "unknown_model_kind",
            Self::UnknownParam { .. } => "unknown_param",
            Self::BadParam { .. } => "bad_param",
        }
    }

    /// The setting it is about.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::UnknownModel { .. } => "model",
            Self::UnknownParam { name, .. } | Self::BadParam { name, .. } => name,
        }
    }
}

pub(super) fn is(value: &Value, text: &str) -> bool {
    matches!(value, Value::Text(given) if given == text)
}

pub(super) fn number(name: &str, value: &Value) -> Result<f64, NamedError> {
    match value {
        Value::Number(number) => Ok(*number),
        _ => Err(refused(name, value, "a number")),
    }
}

/// How many of something.
pub(super) fn count(name: &str, value: &Value) -> Result<u32, NamedError> {
    whole(name, value, 1.0, "a whole number above 0")
}

/// How many at most, or no limit.
pub(super) fn limit(name: &str, value: &Value) -> Result<Option<u32>, NamedError> {
    match value {
        Value::None => Ok(None),
        _ => whole(name, value, 1.0, "a whole number above 0, or null for no limit").map(Some),
    }
}

/// From `least` to the largest 32-bit number.
pub(super) fn whole(
    name: &str,
    value: &Value,
    least: f64,
    allowed: &str,
) -> Result<u32, NamedError> {
    let number = number(name, value)?;
    if number.fract() != 0.0 || !(least..=f64::from(u32::MAX)).contains(&number) {
        return Err(refused(name, value, allowed));
    }
    Ok(number as u32)
}

pub(super) fn refused(name: &str, value: &Value, allowed: &str) -> NamedError {
    let (name, value, allowed) = (name.to_owned(), value.to_string(), allowed.to_owned());
    NamedError::BadParam { name, value, allowed }
}

pub(super) fn unknown(name: &str, model: &'static str, allowed: &'static str) -> NamedError {
    NamedError::UnknownParam { name: name.to_owned(), model, allowed }
}

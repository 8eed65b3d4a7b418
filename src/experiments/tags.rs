//! A person's tags of a run: `stage=exam, favourite`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most characters of a tag's name, of its value.
pub const MOST_CHARACTERS: usize = 60;

/// The value of a tag that has none of its own.
pub const NO_VALUE: &str = "yes";

/// Names with their values, in the order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(BTreeMap<String, String>);

/// Why tags can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TagError {
    /// No such name.
    #[error(
        "a tag can't be called \"{name}\"; allowed: 1 to {MOST_CHARACTERS} letters, digits and \"_\", \
         as in stage=exam"
    )]
    Name {
        /// What was asked for.
        name: String,
    },
    /// No such value.
    #[error("the value of the tag \"{name}\" has {n} characters; allowed: 1 to {MOST_CHARACTERS}")]
    Value {
        /// The tag's name.
        name: String,
        /// Characters of the value.
        n: usize,
    },
}

impl TagError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "tag_name",
            Self::Value { .. } => "tag_value",
        }
    }
}

impl Tags {
    /// Reads `name=value` or a name alone, with commas between; a name that comes twice has its last
    /// value.
    ///
    /// # Errors
    /// A name or a value that is none.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        let mut tags = BTreeMap::new();
        for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            let (name, value) = tag.split_once('=').unwrap_or((tag, NO_VALUE));
            let (name, value) = (name.trim(), value.trim());
            let is_allowed = |c: char| c.is_alphanumeric() || c == '_';
            if !(1..=MOST_CHARACTERS).contains(&name.chars().count())
                || !name.chars().all(is_allowed)
            {
                return Err(TagError::Name { name: name.to_owned() });
            }
            let n = value.chars().count();
            if !(1..=MOST_CHARACTERS).contains(&n) {
                return Err(TagError::Value { name: name.to_owned(), n });
            }
            tags.insert(name.to_owned(), value.to_owned());
        }
        Ok(Self(tags))
    }

    /// Name and value of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a tag.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// These, and others; where both have a name it has the others' value.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        let mut all = self.0.clone();
        all.extend(others.0.clone());
        Self(all)
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, value)) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            match value {
                NO_VALUE => write!(f, "{comma}{name}")?,
                value => write!(f, "{comma}{name}={value}")?,
            }
        }
        Ok(())
    }
}

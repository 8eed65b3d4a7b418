//! The registry: runs that are numbered versions of a named model, and aliases, such as `champion`,
//! that point at a version each. What an alias pointed at before is kept, so that it can be told what
//! was in production when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Run;
use crate::models::{ModelId, RunId};

/// The most characters of a name, an alias.
pub const MOST_CHARACTERS: usize = 60;

/// The aliases that are offered; others can be typed.
pub const USUAL_ALIASES: [&str; 2] = ["champion", "challenger"];

/// A run that was registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelVersion {
    /// Of which model it is a version.
    pub name: String,
    /// Counts up from 1 for each name; never given twice.
    pub version: u32,
    /// The run.
    pub run_id: RunId,
    /// Its number.
    pub run_number: u32,
    /// Its model.
    pub model_id: ModelId,
    /// When it was registered, Unix milliseconds.
    pub registered_ms: f64,
    /// A person's words about it.
    #[serde(default)]
    pub note: String,
}

/// An alias began to point at a version, or stopped to point at any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AliasChange {
    /// The model's name.
    pub name: String,
    /// Such as `champion`.
    pub alias: String,
    /// What it points at from now on; `None` for nothing.
    pub version: Option<u32>,
    /// When, Unix milliseconds.
    pub at_ms: f64,
}

/// Everything that was registered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registry {
    /// In the order they were registered.
    versions: Vec<ModelVersion>,
    /// In the order it happened.
    history: Vec<AliasChange>,
    /// The last version of each name, deleted ones among them.
    last: BTreeMap<String, u32>,
}

/// Why the registry stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegistryError {
    /// No such name.
    #[error(
        "a model can't be registered as \"{name}\"; allowed: 1 to {MOST_CHARACTERS} characters, \
         without \"/\" and \":\""
    )]
    Name {
        /// What was asked for.
        name: String,
    },
    /// No such alias.
    #[error(
        "an alias can't be \"{alias}\"; allowed: 1 to {MOST_CHARACTERS} letters, digits, \"-\" and \
         \"_\", but not \"latest\" nor \"v\" and a number"
    )]
    Alias {
        /// What was asked for.
        alias: String,
    },
    /// A run is a version of a model once.
    #[error("run {run_number} is version {version} of \"{name}\" already")]
    Registered {
        /// The run.
        run_number: u32,
        /// The model's name.
        name: String,
        /// The version it is.
        version: u32,
    },
    /// There is none.
    #[error("there is no version {version} of \"{name}\" in the registry")]
    UnknownVersion {
        /// The model's name.
        name: String,
        /// Which was asked for.
        version: u32,
    },
    /// Who relies on the alias would be left without a model.
    #[error("version {version} of \"{name}\" is its {alias}; move the alias first")]
    HasAlias {
        /// The model's name.
        name: String,
        /// The version.
        version: u32,
        /// What points at it.
        alias: String,
    },
}

impl RegistryError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "registry_name",
            Self::Alias { .. } => "registry_alias",
            Self::Registered { .. } => "already_registered",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::HasAlias { .. } => "version_has_alias",
        }
    }
}

impl Registry {
    /// Every version, in the order they were registered.
    #[must_use]
    pub fn versions(&self) -> &[ModelVersion] {
        &self.versions
    }

    /// What aliases pointed at, in the order it happened.
    #[must_use]
    pub fn history(&self) -> &[AliasChange] {
        &self.history
    }

    /// The names, each once, in the order they first came.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for version in &self.versions {
            if !names.contains(&version.name.as_str()) {
                names.push(version.name.as_str());
            }
        }
        names
    }

    /// Makes a run the next version of a model; gives its number.
    ///
    /// # Errors
    /// A name that is none, or a run that is a version of it already.
    pub fn register(&mut self, name: &str, run: &Run, at_ms: f64) -> Result<u32, RegistryError> {
        let name = name.trim();
        if !is_name(name) {
            return Err(RegistryError::Name { name: name.to_owned() });
        }
        let same = self.versions.iter().find(|one| one.name == name && one.run_id == run.id);
        if let Some(same) = same {
            return Err(RegistryError::Registered {
                run_number: run.number,
                name: name.to_owned(),
                version: same.version,
            });
        }
        let version = self.last.get(name).copied().unwrap_or(0) + 1;
        self.last.insert(name.to_owned(), version);
        self.versions.push(ModelVersion {
            name: name.to_owned(),
            version,
            run_id: run.id.clone(),
            run_number: run.number,
            model_id: run.model_id.clone(),
            registered_ms: at_ms,
            note: String::new(),
        });
        Ok(version)
    }

    /// Points an alias at a version, or at none.
    ///
    /// # Errors
    /// An alias that is none, or a version that is not there.
    pub fn point(
        &mut self,
        name: &str,
        alias: &str,
        version: Option<u32>,
        at_ms: f64,
    ) -> Result<(), RegistryError> {
        if !is_alias(alias) {
            return Err(RegistryError::Alias { alias: alias.to_owned() });
        }
        if let Some(version) = version {
            self.version(name, version)?;
        }
        if self.pointed_at(name, alias, f64::INFINITY) != version {
            self.history.push(AliasChange {
                name: name.to_owned(),
                alias: alias.to_owned(),
                version,
                at_ms,
            });
        }
        Ok(())
    }

    /// The version an alias pointed at at that time, Unix milliseconds; `f64::INFINITY` for now.
    #[must_use]
    pub fn pointed_at(&self, name: &str, alias: &str, at_ms: f64) -> Option<u32> {
        let of_it = |change: &&AliasChange| {
            change.name == name && change.alias == alias && change.at_ms <= at_ms
        };
        self.history.iter().rev().find(of_it).and_then(|change| change.version)
    }

    /// Model, alias and version of every alias that pointed at one at that time.
    #[must_use]
    pub fn in_force(&self, at_ms: f64) -> Vec<AliasChange> {
        let mut seen: Vec<&AliasChange> = Vec::new();
        for change in self.history.iter().rev().filter(|change| change.at_ms <= at_ms) {
            let known =
                |other: &&AliasChange| other.name == change.name && other.alias == change.alias;
            if !seen.iter().any(known) {
                seen.push(change);
            }
        }
        seen.into_iter().rev().filter(|change| change.version.is_some()).cloned().collect()
    }

    /// What points at a version now.
    #[must_use]
    pub fn aliases(&self, name: &str, version: u32) -> Vec<String> {
        let points = |change: &AliasChange| change.name == name && change.version == Some(version);
        let of_it = self.in_force(f64::INFINITY).into_iter().filter(points);
        of_it.map(|change| change.alias).collect()
    }

    /// The versions that a run is.
    pub fn of_run<'a>(&'a self, run: &'a RunId) -> impl Iterator<Item = &'a ModelVersion> {
        self.versions.iter().filter(move |version| version.run_id == *run)
    }

    /// The version of that number.
    ///
    /// # Errors
    /// There is none.
    pub fn version(&self, name: &str, version: u32) -> Result<&ModelVersion, RegistryError> {
        let is_it = |one: &&ModelVersion| one.name == name && one.version == version;
        let unknown = || RegistryError::UnknownVersion { name: name.to_owned(), version };
        self.versions.iter().find(is_it).ok_or_else(unknown)
    }

    /// Keeps a person's words about a version.
    ///
    /// # Errors
    /// There is no such version.
    pub fn note(&mut self, name: &str, version: u32, note: &str) -> Result<(), RegistryError> {
        let is_it = |one: &&mut ModelVersion| one.name == name && one.version == version;
        let unknown = || RegistryError::UnknownVersion { name: name.to_owned(), version };
        let of_it = self.versions.iter_mut().find(is_it).ok_or_else(unknown)?;
        of_it.note = note.to_owned();
        Ok(())
    }

    /// Takes a version out; what aliases pointed at stays known.
    ///
    /// # Errors
    /// There is no such version, or an alias points at it.
    pub fn delete(&mut self, name: &str, version: u32) -> Result<(), RegistryError> {
        self.version(name, version)?;
        if let Some(alias) = self.aliases(name, version).into_iter().next() {
            return Err(RegistryError::HasAlias { name: name.to_owned(), version, alias });
        }
        self.versions.retain(|one| one.name != name || one.version != version);
        Ok(())
    }

    /// Takes back that a version was taken out.
    pub fn put_back(&mut self, version: ModelVersion) {
        let place = self.versions.partition_point(|one| one.registered_ms <= version.registered_ms);
        self.versions.insert(place, version);
    }
}

fn is_name(name: &str) -> bool {
    (1..=MOST_CHARACTERS).contains(&name.chars().count()) && !name.contains(['/', ':'])
}

/// As in MLflow: what would be taken for a version is no alias.
fn is_alias(alias: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let digits = alias.strip_prefix(['v', 'V']).unwrap_or_default();
    let is_version = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (1..=MOST_CHARACTERS).contains(&alias.chars().count())
        && alias.chars().all(allowed)
        && !alias.eq_ignore_ascii_case("latest")
        && !is_version
}

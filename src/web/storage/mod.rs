//! What stays in this browser: records by store and key, in IndexedDB or, where that is refused, in
//! memory.

mod indexed_db;
mod memory;
pub mod saved;

use std::fmt;

use thiserror::Error;
use wasm_bindgen::JsValue;

pub use indexed_db::IndexedDb;
use memory::Memory;

/// The object stores. Their names are spelled here alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    /// Choices of the person, by name.
    Settings,
    /// Data set summaries, by id.
    Datasets,
    /// Data sets as `compute::stored` encodes them, by id.
    DatasetBytes,
    /// Runs, by id.
    Runs,
    /// Models, by id.
    Models,
    /// Endpoints, by id.
    Endpoints,
    /// Calls of endpoints, by endpoint and number.
    Events,
    /// Customers as changed, by id.
    Scenarios,
}

impl Store {
    /// Every store.
    pub const ALL: [Self; 8] = [
        Self::Settings,
        Self::Datasets,
        Self::DatasetBytes,
        Self::Runs,
        Self::Models,
        Self::Endpoints,
        Self::Events,
        Self::Scenarios,
    ];

    /// Its name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Datasets => "datasets",
            Self::DatasetBytes => "dataset_bytes",
            Self::Runs => "runs",
            Self::Models => "models",
            Self::Endpoints => "endpoints",
            Self::Events => "events",
            Self::Scenarios => "scenarios",
        }
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One step of a write; all steps of a write happen, or none.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Put a value under a key, replacing what is there.
    Put {
        /// Where.
        store: Store,
        /// Under which key.
        key: String,
        /// What, as the database keeps it.
        value: JsValue,
    },
    /// Remove a key.
    Delete {
        /// Where.
        store: Store,
        /// Which key.
        key: String,
    },
    /// Remove everything of a store.
    Clear(Store),
}

impl Change {
    fn store(&self) -> Store {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } | Self::Clear(store) => *store,
        }
    }
}

/// Why the storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The browser has no room left.
    #[error(
        "this browser has no room left for the lab; what is stored is unharmed. Delete a data set or old calls to make room"
    )]
    QuotaExceeded,
    /// The database was made by a newer lab.
    #[error(
        "the stored lab was written by a newer version than this page; reload to get that version. Until then the lab works in memory"
    )]
    Newer,
    /// A browser that keeps nothing: a private window, a sandboxed frame, a full or broken disk.
    #[error(
        "this browser refuses to store anything here ({reason}); the lab works in memory and forgets when the tab closes"
    )]
    Refused {
        /// The browser's words.
        reason: String,
    },
    /// Another tab upgraded or deleted the database.
    #[error("another tab changed the stored lab; reload this page to go on storing")]
    Closed,
    /// Something stored can't be read.
    #[error("{store}/{key} in this browser's storage can't be read: {reason}")]
    Corrupt {
        /// Where.
        store: Store,
        /// Which key.
        key: String,
        /// Why.
        reason: String,
    },
    /// Any other failure.
    #[error("this browser's storage failed: {reason}")]
    Failed {
        /// The browser's words.
        reason: String,
    },
}

impl StorageError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::QuotaExceeded => "storage_quota",
            Self::Newer => "storage_newer",
            Self::Refused { .. } => "storage_refused",
            Self::Closed => "storage_closed",
            Self::Corrupt { .. } => "storage_corrupt",
            Self::Failed { .. } => "storage_failed",
        }
    }
}

/// Where the lab keeps things.
pub enum Storage {
    /// In this browser; what found no room there, in this tab.
    IndexedDb(IndexedDb, Memory),
    /// In this tab, until it closes.
    Memory(Memory),
}

impl Storage {
    /// In this browser.
    #[must_use]
    pub fn indexed_db(database: IndexedDb) -> Self {
        Self::IndexedDb(database, Memory::default())
    }

    /// In this tab only.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// Applies the changes, all or none.
    ///
    /// # Errors
    /// No room, the database closed, or another failure of the browser; then nothing that is stored
    /// changed, and what was to be put is there until the tab closes.
    pub async fn commit(&self, mut changes: Vec<Change>) -> Result<(), StorageError> {
        match self {
            Self::IndexedDb(database, unstored) => {
                let stored = database.commit(&changes).await;
                changes.retain(|change| matches!(change, Change::Put { .. }) == stored.is_err());
                unstored.commit(changes);
                stored
            }
            Self::Memory(memory) => {
                memory.commit(changes);
                Ok(())
            }
        }
    }

    /// The value under a key, if any.
    ///
    /// # Errors
    /// The database closed, or another failure of the browser.
    pub async fn get(&self, store: Store, key: &str) -> Result<Option<JsValue>, StorageError> {
        match self {
            Self::IndexedDb(database, unstored) => match unstored.get(store, key) {
                Some(value) => Ok(Some(value)),
                None => database.get(store, key).await,
            },
            Self::Memory(memory) => Ok(memory.get(store, key)),
        }
    }

    /// Everything of a store, ascending by key.
    ///
    /// # Errors
    /// The database closed, or another failure of the browser.
    pub async fn all(&self, store: Store) -> Result<Vec<(String, JsValue)>, StorageError> {
        match self {
            Self::IndexedDb(database, _) => database.all(store).await,
            Self::Memory(memory) => Ok(memory.all(store)),
        }
    }
}

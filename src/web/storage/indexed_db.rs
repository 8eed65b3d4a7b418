//! Storage in the browser's database.
//!
//! One connection a tab. Migrations only add: version n is reached from any older one by running the
//! steps after it, and nothing stored is touched.

use std::cell::Cell;
use std::rc::Rc;

use idb::event::VersionChangeEvent;
use idb::{
    Database, DatabaseEvent, Error, Factory, ObjectStore, ObjectStoreParams, Query, Transaction,
    TransactionMode,
};
use wasm_bindgen::{JsCast, JsValue};

use super::{Change, StorageError, Store};

/// What each version of the database adds, from version 1 on.
const MIGRATIONS: [&[Store]; 5] = [
    &[Store::Settings, Store::Datasets, Store::DatasetBytes, Store::Runs, Store::Models],
    &[Store::Endpoints, Store::Events],
    // rows in a form that earlier labs can't read, which therefore leave this database alone
    &[],
    // the same again: tables of texts
    &[],
    &[Store::Scenarios],
];

const PROBE: &str = "probe";

/// The open database.
pub struct IndexedDb {
    database: Database,
    closed: Rc<Cell<bool>>,
}

impl IndexedDb {
    /// Opens the database, migrates it and proves with a write that it can be used.
    ///
    /// `on_blocked` is called when another tab holds an older version open; `on_closed` when another
    /// tab upgrades or deletes the database, after which every call answers `Closed`.
    ///
    /// # Errors
    /// `Newer` when the database is of a later version, `Refused` when the browser keeps nothing.
    pub async fn open(
        name: &str,
        on_blocked: impl FnOnce() + 'static,
        on_closed: impl FnOnce() + 'static,
    ) -> Result<Self, StorageError> {
        let refused = |error: Error| match dom_exception_name(&error).as_deref() {
            Some("VersionError") => StorageError::Newer,
            _ => StorageError::Refused { reason: error.to_string() },
        };
        let factory = Factory::new().map_err(refused)?;
        let mut request = factory.open(name, Some(MIGRATIONS.len() as u32)).map_err(refused)?;
        request.on_blocked(|_| on_blocked());
        request.on_upgrade_needed(|event| {
            // a failed step aborts the upgrade, and the open request then fails and is told
            if let Err(error) = migrate(&event) {
                web_sys::console::warn_1(&error.to_string().into());
            }
        });
        let mut database = request.await.map_err(refused)?;
        let closed = Rc::new(Cell::new(false));
        let flag = Rc::clone(&closed);
        database.on_version_change(move |event| {
            flag.set(true);
            if let Some(database) =
                event.target().and_then(|t| t.dyn_into::<web_sys::IdbDatabase>().ok())
            {
                database.close();
            }
            on_closed();
        });
        let this = Self { database, closed };
        let missing = Store::ALL
            .iter()
            .find(|store| !this.database.store_names().iter().any(|stored| stored == store.name()));
        if let Some(store) = missing {
            return Err(StorageError::Refused { reason: format!("its store {store} is missing") });
        }
        let value = JsValue::TRUE;
        let key = PROBE.to_owned();
        let store = Store::Settings;
        this.commit(&[Change::Put { store, key: key.clone(), value }]).await.map_err(|error| {
            match error {
                StorageError::Failed { reason } => StorageError::Refused { reason },
                other => other,
            }
        })?;
        this.commit(&[Change::Delete { store, key }]).await?;
        Ok(this)
    }

    pub(super) async fn commit(&self, changes: &[Change]) -> Result<(), StorageError> {
        let named = |store: &Store| changes.iter().any(|change| change.store() == *store);
        let stores: Vec<&str> = Store::ALL.iter().filter(|s| named(s)).map(|s| s.name()).collect();
        if stores.is_empty() {
            return Ok(());
        }
        let transaction = self.transaction(&stores, TransactionMode::ReadWrite)?;
        if let Err(error) = changes.iter().try_for_each(|change| ask_for(&transaction, change)) {
            // left alone, the browser would commit the steps before the refused one
            return match transaction.abort() {
                Ok(_) => Err(error),
                Err(problem) => Err(failed(problem)),
            };
        }
        let inner = web_sys::IdbTransaction::from(transaction);
        match Transaction::from(inner.clone()).await {
            Ok(result) if result.is_committed() => Ok(()),
            // a disk that fills up is noticed only here, when the browser writes
            Ok(_) => Err(inner.error().map_or_else(
                || StorageError::Failed { reason: "the write was aborted".to_owned() },
                |exception| failed(Error::DomException(exception)),
            )),
            Err(error) => Err(failed(error)),
        }
    }

    pub(super) async fn get(
        &self,
        store: Store,
        key: &str,
    ) -> Result<Option<JsValue>, StorageError> {
        let transaction = self.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let request = object_store(&transaction, store)?.get(Query::Key(key.into()));
        let value = request.map_err(failed)?.await.map_err(failed)?;
        Ok(value.filter(|value| !value.is_undefined()))
    }

    pub(super) async fn all(&self, store: Store) -> Result<Vec<(String, JsValue)>, StorageError> {
        let transaction = self.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let object_store = object_store(&transaction, store)?;
        let keys = object_store.get_all_keys(None, None).map_err(failed)?;
        let values = object_store.get_all(None, None).map_err(failed)?;
        let keys = keys.await.map_err(failed)?;
        let values = values.await.map_err(failed)?;
        let keys = keys.iter().map(|key| key.as_string().unwrap_or_default());
        Ok(keys.zip(values).collect())
    }

    fn transaction(
        &self,
        stores: &[&str],
        mode: TransactionMode,
    ) -> Result<Transaction, StorageError> {
        if self.closed.get() {
            return Err(StorageError::Closed);
        }
        self.database.transaction(stores, mode).map_err(failed)
    }
}

fn migrate(event: &VersionChangeEvent) -> Result<(), Error> {
    let database = event.database()?;
    let reached = event.old_version()? as usize;
    for store in MIGRATIONS.iter().skip(reached).copied().flatten() {
        database.create_object_store(store.name(), ObjectStoreParams::new())?;
    }
    Ok(())
}

/// Asks the browser for one step of a write.
fn ask_for(transaction: &Transaction, change: &Change) -> Result<(), StorageError> {
    let store = object_store(transaction, change.store())?;
    match change {
        Change::Put { key, value, .. } => store.put(value, Some(&key.into())).map(drop),
        Change::Delete { key, .. } => store.delete(JsValue::from(key)).map(drop),
        Change::Clear(_) => store.clear().map(drop),
    }
    .map_err(failed)
}

fn object_store(transaction: &Transaction, store: Store) -> Result<ObjectStore, StorageError> {
    transaction.object_store(store.name()).map_err(failed)
}

fn dom_exception_name(error: &Error) -> Option<String> {
    use Error::{
        ClearFailed, DeleteFailed, DomException, IndexedDbOpenFailed, TransactionOpenFailed,
        UnexpectedJsType, UpdateFailed,
    };
    match error {
        DomException(exception) => Some(exception.name()),
        IndexedDbOpenFailed(value)
        | TransactionOpenFailed(value)
        | UpdateFailed(value)
        | DeleteFailed(value)
        | ClearFailed(value) => {
            value.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name)
        }
        // a request's error that has reached its transaction
        UnexpectedJsType(_, target) => {
            let exception = target.dyn_ref::<web_sys::IdbRequest>()?.error().ok()??;
            Some(exception.name())
        }
        _ => None,
    }
}

fn failed(error: Error) -> StorageError {
    match dom_exception_name(&error).as_deref() {
        Some("QuotaExceededError") => StorageError::QuotaExceeded,
        Some("InvalidStateError") => StorageError::Closed,
        _ => StorageError::Failed { reason: error.to_string() },
    }
}

//! The browser's database and its stand-in keep the same promises. Runs in a browser only.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use churn_lab::web::storage::{Change, IndexedDb, Storage, StorageError, Store};
use idb::{DatabaseEvent, Factory, ObjectStoreParams};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn open(name: &str) -> Result<Storage, StorageError> {
    IndexedDb::open(name, || (), || ()).await.map(Storage::indexed_db)
}

fn put(store: Store, key: &str, value: impl Into<JsValue>) -> Change {
    Change::Put { store, key: key.to_owned(), value: value.into() }
}

/// Makes a database as a lab of `version` would, with a run in it.
async fn database_of(name: &str, version: u32, stores: &'static [Store]) {
    let factory = Factory::new().expect("there is a database");
    let mut request = factory.open(name, Some(version)).expect("it opens");
    request.on_upgrade_needed(move |event| {
        let database = event.database().expect("an upgrade has a database");
        for store in stores {
            let made = database.create_object_store(store.name(), ObjectStoreParams::new());
            let run = made.expect("a store is made").put(&"kept".into(), Some(&"run-1".into()));
            drop(run.expect("a run is put"));
        }
    });
    request.await.expect("it is made").close();
}

async fn keeps_its_promises(storage: Storage) {
    let both = vec![put(Store::Runs, "b", 2), put(Store::Runs, "a", 1), put(Store::Models, "a", 3)];
    storage.commit(both).await.expect("a write");
    let runs = storage.all(Store::Runs).await.expect("a read");
    assert_eq!(runs, [("a".to_owned(), JsValue::from(1)), ("b".to_owned(), JsValue::from(2))]);
    let delete = Change::Delete { store: Store::Runs, key: "a".to_owned() };
    storage.commit(vec![delete, Change::Clear(Store::Models)]).await.expect("a write");
    assert_eq!(storage.get(Store::Runs, "a").await, Ok(None));
    assert_eq!(storage.get(Store::Runs, "b").await, Ok(Some(JsValue::from(2))));
    assert_eq!(storage.all(Store::Models).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn both_kinds_of_storage_keep_their_promises() {
    keeps_its_promises(open("promises").await.expect("it opens")).await;
    keeps_its_promises(Storage::memory()).await;
}

#[wasm_bindgen_test]
async fn a_write_happens_wholly_or_not_at_all() {
    let storage = open("whole").await.expect("it opens");
    // a function can't be stored, which fails the second step
    let function = js_sys::Function::new_no_args("");
    let written = storage.commit(vec![put(Store::Runs, "a", 1), put(Store::Runs, "b", function)]);
    assert!(written.await.is_err());
    drop(storage);
    let storage = open("whole").await.expect("it opens again");
    assert_eq!(storage.all(Store::Runs).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn an_older_database_gains_stores_and_loses_nothing() {
    const FIRST: &[Store] =
        &[Store::Settings, Store::Datasets, Store::DatasetBytes, Store::Runs, Store::Models];
    database_of("first", 1, FIRST).await;
    let storage = open("first").await.expect("it is migrated");
    assert_eq!(storage.get(Store::Runs, "run-1").await, Ok(Some("kept".into())));
    assert_eq!(storage.all(Store::Events).await, Ok(Vec::new()));
    database_of("second", 2, &Store::ALL).await;
    let storage = open("second").await.expect("it is migrated");
    for store in Store::ALL {
        assert_eq!(storage.get(store, "run-1").await, Ok(Some("kept".into())));
    }
}

#[wasm_bindgen_test]
async fn a_newer_database_is_left_alone() {
    database_of("newer", 99, &[Store::Runs]).await;
    let refused = open("newer").await.err().expect("it is refused");
    assert_eq!(refused, StorageError::Newer);
}

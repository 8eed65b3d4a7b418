//! Storage for a browser that refuses to store.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::JsValue;

use super::{Change, Store};

/// Records that go when the tab closes.
#[derive(Default)]
pub struct Memory {
    records: RefCell<BTreeMap<(Store, String), JsValue>>,
}

impl Memory {
    pub(super) fn commit(&self, changes: Vec<Change>) {
        let mut records = self.records.borrow_mut();
        for change in changes {
            match change {
                Change::Put { store, key, value } => {
                    records.insert((store, key), value);
                }
                Change::Delete { store, key } => {
                    records.remove(&(store, key));
                }
                Change::Clear(store) => records.retain(|(of, _), _| *of != store),
            }
        }
    }

    pub(super) fn get(&self, store: Store, key: &str) -> Option<JsValue> {
        self.records.borrow().get(&(store, key.to_owned())).cloned()
    }

    pub(super) fn all(&self, store: Store) -> Vec<(String, JsValue)> {
        let records = self.records.borrow();
        let of_store = records.iter().filter(|((of, _), _)| *of == store);
        of_store.map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }
}

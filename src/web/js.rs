//! Rust values as JavaScript values: what crosses to workers, into the database and to programs.
//!
//! One format for all three, made by the browser itself, so that no second parser is shipped.

use js_sys::{Array, Object, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};

/// Why a value did not cross.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct CrossingError {
    /// In the words of the deserializer: "missing field `seed`".
    pub reason: String,
}

impl From<serde_wasm_bindgen::Error> for CrossingError {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        let error = JsValue::from(error);
        let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        Self { reason: message.unwrap_or_else(|| format!("{error:?}")) }
    }
}

/// Maps as objects, nothing as `null`, buffers as `Uint8Array`.
///
/// # Errors
/// When a number has no JavaScript form.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, CrossingError> {
    let plain = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    Ok(value.serialize(&plain)?)
}

/// The value behind a JavaScript value; fields it does not know are passed over.
///
/// # Errors
/// When something is missing or of another kind.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, CrossingError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

/// The buffers in a message, so that they are handed over instead of copied.
#[must_use]
pub fn buffers(message: &JsValue) -> Array {
    let found = Array::new();
    collect(message, 3, &found);
    found
}

/// Messages nest their buffers at most `depth` objects deep.
fn collect(value: &JsValue, depth: u32, found: &Array) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        found.push(&bytes.buffer());
    } else if depth > 0 && value.is_object() && !Array::is_array(value) {
        for part in Object::values(value.unchecked_ref()) {
            collect(&part, depth - 1, found);
        }
    }
}

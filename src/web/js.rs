//! Rust values as JavaScript values: what crosses to workers, into the database and to programs.
//!
//! One format for all three, made by the browser itself, so that no second parser is shipped.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

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

/// The finite decimal number that a text is, spaces around it aside; read by the browser, which knows
/// how anyway.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let decimal =
        text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    let number = if decimal && !text.is_empty() {
        JsValue::from_str(text).unchecked_into_f64()
    } else {
        f64::NAN
    };
    number.is_finite().then_some(number)
}

/// The value that a text in JSON is.
///
/// # Errors
/// The browser's words about text that is no JSON, or what is missing or of another kind.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, CrossingError> {
    let value = js_sys::JSON::parse(text).map_err(|error| {
        let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        let mut reason = message.unwrap_or_default();
        // browsers say where, but not where the end is
        if !reason.contains("line") && reason.contains("end of") {
            reason.push_str(&format!(" (line {})", text.split('\n').count()));
        }
        CrossingError { reason }
    })?;
    from_js(value)
}

/// The value in JSON, one field a line.
///
/// # Errors
/// When a number has no JavaScript form.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, CrossingError> {
    let indented =
        js_sys::JSON::stringify_with_replacer_and_space(&to_js(value)?, &JsValue::NULL, &2.into());
    indented.map(String::from).map_err(|error| serde_wasm_bindgen::Error::from(error).into())
}

/// The name under which a message carries a file.
const FILE: &str = "file";

/// Puts a file into a message: it crosses as it is, unread.
///
/// # Errors
/// When the message is no object.
pub fn attach(message: &JsValue, file: &Blob) -> Result<(), CrossingError> {
    let set = Reflect::set(message, &FILE.into(), file);
    set.map(drop).map_err(|error| serde_wasm_bindgen::Error::from(error).into())
}

/// The file in a message.
#[must_use]
pub fn attached(message: &JsValue) -> Option<Blob> {
    Reflect::get(message, &FILE.into()).ok()?.dyn_into().ok()
}

/// From so many bytes on a buffer crosses as a blob, which nobody has to copy: neither the page's thread
/// on its way to the database, nor the database itself.
const LARGE: u32 = 1 << 20;

/// Parts nest at most so many objects deep in a message: `Done`, `result`, `Ok`, `Dataset` and itself
/// hold a data set's bytes. Those in a model lie deeper and are copied, as they must be: the page keeps
/// the model that it hands over.
const DEPTH: u32 = 5;

/// Makes blobs of the large buffers in a message.
///
/// # Errors
/// When the browser can't.
pub fn shelve(message: &JsValue) -> Result<(), CrossingError> {
    let large = |part: &JsValue| {
        part.dyn_ref::<Uint8Array>().is_some_and(|bytes| bytes.byte_length() >= LARGE)
    };
    for (holder, key, part) in parts(message, large) {
        let blob = Blob::new_with_u8_array_sequence(&Array::of1(&part));
        let set = blob.and_then(|blob| Reflect::set(&holder, &key, &blob));
        set.map_err(serde_wasm_bindgen::Error::from)?;
    }
    Ok(())
}

/// Makes buffers of the blobs in a part of a message.
///
/// # Errors
/// When one can't be read any more.
pub async fn unshelve(message: &JsValue) -> Result<(), CrossingError> {
    for (holder, key, part) in parts(message, |part| part.is_instance_of::<Blob>()) {
        let blob: Blob = part.unchecked_into();
        let buffer = JsFuture::from(blob.array_buffer()).await;
        let set = buffer.and_then(|buffer| Reflect::set(&holder, &key, &Uint8Array::new(&buffer)));
        set.map_err(serde_wasm_bindgen::Error::from)?;
    }
    Ok(())
}

/// The parts of a message that are `wanted`, each with its holder and its key.
fn parts(message: &JsValue, wanted: impl Fn(&JsValue) -> bool) -> Vec<(JsValue, JsValue, JsValue)> {
    let mut found = Vec::new();
    let mut holders = vec![(message.clone(), DEPTH)];
    while let Some((holder, depth)) = holders.pop() {
        // a list or a buffer would come apart number by number
        let is_whole = Array::is_array(&holder) || ArrayBuffer::is_view(&holder);
        if depth == 0 || !holder.is_object() || is_whole {
            continue;
        }
        for entry in Object::entries(holder.unchecked_ref()) {
            let entry: Array = entry.unchecked_into();
            let part = entry.get(1);
            if wanted(&part) {
                found.push((holder.clone(), entry.get(0), part));
            } else {
                holders.push((part, depth - 1));
            }
        }
    }
    found
}

/// The buffers in a message, so that they are handed over instead of copied.
#[must_use]
pub fn buffers(message: &JsValue) -> Array {
    let found = Array::new();
    for (_, _, bytes) in parts(message, |part| part.is_instance_of::<Uint8Array>()) {
        found.push(&bytes.unchecked_into::<Uint8Array>().buffer());
    }
    found
}

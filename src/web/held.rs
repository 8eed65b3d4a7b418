//! Bytes as the page keeps them: those of a data set, which only workers and the storage read.

use js_sys::{Array, Uint8Array};
use send_wrapper::SendWrapper;
use serde::{Deserializer, Serializer};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use crate::compute::codec::bytes::Carried;

/// Bytes that pass through the page without being copied into its memory: a buffer, or a blob where
/// they are many.
#[derive(Clone, Debug)]
pub struct HeldBytes(SendWrapper<JsValue>);

impl PartialEq for HeldBytes {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl HeldBytes {
    /// What the storage kept; `None` when that is neither. A buffer is copied: this one may be handed
    /// over, and the storage's own must stay.
    #[must_use]
    pub fn of_stored(stored: JsValue) -> Option<Self> {
        let bytes = match stored.dyn_into::<Uint8Array>() {
            Ok(buffer) => buffer.slice(0, buffer.length()).into(),
            Err(other) => other.dyn_into::<Blob>().ok()?.into(),
        };
        Some(Self(SendWrapper::new(bytes)))
    }

    /// The bytes themselves, for the one who asked for them; `None` of a blob.
    #[must_use]
    pub fn read(&self) -> Option<Vec<u8>> {
        self.0.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
    }

    /// The bytes themselves, also those of a blob, which many bytes cross as.
    ///
    /// # Errors
    /// The browser's, when a blob can't be read.
    pub async fn take(&self) -> Result<Vec<u8>, JsValue> {
        if let Some(bytes) = self.read() {
            return Ok(bytes);
        }
        let blob: Blob = (*self.0).clone().dyn_into()?;
        let buffer = JsFuture::from(blob.array_buffer()).await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// What the storage keeps.
    #[must_use]
    pub fn to_stored(&self) -> JsValue {
        (*self.0).clone()
    }

    /// A file of them.
    ///
    /// # Errors
    /// The browser's, when it can't make one.
    pub fn file(&self, media_type: &str) -> Result<Blob, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        Blob::new_with_blob_sequence_and_options(&Array::of1(&self.0), &options)
    }
}

impl Carried for HeldBytes {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        preserve::serialize(&*self.0, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(SendWrapper::new(preserve::deserialize(deserializer)?)))
    }
}

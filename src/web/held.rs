//! Bytes as the page keeps them: those of a data set, which only workers and the storage read.

use js_sys::Uint8Array;
use send_wrapper::SendWrapper;
use serde::de::Error;
use serde::{Deserializer, Serializer};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::{JsCast, JsValue};

use crate::compute::codec::bytes::Carried;

/// Bytes that pass through the page without being copied into its memory.
#[derive(Clone, Debug)]
pub struct HeldBytes(pub SendWrapper<Uint8Array>);

impl PartialEq for HeldBytes {
    fn eq(&self, other: &Self) -> bool {
        let [this, other]: [&JsValue; 2] = [self.0.as_ref(), other.0.as_ref()];
        this == other
    }
}

impl HeldBytes {
    /// Bytes of the browser.
    #[must_use]
    pub fn new(bytes: Uint8Array) -> Self {
        Self(SendWrapper::new(bytes))
    }
}

impl Carried for HeldBytes {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: &JsValue = self.0.as_ref();
        preserve::serialize(bytes, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: JsValue = preserve::deserialize(deserializer)?;
        let bytes = bytes.dyn_into().map_err(|_other| D::Error::custom("bytes are no buffer"))?;
        Ok(Self::new(bytes))
    }
}

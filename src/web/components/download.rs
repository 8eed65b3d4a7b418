//! Handing a file to the person.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `bytes` as a file to save.
///
/// # Errors
/// The browser's, when it can't make the file.
pub fn offer(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    offer_buffer(name, media_type, &Uint8Array::from(bytes))
}

/// The same for bytes that are the browser's already.
///
/// # Errors
/// The browser's, when it can't make the file.
pub fn offer_buffer(name: &str, media_type: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(bytes);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    click(name, &url)?;
    Url::revoke_object_url(&url)
}

/// Saves what an address holds under a name.
///
/// # Errors
/// The browser's.
pub fn click(name: &str, url: &str) -> Result<(), JsValue> {
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(url);
    anchor.set_download(name);
    anchor.click();
    Ok(())
}

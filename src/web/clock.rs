//! The time, which the core never reads by itself.

use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, Performance};

/// Unix milliseconds with fractions, of the page.
#[must_use]
pub fn now_ms() -> f64 {
    match web_sys::window().and_then(|window| window.performance()) {
        Some(performance) => read(&performance),
        None => js_sys::Date::now(),
    }
}

/// The same clock in a worker.
pub fn worker_clock(scope: &DedicatedWorkerGlobalScope) -> Box<dyn Fn() -> f64> {
    let performance = js_sys::Reflect::get(scope, &"performance".into())
        .ok()
        .and_then(|value| value.dyn_into::<Performance>().ok());
    Box::new(move || performance.as_ref().map_or_else(js_sys::Date::now, read))
}

fn read(performance: &Performance) -> f64 {
    performance.time_origin() + performance.now()
}

/// The moment as people here read it: "2026-11-23 20:02:51", in the time zone of the browser.
#[must_use]
pub fn local_time(ms: f64) -> String {
    // the Swedish way of writing a moment is the one that sorts
    js_sys::Date::new(&ms.into())
        .to_locale_string("sv-SE", &wasm_bindgen::JsValue::UNDEFINED)
        .into()
}

/// 32 random bits from the browser, for ids, keys and default seeds; `None` where it has none.
#[must_use]
pub fn random_u32() -> Option<u32> {
    let mut bytes = [0_u8; 4];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u32::from_le_bytes(bytes))
}

/// The end of a minute as a date-time box gives it, "2026-11-23T20:02" in the time zone of the browser,
/// in Unix milliseconds; `None` where it is none.
#[must_use]
pub fn end_of_minute(text: &str) -> Option<f64> {
    let ms = js_sys::Date::parse(text);
    (!text.is_empty() && ms.is_finite()).then_some(ms + 59_999.0)
}

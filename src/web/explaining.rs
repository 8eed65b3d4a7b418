//! What the explain page hands to its cards, and where the code of each is: in a file of its own that
//! comes when a person asks.

use std::sync::Arc;

use futures::future::LocalBoxFuture;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::{JsCast, JsValue};

use super::actions::Customer;
use super::js;
use super::model::HeldModel;
use super::rooms::RoomError;
use super::text::classes::Classes;
use crate::compute::Failure;
use crate::data::{Record, Value};
use crate::explain::LimeParams;

/// What is explained, and how.
#[derive(Clone, Copy)]
pub struct Explaining {
    /// By which model.
    pub model: Memo<Option<Arc<HeldModel>>>,
    /// The customer as in the data.
    pub customer: Memo<Option<Customer>>,
    /// The customer, edits and all.
    pub record: Memo<Option<Record>>,
    /// How LIME is set.
    pub lime: Memo<LimeParams>,
    /// The model's two classes.
    pub classes: Memo<Option<Classes>>,
    /// Gives features of the customer other values, at once.
    pub apply: Callback<Vec<(String, Value)>>,
    /// Looks at a customer, by what the address calls it, with these values changed and no others.
    pub look_at: Callback<(String, Vec<(String, Value)>)>,
}

/// Where the code of a card is cut.
#[derive(Clone, Copy)]
pub struct CardPart {
    /// Loads the code.
    pub load: fn() -> LocalBoxFuture<'static, Result<(), RoomError>>,
    /// The card, once its code is there; `None` before.
    pub enter: fn(Explaining) -> Option<Result<AnyView, RoomError>>,
}

/// The cards of the explain page whose code comes later.
#[derive(Clone, Copy)]
pub struct Cards {
    /// What an explanation is worth.
    pub trust: CardPart,
    /// What would change it.
    pub whatif: CardPart,
    /// The model as a whole.
    pub whole: CardPart,
    /// Keeping versions, comparing two, putting one on paper.
    pub versions: CardPart,
}

/// An answer as it came from a worker. Only what asked for it reads it, so that the page's first file
/// needs no code for its inside.
#[derive(Clone, Debug)]
pub struct HeldAnswer(SendWrapper<JsValue>);

impl HeldAnswer {
    /// What the answer is, of the kind that was asked for.
    ///
    /// # Errors
    /// When it is of another kind.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let wrong = |error: js::CrossingError| Failure::new("protocol", error.reason);
        js::from_js((*self.0).clone()).map_err(wrong)
    }

    /// The same with how long it took, for programs.
    #[must_use]
    pub fn timed(self, ms: f64) -> Self {
        if let Err(error) = Reflect::set(&self.0, &"ms".into(), &ms.into()) {
            web_sys::console::warn_1(&error);
        }
        self
    }
}

impl PartialEq for HeldAnswer {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl<'de> Deserialize<'de> for HeldAnswer {
    /// The protocol's enum is an object of one field, whose value is the answer.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let answer: JsValue = preserve::deserialize(deserializer)?;
        let inside = match answer.dyn_ref::<Object>() {
            Some(object) => Object::values(object).get(0),
            None => answer,
        };
        Ok(Self(SendWrapper::new(inside)))
    }
}

impl Serialize for HeldAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        preserve::serialize(&*self.0, serializer)
    }
}

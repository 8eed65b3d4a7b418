//! A model as the page keeps it.

use send_wrapper::SendWrapper;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::JsValue;

use super::js;
use crate::data::Target;
use crate::features::FeatureSpace;
use crate::models::ModelId;

/// What the page reads of a model, and the whole as it came from a worker or the storage, for other
/// workers and the storage. So the page needs no code for the inside of any model family.
#[derive(Clone, Debug)]
pub struct HeldModel {
    /// Its name.
    pub id: ModelId,
    /// What a record of it may hold.
    pub space: FeatureSpace,
    /// What it predicts.
    pub target: Target,
    whole: SendWrapper<JsValue>,
}

impl PartialEq for HeldModel {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && *self.whole == *other.whole
    }
}

/// The part that is read of a stored `ExplainableModel`.
#[derive(Deserialize)]
struct Explainable {
    model: Trained,
}

#[derive(Deserialize)]
struct Trained {
    id: ModelId,
    pipeline: Pipeline,
    provenance: Made,
}

#[derive(Deserialize)]
struct Pipeline {
    space: FeatureSpace,
}

#[derive(Deserialize)]
struct Made {
    target: Target,
}

impl<'de> Deserialize<'de> for HeldModel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let whole: JsValue = preserve::deserialize(deserializer)?;
        let Explainable { model } = js::from_js(whole.clone()).map_err(D::Error::custom)?;
        let Trained { id, pipeline: Pipeline { space }, provenance: Made { target } } = model;
        Ok(Self { id, space, target, whole: SendWrapper::new(whole) })
    }
}

impl Serialize for HeldModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        preserve::serialize(&*self.whole, serializer)
    }
}

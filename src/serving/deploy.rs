//! Model + name → [`Endpoint`].

use thiserror::Error;

use super::endpoint::{Build, Endpoint, EndpointId};
use crate::models::ModelId;
use crate::numerics::random::RandomState;

/// Longest name of an endpoint, characters.
pub const LONGEST_NAME: usize = 80;

/// Why a model was not deployed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DeployError {
    /// Nothing but white space.
    #[error("the endpoint has no name; allowed: 1 to {LONGEST_NAME} characters")]
    BlankName,
    /// Too long to be shown.
    #[error("the endpoint's name has {length} characters; allowed: 1 to {LONGEST_NAME}")]
    LongName {
        /// Its length, characters.
        length: usize,
    },
}

impl DeployError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BlankName => "blank_name",
            Self::LongName { .. } => "long_name",
        }
    }
}

/// Deploys a model under a name, white space around it left out. Its build counts up from the largest
/// build under the same name in `existing`; ids and access key come from `seed`.
///
/// # Errors
/// A blank name or one over 80 characters.
pub fn deploy(
    name: &str,
    model_id: ModelId,
    existing: &[Endpoint],
    now_ms: f64,
    seed: u32,
) -> Result<Endpoint, DeployError> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 {
        return Err(DeployError::BlankName);
    }
    if length > LONGEST_NAME {
        return Err(DeployError::LongName { length });
    }
    let before = existing
        .iter()
        .filter(|endpoint| endpoint.name == name)
        .map(|endpoint| endpoint.build.number)
        .max();
    let mut random = RandomState::new(seed);
    Ok(Endpoint {
        id: EndpointId(random.uuid()),
        name: name.to_owned(),
        model_id,
        build: Build { id: random.uuid(), number: before.unwrap_or(0).saturating_add(1) },
        access_key: access_key(&mut random),
        created_ms: now_ms,
    })
}

/// "ck-" and 128 random bits.
fn access_key(random: &mut RandomState) -> String {
    let [a, b, c, d] = std::array::from_fn(|_| random.next_u32());
    format!("ck-{a:08x}{b:08x}{c:08x}{d:08x}")
}

//! Registering runs, and what aliases point at.

use leptos::prelude::*;

use super::Lab;
use crate::compute::Failure;
use crate::experiments::{ModelVersion, Registry, RegistryError, Run};
use crate::web::clock;
use crate::web::storage::saved::{self, Setting};

impl Lab {
    /// Makes a run the next version of a model; its model is kept from now on. Gives the version.
    ///
    /// # Errors
    /// A name that is none, a run that is a version of it already, or a model that can't be made again.
    pub async fn register(self, run: &Run, name: &str) -> Result<u32, Failure> {
        let held = self.hold_model(&run.model_id).await?;
        let version =
            self.change_registry(|registry| registry.register(name, run, clock::now_ms()))?;
        let changes = held.and_then(|mut changes| {
            changes.extend(self.registry_to_store()?);
            Ok(changes)
        });
        self.keep(changes).await;
        Ok(version)
    }

    /// Points an alias of a model at a version, or at none.
    ///
    /// # Errors
    /// An alias that is none, or a version that is not there.
    pub async fn point_alias(
        self,
        name: &str,
        alias: &str,
        version: Option<u32>,
    ) -> Result<(), Failure> {
        self.change_registry(|registry| registry.point(name, alias, version, clock::now_ms()))?;
        self.keep(self.registry_to_store()).await;
        Ok(())
    }

    /// Keeps a person's words about a version.
    ///
    /// # Errors
    /// There is no such version.
    pub async fn note_version(self, name: &str, version: u32, note: &str) -> Result<(), Failure> {
        self.change_registry(|registry| registry.note(name, version, note))?;
        self.keep(self.registry_to_store()).await;
        Ok(())
    }

    /// Takes a version out; its run stays. Can be taken back until the notice goes.
    ///
    /// # Errors
    /// There is no such version, or an alias points at it.
    pub async fn delete_version(self, version: ModelVersion) -> Result<(), Failure> {
        let ModelVersion { name, version: number, .. } = &version;
        self.change_registry(|registry| registry.delete(name, *number))?;
        self.keep(self.registry_to_store()).await;
        let message = format!("Version {number} of {name} deleted");
        let put_back = move || {
            self.write.registry.update(|registry| registry.put_back(version));
            self.registry_to_store()
        };
        self.offer_undo(message, Box::new(put_back));
        Ok(())
    }

    /// Changes the registry, or leaves it as it was and says why.
    fn change_registry<T>(
        self,
        change: impl FnOnce(&mut Registry) -> Result<T, RegistryError>,
    ) -> Result<T, Failure> {
        let mut registry = self.state.registry.get_untracked();
        let done = change(&mut registry)?;
        self.write.registry.set(registry);
        Ok(done)
    }

    fn registry_to_store(self) -> super::Changes {
        self.state.registry.with_untracked(|registry| saved::put_json(Setting::Registry, registry))
    }
}

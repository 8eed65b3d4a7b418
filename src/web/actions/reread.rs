//! Reading a data set in another way: step by step, each to be taken back, then kept.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::data::{DatasetId, DatasetSummary, Schema};
use crate::web::client::{Request, Response};
use crate::web::state::{Reread, Task};
use crate::web::storage::saved;

impl Lab {
    /// Changes what the columns of a data set are to mean; a step that changes nothing is none.
    pub fn edit_schema(self, dataset: &DatasetSummary, edit: impl FnOnce(&mut Schema)) {
        let Some(reading) = &dataset.reading else { return };
        let before = self.state.reread.get_untracked().filter(|r| r.dataset_id == dataset.id);
        let mut reread = match before {
            Some(reread) => reread.as_ref().clone(),
            None => Reread {
                dataset_id: dataset.id.clone(),
                before: Vec::new(),
                schema: reading.schema.clone(),
            },
        };
        let last = reread.schema.clone();
        edit(&mut reread.schema);
        if reread.schema != last {
            reread.before.push(last);
            self.write.reread.set(Some(Arc::new(reread)));
        }
    }

    /// Takes the last step back.
    pub fn undo_schema(self) {
        self.write.reread.update(|reread| {
            let undone = reread.take().and_then(|reread| {
                let mut reread = reread.as_ref().clone();
                reread.schema = reread.before.pop()?;
                // back at the start there is nothing to keep
                (!reread.before.is_empty()).then(|| Arc::new(reread))
            });
            *reread = undone;
        });
    }

    /// Takes all steps back.
    pub fn discard_schema(self) {
        self.write.reread.set(None);
    }

    /// What a data set would be with these columns.
    ///
    /// # Errors
    /// When the columns don't fit together, or no row could be used.
    pub async fn describe_reread(
        self,
        dataset_id: DatasetId,
        schema: Schema,
    ) -> Result<Arc<DatasetSummary>, Failure> {
        match self.ask(Request::Reread { dataset_id, schema, keep_as: None }).await? {
            Response::Reread(summary) => Ok(Arc::from(summary)),
            _ => Err(unexpected("another reading")),
        }
    }

    /// Reads the data set as the steps say. It takes the place of the one before, unless runs were made
    /// from that: then both stay. Can be taken back until the notice goes.
    ///
    /// # Errors
    /// When the columns don't fit together, or no row could be used; then nothing changes.
    pub async fn keep_reread(self) -> Result<(), Failure> {
        let Some(reread) = self.state.reread.get_untracked() else { return Ok(()) };
        let find = |all: &Vec<Arc<DatasetSummary>>| {
            all.iter()
                .enumerate()
                .find(|(_, known)| known.id == reread.dataset_id)
                .map(|(position, known)| (position, Arc::clone(known)))
        };
        let Some((position, old)) = self.state.datasets.with_untracked(find) else { return Ok(()) };
        let stays = self.has_runs(&old.id);
        let name = if stays { self.free_name(&old.name) } else { old.name.clone() };
        let request = Request::Reread {
            dataset_id: old.id.clone(),
            schema: reread.schema.clone(),
            keep_as: Some(name),
        };
        let Response::Dataset { summary, bytes } = self.watch(Task::Read, request, |_| {}).await?
        else {
            return Err(unexpected("another reading"));
        };
        let new = Arc::new(summary);
        let failed = |error: crate::web::storage::StorageError| {
            Failure::new(error.code(), error.to_string())
        };
        let mut changes = saved::put_dataset(&new, &bytes).map_err(failed)?;
        let mut restore = saved::delete_dataset(&new.id);
        if !stays {
            let bytes = self.storage().dataset_bytes(&old.id).await.map_err(failed)?;
            restore.extend(saved::put_dataset(&old, &bytes).map_err(failed)?);
            changes.extend(saved::delete_dataset(&old.id));
        }
        let swap = move |datasets: &mut Vec<Arc<DatasetSummary>>, old: &Arc<DatasetSummary>| {
            datasets.retain(|known| known.id != new.id && (stays || known.id != old.id));
            datasets.insert(
                if stays { datasets.len() } else { position.min(datasets.len()) },
                Arc::clone(&new),
            );
            new.id.clone()
        };
        let mut new_id = None;
        self.write.datasets.update(|datasets| new_id = Some(swap(datasets, &old)));
        self.write.reread.set(None);
        self.keep(Ok(changes)).await;
        let Some(new_id) = new_id else { return Ok(()) };
        self.remember_file(&old.id, &new_id);
        self.use_dataset(new_id.clone()).await;
        let message = format!("{} is read in another way", old.name);
        let put_back = move || {
            self.write.datasets.update(|datasets| {
                datasets.retain(|known| known.id != new_id);
                if !stays {
                    datasets.insert(position.min(datasets.len()), Arc::clone(&old));
                }
            });
            self.write.reread.set(Some(Arc::clone(&reread)));
            let old_id = old.id.clone();
            self.background(async move { self.use_dataset(old_id).await });
        };
        self.offer_undo(message, restore, Box::new(put_back));
        Ok(())
    }

    fn has_runs(self, id: &DatasetId) -> bool {
        self.state
            .runs
            .with_untracked(|runs| runs.iter().any(|run| run.provenance.dataset_id == *id))
    }

    /// "customers.csv 2", the first number that no data set has.
    fn free_name(self, name: &str) -> String {
        self.state.datasets.with_untracked(|datasets| {
            let is_free = |name: &String| datasets.iter().all(|dataset| dataset.name != *name);
            let mut number = 2_u32;
            loop {
                let free = format!("{name} {number}");
                if is_free(&free) {
                    return free;
                }
                number += 1;
            }
        })
    }

    /// Calls a data set something else.
    ///
    /// # Errors
    /// When the name is empty or too long.
    pub async fn rename_dataset(self, id: DatasetId, name: String) -> Result<(), Failure> {
        let request = Request::Rename { dataset_id: id.clone(), name };
        let Response::Dataset { summary, bytes } = self.ask(request).await? else {
            return Err(unexpected("a new name"));
        };
        let renamed = Arc::new(summary);
        self.client().forget_dataset(&id);
        self.write.datasets.update(|datasets| {
            for dataset in datasets.iter_mut().filter(|dataset| dataset.id == id) {
                *dataset = Arc::clone(&renamed);
            }
        });
        self.keep(saved::put_dataset(&renamed, &bytes)).await;
        Ok(())
    }

    /// The different texts of a column of the file, the most frequent first, and how many there are.
    ///
    /// # Errors
    /// When there is no such column.
    pub async fn texts(
        self,
        dataset_id: DatasetId,
        source: u32,
    ) -> Result<(Vec<(String, u32)>, u32), Failure> {
        match self.ask(Request::Texts { dataset_id, source }).await? {
            Response::Texts { texts, distinct } => Ok((texts, distinct)),
            _ => Err(unexpected("texts")),
        }
    }

    /// A data set as a CSV file.
    ///
    /// # Errors
    /// When there is no such data set.
    pub async fn csv(self, dataset_id: DatasetId) -> Result<js_sys::Uint8Array, Failure> {
        match self.watch(Task::Keep, Request::WriteCsv { dataset_id }, |_| {}).await? {
            Response::Csv(bytes) => Ok((*bytes.0).clone()),
            _ => Err(unexpected("a CSV file")),
        }
    }
}

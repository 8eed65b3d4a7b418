//! Reading a data set in another way: step by step, each to be taken back, then kept.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::data::csv::FormatChoice;
use crate::data::{DatasetId, DatasetSummary, Schema};
use crate::web::client::{Request, Response};
use crate::web::held::HeldBytes;
use crate::web::state::{Reread, Task};
use crate::web::storage::{StorageError, saved};

impl Lab {
    /// Changes what the columns of a data set are to mean; a step that changes nothing is none.
    pub fn edit_schema(self, dataset: &DatasetSummary, edit: impl FnOnce(&mut Schema)) {
        let Some(reading) = &dataset.reading else { return };
        let before = self.steps_of(&dataset.id);
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
        if reread.schema == last {
            return;
        }
        reread.before.push(last);
        // back at the start there is nothing to keep
        let steps = (reread.schema != reading.schema).then(|| Arc::new(reread));
        self.set_steps(&dataset.id, steps);
    }

    /// Takes the last step back.
    pub fn undo_schema(self, id: &DatasetId) {
        let undone = self.steps_of(id).and_then(|reread| {
            let mut reread = reread.as_ref().clone();
            reread.schema = reread.before.pop()?;
            (!reread.before.is_empty()).then(|| Arc::new(reread))
        });
        self.set_steps(id, undone);
    }

    /// Takes all steps back.
    pub fn discard_schema(self, id: &DatasetId) {
        self.set_steps(id, None);
    }

    fn steps_of(self, id: &DatasetId) -> Option<Arc<Reread>> {
        self.state
            .rereads
            .with_untracked(|all| all.iter().find(|reread| reread.dataset_id == *id).cloned())
    }

    fn set_steps(self, id: &DatasetId, steps: Option<Arc<Reread>>) {
        self.write.rereads.update(|all| {
            all.retain(|reread| reread.dataset_id != *id);
            all.extend(steps);
        });
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
    pub async fn keep_reread(self, id: DatasetId) -> Result<(), Failure> {
        let (Some(reread), Some(old)) = (self.steps_of(&id), self.dataset(&id)) else {
            return Ok(());
        };
        let request = Request::Reread {
            dataset_id: id.clone(),
            schema: reread.schema.clone(),
            keep_as: Some(self.next_name(&old)),
        };
        let Response::Dataset { summary, bytes } = self.watch(Task::Read, request, |_| {}).await?
        else {
            return Err(unexpected("another reading"));
        };
        // steps that were made meanwhile are still to be kept
        if self.steps_of(&id).is_some_and(|now| Arc::ptr_eq(&now, &reread)) {
            self.set_steps(&id, None);
        }
        let put_back = move || self.set_steps(&id, Some(reread));
        self.read_anew(&old, Arc::new(summary), bytes, Box::new(put_back)).await
    }

    /// Cuts the file of a data set into cells in another way. The outcome takes its place, or stands
    /// beside it, as in [`keep_reread`](Self::keep_reread).
    ///
    /// # Errors
    /// What is wrong with the file when it is cut so; then nothing changes.
    pub async fn recut(
        self,
        old: Arc<DatasetSummary>,
        format: FormatChoice,
    ) -> Result<(), Failure> {
        let Some(file) = self.file_of(&old.id) else { return Ok(()) };
        let request = Request::ReadFile { name: self.next_name(&old), target: None, format };
        let answer = self.watch_with(Task::Read, request, Some(file.into()), |_| {}).await?;
        let Response::Dataset { summary, bytes } = answer else {
            return Err(unexpected("another cut"));
        };
        self.read_anew(&old, Arc::new(summary), bytes, Box::new(|| {})).await
    }

    /// Puts `new` where `old` was, or beside it where runs were made from that, and offers to take it
    /// back.
    async fn read_anew(
        self,
        old: &Arc<DatasetSummary>,
        new: Arc<DatasetSummary>,
        bytes: HeldBytes,
        put_back: Box<dyn FnOnce()>,
    ) -> Result<(), Failure> {
        if self.dataset(&new.id).is_some() {
            // it is there already, read in just this way
            self.use_dataset(new.id.clone()).await;
            return Ok(());
        }
        let failed = |error: StorageError| Failure::new(error.code(), error.to_string());
        let mut changes = saved::put_dataset(&new, &bytes).map_err(failed)?;
        let mut restore = Vec::new();
        let stays = self.has_runs(&old.id);
        if !stays {
            let bytes = self.storage().dataset_bytes(&old.id).await.map_err(failed)?;
            restore = saved::put_dataset(old, &bytes).map_err(failed)?;
            changes.extend(saved::delete_dataset(&old.id));
        }
        self.write.datasets.update(|datasets| {
            let place = datasets.iter().position(|known| known.id == old.id && !stays);
            match place.and_then(|place| datasets.get_mut(place)) {
                Some(place) => *place = Arc::clone(&new),
                None => datasets.push(Arc::clone(&new)),
            }
        });
        self.keep(Ok(changes)).await;
        self.remember_file(&old.id, &new.id);
        self.use_dataset(new.id.clone()).await;
        let message = format!("{} is read in another way", old.name);
        let old = Arc::clone(old);
        let take_back = move || {
            put_back();
            // what runs were made from meanwhile stays
            let is_used = self.has_runs(&new.id);
            self.write.datasets.update(|datasets| {
                let place = datasets.iter().position(|known| known.id == new.id);
                let place = place.unwrap_or(datasets.len());
                if !stays {
                    datasets.insert(place, Arc::clone(&old));
                }
                datasets.retain(|known| is_used || known.id != new.id);
            });
            if !is_used {
                restore.extend(saved::delete_dataset(&new.id));
            }
            self.background(self.use_dataset(old.id.clone()));
            Ok(restore)
        };
        self.offer_undo(message, Box::new(take_back));
        Ok(())
    }

    fn dataset(self, id: &DatasetId) -> Option<Arc<DatasetSummary>> {
        self.state
            .datasets
            .with_untracked(|all| all.iter().find(|dataset| dataset.id == *id).cloned())
    }

    /// What another reading of a data set is called: as the one whose place it takes, or by the next
    /// free number where both stay.
    fn next_name(self, old: &DatasetSummary) -> String {
        if self.has_runs(&old.id) { self.free_name(&old.name) } else { old.name.clone() }
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
        if self.dataset(&id).is_none() {
            // deleted meanwhile
            return Ok(());
        }
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
    pub async fn csv(self, dataset_id: DatasetId) -> Result<HeldBytes, Failure> {
        match self.watch(Task::Keep, Request::WriteCsv { dataset_id }, |_| {}).await? {
            Response::Csv(bytes) => Ok(bytes),
            _ => Err(unexpected("a CSV file")),
        }
    }
}

//! Data sets: from a file, from a URL, from the population model; using and describing them.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Blob, File};

use super::{Changes, Lab, unexpected};
use crate::compute::Failure;
use crate::data::csv::{FormatChoice, MAX_BYTES, ReadError};
use crate::data::{DatasetId, DatasetSummary, Profile, RowIssue};
use crate::exploration::{Answer, Question, Selection};
use crate::web::client::{Request, Response};
use crate::web::state::Task;
use crate::web::storage::saved::{self, Setting};

/// The files that data sets were read from: how they are cut into cells can be changed as long as the
/// page is open.
#[derive(Default)]
pub struct Files {
    kept: RefCell<Vec<(DatasetId, File)>>,
}

impl Files {
    fn keep(&self, id: DatasetId, file: File) {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|(other, _)| *other != id);
        kept.push((id, file));
    }

    fn of(&self, id: &DatasetId) -> Option<File> {
        let kept = self.kept.borrow();
        kept.iter().find(|(other, _)| other == id).map(|(_, file)| file.clone())
    }
}

/// A file's name and content.
pub struct FileBytes {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Lab {
    /// Reads a CSV file and makes it the data set in use.
    ///
    /// # Errors
    /// What is wrong with the file; the data set in use stays.
    pub async fn read_csv(
        self,
        file: FileBytes,
        target: Option<String>,
    ) -> Result<Arc<DatasetSummary>, Failure> {
        let FileBytes { name, bytes } = file;
        self.add_dataset(Request::ReadCsv { bytes, name, target }).await
    }

    /// Draws customers from the population model and makes them the data set in use.
    ///
    /// # Errors
    /// When `rows` is out of range.
    pub async fn sample(
        self,
        rows: u32,
        seed: u32,
        name: String,
    ) -> Result<Arc<DatasetSummary>, Failure> {
        self.add_dataset(Request::Sample { rows, seed, name }).await
    }

    /// The same, stored while something else is done with it.
    pub(super) async fn sample_and_keep<T>(
        self,
        rows: u32,
        seed: u32,
        name: String,
        meanwhile: impl AsyncFnOnce(DatasetId) -> T,
    ) -> Result<T, Failure> {
        let (summary, changes) = self.made(Request::Sample { rows, seed, name }, None).await?;
        let (_, done) = futures::join!(self.keep(changes), meanwhile(summary.id.clone()));
        Ok(done)
    }

    /// Fetches a CSV file of this origin and reads it.
    ///
    /// # Errors
    /// When the address is of another origin, nothing is there, or the file can't be read.
    pub async fn read_url(self, address: String) -> Result<Arc<DatasetSummary>, Failure> {
        let url = same_origin(&address)?;
        let fail = |reason: String| {
            Failure::new("fetch_failed", format!("{address} could not be fetched: {reason}"))
        };
        let response = gloo_net::http::Request::get(&url).send().await;
        let response = response.map_err(|error| fail(error.to_string()))?;
        if !response.ok() {
            return Err(fail(format!("the server answered {}", response.status())));
        }
        let bytes = response.binary().await.map_err(|error| fail(error.to_string()))?;
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        self.read_csv(FileBytes { name, bytes }, None).await
    }

    /// Reads a file where it is, piece by piece, and makes it the data set in use.
    ///
    /// # Errors
    /// What is wrong with the file; the data set in use stays.
    pub async fn read_file(
        self,
        file: File,
        format: FormatChoice,
    ) -> Result<Arc<DatasetSummary>, Failure> {
        let size = file.size();
        if size > MAX_BYTES as f64 {
            return Err(ReadError::TooLarge { bytes: size as usize, limit: MAX_BYTES }.into());
        }
        let request = Request::ReadFile { name: file.name(), target: None, format };
        self.add_dataset_of(request, Some(file)).await
    }

    /// The file a data set was read from, as long as the page is open.
    #[must_use]
    pub fn file_of(self, id: &DatasetId) -> Option<File> {
        self.inner.with_value(|inner| inner.files.of(id))
    }

    /// A data set that is read in another way comes from the same file.
    pub(super) fn remember_file(self, old: &DatasetId, new: &DatasetId) {
        if let Some(file) = self.file_of(old) {
            self.inner.with_value(|inner| inner.files.keep(new.clone(), file));
        }
    }

    async fn add_dataset(self, request: Request) -> Result<Arc<DatasetSummary>, Failure> {
        self.add_dataset_of(request, None).await
    }

    async fn add_dataset_of(
        self,
        request: Request,
        file: Option<File>,
    ) -> Result<Arc<DatasetSummary>, Failure> {
        let (summary, changes) = self.made(request, file).await?;
        self.keep(changes).await;
        Ok(summary)
    }

    /// A new data set, already in use; gives what is to be stored of it.
    async fn made(
        self,
        request: Request,
        file: Option<File>,
    ) -> Result<(Arc<DatasetSummary>, Changes), Failure> {
        let blob = file.clone().map(Blob::from);
        let answer = self.watch_with(Task::Read, request, blob, |_| {}).await?;
        let Response::Dataset { summary, bytes } = answer else {
            return Err(unexpected("reading"));
        };
        let summary = Arc::new(summary);
        if let Some(file) = file {
            self.inner.with_value(|inner| inner.files.keep(summary.id.clone(), file));
        }
        self.write.datasets.update(|datasets| {
            datasets.retain(|dataset| dataset.id != summary.id);
            datasets.push(Arc::clone(&summary));
        });
        let changes = saved::put_dataset(&summary, &bytes).and_then(|mut changes| {
            changes.extend(self.choose_dataset(&summary.id)?);
            Ok(changes)
        });
        Ok((summary, changes))
    }

    /// Makes a data set the one in use, and with it the latest model trained on it, or none.
    pub async fn use_dataset(self, id: DatasetId) {
        self.keep(self.choose_dataset(&id)).await;
    }

    /// The same; gives what is to be stored of it.
    fn choose_dataset(self, id: &DatasetId) -> Changes {
        let latest = self.latest_held(|run| run.provenance.dataset_id == *id);
        self.write.dataset_id.set(Some(id.clone()));
        let mut changes = saved::put_setting(Setting::Dataset, &id.0)?;
        match latest {
            Some(model) => changes.extend(self.choose_model(&model)?),
            None => self.write.model_id.set(None),
        }
        Ok(changes)
    }

    /// Counts, quantiles, histograms, associations.
    ///
    /// # Errors
    /// When there is no such data set.
    pub async fn profile(self, dataset_id: DatasetId) -> Result<Arc<Profile>, Failure> {
        match self.ask(Request::Profile { dataset_id }).await? {
            Response::Profile(profile) => Ok(Arc::from(profile)),
            _ => Err(unexpected("a profile")),
        }
    }

    /// Why rows of a data set were left out, the first 1,000.
    ///
    /// # Errors
    /// When there is no such data set.
    pub async fn issues(self, dataset: &DatasetSummary) -> Result<Vec<RowIssue>, Failure> {
        if dataset.n_issues as usize == dataset.issues.len() {
            return Ok(dataset.issues.clone());
        }
        match self.ask(Request::Issues { dataset_id: dataset.id.clone() }).await? {
            Response::Issues(issues) => Ok(issues),
            _ => Err(unexpected("issues")),
        }
    }

    /// Some of the rows, looked at.
    ///
    /// # Errors
    /// When there is no such data set, or what is asked does not fit it.
    pub async fn explore(
        self,
        dataset_id: DatasetId,
        selection: Selection,
        question: Question,
    ) -> Result<Arc<Answer>, Failure> {
        match self.ask(Request::Explore { dataset_id, selection, question }).await? {
            Response::Explored(answer) => Ok(Arc::from(answer)),
            _ => Err(unexpected("a look at the rows")),
        }
    }
}

fn same_origin(address: &str) -> Result<String, Failure> {
    let wrong = |reason: &str| {
        Failure::new(
            "foreign_url",
            format!("\"{address}\" can't be loaded: {reason}; allowed: an address on this site"),
        )
    };
    let window = web_sys::window().ok_or_else(|| wrong("there is no page"))?;
    let base = window.location().href().map_err(|_refused| wrong("the page has no address"))?;
    let url =
        web_sys::Url::new_with_base(address, &base).map_err(|_syntax| wrong("it is no address"))?;
    let origin = window.location().origin().map_err(|_refused| wrong("the page has no origin"))?;
    if url.origin() != origin {
        return Err(wrong("it is on another site"));
    }
    Ok(url.href())
}

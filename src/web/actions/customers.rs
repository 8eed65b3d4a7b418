//! All customers: their probabilities, their rows and their reasons.

use std::cell::{Cell, RefCell};

use futures::future::join_all;
use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{CustomersAnswer, CustomersQuestion, Failure, Progress, codec};
use crate::customers::{Clustering, Reasons, Segmentation};
use crate::data::DatasetId;
use crate::explain::LimeParams;
use crate::exploration::{RowsPart, Selection, Sort};
use crate::models::ModelId;
use crate::web::client::{Request, Response};
use crate::web::clock;
use crate::web::held::HeldBytes;
use crate::web::state::{Explained, Task, TaskState};

/// Customers explained by one request: few enough for progress, and for Cancel to be soon.
const CHUNK: usize = 100;

/// Whose customers, as whose model sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolio {
    /// The model.
    pub model_id: ModelId,
    /// The data set.
    pub dataset_id: DatasetId,
    /// Its kept rows.
    pub n_rows: u32,
    /// The model's features.
    pub n_features: usize,
    /// How they are explained.
    pub lime: LimeParams,
}

impl Portfolio {
    fn request(&self, question: CustomersQuestion) -> Request {
        let (model_id, dataset_id) = (self.model_id.clone(), self.dataset_id.clone());
        Request::Customers { model_id, dataset_id, question }
    }

    /// The kept reasons are of these customers, this model and this seed.
    #[must_use]
    pub fn is_of(&self, explained: &Explained) -> bool {
        let Explained { model_id, dataset_id, lime, .. } = explained;
        (model_id, dataset_id, lime) == (&self.model_id, &self.dataset_id, &self.lime)
    }
}

impl Lab {
    /// The probability of every customer, and the true classes where they are known.
    ///
    /// # Errors
    /// When the data set is none for the model.
    pub async fn customer_scores(
        self,
        of: Portfolio,
    ) -> Result<(Vec<f64>, Option<Vec<bool>>), Failure> {
        match self.of_customers(&of, CustomersQuestion::Scores).await? {
            CustomersAnswer::Scores { probabilities, labels } => Ok((probabilities, labels)),
            _ => Err(unexpected("the customers")),
        }
    }

    /// Some of the selected customers, and how many are selected in all.
    ///
    /// # Errors
    /// A filter that is none, or a data set that is none for the model.
    pub async fn customer_rows(
        self,
        of: Portfolio,
        selection: Selection,
        (from, count): (u32, u32),
        sort: Option<Sort>,
    ) -> Result<(u32, RowsPart), Failure> {
        let question = CustomersQuestion::Rows { selection, from, count, sort };
        match self.of_customers(&of, question).await? {
            CustomersAnswer::Rows { selected, part } => Ok((selected, part)),
            _ => Err(unexpected("the customers")),
        }
    }

    /// The customers by group.
    ///
    /// # Errors
    /// Columns that make no groups.
    pub async fn customer_segments(
        self,
        of: Portfolio,
        columns: Vec<String>,
    ) -> Result<Segmentation, Failure> {
        match self.of_customers(&of, CustomersQuestion::Segments { columns }).await? {
            CustomersAnswer::Segments(segmentation) => Ok(segmentation),
            _ => Err(unexpected("the groups")),
        }
    }

    /// The customers by their reasons, with progress. Everybody is explained.
    ///
    /// # Errors
    /// A number of groups out of range, what can't be explained, or `cancelled`.
    pub async fn customer_clusters(
        self,
        of: Portfolio,
        groups: u32,
    ) -> Result<Clustering, Failure> {
        let question = CustomersQuestion::Clusters { groups, lime: of.lime.clone() };
        let request = of.request(question);
        match read(self.watch(Task::Customers, request, |_| {}).await?)? {
            CustomersAnswer::Clusters(clustering) => Ok(clustering),
            _ => Err(unexpected("the groups")),
        }
    }

    /// The selected customers as CSV with probabilities and top reasons, with progress.
    ///
    /// # Errors
    /// A filter that is none, what can't be explained, or `cancelled`.
    pub async fn customers_csv(
        self,
        of: Portfolio,
        selection: Selection,
        sort: Option<Sort>,
    ) -> Result<String, Failure> {
        let question = CustomersQuestion::Csv { selection, sort, lime: of.lime.clone() };
        let request = of.request(question);
        match read(self.watch(Task::Customers, request, |_| {}).await?)? {
            CustomersAnswer::Csv(text) => Ok(text),
            _ => Err(unexpected("the customers' file")),
        }
    }

    /// Explains those of the rows that were not explained yet; their reasons come into the state.
    ///
    /// # Errors
    /// What can't be explained.
    pub async fn explain_rows(self, of: Portfolio, rows: Vec<u32>) -> Result<(), Failure> {
        let lacking = self.lacking(&of, rows.into_iter());
        for rows in lacking.chunks(CHUNK) {
            let question =
                CustomersQuestion::Weights { rows: rows.to_vec(), lime: of.lime.clone() };
            let answer = self.of_customers(&of, question).await?;
            self.keep_reasons(&of, rows, answer)?;
        }
        Ok(())
    }

    /// Explains all customers in the workers that are there, with progress.
    ///
    /// # Errors
    /// What can't be explained, or `cancelled`; reasons that are there stay.
    pub async fn explain_customers(self, of: Portfolio) -> Result<(), Failure> {
        let client = self.client();
        let lacking = self.lacking(&of, 0..of.n_rows);
        let total = lacking.len() as u32;
        let chunks = RefCell::new(lacking.chunks(CHUNK));
        let (done, running) = (Cell::new(0_u32), Cell::new(None));
        let since_ms = clock::now_ms();
        let failed = RefCell::new(None::<Failure>);
        let lane = || async {
            loop {
                let next = chunks.borrow_mut().next();
                let Some(rows) = next.filter(|_| failed.borrow().is_none()) else { return };
                let id = client.next_id();
                running.set(Some(id));
                let unit = "customers".to_owned();
                let progress =
                    Some(Progress { done: done.get(), total, unit, rows: 0, events: Vec::new() });
                self.set_task(Task::Customers, TaskState::Running { id, since_ms, progress });
                let lime = of.lime.clone();
                let question = CustomersQuestion::Weights { rows: rows.to_vec(), lime };
                let came = client.run(id, of.request(question), None, |_| {}).await;
                let kept =
                    came.and_then(read).and_then(|answer| self.keep_reasons(&of, rows, answer));
                match kept {
                    Ok(()) => done.set(done.get() + rows.len() as u32),
                    Err(failure) => {
                        // what another lane has in work ends soon; nothing more is begun
                        failed.borrow_mut().get_or_insert(failure);
                        return;
                    }
                }
            }
        };
        join_all((0..client.lanes()).map(|_| lane())).await;
        if let Some(id) = running.get() {
            self.settle(Task::Customers, id);
        }
        failed.into_inner().map_or(Ok(()), Err)
    }

    async fn of_customers(
        self,
        of: &Portfolio,
        question: CustomersQuestion,
    ) -> Result<CustomersAnswer, Failure> {
        read(self.ask(of.request(question)).await?)
    }

    /// Those of the rows that were not explained yet. What is kept of others is forgotten.
    fn lacking(self, of: &Portfolio, rows: impl Iterator<Item = u32>) -> Vec<u32> {
        let is_known = self
            .state
            .explained
            .with_untracked(|known| known.as_ref().is_some_and(|known| of.is_of(known)));
        if !is_known {
            self.write.explained.set(Some(Explained {
                model_id: of.model_id.clone(),
                dataset_id: of.dataset_id.clone(),
                lime: of.lime.clone(),
                reasons: Reasons::new(of.n_rows as usize, of.n_features),
            }));
        }
        self.state.explained.with_untracked(|known| {
            known.as_ref().map(|known| known.reasons.lacking(rows)).unwrap_or_default()
        })
    }

    fn keep_reasons(
        self,
        of: &Portfolio,
        rows: &[u32],
        answer: CustomersAnswer,
    ) -> Result<(), Failure> {
        let CustomersAnswer::Weights(weights) = answer else {
            return Err(unexpected("the reasons"));
        };
        let fits = |known: &Option<Explained>| known.as_ref().is_some_and(|known| of.is_of(known));
        // of another model or seed by now
        if !self.state.explained.with_untracked(fits) {
            return Err(Failure::new("cancelled", "other customers are explained by now"));
        }
        self.write.explained.update(|known| {
            if let Some(known) = known {
                known.reasons.put(rows, &weights);
            }
        });
        Ok(())
    }
}

fn read(response: Response) -> Result<CustomersAnswer, Failure> {
    let Response::Customers(bytes) = response else { return Err(unexpected("the customers")) };
    let bytes: Option<Vec<u8>> = HeldBytes::read(&bytes);
    let answer = bytes.ok_or_else(|| unexpected("the customers"))?;
    codec::decode(&answer).map_err(|error| Failure::new("protocol", error.reason))
}

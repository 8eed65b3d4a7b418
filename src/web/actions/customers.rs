//! All customers: their probabilities, their rows and their reasons.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use futures::future::join_all;
use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{CustomersAnswer, CustomersQuestion, Failure, Progress, codec};
use crate::customers::{Clustering, Order, Reasons, Segmentation};
use crate::data::DatasetId;
use crate::explain::LimeParams;
use crate::exploration::{RowsPart, Selection};
use crate::models::ModelId;
use crate::web::client::{Request, Response};
use crate::web::clock;
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
    pub features: Arc<Vec<String>>,
    /// How they are explained.
    pub lime: LimeParams,
}

/// Which customers are asked for, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskedCustomers {
    /// Which ones.
    pub selection: Selection,
    /// Of them only those in a group by reasons.
    pub group: Option<OfGroup>,
    /// The order; `None`: that of the file.
    pub order: Option<Order>,
}

/// A group by reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfGroup {
    /// Its place, from 0.
    pub group: u32,
    /// Of how many groups that were asked for.
    pub groups: u32,
}

impl Portfolio {
    fn request(&self, question: &CustomersQuestion) -> Result<Request, Failure> {
        let (model_id, dataset_id) = (self.model_id.clone(), self.dataset_id.clone());
        let question = codec::encode(question);
        let question = question.map_err(|error| Failure::new("protocol", error.reason))?;
        Ok(Request::Customers { model_id, dataset_id, question })
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

    /// The customers asked for, in their order, as kept row numbers. Explains, with progress, those who must
    /// be for it: by a weight all that are asked for, for a group everybody.
    ///
    /// # Errors
    /// A filter or an order that is none, what can't be explained, or `cancelled`.
    pub async fn customer_places(
        self,
        of: Portfolio,
        asked: AskedCustomers,
    ) -> Result<Vec<u32>, Failure> {
        let AskedCustomers { selection, group, order } = asked;
        let (sort, weight) = match order {
            Some(Order::Column(sort)) => (Some(sort), None),
            Some(Order::Weight { feature, descending }) => (None, Some((feature, descending))),
            None => (None, None),
        };
        let mut places = self.places(&of, CustomersQuestion::Places { selection, sort }).await?;
        if let Some(OfGroup { group, groups }) = group {
            let clustering = self.customer_clusters(of.clone(), groups).await?;
            places = clustering.among(&places, group);
        }
        let Some((feature, descending)) = weight else { return Ok(places) };
        self.explain_customers(of.clone(), places.clone()).await?;
        let feature = of.features.iter().position(|name| *name == feature).unwrap_or(usize::MAX);
        let weights = self.reasons_of(&of, |reasons| reasons.of_feature(&places, feature))?;
        self.places(&of, CustomersQuestion::ByWeight { rows: places, weights, descending }).await
    }

    async fn places(
        self,
        of: &Portfolio,
        question: CustomersQuestion,
    ) -> Result<Vec<u32>, Failure> {
        match self.of_customers(of, question).await? {
            CustomersAnswer::Places(places) => Ok(places),
            _ => Err(unexpected("the customers")),
        }
    }

    /// What stands in the rows of customers.
    ///
    /// # Errors
    /// Too many rows, or a data set that is none for the model.
    pub async fn customer_rows(self, of: Portfolio, rows: Vec<u32>) -> Result<RowsPart, Failure> {
        match self.of_customers(&of, CustomersQuestion::Rows { rows }).await? {
            CustomersAnswer::Rows(part) => Ok(part),
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
    ) -> Result<Arc<Clustering>, Failure> {
        let known = self.state.explained.with_untracked(|known| {
            known.as_ref().filter(|known| of.is_of(known))?.groups.get(&groups).cloned()
        });
        if let Some(known) = known {
            return Ok(known);
        }
        self.explain_customers(of.clone(), (0..of.n_rows).collect()).await?;
        let weights = self.reasons_of(&of, |reasons| reasons.all().to_vec())?;
        let question = CustomersQuestion::Clusters { groups, seed: of.lime.seed, weights };
        let request = of.request(&question)?;
        let CustomersAnswer::Clusters(clustering) =
            read(self.watch(Task::Customers, request, |_| {}).await?).await?
        else {
            return Err(unexpected("the groups"));
        };
        let clustering = Arc::new(clustering);
        self.write.explained.update(|known| {
            if let Some(known) = known.as_mut().filter(|known| of.is_of(known)) {
                known.groups.insert(groups, Arc::clone(&clustering));
            }
        });
        Ok(clustering)
    }

    /// Customers as CSV with probabilities and top reasons, with progress.
    ///
    /// # Errors
    /// What can't be explained, or `cancelled`.
    pub async fn customers_csv(self, of: Portfolio, rows: Vec<u32>) -> Result<String, Failure> {
        let question = CustomersQuestion::Csv { rows, lime: of.lime.clone() };
        let request = of.request(&question)?;
        match read(self.watch(Task::Customers, request, |_| {}).await?).await? {
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

    /// Explains those of the rows that were not explained yet, in the workers that are there, with progress.
    /// One call waits for another, so that no customer is explained twice.
    ///
    /// # Errors
    /// What can't be explained, or `cancelled`; reasons that are there stay.
    pub async fn explain_customers(self, of: Portfolio, rows: Vec<u32>) -> Result<(), Failure> {
        let turns = self.inner.with_value(|inner| Rc::clone(&inner.explaining));
        let turn = turns.lock().await;
        let client = self.client();
        let lacking = self.lacking(&of, rows.into_iter());
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
                let work = async {
                    let request = of.request(&question)?;
                    let answer = read(client.run(id, request, None, |_| {}).await?).await?;
                    self.keep_reasons(&of, rows, answer)
                };
                match work.await {
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
        drop(turn);
        failed.into_inner().map_or(Ok(()), Err)
    }

    /// The weights of every feature for some customers, a list each. Explains them, with progress.
    ///
    /// # Errors
    /// What can't be explained, or `cancelled`.
    pub async fn customer_weights(
        self,
        of: Portfolio,
        rows: Vec<u32>,
    ) -> Result<Vec<Vec<f32>>, Failure> {
        self.explain_customers(of.clone(), rows.clone()).await?;
        let weights = |row: &u32, reasons: &Reasons| reasons.of_row(*row).map(<[f32]>::to_vec);
        let all = self.reasons_of(&of, |reasons| {
            rows.iter().map(|row| weights(row, reasons)).collect::<Option<Vec<_>>>()
        })?;
        all.ok_or_else(others)
    }

    /// Of the reasons that are kept of these customers.
    fn reasons_of<T>(self, of: &Portfolio, take: impl FnOnce(&Reasons) -> T) -> Result<T, Failure> {
        let taken = self.state.explained.with_untracked(|known| {
            known.as_ref().filter(|known| of.is_of(known)).map(|known| take(&known.reasons))
        });
        taken.ok_or_else(others)
    }

    async fn of_customers(
        self,
        of: &Portfolio,
        question: CustomersQuestion,
    ) -> Result<CustomersAnswer, Failure> {
        read(self.ask(of.request(&question)?).await?).await
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
                reasons: Reasons::new(of.n_rows as usize, of.features.len()),
                groups: BTreeMap::new(),
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
        if !self.state.explained.with_untracked(fits) {
            return Err(others());
        }
        self.write.explained.update(|known| {
            if let Some(known) = known {
                known.reasons.put(rows, &weights);
            }
        });
        Ok(())
    }
}

/// Of another model or seed by now.
fn others() -> Failure {
    Failure::new("cancelled", "other customers are explained by now")
}

async fn read(response: Response) -> Result<CustomersAnswer, Failure> {
    let Response::Customers(bytes) = response else { return Err(unexpected("the customers")) };
    let bytes = bytes.take().await.map_err(|_unreadable| unexpected("the customers"))?;
    codec::decode(&bytes).map_err(|error| Failure::new("protocol", error.reason))
}

//! A grid of settings, tried out by all workers side by side.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Changes, Lab, unexpected};
use crate::compute::{Failure, Progress, RequestId};
use crate::data::DatasetId;
use crate::experiments::queue::Way;
use crate::experiments::{Grid, GridId, Queue, Run};
use crate::models::{ModelId, ModelParams, RunId};
use crate::web::client::{Request, Response};
use crate::web::state::{GridState, RunningTry};
use crate::web::storage::saved::{self, Setting};

impl Lab {
    /// Tries every combination of a grid; each gives a run, whose model is made again when it is used.
    /// Ends when all are done; what ends meanwhile is in the state.
    ///
    /// # Errors
    /// A grid that can't be run, or one that is at work; `cancelled`.
    pub async fn run_grid(
        self,
        dataset_id: DatasetId,
        grid: &Grid,
        way: Way,
    ) -> Result<Vec<Arc<Run>>, Failure> {
        let at_work = |grid: &GridState| !grid.queue.is_done();
        if self.state.grid.with_untracked(|grid| grid.as_ref().is_some_and(at_work)) {
            let message = "another grid is at work; wait for it, or cancel it";
            return Err(Failure::new("grid_at_work", message));
        }
        let candidates = grid.candidates()?;
        let id = GridId(self.new_id("grid"));
        let queue = Queue::new(id.clone(), dataset_id, candidates, way);
        self.write.grid.set(Some(GridState::new(queue)));
        self.work_on_grid(id.clone()).await;
        let is_it = |grid: &Option<GridState>| grid.as_ref().is_some_and(|g| g.queue.id == id);
        if !self.state.grid.with_untracked(is_it) {
            return Err(Failure::new("cancelled", "cancelled"));
        }
        let of_grid = |run: &&Arc<Run>| run.grid.as_ref() == Some(&id);
        Ok(self.state.runs.with_untracked(|runs| runs.iter().filter(of_grid).cloned().collect()))
    }

    /// Begins nothing new until it is resumed; what is being fitted is fitted to its end.
    pub fn pause_grid(self) {
        self.write.grid.update(|grid| {
            if let Some(grid) = grid {
                grid.queue.pause();
            }
        });
        self.background(async move { self.keep(self.grid_to_store()).await });
    }

    /// Goes on with a grid that was paused, or interrupted by a reload.
    pub fn resume_grid(self) {
        let mut id = None;
        self.write.grid.update(|grid| {
            if let Some(grid) = grid {
                grid.queue.resume();
                *grid = GridState {
                    running: grid.running.clone(),
                    ..GridState::new(grid.queue.clone())
                };
                id = Some(grid.queue.id.clone());
            }
        });
        if let Some(id) = id {
            self.background(self.work_on_grid(id));
        }
    }

    /// Ends a grid; its runs stay.
    pub fn cancel_grid(self) {
        let Some(grid) = self.state.grid.get_untracked() else { return };
        self.write.grid.set(None);
        grid.running.iter().for_each(|running| self.client().cancel(running.request));
        self.background(async move { self.keep(self.grid_to_store()).await });
    }

    /// Works on a grid with every worker until nothing is left to begin. What was begun before a pause
    /// has its lane still.
    async fn work_on_grid(self, id: GridId) {
        let busy =
            self.state.grid.with_untracked(|grid| grid.as_ref().map_or(0, |g| g.running.len()));
        let lanes = (busy..self.client().lanes()).map(|_| self.lane(id.clone()));
        futures::future::join_all(lanes).await;
    }

    /// One worker's share: candidate after candidate.
    async fn lane(self, id: GridId) {
        while let Some((request_id, params, request)) = self.begin_try(&id) {
            let tell = {
                let id = id.clone();
                move |progress: Progress| self.tell_try(&id, request_id, progress)
            };
            let answer = self.client().run(request_id, request, None, tell).await;
            let run = match answer {
                Ok(Response::Tried(run)) => Ok(Arc::new(*run)),
                Ok(_) => Err(unexpected("a try")),
                Err(failure) => Err(failure),
            };
            if !self.end_try(&id, request_id, &params, run).await {
                return;
            }
        }
    }

    /// The next candidate of the grid, if that is still at work.
    fn begin_try(self, id: &GridId) -> Option<(RequestId, ModelParams, Request)> {
        let mut begun = None;
        let request_id = self.client().next_id();
        self.write.grid.update(|grid| {
            let Some(grid) = grid.as_mut().filter(|grid| grid.queue.id == *id) else { return };
            let Some(params) = grid.queue.begin() else { return };
            let run_number = self.next_run_number();
            grid.running.push(RunningTry { request: request_id, run_number, progress: None });
            let request = Request::Try {
                dataset_id: grid.queue.dataset_id.clone(),
                params: params.clone(),
                split: grid.queue.split.clone(),
                rule: grid.queue.rule,
                validation: grid.queue.validation,
                run_id: RunId(self.new_id("run")),
                run_number,
                model_id: ModelId(self.new_id("model")),
                grid: Some(id.clone()),
            };
            begun = Some((request_id, params, request));
        });
        begun
    }

    fn tell_try(self, id: &GridId, request_id: RequestId, progress: Progress) {
        self.write.grid.update(|grid| {
            let Some(grid) = grid.as_mut().filter(|grid| grid.queue.id == *id) else { return };
            if let Some(of) = grid.running.iter_mut().find(|of| of.request == request_id) {
                of.progress = Some(progress);
            }
        });
    }

    /// Keeps a run, or why there is none; false when the grid has been cancelled meanwhile.
    async fn end_try(
        self,
        id: &GridId,
        request_id: RequestId,
        params: &ModelParams,
        run: Result<Arc<Run>, Failure>,
    ) -> bool {
        let is_it = |grid: &Option<GridState>| grid.as_ref().is_some_and(|g| g.queue.id == *id);
        if !self.state.grid.with_untracked(is_it) {
            return false;
        }
        if let Ok(run) = &run {
            self.add_run(Arc::clone(run));
        }
        self.write.grid.update(|grid| {
            let Some(grid) = grid else { return };
            grid.running.retain(|running| running.request != request_id);
            let result = run.as_ref().map(|_| ()).map_err(|failure| failure.message.clone());
            grid.queue.end(params, result);
        });
        // a run and what is left to do are stored together, so that a reload loses and repeats none
        let changes = self.grid_to_store().and_then(|mut changes| {
            if let Ok(run) = &run {
                changes.push(saved::put_try(run)?);
            }
            Ok(changes)
        });
        self.keep(changes).await;
        true
    }

    /// What is left of the grid, as a reload finds it; nothing when it is done.
    fn grid_to_store(self) -> Changes {
        let left = self.state.grid.with_untracked(|grid| {
            let left =
                grid.as_ref().map(|grid| grid.queue.clone()).filter(|queue| !queue.is_done());
            left.map(Queue::interrupted)
        });
        match left {
            Some(left) => saved::put_json(Setting::Grid, &left),
            None => saved::put_setting(Setting::Grid, ""),
        }
    }
}

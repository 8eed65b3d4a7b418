//! Looking closely at runs.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::experiments::{Comparison, Judgement, JudgementParams, LearningPoint, Run};
use crate::web::client::{Request, Response};
use crate::web::state::{Judged, Learned, Task};

/// Shares of the training rows that a learning curve is fitted on; the run itself is its end.
pub const SHARES: [f64; 5] = [0.1, 0.2, 0.4, 0.6, 0.8];

impl Lab {
    /// Looks closely at the test rows of a run; the last answer is kept.
    ///
    /// # Errors
    /// What can't be judged, or `cancelled`.
    pub async fn judge(
        self,
        run: Arc<Run>,
        params: JudgementParams,
    ) -> Result<Arc<Judgement>, Failure> {
        let is_it = |known: &&Judged| known.run_id == run.id && known.params == params;
        let known = self.state.judged.with_untracked(|known| {
            known.as_ref().filter(is_it).map(|known| Arc::clone(&known.judgement))
        });
        if let Some(judgement) = known {
            return Ok(judgement);
        }
        let made = &run.provenance;
        let request = Request::Judge {
            dataset_id: made.dataset_id.clone(),
            params: made.params.clone(),
            split: made.split.clone(),
            threshold: run.threshold(),
            judgement: params.clone(),
        };
        let Response::Judged(judgement) = self.watch(Task::Judge, request, |_| {}).await? else {
            return Err(unexpected("a judgement"));
        };
        let judgement: Arc<Judgement> = Arc::from(judgement);
        let kept = Judged { run_id: run.id.clone(), params, judgement: Arc::clone(&judgement) };
        self.write.judged.set(Some(kept));
        Ok(judgement)
    }

    /// Fits a run's model on growing shares of its training rows. `seed` decides which rows. Points come into the
    /// state one by one; what is there of this run already is not made again.
    ///
    /// # Errors
    /// What is wrong with a fit, or `cancelled`; points that are there stay.
    pub async fn learn(self, run: Arc<Run>, seed: u32) -> Result<(), Failure> {
        let is_it = |known: &Option<Learned>| {
            known.as_ref().is_some_and(|known| known.run_id == run.id && known.seed == seed)
        };
        if !self.state.learned.with_untracked(is_it) {
            self.write.learned.set(Some(Learned {
                run_id: run.id.clone(),
                seed,
                points: Vec::new(),
            }));
        }
        let made = &run.provenance;
        for share in SHARES {
            let known = |known: &Option<Learned>| {
                let points = known.iter().flat_map(|known| &known.points);
                points.map(|point| point.share).any(|known| known.total_cmp(&share).is_eq())
            };
            if self.state.learned.with_untracked(known) {
                continue;
            }
            let request = Request::Learn {
                dataset_id: made.dataset_id.clone(),
                params: made.params.clone(),
                split: made.split.clone(),
                threshold: run.threshold(),
                share,
                seed,
            };
            let Response::Learned(point) = self.watch(Task::Learn, request, |_| {}).await? else {
                return Err(unexpected("a learning point"));
            };
            if !self.state.learned.with_untracked(is_it) {
                // another run is looked at
                return Ok(());
            }
            self.add_learned(*point);
        }
        Ok(())
    }

    fn add_learned(self, point: LearningPoint) {
        self.write.learned.update(|learned| {
            if let Some(learned) = learned {
                learned.points.push(point);
            }
        });
    }

    /// Sets two runs of the same rows against each other.
    ///
    /// # Errors
    /// What can't be compared, or `cancelled`.
    pub async fn compare(
        self,
        first: Arc<Run>,
        second: Arc<Run>,
    ) -> Result<Arc<Comparison>, Failure> {
        let made = &first.provenance;
        let request = Request::Compare {
            dataset_id: made.dataset_id.clone(),
            split: made.split.clone(),
            first: made.params.clone(),
            second: second.provenance.params.clone(),
            thresholds: [first.threshold(), second.threshold()],
        };
        match self.watch(Task::Judge, request, |_| {}).await? {
            Response::Compared(comparison) => Ok(Arc::from(comparison)),
            _ => Err(unexpected("a comparison")),
        }
    }
}

//! Looking at a fit step by step.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::experiments::{Boundary, BoundaryParams, Run, Steps, StepsParams};
use crate::web::client::{Request, Response};
use crate::web::state::{Stepped, Task};

impl Lab {
    /// Fits a run's model again and looks at its steps; the last answer is kept.
    ///
    /// # Errors
    /// What is wrong with a fit, a family without steps, or `cancelled`.
    pub async fn steps(self, run: Arc<Run>) -> Result<Arc<Steps>, Failure> {
        let known = self.state.stepped.with_untracked(|known| {
            let is_it = |known: &&Stepped| known.run_id == run.id;
            known.as_ref().filter(is_it).map(|known| Arc::clone(&known.steps))
        });
        if let Some(steps) = known {
            return Ok(steps);
        }
        let made = &run.provenance;
        let request = Request::Steps {
            dataset_id: made.dataset_id.clone(),
            params: made.params.clone(),
            split: made.split.clone(),
            steps: StepsParams::default(),
        };
        let Response::Stepped(steps) = self.watch(Task::Steps, request, |_| {}).await? else {
            return Err(unexpected("a fit step by step"));
        };
        let steps: Arc<Steps> = Arc::from(steps);
        self.write.stepped.set(Some(Stepped { run_id: run.id.clone(), steps: Arc::clone(&steps) }));
        Ok(steps)
    }

    /// What a run's fit says over two features after some of its steps.
    ///
    /// # Errors
    /// What is wrong with a fit, or a side that is no feature.
    pub async fn boundary(
        self,
        run: Arc<Run>,
        boundary: BoundaryParams,
    ) -> Result<Arc<Boundary>, Failure> {
        let made = &run.provenance;
        let request = Request::Boundary {
            dataset_id: made.dataset_id.clone(),
            params: made.params.clone(),
            split: made.split.clone(),
            boundary,
        };
        match self.ask(request).await? {
            Response::Boundary(boundary) => Ok(Arc::from(boundary)),
            _ => Err(unexpected("a picture of the boundary")),
        }
    }
}

//! Requests that look at a fit step by step.

use super::models::counted;
use super::{Session, dataset};
use crate::compute::later::Origin;
use crate::compute::protocol::{Failure, Progress, Response};
use crate::experiments::steps::steps;
use crate::experiments::{BoundaryParams, Frames, StepsParams};

/// The fit that was looked at last: who goes through its steps asks for one picture after the other.
#[derive(Default)]
pub(super) struct LastStepped(Option<(Origin, Frames)>);

impl LastStepped {
    /// Forgets it: rows of the same name may be others than those before.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }
}

impl Session {
    pub(super) fn steps(
        &mut self,
        of: Origin,
        params: &StepsParams,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, &of.dataset_id)?;
        let mut tell = |done, total| progress(counted(done, total, "iterations"));
        let (steps, frames) = steps(dataset, &of.params, &of.split, params, &mut tell)?;
        self.stepped = LastStepped(Some((of, frames)));
        Ok(Response::Stepped(Box::new(steps)))
    }

    pub(super) fn boundary(
        &mut self,
        of: Origin,
        params: &BoundaryParams,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, &of.dataset_id)?;
        let mut tell = |done, total| progress(counted(done, total, "iterations"));
        let mut frames = match self.stepped.0.take() {
            Some((known, frames)) if known == of => frames,
            _ => Frames::begin(dataset, &of.split)?,
        };
        let boundary = frames.boundary(dataset, &of.params, params, &mut tell);
        // what is refused now may be allowed next
        self.stepped = LastStepped(Some((of, frames)));
        Ok(Response::Boundary(Box::new(boundary?)))
    }
}

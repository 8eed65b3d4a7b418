//! Requests that look closely at runs.

use std::rc::Rc;

use super::models::counted;
use super::{Session, dataset};
use crate::compute::later::Origin;
use crate::compute::protocol::{Failure, Progress, Response};
use crate::experiments::JudgementParams;
use crate::experiments::judgement::{LearningPart, TestPart, learning_point};

/// The test parts of the last runs that were looked at, the latest first: what is asked next is mostly
/// asked of the same ones.
#[derive(Default)]
pub(super) struct TestParts(Vec<(Origin, Rc<TestPart>)>);

/// Two runs are compared; more need not be kept.
const MOST_KEPT: usize = 2;

impl TestParts {
    /// The kept one, or that made now.
    fn get(
        &mut self,
        of: Origin,
        make: impl FnOnce(&Origin) -> Result<TestPart, Failure>,
    ) -> Result<Rc<TestPart>, Failure> {
        let part = match self.0.iter().position(|(other, _)| *other == of) {
            Some(place) => self.0.remove(place).1,
            None => Rc::new(make(&of)?),
        };
        self.0.insert(0, (of, Rc::clone(&part)));
        self.0.truncate(MOST_KEPT);
        Ok(part)
    }

    /// Forgets them: rows of the same name may be others than those before.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Session {
    pub(super) fn judge(
        &mut self,
        of: Origin,
        params: &JudgementParams,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let part = self.test_part(of.clone(), progress)?;
        let dataset = dataset(&self.datasets, &of.dataset_id)?;
        Ok(Response::Judged(Box::new(part.judge(dataset, params)?)))
    }

    pub(super) fn compare(
        &mut self,
        first: Origin,
        second: Origin,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let first = self.test_part(first, progress)?;
        let second = self.test_part(second, progress)?;
        Ok(Response::Compared(Box::new(first.compare(&second)?)))
    }

    pub(super) fn learn(
        &self,
        of: &Origin,
        part: LearningPart,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let dataset = dataset(&self.datasets, &of.dataset_id)?;
        let mut tell = |done, total| progress(counted(done, total, "iterations"));
        let point = learning_point(dataset, &of.params, &of.split, of.threshold, part, &mut tell)?;
        Ok(Response::Learned(Box::new(point)))
    }

    fn test_part(
        &mut self,
        of: Origin,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Rc<TestPart>, Failure> {
        let dataset = dataset(&self.datasets, &of.dataset_id)?;
        let mut tell = |done, total| progress(counted(done, total, "iterations"));
        let make = |of: &Origin| {
            Ok(TestPart::of(dataset, &of.params, &of.split, of.threshold, &mut tell)?)
        };
        self.test_parts.get(of, make)
    }
}

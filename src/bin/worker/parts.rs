//! Where the worker's code is cut: what a first visit asks for comes with the worker, the rest in files
//! of their own when it is first asked for.

use std::cell::RefCell;

use churn_lab::compute::later::{AboutRecord, Customers, Figures, Training, Whole};
use churn_lab::compute::{Failure, Later, Progress, Response, Session};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use wasm_split_helpers::wasm_split;

/// Fetches the code for it, unless it is there, and does it.
pub fn do_later<'a>(
    session: &'a RefCell<Session>,
    work: Later,
    progress: &'a mut dyn FnMut(Progress),
) -> LocalBoxFuture<'a, Result<Response, Failure>> {
    match work {
        Later::Training(work) => train(session, work, progress).boxed_local(),
        Later::Figures(work) => figure(session, work).boxed_local(),
        Later::Customers(work) => customers(session, work, progress).boxed_local(),
        Later::AboutRecord(work) => trust(session, work, progress).boxed_local(),
        Later::Whole(work) => whole(session, work, progress).boxed_local(),
    }
}

#[wasm_split(training, fallible)]
fn train(
    session: &RefCell<Session>,
    work: Training,
    progress: &mut dyn FnMut(Progress),
) -> Result<Response, Failure> {
    session.borrow_mut().train(work, progress)
}

#[wasm_split(trust, fallible)]
fn trust(
    session: &RefCell<Session>,
    work: AboutRecord,
    progress: &mut dyn FnMut(Progress),
) -> Result<Response, Failure> {
    session.borrow_mut().about_record(work, progress)
}

#[wasm_split(whole, fallible)]
fn whole(
    session: &RefCell<Session>,
    work: Whole,
    progress: &mut dyn FnMut(Progress),
) -> Result<Response, Failure> {
    session.borrow_mut().whole(work, progress)
}

#[wasm_split(figures, fallible)]
fn customers(
    session: &RefCell<Session>,
    work: Customers,
    progress: &mut dyn FnMut(Progress),
) -> Result<Response, Failure> {
    session.borrow_mut().customers(work, progress)
}

#[wasm_split(figures, fallible)]
fn figure(session: &RefCell<Session>, work: Figures) -> Result<Response, Failure> {
    session.borrow_mut().figure(work)
}

//! What more customers to learn from would bring.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::{how, number_field, says, seed_field};
use super::{Looked, address, ask_first};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Tone};
use crate::evaluation::Scores;
use crate::experiments::Run;
use crate::web::actions::SHARES;
use crate::web::app::use_lab;
use crate::web::components::chart::Chart;
use crate::web::components::segmented::Segmented;
use crate::web::components::task_bar::TaskBar;
use crate::web::state::{Learned, Task};
use crate::web::text::judge as text;
use crate::web::text::names::small;

/// A point of both curves.
#[derive(Clone, Copy, PartialEq)]
struct Learnt {
    n: u32,
    train: Option<f64>,
    test: Option<f64>,
}

/// The curve, which comes in point by point.
pub fn learning(page: Looked) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let run = page.run.get_value();
    let seed = Memo::new(move |_| address::seed(query));
    let go_on = {
        let run = Arc::clone(&run);
        move || lab.show(Task::Learn, lab.learn(Arc::clone(&run), seed.get_untracked()))
    };
    let begin = go_on.clone();
    Effect::new(move |begun: Option<Option<u32>>| {
        let wanted = page.may_fit.get().then(|| seed.get());
        if wanted.is_some() && begun.flatten() != wanted {
            lab.cancel(Task::Learn);
            begin();
        }
        wanted
    });
    on_cleanup(move || lab.cancel(Task::Learn));
    let by_area = Memo::new(move |_| query.get(address::SCORE).as_deref() == Some(AREA));
    let id = run.id.clone();
    let known = Memo::new(move |_| {
        lab.state.learned.with(|learned| {
            let is_it = |learned: &&Learned| learned.run_id == id && learned.seed == seed.get();
            let learned = learned.iter().filter(is_it);
            learned.flat_map(|learned| learned.points.clone()).collect::<Vec<_>>()
        })
    });
    let points = Memo::new(move |_| {
        let score = if by_area.get() { area } else { accuracy };
        let learnt =
            |n, train: &Scores, test: &Scores| Learnt { n, train: score(train), test: score(test) };
        let mut points = known.with(|known| {
            known.iter().map(|p| learnt(p.n_train, &p.train, &p.test)).collect::<Vec<Learnt>>()
        });
        points.push(page.run.with_value(|run| of_run(run, &learnt)));
        points
    });
    let name = move || if by_area.get() { text::SCORE_AUC } else { text::SCORE_ACCURACY };
    let spec = Signal::derive(move || points.with(|points| spec(name(), points)));
    let said = move || points.with(|points| sentence(name(), points));
    let left = Memo::new(move |_| {
        known.with(Vec::len) < SHARES.len()
            && page.may_fit.get()
            && !lab.state.task(Task::Learn).is_running()
    });
    let value = Signal::derive(move || name().to_owned());
    let choose = move |chosen: String| {
        let key = if chosen == text::SCORE_AUC { AREA } else { ACCURACY };
        query.set(&[(address::SCORE, Some(key.to_owned()))]);
    };
    view! {
        {says(said)}
        {ask_first(page)}
        <TaskBar task=Task::Learn />
        {move || left.get().then(|| {
            let go_on = go_on.clone();
            view! { <button on:click=move |_| go_on()>{text::GO_ON}</button> }
        })}
        <div data-testid="judge-learned" data-value=move || points.with(Vec::len).to_string()>
            <Chart spec />
        </div>
        <div class="row ends">
            <Segmented
                label=text::SCORE
                options=vec![text::SCORE_ACCURACY.to_owned(), text::SCORE_AUC.to_owned()]
                value
                on_change=choose
            />
            {number_field(query, seed_field())}
        </div>
        {how(|| text::LEARNING_HOW.to_owned())}
    }
    .into_any()
}

/// Names of the scores in the address.
const AREA: &str = "auc";
const ACCURACY: &str = "accuracy";

fn area(scores: &Scores) -> Option<f64> {
    scores.roc_auc
}

fn accuracy(scores: &Scores) -> Option<f64> {
    Some(scores.accuracy)
}

fn of_run(run: &Run, learnt: &dyn Fn(u32, &Scores, &Scores) -> Learnt) -> Learnt {
    learnt(run.provenance.n_train, &run.evaluation.train, &run.evaluation.test)
}

fn sentence(name: &str, points: &[Learnt]) -> Option<String> {
    let [first, .., last] = points else { return None };
    let count = |at: &Learnt| format::count(u64::from(at.n));
    let [from, to, train] = [first.test?, last.test?, last.train?].map(format::score);
    let name = small(name);
    Some(text::grew(&name, [&count(first), &from], [&count(last), &to], &train))
}

fn spec(name: &str, points: &[Learnt]) -> ChartSpec {
    let of = |score: fn(&Learnt) -> Option<f64>| {
        let at = |p: &Learnt| Some(Point { x: f64::from(p.n), y: score(p)? });
        points.iter().filter_map(at).collect()
    };
    let series = |name: &str, tone, points| LineSeries {
        name: name.to_owned(),
        tone,
        style: LineStyle::LineAndPoints,
        points,
        ..LineSeries::default()
    };
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(
            text::LEARNING_CURVE,
            Axis::new(text::LEARNED_FROM, ""),
            Axis::formatted(name, NumberFormat::Score),
        ),
        series: vec![
            series(text::ON_TEST, Tone::Accent, of(|p| p.test)),
            series(text::ON_TRAIN, Tone::Category(1), of(|p| p.train)),
        ],
        ..LineSpec::default()
    })
}

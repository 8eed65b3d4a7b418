//! Runs beside each other: pictures, then what differs, and what is the same folded away.

mod bars;
mod boxes;
mod choices;
mod differences;
mod lines;
mod map;
mod parallel;
mod roc;
mod scatter;
mod values;

use std::sync::Arc;

use leptos::prelude::*;

use super::run_cells::Cells;
use crate::charts::{BarSpec, ChartSpec};
use crate::web::app::use_lab_query;
use crate::web::components::card::Card;
use crate::web::components::chart::Chart;
use crate::web::components::tabs::Tabs;
use crate::web::query::Query;
use crate::web::text::compare as words;
use crate::web::text::train as text;
use differences::Compared;

/// Key of the address: which picture.
const CHART: &str = "compare.chart";

/// The pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picture {
    Bars,
    Parallel,
    Scatter,
    Map,
    Box,
    Line,
    Roc,
}

impl Picture {
    const ALL: [Self; 7] =
        [Self::Bars, Self::Parallel, Self::Scatter, Self::Map, Self::Box, Self::Line, Self::Roc];

    /// Its value in the address; bars have none.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Bars => None,
            Self::Parallel => Some("parallel"),
            Self::Scatter => Some("scatter"),
            Self::Map => Some("map"),
            Self::Box => Some("box"),
            Self::Line => Some("line"),
            Self::Roc => Some("roc"),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Bars => words::BARS,
            Self::Parallel => words::PARALLEL,
            Self::Scatter => words::SCATTER,
            Self::Map => words::MAP,
            Self::Box => words::BOX,
            Self::Line => words::LINE,
            Self::Roc => words::ROC,
        }
    }

    fn of(query: Query) -> Self {
        let key = query.get(CHART);
        Self::ALL.into_iter().find(|picture| picture.key() == key.as_deref()).unwrap_or(Self::Bars)
    }
}

/// What the pictures work with.
#[derive(Clone, Copy)]
struct Page {
    query: Query,
    /// Every run.
    cells: Memo<Arc<Cells>>,
    /// Those that are compared.
    compared: Memo<Compared>,
}

/// A chart, or why there is none.
type Drawn = Result<ChartSpec, String>;

/// The runs picked, in pictures and a table.
#[component]
pub fn Compare(
    /// Every run.
    cells: Memo<Arc<Cells>>,
    /// Numbers of those to compare.
    picked: Memo<Vec<u32>>,
) -> impl IntoView {
    let query = use_lab_query();
    let compared =
        Memo::new(move |_| cells.with(|cells| picked.with(|picked| Compared::of(cells, picked))));
    let page = Page { query, cells, compared };
    let title = Signal::derive(move || {
        let n = compared.with(|compared| compared.runs.len());
        format!("{} {n} {}", text::COMPARE, text::RUNS_SMALL)
    });
    let enough = Memo::new(move |_| compared.with(|compared| compared.runs.len() > 1));
    view! {
        <Card title sub=text::COMPARE_SUB>
            <div data-testid="compare">
                {move || match enough.get() {
                    true => pictures(page),
                    false => view! { <p class="empty">{words::TOO_FEW}</p> }.into_any(),
                }}
            </div>
        </Card>
    }
}

fn pictures(page: Page) -> AnyView {
    let picture = Memo::new(move |_| Picture::of(page.query));
    let tabs = Picture::ALL.map(|picture| (picture.key(), picture.label())).to_vec();
    let current = Signal::derive(move || picture.get().key());
    let shown = move || match picture.get() {
        Picture::Bars => bars::bars(page),
        Picture::Parallel => parallel::parallel(page),
        Picture::Scatter => scatter::scatter(page),
        Picture::Map => map::map(page),
        Picture::Box => boxes::boxes(page),
        Picture::Line => lines::lines(page),
        Picture::Roc => roc::roc(page),
    };
    view! {
        <Tabs label=words::WAYS param=CHART tabs current />
        {shown}
        {move || page.compared.with(differences::differences)}
        {move || page.compared.with(differences::sames)}
    }
    .into_any()
}

/// The chart, or the words in its place.
fn drawn(spec: Memo<Drawn>) -> AnyView {
    let why = Memo::new(move |_| spec.with(|spec| spec.as_ref().err().cloned()));
    let shown =
        Signal::derive(move || spec.get().unwrap_or_else(|_| ChartSpec::Bar(BarSpec::default())));
    view! {
        {move || match why.get() {
            None => view! { <Chart spec=shown /> }.into_any(),
            Some(why) => view! { <p class="empty" role="status">{why}</p> }.into_any(),
        }}
    }
    .into_any()
}

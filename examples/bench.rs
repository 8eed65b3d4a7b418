//! How long the lab's work takes natively, through the worker's session, for `cargo xtask bench`:
//! `cargo run --profile worker-release --example bench -- CUSTOMERS.csv REFERENCE.csv CURRENT.csv 100K.csv 1M.csv`
//!
//! Prints one line a row of the table: its key, then what each run took in milliseconds.

#![allow(clippy::disallowed_methods, reason = "runs natively, where there are files and a clock")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

use churn_lab::compute::{DriftSide, RecordQuestion, Request, Response, Session, WholeQuestion};
use churn_lab::data::{DatasetId, DatasetSummary, Record};
use churn_lab::experiments::{Grid, ThresholdRule};
use churn_lab::explain::whole::{DependenceParams, ImportanceParams};
use churn_lab::explain::{FeatureCount, LimeParams, ShapleyParams};
use churn_lab::exploration::{Pick, Picked, Question, Selection};
use churn_lab::models::{LogisticParams, ModelId, ModelParams, RunId, Split, SvcParams};
use churn_lab::monitoring::{DriftParams, Scenario};
use churn_lab::serving::{Endpoint, deploy};

/// Runs of what takes milliseconds; `tests/browser/bench.mjs` and `xtask/peers` take as many.
const RUNS: u32 = 9;

/// Runs of what takes seconds.
const LONG_RUNS: u32 = 3;

type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [customers, reference, current, thousands, million] = files.as_slice() else {
        return Err(
            "five files are needed: customers, drift's reference and current, 100,000 and \
                    1,000,000 customers"
                .into(),
        );
    };
    let mut bench = Bench::new();
    let customers = read_file(customers)?;
    let sides = [read_file(reference)?, read_file(current)?];
    let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut note = |key, ms| rows.entry(key).or_default().push(ms);

    for run in 0..RUNS {
        let data = bench.read(&customers, &format!("bench {run}.csv"))?;
        note("read", data.read_ms);
        note("fit", bench.fit(&data.id)?);
        // a new seed draws new neighbours, the same one finds them drawn
        note("lime_new", bench.explain(2.0, run)?);
        note("lime_drawn", bench.explain(3.0, run)?);
    }
    let data = bench.read(&customers, "bench.csv")?;
    bench.fit(&data.id)?;
    let endpoint = deploy("bench", model_id(), &[], 0.0, 1)?;
    for _ in 0..LONG_RUNS {
        note("cv", bench.fit_with(&data.id, ModelParams::LogisticCv(Default::default()))?);
        note("forest", bench.fit_with(&data.id, ModelParams::RandomForest(Default::default()))?);
        note(
            "boosting",
            bench.fit_with(&data.id, ModelParams::GradientBoosting(Default::default()))?,
        );
        note("grid", bench.grid(&data.id)?);
    }
    bench.fit_with(&data.id, ModelParams::RandomForest(Default::default()))?;
    for _ in 0..RUNS {
        note("shapley_forest", bench.shapley(&data.id)?);
    }
    let vectors = SvcParams { probability: true, ..SvcParams::default() };
    bench.fit_with(&data.id, ModelParams::Svc(vectors))?;
    for run in 0..RUNS {
        note("lime_svc", bench.explain(2.0, run)?);
    }
    bench.fit(&data.id)?;
    for run in 0..RUNS {
        note("call", bench.call(&endpoint, run)?);
        note("shapley", bench.shapley(&data.id)?);
        note(
            "importance",
            bench.whole(&data.id, WholeQuestion::Importance(ImportanceParams::default()))?,
        );
        note("dependence", bench.whole(&data.id, WholeQuestion::Dependence(dependence()))?);
    }
    for _ in 0..LONG_RUNS {
        note("calls", bench.simulate(&endpoint, &data.id)?);
    }
    let [reference, current] = &sides;
    let reference = bench.read(reference, "reference.csv")?.id;
    let current = bench.read(current, "current.csv")?.id;
    for _ in 0..RUNS {
        note("drift", bench.drift(&reference, &current)?);
    }
    for _ in 0..LONG_RUNS {
        note("where_7k", bench.explore(&data.id, &filtered())?);
        note("count_7k", bench.explore(&data.id, &picked())?);
    }
    for (file, [read, filter, count]) in [
        (thousands, ["read_100k", "where_100k", "count_100k"]),
        (million, ["read_1m", "where_1m", "count_1m"]),
    ] {
        let bytes = read_file(file)?;
        let mut bench = Bench::new();
        let mut data = bench.read(&bytes, "large.csv")?;
        // the index is made once a data set
        bench.explore(&data.id, &Selection::default())?;
        for _ in 0..LONG_RUNS {
            note(filter, bench.explore(&data.id, &filtered())?);
            note(count, bench.explore(&data.id, &picked())?);
        }
        for _ in 0..LONG_RUNS {
            data = Bench::new().read(&bytes, "large.csv")?;
            note(read, data.read_ms);
        }
    }

    let mut out = std::io::stdout().lock();
    for (key, samples) in rows {
        let samples: Vec<String> = samples.iter().map(f64::to_string).collect();
        writeln!(out, "{key} {}", samples.join(" "))?;
    }
    Ok(())
}

fn read_file(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn model_id() -> ModelId {
    ModelId("model-1".to_owned())
}

fn tenure(months: f64) -> Record {
    Record::from([("tenure".to_owned(), months.into())])
}

/// Over all training rows.
fn dependence() -> DependenceParams {
    DependenceParams { rows: 10_000, points: 10, ..DependenceParams::of("tenure") }
}

/// A filter in words.
fn filtered() -> Selection {
    let filter = "Contract = \"Two year\" and (tenure < 12 or MonthlyCharges >= 70)";
    Selection { filter: filter.to_owned(), ..Selection::default() }
}

/// Two levels picked in charts.
fn picked() -> Selection {
    let pick = |column: &str, level: &str| Pick {
        column: column.to_owned(),
        values: Picked::Levels(vec![level.to_owned()]),
    };
    let picks = vec![pick("Contract", "Month-to-month"), pick("InternetService", "Fiber optic")];
    Selection { picks, ..Selection::default() }
}

/// A session on the machine's clock. Every method gives milliseconds as the answer tells them, which
/// is what the page shows too.
struct Bench {
    session: Session,
}

impl Bench {
    fn new() -> Self {
        let start = Instant::now();
        Self { session: Session::new(move || start.elapsed().as_secs_f64() * 1_000.0) }
    }

    fn ask(&mut self, request: Request) -> Result<Response, Failed> {
        Ok(self.session.handle(request, &mut |_| {})?)
    }

    fn read(&mut self, bytes: &[u8], name: &str) -> Result<DatasetSummary, Failed> {
        let (bytes, name) = (bytes.to_vec(), name.to_owned());
        match self.ask(Request::ReadCsv { bytes, name, target: None })? {
            Response::Dataset { summary, .. } => Ok(summary),
            other => Err(unexpected(&other)),
        }
    }

    fn fit(&mut self, dataset: &DatasetId) -> Result<f64, Failed> {
        self.fit_with(dataset, ModelParams::Logistic(LogisticParams::default()))
    }

    /// The workshop's ten runs, one after the other.
    fn grid(&mut self, dataset: &DatasetId) -> Result<f64, Failed> {
        let candidates = Grid::workshop().candidates()?;
        let fits = candidates.into_iter().map(|params| self.fit_with(dataset, params));
        fits.sum()
    }

    fn fit_with(&mut self, dataset: &DatasetId, params: ModelParams) -> Result<f64, Failed> {
        let request = Request::Fit {
            dataset_id: dataset.clone(),
            params,
            split: Split::default(),
            rule: ThresholdRule::Own,
            run_id: RunId("run-1".to_owned()),
            run_number: 1,
            model_id: model_id(),
        };
        match self.ask(request)? {
            Response::Fit(summary) => Ok(summary.run.provenance.fit_ms),
            other => Err(unexpected(&other)),
        }
    }

    fn explain(&mut self, months: f64, seed: u32) -> Result<f64, Failed> {
        let features = FeatureCount::All;
        let request = Request::Explain {
            model_id: model_id(),
            record: tenure(months),
            // not the default seed: a call has neighbours drawn with that one
            params: LimeParams { features, seed: 100 + seed, ..LimeParams::default() },
            neighbourhood: None,
        };
        match self.ask(request)? {
            Response::Explanation { ms, .. } => Ok(ms),
            other => Err(unexpected(&other)),
        }
    }

    fn shapley(&mut self, dataset: &DatasetId) -> Result<f64, Failed> {
        let request = Request::AboutRecord {
            model_id: model_id(),
            dataset_id: Some(dataset.clone()),
            record: tenure(2.0),
            question: RecordQuestion::Shapley(ShapleyParams::default()),
        };
        match self.ask(request)? {
            Response::AboutRecord { ms, .. } => Ok(ms),
            other => Err(unexpected(&other)),
        }
    }

    fn whole(&mut self, dataset: &DatasetId, question: WholeQuestion) -> Result<f64, Failed> {
        let request =
            Request::Whole { model_id: model_id(), dataset_id: dataset.clone(), question };
        match self.ask(request)? {
            Response::Whole { ms, .. } => Ok(ms),
            other => Err(unexpected(&other)),
        }
    }

    fn call(&mut self, endpoint: &Endpoint, run: u32) -> Result<f64, Failed> {
        let (endpoint, record) = (endpoint.clone(), tenure(f64::from(run)));
        match self.ask(Request::Call { endpoint, record, uuid_seed: run })? {
            Response::Called { response, .. } => Ok(response.ms),
            other => Err(unexpected(&other)),
        }
    }

    fn simulate(&mut self, endpoint: &Endpoint, dataset: &DatasetId) -> Result<f64, Failed> {
        let request = Request::Simulate {
            endpoint: endpoint.clone(),
            dataset_id: dataset.clone(),
            calls: 1_000,
            seed: 42,
            scenario: Scenario::LabelNoise,
        };
        match self.ask(request)? {
            Response::Simulated { ms, .. } => Ok(ms),
            other => Err(unexpected(&other)),
        }
    }

    /// Every column of the selected rows. Its answer tells no time, so the clock is here.
    fn explore(&mut self, dataset: &DatasetId, selection: &Selection) -> Result<f64, Failed> {
        let request = Request::Explore {
            dataset_id: dataset.clone(),
            selection: selection.clone(),
            question: Question::Overview,
        };
        let start = Instant::now();
        let answer = self.ask(request)?;
        let ms = start.elapsed().as_secs_f64() * 1_000.0;
        match answer {
            Response::Explored(answer) if answer.selected.total() > 0 => Ok(ms),
            other => Err(unexpected(&other)),
        }
    }

    /// Its answer tells no time, so the clock is here.
    fn drift(&mut self, reference: &DatasetId, current: &DatasetId) -> Result<f64, Failed> {
        let (reference, current) =
            (DriftSide::Dataset(reference.clone()), DriftSide::Dataset(current.clone()));
        let request = Request::Drift { reference, current, params: DriftParams::default() };
        let start = Instant::now();
        let answer = self.ask(request)?;
        let ms = start.elapsed().as_secs_f64() * 1_000.0;
        match answer {
            Response::Drift(report) if report.columns.len() == 20 => Ok(ms),
            Response::Drift(report) => {
                Err(format!("a drift report of {} columns; wanted: 20", report.columns.len())
                    .into())
            }
            other => Err(unexpected(&other)),
        }
    }
}

fn unexpected(response: &Response) -> Failed {
    format!("an answer to another request: {response:.200?}").into()
}

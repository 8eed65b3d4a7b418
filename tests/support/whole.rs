//! Models and rows for the tests of the model as a whole.

use churn_lab::data::Dataset;
use churn_lab::explain::{ExplainableModel, LimeExplainer};
use churn_lab::features::EncodedRecord;
use churn_lab::models::{LogisticParams, ModelParams, Split, train};

use crate::explainable::workshop;
use crate::support::customers::{encoded, named};
use crate::support::{reference, telco_csv};

pub fn fitted(dataset: &Dataset, params: ModelParams) -> ExplainableModel {
    let split = Split::default();
    let parts = train::rows_of(dataset, &split).unwrap();
    let trained = train::fit_rows(dataset, &params, &parts, &mut |_, _| {}).unwrap();
    let model = named(dataset, &params, &split, trained);
    let explainer = LimeExplainer::fit(dataset, &model.pipeline.space).unwrap();
    ExplainableModel { model, explainer }
}

pub fn logistic(dataset: &Dataset) -> ExplainableModel {
    fitted(dataset, ModelParams::Logistic(LogisticParams::default()))
}

pub fn records(model: &ExplainableModel, dataset: &Dataset, rows: &[u32]) -> Vec<EncodedRecord> {
    let all = encoded(dataset, &model.model);
    rows.iter().map(|&row| all.row(row as usize).to_vec()).collect()
}

pub fn rows_of(dataset: &Dataset) -> churn_lab::data::TrainTest {
    train::rows_of(dataset, &Split::default()).unwrap()
}

/// The real file, as the lab reads it, and the model of the reference values.
pub fn real() -> Option<(Dataset, ExplainableModel, serde_json::Value)> {
    let (model, metrics) = (workshop()?, reference("metrics")?);
    let bytes = telco_csv()?;
    Some((churn_lab::data::csv::read(&bytes, "telco", None).unwrap(), model, metrics))
}

//! Calls as one flat table, for spreadsheets and pandas.

use std::collections::BTreeSet;

use super::PredictionEvent;

/// A row a call, in the order of the calls; every row is as long as the header, and what a call does
/// not have is empty.
///
/// Names are those of `cdsw.read_metrics`, flattened as the workshop's notebooks do it. There is no
/// `metrics.accuracy`: it belongs to a window of calls, not to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallTable {
    /// Column names.
    pub header: Vec<String>,
    /// Cells, numbers unrounded.
    pub rows: Vec<Vec<String>>,
}

const FIXED: [&str; 7] = [
    "predictionUuid",
    "startTimeStampMs",
    "endTimeStampMs",
    "processing_ms",
    "simulated",
    "metrics.probability",
    "metrics.final_label",
];

impl CallTable {
    /// The calls of one endpoint.
    #[must_use]
    pub fn of<'a>(events: impl Iterator<Item = &'a PredictionEvent> + Clone) -> Self {
        let features: BTreeSet<&str> =
            events.clone().flat_map(|event| event.request.keys()).map(String::as_str).collect();
        let named = |part: &'static str| {
            features.iter().map(move |feature| format!("metrics.{part}.{feature}"))
        };
        let fixed = FIXED.iter().map(|&name| name.to_owned());
        let header = fixed.chain(named("input_data")).chain(named("explanation")).collect();
        Self { header, rows: events.map(|event| row(event, &features)).collect() }
    }
}

fn row(event: &PredictionEvent, features: &BTreeSet<&str>) -> Vec<String> {
    let mut cells = vec![
        event.uuid.clone(),
        event.at_ms.to_string(),
        (event.at_ms + event.processing_ms).to_string(),
        event.processing_ms.to_string(),
        event.simulated.is_some().to_string(),
        event.probability.to_string(),
        event.ground_truth.map_or_else(String::new, |truth| truth.to_string()),
    ];
    cells.extend(
        features.iter().map(|&feature| {
            event.request.get(feature).map_or_else(String::new, ToString::to_string)
        }),
    );
    cells.extend(features.iter().map(|&feature| {
        let contribution = event.explanation.iter().find(|c| c.feature == feature);
        contribution.map_or_else(String::new, |contribution| contribution.weight.to_string())
    }));
    cells
}

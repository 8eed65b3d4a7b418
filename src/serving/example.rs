//! A request to try an endpoint with.

use crate::data::{Record, Value};
use crate::features::FeatureSpace;

/// The request the workshop prints beside its endpoint, for the features it names; for any other the
/// training defaults.
///
/// It sits on the medians of the three numeric columns, and no real customer has its
/// `PhoneService=No` with `MultipleLines=No`.
#[must_use]
pub fn request(space: &FeatureSpace) -> Record {
    let printed = printed();
    match space.encode(&printed) {
        Ok(_) if space.len() == printed.len() => printed,
        // an empty record encodes to the defaults
        Ok(_) | Err(_) => {
            space.encode(&Record::new()).map(|defaults| space.decode(&defaults)).unwrap_or_default()
        }
    }
}

fn printed() -> Record {
    let texts = [
        ("Contract", "Month-to-month"),
        ("Dependents", "No"),
        ("DeviceProtection", "No"),
        ("InternetService", "DSL"),
        ("MultipleLines", "No"),
        ("OnlineBackup", "No"),
        ("OnlineSecurity", "No"),
        ("PaperlessBilling", "No"),
        ("Partner", "No"),
        ("PaymentMethod", "Bank transfer (automatic)"),
        ("PhoneService", "No"),
        ("SeniorCitizen", "No"),
        ("StreamingMovies", "No"),
        ("StreamingTV", "No"),
        ("TechSupport", "No"),
        ("gender", "Female"),
    ];
    let numbers = [("MonthlyCharges", 70.35), ("TotalCharges", 1397.475), ("tenure", 29.0)];
    let texts = texts.into_iter().map(|(name, level)| (name.to_owned(), Value::from(level)));
    let numbers = numbers.into_iter().map(|(name, number)| (name.to_owned(), Value::from(number)));
    let mut record = Record::new();
    record.extend(texts.chain(numbers));
    record
}

//! The card's sentences.

use crate::experiments::Run;
use crate::models::{ModelParams, Provenance};

/// What a family does, for someone who has never heard of it.
pub fn does(params: &ModelParams) -> &'static str {
    match params {
        ModelParams::Logistic(_) => {
            "It adds up a weight for every column and turns the sum into a probability. Large weights are held back by a penalty on their squares."
        }
        ModelParams::ElasticNet(_) => {
            "It adds up a weight for every column and turns the sum into a probability. A penalty on the weights' size sets many of them to exactly 0."
        }
        ModelParams::WeightedLogistic(_) => {
            "It adds up a weight for every column and turns the sum into a probability. The rows of one class count more than those of the other, so its probabilities are not shares of customers."
        }
        ModelParams::LogisticCv(_) => {
            "It adds up a weight for every column and turns the sum into a probability. How strongly large weights are held back was chosen by cross-validation within the training rows."
        }
        ModelParams::WeightedLogisticCv(_) => {
            "It adds up a weight for every column and turns the sum into a probability. The rows of one class count more than those of the other, so its probabilities are not shares of customers; how strongly large weights are held back was chosen by cross-validation within the training rows."
        }
        ModelParams::Svc(_) => {
            "It looks for the boundary that leaves the widest margin between the classes. The class is the side of the boundary; the probability is fitted to the distance afterwards, and the two need not agree."
        }
        ModelParams::Baseline(_) => {
            "It gives everybody the same probability, the share among the training rows. It is there to be beaten."
        }
        ModelParams::DecisionTree(_) => {
            "It asks one question about one column after the other; the probability is the share among the training rows that gave the same answers."
        }
        ModelParams::RandomForest(_) => {
            "It is the mean of many trees, each grown on rows drawn anew."
        }
        ModelParams::GradientBoosting(_) => {
            "It is a sum of trees, each of which mends what those before it leave wrong."
        }
        ModelParams::NaiveBayes(_) => {
            "It treats every column as if it said something of its own, apart from all others. Its probabilities are often too close to 0 and 1."
        }
        ModelParams::Knn(_) => {
            "It looks up the training rows most like a record; the probability is the share among them."
        }
    }
}

/// How the class is told.
pub fn rule(run: &Run) -> String {
    let made = &run.provenance;
    let positive = equation(made);
    if let Some(threshold) = run.threshold() {
        return format!("{positive} at a probability of {threshold} or more");
    }
    match made.params {
        ModelParams::Svc(_) => format!("{positive} on the positive side of the boundary"),
        ModelParams::Logistic(_)
        | ModelParams::ElasticNet(_)
        | ModelParams::WeightedLogistic(_)
        | ModelParams::LogisticCv(_)
        | ModelParams::WeightedLogisticCv(_) => {
            format!("{positive} at a probability of .5 or more")
        }
        _ => format!("{positive} at a probability above .5"),
    }
}

/// "Churn = Yes".
pub fn equation(made: &Provenance) -> String {
    format!("{} = {}", made.target.column, made.target.positive_class)
}

/// What the scores mean, in the order of `experiments::table`.
pub fn meanings(made: &Provenance) -> [(&'static str, String); 8] {
    let positive = equation(made);
    [
        ("Accuracy", "Share of rows whose class is told rightly".to_owned()),
        ("Precision", format!("Of those predicted {positive}, the share that is")),
        ("Recall", format!("Of those with {positive}, the share that is found")),
        ("F1", "Harmonic mean of precision and recall".to_owned()),
        (
            "ROC AUC",
            format!(
                "Chance that a row with {positive} gets a higher probability than another; .5 is guessing"
            ),
        ),
        ("Average precision", "Precision averaged over every step in recall".to_owned()),
        (
            "Log loss",
            "Mean of −ln of the probability given to what happened, in nats; smaller is better"
                .to_owned(),
        ),
        (
            "Brier score",
            "Mean squared distance between probability and what happened; smaller is better"
                .to_owned(),
        ),
    ]
}

/// What it is for, and what it is not for.
pub fn uses(made: &Provenance) -> [String; 4] {
    [
        format!(
            "For: learning how such models work, and ordering records of the same kind by their probability of {}, for a person who looks at them.",
            equation(made)
        ),
        "Not for deciding about a person without a person: not over prices, contracts, credit, work or care.".to_owned(),
        "Not for records of another kind, place or time than those it learned from: it gives a number for them too.".to_owned(),
        "Not for saying what would happen if something were changed: it knows what goes together, not what causes what.".to_owned(),
    ]
}

/// What to know before a figure is believed. `error`: standard error of the test accuracy.
pub fn limits(made: &Provenance, error: f64) -> Vec<String> {
    let mut limits = vec![
        format!(
            "The test scores are of one set of {} rows. Other such rows would give another accuracy, typically {error:.3} higher or lower (one standard error).",
            made.n_test
        ),
        "If this run was chosen among others by its test scores, those read too high: they were then part of the choice.".to_owned(),
        "Whether it is as good for every group of people has not been looked at here.".to_owned(),
        "Whether a probability of .7 comes true seven times in ten has not been looked at here; the lab's calibration view shows it.".to_owned(),
        "It does not notice when the world changes. Compare new records with those it learned from before trusting it again.".to_owned(),
        "A value that the training rows never had is refused; a number outside their range is not.".to_owned(),
    ];
    if let ModelParams::Baseline(_) = made.params {
        limits.push("It tells nobody apart from anybody.".to_owned());
    }
    limits
}

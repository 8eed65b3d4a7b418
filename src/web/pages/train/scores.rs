//! How good a run is on the rows it learned from and on rows it never saw.

use std::sync::Arc;

use leptos::prelude::*;

use super::export::exports;
use crate::charts::format;
use crate::evaluation::Scores;
use crate::experiments::{Run, Tags};
use crate::models::ModelParams;
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::text::classes::Classes;
use crate::web::text::decision;
use crate::web::text::train as text;

/// One score: how it is called, what it is, and where it stands.
struct Score {
    key: &'static str,
    name: &'static str,
    meaning: fn(&Classes) -> String,
    of: fn(&Scores) -> Option<f64>,
}

const SCORES: [Score; 9] = [
    Score {
        key: "accuracy",
        name: text::ACCURACY,
        meaning: |_| text::ACCURACY_IS.to_owned(),
        of: |s| Some(s.accuracy),
    },
    Score {
        key: "precision",
        name: text::PRECISION,
        meaning: Classes::precision_is,
        of: |s| Some(s.precision),
    },
    Score {
        key: "recall",
        name: text::RECALL,
        meaning: Classes::recall_is,
        of: |s| Some(s.recall),
    },
    Score { key: "f1", name: text::F1, meaning: |_| text::F1_IS.to_owned(), of: |s| Some(s.f1) },
    Score { key: "auc", name: text::AUC, meaning: Classes::auc_is, of: |s| s.roc_auc },
    Score {
        key: "average-precision",
        name: text::AVERAGE_PRECISION,
        meaning: Classes::average_precision_is,
        of: |s| s.average_precision,
    },
    Score {
        key: "log-loss",
        name: text::LOG_LOSS,
        meaning: |_| text::LOG_LOSS_IS.to_owned(),
        of: |s| Some(s.log_loss),
    },
    Score {
        key: "brier",
        name: text::BRIER,
        meaning: |_| text::BRIER_IS.to_owned(),
        of: |s| Some(s.brier),
    },
    Score {
        key: "n",
        name: text::N,
        meaning: |_| text::N_IS.to_owned(),
        of: |s| Some(f64::from(s.n)),
    },
];

/// Train beside test, and what each score means.
#[component]
pub fn ScoreTable(
    /// Whose scores.
    run: Arc<Run>,
) -> impl IntoView {
    let evaluation = &run.evaluation;
    let classes = Classes::of(&run.provenance.target);
    let rows = SCORES.map(|score| {
        let cells =
            [("train", &evaluation.train), ("test", &evaluation.test)].map(|(part, scores)| {
                let value = (score.of)(scores);
                let digits = if score.key == "n" { 0 } else { 5 };
                let shown = value.map_or(format::MISSING.to_owned(), |v| decimals(v, digits));
                view! {
                    <td
                        class="right"
                        title=value.is_none().then_some(text::UNDEFINED)
                        data-testid=format!("score-{part}-{}", score.key)
                        data-value=value.map(|value| value.to_string())
                    >
                        {shown}
                    </td>
                }
            });
        view! { <tr><th scope="row" title=(score.meaning)(&classes)>{score.name}</th>{cells}</tr> }
    });
    let meanings =
        SCORES.map(|score| view! { <dt>{score.name}</dt><dd>{(score.meaning)(&classes)}</dd> });
    let sub = match (run.decision, &run.provenance.params) {
        (Some(decision), _) => decision::scored_at(decision),
        (None, ModelParams::Svc(_)) => text::SCORES_SUB_SVC.to_owned(),
        (
            None,
            ModelParams::Logistic(_)
            | ModelParams::ElasticNet(_)
            | ModelParams::WeightedLogistic(_)
            | ModelParams::LogisticCv(_)
            | ModelParams::WeightedLogisticCv(_),
        ) => text::SCORES_SUB.to_owned(),
        (None, _) => text::SCORES_SUB_SHARES.to_owned(),
    };
    view! {
        <Card title=text::SCORES sub>
            <table class="tight">
                <thead>
                    <tr>
                        <th scope="col">{text::SCORE}</th>
                        <th scope="col" class="right">{text::TRAIN_ROWS}</th>
                        <th scope="col" class="right">{text::TEST_ROWS}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <details class="more">
                <summary>{text::MEANINGS}</summary>
                <dl>{meanings}</dl>
            </details>
            <p class="note">{compared(&run)}</p>
            {note(&run)}
            {exports(run)}
        </Card>
    }
}

/// What a person has to say of the run; the table of runs can be filtered by it.
fn note(run: &Run) -> AnyView {
    let lab = use_lab();
    let id = run.id.clone();
    let keep = move |event| lab.background(lab.note_run(id.clone(), event_target_value(&event)));
    let id = run.id.clone();
    let wrong = RwSignal::new(None::<String>);
    let tag = move |event| match Tags::parse(&event_target_value(&event)) {
        Ok(tags) => {
            wrong.set(None);
            lab.background(lab.set_tags(id.clone(), tags));
        }
        Err(error) => wrong.set(Some(error.to_string())),
    };
    view! {
        <label class="field note-field">
            {text::NOTE}
            <input type="text" autocomplete="off" value=run.note.clone() on:change=keep data-testid="note" />
        </label>
        <label class="field">
            {text::TAGS}
            <input
                type="text"
                autocomplete="off"
                placeholder=text::TAGS_EXAMPLE
                value=run.tags.to_string()
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                on:change=tag
                data-testid="tags"
            />
        </label>
        {move || wrong.get().map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
    }
    .into_any()
}

/// A score without its leading zero: ".79010".
pub fn decimals(value: f64, digits: usize) -> String {
    let shown = format::decimal(value, digits);
    shown.strip_prefix("0.").map_or(shown.clone(), |rest| format!(".{rest}"))
}

/// What no model at all would reach, and how the fit ended.
fn compared(run: &Run) -> String {
    let curve = &run.evaluation.test_curve;
    let target = &run.provenance.target;
    let (class, most) = if curve.positives > curve.negatives {
        (&target.positive_class, curve.positives)
    } else {
        (&target.negative_class, curve.negatives)
    };
    let share = f64::from(most) / f64::from((curve.positives + curve.negatives).max(1));
    let (end, steps) = (if run.converged { "met" } else { "did not meet" }, run.iterations);
    let made = match run.provenance.params {
        ModelParams::Logistic(_) | ModelParams::Svc(_) => {
            format!(" The solver {end} its tolerance in {steps} steps.")
        }
        ModelParams::RandomForest(_) | ModelParams::GradientBoosting(_) => {
            format!(" The model has {steps} trees.")
        }
        _ => String::new(),
    };
    let disagreeing = match (&run.provenance.params, run.decision, run.disagreeing) {
        (ModelParams::Svc(_), None, Some(n)) if n > 0 => {
            decision::disagreeing(n, run.evaluation.test.n)
        }
        _ => String::new(),
    };
    format!(
        "Always saying {} = {class} would be right for {} of the test customers.{made}{disagreeing}",
        target.column,
        decimals(share, 5),
    )
}

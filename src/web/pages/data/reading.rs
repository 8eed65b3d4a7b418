//! How the table is read: what is to be predicted, what is worth a look, how the file is cut.

use std::sync::Arc;

use leptos::prelude::*;

use super::format::{chosen, format_choices, header_words, options};
use crate::charts::format;
use crate::data::csv::{Format, FormatChoice};
use crate::data::schema::{Decimal, ReadAs, Schema};
use crate::data::summary::Reading;
use crate::data::warnings::About;
use crate::data::{ColumnKind, DatasetSummary, Role, Warning};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::choice::Choice;
use crate::web::components::sight::keep_focus;
use crate::web::state::Task;
use crate::web::text::{data, reading as text};

/// What is to be predicted, and the probability of which of its values.
#[component]
pub fn TargetChoice(
    /// As it is stored.
    dataset: Arc<DatasetSummary>,
    /// As it is to be read.
    schema: Schema,
    /// As it would be, where that is known.
    shown: Option<Arc<DatasetSummary>>,
) -> impl IntoView {
    let lab = use_lab();
    let none = || (String::new(), text::NOTHING.to_owned());
    let could_be = |column: &&crate::data::schema::ColumnPlan| {
        column.role == Role::Target || column.read_as.kind() == ColumnKind::Categorical
    };
    let columns = schema.columns.iter().filter(could_be);
    let columns = columns.map(|column| (column.name.clone(), column.name.clone()));
    let columns: Vec<(String, String)> = std::iter::once(none()).chain(columns).collect();
    let target = schema.target().map_or_else(String::new, |column| column.name.clone());
    let choose = {
        let dataset = Arc::clone(&dataset);
        move |name: String| {
            lab.edit_schema(&dataset, |schema| {
                schema.set_target(Some(name.as_str()).filter(|name| !name.is_empty()));
            });
        }
    };
    let of_target = shown.and_then(|shown| shown.target.clone());
    let classes = of_target.filter(|known| known.column == target).map(|target| {
        let options = [&target.positive_class, &target.negative_class];
        let options = options.map(|class| (class.clone(), class.clone())).to_vec();
        let positive = target.positive_class.clone();
        let choose = move |class: String| {
            lab.edit_schema(&dataset, |schema| schema.positive_class = Some(class));
        };
        view! {
            <label>
                <span>{text::POSITIVE}</span>
                <Choice label=text::POSITIVE options value=positive testid="positive" on_change=choose />
            </label>
        }
        .into_any()
    });
    view! {
        <Card title=text::TARGET sub=text::TARGET_WHY>
            <div class="reading-choices">
                <label>
                    <span>{text::TARGET_COLUMN}</span>
                    <Choice
                        label=text::TARGET_COLUMN
                        options=columns
                        value=target
                        testid="target-column"
                        on_change=choose
                    />
                </label>
                {classes}
            </div>
        </Card>
    }
}

/// What a person should look at before training, each with what can be done about it.
pub fn warnings(dataset: &Arc<DatasetSummary>, warnings: &[Warning]) -> AnyView {
    let lab = use_lab();
    if warnings.is_empty() {
        return ().into_any();
    }
    let rows = warnings.iter().map(move |warning| {
        let action = match warning.about {
            About::Leak | About::Constant | About::Personal | About::ManyLevels => {
                Some((text::LEAVE_OUT, false))
            }
            About::LeftOut => Some((text::TAKE_IN, true)),
            _ => None,
        };
        let button = action.map(|(words, takes_in)| {
            let (dataset, column) = (Arc::clone(dataset), warning.column.clone());
            let label = format!("{words}: {column}");
            let act = move |_| {
                lab.edit_schema(&dataset, |schema| {
                    let found = schema.columns.iter_mut().find(|plan| plan.name == column);
                    if let Some(plan) = found {
                        plan.left_out = None;
                        if takes_in && plan.read_as.role() == Role::Ignored {
                            plan.cast(ReadAs::Category);
                        }
                        plan.role = if takes_in { plan.read_as.role() } else { Role::Ignored };
                    }
                });
            };
            view! { <button aria-label=label on:click=act>{words}</button> }.into_any()
        });
        let grave = matches!(
            warning.about,
            About::Leak | About::Personal | About::NoTarget | About::RowsLost
        );
        view! {
            <li class:grave=grave>
                <p>{warning.message.clone()}</p>
                {button}
            </li>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! {
        <Card title=text::LOOK>
            <ul class="warnings" data-testid="warnings">{rows}</ul>
        </Card>
    }
    .into_any()
}

/// How the file is cut into cells, and how numbers and gaps are written.
pub fn file_format(dataset: &Arc<DatasetSummary>, reading: &Reading, schema: &Schema) -> AnyView {
    let lab = use_lab();
    let Format { encoding, delimiter, quote, header } = reading.format;
    let locked = lab.file_of(&dataset.id).is_none().then_some(text::FILE_GONE);
    // every choice made so far is kept, so that one can follow the other
    let whole = FormatChoice {
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        quote: Some(quote),
        header: Some(header),
    };
    let cut = {
        let dataset = Arc::clone(dataset);
        move |change: FormatChoice| lab.show(Task::Read, lab.recut(Arc::clone(&dataset), change))
    };
    let decimal = {
        let dataset = Arc::clone(dataset);
        move |value: String| {
            if let Some(decimal) = chosen(&Decimal::ALL, text::decimal, &value) {
                lab.edit_schema(&dataset, |schema| schema.decimal = decimal);
            }
        }
    };
    let missing = {
        let dataset = Arc::clone(dataset);
        move |event| {
            let typed = event_target_value(&event);
            let markers = typed.split(',').map(str::trim).filter(|marker| !marker.is_empty());
            let markers: Vec<String> = markers.map(str::to_owned).collect();
            lab.edit_schema(&dataset, |schema| schema.missing = markers);
        }
    };
    let summary = format!(
        "{}, {}, {}, {}",
        text::encoding(encoding),
        text::delimiter(delimiter),
        text::decimal(schema.decimal),
        header_words(header),
    );
    let cells = format_choices(whole, locked, Callback::new(cut));
    view! {
        <details class="card format" data-testid="format">
            <summary><h2>{text::FORMAT}</h2> <span class="sub">{summary}</span></summary>
            <div class="reading-choices">
                {cells}
                <label>
                    <span>{text::DECIMAL}</span>
                    <Choice
                        label=text::DECIMAL
                        options=options(&Decimal::ALL, text::decimal)
                        value=text::decimal(schema.decimal).to_owned()
                        testid="decimal"
                        on_change=decimal
                    />
                </label>
                <label>
                    <span>{text::MISSING}</span>
                    <input
                        type="text"
                        data-testid="missing-markers"
                        aria-describedby="missing-hint"
                        prop:value=schema.missing.join(", ")
                        on:change=missing
                    />
                </label>
            </div>
            <p class="note" id="missing-hint">{text::MISSING_HINT}</p>
            {locked.map(|locked| view! { <p class="note">{locked}</p> })}
        </details>
    }
    .into_any()
}

/// What the steps so far would make of the table, and what to do with them; nothing without a step.
#[component]
pub fn Steps(
    /// As it is stored.
    dataset: Arc<DatasetSummary>,
    /// Steps so far.
    steps: usize,
    /// What would become of it, or why nothing.
    outcome: Option<Result<Arc<DatasetSummary>, crate::compute::Failure>>,
) -> impl IntoView {
    let lab = use_lab();
    if steps == 0 {
        return ().into_any();
    }
    let stays =
        lab.state.runs.with(|runs| runs.iter().any(|run| run.provenance.dataset_id == dataset.id));
    let count = |rows: u32| format::count(u64::from(rows));
    let noun = if steps == 1 { text::STEP } else { text::STEPS };
    let fits = matches!(outcome, Some(Ok(_)));
    let words = match &outcome {
        None => String::new(),
        Some(Ok(would)) => {
            format!("{} {} {}", count(would.kept), text::WOULD_KEEP, count(would.rows_read))
        }
        Some(Err(failure)) => failure.message.clone(),
    };
    let (to_keep, to_undo, to_discard) =
        (dataset.id.clone(), dataset.id.clone(), dataset.id.clone());
    let keep = move |event| {
        let stay = keep_focus(&event, "main", "h1");
        let kept = lab.keep_reread(to_keep.clone());
        lab.show(Task::Read, async move {
            kept.await?;
            stay();
            Ok(())
        });
    };
    let undo = move |event| {
        lab.undo_schema(&to_undo);
        keep_focus(&event, "main", "h1")();
    };
    let discard = move |event| {
        lab.discard_schema(&to_discard);
        keep_focus(&event, "main", "h1")();
    };
    view! {
        <div class="steps" role="region" aria-label=text::STEPS data-testid="steps">
            <p>
                <b>{format!("{steps} {noun}")}</b>
                <span class:wrong=!fits role="status">{words}</span>
                {stays.then(|| view! { <span class="sub">{text::BESIDE_WHY}</span> })}
            </p>
            <div class="row">
                <button class="go" disabled=!fits data-testid="apply" on:click=keep>
                    {if stays { text::APPLY_BESIDE } else { text::APPLY }}
                </button>
                <button on:click=undo>{text::UNDO}</button>
                <button on:click=discard>{text::DISCARD}</button>
            </div>
        </div>
    }
    .into_any()
}

/// A role in a word.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Feature => data::FEATURE,
        Role::Target => data::TARGET,
        Role::Identifier => data::IDENTIFIER,
        Role::Ignored => data::IGNORED,
    }
}

//! How the table is read: what is to be predicted, what is worth a look, how the file is cut.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format;
use crate::data::csv::{Delimiter, Encoding, Format, FormatChoice, Quote};
use crate::data::schema::{Decimal, ReadAs, Schema};
use crate::data::summary::Reading;
use crate::data::warnings::About;
use crate::data::{ColumnKind, DatasetSummary, Role, Warning};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::choice::Choice;
use crate::web::state::Task;
use crate::web::text::{data, reading as text};

/// Words and value of every option of a closed choice.
fn options<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|&one| (words(one).to_owned(), words(one).to_owned())).collect()
}

/// The option of those words.
fn chosen<T: Copy>(all: &[T], words: fn(T) -> &'static str, value: &str) -> Option<T> {
    all.iter().copied().find(|&one| words(one) == value)
}

/// What is to be predicted, and the probability of which of its values.
#[component]
pub fn TargetChoice(
    /// As it is stored.
    dataset: Arc<DatasetSummary>,
    /// As it is to be read.
    schema: Schema,
    /// As it would be.
    shown: Arc<DatasetSummary>,
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
    let classes = shown.target.as_ref().map(|target| {
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
    let file = lab.file_of(&dataset.id);
    let locked = file.is_none().then_some(text::FILE_GONE);
    // every choice made so far is kept, so that one can follow the other
    let whole = FormatChoice {
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        quote: Some(quote),
        header: Some(header),
    };
    let cut = move |change: FormatChoice| {
        if let Some(file) = &file {
            let file = file.clone();
            lab.show(Task::Read, async move { lab.read_file(file, change).await.map(drop) });
        }
    };
    let header_words = |header: bool| if header { text::HEADER_NAMES } else { text::HEADER_DATA };
    let of_file = |label: &'static str,
                   options: Vec<(String, String)>,
                   value: &str,
                   testid: &'static str,
                   change: fn(&str, FormatChoice) -> FormatChoice| {
        let cut = cut.clone();
        let value = value.to_owned();
        let choose = move |value: String| cut(change(&value, whole));
        view! {
            <label>
                <span>{label}</span>
                {match locked {
                    Some(locked) => view! { <Choice label options value locked testid on_change=choose /> }.into_any(),
                    None => view! { <Choice label options value testid on_change=choose /> }.into_any(),
                }}
            </label>
        }
        .into_any()
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
    view! {
        <details class="card format" data-testid="format">
            <summary><h2>{text::FORMAT}</h2> <span class="sub">{summary}</span></summary>
            <div class="reading-choices">
                {of_file(text::ENCODING, options(&Encoding::ALL, text::encoding), text::encoding(encoding), "encoding", |value, choice| FormatChoice {
                    encoding: chosen(&Encoding::ALL, text::encoding, value),
                    ..choice
                })}
                {of_file(text::DELIMITER, options(&Delimiter::ALL, text::delimiter), text::delimiter(delimiter), "delimiter", |value, choice| FormatChoice {
                    delimiter: chosen(&Delimiter::ALL, text::delimiter, value),
                    ..choice
                })}
                {of_file(text::QUOTE, options(&Quote::ALL, text::quote), text::quote(quote), "quote", |value, choice| FormatChoice {
                    quote: chosen(&Quote::ALL, text::quote, value),
                    ..choice
                })}
                {of_file(text::HEADER, options(&[true, false], header_words), header_words(header), "header", |value, choice| FormatChoice {
                    header: Some(value == text::HEADER_NAMES),
                    ..choice
                })}
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
    let keep = move |_| lab.show(Task::Read, lab.keep_reread());
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
                <button on:click=move |_| lab.undo_schema()>{text::UNDO}</button>
                <button on:click=move |_| lab.discard_schema()>{text::DISCARD}</button>
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

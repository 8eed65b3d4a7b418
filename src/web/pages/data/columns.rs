//! The columns: what each is read as, what it is used for, what becomes of its gaps, its figures.

use std::sync::Arc;

use leptos::prelude::*;

use super::reading::role;
use super::sheet::{labelled, sheet};
use crate::charts::format;
use crate::data::profile::{ColumnDetail, ColumnProfile, FiveNumbers};
use crate::data::schema::{ColumnPlan, MissingPolicy, ReadAs, Schema};
use crate::data::summary::{ColumnGaps, Reading};
use crate::data::{ColumnKind, DatasetSummary, Profile, Role};
use crate::numerics::calendar::iso;
use crate::web::actions::Lab;
use crate::web::app::use_lab;
use crate::web::components::choice::Choice;
use crate::web::text::{data as text, reading};

/// Levels written out.
const LEVELS: usize = 8;

/// The columns as they are to be read. Figures are those of the data set as it is; a column that is to
/// be read in another way has none yet, and no column has gaps unless `shown`, what would become of the
/// data set, is known. `open` is the column whose values are looked at.
pub fn columns(
    dataset: &Arc<DatasetSummary>,
    schema: &Schema,
    reading: &Reading,
    shown: Option<&Reading>,
    profile: &Profile,
    open: RwSignal<Option<usize>>,
) -> AnyView {
    let lab = use_lab();
    let heads = text::COLUMN_HEADS.iter().map(|&head| head.to_owned()).collect();
    // an answer to an earlier step knows other columns
    let fitting = shown.filter(|shown| shown.schema == *schema);
    let gaps = fitting.map_or(&[][..], |shown| &shown.gaps);
    let stored = &reading.schema;
    let same_words = stored.decimal == schema.decimal && stored.missing == schema.missing;
    let rows = schema.columns.iter().enumerate().map(|(position, plan)| {
        let as_is = stored.columns.iter().position(|known| {
            let named = ColumnPlan { name: plan.name.clone(), ..known.clone() };
            same_words && named == *plan
        });
        let figures = as_is.and_then(|at| profile.columns.get(at));
        row(lab, dataset, position, plan, gaps.get(position).copied(), figures, open)
    });
    let table = sheet(text::COLUMNS, "sheet stacked", heads, rows.collect());
    view! { <div class="columns-table" data-testid="columns-table">{table}</div> }.into_any()
}

fn row(
    lab: Lab,
    dataset: &Arc<DatasetSummary>,
    position: usize,
    plan: &ColumnPlan,
    gaps: Option<ColumnGaps>,
    figures: Option<&ColumnProfile>,
    open: RwSignal<Option<usize>>,
) -> AnyView {
    let [_, _, role_head, gaps_head, distinct, figure_heads @ ..] = text::COLUMN_HEADS;
    let edit = {
        let dataset = Arc::clone(dataset);
        move |change: Box<dyn FnOnce(&mut ColumnPlan)>| {
            lab.edit_schema(&dataset, |schema| {
                if let Some(plan) = schema.columns.get_mut(position) {
                    change(plan);
                }
            });
        }
    };
    let name = plan.name.clone();
    let label = |words: &str| format!("{words}: {name}");
    let kinds = ReadAs::ALL.map(|kind| (kind, reading::read_as(kind)));
    let roles = [Role::Feature, Role::Ignored, Role::Identifier].map(|one| (one, role(one)));
    let read_as = {
        let edit = edit.clone();
        move |value: String| {
            if let Some((kind, _)) = kinds.into_iter().find(|(_, words)| *words == value) {
                edit(Box::new(move |plan| plan.cast(kind)));
            }
        }
    };
    let used_as = {
        let edit = edit.clone();
        move |value: String| {
            if let Some((one, _)) = roles.into_iter().find(|(_, words)| *words == value) {
                edit(Box::new(move |plan| {
                    plan.role = one;
                    plan.left_out = None;
                }));
            }
        }
    };
    let rename = {
        let edit = edit.clone();
        move |event| {
            let name = event_target_value(&event).trim().to_owned();
            edit(Box::new(move |plan| plan.name = name));
        }
    };
    let may_have = |one: Role| match one {
        Role::Feature => plan.read_as.role() == Role::Feature,
        Role::Identifier => plan.read_as.kind() == ColumnKind::Identifier,
        Role::Target | Role::Ignored => true,
    };
    let role_choice = if plan.role == Role::Target {
        view! { <b>{role(Role::Target)}</b> }.into_any()
    } else {
        let options = roles.into_iter().filter(|(one, _)| may_have(*one));
        let options = options.map(|(_, words)| (words.to_owned(), words.to_owned())).collect();
        view! { <Choice label=label(reading::USED) options value=role(plan.role).to_owned() on_change=used_as /> }
            .into_any()
    };
    let copy = {
        let dataset = Arc::clone(dataset);
        move |_| lab.edit_schema(&dataset, |schema| drop(schema.copy_column(position)))
    };
    let kind_options = kinds.map(|(_, words)| (words.to_owned(), words.to_owned())).to_vec();
    view! {
        <tr>
            <th scope="row">
                <input type="text" class="name" aria-label=label(reading::NAME) prop:value=name.clone() on:change=rename />
                <span class="row acts">
                    <button aria-label=label(reading::VALUES) on:click=move |_| open.set(Some(position))>{reading::VALUES}</button>
                    <button aria-label=label(reading::COPY) on:click=copy>{reading::COPY}</button>
                </span>
            </th>
            <td class="beside">
                <Choice
                    label=label(reading::READ_AS)
                    options=kind_options
                    value=reading::read_as(plan.read_as).to_owned()
                    on_change=read_as
                />
            </td>
            <td data-label=role_head>{role_choice}</td>
            <td data-label=gaps_head>{gaps_cell(plan, gaps, label(reading::GAPS), edit)}</td>
            {labelled(distinct, figures.map_or_else(String::new, |f| format::count(u64::from(f.distinct))), true)}
            {figures_of(figure_heads, figures, plan.read_as.date_order().is_some())}
        </tr>
    }
    .into_any()
}

fn gaps_cell(
    plan: &ColumnPlan,
    gaps: Option<ColumnGaps>,
    label: String,
    edit: impl Fn(Box<dyn FnOnce(&mut ColumnPlan)>) + Clone + Send + Sync + 'static,
) -> AnyView {
    let Some(ColumnGaps { missing, unfit }) = gaps else { return ().into_any() };
    let count = |cells: u32, words: &str| {
        (cells > 0).then(|| format!("{} {words}", format::count(u64::from(cells))))
    };
    let parts = [count(missing, reading::BLANK), count(unfit, reading::UNFIT)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return view! { <span class="sub">{reading::NO_GAPS}</span> }.into_any();
    }
    let all = [MissingPolicy::DropRow, MissingPolicy::OwnLevel, MissingPolicy::Median];
    let is_seen = matches!(plan.role, Role::Feature | Role::Target);
    let choice = is_seen.then(|| {
        let suit = all.into_iter().filter(|policy| policy.suits(plan.read_as));
        let words = suit.map(|policy| reading::missing(policy).to_owned());
        let options = words.map(|words| (words.clone(), words)).collect();
        let choose = move |value: String| {
            if let Some(policy) = all.into_iter().find(|&one| reading::missing(one) == value) {
                edit(Box::new(move |plan| plan.missing = policy));
            }
        };
        let value = reading::missing(plan.missing).to_owned();
        view! { <Choice label options value on_change=choose /> }.into_any()
    });
    view! { <span class="gaps" class:wrong={unfit > 0}>{parts.join(", ")}</span> {choice} }
        .into_any()
}

fn figures_of(
    heads: [&'static str; 5],
    figures: Option<&ColumnProfile>,
    are_dates: bool,
) -> AnyView {
    match figures.map(|figures| &figures.detail) {
        None => wide(Vec::new(), false),
        Some(ColumnDetail::Numbers(numbers)) => {
            // a quartile between two days is told by its day
            let shown = if are_dates { |days| iso(libm::floor(days)) } else { number };
            five(heads, &numbers.all, shown)
        }
        Some(ColumnDetail::Levels { levels, .. }) => {
            let shown = levels.iter().take(LEVELS);
            let named = shown
                .map(|level| format!("{} {}", level.level, format::count(u64::from(level.count))));
            wide(named.collect(), levels.len() > LEVELS)
        }
        Some(ColumnDetail::Text(examples)) => wide(examples.clone(), true),
    }
}

fn five(heads: [&'static str; 5], numbers: &FiveNumbers, shown: fn(f64) -> String) -> AnyView {
    let FiveNumbers { min, q1, median, q3, max, .. } = *numbers;
    let cells = heads.into_iter().zip([min, q1, median, q3, max]);
    cells.map(|(head, value)| labelled(head, shown(value), true)).collect_view().into_any()
}

/// What has no quartiles uses their place for examples.
fn wide(mut examples: Vec<String>, more: bool) -> AnyView {
    if more {
        examples.push("…".to_owned());
    }
    view! { <td class="levels" colspan="5">{examples.join(" · ")}</td> }.into_any()
}

/// With two decimals, as prices are written, or none; the smallest with three digits.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1.0 {
        return format::plain(value);
    }
    let shown = format::decimal(value, 2);
    shown.strip_suffix(".00").map(str::to_owned).unwrap_or(shown)
}

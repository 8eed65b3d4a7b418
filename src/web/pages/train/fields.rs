//! The settings of a family as fields of a form; what is typed stands in the address.

use leptos::prelude::*;

use crate::compute::Failure;
use crate::experiments::Grid;
use crate::models::catalogue::{Family, Field, FieldKind};
use crate::models::named::{self, Given, Value};
use crate::models::{ModelParams, train};
use crate::web::components::segmented::Segmented;
use crate::web::js::number;
use crate::web::query::Query;
use crate::web::text::settings as text;
use crate::web::text::train::VALUES;

/// Before a setting's name in the address: its value.
const ONE: &str = "p.";

/// The same: its values to try, with commas between.
const MANY: &str = "g.";

/// What the form is filled in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// One model.
    One,
    /// Every combination of some values.
    Many,
}

/// The family the address names; tracked.
pub fn family(query: Query) -> &'static Family {
    Family::of(query.get("model").as_deref())
}

/// What stands in a field; tracked.
fn typed(query: Query, field: &Field, amount: Amount) -> String {
    let key = |prefix: &str| format!("{prefix}{}", field.name);
    let many = (amount == Amount::Many).then(|| query.get(&key(MANY))).flatten();
    many.or_else(|| query.get(&key(ONE))).unwrap_or_else(|| field.start.to_owned())
}

fn values(typed: &str, amount: Amount) -> Vec<Value> {
    let parts: Vec<&str> = match amount {
        Amount::One => vec![typed],
        Amount::Many => typed.split(',').collect(),
    };
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Value::read(part, number)).collect()
}

/// Whether a field goes with what stands in the others; tracked.
fn is_meant(query: Query, family: &Family, field: &Field, amount: Amount) -> bool {
    field.only.is_none_or(|(other, with)| {
        let other = family.fields.iter().find(|known| known.name == other);
        other.is_some_and(|other| {
            let given = values(&typed(query, other, amount), amount);
            given.iter().any(|value| with.contains(&value.to_string().as_str()))
        })
    })
}

/// The settings of the form, or what is wrong with them; tracked.
///
/// # Errors
/// A value that is none of its setting, or out of its range.
pub fn params(query: Query) -> Result<ModelParams, Failure> {
    let family = family(query);
    let meant = family.fields.iter().filter(|f| is_meant(query, family, f, Amount::One));
    let mut given = Given::new();
    for field in meant {
        if let Some(value) = values(&typed(query, field, Amount::One), Amount::One).pop() {
            given.insert(field.name.to_owned(), value);
        }
    }
    let params = named::of(family.name, &given)?;
    train::check(&params)?;
    Ok(params)
}

/// The grid of the form; tracked.
pub fn grid(query: Query) -> Grid {
    let family = family(query);
    let meant = family.fields.iter().filter(|f| is_meant(query, family, f, Amount::Many));
    let params = meant.filter_map(|field| {
        let values = values(&typed(query, field, Amount::Many), Amount::Many);
        (!values.is_empty()).then(|| (field.name.to_owned(), values))
    });
    Grid { model: family.name.to_owned(), params: params.collect(), drawn: None }
}

/// The fields of a family: the most telling ones, and the others behind a summary.
pub fn fields(
    query: Query,
    family: &'static Family,
    amount: Amount,
    wrong: Memo<Option<Failure>>,
) -> [Vec<AnyView>; 2] {
    let all = family.fields.iter().map(|field| one_field(query, family, field, amount, wrong));
    let mut shown: Vec<AnyView> = all.collect();
    let more = shown.split_off(family.shown.min(shown.len()));
    [shown, more]
}

fn one_field(
    query: Query,
    family: &'static Family,
    field: &'static Field,
    amount: Amount,
    wrong: Memo<Option<Failure>>,
) -> AnyView {
    let [label, why] = text::setting(family.name, field.name);
    let why = format!("{}: {why}", field.name);
    let meant = Memo::new(move |_| is_meant(query, family, field, amount));
    let key = match amount {
        Amount::One => format!("{ONE}{}", field.name),
        Amount::Many => format!("{MANY}{}", field.name),
    };
    let shown = Memo::new(move |_| typed(query, field, amount));
    let set = Callback::new(move |typed: String| query.replace(&[(key.as_str(), Some(typed))]));
    let says = Memo::new(move |_| {
        let of_it = |failure: &Failure| failure.field.as_deref() == Some(field.name);
        wrong.with(|wrong| {
            wrong.as_ref().filter(|failure| of_it(failure)).map(|f| f.message.clone())
        })
    });
    let input = match (field.kind, amount) {
        (FieldKind::Choice(words), Amount::One) => {
            let options = words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
            view! { <Segmented label options value=shown on_change=set /> }.into_any()
        }
        _ => typed_field(label, field, amount, shown, set, says),
    };
    view! {
        <div class="setting" hidden=move || !meant.get()>
            <span title=why>{label}</span>
            <span>
                {input}
                {move || says.get().map(|says| view! { <span class="wrong" role="alert">{says}</span> })}
            </span>
        </div>
    }
    .into_any()
}

fn typed_field(
    label: &'static str,
    field: &'static Field,
    amount: Amount,
    shown: Memo<String>,
    set: Callback<String>,
    says: Memo<Option<String>>,
) -> AnyView {
    let words = match field.kind {
        FieldKind::Number => &[] as &[&str],
        FieldKind::NumberOr(words) | FieldKind::Choice(words) => words,
    };
    let hint = match amount {
        Amount::One => words.join(", "),
        Amount::Many if words.is_empty() => VALUES.to_owned(),
        Amount::Many => format!("{VALUES}: {}", words.join(", ")),
    };
    let step = move |event: web_sys::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        let next = number(&shown.get_untracked()).map(|number| stepped(number, up));
        if let Some(next) = next.filter(|_| amount == Amount::One) {
            event.prevent_default();
            set.run(next.to_string());
        }
    };
    let range = (amount == Amount::Many && !words.is_empty())
        .then(|| view! { <span class="range">{words.join(", ")}</span> });
    view! {
        <input
            type="text"
            inputmode=if words.is_empty() { "decimal" } else { "text" }
            aria-label=label
            title=hint
            autocomplete="off"
            spellcheck="false"
            aria-invalid=move || says.with(Option::is_some).to_string()
            prop:value=shown
            on:input=move |event| set.run(event_target_value(&event))
            on:keydown=step
        />
        {range}
    }
    .into_any()
}

/// The next number by an arrow key: whole ones one by one, others by halves and doubles.
fn stepped(number: f64, up: bool) -> f64 {
    match (number >= 1.0 && number.fract() == 0.0, up) {
        (true, true) => number + 1.0,
        (true, false) if number > 1.0 => number - 1.0,
        (_, true) => number * 2.0,
        (_, false) => number / 2.0,
    }
}

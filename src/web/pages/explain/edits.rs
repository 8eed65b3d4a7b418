//! Changes to a customer's values, kept in the address, with undo.

use leptos::prelude::*;

use crate::data::{Record, Value};
use crate::web::actions::Customer;
use crate::web::js::number;
use crate::web::query::{EDIT, Query};

type Values = Vec<(String, Value)>;

/// The edits of the customer on screen.
#[derive(Clone, Copy)]
pub struct Edits {
    /// Changed features and their new values.
    pub values: Memo<Values>,
    history: Memo<RwSignal<Vec<Values>>>,
    query: Query,
}

impl Edits {
    /// The edits the address holds; what can be taken back goes with the customer.
    pub fn new(query: Query, customer: Memo<Option<Customer>>) -> Self {
        let values = Memo::new(move |_| {
            let set = query.with_prefix(EDIT).into_iter();
            set.map(|(feature, text)| (feature, parse(&text))).collect::<Values>()
        });
        let history = Memo::new(move |_| {
            customer.track();
            RwSignal::new(Vec::new())
        });
        Self { values, history, query }
    }

    /// Gives a feature a value; `original` takes the edit away.
    pub fn set(self, feature: &str, value: Value, original: &Value) {
        let one = [(feature.to_owned(), original.clone())].into();
        self.set_all(vec![(feature.to_owned(), value)], &one);
    }

    /// The same for several features, whose original values are in the record; undone in one step.
    pub fn set_all(self, changes: Values, originals: &Record) {
        let before = self.values.get_untracked();
        let mut after = before.clone();
        for (feature, value) in changes {
            after.retain(|(name, _)| *name != feature);
            if originals.get(&feature) != Some(&value) {
                after.push((feature, value));
            }
        }
        if after != before {
            self.history.get_untracked().update(|history| history.push(before));
            self.write(&after);
        }
    }

    /// There is something to take back.
    pub fn can_undo(self) -> bool {
        self.history.get().with(|history| !history.is_empty())
            || self.values.with(|v| !v.is_empty())
    }

    /// Takes the last change back; of edits that came with the address, the last one.
    pub fn undo(self) {
        let mut before = None;
        self.history.get_untracked().update(|history| before = history.pop());
        let before = before.unwrap_or_else(|| {
            let mut values = self.values.get_untracked();
            values.pop();
            values
        });
        self.write(&before);
    }

    /// Takes every change back; can itself be undone.
    pub fn reset(self) {
        let before = self.values.get_untracked();
        self.history.get_untracked().update(|history| history.push(before));
        self.write(&Vec::new());
    }

    /// Another customer, or the same, with these changes and no others. Back takes it back; where it is
    /// the same customer Undo does too.
    pub fn look_at(self, customer: String, after: Values) {
        let before = self.values.get_untracked();
        self.history.get_untracked().update(|history| history.push(before));
        let keys = self.keys(&after);
        let mut changes: Vec<_> =
            keys.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        changes.push(("customer", Some(customer)));
        self.query.set(&changes);
    }

    fn write(self, after: &Values) {
        let keys = self.keys(after);
        let changes: Vec<_> =
            keys.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        self.query.replace(&changes);
    }

    /// What the address has to take up and drop.
    fn keys(self, after: &Values) -> Vec<(String, Option<String>)> {
        let current = self.values.get_untracked();
        current
            .iter()
            .filter(|(name, _)| !after.iter().any(|(other, _)| other == name))
            .map(|(name, _)| (format!("{EDIT}{name}"), None))
            .chain(after.iter().map(|(name, value)| (format!("{EDIT}{name}"), Some(write(value)))))
            .collect()
    }
}

/// A number where the text is one; levels that look like numbers are texts in quotes.
fn parse(text: &str) -> Value {
    if let Some(quoted) = text.strip_prefix('\'') {
        return Value::Text(quoted.to_owned());
    }
    number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}

fn write(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) if number(text).is_some() || text.starts_with('\'') => {
            format!("'{text}")
        }
        Value::Text(text) => text.clone(),
    }
}

//! The address holds what is looked at: `?view=explain&customer=7590-VHVEG&set.tenure=12`.
//!
//! One path only, so that the page works on any static server under any path; pages are told apart
//! by the query. A room is come back to as it was left: links between rooms hold what its address
//! held last.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use super::app::use_lab;
use super::js::number;
use super::text;
use crate::data::DatasetId;

/// What is looked at of one data set means nothing for another.
const OF_DATASET: [&str; 15] = [
    "by", "column", "columns", COMPARED, "customer", "first", "group", "run", "second", "sort",
    "swept", "where", "with", "x", "y",
];

/// Prefix of the edits of a customer.
pub const EDIT: &str = "set.";

/// Prefix of how a feature is held while changes are looked for: it stays, or goes one way only.
pub const HOLD: &str = "hold.";

/// Prefix of what the cost of changing a feature is multiplied by, while changes are looked for.
pub const COST: &str = "cost.";

/// Numbers of the runs that are compared, with commas between.
pub const COMPARED: &str = "compare";

/// Prefix of what is picked of a column.
pub const PICK: &str = "pick.";

/// The pages, in the order of the life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// Rows, columns, issues.
    Data,
    /// Charts.
    Explore,
    /// Models and runs.
    Train,
    /// One customer.
    Explain,
    /// Endpoints.
    Serve,
    /// All customers.
    Customers,
    /// Calls and drift.
    Monitor,
}

impl View {
    /// Every page.
    pub const ALL: [Self; 7] = [
        Self::Data,
        Self::Explore,
        Self::Train,
        Self::Explain,
        Self::Serve,
        Self::Customers,
        Self::Monitor,
    ];

    /// Its name in the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Explore => "explore",
            Self::Train => "train",
            Self::Explain => "explain",
            Self::Serve => "serve",
            Self::Customers => "customers",
            Self::Monitor => "monitor",
        }
    }

    /// Its name on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Data => text::frame::DATA,
            Self::Explore => text::frame::EXPLORE,
            Self::Train => text::frame::TRAIN,
            Self::Explain => text::frame::EXPLAIN,
            Self::Serve => text::frame::SERVE,
            Self::Customers => text::frame::ALL_CUSTOMERS,
            Self::Monitor => text::frame::MONITOR,
        }
    }

    /// The page of that name; where a visitor lands when there is none.
    #[must_use]
    pub fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|view| Some(view.key()) == key).unwrap_or(Self::Explain)
    }

    /// A link to it as it was left; tracked.
    #[must_use]
    pub fn href(self) -> String {
        let left = use_context::<Query>().and_then(|query| {
            query.left.with(|left| left.rooms.get(&self).map(ParamsMap::to_query_string))
        });
        left.unwrap_or_else(|| self.bare())
    }

    /// A link to it as on a first visit.
    #[must_use]
    pub fn bare(self) -> String {
        format!("?view={}", self.key())
    }
}

/// Reads and writes the address's query; call inside the router.
#[derive(Clone, Copy)]
pub struct Query {
    map: Memo<ParamsMap>,
    left: Memo<Left>,
    path: Memo<String>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = std::rc::Rc<dyn Fn(&str, NavigateOptions)>;

/// The rooms visited since the page opened, each with its last address.
#[derive(Clone, Default, PartialEq)]
struct Left {
    dataset: Option<DatasetId>,
    rooms: BTreeMap<View, ParamsMap>,
}

impl Left {
    fn forget_dataset(&mut self) {
        for params in self.rooms.values_mut() {
            let kept = std::mem::take(params).into_iter();
            *params = kept
                .filter(|(key, _)| !OF_DATASET.contains(&&**key))
                .filter(|(key, _)| {
                    ![COST, EDIT, HOLD, PICK].iter().any(|prefix| key.starts_with(prefix))
                })
                .collect();
        }
    }
}

impl Query {
    /// The query of this page.
    #[must_use]
    pub fn of_page() -> Self {
        let navigate = use_navigate();
        let map = use_query_map();
        let dataset = use_lab().state.dataset_id;
        let left = Memo::new(move |before: Option<&Left>| {
            let mut left = before.cloned().unwrap_or_default();
            let dataset = dataset.get();
            if left.dataset.is_some() && left.dataset != dataset {
                left.forget_dataset();
            }
            left.dataset = dataset;
            let mut params = map.get();
            let view = View::of(params.get_str("view"));
            params.replace("view", view.key().to_owned());
            left.rooms.insert(view, params);
            left
        });
        Self {
            map,
            left,
            path: use_location().pathname,
            navigate: StoredValue::new_local(std::rc::Rc::new(move |to: &str, options| {
                navigate(to, options);
            })),
        }
    }

    /// The page looked at.
    #[must_use]
    pub fn view(self) -> View {
        self.map.with(|map| View::of(map.get_str("view")))
    }

    /// A value; tracked.
    #[must_use]
    pub fn get(self, key: &str) -> Option<String> {
        self.map.with(|map| map.get(key))
    }

    /// A number; `None` when it is missing or not allowed; tracked.
    #[must_use]
    pub fn number(self, key: &str, allowed: fn(f64) -> bool) -> Option<f64> {
        self.get(key).and_then(|text| number(&text)).filter(|&number| allowed(number))
    }

    /// Every value whose key starts with `prefix`, without it; tracked.
    #[must_use]
    pub fn with_prefix(self, prefix: &str) -> Vec<(String, String)> {
        self.map.with(|map| {
            let all = map.clone().into_iter();
            all.filter_map(|(key, value)| Some((key.strip_prefix(prefix)?.to_owned(), value)))
                .collect()
        })
    }

    /// Changes some values (`None` removes one), keeping the others; Back takes it back.
    pub fn set(self, changes: &[(&str, Option<String>)]) {
        self.go(changes, false);
    }

    /// The same without a step in the history, for what changes while dragging or typing.
    pub fn replace(self, changes: &[(&str, Option<String>)]) {
        self.go(changes, true);
    }

    /// A link to here with some values changed; tracked.
    #[must_use]
    pub fn with(self, changes: &[(&str, Option<String>)]) -> String {
        changed(self.map.get(), changes).to_query_string()
    }

    fn go(self, changes: &[(&str, Option<String>)], replace: bool) {
        let map = changed(self.map.get_untracked(), changes);
        let to = format!("{}{}", self.path.get_untracked(), map.to_query_string());
        let navigate = self.navigate.get_value();
        navigate(&to, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    }
}

fn changed(mut map: ParamsMap, changes: &[(&str, Option<String>)]) -> ParamsMap {
    for (key, value) in changes {
        match value {
            Some(value) => map.replace((*key).to_owned(), value.clone()),
            None => {
                map.remove(key);
            }
        }
    }
    map
}

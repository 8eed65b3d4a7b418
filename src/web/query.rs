//! The address holds what is looked at: `?view=explain&customer=7590-VHVEG&set.tenure=12`.
//!
//! One path only, so that the page works on any static server under any path; pages are told apart
//! by the query.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use super::text;

/// The pages, in the order of the life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Calls and drift.
    Monitor,
}

impl View {
    /// Every page.
    pub const ALL: [Self; 6] =
        [Self::Data, Self::Explore, Self::Train, Self::Explain, Self::Serve, Self::Monitor];

    /// Its name in the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Explore => "explore",
            Self::Train => "train",
            Self::Explain => "explain",
            Self::Serve => "serve",
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
            Self::Monitor => text::frame::MONITOR,
        }
    }

    /// The page of that name; where a visitor lands when there is none.
    #[must_use]
    pub fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|view| Some(view.key()) == key).unwrap_or(Self::Explain)
    }

    /// A link to it.
    #[must_use]
    pub fn href(self) -> String {
        format!("?view={}", self.key())
    }
}

/// Reads and writes the address's query; call inside the router.
#[derive(Clone, Copy)]
pub struct Query {
    map: Memo<ParamsMap>,
    path: Memo<String>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = std::rc::Rc<dyn Fn(&str, NavigateOptions)>;

impl Query {
    /// The query of this page.
    #[must_use]
    pub fn of_page() -> Self {
        let navigate = use_navigate();
        Self {
            map: use_query_map(),
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

    fn go(self, changes: &[(&str, Option<String>)], replace: bool) {
        let mut map = self.map.get_untracked();
        for (key, value) in changes {
            match value {
                Some(value) => map.replace((*key).to_owned(), value.clone()),
                None => {
                    map.remove(key);
                }
            }
        }
        let to = format!("{}{}", self.path.get_untracked(), map.to_query_string());
        let navigate = self.navigate.get_value();
        navigate(&to, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    }
}

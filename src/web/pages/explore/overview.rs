//! Every column against the target, the one that says most first.

use leptos::prelude::*;

use super::Explored;
use super::picture::picture;
use super::specs;
use crate::charts::format;
use crate::exploration::{BinEdges, Figures, Groups, OverviewColumn};
use crate::web::components::card::Card;
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// Height of a picture, logical pixels, and the levels that fit it.
const HEIGHT: f64 = 184.0;
const MOST_LEVELS: usize = 3;

/// The cards.
pub fn overview(page: Explored) -> AnyView {
    let columns = Memo::new(move |_| {
        page.answer.with(|answer| match answer.as_deref().map(|answer| &answer.figures) {
            Some(Figures::Overview(columns)) => columns.clone(),
            _ => Vec::new(),
        })
    });
    let names = Memo::new(move |_| {
        let name = |column: &OverviewColumn| column.distribution.column.clone();
        columns.with(|columns| columns.iter().map(name).collect::<Vec<String>>())
    });
    let why = page.with_classes(|classes| classes.map(Classes::strength_why));
    let why = why.map(|why| view! { <p class="sub how">{why}</p> });
    view! {
        {why}
        <div class="grid charts" data-testid="overview">
            <For each=move || names.get() key=String::clone children=move |name: String| {
                let column = Memo::new(move |_| {
                    let is_it = |column: &&OverviewColumn| column.distribution.column == name;
                    columns.with(|columns| columns.iter().find(is_it).cloned())
                });
                card(page, column)
            } />
        </div>
    }
    .into_any()
}

fn card(page: Explored, column: Memo<Option<OverviewColumn>>) -> AnyView {
    let of = move |f: fn(&OverviewColumn) -> String| {
        column.with(|column| column.as_ref().map(f).unwrap_or_default())
    };
    let name = of(|column| column.distribution.column.clone());
    let (this, linked) = (name.clone(), name.clone());
    let closer = move || {
        let tab = ("tab", Some("column".to_owned()));
        page.query.with(&[tab, ("column", Some(linked.clone()))])
    };
    let shown = Memo::new(move |_| {
        let picture = |of: &OverviewColumn| {
            page.with_classes(|classes| specs::by_class(&of.distribution, classes))
        };
        column.with(|column| column.as_ref().map(picture))
    });
    let said = Signal::derive(move || {
        let said = |column: &OverviewColumn| {
            let distribution = &column.distribution;
            let (groups, counts) = (&distribution.groups, &distribution.counts);
            page.with_classes(|classes| specs::sentence(groups, counts, classes))
        };
        column.with(|column| column.as_ref().map(said).unwrap_or_default())
    });
    let height = column.with_untracked(|column| match &column.as_ref()?.distribution.groups {
        Groups::Levels(levels) if levels.len() > MOST_LEVELS => None,
        _ => Some(HEIGHT),
    });
    let sub = Signal::derive(move || of(facts));
    let aside = move || {
        let (strength, closer) = (move || of(strength), closer.clone());
        view! {
            <span class="strength">{strength}</span>
            <a class="closer" href=closer aria-label=format!("{} {}", text::CLOSER, readable(&this))>
                {text::CLOSER}
            </a>
        }
    };
    view! {
        <div data-testid="overview-card" data-column=name.clone()>
            <Card title=readable(&name) sub aside>{picture(page, shown, height, Some(said))}</Card>
        </div>
    }
    .into_any()
}

/// How much the column says, with the name of the measure.
fn strength(column: &OverviewColumn) -> String {
    let Some(strength) = column.strength else { return String::new() };
    let measure = match column.distribution.groups {
        Groups::Bins(_) => text::ETA,
        Groups::Levels(_) => text::V,
    };
    let few = format::few(u64::from(column.distribution.total()));
    let few = few.map_or_else(String::new, |few| format!(", {few}"));
    format!("{measure} {}{few}", format::score(strength.association))
}

/// What else is known of a column.
fn facts(column: &OverviewColumn) -> String {
    let mut facts = match &column.distribution.groups {
        Groups::Levels(levels) => format!("{} {}", levels.len(), text::LEVELS),
        Groups::Bins(BinEdges { edges, are_dates }) => match (edges.first(), edges.last()) {
            (Some(&from), Some(&to)) => specs::between(from, to, true, *are_dates),
            _ => String::new(),
        },
    };
    facts.push_str(&format!(" · {} {}", format::count(u64::from(column.missing)), text::MISSING));
    if let Some(strength) = column.strength {
        let nats = format::score(strength.mutual_information);
        facts.push_str(&format!(" · {nats} {}", text::INFORMATION));
    }
    facts
}

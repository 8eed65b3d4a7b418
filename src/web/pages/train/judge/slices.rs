//! Where the model is worse than on the whole.

use leptos::prelude::*;

use super::curves::range;
use super::fields::{how, says};
use super::{Looked, address};
use crate::charts::format::{self, NumberFormat};
use crate::evaluation::slices::SliceFigure;
use crate::evaluation::{SliceRow, SliceScore};
use crate::experiments::Judgement;
use crate::experiments::judgement::SliceName;
use crate::experiments::slices::SliceValues;
use crate::web::components::choice::Choice;
use crate::web::text::judge as text;
use crate::web::text::names::{readable, small};

/// Slices shown before all are asked for.
const WORST: usize = 12;

/// The table.
pub fn slices(page: Looked) -> AnyView {
    let query = page.query;
    let score = Memo::new(move |_| address::slice_score(query).1);
    let name = move || address::slice_score(query).2;
    let all = RwSignal::new(false);
    let said = move || page.found(|judgement| sentence(judgement, score.get(), name()));
    let rows = move || {
        page.found(|judgement| {
            rows(judgement, score.get(), if all.get() { usize::MAX } else { WORST })
        })
    };
    let total = move || page.found(|judgement| judgement.slices.len()).unwrap_or_default();
    let more = move || match all.get() {
        true => text::SHOW_WORST.to_owned(),
        false => text::show_all(total()),
    };
    let choose = move |key: String| query.set(&[(address::SCORE, Some(key))]);
    let options = address::SLICE_SCORES.map(|(key, _, name)| (key.to_owned(), name.to_owned()));
    let choice = move || {
        let value = address::slice_score(query).0.to_owned();
        view! { <Choice label=text::SCORE options=options.to_vec() value testid="judge-score" on_change=choose /> }
    };
    let known = Memo::new(move |_| page.judgement.with(Option::is_some));
    view! {
        {says(said)}
        <div class="row ends">
            <div class="field"><span aria-hidden="true">{text::SCORE}</span>{choice}</div>
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label=text::SLICES hidden=move || !known.get()>
            <table class="tight stacked">
                <thead>
                    <tr>
                        <th scope="col">{text::SLICE}</th>
                        <th scope="col" class="right">{name}</th>
                        <th scope="col" class="right">{text::INTERVAL}</th>
                        <th scope="col" class="right">{text::GAP}</th>
                        <th scope="col" class="right">{text::BEHIND}</th>
                    </tr>
                </thead>
                <tbody data-testid="judge-slices">{rows}</tbody>
            </table>
        </div>
        {move || (total() > WORST).then(|| view! {
            <button on:click=move |_| all.update(|all| *all = !*all)>{more}</button>
        })}
        {how(|| text::SLICES_HOW.to_owned())}
    }
    .into_any()
}

/// The worst slice that has customers enough.
fn sentence(judgement: &Judgement, score: SliceScore, name: &str) -> String {
    if judgement.slices.is_empty() {
        return text::NO_SLICES.to_owned();
    }
    let rows = judgement.slice_table.by(score);
    let worst = rows.first().filter(|row| !row.figure(score).few);
    let whole = judgement.slice_table.whole.figure(score).value;
    let found = worst.and_then(|row| {
        let figure = row.figure(score);
        Some((judgement.slices.get(row.slice as usize)?, figure.value?, figure.interval, whole?))
    });
    let Some((slice, value, interval, whole)) = found else { return text::ALL_FEW.to_owned() };
    let between = range(interval.low, interval.high);
    let name = small(name);
    text::worst(&in_words(slice), &name, &format::score(value), &between, &format::score(whole))
}

fn rows(judgement: &Judgement, score: SliceScore, most: usize) -> Vec<AnyView> {
    let table = &judgement.slice_table;
    let whole = row(text::ALL_CUSTOMERS.to_owned(), &table.whole, score, true);
    let slices = table.by(score).into_iter().take(most).filter_map(|of| {
        let slice = judgement.slices.get(of.slice as usize)?;
        Some(row(in_words(slice), &of, score, false))
    });
    std::iter::once(whole).chain(slices).collect()
}

fn row(name: String, row: &SliceRow, score: SliceScore, is_whole: bool) -> AnyView {
    let &SliceFigure { value, interval, gap, n_behind, few } = row.figure(score);
    let shown = value.map_or(format::MISSING.to_owned(), format::score);
    let gap = gap.filter(|_| !is_whole).map_or(String::new(), |gap| NumberFormat::Weight.show(gap));
    let count = |n: u32| format::count(u64::from(n));
    let behind = format::few(u64::from(n_behind)).unwrap_or_else(|| count(n_behind));
    let behind = match n_behind == row.n {
        true => behind,
        false => format!("{behind} {} {}", text::OF, count(row.n)),
    };
    let between = value.map_or(String::new(), |_| range(interval.low, interval.high));
    view! {
        <tr class:few=few class:whole=is_whole>
            <th scope="row">{name}</th>
            <td class="beside right" data-value=value.map(|value| value.to_string())>{shown}</td>
            <td class="right interval" data-label=text::INTERVAL>{between}</td>
            <td class="right" data-label=text::GAP>{gap}</td>
            <td class="right" data-label=text::BEHIND>{behind}</td>
        </tr>
    }
    .into_any()
}

/// "Contract: One year", "Tenure: 1 to under 9".
fn in_words(slice: &SliceName) -> String {
    let values = match &slice.holds {
        SliceValues::Level { level } => level.clone(),
        SliceValues::Range { from, to, closed } => {
            let ends = format::bounds(&[*from, *to]);
            let [from, to] =
                [ends.first(), ends.get(1)].map(|end| end.cloned().unwrap_or_default());
            text::between(&from, &to, *closed)
        }
    };
    format!("{}: {values}", readable(&slice.column))
}

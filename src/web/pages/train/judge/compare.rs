//! Another run on the same customers: is one of them better?

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::fields::{Figure, figures, how};
use super::{Looked, address, ask_first, failed_view};
use crate::charts::format::{self, NumberFormat};
use crate::compute::Failure;
use crate::experiments::{Comparison, Run};
use crate::web::app::use_lab;
use crate::web::components::choice::Choice;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::task_bar::TaskBar;
use crate::web::state::{LabState, Task};
use crate::web::text::judge as text;
use crate::web::text::train;

/// The choice and what comes of it.
pub fn compare(page: Looked) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let others = Memo::new(move |_| page.run.with_value(|run| alike(lab.state, run)));
    let other = Memo::new(move |_| {
        let wanted = query.get(address::WITH).and_then(|number| number.parse::<u32>().ok());
        others.with(|others| {
            let named = others.iter().find(|run| Some(run.number) == wanted);
            named.or(others.first()).cloned()
        })
    });
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let may = page.may_fit.get();
        let asked = other.get().filter(|_| may).map(|other| (page.run.get_value(), other));
        async move {
            match asked {
                None => Ok(None),
                Some((run, other)) => {
                    let comparison = lab.compare(run, Arc::clone(&other)).await?;
                    Ok::<_, Failure>(Some((other.number, comparison)))
                }
            }
        }
        .boxed_local()
    });
    let choose = move |number: String| query.set(&[(address::WITH, Some(number))]);
    let choice = move || {
        let value = other.get()?.number.to_string();
        let named = |run: &Arc<Run>| (run.number.to_string(), name(run));
        let options: Vec<_> = others.with(|others| others.iter().map(named).collect());
        Some(view! {
            <div class="row ends">
                <div class="field">
                    <span aria-hidden="true">{text::OTHER}</span>
                    <Choice label=text::OTHER options value testid="judge-with" on_change=choose />
                </div>
            </div>
        })
    };
    let none = move || {
        let none = others.with(Vec::is_empty);
        none.then(|| view! { <p class="empty" role="status">{text::NO_OTHER}</p> })
    };
    let shown = move || {
        answer.with(|answer| match answer.as_ref()? {
            Err(failure) => Some(failed_view(failure.clone(), move || again.update(|n| *n += 1))),
            Ok(None) => None,
            Ok(Some((number, comparison))) => {
                // an answer about the run before says nothing of this one
                let other = other.get().filter(|other| other.number == *number)?;
                Some(page.run.with_value(|run| result(run, &other, comparison)))
            }
        })
    };
    view! {
        {none}
        {choice}
        {ask_first(page)}
        <TaskBar task=Task::Judge />
        {shown}
        {how(|| text::COMPARE_HOW.to_owned())}
    }
    .into_any()
}

/// Other runs of the same customers, the newest first.
fn alike(state: LabState, run: &Run) -> Vec<Arc<Run>> {
    let made = &run.provenance;
    let is_alike = |other: &&Arc<Run>| {
        let its = &other.provenance;
        other.id != run.id && its.dataset_id == made.dataset_id && its.split == made.split
    };
    state.runs.with(|runs| runs.iter().rev().filter(is_alike).cloned().collect())
}

fn name(run: &Run) -> String {
    text::run_name(run.number, run.provenance.params.label())
}

fn result(run: &Run, other: &Run, comparison: &Comparison) -> AnyView {
    let Comparison { classes, areas } = comparison;
    let [first, second] = [name(run), name(other)];
    let say = |verdict, what| text::verdict(verdict, what, [&first, &second]);
    let sentences = [say(classes.verdict, train::ACCURACY), say(areas.verdict, train::AUC)];
    let counted = |key, name, n: u32| Figure {
        key,
        name,
        value: f64::from(n),
        shown: format::count(u64::from(n)),
        sub: text::TEST_CUSTOMERS.to_owned(),
    };
    let p = |p: f64| {
        format!("{} {}", text::P, if p < 0.001 { text::TINY.to_owned() } else { format::score(p) })
    };
    let weight = |value: f64| NumberFormat::Weight.show(value);
    let found = vec![
        counted("only-first", text::ALONE, classes.only_first_right),
        counted("only-second", text::OTHER_ALONE, classes.only_second_right),
        Figure {
            key: "accuracy-difference",
            name: text::ACCURACY_DIFFERENCE,
            value: classes.accuracy_difference,
            shown: weight(classes.accuracy_difference),
            sub: format!("{}, {}", text::MCNEMAR, p(classes.exact_p)),
        },
        Figure {
            key: "auc-difference",
            name: text::AUC_DIFFERENCE,
            value: areas.difference,
            shown: weight(areas.difference),
            sub: format!(
                "{}{}; {} to {}",
                text::DELONG,
                areas.p.map_or(String::new(), |value| format!(", {}", p(value))),
                weight(areas.interval.low),
                weight(areas.interval.high)
            ),
        },
    ];
    view! {
        {sentences.map(|sentence| view! { <p class="says" data-testid="judge-says">{sentence}</p> })}
        {figures(found)}
    }
    .into_any()
}

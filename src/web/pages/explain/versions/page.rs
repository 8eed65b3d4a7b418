//! One customer on one page of paper.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::super::weights::head;
use super::{changes, run_of};
use crate::charts::format;
use crate::data::Record;
use crate::experiments::Run;
use crate::explain::explanation::LOW_R2;
use crate::explain::{Contribution, Explanation};
use crate::numerics::order::sorted_by;
use crate::web::actions::Customer;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::weight_bar::{WeightBar, side_class};
use crate::web::explaining::Explaining;
use crate::web::model::HeldModel;
use crate::web::text::names::readable;
use crate::web::text::{explain, frame, trust, versions as text};

/// The attribute of the root element that the print style goes by.
const SHEET: &str = "data-sheet";

/// What stands on the page: all of one moment.
#[derive(Clone, PartialEq)]
struct Sheet {
    model: Arc<HeldModel>,
    run: Arc<Run>,
    customer: Customer,
    record: Record,
    explanation: Explanation,
    /// The probability as in the data, where something is changed.
    before: Option<f64>,
    /// The data set's name and size.
    data: String,
    /// Where the page is, without the card that prints it.
    address: String,
}

/// The button, and the page as it will be printed.
pub fn page(of: Explaining) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let answer = follow_in_turn(move || {
        let asked = of.model.get().zip(run_of(lab, of)).zip(of.customer.get()).zip(of.record.get());
        let lime = of.lime.get();
        let data = lab.state.dataset();
        let data = data.map_or_else(String::new, |d| text::page_data(&d.name, d.kept));
        let address = address(&query.with(&[(super::FRAME.key, None)]));
        async move {
            let Some((((model, run), customer), record)) = asked else { return Ok(None) };
            let ask =
                |record: &Record| lab.explain(model.id.clone(), record.clone(), lime.clone(), None);
            let (explanation, _) = ask(&record).await?;
            let before = if record == customer.record {
                None
            } else {
                Some(ask(&customer.record).await?.0.probability)
            };
            Ok(Some(Sheet { model, run, customer, record, explanation, before, data, address }))
        }
        .boxed_local()
    });
    // while the page is here it alone is printed
    if let Some(root) = document().document_element() {
        drop(root.set_attribute(SHEET, ""));
    }
    on_cleanup(|| {
        if let Some(root) = document().document_element() {
            drop(root.remove_attribute(SHEET));
        }
    });
    let ready = Memo::new(move |_| matches!(answer.get(), Some(Ok(Some(_)))));
    // a frame that may not print does nothing
    let print = move |_| drop(window().print());
    view! {
        <div class="row not-printed">
            <button class="go" disabled=move || !ready.get() on:click=print>{text::PRINT}</button>
        </div>
        {move || match answer.get() {
            None => view! { <p class="empty" role="status">{frame::WORKING}</p> }.into_any(),
            Some(Ok(None)) => view! { <p class="empty">{trust::NO_CUSTOMER}</p> }.into_any(),
            Some(Err(failure)) => view! { <FailureBox failure /> }.into_any(),
            Some(Ok(Some(sheet))) => sheet_shown(of, sheet),
        }}
    }
    .into_any()
}

/// In full, from what stands behind the path.
fn address(query: &str) -> String {
    let location = window().location();
    let place = location.origin().ok().zip(location.pathname().ok());
    place.map_or_else(String::new, |(origin, path)| format!("{origin}{path}{query}"))
}

fn sheet_shown(of: Explaining, sheet: Sheet) -> AnyView {
    let Sheet { model, run, customer, record, explanation, before, data, address } = sheet;
    let probability = explanation.probability;
    let heads = of.classes.get().map(|classes| {
        let title = text::page_title(&classes, &customer.name, probability);
        let said = text::page_probability(&classes, probability, before);
        let [negative, positive] = classes.sides();
        view! {
            <h3>{title}</h3>
            <p class="said" data-testid="page-probability">{said}</p>
            <p class="legend">
                <span><i class="key stays" aria-hidden="true"></i>{negative}</span>
                <span><i class="key leaves" aria-hidden="true"></i>{positive}</span>
            </p>
        }
    });
    let made = &run.provenance;
    let changed = changes(of, &customer.record, &record);
    let told: Vec<_> = changed.iter().map(|c| text::change(&c.feature, &c.from, &c.to)).collect();
    let told = if told.is_empty() { text::UNCHANGED.to_owned() } else { told.join("; ") };
    let facts = [
        (text::CHANGES, told),
        (text::MODEL, text::page_model(run.number, made.params.label(), made.n_train)),
        (text::DATA, data),
        (text::METHOD, text::page_method(&explanation)),
        (text::ADDRESS, address),
    ];
    let facts = facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> });
    let facts = facts.collect::<Vec<_>>();
    let weak = (explanation.r2 < LOW_R2).then(|| view! { " " <b>{explain::WEAK}</b> });
    let largest = explanation.contributions.iter().map(|c| c.weight.abs()).fold(0.0, f64::max);
    let scale = (largest * 1.1).max(0.01);
    let rank = |name: &str| {
        let place = explanation.contributions.iter().position(|c| c.feature == name);
        place.map_or(f64::INFINITY, |place| place as f64)
    };
    let names = model.space.features.iter().map(|feature| feature.name.clone()).collect();
    let rows = sorted_by(names, |name: &String| rank(name)).into_iter().map(|name| {
        let weighed = explanation.contributions.iter().find(|c| c.feature == name);
        let value = record
            .get(&name)
            .map_or(format::MISSING.to_owned(), |value| text::value(&model.space, &name, value));
        let was = changed.iter().find(|c| c.feature == name).map(|c| text::was(&c.from));
        view! {
            <tr data-feature=name.clone()>
                <th scope="row">{readable(&name)}</th>
                <td>{value} {was}</td>
                {weight_shown(weighed, scale)}
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    view! {
        <article class="sheet-page" data-testid="sheet" aria-label=text::PAGE>
            {heads}
            <table class="tight">
                {head()}
                <tbody>{rows}</tbody>
            </table>
            <dl>{facts}</dl>
            <p><b>{explain::NOT_CAUSAL}</b> {weak}</p>
        </article>
    }
    .into_any()
}

fn weight_shown(weighed: Option<&Contribution>, scale: f64) -> AnyView {
    let Some(Contribution { condition, weight, .. }) = weighed.cloned() else {
        return view! { <td class="condition">{explain::NOT_CHOSEN}</td> <td></td> }.into_any();
    };
    view! {
        <td class="bar" title=condition><WeightBar weight before=None scale /></td>
        <td class="right"><b class=side_class(weight) data-weight=weight.to_string()>{format::weight(weight)}</b></td>
    }
    .into_any()
}

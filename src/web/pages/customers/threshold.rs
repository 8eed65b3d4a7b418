//! What a threshold does to all customers.

use leptos::prelude::*;

use super::{Customers, address};
use crate::charts::format;
use crate::customers::Effect;
use crate::evaluation::ConfusionMatrix;
use crate::web::components::card::Card;
use crate::web::components::number_box::Allowed;
use crate::web::components::threshold_slider::ThresholdSlider;
use crate::web::pages::train::judge::address as offer;
use crate::web::pages::train::judge::fields::{NumberField, number_field};
use crate::web::text::customers as text;
use crate::web::text::judge;

/// The card.
pub fn threshold(page: Customers) -> AnyView {
    let query = page.query;
    let threshold = page.threshold;
    let keep = move |t: f64| query.replace(&[(address::THRESHOLD, Some(t.to_string()))]);
    let allowed: Allowed = (address::is_threshold, text::THRESHOLD_ALLOWED);
    let effect = Memo::new(move |_| {
        // what the address holds is in range, so the offer is one
        let offer = offer::offer(query).check().ok()?;
        page.scores.with(|scores| {
            let (probabilities, labels) = scores.as_deref()?;
            let (now, before) = (threshold.get(), page.reference);
            Some(Effect::of(probabilities, labels.as_deref(), now, before, offer))
        })
    });
    let money: Allowed = (offer::is_money, judge::MONEY_ALLOWED);
    let shares: Allowed = (offer::is_share, judge::SHARE_ALLOWED);
    let field = move |key, label, unit, default, allowed, step| {
        number_field(
            query,
            NumberField { key, label, unit, default, allowed, step, settled: false },
        )
    };
    let (cost, value) =
        (offer::OFFER.offer_cost_per_customer, offer::OFFER.kept_value_per_customer);
    let success = offer::OFFER.offer_success_share;
    view! {
        <Card title=text::THRESHOLD_CARD>
            <div class="row customers-threshold">
                <ThresholdSlider label=text::THRESHOLD threshold usual=page.reference allowed on_keep=keep />
            </div>
            {move || effect.get().map(|effect| figures(page, effect))}
            <details>
                <summary>{judge::PROFIT}</summary>
                <div class="row ends">
                    {field(offer::COST, text::OFFER_COST, judge::PER_CUSTOMER, cost, money, 1.0)}
                    {field(offer::VALUE, text::KEPT_VALUE, judge::PER_CUSTOMER, value, money, 10.0)}
                    {field(offer::SUCCESS, text::SUCCESS, "", success, shares, 0.05)}
                </div>
                <p class="note">{text::PROFIT_NOTE}</p>
            </details>
        </Card>
    }
    .into_any()
}

fn figures(page: Customers, effect: Effect) -> AnyView {
    let count = |rows: u32| format::count(u64::from(rows));
    let Effect { customers, contacted, added, dropped, expected_profit, confusion } = effect;
    let reference = format::score(page.reference);
    let flips = text::flips(&count(added), &count(dropped), &reference);
    let figures = [
        (
            "contacted",
            text::TO_CONTACT,
            contacted.to_string(),
            count(contacted),
            format!("{} {}", text::OF, count(customers)),
        ),
        ("flipped", text::FLIPPED, (added + dropped).to_string(), count(added + dropped), flips),
        (
            "profit",
            text::PROFIT,
            expected_profit.to_string(),
            format::decimal(expected_profit, 0),
            String::new(),
        ),
    ];
    let figures = figures.map(|(key, name, value, shown, sub)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd data-testid=format!("customers-{key}") data-value=value>{shown}</dd>
                <dd class="sub">{sub}</dd>
            </div>
        }
    });
    view! {
        <div class="customers-figures">
            <dl class="figures">{figures}</dl>
            {confusion.map(|counts| confusion_table(page, counts))}
        </div>
    }
    .into_any()
}

fn confusion_table(page: Customers, counts: ConfusionMatrix) -> AnyView {
    let ConfusionMatrix { tn, fp, fn_, tp } = counts;
    let (negative, positive) =
        page.classes.with_value(|classes| (classes.negative(), classes.positive()));
    let rows = [(negative, [("tn", tn), ("fp", fp)]), (positive, [("fn", fn_), ("tp", tp)])];
    let rows = rows.map(|(class, cells)| {
        let cells = cells.map(|(key, cases)| view! {
            <td class="right" class:right-call=matches!(key, "tn" | "tp") data-testid=format!("customers-{key}") data-value=cases.to_string()>
                <b>{format::count(u64::from(cases))}</b>
            </td>
        });
        view! { <tr><th scope="row">{class}</th>{cells}</tr> }
    });
    view! {
        <table class="confusion">
            <caption class="hidden">{text::COUNTS}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::HAPPENED}</th>
                    <th scope="col" class="right">{text::BELOW}</th>
                    <th scope="col" class="right">{text::FROM}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

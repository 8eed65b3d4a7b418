//! What an offer to the customers from a threshold on would earn.

use leptos::prelude::*;

use super::fields::{Figure, NumberField, figures, how, number_field, says};
use super::{Looked, address};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Marker, Point, Reference, Tone,
};
use crate::evaluation::{Offer, ProfitPoint, ScaledProfit};
use crate::web::components::chart::Chart;
use crate::web::components::number_box::Allowed;
use crate::web::pages::train::scores::decimals;
use crate::web::text::judge as text;
use crate::web::text::train;

/// Columns of a picture that curves are drawn for.
const COLUMNS: u32 = 400;

/// What is read off the curve for one offer.
#[derive(Clone, PartialEq)]
struct Earned {
    offer: Offer,
    best: ProfitPoint,
    /// The best threshold with as few decimals as contact the same customers; `None`: nobody is.
    threshold: Option<f64>,
    /// The best point scaled to all customers of the data set.
    scaled: ScaledProfit,
    points: Vec<ProfitPoint>,
}

/// Cost and profit.
pub fn profit(page: Looked) -> AnyView {
    let query = page.query;
    let all = page.run.with_value(|run| run.provenance.n_train + run.provenance.n_test);
    let earned = Memo::new(move |_| {
        // what the address holds is in range, so the offer is one
        let offer = address::offer(query).check().ok()?;
        page.with_curve(|curve| {
            let best = curve.best_profit(offer);
            Some(Earned {
                offer,
                best,
                threshold: best.threshold.map(|threshold| curve.rounded(threshold)),
                scaled: curve.scaled(best, all),
                points: curve.profit_by_threshold(offer, COLUMNS),
            })
        })
    });
    let spec = Signal::derive(move || {
        let spec = earned.with(|earned| earned.as_ref().map(spec));
        spec.unwrap_or_else(|| ChartSpec::Line(LineSpec::default()))
    });
    let said = move || earned.with(|earned| earned.as_ref().map(sentence));
    let read = move || earned.with(|earned| earned.as_ref().map(|e| figures(read_off(page, e))));
    let best = Memo::new(move |_| earned.with(|earned| earned.as_ref()?.threshold));
    let put = move |_| {
        if let Some(threshold) = best.get_untracked() {
            query.set(&[("threshold", Some(threshold.to_string()))]);
        }
    };
    let money: Allowed = (address::is_money, text::MONEY_ALLOWED);
    let field = |key, label, unit, default, allowed, step| {
        let field = NumberField { key, label, unit, default, allowed, step, settled: false };
        number_field(query, field)
    };
    let offer = address::OFFER;
    let (cost, value) = (offer.offer_cost_per_customer, offer.kept_value_per_customer);
    let shares: Allowed = (address::is_share, text::SHARE_ALLOWED);
    let reason = move || best.get().is_none().then_some(text::NO_USE);
    view! {
        {says(said)}
        <div class="row ends">
            {field(address::COST, text::OFFER_COST, text::PER_CUSTOMER, cost, money, 1.0)}
            {field(address::VALUE, text::KEPT_VALUE, text::PER_CUSTOMER, value, money, 10.0)}
            {field(address::SUCCESS, text::SUCCESS, "", offer.offer_success_share, shares, 0.05)}
        </div>
        {read}
        <Chart spec />
        <button data-testid="use-threshold" disabled=move || best.get().is_none() title=reason on:click=put>
            {text::USE_THRESHOLD}
        </button>
        {how(move || page.with_classes(|classes| classes.profit_how()))}
    }
    .into_any()
}

fn sentence(earned: &Earned) -> String {
    let Earned { best, threshold, scaled, .. } = earned;
    let Some(threshold) = threshold else { return text::EARNS_NOTHING.to_owned() };
    text::earns(
        &shown(*threshold),
        &format::decimal(best.profit, 0),
        &format::decimal(scaled.profit_per_customer, 2),
        &format::count(u64::from(scaled.customers)),
        &format::decimal(scaled.contacted, 0),
    )
}

/// As many decimals as it has, two at least: ".20", ".2713".
fn shown(threshold: f64) -> String {
    let written = threshold.to_string();
    let digits = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    decimals(threshold, digits.clamp(2, 8))
}

fn read_off(page: Looked, earned: &Earned) -> Vec<Figure> {
    let Earned { offer, best, threshold, scaled, .. } = earned;
    let closed = offer.break_even_probability();
    let nothing = || text::NOBODY.to_owned();
    let params = offer.params();
    let formula = format!(
        "{} / ({} · {})",
        format::plain(params.offer_cost_per_customer),
        format::plain(params.offer_success_share),
        format::plain(params.kept_value_per_customer)
    );
    let at_closed = closed.map(|t| page.with_curve(|curve| curve.profit_at(*offer, t).profit));
    let earned_there = at_closed.map(|profit| text::earned_there(&format::decimal(profit, 0)));
    let n_test = page.run.with_value(|run| run.provenance.n_test);
    let of = |n: u32| format!("{} {}", text::OF, format::count(u64::from(n)));
    vec![
        Figure {
            key: "best-threshold",
            name: text::BEST,
            value: threshold.unwrap_or(f64::NAN),
            shown: threshold.map_or_else(nothing, shown),
            sub: text::earned_there(&format::decimal(best.profit, 0)),
        },
        Figure {
            key: "closed-form",
            name: text::CLOSED_FORM,
            value: closed.unwrap_or(f64::NAN),
            shown: closed.map_or_else(|| text::NO_THRESHOLD.to_owned(), |t| decimals(t, 3)),
            sub: [Some(formula), earned_there].into_iter().flatten().collect::<Vec<_>>().join(", "),
        },
        Figure {
            key: "contacted",
            name: text::TO_CONTACT,
            value: f64::from(best.contacted),
            shown: format::count(u64::from(best.contacted)),
            sub: format!("{} {}", of(n_test), text::TEST_CUSTOMERS),
        },
        Figure {
            key: "scaled",
            name: text::AT_ALL,
            value: scaled.contacted,
            shown: format::decimal(scaled.contacted, 0),
            sub: of(scaled.customers),
        },
    ]
}

fn spec(earned: &Earned) -> ChartSpec {
    let Earned { offer, best, threshold, points, .. } = earned;
    let at = |point: &ProfitPoint| Some(Point { x: point.threshold?, y: point.profit });
    let marker = threshold.map(|threshold| Marker {
        at: Point { x: threshold, y: best.profit },
        label: format!("{} {}", text::BEST_SMALL, shown(threshold)),
    });
    let closed = offer
        .break_even_probability()
        .map(|x| Reference::Vertical { x, label: format!("t* {}", decimals(x, 2)) });
    let zero = Reference::Horizontal { y: 0.0, label: String::new() };
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(
            text::PROFIT_CURVE,
            Axis::formatted(train::THRESHOLD, NumberFormat::Score),
            Axis::new(text::PROFIT_AXIS, ""),
        ),
        series: vec![LineSeries {
            tone: Tone::Accent,
            // from each threshold down to the next one nothing changes
            style: LineStyle::Step,
            points: points.iter().filter_map(at).collect(),
            ..LineSeries::default()
        }],
        references: [Some(zero), closed].into_iter().flatten().collect(),
        markers: marker.into_iter().collect(),
        x_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

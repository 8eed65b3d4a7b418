//! What contacting customers earns, against closed forms.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::evaluation::{Offer, OfferParams, ProfitPoint, ThresholdCurve};
use support::close;
use support::judged::judged;

fn offer(cost: f64, value: f64, share: f64) -> Offer {
    let params = OfferParams {
        offer_cost_per_customer: cost,
        kept_value_per_customer: value,
        offer_success_share: share,
    };
    params.check().unwrap()
}

/// Of `per_bin` rows at each of 0.05, 0.15, … exactly that share is positive.
fn calibrated(per_bin: u32) -> ThresholdCurve {
    let (mut y_true, mut y_pred) = (Vec::new(), Vec::new());
    for bin in 0..10_u32 {
        for row in 0..per_bin {
            y_true.push(row * 20 < (2 * bin + 1) * per_bin);
            y_pred.push(f64::from(2 * bin + 1) / 20.0);
        }
    }
    ThresholdCurve::of(&y_true, &y_pred)
}

/// 3 leavers and 2 others from 0.6 on, 2 rows below: 3·0.5·100 − 5·20 = 50.
#[test]
fn profit_by_hand() {
    let y_true = [true, false, true, true, false, false, true];
    let curve = ThresholdCurve::of(&y_true, &[0.9, 0.8, 0.8, 0.7, 0.6, 0.3, 0.1]);
    let offer = offer(20.0, 100.0, 0.5);
    let point = curve.profit_at(offer, 0.6);
    assert_eq!((point.contacted, point.leavers_contacted), (5, 3));
    close("profit", point.profit, 50.0, 1e-12);
    let points = curve.profit_points(offer);
    let nobody = ProfitPoint { threshold: None, contacted: 0, leavers_contacted: 0, profit: 0.0 };
    assert_eq!((points.len(), points[0]), (7, nobody));
    let profits: Vec<f64> = points.iter().map(|point| point.profit).collect();
    support::judged::all_close(
        "profit",
        &profits,
        &[0.0, 30.0, 40.0, 70.0, 50.0, 30.0, 60.0],
        1e-12,
    );
    let best = curve.best_profit(offer);
    assert_eq!((best.threshold, best.contacted), (Some(0.7), 4));
    let scaled = curve.scaled(best, 7_000);
    close("contacted", scaled.contacted, 4_000.0, 1e-9);
    close("profit", scaled.profit, 70_000.0, 1e-9);
    close("a customer", scaled.profit_per_customer, 10.0, 1e-12);
    close("no customer", curve.scaled(best, 0).profit_per_customer, 0.0, 0.0);
}

/// Where probabilities mean what they say, the best threshold is the lowest probability above
/// t* = c / (s·V), and what it earns is Σ (p·s·V − c) over the rows contacted.
#[test]
fn calibrated_probabilities_are_best_cut_at_the_closed_form() {
    let curve = calibrated(200);
    for (cost, value, share) in
        [(50.0, 500.0, 0.3), (10.0, 500.0, 0.3), (9.0, 100.0, 0.1), (1.0, 1_000.0, 1.0)]
    {
        let offer = offer(cost, value, share);
        let break_even = offer.break_even_probability().unwrap();
        close("t*", break_even, cost / (share * value), 1e-15);
        let best = curve.best_profit(offer);
        let above = curve.thresholds.iter().rev().copied().find(|&p| p > break_even);
        assert_eq!(best.threshold, above, "t* = {break_even}");
        let expected: f64 = curve
            .thresholds
            .iter()
            .filter(|&&p| p > break_even)
            .map(|&p| 200.0 * offer.expected_profit(p))
            .sum();
        close("profit", best.profit, expected, 1e-8 * expected.max(1.0));
        let at = curve.profit_at(offer, break_even.next_up());
        close("profit at t*", at.profit, best.profit, 1e-9 * expected.max(1.0));
    }
}

#[test]
fn offers_at_the_edge() {
    // dearer than any leaver is worth
    let dear = offer(200.0, 500.0, 0.3);
    assert_eq!(dear.break_even_probability(), None);
    assert_eq!(calibrated(20).best_profit(dear).threshold, None);
    assert_eq!(offer(1.0, 0.0, 0.5).break_even_probability(), None);
    // free: everyone
    let free = offer(0.0, 500.0, 0.3);
    assert_eq!(free.break_even_probability(), Some(0.0));
    assert_eq!(calibrated(20).best_profit(free).contacted, 200);
    // free and worthless: nobody, because nothing is earned
    assert_eq!(calibrated(20).best_profit(offer(0.0, 0.0, 0.3)).contacted, 0);
    let empty = ThresholdCurve::default();
    assert_eq!(empty.best_profit(free).contacted, 0);
    assert_eq!(empty.profit_points(free).len(), 1);
}

#[test]
fn the_best_point_is_the_best_of_all_thresholds() {
    let judged = judged();
    let curve = ThresholdCurve::of(&judged.y_true, &judged.first);
    let offer = offer(50.0, 500.0, 0.3);
    let best = curve.best_profit(offer);
    for step in 0..=1_000 {
        let point = curve.profit_at(offer, f64::from(step) / 1_000.0);
        assert!(point.profit <= best.profit, "{point:?}");
    }
    let drawn = curve.drawn_profit(offer, 100);
    let highest = drawn.points.iter().map(|p| p.profit).fold(f64::NEG_INFINITY, f64::max);
    close("highest drawn", highest, best.profit, 0.0);
}

#[test]
fn numbers_that_are_no_offer_are_named() {
    let check = |params: OfferParams, code: &str, says: &str| {
        let error = params.check().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, says));
    };
    let default = OfferParams::default;
    let says = "offer_cost_per_customer is -1; allowed: a finite number from 0";
    check(OfferParams { offer_cost_per_customer: -1.0, ..default() }, "param_offer_cost", says);
    let says = "kept_value_per_customer is inf; allowed: a finite number from 0";
    let infinite = OfferParams { kept_value_per_customer: f64::INFINITY, ..default() };
    check(infinite, "param_kept_value", says);
    for share in [-0.1, 1.1, f64::NAN] {
        let says = format!("offer_success_share is {share}; allowed: 0 to 1");
        check(
            OfferParams { offer_success_share: share, ..default() },
            "param_success_share",
            &says,
        );
    }
    assert_eq!(default().check().unwrap().params(), default());
}

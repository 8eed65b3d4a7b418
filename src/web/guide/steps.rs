//! The steps, lab by lab.

use super::facts::{Facts, keys};
use crate::data::ColumnKind;
use crate::web::query::View;
use crate::web::text::guide as text;

/// The steps of one lab of the workshop.
pub struct LabSteps {
    /// Its number and name.
    pub title: &'static str,
    /// In the order a student takes them.
    pub steps: &'static [Step],
}

/// Something to do.
pub struct Step {
    /// Names it in the storage, for ever.
    pub id: &'static str,
    /// What to do.
    pub title: &'static str,
    /// How, and what there is to see.
    pub hint: &'static str,
    /// Where; going there makes only a check of looking true.
    pub href: &'static str,
    /// Whether it is done.
    pub check: fn(&Facts) -> bool,
}

/// Every lab that the lab has rooms for.
pub const LABS: [LabSteps; 6] = [
    LabSteps { title: text::LAB_3, steps: &DATA },
    LabSteps { title: text::LAB_4, steps: &EXPLORE },
    LabSteps { title: text::LAB_5, steps: &TRAIN },
    LabSteps { title: text::LAB_6, steps: &SERVE },
    LabSteps { title: text::LAB_7, steps: &EXPLAIN },
    LabSteps { title: text::LAB_8, steps: &MONITOR },
];

const DATA: [Step; 5] = [
    Step {
        id: "data.look",
        title: text::LOOK,
        hint: text::LOOK_HINT,
        href: "?view=data",
        check: |facts| facts.looks_at(View::Data),
    },
    Step {
        id: "data.seniors",
        title: text::SENIORS,
        hint: text::SENIORS_HINT,
        href: "?view=explore",
        check: |facts| {
            facts.explores(Some(keys::ONE))
                && facts.value(keys::COLUMN) == Some("PaymentMethod")
                && facts.picks("SeniorCitizen", "Yes")
        },
    },
    Step {
        id: "data.filter",
        title: text::FILTER,
        hint: text::FILTER_HINT,
        href: "?view=explore",
        check: Facts::filters,
    },
    Step {
        id: "data.sample",
        title: text::SAMPLE,
        hint: text::SAMPLE_HINT,
        href: "?view=explore",
        check: |facts| {
            let share = facts.number(keys::SAMPLE);
            facts.looks_at(View::Explore) && share.is_some_and(|share| share > 0.0 && share < 1.0)
        },
    },
    Step {
        id: "data.clone",
        title: text::CLONE,
        hint: text::CLONE_HINT,
        href: "?view=data",
        check: Facts::has_clone,
    },
];

const EXPLORE: [Step; 5] = [
    Step {
        id: "explore.churners",
        title: text::CHURNERS,
        hint: text::CHURNERS_HINT,
        href: "?view=explore",
        check: Facts::counts_target,
    },
    Step {
        id: "explore.group",
        title: text::GROUP,
        hint: text::GROUP_HINT,
        href: "?view=explore&tab=column",
        check: |facts| {
            facts.explores(Some(keys::ONE)) && facts.shows(keys::COLUMN, ColumnKind::Categorical)
        },
    },
    Step {
        id: "explore.histogram",
        title: text::HISTOGRAM,
        hint: text::HISTOGRAM_HINT,
        href: "?view=explore&tab=column",
        check: |facts| {
            facts.explores(Some(keys::ONE)) && facts.shows(keys::COLUMN, ColumnKind::Numeric)
        },
    },
    Step {
        id: "explore.box",
        title: text::BOX,
        hint: text::BOX_HINT,
        href: "?view=explore&tab=column",
        check: Facts::boxes,
    },
    Step {
        id: "explore.pairs",
        title: text::PAIRS,
        hint: text::PAIRS_HINT,
        href: "?view=explore",
        check: |facts| facts.explores(Some(keys::MANY)) && facts.value(keys::PICTURE).is_none(),
    },
];

const TRAIN: [Step; 8] = [
    Step {
        id: "train.fit",
        title: text::FIT,
        hint: text::FIT_HINT,
        href: "?view=train",
        check: |facts| facts.runs > 1,
    },
    Step {
        id: "train.threshold",
        title: text::THRESHOLD,
        hint: text::THRESHOLD_HINT,
        href: "?view=train",
        check: |facts| {
            let moved = facts.number(keys::THRESHOLD).is_some_and(|threshold| threshold != 0.5);
            facts.view == View::Train && moved
        },
    },
    Step {
        id: "train.grid",
        title: text::GRID,
        hint: text::GRID_HINT,
        href: "?view=train&fit=grid",
        check: |facts| facts.tried >= 10,
    },
    Step {
        id: "train.steps",
        title: text::STEPS,
        hint: text::STEPS_HINT,
        href: "?view=train&judge=steps",
        check: |facts| {
            let looks = facts.value(keys::JUDGE) == Some(keys::STEPS);
            facts.view == View::Train && looks && facts.number(keys::STEP).is_some()
        },
    },
    Step {
        id: "train.compare",
        title: text::COMPARE,
        hint: text::COMPARE_HINT,
        href: "?view=train",
        check: |facts| facts.view == View::Train && facts.compared > 1,
    },
    Step {
        id: "train.register",
        title: text::REGISTER,
        hint: text::REGISTER_HINT,
        href: "?view=train",
        check: |facts| facts.in_force > 0,
    },
    Step {
        id: "explain.trust",
        title: text::TRUST,
        hint: text::TRUST_HINT,
        href: "?view=explain",
        check: |facts| facts.opens(keys::TRUST),
    },
    Step {
        id: "explain.whole",
        title: text::WHOLE,
        hint: text::WHOLE_HINT,
        href: "?view=explain",
        check: |facts| facts.opens(keys::WHOLE),
    },
];

const SERVE: [Step; 2] = [
    Step {
        id: "serve.deploy",
        title: text::DEPLOY,
        hint: text::DEPLOY_HINT,
        href: "?view=serve",
        check: |facts| facts.endpoints > 0,
    },
    Step {
        id: "serve.call",
        title: text::CALL,
        hint: text::CALL_HINT,
        href: "?view=serve",
        check: |facts| facts.calls > 0,
    },
];

const EXPLAIN: [Step; 8] = [
    Step {
        id: "explain.customer",
        title: text::CUSTOMER,
        hint: text::CUSTOMER_HINT,
        href: "?view=explain",
        check: |facts| facts.looks_at(View::Explain) && facts.value(keys::CUSTOMER).is_some(),
    },
    Step {
        id: "explain.edit",
        title: text::EDIT,
        hint: text::EDIT_HINT,
        href: "?view=explain",
        check: Facts::edits,
    },
    Step {
        id: "explain.fiber",
        title: text::FIBER,
        hint: text::FIBER_HINT,
        href: "?view=explain&customer=2323",
        check: |facts| facts.edits_to("InternetService", "DSL"),
    },
    Step {
        id: "explain.whatif",
        title: text::WHATIF,
        hint: text::WHATIF_HINT,
        href: "?view=explain",
        check: |facts| facts.opens(keys::WHATIF),
    },
    Step {
        id: "customers.table",
        title: text::ALL_CUSTOMERS,
        hint: text::ALL_CUSTOMERS_HINT,
        href: "?view=customers",
        check: |facts| facts.looks_at(View::Customers) && facts.value(keys::TAB).is_none(),
    },
    Step {
        id: "customers.threshold",
        title: text::CONTACT,
        hint: text::CONTACT_HINT,
        href: "?view=customers",
        check: |facts| {
            let threshold = facts.number(keys::THRESHOLD);
            let moved = threshold.is_some_and(|t| (0.0..=1.0).contains(&t) && t != 0.5);
            facts.looks_at(View::Customers) && moved
        },
    },
    Step {
        id: "customers.explain",
        title: text::REASONS,
        hint: text::REASONS_HINT,
        href: "?view=customers",
        check: |facts| {
            let is_drawn = facts.number(keys::RANDOM).is_some_and(|count| count >= 1.0);
            facts.looks_at(View::Customers) && (is_drawn || facts.all_explained)
        },
    },
    Step {
        id: "customers.segment",
        title: text::SEGMENT,
        hint: text::SEGMENT_HINT,
        href: "?view=customers&tab=segments",
        check: |facts| {
            let is_open = facts.value(keys::TAB) == Some(keys::SEGMENTS);
            facts.looks_at(View::Customers) && is_open && facts.value(keys::SIDES[0]).is_some()
        },
    },
];

const MONITOR: [Step; 2] = [
    Step {
        id: "monitor.simulate",
        title: text::SIMULATE,
        hint: text::SIMULATE_HINT,
        href: "?view=monitor",
        check: |facts| facts.simulated > 0,
    },
    Step {
        id: "monitor.drift",
        title: text::DRIFT,
        hint: text::DRIFT_HINT,
        href: "?view=monitor",
        check: |facts| facts.drift,
    },
];

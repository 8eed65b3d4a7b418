//! The guide at the right: what there is to do, and what of it was done. Beside the page where there
//! is room, else over it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::web::app::{use_lab, use_lab_query};
use crate::web::guide::{Facts, LABS, Step, n_steps, newly_done};
use crate::web::state::Phase;
use crate::web::text::guide as text;

const OPEN_KEY: &str = "churn-lab-guide";
/// On the root, where `public/theme.js` sets it before anything is painted.
const OPEN_ATTRIBUTE: &str = "data-guide";
/// As in `public/style/guide.css` and `public/theme.js`.
const WIDE: &str = "(min-width: 1440px)";

/// Where the guide is.
#[derive(Clone, Copy)]
pub struct GuideSide {
    /// Beside the page, if it has room there.
    open: RwSignal<bool>,
    /// It has; else it is a popover over the page.
    wide: RwSignal<bool>,
}

impl GuideSide {
    /// As the page was opened.
    #[must_use]
    pub fn of_page() -> Self {
        let root = document().document_element();
        let set = root.and_then(|root| root.get_attribute(OPEN_ATTRIBUTE));
        Self { open: RwSignal::new(set.as_deref() == Some("open")), wide: watch_wide() }
    }

    fn set(self, open: bool) {
        self.open.set(open);
        let name = if open { "open" } else { "closed" };
        if let Some(root) = document().document_element() {
            // a refused attribute or storage leaves the guide as it was
            drop(root.set_attribute(OPEN_ATTRIBUTE, name));
        }
        let storage = window().local_storage().ok().flatten();
        drop(storage.map(|storage| storage.set_item(OPEN_KEY, name)));
    }
}

fn watch_wide() -> RwSignal<bool> {
    let has_popovers = document()
        .document_element()
        .is_none_or(|root| js_sys::Reflect::has(&root, &"popover".into()).unwrap_or(true));
    let media = window().match_media(WIDE).ok().flatten().filter(|_| has_popovers);
    // a browser without popovers shows the guide over the page by the style sheet
    let wide = RwSignal::new(media.as_ref().is_none_or(web_sys::MediaQueryList::matches));
    if let Some(media) = media {
        let watched = media.clone();
        let changed = Closure::<dyn Fn()>::new(move || wide.set(watched.matches()));
        media.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // it listens as long as the page lives
        changed.forget();
    }
    wide
}

fn use_side() -> GuideSide {
    use_context::<GuideSide>().unwrap_or_else(GuideSide::of_page)
}

fn n_done() -> usize {
    use_lab().state.guide.with(|done| {
        let steps = LABS.iter().flat_map(|lab| lab.steps);
        steps.filter(|step| done.iter().any(|id| id == step.id)).count()
    })
}

fn count() -> String {
    format!("{} {} {}", n_done(), text::OF, n_steps())
}

/// Opens and closes the guide, and says how much of it is done.
#[component]
pub fn GuideButton() -> impl IntoView {
    let side = use_side();
    let toggle = move |event: web_sys::MouseEvent| {
        if side.wide.get_untracked() {
            // else the browser opens the popover
            event.prevent_default();
            side.set(!side.open.get_untracked());
        }
    };
    view! {
        <button
            class="guide-open"
            popovertarget="guide"
            aria-expanded=move || side.wide.get().then(|| side.open.get().to_string())
            on:click=toggle
            data-testid="guide-button"
        >
            {text::GUIDE}
            <span class="guide-count">{count}<span class="hidden">" " {text::DONE}</span></span>
        </button>
    }
}

/// The guide itself. Its checks run as long as the page is open, whether it is seen or not.
#[component]
pub fn Guide() -> impl IntoView {
    let (lab, query, side) = (use_lab(), use_lab_query(), use_side());
    let panel = NodeRef::<html::Aside>::new();
    let said = RwSignal::new("");
    // before the lab is open it is not known what was done
    let is_ready = Memo::new(move |_| lab.state.phase.get() == Phase::Ready);
    let facts = Memo::new(move |_| is_ready.get().then(|| Facts::now(lab.state, query)));
    Effect::new(move |_| {
        let done = lab.state.guide.get_untracked();
        let new = facts.with(|facts| facts.as_ref().map(|facts| newly_done(facts, &done)));
        if let Some(new) = new.filter(|new| !new.is_empty()) {
            let mut steps = LABS.iter().flat_map(|lab| lab.steps);
            said.set(steps.find(|step| new.contains(&step.id)).map_or("", |step| step.title));
            lab.finish_steps(new);
        }
    });
    let next = Memo::new(move |_| {
        let done = lab.state.guide.get();
        let mut steps = LABS.iter().flat_map(|lab| lab.steps);
        let open = steps.find(|step| !done.iter().any(|id| id == step.id));
        open.filter(|_| is_ready.get()).map(|step| step.id)
    });
    let leave = move || {
        if let Some(panel) = panel.get_untracked() {
            // beside the page it is no popover that could be hidden
            drop(panel.hide_popover());
        }
    };
    let close = move |_| {
        if side.wide.get_untracked() {
            side.set(false);
            focus_button();
        } else {
            leave();
        }
    };
    let mut number = 0;
    let labs = LABS.iter().map(|lab| {
        let first = number + 1;
        let steps = lab.steps.iter().map(|step| {
            number += 1;
            one_step(number, step, next, leave)
        });
        let steps: Vec<AnyView> = steps.collect();
        view! {
            <section>
                <h3>{lab.title}</h3>
                <ol start=first.to_string()>{steps}</ol>
            </section>
        }
        .into_any()
    });
    let labs: Vec<AnyView> = labs.collect();
    view! {
        <aside class="guide" id="guide" popover="auto" aria-label=text::GUIDE node_ref=panel data-testid="guide">
            <div class="guide-head">
                <h2>{text::GUIDE}</h2>
                <span class="sub">{count} " " {text::DONE}</span>
                <button aria-label=text::CLOSE title=text::CLOSE on:click=close>
                    <span aria-hidden="true">"×"</span>
                </button>
                <progress max=n_steps().to_string() prop:value=move || n_done() as f64 aria-label=text::GUIDE></progress>
            </div>
            <p class="sub">{text::WHY}</p>
            {labs}
        </aside>
        <p class="hidden" role="status" data-testid="guide-said">
            {move || (!said.get().is_empty()).then(|| format!("{}: {}", text::STEP_DONE, said.get()))}
        </p>
    }
}

fn one_step(
    number: usize,
    step: &'static Step,
    next: Memo<Option<&'static str>>,
    leave: impl Fn() + 'static,
) -> AnyView {
    let state = use_lab().state;
    let done = Memo::new(move |_| state.guide.with(|done| done.iter().any(|id| id == step.id)));
    let is_next = Memo::new(move |_| next.get() == Some(step.id));
    let mark = move || if done.get() { "✓".to_owned() } else { number.to_string() };
    view! {
        <li data-step=step.id class:done=done>
            <details prop:open=is_next>
                <summary>
                    <span class="mark" aria-hidden="true">{mark}</span>
                    <span>{step.title}</span>
                    <span class="hidden">", " {move || if done.get() { text::DONE } else { text::TO_DO }}</span>
                </summary>
                <p>{step.hint}</p>
                <a href=step.href on:click=move |_| leave()>
                    {text::TAKE_ME}<span class="hidden">": " {step.title}</span>
                </a>
            </details>
        </li>
    }
    .into_any()
}

/// What is closed can't keep the focus.
fn focus_button() {
    let button = document().query_selector(".guide-open").ok().flatten();
    if let Some(button) = button.as_ref().and_then(|b| b.dyn_ref::<web_sys::HtmlElement>()) {
        drop(button.focus());
    }
}

//! Which step is looked at: a slider, a button that goes on by itself, and the address.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;

use super::Looked;
use crate::charts::format;
use crate::experiments::steps::capped;
use crate::experiments::{Step, Steps, ThresholdRule};
use crate::web::app::use_lab;
use crate::web::js::number;
use crate::web::pages::train::judge::address;
use crate::web::query::Query;
use crate::web::state::Task;
use crate::web::text::steps as text;

/// From frame to frame while it plays.
const PACE: Duration = Duration::from_millis(100);
/// The same for who wants little motion.
const SLOW_PACE: Duration = Duration::from_millis(1_000);

/// Steps that can be jumped to, where they are shown.
const JUMPS: [u32; 6] = [1, 10, 100, 1_000, 10_000, 100_000];

/// The frame that is looked at.
#[derive(Clone, Copy)]
pub struct Frame {
    steps: StoredValue<Arc<Steps>>,
    query: Query,
    /// Steps taken, as a person wants them; `None` for all of them.
    wanted: RwSignal<Option<u32>>,
    /// It goes on by itself.
    pub playing: RwSignal<bool>,
    /// The shown step that is nearest below.
    pub at: Memo<Option<Step>>,
}

impl Frame {
    fn index(self) -> usize {
        let at = self.at.get().map(|step| step.iteration);
        self.steps.with_value(|steps| {
            steps.points.iter().position(|point| Some(point.iteration) == at).unwrap_or(0)
        })
    }

    fn last(self) -> usize {
        self.steps.with_value(|steps| steps.points.len().saturating_sub(1))
    }

    fn point(self, index: usize) -> Option<Step> {
        self.steps.with_value(|steps| steps.points.get(index).copied())
    }

    /// Shows a frame; the address is left as it is, since browsers limit how often it may change.
    fn show(self, index: usize) {
        self.wanted.set(self.point(index).map(|step| step.iteration));
    }

    /// Writes the shown frame into the address.
    fn keep(self) {
        let step = self.wanted.get_untracked().map(|step| step.to_string());
        self.query.replace(&[(address::STEP, step)]);
    }
}

/// The frame the address names, else the last one, which is the run.
pub fn frame(query: Query, steps: Arc<Steps>) -> Frame {
    let wanted = RwSignal::new(None);
    Effect::new(move |_| {
        wanted.set(query.number(address::STEP, address::is_step).map(|step| step as u32));
    });
    let known = Arc::clone(&steps);
    let at = Memo::new(move |_| {
        let points = &known.points;
        let shown = wanted.get().map(|step| points.partition_point(|p| p.iteration <= step));
        let index = shown.map_or(points.len(), |n| n.max(1)).checked_sub(1)?;
        points.get(index).copied()
    });
    let playing = RwSignal::new(false);
    Frame { steps: StoredValue::new(steps), query, wanted, playing, at }
}

/// Slider and buttons.
pub fn player(page: Looked, frame: Frame) -> AnyView {
    let timer = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        frame.playing.try_set(false);
    };
    on_cleanup(stop);
    let tick = move || {
        let next = untrack(|| frame.index()) + 1;
        if next <= frame.last() {
            frame.show(next);
        }
        if next >= frame.last() {
            stop();
            frame.keep();
        }
    };
    let play = move |_| {
        if frame.playing.get_untracked() {
            stop();
            return frame.keep();
        }
        if untrack(|| frame.index()) >= frame.last() {
            frame.show(0);
        }
        // without a timer nothing plays, and the slider still works
        if let Ok(handle) = set_interval_with_handle(tick, pace()) {
            timer.set_value(Some(handle));
            frame.playing.set(true);
        }
    };
    let read = move |event: &web_sys::Event| {
        let last = frame.last();
        number(&event_target_value(event)).map_or(last, |index| (index as usize).min(last))
    };
    let drag = move |event: web_sys::Event| {
        stop();
        frame.show(read(&event));
    };
    let drop_at = move |event: web_sys::Event| {
        frame.show(read(&event));
        frame.keep();
    };
    let count = move || frame.at.get().map(|step| format::count(u64::from(step.iteration)));
    let said = move || count().map(|steps| text::after(&steps));
    let beside = move || {
        let step = frame.at.get()?;
        let vectors = step.n_support.map(|n| text::support(&format::count(u64::from(n))));
        vectors.or_else(|| step.test_log_loss.map(|loss| text::log_loss(&format::score(loss))))
    };
    view! {
        <div class="player">
            <button data-testid="judge-play" on:click=play>
                {move || if frame.playing.get() { text::PAUSE } else { text::PLAY }}
            </button>
            <input
                type="range"
                min="0"
                max=frame.last().to_string()
                step="1"
                data-testid="judge-step"
                aria-label=text::STEP
                aria-valuetext=said
                prop:value=move || frame.index().to_string()
                on:input=drag
                on:change=drop_at
            />
            <b class="num">{move || count().map(|steps| text::counted(&steps))}</b>
            <span class="sub">{beside}</span>
        </div>
        <div class="row">
            {jumps(frame, stop)}
            {make_run(page, frame)}
        </div>
    }
    .into_any()
}

/// Powers of ten, and the end.
fn jumps(frame: Frame, stop: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let shown = frame.steps.with_value(|steps| {
        let last = steps.points.last().map(|step| step.iteration);
        let is_shown = |step: &u32| steps.points.iter().any(|point| point.iteration == *step);
        let powers = JUMPS.into_iter().filter(is_shown).filter(|step| Some(*step) != last);
        powers.chain(last).collect::<Vec<u32>>()
    });
    let buttons = shown.into_iter().map(|step| {
        let is_here = move || frame.at.get().is_some_and(|at| at.iteration == step);
        let go = move |_| {
            stop();
            frame.wanted.set(Some(step));
            frame.keep();
        };
        let count = format::count(u64::from(step));
        view! {
            <button
                type="button"
                aria-label=text::jump(&count)
                aria-pressed=move || is_here().to_string()
                on:click=go
            >
                {count.clone()}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="segmented" role="group" aria-label=text::JUMP>
            {buttons.collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// The frame as a run of its own; the last one is the run already.
fn make_run(page: Looked, frame: Frame) -> AnyView {
    let lab = use_lab();
    let make = move |_| {
        let Some(step) = frame.at.get_untracked() else { return };
        let (dataset, params, split) = page.run.with_value(|run| {
            let made = &run.provenance;
            let params = capped(&made.params, step.iteration);
            (made.dataset_id.clone(), params, made.split.clone())
        });
        let Some(params) = params else { return };
        // the new run will be the one in use, and shown
        page.query.replace(&[("run", None)]);
        lab.show(Task::Fit, async move {
            lab.fit(dataset, params, split, ThresholdRule::Own).await.map(drop)
        });
    };
    let is_run = move || frame.index() == frame.last();
    let busy = move || lab.state.task(Task::Fit).is_running();
    let words = move || {
        let steps = frame.at.get().map(|step| format::count(u64::from(step.iteration)));
        steps.map(|steps| text::make_run(&steps))
    };
    view! {
        <button
            data-testid="judge-make-run"
            disabled=move || is_run() || busy()
            on:click=make
        >
            {words}
        </button>
    }
    .into_any()
}

fn pace() -> Duration {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    match query {
        Ok(Some(media)) if media.matches() => SLOW_PACE,
        _ => PACE,
    }
}

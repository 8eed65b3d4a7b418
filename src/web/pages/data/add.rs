//! New data sets: a file dropped or chosen, or customers drawn.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::format::format_choices;
use crate::charts::format;
use crate::compute::Failure;
use crate::data::csv::FormatChoice;
use crate::population::{DEFAULT_ROWS, DEFAULT_SEED, MAX_ROWS};
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::number_box::{NumberBox, focus_wrong};
use crate::web::state::Task;
use crate::web::text::{data as text, reading};

/// Fewest rows worth drawing.
const MIN_ROWS: u32 = 10;

/// Names of the settings in the address.
const ROWS: &str = "rows";
const SEED: &str = "seed";

/// Takes a file dropped anywhere on the page, or chosen by keyboard or pointer.
#[component]
pub fn AddFile() -> impl IntoView {
    let lab = use_lab();
    let over = RwSignal::new(false);
    let refused = RwSignal::new_local(None::<File>);
    let enter = window_event_listener(leptos::ev::dragover, move |event: DragEvent| {
        // without this the browser would open the file in place of the lab
        event.prevent_default();
        over.set(true);
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event: DragEvent| {
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        read(lab, files.and_then(|files| files.get(0)), FormatChoice::default(), refused);
    });
    on_cleanup(move || [enter, leave, dropped].into_iter().for_each(|handle| handle.remove()));
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let file = input.files().and_then(|files| files.get(0));
        if file.is_some() {
            read(lab, file, FormatChoice::default(), refused);
        }
        // so that the same file can be chosen again after it was mended
        input.set_value("");
    };
    view! {
        <div class="drop" class:over=over data-testid="drop-zone">
            <p>
                <b>{text::ADD}</b>
                <span class="sub" id="add-hint">{text::ADD_HINT}</span>
                <a href=reading::ORIGINAL_ADDRESS rel="external noreferrer" target="_blank" title=reading::ORIGINAL_WHY data-testid="original">
                    {reading::ORIGINAL}
                </a>
            </p>
            <label class="pick">
                {text::CHOOSE}
                <input
                    type="file"
                    class="hidden"
                    accept=text::FORMATS
                    aria-describedby="add-hint"
                    data-testid="file-input"
                    on:change=chosen
                />
            </label>
        </div>
        {move || refused.get().map(|file| view! { <Refused file refused /> })}
    }
}

/// Reads a file; one that can't be read is kept in `refused`.
fn read(
    lab: Lab,
    file: Option<File>,
    format: FormatChoice,
    refused: RwSignal<Option<File>, LocalStorage>,
) {
    lab.show(Task::Read, async move {
        let file = file.ok_or_else(|| Failure::new("no_file", text::NO_FILE.to_owned()))?;
        let read = lab.read_file(file.clone(), format).await;
        let is_wrong = read.as_ref().is_err_and(|failure| failure.code != "cancelled");
        // the page may have been left meanwhile
        refused.try_set(is_wrong.then_some(file));
        read.map(drop)
    });
}

/// A file that could not be read as it looks, to be read in another way.
#[component]
fn Refused(
    /// The file.
    file: File,
    /// Holds it.
    refused: RwSignal<Option<File>, LocalStorage>,
) -> impl IntoView {
    let lab = use_lab();
    let choice = RwSignal::new(FormatChoice::default());
    let name = file.name();
    let file = StoredValue::new_local(file);
    let again = move |_| read(lab, Some(file.get_value()), choice.get_untracked(), refused);
    let title = format!("{} {name}", text::REFUSED);
    view! {
        <div class="refused">
            <Card title sub=text::REFUSED_WHY>
                <div class="reading-choices" data-testid="refused">
                    {move || format_choices(choice.get(), None, Callback::new(move |changed| choice.set(changed)))}
                </div>
                <div class="row below">
                    <button class="go" on:click=again>{text::READ_AGAIN}</button>
                    <button on:click=move |_| refused.set(None)>{text::FORGET}</button>
                </div>
            </Card>
        </div>
    }
}

/// Draws customers from the population model.
#[component]
pub fn Sample() -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let rows_allowed: fn(f64) -> bool = |number| {
        number.fract() == 0.0 && (f64::from(MIN_ROWS)..=f64::from(MAX_ROWS)).contains(&number)
    };
    let seed_allowed: fn(f64) -> bool =
        |number| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    let number = move |key: &'static str, allowed: fn(f64) -> bool, default: u32| {
        Memo::new(move |_| query.number(key, allowed).unwrap_or(f64::from(default)))
    };
    let rows = number(ROWS, rows_allowed, DEFAULT_ROWS);
    let seed = number(SEED, seed_allowed, DEFAULT_SEED);
    let keep = move |key: &str, number: f64| query.replace(&[(key, Some(number.to_string()))]);
    let draw = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if focus_wrong(&event) {
            return;
        }
        let (rows, seed) = (rows.get_untracked() as u32, seed.get_untracked() as u32);
        let count = format::count(u64::from(rows));
        let name = format!("{}, {count} {}, {} {seed}", text::SAMPLE_NAME, text::ROWS, text::SEED);
        lab.show(Task::Read, async move { lab.sample(rows, seed, name).await.map(drop) });
    };
    view! {
        <Card title=text::SAMPLE sub=text::SAMPLE_WHY>
            <form on:submit=draw>
                <div class="fields">
                    <span>{text::SAMPLE_ROWS}</span>
                    <NumberBox
                        label=text::SAMPLE_ROWS
                        value=rows
                        step=1_000.0
                        allowed=(rows_allowed, text::SAMPLE_ROWS_ALLOWED)
                        draft="sample rows"
                        on_change=move |number| keep(ROWS, number)
                    />
                    <span>{text::SAMPLE_SEED}</span>
                    <NumberBox
                        label=text::SAMPLE_SEED
                        value=seed
                        allowed=(seed_allowed, text::SAMPLE_SEED_ALLOWED)
                        draft="sample seed"
                        on_change=move |number| keep(SEED, number)
                    />
                </div>
                <div class="row below">
                    <button data-testid="sample-go">{text::SAMPLE_GO}</button>
                    <a href=text::SAMPLE_ADDRESS download="telco-sample.csv" rel="external">{text::SAMPLE_FILE}</a>
                </div>
            </form>
        </Card>
    }
}

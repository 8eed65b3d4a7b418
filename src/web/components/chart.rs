//! A chart on screen: drawn on a canvas, read by pointer, keys or table, taken away as a file.

use leptos::html;
use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use super::download;
use crate::charts::{ChartSpec, Mark, Surface, Theme, mark_at};
use crate::web::app::use_dark;
use crate::web::text::chart as text;

/// Backend coordinates are whole numbers; this many to a device pixel make curves smooth.
const FINE: f64 = 4.0;

/// A chart as wide as its place. The heading around it carries its title.
#[component]
pub fn Chart(
    /// What it shows.
    #[prop(into)]
    spec: Signal<ChartSpec>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let width = RwSignal::new(0.0);
    let focus = RwSignal::new(None::<usize>);
    let dark = use_dark();
    watch_width(canvas, width);
    let surface = Memo::new(move |_| (width.get(), spec.with(ChartSpec::preferred_height)));
    let marks = Memo::new(move |_| {
        let (width, height) = surface.get();
        let surface = Surface { titled: false, ..Surface::new(width, height) };
        spec.with(|spec| spec.marks(&surface)).unwrap_or_default()
    });
    let problem = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let (width, height) = surface.get();
        let Some(canvas) = canvas.get() else { return };
        if width < 1.0 {
            return;
        }
        let theme = if dark.get() { Theme::dark() } else { Theme::light() };
        let drawn = spec.with(|spec| draw(&canvas, spec, (width, height), &theme, focus.get()));
        problem.set(drawn.err());
    });
    Effect::new(move |_| {
        spec.track();
        focus.set(None);
    });
    let point = move |event: web_sys::PointerEvent| {
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        focus.set(marks.with_untracked(|marks| mark_at(marks, at.0, at.1)));
    };
    let walk = move |event: web_sys::KeyboardEvent| {
        let last = marks.with_untracked(Vec::len).checked_sub(1);
        let Some(last) = last else { return };
        let next = match (event.key().as_str(), focus.get_untracked()) {
            ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(0),
            ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
            ("ArrowLeft" | "ArrowUp", Some(at)) => Some(at.saturating_sub(1)),
            ("ArrowLeft" | "ArrowUp", None) | ("End", _) => Some(last),
            ("Escape", _) => None,
            _ => return,
        };
        event.prevent_default();
        focus.set(next);
    };
    let readout = move || {
        let at = focus.get()?;
        marks.with(|marks| marks.get(at).map(|mark: &Mark| mark.readout.clone()))
    };
    let label = move || {
        spec.with(|spec| format!("{}. {}. {}", spec.frame().title, spec.summary(), text::KEYS))
    };
    view! {
        <figure class="chart" class:blank=move || spec.with(ChartSpec::is_empty)>
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=label
                height=move || format!("{:.0}", surface.get().1)
                on:pointermove=point
                on:pointerdown=point
                on:pointerleave=move |_| focus.set(None)
                on:blur=move |_| focus.set(None)
                on:keydown=walk
            ></canvas>
            <figcaption aria-live="polite">
                {move || problem.get().or_else(readout).unwrap_or_else(|| spec.with(ChartSpec::summary))}
            </figcaption>
            <More spec canvas />
        </figure>
    }
}

/// The table and the files.
#[component]
fn More(spec: Signal<ChartSpec>, canvas: NodeRef<html::Canvas>) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = move |ending: &str| {
        let title = spec.with_untracked(|spec| spec.frame().title.clone());
        let plain: String = title
            .chars()
            .map(|c| if c.is_ascii_punctuation() || c == ' ' { '-' } else { c })
            .collect();
        format!("{}.{ending}", plain.to_ascii_lowercase())
    };
    let save = move |result: Result<(), JsValue>| {
        if let Err(error) = result {
            leptos::logging::warn!("{error:?}");
        }
    };
    let csv = move |_| {
        let text = spec.with_untracked(ChartSpec::to_csv);
        save(download::offer(&name("csv"), "text/csv", text.as_bytes()));
    };
    let svg = move |_| {
        let height = spec.with_untracked(ChartSpec::preferred_height);
        match spec.with_untracked(|spec| spec.to_svg(640.0, height, &Theme::light())) {
            Ok(svg) => save(download::offer(&name("svg"), "image/svg+xml", svg.as_bytes())),
            Err(error) => leptos::logging::warn!("{error}"),
        }
    };
    let png = move |_| {
        if let Some(canvas) = canvas.get_untracked() {
            save(canvas.to_data_url().and_then(|url| download::click(&name("png"), &url)));
        }
    };
    view! {
        <details class="more" on:toggle=move |event| open.set(is_open(&event))>
            <summary>{text::MORE}</summary>
            {move || open.get().then(|| {
                let table = spec.with(ChartSpec::table);
                view! {
                    <div class="row">
                        <button on:click=png>{text::PNG}</button>
                        <button on:click=svg>{text::SVG}</button>
                        <button on:click=csv>{text::CSV}</button>
                    </div>
                    <div class="scroll" tabindex="0">
                        <table>
                            <thead>
                                <tr>
                                    {table.header.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                                </tr>
                            </thead>
                            <tbody>
                                {table.rows.into_iter().map(|row| view! {
                                    <tr>{row.into_iter().map(|cell| view! { <td>{cell.shown()}</td> }).collect_view()}</tr>
                                }).collect_view()}
                            </tbody>
                        </table>
                    </div>
                }
            })}
        </details>
    }
}

fn is_open(event: &web_sys::Event) -> bool {
    let target =
        event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|details| details.has_attribute("open"))
}

fn draw(
    canvas: &HtmlCanvasElement,
    spec: &ChartSpec,
    (width, height): (f64, f64),
    theme: &Theme,
    focus: Option<usize>,
) -> Result<(), String> {
    let ratio = window().device_pixel_ratio().max(1.0);
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let context = canvas.get_context("2d").ok().flatten();
    let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let context = context.ok_or("this browser can't draw on a canvas")?;
    context.scale(1.0 / FINE, 1.0 / FINE).map_err(|error| format!("{error:?}"))?;
    let backend = CanvasBackend::with_canvas_object(canvas.clone());
    let root = backend.ok_or("this browser can't draw on a canvas")?.into_drawing_area();
    let surface = Surface { scale: FINE * ratio, titled: false, ..Surface::new(width, height) };
    spec.draw(&root, &surface, theme, focus).map_err(|error| error.to_string())
}

/// Keeps `width` at the width of the canvas's box.
fn watch_width(canvas: NodeRef<html::Canvas>, width: RwSignal<f64>) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let Some(figure) = canvas.parent_element() else { return };
        let measured = figure.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let now = f64::from(measured.client_width());
            if width.try_get_untracked().is_some_and(|before| (before - now).abs() >= 1.0) {
                width.set(now);
            }
        });
        match ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            Ok(resize) => {
                resize.observe(&figure);
                observer.set_value(Some((resize, measure)));
            }
            Err(_unsupported) => width.set(f64::from(figure.client_width())),
        }
    });
    on_cleanup(move || {
        observer.update_value(|observer| {
            if let Some((resize, _)) = observer.take() {
                resize.disconnect();
            }
        });
    });
}

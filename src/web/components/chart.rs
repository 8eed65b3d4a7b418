//! A chart on screen: drawn on a canvas, read by pointer, keys or table, taken away as a file.

use leptos::html;
use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::download;
use super::sight::{next_frame, watch_seen, watch_width};
use crate::charts::{Area, ChartSpec, Highlight, Mark, Surface, Theme, mark_at};
use crate::web::app::use_dark;
use crate::web::text::chart as text;

/// Backend coordinates are whole numbers; this many to a device pixel make curves smooth.
const FINE: f64 = 4.0;

/// What a person picks of a chart's marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkPick {
    /// A click or Enter on a mark.
    Toggle(usize),
    /// Dragged over, or extended by Shift and arrows.
    Span {
        /// Every mark in reach, in walking order.
        marks: Vec<usize>,
        /// Whether this is the first of the drag, so that Back takes the whole drag back.
        begins: bool,
    },
}

/// A drag over the canvas.
#[derive(Clone, PartialEq)]
struct Drag {
    from: (f64, f64),
    /// `None` until the pointer has moved far enough to mean more than a click.
    over: Option<Area>,
    marks: Vec<usize>,
}

/// A pointer that moved less is a click, logical pixels.
const CLICK: f64 = 5.0;

/// A chart as wide as its place. The heading around it carries its title.
#[component]
pub fn Chart(
    /// What it shows.
    #[prop(into)]
    spec: Signal<ChartSpec>,
    /// Height in logical pixels. Default what the chart prefers.
    #[prop(optional_no_strip)]
    height: Option<f64>,
    /// Said under the chart while no mark is meant. Default the chart's own summary.
    #[prop(optional_no_strip)]
    caption: Option<Signal<String>>,
    /// Whether each mark is picked; the others fade. Default none.
    #[prop(optional, into)]
    picked: Option<Signal<Vec<bool>>>,
    /// Called when marks are picked, by pointer or keys. Default: marks can't be picked.
    #[prop(optional_no_strip)]
    on_pick: Option<Callback<MarkPick>>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let width = RwSignal::new(0.0);
    let focus = RwSignal::new(None::<usize>);
    let drag = RwSignal::new(None::<Drag>);
    // where an extension by Shift and arrows began
    let anchor = RwSignal::new(None::<usize>);
    let dark = use_dark();
    watch_width(canvas, width);
    let seen = watch_seen(canvas);
    let surface = Memo::new(move |_| {
        (width.get(), height.unwrap_or_else(|| spec.with(ChartSpec::preferred_height)))
    });
    let marks = Memo::new(move |_| {
        let (width, height) = surface.get();
        let surface = Surface { titled: false, ..Surface::new(width, height) };
        spec.with(|spec| spec.marks(&surface)).unwrap_or_default()
    });
    let problem = RwSignal::new(None::<String>);
    let paint = move || {
        let Some(canvas) = canvas.get_untracked() else { return };
        let theme = if dark.get_untracked() { Theme::dark() } else { Theme::light() };
        let picked = picked.map(|picked| picked.get_untracked()).unwrap_or_default();
        let dragged = drag.with_untracked(|drag| drag.as_ref().and_then(|drag| drag.over));
        let highlight = Highlight { focus: focus.get_untracked(), picked: &picked, dragged };
        let size = surface.get_untracked();
        problem
            .set(spec.with_untracked(|spec| draw(&canvas, spec, size, &theme, &highlight)).err());
    };
    let repaint = next_frame(paint);
    Effect::new(move |painted: Option<bool>| {
        spec.track();
        dark.track();
        picked.inspect(Track::track);
        drag.track();
        focus.track();
        // drawn when it comes into sight
        if surface.get().0 < 1.0 || canvas.get().is_none() || !seen.get() {
            return painted == Some(true);
        }
        if painted == Some(true) {
            repaint()
        } else {
            paint()
        }
        true
    });
    Effect::new(move |_| {
        // the same mark stays, with its new figures, as long as there is one
        let count = marks.with(Vec::len);
        if focus.get_untracked().is_some_and(|at| at >= count) {
            focus.set(None);
        }
    });
    let at =
        |event: &web_sys::PointerEvent| (f64::from(event.offset_x()), f64::from(event.offset_y()));
    let point = move |event: &web_sys::PointerEvent| {
        let (x, y) = at(event);
        let mark = marks.with_untracked(|marks| mark_at(marks, x, y));
        if focus.get_untracked() != mark {
            focus.set(mark);
        }
    };
    let stretch = move |area: Area| match spec.with_untracked(ChartSpec::is_dragged_along) {
        true => Area::between((area.x, 0.0), (area.right(), surface.get_untracked().1)),
        false => area,
    };
    let span = move |area: &Area| marks.with_untracked(|marks| marks_in(marks, area));
    let press = move |event: web_sys::PointerEvent| {
        point(&event);
        anchor.set(None);
        if on_pick.is_some() && event.button() == 0 {
            if let Some(canvas) = canvas.get_untracked() {
                // without it a drag ends at the edge of the canvas
                drop(canvas.set_pointer_capture(event.pointer_id()));
            }
            drag.set(Some(Drag { from: at(&event), over: None, marks: Vec::new() }));
        }
    };
    let pull = move |event: web_sys::PointerEvent| {
        let Some(before) = drag.get_untracked() else { return point(&event) };
        let area = Area::between(before.from, at(&event));
        if before.over.is_none() && area.width.max(area.height) < CLICK {
            return;
        }
        let area = stretch(area);
        let reached = span(&area);
        let begins = before.over.is_none();
        if let Some(on_pick) = on_pick.filter(|_| reached != before.marks && !reached.is_empty()) {
            on_pick.run(MarkPick::Span { marks: reached.clone(), begins });
        }
        let over = Some(area).filter(|_| !(begins && reached.is_empty()));
        drag.set(Some(Drag { over, marks: reached, ..before }));
    };
    let release = move |event: web_sys::PointerEvent| {
        let Some(done) = drag.get_untracked() else { return };
        drag.set(None);
        let (x, y) = at(&event);
        let mark = marks.with_untracked(|marks| mark_at(marks, x, y));
        if let (Some(on_pick), Some(mark), None) = (on_pick, mark, done.over) {
            on_pick.run(MarkPick::Toggle(mark));
        }
    };
    let walk = move |event: web_sys::KeyboardEvent| {
        let last = marks.with_untracked(Vec::len).checked_sub(1);
        let Some(last) = last else { return };
        let before = focus.get_untracked();
        if let ("Enter" | " ", Some(mark), Some(on_pick)) = (event.key().as_str(), before, on_pick)
        {
            event.prevent_default();
            return on_pick.run(MarkPick::Toggle(mark));
        }
        let row = spec.with_untracked(ChartSpec::marks_in_row);
        let Some(next) = stepped(&event.key(), before, last, row) else { return };
        event.prevent_default();
        focus.set(next);
        let first = anchor.get_untracked();
        match (on_pick, first.or(before), next) {
            (Some(on_pick), Some(start), Some(next)) if event.shift_key() => {
                let area = marks.with_untracked(|marks| {
                    Some(marks.get(start)?.area.with(&marks.get(next)?.area))
                });
                let marks = area.map_or_else(Vec::new, |area| span(&stretch(area)));
                anchor.set(Some(start));
                on_pick.run(MarkPick::Span { marks, begins: first.is_none() });
            }
            _ => anchor.set(None),
        }
    };
    let readout = move || {
        let at = focus.get()?;
        let is_picked = picked.is_some_and(|p| p.with(|p| p.get(at) == Some(&true)));
        marks.with(|marks| {
            let text = marks.get(at).map(|mark: &Mark| mark.readout.clone())?;
            Some(if is_picked { format!("{text}, {}", text::PICKED) } else { text })
        })
    };
    let rest = move || match caption {
        Some(caption) => caption.get(),
        None => spec.with(ChartSpec::summary),
    };
    let keys = match on_pick {
        Some(_) if spec.with_untracked(ChartSpec::is_matrix) => text::KEYS_OPEN,
        Some(_) => text::KEYS_PICK,
        None => text::KEYS,
    };
    let label =
        move || spec.with(|spec| format!("{}. {}. {keys}", spec.frame().title, spec.summary()));
    view! {
        <figure class="chart" class:blank=move || spec.with(ChartSpec::is_empty) class:picks=on_pick.is_some()>
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=label
                style:height=move || format!("{:.0}px", surface.get().1)
                on:pointermove=pull
                on:pointerdown=press
                on:pointerup=release
                on:pointercancel=move |_| drag.set(None)
                on:pointerleave=move |_| focus.set(None)
                on:blur=move |_| { focus.set(None); anchor.set(None); }
                on:keydown=walk
            ></canvas>
            <figcaption aria-live="polite">
                {move || problem.get().or_else(readout).unwrap_or_else(&rest)}
            </figcaption>
            <More spec canvas />
        </figure>
    }
}

/// The marks that an area touches.
fn marks_in(marks: &[Mark], area: &Area) -> Vec<usize> {
    let places = marks.iter().enumerate().filter(|(_, mark)| mark.touches(area));
    places.map(|(place, _)| place).collect()
}

/// Where a key leads from a mark: `None` for a key that leads nowhere, `Some(None)` off the marks.
fn stepped(
    key: &str,
    before: Option<usize>,
    last: usize,
    row: Option<usize>,
) -> Option<Option<usize>> {
    let down = row.unwrap_or(1);
    Some(match (key, before) {
        ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(0),
        ("ArrowRight", Some(at)) => Some((at + 1).min(last)),
        ("ArrowDown", Some(at)) => Some(if at + down <= last { at + down } else { at }),
        ("ArrowLeft", Some(at)) => Some(at.saturating_sub(1)),
        ("ArrowUp", Some(at)) => Some(at.checked_sub(down).unwrap_or(at)),
        ("ArrowLeft" | "ArrowUp", None) | ("End", _) => Some(last),
        ("Escape", _) => None,
        _ => return None,
    })
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
    highlight: &Highlight<'_>,
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
    spec.draw(&root, &surface, theme, highlight).map_err(|error| error.to_string())
}

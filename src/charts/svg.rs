//! A chart as a standalone SVG document.

use plotters::drawing::IntoDrawingArea;
use plotters::prelude::SVGBackend;

use super::error::ChartError;
use super::frame::Surface;
use super::paint::{self, Resolution};
use super::scene::{Scene, printable};
use super::theme::Theme;

/// Plotters writes whole numbers only: the drawing is made of quarter pixels.
const UNITS_PER_PIXEL: f64 = 4.0;
/// What plotters' SVG writer divides font sizes by.
const FONT_DIVISOR: f64 = 1.24;

/// The scene as a document of `surface`'s size, described by `title` and `summary`.
pub(super) fn write(
    scene: &Scene,
    surface: &Surface,
    theme: &Theme,
    title: &str,
    summary: &str,
) -> Result<String, ChartError> {
    let units = |pixels: f64| (pixels * UNITS_PER_PIXEL).round() as u32;
    let size = (units(surface.width), units(surface.height));
    let mut drawing = String::new();
    {
        let root = SVGBackend::with_string(&mut drawing, size).into_drawing_area();
        let resolution = Resolution { scale: UNITS_PER_PIXEL, lettering: FONT_DIVISOR };
        paint::paint(&root, scene, theme, resolution)?;
        root.present().map_err(|error| ChartError::Drawing { message: error.to_string() })?;
    }
    // Plotters' opening tag knows neither logical size nor name: it is replaced by ours.
    let shapes = drawing.split_once('\n').map_or("", |(_, shapes)| shapes);
    let (width, height) = (surface.width.round(), surface.height.round());
    let mut document = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         stroke-linejoin=\"round\" style=\"font-variant-numeric:tabular-nums\">\n<title>",
        size.0, size.1
    );
    push_escaped(&mut document, title);
    document.push_str("</title>\n<desc>");
    push_escaped(&mut document, summary);
    document.push_str("</desc>\n");
    document.push_str(shapes);
    Ok(document)
}

fn push_escaped(document: &mut String, text: &str) {
    for letter in printable(text).chars() {
        match letter {
            '<' => document.push_str("&lt;"),
            '>' => document.push_str("&gt;"),
            '&' => document.push_str("&amp;"),
            other => document.push(other),
        }
    }
}

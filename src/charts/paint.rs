//! Scene → any plotters backend. The only generic code of the charts: everything before it is laid out once.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, FontTransform,
};

use super::error::ChartError;
use super::scene::{Align, Lettering, Scene, Shape};
use super::theme::{Rgb, Theme};

/// What one logical pixel becomes on the backend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resolution {
    /// Backend units per logical pixel.
    pub scale: f64,
    /// Backend font size per unit: plotters' SVG writer divides sizes by 1.24, its canvas does not.
    pub lettering: f64,
}

/// Paints all shapes of a scene on `root`, from its upper left corner.
pub(super) fn paint<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    scene: &Scene,
    theme: &Theme,
    resolution: Resolution,
) -> Result<(), ChartError> {
    root.draw(&Painting { scene, theme, resolution })
        .map_err(|error| ChartError::Drawing { message: error.to_string() })
}

struct Painting<'a> {
    scene: &'a Scene,
    theme: &'a Theme,
    resolution: Resolution,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Painting<'_> {
    type Point = BackendCoord;
    type IntoIter = [BackendCoord; 1];

    fn point_iter(self) -> Self::IntoIter {
        [(0, 0)]
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Painting<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let origin = points.next().unwrap_or((0, 0));
        for shape in &self.scene.shapes {
            self.draw_shape(shape, origin, backend)?;
        }
        Ok(())
    }
}

impl Painting<'_> {
    fn draw_shape<DB: DrawingBackend>(
        &self,
        shape: &Shape,
        origin: BackendCoord,
        backend: &mut DB,
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let at = |point: (f64, f64)| self.place(origin, point);
        match shape {
            Shape::Block { area, tone, alpha } => backend.draw_rect(
                at((area.x, area.y)),
                at((area.right(), area.bottom())),
                &self.stroke(self.theme.colour(*tone), *alpha, 0.0),
                true,
            ),
            Shape::Rule { from, to, tone } => {
                let thickness = self.resolution.scale.round().max(1.0) as i32;
                let (from, to) = (at(*from), at(*to));
                let end = if from.1 == to.1 {
                    (to.0, to.1 + thickness)
                } else {
                    (to.0 + thickness, to.1)
                };
                let stroke = self.stroke(self.theme.colour(*tone), 1.0, 0.0);
                backend.draw_rect(from, end, &stroke, true)
            }
            Shape::Line { points, tone, width } => backend.draw_path(
                points.iter().map(|point| at(*point)),
                &self.stroke(self.theme.colour(*tone), 1.0, *width),
            ),
            Shape::Fill { points, tone, alpha } => backend.fill_polygon(
                points.iter().map(|point| at(*point)),
                &self.stroke(self.theme.colour(*tone), *alpha, 0.0),
            ),
            Shape::Dot { centre, radius, tone, alpha } => backend.draw_circle(
                at(*centre),
                (radius * self.resolution.scale).round() as u32,
                &self.stroke(self.theme.colour(*tone), *alpha, 0.0),
                true,
            ),
            Shape::Text { at: point, text, align, lettering } => {
                backend.draw_text(text, &self.letters(lettering, *align), at(*point))
            }
        }
    }

    fn place(&self, origin: BackendCoord, (x, y): (f64, f64)) -> BackendCoord {
        let unit = |value: f64| (value * self.resolution.scale).round() as i32;
        (origin.0.saturating_add(unit(x)), origin.1.saturating_add(unit(y)))
    }

    fn stroke(&self, colour: Rgb, alpha: f64, width: f64) -> Stroke {
        Stroke {
            colour: backend_colour(colour, alpha),
            width: (width * self.resolution.scale).round().max(1.0) as u32,
        }
    }

    fn letters(&self, lettering: &Lettering, align: Align) -> Letters<'_> {
        let colour = match lettering.on {
            Some(mark) => self.theme.ink_on(mark),
            None => self.theme.colour(lettering.tone),
        };
        Letters {
            colour: backend_colour(colour, 1.0),
            size: lettering.size * self.resolution.scale * self.resolution.lettering,
            family: self.theme.font,
            style: if lettering.bold { FontStyle::Bold } else { FontStyle::Normal },
            transform: if lettering.upright {
                FontTransform::Rotate270
            } else {
                FontTransform::None
            },
            anchor: match align {
                Align::Start => HPos::Left,
                Align::Middle => HPos::Center,
                Align::End => HPos::Right,
            },
        }
    }
}

fn backend_colour(colour: Rgb, alpha: f64) -> BackendColor {
    BackendColor { alpha, rgb: (colour.0, colour.1, colour.2) }
}

struct Stroke {
    colour: BackendColor,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct Letters<'a> {
    colour: BackendColor,
    size: f64,
    family: &'a str,
    style: FontStyle,
    transform: FontTransform,
    anchor: HPos,
}

impl BackendTextStyle for Letters<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn transform(&self) -> FontTransform {
        self.transform.clone()
    }

    fn style(&self) -> FontStyle {
        self.style
    }

    fn anchor(&self) -> Pos {
        Pos::new(self.anchor, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.family)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let width = super::lettering::width(text, self.size) as i32;
        Ok(((0, 0), (width, self.size as i32)))
    }

    /// Only asked for by backends without letters of their own; canvas and SVG have them.
    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: BackendCoord,
        _: DrawFunc,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}

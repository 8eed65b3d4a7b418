//! A chart as a list of shapes in logical pixels: laid out once, then painted, hit-tested or counted.

use super::lettering;
use super::theme::Tone;

/// Height of labels and ticks, logical pixels.
pub(super) const LABEL: f64 = 12.0;

/// A rectangle in logical pixels; `y` grows downward.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, not negative.
    pub width: f64,
    /// Height, not negative.
    pub height: f64,
}

impl Area {
    /// The rectangle with two opposite corners.
    #[must_use]
    pub fn between(one: (f64, f64), two: (f64, f64)) -> Self {
        Self {
            x: one.0.min(two.0),
            y: one.1.min(two.1),
            width: (one.0 - two.0).abs(),
            height: (one.1 - two.1).abs(),
        }
    }

    /// The square of `radius` around a point.
    pub(super) fn around((x, y): (f64, f64), radius: f64) -> Self {
        Self::between((x - radius, y - radius), (x + radius, y + radius))
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// How far a point lies outside, 0 within.
    pub(super) fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let aside = (self.x - x).max(x - self.right()).max(0.0);
        let above = (self.y - y).max(y - self.bottom()).max(0.0);
        (aside * aside + above * above).sqrt()
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether a straight line enters it.
    pub(super) fn crosses(&self, (x, y): (f64, f64), two: (f64, f64)) -> bool {
        // Liang and Barsky (1984): the part of the line within each pair of edges
        let (across, down) = (two.0 - x, two.1 - y);
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-across, x - self.x),
            (across, self.right() - x),
            (-down, y - self.y),
            (down, self.bottom() - y),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        from <= to
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let upper = (self.x.min(other.x), self.y.min(other.y));
        Self::between(upper, (self.right().max(other.right()), self.bottom().max(other.bottom())))
    }

    pub(super) fn grown(&self, by: f64) -> Self {
        Self::between((self.x - by, self.y - by), (self.right() + by, self.bottom() + by))
    }
}

/// Which point of a text its position names; vertically it is always the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    pub size: f64,
    pub bold: bool,
    pub tone: Tone,
    /// Read from bottom to top.
    pub upright: bool,
    /// The mark the text stands on; its ink then follows from the mark's colour.
    pub on: Option<Tone>,
}

impl Lettering {
    pub const fn label(tone: Tone) -> Self {
        Self { size: LABEL, bold: false, tone, upright: false, on: None }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A filled rectangle.
    Block {
        area: Area,
        tone: Tone,
        alpha: f64,
    },
    /// One crisp pixel wide, horizontal or vertical.
    Rule {
        from: (f64, f64),
        to: (f64, f64),
        tone: Tone,
    },
    Line {
        points: Vec<(f64, f64)>,
        tone: Tone,
        width: f64,
    },
    Fill {
        points: Vec<(f64, f64)>,
        tone: Tone,
        alpha: f64,
    },
    Dot {
        centre: (f64, f64),
        radius: f64,
        tone: Tone,
        alpha: f64,
    },
    Text {
        at: (f64, f64),
        text: String,
        align: Align,
        lettering: Lettering,
    },
}

/// Shapes in the order they are painted, and where the marks are.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub shapes: Vec<Shape>,
    /// One area per mark, in walking order.
    pub marks: Vec<Area>,
    /// Where marks are lines: each mark's, and its colour. Else empty.
    pub paths: Vec<(Vec<(f64, f64)>, Tone)>,
}

impl Scene {
    pub fn block(&mut self, area: Area, tone: Tone, alpha: f64) {
        self.shapes.push(Shape::Block { area, tone, alpha });
    }

    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), tone: Tone) {
        self.shapes.push(Shape::Rule { from, to, tone });
    }

    pub fn line(&mut self, points: Vec<(f64, f64)>, tone: Tone, width: f64) {
        self.shapes.push(Shape::Line { points, tone, width });
    }

    /// A line cut into dashes, since no backend draws them.
    pub fn dashes(&mut self, points: &[(f64, f64)], tone: Tone, width: f64) {
        for dash in cut(points, 5.0, 4.0) {
            self.line(dash, tone, width);
        }
    }

    pub fn fill(&mut self, points: Vec<(f64, f64)>, tone: Tone, alpha: f64) {
        self.shapes.push(Shape::Fill { points, tone, alpha });
    }

    pub fn dot(&mut self, centre: (f64, f64), radius: f64, tone: Tone, alpha: f64) {
        self.shapes.push(Shape::Dot { centre, radius, tone, alpha });
    }

    pub fn text(&mut self, at: (f64, f64), align: Align, lettering: Lettering, text: &str) {
        if !text.is_empty() {
            self.shapes.push(Shape::Text { at, text: printable(text), align, lettering });
        }
    }

    /// A text that stays legible over lines: it stands on a strip of the surface. Gives the strip.
    pub fn text_on_strip(&mut self, strip: Area, tone: Tone, text: &str) {
        self.block(strip, Tone::Surface, 0.85);
        let (_, middle) = strip.centre();
        self.text((strip.x + 2.0, middle), Align::Start, Lettering::label(tone), text);
    }

    /// Fades the marks that are not picked, if any is.
    pub fn fade(&mut self, picked: &[bool]) {
        if !picked.contains(&true) {
            return;
        }
        if let Some((first, rest)) = self.marks.split_first().filter(|_| !self.paths.is_empty()) {
            let all = rest.iter().fold(*first, |all, area| all.with(area)).grown(3.0);
            self.block(all, Tone::Surface, 0.72);
            let lit = self.paths.iter().zip(picked).filter(|(_, picked)| **picked);
            let lit: Vec<_> = lit.map(|(path, _)| path.clone()).collect();
            return lit.into_iter().for_each(|(points, tone)| self.line(points, tone, 2.0));
        }
        let others = self.marks.iter().zip(picked).filter(|(_, picked)| !**picked);
        let faded: Vec<Area> = others.map(|(area, _)| *area).collect();
        faded.into_iter().for_each(|area| self.block(area, Tone::Surface, 0.72));
    }

    /// The area that is being dragged over.
    pub fn band(&mut self, area: Area) {
        self.block(area, Tone::Accent, 0.14);
        self.outline(area, Tone::Accent, 1.0);
    }

    fn outline(&mut self, area: Area, tone: Tone, width: f64) {
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        let corners =
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        self.line(corners.to_vec(), tone, width);
    }

    /// A ring around the mark that is hovered or walked to.
    pub fn ring(&mut self, mark: usize) {
        if let Some((points, _)) = self.paths.get(mark).cloned() {
            self.line(points.clone(), Tone::Surface, 7.0);
            self.line(points.clone(), Tone::Text, 3.0);
            return points.into_iter().for_each(|point| self.dot(point, 4.5, Tone::Text, 1.0));
        }
        if let Some(area) = self.marks.get(mark).map(|area| area.grown(3.0)) {
            self.outline(area, Tone::Surface, 4.0);
            self.outline(area, Tone::Accent, 2.0);
        }
    }
}

/// How far a point lies from a straight line between two others.
pub(super) fn beside((x, y): (f64, f64), one: (f64, f64), two: (f64, f64)) -> f64 {
    let (across, down) = (two.0 - one.0, two.1 - one.1);
    let length = across * across + down * down;
    let along = (x - one.0) * across + (y - one.1) * down;
    let share = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
    Area::around((x, y), 0.0).distance((one.0 + share * across, one.1 + share * down))
}

/// The strip a label of this text takes when its left middle is at `at`.
pub(super) fn strip((x, middle): (f64, f64), text: &str) -> Area {
    Area {
        x,
        y: middle - LABEL * 0.65,
        width: lettering::width(text, LABEL) + 4.0,
        height: LABEL * 1.3,
    }
}

/// Without characters that may not stand in XML or that no font shows.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect()
}

/// The parts of a polyline that are "on" when it is drawn with `on` pixels of ink and `off` pixels of gap.
fn cut(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let mut dashes = Vec::new();
    let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut inked, mut left) = (true, on);
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let length = (across * across + down * down).sqrt();
        let mut walked = 0.0;
        while length - walked > left {
            walked += left;
            let share = walked / length;
            let corner = (from.0 + across * share, from.1 + down * share);
            if inked {
                dash.push(corner);
                dashes.push(std::mem::take(&mut dash));
            } else {
                dash.push(corner);
            }
            inked = !inked;
            left = if inked { on } else { off };
        }
        left -= length - walked;
        if inked {
            dash.push(*to);
        }
    }
    if inked && dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

//! Where a label hides least of what is drawn.

use crate::charts::scene::{Area, Scene, strip};
use crate::charts::theme::Tone;

/// What labels should keep clear of.
#[derive(Default)]
pub(super) struct Obstacles {
    /// Points along the lines, a few pixels apart.
    points: Vec<(f64, f64)>,
    /// Labels placed so far.
    labels: Vec<Area>,
}

/// Distance between the points a line is taken for.
const SPACING: f64 = 6.0;

impl Obstacles {
    pub fn add_point(&mut self, point: (f64, f64)) {
        self.points.push(point);
    }

    /// A line, as points not further apart than a label is high.
    pub fn add_line(&mut self, points: &[(f64, f64)]) {
        self.points.extend(points.first().copied());
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
            let steps = libm::ceil(length / SPACING).clamp(1.0, 1000.0) as usize;
            self.points.extend((1..=steps).map(|step| {
                let share = step as f64 / steps as f64;
                (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
            }));
        }
    }

    /// Writes `text` at the candidate that covers least; a candidate is the left middle of the text, and earlier ones win ties.
    /// Candidates that leave `room` are moved back inside.
    pub fn place(
        &mut self,
        scene: &mut Scene,
        room: &Area,
        candidates: &[(f64, f64)],
        tone: Tone,
        text: &str,
    ) {
        let best = candidates
            .iter()
            .map(|at| inside(strip(*at, text), room))
            .map(|area| (self.cost(&area), area))
            .min_by_key(|(cost, _)| *cost);
        if let (Some((_, area)), false) = (best, text.is_empty()) {
            scene.text_on_strip(area, tone, text);
            self.labels.push(area);
        }
    }

    fn cost(&self, area: &Area) -> usize {
        let hidden: usize = self.points.iter().map(|point| nearness(area.distance(*point))).sum();
        let labels = self.labels.iter().filter(|label| label.overlaps(area)).count();
        hidden + labels * 1000
    }
}

/// What a point this far from a label costs: much under it, little where it nearly touches.
fn nearness(distance: f64) -> usize {
    if distance == 0.0 { 5 } else { usize::from(distance < 4.0) }
}

fn inside(area: Area, room: &Area) -> Area {
    Area {
        x: area.x.min(room.right() - area.width).max(room.x),
        y: area.y.min(room.bottom() - area.height).max(room.y),
        ..area
    }
}

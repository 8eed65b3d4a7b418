//! Charts can be read: labels apart, colours that differ, numbers written one way.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests may fail loudly and read the style sheet they compare with"
)]

mod charts_specs;

use charts_specs as specs;
use churn_lab::charts::format::{self, NumberFormat};
use churn_lab::charts::{Rgb, Theme, Tone};

#[test]
fn numbers_are_written_one_way() {
    let rows = [
        (format::count(1_234_567), "1,234,567"),
        (format::count(999), "999"),
        (format::decimal(-3_452.55, 2), "−3,452.55"),
        (format::decimal(-0.0004, 2), "0.00"),
        (format::decimal(f64::NAN, 2), "–"),
        (format::plain(29.0), "29"),
        (format::plain(64.76), "64.8"),
        (format::plain(99.96), "100"),
        (format::plain(3_452.55), "3,453"),
        (format::plain(0.00123), "0.00123"),
        (format::plain(-1.234e-9), "−1.2e−9"),
        (format::plain(120.0), "120"),
        (format::percent(0.4189, 1), "41.9\u{a0}%"),
        (format::percent(f64::INFINITY, 1), "–"),
        (format::milliseconds(207.4), "207\u{a0}ms"),
        (format::milliseconds(3.52), "3.52\u{a0}ms"),
        (format::score(0.8342), ".834"),
        (format::score(1.0), "1.000"),
        (format::weight(0.2141), "+.214"),
        (format::weight(-0.1209), "−.121"),
        (format::weight(-0.0001), ".000"),
        (format::weight(0.0), ".000"),
        (format::weight(1.5), "+1.500"),
        (format::of_hundred(0.579), "58 of 100"),
        (NumberFormat::FineScore.show(0.834_444), ".83444"),
        (NumberFormat::FineScore.short(0.834_444), ".834"),
        (NumberFormat::Weight.short(-0.354), "−.35"),
        (NumberFormat::Percent.short(0.354), "35\u{a0}%"),
    ];
    for (shown, expected) in rows {
        assert_eq!(shown, expected);
    }
}

/// WCAG 2.2: text 4.5 : 1, marks 3 : 1, on every ground they stand on.
#[test]
fn colours_can_be_told_apart() {
    for theme in [Theme::light(), Theme::dark()] {
        for ink in [theme.text, theme.muted] {
            assert!(ink.contrast(theme.surface) >= 4.5, "{}", ink.css());
        }
        for mark in [theme.stays, theme.churns, theme.accent] {
            assert!(mark.contrast(theme.surface) >= 3.0, "{}", mark.css());
        }
        for step in -20..=20 {
            let share = f64::from(step) / 20.0;
            for tone in [Tone::Diverging(share), Tone::Sequence(share)] {
                let ground = theme.colour(tone);
                let ink = theme.ink_on(tone);
                assert!(ink.contrast(ground) >= 4.5, "{} on {}", ink.css(), ground.css());
            }
        }
    }
    assert!((Rgb(255, 255, 255).contrast(Rgb(0, 0, 0)) - 21.0).abs() < 1e-9);
}

/// A text as drawn: anchor, baseline and words, in units of the picture.
struct DrawnText {
    start: f64,
    end: f64,
    y: f64,
    words: String,
}

/// The texts of a picture that read from left to right, at half an em to the letter, less than any of our fonts takes.
fn drawn_texts(svg: &str) -> Vec<DrawnText> {
    svg.split("<text")
        .skip(1)
        .filter(|element| !element.contains("rotate("))
        .map(|element| {
            let attribute = |name: &str| {
                let (_, rest) = element.split_once(&format!(" {name}=\"")).unwrap();
                rest.split_once('"').unwrap().0
            };
            let (_, rest) = element.split_once('>').unwrap();
            let words = rest.split_once("</text>").unwrap().0.trim().to_owned();
            let size: f64 = attribute("font-size").parse().unwrap();
            let width = words.chars().count() as f64 * size * 0.5;
            let x: f64 = attribute("x").parse().unwrap();
            let start = match attribute("text-anchor") {
                "start" => x,
                "middle" => x - width / 2.0,
                _ => x - width,
            };
            DrawnText { start, end: start + width, y: attribute("y").parse().unwrap(), words }
        })
        .collect()
}

#[test]
fn labels_neither_overlap_nor_leave_the_picture() {
    for (name, spec) in specs::all() {
        for (width, height) in [(320.0, 240.0), (400.0, 260.0), (560.0, 320.0), (1200.0, 700.0)] {
            let svg = spec.to_svg(width, height, &Theme::light()).unwrap();
            let texts = drawn_texts(&svg);
            for (place, one) in texts.iter().enumerate() {
                assert!(one.start >= 0.0 && one.end <= width * 4.0, "{name}: {}", one.words);
                assert!(one.y >= 24.0 && one.y <= height * 4.0 - 24.0, "{name}: {}", one.words);
                for other in texts.iter().skip(place + 1) {
                    let apart = one.end <= other.start
                        || other.end <= one.start
                        || (one.y - other.y).abs() >= 40.0;
                    assert!(apart, "{name} at {width}: {} and {}", one.words, other.words);
                }
            }
        }
    }
}

/// The colours of a chart are those of the page around it.
#[test]
fn themes_carry_the_tokens_of_the_style_sheet() {
    let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/public/style/tokens.css");
    let sheet = std::fs::read_to_string(sheet).unwrap();
    for (switch, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
        let token = |name: &str| {
            let (_, rest) = sheet.split_once(&format!("\n  {name}: ")).expect(name);
            let (value, _) = rest.split_once(';').unwrap();
            let by_theme = value.split_once(&format!("var(--{switch}, "));
            by_theme.map_or(value, |(_, rest)| rest.split_once(')').unwrap().0).to_owned()
        };
        let [stays, stays_fill, stays_soft, neutral, leaves_soft, leaves_fill, leaves] =
            theme.diverging;
        for (name, colour) in [
            ("--ink", theme.text),
            ("--ink-2", theme.muted),
            ("--grid", theme.grid),
            ("--line-2", theme.axis),
            ("--panel", theme.surface),
            ("--accent", theme.accent),
            ("--stays-fill", theme.stays),
            ("--leaves-fill", theme.churns),
            ("--stays", stays),
            ("--stays-fill", stays_fill),
            ("--stays-soft", stays_soft),
            ("--grid", neutral),
            ("--leaves-soft", leaves_soft),
            ("--leaves-fill", leaves_fill),
            ("--leaves", leaves),
        ] {
            assert_eq!(colour.css(), token(name), "{name}, {switch}");
        }
    }
}

//! Colours and type: the page's tokens, as the charts use them.

/// A colour in sRGB: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// As in a style sheet: "#3b4cca".
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance after WCAG 2.2, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio after WCAG 2.2, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn toward(self, other: Self, share: f64) -> Self {
        let mix = |from: u8, to: u8| {
            let (from, to) = (f64::from(from), f64::from(to));
            (from + (to - from) * share).round() as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// The part a colour plays. Specs name parts; a [`Theme`] gives them colours, so that one spec serves light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Tone {
    /// Titles, labels, whiskers.
    Text,
    /// Axis titles, ticks, counts.
    Muted,
    /// Grid lines.
    Grid,
    /// Axis lines and reference lines.
    Axis,
    /// What the chart stands on.
    Surface,
    /// The one colour for what has no class. The default.
    #[default]
    Accent,
    /// The class that stays.
    Stays,
    /// The class that churns.
    Churns,
    /// [`Tone::Stays`] below zero, [`Tone::Churns`] from zero on: for signed weights.
    Signed,
    /// The n-th of the Okabe–Ito colours, from 0; starts over after the last.
    Category(usize),
    /// Blue through neutral to red for −1 to 1.
    Diverging(f64),
    /// Cividis for 0 to 1.
    Sequence(f64),
    /// Faint grey to the full accent for 0 to 1, the worst to the best; every step stands out from the surface.
    Strength(f64),
}

impl Tone {
    /// Settles [`Tone::Signed`] by the sign of `value`.
    pub(super) fn of_value(self, value: f64) -> Self {
        match self {
            Self::Signed if value < 0.0 => Self::Stays,
            Self::Signed => Self::Churns,
            settled => settled,
        }
    }
}

/// Okabe and Ito, "Color Universal Design" (2008), ordered so that the first ones stand out on white and on dark; grey in place of black.
const OKABE_ITO: [Rgb; 8] = [
    Rgb(0x00, 0x72, 0xb2),
    Rgb(0xd5, 0x5e, 0x00),
    Rgb(0x00, 0x9e, 0x73),
    Rgb(0xcc, 0x79, 0xa7),
    Rgb(0xe6, 0x9f, 0x00),
    Rgb(0x56, 0xb4, 0xe9),
    Rgb(0x99, 0x99, 0x99),
    Rgb(0xf0, 0xe4, 0x42),
];

/// Cividis at nine even steps; Nuñez, Anderton and Renslow, PLOS ONE 13 (2018) e0199239.
const CIVIDIS: [Rgb; 9] = [
    Rgb(0x00, 0x22, 0x4e),
    Rgb(0x1a, 0x38, 0x6f),
    Rgb(0x43, 0x4e, 0x6c),
    Rgb(0x61, 0x65, 0x6f),
    Rgb(0x7d, 0x7c, 0x78),
    Rgb(0x9b, 0x94, 0x76),
    Rgb(0xbc, 0xae, 0x6c),
    Rgb(0xde, 0xca, 0x57),
    Rgb(0xfe, 0xe8, 0x38),
];

/// Every colour a chart uses and its font. The values are those of the page's style sheet, whose custom property each field names.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// `--ink`
    pub text: Rgb,
    /// `--ink-2`
    pub muted: Rgb,
    /// `--grid`
    pub grid: Rgb,
    /// `--line-2`
    pub axis: Rgb,
    /// `--panel`
    pub surface: Rgb,
    /// `--accent`
    pub accent: Rgb,
    /// `--stays-fill`
    pub stays: Rgb,
    /// `--leaves-fill`
    pub churns: Rgb,
    /// `--stays`, `--stays-fill`, `--stays-soft`, `--grid`, `--leaves-soft`, `--leaves-fill`, `--leaves`: the colours of −1 to 1.
    pub diverging: [Rgb; 7],
    /// Colours for categories.
    pub categories: [Rgb; 8],
    /// Colours of 0 to 1.
    pub sequence: [Rgb; 9],
    /// Font family list.
    pub font: &'static str,
}

/// `--font`, without quotes so that it can stand in any attribute.
const FONT: &str = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,sans-serif";

impl Theme {
    /// Dark ink on white.
    pub const fn light() -> Self {
        Self {
            text: Rgb(0x18, 0x20, 0x2b),
            muted: Rgb(0x56, 0x61, 0x73),
            grid: Rgb(0xee, 0xf0, 0xf3),
            axis: Rgb(0xcf, 0xd5, 0xdd),
            surface: Rgb(0xff, 0xff, 0xff),
            accent: Rgb(0x3b, 0x4c, 0xca),
            stays: Rgb(0x4f, 0x93, 0xc6),
            churns: Rgb(0xd9, 0x60, 0x4d),
            diverging: [
                Rgb(0x21, 0x66, 0xac),
                Rgb(0x4f, 0x93, 0xc6),
                Rgb(0xdb, 0xe9, 0xf4),
                Rgb(0xee, 0xf0, 0xf3),
                Rgb(0xfb, 0xe3, 0xd9),
                Rgb(0xd9, 0x60, 0x4d),
                Rgb(0xb2, 0x18, 0x2b),
            ],
            categories: OKABE_ITO,
            sequence: CIVIDIS,
            font: FONT,
        }
    }

    /// Light ink on near-black.
    pub const fn dark() -> Self {
        Self {
            text: Rgb(0xe9, 0xed, 0xf3),
            muted: Rgb(0xa9, 0xb4, 0xc4),
            grid: Rgb(0x22, 0x2a, 0x35),
            axis: Rgb(0x3a, 0x45, 0x54),
            surface: Rgb(0x19, 0x1f, 0x28),
            accent: Rgb(0x97, 0xa6, 0xff),
            stays: Rgb(0x4a, 0x92, 0xc9),
            churns: Rgb(0xd9, 0x60, 0x4d),
            diverging: [
                Rgb(0x6f, 0xb2, 0xe4),
                Rgb(0x4a, 0x92, 0xc9),
                Rgb(0x1c, 0x33, 0x46),
                Rgb(0x22, 0x2a, 0x35),
                Rgb(0x43, 0x24, 0x1f),
                Rgb(0xd9, 0x60, 0x4d),
                Rgb(0xf0, 0x8a, 0x74),
            ],
            categories: OKABE_ITO,
            sequence: CIVIDIS,
            font: FONT,
        }
    }

    /// The colour of a part.
    pub fn colour(&self, tone: Tone) -> Rgb {
        match tone {
            Tone::Text => self.text,
            Tone::Muted => self.muted,
            Tone::Grid => self.grid,
            Tone::Axis => self.axis,
            Tone::Surface => self.surface,
            Tone::Accent => self.accent,
            Tone::Stays => self.stays,
            Tone::Churns | Tone::Signed => self.churns,
            Tone::Category(place) => {
                self.categories.get(place % self.categories.len()).copied().unwrap_or(self.accent)
            }
            Tone::Diverging(value) => between(&self.diverging, (value + 1.0) / 2.0),
            Tone::Sequence(value) => between(&self.sequence, value),
            Tone::Strength(value) => between(&[self.faint(), self.accent], value),
        }
    }

    /// The faintest grey that marks may have: 3 : 1 on the surface.
    fn faint(&self) -> Rgb {
        self.axis.toward(self.muted, 0.62)
    }

    /// The ink for text on a filled mark: the page's own where it reads well, else black or white.
    pub fn ink_on(&self, tone: Tone) -> Rgb {
        let fill = self.colour(tone);
        // One of black and white always reaches 4.58 : 1.
        [self.text, self.surface, BLACK]
            .into_iter()
            .find(|ink| ink.contrast(fill) >= LEGIBLE)
            .unwrap_or(WHITE)
    }
}

const BLACK: Rgb = Rgb(0, 0, 0);
const WHITE: Rgb = Rgb(255, 255, 255);
/// Least contrast of text, WCAG 2.2 AA.
const LEGIBLE: f64 = 4.5;

/// The colour at `share` (clamped to 0 ..= 1) along evenly spaced `stops`.
fn between(stops: &[Rgb], share: f64) -> Rgb {
    let place = share.clamp(0.0, 1.0) * stops.len().saturating_sub(1) as f64;
    let below = libm::floor(place);
    let from = stops.get(below as usize).copied().unwrap_or(Rgb(0, 0, 0));
    let to = stops.get(below as usize + 1).copied().unwrap_or(from);
    from.toward(to, place - below)
}

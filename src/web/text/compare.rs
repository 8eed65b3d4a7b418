//! Comparing runs on the train page.

use crate::experiments::side_by_side::Shared;

pub const WAYS: &str = "Ways to compare the runs";
pub const BARS: &str = "Bars";
pub const PARALLEL: &str = "All at once";
pub const SCATTER: &str = "Scatter";
pub const MAP: &str = "Map";
pub const BOX: &str = "Boxes";
pub const LINE: &str = "Lines";
pub const ROC: &str = "ROC";

pub const ALONG: &str = "Along";
pub const UPWARD: &str = "Upward";
pub const SETTING_ALONG: &str = "Setting along";
pub const SETTING_UPWARD: &str = "Setting upward";
pub const NOTHING: &str = "nothing";
pub const LOG_ALONG: &str = "Log axis along";
pub const LOG_UPWARD: &str = "Log axis upward";
pub const NO_LOG: &str = "A log axis needs numbers above 0";
pub const AXES: &str = "Axes";
pub const COMPARE_THESE: &str = "Compare only these";
pub const SHOW_ALL: &str = "Show all again";
pub const BRUSH: &str =
    "Drag over a stretch of an axis to pick the runs through it, or press Enter on a run";
pub const NO_LIMIT: &str = "none";

pub const TOO_FEW: &str = "Fewer than two of these runs are still there. Pick two or more above.";
pub const NO_SCORE: &str =
    "No score differs between these runs, so there is nothing to draw. What they share is below.";
pub const NO_NUMBERS: &str = "There are no two numbers that differ between these runs.";
pub const NO_SETTING: &str = "No setting differs between these runs: there is nothing to see a score by. Scatter and ROC compare them all the same.";
pub const NO_NUMBER_SETTING: &str =
    "No setting with numbers differs between these runs. Bars compare those with names.";
pub const ONE_SETTING: &str =
    "Only one setting differs between these runs; a map needs two. Lines show a score over one.";
pub const NO_BOTH: &str = "No run has numbers of both settings, so there is nothing to draw. Choose two that the same family has.";
pub const NO_CURVE: &str = "None of these runs has a ROC curve: their test rows are of one class.";

pub const CELLS: &str = "A cell is what was tried: a run, or the mean of those that share both settings. Empty cells were not tried, and nothing is known of them";
pub const CONTOURS: &str = "Contours";
pub const CONTOURS_ARE: &str =
    "Lines join equal scores, read off between tried combinations; what lies between was not tried";
pub const NO_GRID: &str = "These runs are no grid, so there is nothing to read off between them";
pub const NO_FOUR: &str = "Nowhere were four neighbouring combinations all tried, so there is nothing to read off between them";
pub const EQUAL_SCORES: &str = "The scores between which lines could run are all equal";
pub const POINTS: &str = "Each point is a run. They are no grid, so nothing is drawn between them: what was not tried is not known";
pub const FAMILY: &str = "Model";
pub const STEPS: &str = "Steps taken";
pub const OTHER: &str = "other";
pub const OTHER_ROWS: &str =
    "They were tested on different customers, so part of the difference is that of the customers";
pub const OTHER_TARGETS: &str = "They predict different things, so their curves can't be compared";

/// What stands behind a value: "Run 7", "mean of 3 runs".
#[must_use]
pub fn of_runs(shared: &Shared) -> String {
    match shared.runs.as_slice() {
        [run] => run_name(*run),
        runs => format!("mean of {} runs", runs.len()),
    }
}

/// "Run 7".
#[must_use]
pub fn run_name(run: u32) -> String {
    format!("{} {run}", super::train::RUN)
}

/// "2 runs with max_iter none".
#[must_use]
pub fn without_place(n: usize, column: &str, value: &str) -> String {
    let runs = if n == 1 { "run" } else { "runs" };
    format!("{n} {runs} with {column} {value}")
}

/// What is not in the picture, and why.
#[must_use]
pub fn not_drawn(parts: &[String]) -> String {
    format!("Not drawn, because it has no place on an axis of numbers: {}", parts.join(", "))
}

/// That only some of the values are in the picture.
#[must_use]
pub fn only_some(shown: usize, all: usize, column: &str) -> String {
    format!("{column} has {all} values; the {shown} that most runs share are drawn")
}

/// Of how many curves only some are drawn.
#[must_use]
pub fn curves_drawn(shown: usize, all: usize) -> String {
    format!("The {shown} of {all} runs with the largest area under the curve are drawn")
}

/// The table is turned and cut.
#[must_use]
pub fn first_of(shown: usize, all: usize) -> String {
    format!("The first {shown} of {all} runs; the table of runs above and its CSV have them all")
}

/// The title of a map.
#[must_use]
pub fn map_title(score: &str, x: &str, y: &str) -> String {
    format!("{score} by {x} and {y}")
}

/// Why there are no lines of equal scores over a setting.
#[must_use]
pub fn no_contours(setting: &str) -> String {
    format!("Contours need numbers along both sides; {setting} has fewer than two")
}

/// The title of a box plot.
#[must_use]
pub fn box_title(score: &str, by: &str) -> String {
    format!("{score} by {by}")
}

/// Why a picture of so many combinations is not drawn.
#[must_use]
pub fn too_many(columns: usize, rows: usize) -> String {
    format!(
        "{columns} by {rows} values are too many for a map. Choose settings with fewer values, or two with numbers"
    )
}

/// A curve's name: "Run 7, AUC .83444".
#[must_use]
pub fn curve(run: u32, auc: &str) -> String {
    format!("{}, AUC {auc}", run_name(run))
}

/// The title of all curves.
#[must_use]
pub fn roc_title(n: usize) -> String {
    format!("ROC curves of {n} runs")
}

/// The title of the parallel coordinates.
#[must_use]
pub fn parallel_title(n: usize) -> String {
    format!("{n} runs, a line each")
}

/// "4 runs picked".
#[must_use]
pub fn lit(n: usize) -> String {
    if n == 1 { "1 run picked".to_owned() } else { format!("{n} runs picked") }
}

/// The one box there is.
#[must_use]
pub fn all(n: usize) -> String {
    format!("All {n} runs")
}

/// Which curves have the largest and the least area.
#[must_use]
pub fn areas(most: (u32, &str), least: (u32, &str)) -> String {
    let (best, largest) = most;
    match least {
        (_, least) if least == largest => format!("The area under every curve is {largest}"),
        (worst, least) => format!(
            "The area under the curve is largest for {} ({largest}) and smallest for {} ({least})",
            run_name(best),
            run_name(worst)
        ),
    }
}

//! What LIME says on average.

use leptos::prelude::*;

use super::{asked, count, part, part_choice, seed};
use crate::charts::format;
use crate::compute::WholeQuestion;
use crate::explain::whole::{AverageLime, AverageParams, AverageWeight, Part};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::weight_bar::side_class;
use crate::web::explaining::Explaining;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

fn rows_allowed(number: f64) -> bool {
    let [min, max] = AverageParams::ROWS;
    number.fract() == 0.0 && (min..=max).contains(&(number as u32))
}

/// Controls and table.
pub fn average(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let default = AverageParams::default().rows;
    let allowed = (rows_allowed as fn(f64) -> bool, text::ROWS_ALLOWED);
    let (rows, rows_box) = count(query, "many", text::ROWS, default, allowed);
    let question = move || {
        let lime = of.lime.get();
        Some(WholeQuestion::Average(AverageParams {
            part: part(query, Part::Test),
            rows: rows.get(),
            samples: lime.samples,
            seed: seed(of),
        }))
    };
    view! {
        <div class="row ends">
            {part_choice(query, Part::Test)}
            {rows_box}
        </div>
        {asked(of, question, found)}
    }
    .into_any()
}

fn found(average: AverageLime) -> AnyView {
    let made = text::average_made(&average);
    let features = sorted_by(average.features, |feature| -feature.mean_abs);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=text::AVERAGE>
            <table class="tight stacked" data-testid="average">
                <thead>
                    <tr>
                        <th scope="col">{text::FEATURE}</th>
                        {[text::MEAN_WEIGHT, text::SIZE, text::POSITIVE]
                            .map(|name| view! { <th scope="col" class="right">{name}</th> })}
                    </tr>
                </thead>
                <tbody>{features.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="note">{made} " " {text::HOW_AVERAGE}</p>
    }
    .into_any()
}

fn row(feature: AverageWeight) -> AnyView {
    let side = side_class(feature.mean);
    view! {
        <tr data-feature=feature.feature.clone()>
            <th scope="row">{readable(&feature.feature)}</th>
            <td class="beside right" data-label=text::MEAN_WEIGHT>
                <b class=side data-mean=feature.mean.to_string()>{format::weight(feature.mean)}</b>
            </td>
            <td class="right" data-label=text::SIZE>{format::score(feature.mean_abs)}</td>
            <td class="right" data-label=text::POSITIVE>{format::percent(feature.positive, 0)}</td>
        </tr>
    }
    .into_any()
}

//! The two halves of the customers that the drift report compares, so that every side reads the same.
//!
//! Reference and shift are those of the reference values (`drift.json`): the first half of the
//! complete rows in file order, and the second half after the steps below.

/// This column of the second half is multiplied.
const SCALED: (&str, f64) = ("MonthlyCharges", 1.15);

/// Then these levels change.
const RELABELLED: [Relabel; 2] = [
    Relabel { column: "Contract", from: "Two year", to: "Month-to-month", every: 3, offset: 0 },
    Relabel {
        column: "PaymentMethod",
        from: "Mailed check",
        to: "Electronic check",
        every: 2,
        offset: 1,
    },
];

/// Of the rows with level `from`, counted k = 0, 1, 2, …, those with k % `every` == `offset` get `to`.
struct Relabel {
    column: &'static str,
    from: &'static str,
    to: &'static str,
    every: usize,
    offset: usize,
}

/// Two CSV files.
#[derive(Debug, PartialEq)]
pub struct Halves {
    /// The first half.
    pub reference: String,
    /// The second half, shifted.
    pub current: String,
}

/// Cuts and shifts a CSV file without quotes.
pub fn cut(csv: &str) -> Result<Halves, String> {
    if csv.contains('"') {
        return Err("a file with quotes can't be cut in halves".to_owned());
    }
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().ok_or("there is no header row")?;
    let complete = |cells: &Vec<String>| cells.iter().all(|cell| !cell.trim().is_empty());
    let mut reference: Vec<Vec<String>> = lines.filter(complete).collect();
    if let Some(row) = reference.iter().position(|cells| cells.len() != header.len()) {
        let found = reference.get(row).map_or(0, Vec::len);
        return Err(format!("complete row {row} has {found} cells; allowed: {}", header.len()));
    }
    let mut current = reference.split_off(reference.len() / 2);
    shift(&header, &mut current)?;
    Ok(Halves { reference: text(&header, &reference), current: text(&header, &current) })
}

fn shift(header: &[String], rows: &mut [Vec<String>]) -> Result<(), String> {
    let (column, factor) = SCALED;
    for cell in cells(header, rows, column)? {
        let number = cell.parse::<f64>().map_err(|error| format!("{column} {cell:?}: {error}"))?;
        *cell = (number * factor).to_string();
    }
    for Relabel { column, from, to, every, offset } in RELABELLED {
        let those = cells(header, rows, column)?.filter(|cell| *cell == from);
        for (_, cell) in those.enumerate().filter(|(k, _)| k % every == offset) {
            to.clone_into(cell);
        }
    }
    Ok(())
}

/// The cells of one column.
fn cells<'a>(
    header: &[String],
    rows: &'a mut [Vec<String>],
    column: &str,
) -> Result<impl Iterator<Item = &'a mut String>, String> {
    let at = header.iter().position(|name| name == column);
    let at = at.ok_or_else(|| format!("there is no column {column}"))?;
    Ok(rows.iter_mut().filter_map(move |row| row.get_mut(at)))
}

fn text(header: &[String], rows: &[Vec<String>]) -> String {
    let lines = std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    lines.map(|cells| cells.join(",") + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,Contract,PaymentMethod,MonthlyCharges\n";

    fn table(rows: &[&str]) -> String {
        format!("{HEADER}{}\n", rows.join("\n"))
    }

    #[test]
    fn the_first_half_stays_and_the_second_is_shifted() {
        let halves = cut(&table(&[
            "1,Two year,Mailed check,20",
            "2, ,Mailed check,20",
            "3,Two year,Mailed check,20",
            "4,Two year,Mailed check,20",
            "5,Two year,Bank,20",
            "6,Two year,Mailed check,20",
            "7,Two year,Mailed check,40",
            "8,Two year,Mailed check,20",
            "9,One year,Mailed check,20",
        ]));
        let reference = table(&[
            "1,Two year,Mailed check,20",
            "3,Two year,Mailed check,20",
            "4,Two year,Mailed check,20",
            "5,Two year,Bank,20",
        ]);
        let current = table(&[
            "6,Month-to-month,Mailed check,23",
            "7,Two year,Electronic check,46",
            "8,Two year,Mailed check,23",
            "9,One year,Electronic check,23",
        ]);
        assert_eq!(halves, Ok(Halves { reference, current }));
    }

    #[test]
    fn a_file_that_is_no_such_table_is_refused() {
        let refused = |csv: &str, word: &str| {
            let problem = cut(csv).expect_err("a refusal");
            assert!(problem.contains(word), "{problem}");
        };
        refused("", "header");
        refused(&table(&["1,\"Two, year\",Bank,20"]), "quotes");
        refused("id,Contract\n1,Two year\n", "MonthlyCharges");
        refused(&table(&["1,Two year,Bank,20", "2,Two year,Bank"]), "row 1 has 3 cells");
        refused(&table(&["1,Two year,Bank,20", "2,Two year,Bank,cheap"]), "cheap");
    }
}

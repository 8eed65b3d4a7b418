//! The real Telco file as a data set.

use churn_lab::data::{
    Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, Target, TextColumn,
};

use super::telco_csv;

/// The kept rows of the real file, `SeniorCitizen` as No/Yes; `None` where the file is absent.
pub fn telco() -> Option<Dataset> {
    let text = String::from_utf8(telco_csv()?).expect("the file is UTF-8");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let kept: Vec<usize> =
        (0..rows.len()).filter(|&r| rows[r].iter().all(|cell| !cell.trim().is_empty())).collect();
    let columns = header
        .iter()
        .enumerate()
        .map(|(j, &name)| {
            let cells = kept.iter().map(|&r| rows[r][j]);
            let (kind, role, values) = match name {
                "customerID" => {
                    let mut text = TextColumn::default();
                    cells.for_each(|cell| text.push(cell));
                    (ColumnKind::Identifier, Role::Identifier, ColumnValues::Text(text))
                }
                "tenure" | "MonthlyCharges" | "TotalCharges" => {
                    let numbers = cells.map(|cell| cell.parse().expect("a number")).collect();
                    (ColumnKind::Numeric, Role::Feature, ColumnValues::Numbers(numbers))
                }
                _ => {
                    let cells = cells.map(|cell| match (name, cell) {
                        ("SeniorCitizen", "0") => "No",
                        ("SeniorCitizen", "1") => "Yes",
                        _ => cell,
                    });
                    let role = if name == "Churn" { Role::Target } else { Role::Feature };
                    (ColumnKind::Categorical, role, super::customers::levels(cells))
                }
            };
            Column { name: name.to_owned(), kind, role, missing: 0, is_date: false, values }
        })
        .collect();
    Some(Dataset {
        id: DatasetId("telco".to_owned()),
        name: "Telco".to_owned(),
        columns,
        target: Some(Target {
            column: "Churn".to_owned(),
            positive_class: "Yes".to_owned(),
            negative_class: "No".to_owned(),
        }),
        rows_read: rows.len(),
        source_rows: kept.iter().map(|&r| r as u32 + 1).collect(),
        issues: Vec::new(),
    })
}

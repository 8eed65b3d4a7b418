//! Rules of impossible combinations: what is learned, flagged and repaired.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use churn_lab::data::{ColumnValues, Dataset, Record, Rules, Value, Violation, csv};
use churn_lab::numerics::random::RandomState;
use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, PopulationParams};

fn default_table() -> Dataset {
    let text = population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED);
    csv::read(text.as_bytes(), "default.csv", None).unwrap()
}

/// The default data set, and the real file where it is.
fn tables() -> Vec<Dataset> {
    let real = support::telco_csv();
    let real = real.map(|bytes| csv::read(&bytes, "telco.csv", None).unwrap());
    std::iter::once(default_table()).chain(real).collect()
}

fn level(record: &mut Record, feature: &str, level: &str) {
    record.insert(feature.to_owned(), level.into());
}

fn number(record: &Record, feature: &str) -> f64 {
    match record.get(feature) {
        Some(Value::Number(number)) => *number,
        other => panic!("{feature} is {other:?}"),
    }
}

/// Pairs of a violation, as "A=x B=y"; else the number's feature.
fn said(violation: &Violation) -> String {
    match violation {
        Violation::NeverTogether { first, second, .. } => {
            format!("{}={} {}={}", first.feature, first.level, second.feature, second.level)
        }
        Violation::Sum { feature, .. } | Violation::Product { feature, .. } => feature.clone(),
    }
}

fn all_said(rules: &Rules, record: &Record) -> Vec<String> {
    rules.violations(record).iter().map(said).collect()
}

/// A row with these levels.
fn row_with(dataset: &Dataset, levels: &[(&str, &str)]) -> Record {
    let fits = |record: &Record| {
        levels.iter().all(|(feature, level)| record.get(*feature) == Some(&Value::from(*level)))
    };
    (0..dataset.n_rows()).map(|row| dataset.record(row).unwrap()).find(fits).expect("such a row")
}

#[test]
fn rows_of_a_table_break_its_own_rules_hardly_ever() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        assert!(!rules.is_empty(), "{}", dataset.name);
        let (mut sums, mut products) = (0, 0);
        for row in 0..dataset.n_rows() {
            for violation in rules.violations(&dataset.record(row).unwrap()) {
                match violation {
                    Violation::NeverTogether { .. } => panic!("row {row}: {violation:?}"),
                    Violation::Sum { .. } => sums += 1,
                    Violation::Product { .. } => products += 1,
                }
            }
        }
        eprintln!("{}: {sums} sums, {products} products of {}", dataset.name, dataset.n_rows());
        // tenfold charges of the default table, and the 0.1 % and 0.1 % furthest from the product
        assert!(sums * 200 < dataset.n_rows() && products * 200 < dataset.n_rows());
    }
}

#[test]
fn combinations_that_no_customer_has_are_flagged_and_followed() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        let mut record =
            row_with(&dataset, &[("MultipleLines", "Yes"), ("InternetService", "DSL")]);
        assert_eq!(all_said(&rules, &record), [""; 0]);
        level(&mut record, "PhoneService", "No");
        assert!(
            all_said(&rules, &record).contains(&"PhoneService=No MultipleLines=Yes".to_owned()),
            "{:?}",
            all_said(&rules, &record)
        );
        let repaired = rules.repair(&record, &["PhoneService"]);
        assert_eq!(repaired["PhoneService"], "No".into());
        assert_eq!(repaired["MultipleLines"], "No phone service".into());
        assert_eq!(all_said(&rules, &repaired), [""; 0]);

        let online = [("InternetService", "Fiber optic"), ("StreamingTV", "Yes")];
        let mut record = row_with(&dataset, &online);
        level(&mut record, "InternetService", "No");
        let said = all_said(&rules, &record);
        assert!(said.contains(&"InternetService=No StreamingTV=Yes".to_owned()), "{said:?}");
        let repaired = rules.repair(&record, &["InternetService"]);
        assert_eq!(repaired["InternetService"], "No".into());
        for add_on in ["OnlineSecurity", "OnlineBackup", "TechSupport", "StreamingTV"] {
            assert_eq!(repaired[add_on], "No internet service".into(), "{add_on}");
        }
        assert_eq!(repaired["MultipleLines"], record["MultipleLines"], "it has no part in this");
        assert!(number(&repaired, "MonthlyCharges") < 30.0, "{repaired:?}");
        assert_eq!(all_said(&rules, &repaired), [""; 0]);
    }
}

/// The workshop's what-if: fibre for DSL at the same price, which no customer pays.
#[test]
fn charges_follow_the_services() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        let services = [
            ("InternetService", "Fiber optic"),
            ("MultipleLines", "No"),
            ("OnlineSecurity", "No"),
            ("OnlineBackup", "No"),
            ("DeviceProtection", "No"),
            ("TechSupport", "No"),
            ("StreamingTV", "No"),
            ("StreamingMovies", "No"),
        ];
        let mut record = row_with(&dataset, &services);
        for (feature, value) in [("tenure", 1.0), ("MonthlyCharges", 69.9), ("TotalCharges", 69.9)]
        {
            record.insert(feature.to_owned(), Value::Number(value));
        }
        assert_eq!(all_said(&rules, &record), [""; 0]);
        level(&mut record, "InternetService", "DSL");
        let violations = rules.violations(&record);
        let Some(Violation::Sum { feature, value, expected, of, .. }) = violations.first() else {
            panic!("{violations:?}");
        };
        assert_eq!((feature.as_str(), *value), ("MonthlyCharges", 69.9));
        // the price list of the workshop's company: a line 20, DSL 25
        support::close("DSL and a line", *expected, 45.0, 0.5);
        assert!(
            of.contains(&"InternetService".to_owned()) && of.contains(&"TechSupport".to_owned())
        );
        for other in ["gender", "Contract", "PaymentMethod", "Partner"] {
            assert!(!of.contains(&other.to_owned()), "{other} has no price: {of:?}");
        }
        let repaired = rules.repair(&record, &["InternetService"]);
        support::close("repaired", number(&repaired, "MonthlyCharges"), *expected, 0.0);
        support::close("the only bill", number(&repaired, "TotalCharges"), *expected, 1.0);
        assert_eq!(all_said(&rules, &repaired), [""; 0]);

        // a price that a person set stays, and the flag with it
        let kept = rules.repair(&record, &["InternetService", "MonthlyCharges"]);
        assert_eq!(number(&kept, "MonthlyCharges"), 69.9);
        assert_eq!(all_said(&rules, &kept), ["MonthlyCharges"]);
    }
}

#[test]
fn bills_so_far_are_about_months_times_the_bill() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        let mut record = row_with(&dataset, &[("InternetService", "Fiber optic")]);
        let monthly = number(&record, "MonthlyCharges");
        record.insert("tenure".to_owned(), 60.0.into());
        record.insert("TotalCharges".to_owned(), monthly.into());
        let violations = rules.violations(&record);
        let [Violation::Product { feature, expected, of, .. }] = violations.as_slice() else {
            panic!("{violations:?}");
        };
        assert_eq!(
            (feature.as_str(), of[0].as_str(), of[1].as_str()),
            ("TotalCharges", "tenure", "MonthlyCharges")
        );
        support::close("60 bills", *expected, 60.0 * monthly, 0.06);
        let repaired = rules.repair(&record, &["tenure"]);
        assert_eq!(number(&repaired, "TotalCharges"), *expected);
        assert_eq!(number(&repaired, "tenure"), 60.0);
    }
}

/// It has no phone and lines of one, and a bill that neither way of repairing that makes right.
#[test]
fn the_workshops_sample_request_is_flagged_and_repaired() {
    let levels = [
        ("gender", "Female"),
        ("SeniorCitizen", "No"),
        ("Partner", "No"),
        ("Dependents", "No"),
        ("PhoneService", "No"),
        ("MultipleLines", "No"),
        ("InternetService", "DSL"),
        ("OnlineSecurity", "No"),
        ("OnlineBackup", "No"),
        ("DeviceProtection", "No"),
        ("TechSupport", "No"),
        ("StreamingTV", "No"),
        ("StreamingMovies", "No"),
        ("Contract", "Month-to-month"),
        ("PaperlessBilling", "No"),
        ("PaymentMethod", "Bank transfer (automatic)"),
    ];
    let numbers = [("tenure", 29.0), ("MonthlyCharges", 70.35), ("TotalCharges", 1_397.475)];
    let numbers = numbers.map(|(name, number)| (name.to_owned(), Value::Number(number)));
    let record: Record = levels
        .map(|(name, level)| (name.to_owned(), Value::from(level)))
        .into_iter()
        .chain(numbers)
        .collect();
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        let said = all_said(&rules, &record);
        assert!(said.contains(&"PhoneService=No MultipleLines=No".to_owned()), "{said:?}");
        let repaired = rules.repair(&record, &[]);
        assert_eq!(all_said(&rules, &repaired), [""; 0]);
        let moved: Vec<_> = record.keys().filter(|name| record[*name] != repaired[*name]).collect();
        assert!(moved.len() <= 3 && moved.contains(&&"MonthlyCharges".to_owned()), "{moved:?}");
        assert_eq!(rules.repair(&repaired, &[]), repaired);
        let no_phone = rules.repair(&record, &["PhoneService"]);
        assert_eq!(no_phone["MultipleLines"], "No phone service".into());
        support::close("DSL alone", number(&no_phone, "MonthlyCharges"), 25.0, 0.6);
    }
}

/// Levels drawn at random, numbers anywhere.
fn any_record(dataset: &Dataset, random: &mut RandomState) -> Record {
    let pick = |random: &mut RandomState, n: usize| random.interval(n as u32 - 1) as usize;
    let n_rows = dataset.n_rows();
    dataset
        .features()
        .map(|column| {
            let value = match &column.values {
                ColumnValues::Levels { levels, .. } => {
                    levels[pick(random, levels.len())].as_str().into()
                }
                values => values.value(pick(random, n_rows)).unwrap(),
            };
            (column.name.clone(), value)
        })
        .collect()
}

#[test]
fn a_repair_leaves_nothing_odd_and_is_its_own_repair() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        let mut random = RandomState::new(3);
        for round in 0..300 {
            let record = any_record(&dataset, &mut random);
            let repaired = rules.repair(&record, &[]);
            assert_eq!(all_said(&rules, &repaired), [""; 0], "{round}: {record:?}");
            assert_eq!(rules.repair(&repaired, &[]), repaired, "{round}");
            assert_eq!(rules.repair(&record, &[]), repaired, "{round}");
            for kept in record.keys() {
                assert_eq!(rules.repair(&record, &[kept])[kept], record[kept], "{round}: {kept}");
            }
        }
    }
}

/// A table where what follows from what is known to the last digit.
#[test]
fn planted_rules_are_found_and_no_others() {
    let mut random = RandomState::new(8);
    let mut text = "plan,extra,size,hours,rate,fee,due,churn\n".to_owned();
    for _ in 0..1_000 {
        let plan = random.interval(2);
        // the third plan never has the extra
        let extra = if plan == 2 { 0 } else { random.interval(1) };
        let (size, hours) = (random.interval(2), 1 + random.interval(99));
        let rate = 2 + random.interval(30);
        let fee = 10 * plan + 7 * extra + 5;
        let churn = ["No", "Yes"][random.interval(1) as usize];
        text += &format!(
            "{},{},{},{hours},{rate},{fee},{},{churn}\n",
            ["a", "b", "c"][plan as usize],
            ["off", "on"][extra as usize],
            ["s", "m", "l"][size as usize],
            hours * rate
        );
    }
    let dataset = csv::read(text.as_bytes(), "planted.csv", None).unwrap();
    let rules = Rules::learn(&dataset);
    let record = |plan: &str, extra: &str, fee: f64, due: f64| -> Record {
        let numbers = [("hours", 10.0), ("rate", 3.0), ("fee", fee), ("due", due)];
        let levels = [("plan", plan), ("extra", extra), ("size", "m")];
        let levels = levels.map(|(name, level)| (name.to_owned(), Value::from(level)));
        levels.into_iter().chain(numbers.map(|(n, v)| (n.to_owned(), Value::Number(v)))).collect()
    };
    assert_eq!(all_said(&rules, &record("b", "on", 22.0, 30.0)), [""; 0]);
    assert_eq!(all_said(&rules, &record("b", "on", 23.0, 30.0)), ["fee"]);
    assert_eq!(all_said(&rules, &record("b", "on", 22.0, 31.0)), ["due"]);
    assert_eq!(all_said(&rules, &record("c", "on", 22.0, 30.0)), ["plan=c extra=on"]);
    let violations = rules.violations(&record("a", "off", 9.0, 30.0));
    let [Violation::Sum { of, expected, .. }] = violations.as_slice() else {
        panic!("{violations:?}");
    };
    assert_eq!((of.join(" "), *expected), ("plan extra".to_owned(), 5.0));
    let repaired = rules.repair(&record("c", "on", 22.0, 31.0), &["plan"]);
    assert_eq!(repaired, record("c", "off", 25.0, 30.0));
    // of two set values that exclude each other the later one stays
    let repaired = rules.repair(&record("c", "on", 25.0, 30.0), &["plan", "extra"]);
    assert_eq!(repaired["extra"], "on".into());
    assert_ne!(repaired["plan"], "c".into());
}

#[test]
fn tables_of_any_shape_have_rules_or_none() {
    let mut random = RandomState::new(21);
    for round in 0..60_u32 {
        let (columns, rows) = (1 + random.interval(6), random.interval(400));
        let mut text: String = (0..columns).map(|c| format!("c{c},")).collect();
        text += "churn\n";
        for row in 0..rows {
            for column in 0..columns {
                let cell = match (column + round) % 5 {
                    0 => format!("l{}", random.interval(3)),
                    1 => format!("{}", random.interval(1_000)),
                    2 => "0".to_owned(),
                    3 => format!("{}e{}", 1 + random.interval(8), random.interval(300)),
                    _ => format!("t{}", row % 40),
                };
                text += &cell;
                text.push(',');
            }
            text += ["No\n", "Yes\n"][random.interval(1) as usize];
        }
        let Ok(dataset) = csv::read(text.as_bytes(), "any.csv", None) else { continue };
        let rules = Rules::learn(&dataset);
        for row in 0..dataset.n_rows().min(20) {
            let record = dataset.record(row).unwrap();
            let repaired = rules.repair(&record, &[]);
            assert_eq!(repaired.len(), record.len());
        }
        let odd: Record =
            [("c0".to_owned(), Value::Number(f64::NAN)), ("x".to_owned(), "y".into())].into();
        assert!(rules.violations(&odd).is_empty());
        assert!(rules.repair(&odd, &["x", "c0", "c0"]).contains_key("x"));
    }
}

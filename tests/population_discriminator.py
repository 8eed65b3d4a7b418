"""Can a classifier tell our made-up customers from IBM's?

Run on demand, beside the Telco file, with pandas and scikit-learn:

    python tests/population_discriminator.py [REAL.csv [MADE.csv]]

REAL is ../shared/data/WA_Fn-UseC_-Telco-Customer-Churn.csv and MADE is data/telco-sample.csv unless
told otherwise. Prints two figures and fails where one misses its bound:

1. ROC AUC of gradient boosting asked for each row whether it is made up, by 5-fold cross-validation:
   0.5 is a coin, 1 is certainty; at most 0.70.
2. ROC AUC of a logistic regression of churn, trained on MADE, on the test part of REAL (a quarter of
   the billed customers, stratified, drawn with seed 42); at least 0.83. Beside it, for comparison, the
   same regression trained on the training part of REAL.
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared/data/WA_Fn-UseC_-Telco-Customer-Churn.csv"
MADE = ROOT / "data/telco-sample.csv"
NUMERIC = ["tenure", "MonthlyCharges", "TotalCharges"]
MOST_TOLD_APART = 0.70
LEAST_CHURN = 0.83


def load(path):
    table = pd.read_csv(path, dtype=str).drop(columns="customerID")
    for name in NUMERIC:
        table[name] = pd.to_numeric(table[name], errors="coerce")
    return table


def told_apart(real, made):
    """ROC AUC of "this row is made up"; every cell a number, levels by their code."""
    rows = pd.concat([real, made.sample(min(len(made), len(real)), random_state=0)], ignore_index=True)
    is_made = [0] * len(real) + [1] * (len(rows) - len(real))
    for name in rows.columns.difference(NUMERIC):
        rows[name] = rows[name].astype("category").cat.codes
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    model = HistGradientBoostingClassifier(random_state=0)
    made_up = cross_val_predict(model, rows, is_made, cv=folds, method="predict_proba")[:, 1]
    return roc_auc_score(is_made, made_up)


def churn(train, test):
    """ROC AUC of churn on `test` after training on `train`."""
    levels = [name for name in train.columns if name not in [*NUMERIC, "Churn"]]
    columns = make_column_transformer((OneHotEncoder(), levels), (StandardScaler(), NUMERIC))
    model = make_pipeline(columns, LogisticRegression(C=1, max_iter=1000))
    model.fit(train.drop(columns="Churn"), train.Churn == "Yes")
    return roc_auc_score(test.Churn == "Yes", model.predict_proba(test.drop(columns="Churn"))[:, 1])


def main():
    real, made = (load(path) for path in [*sys.argv[1:], *[REAL, MADE][len(sys.argv) - 1 :]])
    apart = told_apart(real, made)
    billed = real.dropna()
    train, test = train_test_split(billed, test_size=0.25, random_state=42, stratify=billed.Churn)
    from_made, from_real = churn(made.dropna(), test), churn(train, test)
    print(f"told apart: AUC {apart:.3f} (at most {MOST_TOLD_APART})")
    print(f"churn, trained on made-up rows: AUC {from_made:.3f} (at least {LEAST_CHURN})")
    print(f"churn, trained on real rows: AUC {from_real:.3f}")
    sys.exit(apart > MOST_TOLD_APART or from_made < LEAST_CHURN)


if __name__ == "__main__":
    main()

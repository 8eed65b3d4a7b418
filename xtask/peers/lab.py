"""How long pandas, scikit-learn, lime and shap take for the lab's work, for `cargo xtask bench --peers`:

    python lab.py CUSTOMERS.csv 100K.csv 1M.csv

Prints one line a row of the table: its key, then what each run took in milliseconds of wall time.
`--visit` does once, from nothing, what a first visit does: read, train, explain one customer.
"""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import shap
from lime.lime_tabular import LimeTabularExplainer
from scipy.special import expit
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC

RUNS = 9
VISITS = 5
CALLS = 1_000
SAMPLES = 5_000

NUMERIC = ["tenure", "MonthlyCharges", "TotalCharges"]


class Customers:
    """Complete rows as numbers: categories as codes of their sorted levels, (n, 19)."""

    def __init__(self, path):
        table = pd.read_csv(path, na_values=[" "]).dropna(ignore_index=True)
        self.churned = (table.pop("Churn") == "Yes").to_numpy()
        self.raw = table.drop(columns="customerID")
        self.raw["SeniorCitizen"] = self.raw["SeniorCitizen"].map({0: "No", 1: "Yes"})
        self.names = list(self.raw)
        self.levels = {}
        columns = []
        for name in self.names:
            column = self.raw[name]
            if name not in NUMERIC:
                column = column.astype("category").cat
                self.levels[name] = list(column.categories)
                column = column.codes
            columns.append(column.to_numpy(float))
        self.encoded = np.column_stack(columns)
        self.categorical = [at for at, name in enumerate(self.names) if name in self.levels]

    def split(self):
        """Rows that train and rows that test."""
        return train_test_split(np.arange(len(self.encoded)), test_size=0.25, random_state=42)


def fit(customers, train):
    """One-hot, standardised, L2; tight enough for four or more digits of every coefficient."""
    known = [np.arange(len(levels)) for levels in customers.levels.values()]
    one_hot = OneHotEncoder(categories=known, sparse_output=False)
    model = make_pipeline(
        ColumnTransformer([("one_hot", one_hot, customers.categorical)], remainder="passthrough"),
        StandardScaler(),
        LogisticRegression(C=1.0, tol=1e-8, max_iter=10_000),
    )
    return model.fit(customers.encoded[train], customers.churned[train])


def prepared(customers):
    """Every feature as standardised one-hot columns, fitted on the training rows, (n, 46)."""
    train, _ = customers.split()
    encoder = fit(customers, train)[:-1]
    return encoder.transform(customers.encoded[train]), customers.churned[train]


def vectors(kernel, max_iter):
    return SVC(kernel=kernel, max_iter=max_iter, probability=True, random_state=0)


class Endpoint:
    """A model behind raw requests: what is missing takes the median or the first level."""

    def __init__(self, customers, model):
        self.model = model
        self.names = customers.names
        self.codes = {
            name: {level: code for code, level in enumerate(levels)}
            for name, levels in customers.levels.items()
        }
        medians = customers.raw[NUMERIC].median()
        self.defaults = {**{name: levels[0] for name, levels in customers.levels.items()}, **medians}
        self.explainer = LimeTabularExplainer(
            customers.encoded,
            feature_names=self.names,
            class_names=["No", "Yes"],
            categorical_features=customers.categorical,
            categorical_names={at: customers.levels[self.names[at]] for at in customers.categorical},
            random_state=42,
        )

    def encode(self, request):
        full = self.defaults | request
        return np.array([
            self.codes[name][full[name]] if name in self.codes else full[name]
            for name in self.names
        ], dtype=float)

    def explain(self, row, features):
        why = self.explainer.explain_instance(
            row, self.model.predict_proba, num_features=features, num_samples=SAMPLES
        )
        return why.as_list()

    def call(self, request):
        row = self.encode(request)
        probability = self.model.predict_proba(row[None])[0, 1]
        return {"probability": probability, "explanation": self.explain(row, features=10)}


def measure(key, work, runs=RUNS, warm=True):
    """A first run is not counted: it fills caches."""
    if warm:
        work()
    samples = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        samples.append((time.perf_counter() - start) * 1_000)
    print(key, *samples, flush=True)


FILTER = "Contract == 'Two year' and (tenure < 12 or MonthlyCharges >= 70)"

PICKS = {"Contract": "Month-to-month", "InternetService": "Fiber optic"}


def read_table(path):
    return pd.read_csv(path, na_values=[" "]).dropna(ignore_index=True)


def explored(path):
    """A table with categories and bins made once, as a page would keep it."""
    table = read_table(path).drop(columns="customerID")
    table["left"] = table.pop("Churn") == "Yes"
    table["SeniorCitizen"] = table["SeniorCitizen"].map({0: "No", 1: "Yes"})
    bins = {name: pd.cut(table[name], 10) for name in NUMERIC}
    groups = {name: bins.get(name, table[name].astype("category")) for name in table if name != "left"}
    return table.assign(**{name: groups[name] for name in groups if name not in NUMERIC}), groups


def count_columns(table, groups):
    """Rows by class for every value of every column, each with the picks of the others."""
    picked = {name: table[name] == level for name, level in PICKS.items()}
    every = np.logical_and.reduce(list(picked.values()))
    counts = {}
    for name, group in groups.items():
        others = [mask for other, mask in picked.items() if other != name]
        mask = every if len(others) == len(picked) else np.logical_and.reduce(others)
        counts[name] = table["left"][mask].groupby(group[mask], observed=False).agg(["size", "sum"])
    return counts


def by_transformer(customers):
    """Features in the order of the prepared columns: categories first."""
    return [*customers.levels, *(name for name in customers.names if name not in customers.levels)]


def explain_model(customers, model, train, test, row):
    """Fair shares for one customer, by coalitions and by trees, and two looks at the whole model."""
    features = customers.encoded
    encoder, logistic = model[:-1], model[-1]
    columns, labels = prepared(customers)
    encoded = encoder.transform(row[None])
    # a feature's columns as one term of the log-odds: the least that a coalition can cost here
    at = [len(customers.levels.get(name, [0])) for name in by_transformer(customers)]
    terms = lambda rows: np.add.reduceat(rows * logistic.coef_[0], np.cumsum([0, *at[:-1]]), axis=1)
    mean = shap.maskers.Independent(terms(columns.mean(axis=0)[None]), max_samples=1)
    exact = shap.explainers.Exact(lambda sums: expit(sums.sum(axis=1) + logistic.intercept_[0]), mean)
    measure("shapley", lambda: exact(terms(encoded), max_evals=2**20, silent=True), runs=3)

    forest = RandomForestClassifier(random_state=0).fit(columns, labels)
    chosen = np.random.RandomState(42).choice(len(columns), 100, replace=False)
    trees = shap.TreeExplainer(forest, columns[chosen], model_output="probability")
    measure("shapley_forest", lambda: trees.shap_values(encoded, check_additivity=False))

    measure("importance", lambda: permutation_importance(
        model, features[test], customers.churned[test], scoring="accuracy", n_repeats=30, random_state=42
    ), runs=3)
    tenure = customers.names.index("tenure")
    measure("dependence", lambda: partial_dependence(
        model, features[train], [tenure], grid_resolution=10, response_method="predict_proba"
    ))


def visit(path):
    customers = Customers(path)
    train, _ = customers.split()
    Endpoint(customers, fit(customers, train)).call({})


def main(path, *large):
    measure("trained", lambda: subprocess.run([sys.executable, __file__, "--visit", path], check=True), VISITS)
    measure("read", lambda: Customers(path))
    customers = Customers(path)
    train, test = customers.split()
    measure("fit", lambda: fit(customers, train))
    endpoint = Endpoint(customers, fit(customers, train))
    row = endpoint.encode({"tenure": 2})
    columns, labels = prepared(customers)
    path_of_c = LogisticRegressionCV(Cs=10, cv=5, tol=1e-4, max_iter=10_000)
    measure("cv", lambda: path_of_c.fit(columns, labels), runs=3)
    measure("forest", lambda: RandomForestClassifier(random_state=0).fit(columns, labels), runs=3)
    measure("boosting", lambda: HistGradientBoostingClassifier(random_state=0).fit(columns, labels), runs=3)
    grid = [(kernel, 10**power) for kernel in ["linear", "rbf"] for power in range(5)]
    # a quarter of a minute: once is enough
    measure("grid", lambda: [vectors(*of).fit(columns, labels) for of in grid], runs=1, warm=False)
    train_rows, _ = customers.split()
    pipeline = fit(customers, train_rows)
    pipeline.steps[-1] = ("svc", vectors("rbf", -1).fit(columns, labels))
    by_vectors = Endpoint(customers, pipeline)
    measure("lime_svc", lambda: by_vectors.explain(row, features=len(row)), runs=3)
    measure("lime_new", lambda: endpoint.explain(row, features=len(row)))
    measure("call", lambda: endpoint.call({"tenure": 2}))
    explain_model(customers, endpoint.model, train, test, row)
    requests = customers.raw.iloc[test[:CALLS]].to_dict("records")
    # half a minute: once is enough
    measure("calls", lambda: [endpoint.call(request) for request in requests], runs=1, warm=False)
    for name, file in zip(["7k", "100k", "1m"], [path, *large]):
        if file != path:
            measure(f"read_{name}", lambda: read_table(file), runs=3)
        table, groups = explored(file)
        measure(f"where_{name}", lambda: table.query(FILTER)["left"].mean(), runs=5)
        measure(f"count_{name}", lambda: count_columns(table, groups), runs=5)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--visit", path]:
            visit(path)
        case [path, *large]:
            main(path, *large)
        case _:
            sys.exit("usage: lab.py CUSTOMERS.csv 100K.csv 1M.csv")

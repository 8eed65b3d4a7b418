"""How long Evidently's drift report takes, for `cargo xtask bench --peers`:

    python drift.py REFERENCE.csv CURRENT.csv

Prints `drift`, then what each run took in milliseconds of wall time.
"""

import sys
import time

import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

RUNS = 9


def report(reference, current, definition):
    """The default tests of all columns, as JSON."""
    sides = [Dataset.from_pandas(side, data_definition=definition) for side in (current, reference)]
    return Report([DataDriftPreset()]).run(*sides).json()


def main(paths):
    reference, current = (pd.read_csv(path).drop(columns="customerID") for path in paths)
    numeric = ["tenure", "MonthlyCharges", "TotalCharges"]
    categorical = [name for name in reference if name not in numeric]
    definition = DataDefinition(numerical_columns=numeric, categorical_columns=categorical)
    report(reference, current, definition)
    samples = []
    for _ in range(RUNS):
        start = time.perf_counter()
        report(reference, current, definition)
        samples.append((time.perf_counter() - start) * 1_000)
    print("drift", *samples)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: drift.py REFERENCE.csv CURRENT.csv")
    main(sys.argv[1:])

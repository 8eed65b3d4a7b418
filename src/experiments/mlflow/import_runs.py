"""Brings the runs in the folder mlruns, beside this file, into an MLflow server or database.

    python import_runs.py --tracking-uri http://127.0.0.1:5000
    python import_runs.py --tracking-uri sqlite:///mlflow.db

Without --tracking-uri it is the one MLflow is set to. Runs that are there already are left out.
"""

import argparse
import re
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

# what MLflow takes at once
MOST_PARAMS, MOST_METRICS, MOST_TAGS = 100, 1000, 100


def number(meta, key):
    return int(re.search(rf"^{key}: (\d+)$", meta, re.MULTILINE)[1])


def texts(folder):
    if not folder.is_dir():
        return {}
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}


def metrics(folder):
    for name, lines in texts(folder).items():
        for line in lines.splitlines():
            timestamp, value, step = line.split()
            yield Metric(name, float(value), int(timestamp), int(step))


def pieces(all, most):
    return [all[start : start + most] for start in range(0, len(all), most)]


def bring(client, experiment, folder):
    tags = texts(folder / "tags")
    number_in_lab = tags["churn_lab.run"]
    known = f"tags.`churn_lab.run_id` = '{tags['churn_lab.run_id']}'"
    if client.search_runs([experiment], known, max_results=1):
        return f"run {number_in_lab}: there already"
    meta = (folder / "meta.yaml").read_text(encoding="utf-8")
    start, end = number(meta, "start_time"), number(meta, "end_time")
    name = tags.pop("mlflow.runName")
    run = client.create_run(experiment, start_time=start, run_name=name).info.run_id
    params = [Param(*pair) for pair in texts(folder / "params").items()]
    for piece in pieces(params, MOST_PARAMS):
        client.log_batch(run, params=piece)
    for piece in pieces(list(metrics(folder / "metrics")), MOST_METRICS):
        client.log_batch(run, metrics=piece)
    for piece in pieces([RunTag(*pair) for pair in tags.items()], MOST_TAGS):
        client.log_batch(run, tags=piece)
    client.log_artifacts(run, str(folder / "artifacts"))
    client.set_terminated(run, "FINISHED", end)
    return f"run {number_in_lab}: {run}"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tracking-uri")
    options.add_argument("--experiment", default="Churn Lab")
    given = options.parse_args()
    client = MlflowClient(tracking_uri=given.tracking_uri)
    known = client.get_experiment_by_name(given.experiment)
    experiment = known.experiment_id if known else client.create_experiment(given.experiment)
    for meta in sorted(Path(__file__).parent.glob("mlruns/*/*/meta.yaml")):
        print(bring(client, experiment, meta.parent))


if __name__ == "__main__":
    main()

"""Reads an exported archive with MLflow, three ways.

    python mlflow_check.py RUNS.zip EXPECTED.json FOLDER

EXPECTED.json: a list of {"name", "params", "metrics", "folds", "tags", "artifacts"}, in the order of the
runs. The folder store, what the import script brings into a database, and what `mlflow migrate-filestore`
does must all say so.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402

archive, expected, folder = (Path(argument).resolve() for argument in sys.argv[1:])
with zipfile.ZipFile(archive) as file:
    assert file.testzip() is None
    file.extractall(folder)
expected = json.loads(expected.read_text(encoding="utf-8"))
os.chdir(folder)


def check(uri, how, files_are_there):
    client = MlflowClient(tracking_uri=uri)
    experiment = client.get_experiment_by_name("Churn Lab")
    runs = client.search_runs([experiment.experiment_id])
    runs = {run.data.tags["churn_lab.run"]: run for run in runs}
    assert len(runs) == len(expected), (how, len(runs))
    for wanted in expected:
        run = runs[wanted["tags"]["churn_lab.run"]]
        assert run.info.run_name == wanted["name"], run.info
        assert run.info.status == "FINISHED" and run.info.end_time >= run.info.start_time
        assert run.data.params == wanted["params"], (run.data.params, wanted["params"])
        last = {name: values[-1] for name, values in wanted["metrics"].items()}
        assert run.data.metrics == last, (run.data.metrics, last)
        for name, values in wanted["metrics"].items():
            history = client.get_metric_history(run.info.run_id, name)
            history = [metric.value for metric in sorted(history, key=lambda metric: metric.step)]
            assert history == values, (name, history, values)
        for name, value in wanted["tags"].items():
            assert run.data.tags[name] == value, (name, run.data.tags[name], value)
        if files_are_there:
            files = [file.path for file in client.list_artifacts(run.info.run_id)]
            assert files == wanted["artifacts"], files
    print(f"{how}: {len(runs)} runs as they were")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


print("mlflow", mlflow.__version__)
check("./mlruns", "folder", True)
script = [sys.executable, "import_runs.py", "--tracking-uri", "sqlite:///imported.db"]
said = run(*script)
assert said.count("\n") == len(expected) and "already" not in said, said
check("sqlite:///imported.db", "import script", True)
assert run(*script).count("there already") == len(expected)
check("sqlite:///imported.db", "import script twice", True)
run("mlflow", "migrate-filestore", "--source", "mlruns", "--target", "sqlite:///migrated.db")
check("sqlite:///migrated.db", "migrate-filestore", False)

"""Asks onnx and onnxruntime about one exported model.

    python onnx_check.py MODEL.onnx ROWS.json

ROWS.json: {"inputs": {name: [values]}, "probabilities": [...], "classes": [...], "unknown": {name: text}}.
Prints the largest difference of a probability and how many labels differ; ends with an error where the
file is no ONNX model, a probability is off by more than 1e-5, a label differs, a text that is no level
is taken, or NaN is something else than the median.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
assert model.ir_version == 8, model.ir_version
assert {(o.domain, o.version) for o in model.opset_import} == {("", 17), ("ai.onnx.ml", 3)}
options = onnxruntime.SessionOptions()
options.log_severity_level = 4
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
with open(sys.argv[2], encoding="utf-8") as file:
    rows = json.load(file)


def column(values):
    if isinstance(values[0], str):
        return np.array(values, dtype=object).reshape(-1, 1)
    return np.array(values, dtype=np.float32).reshape(-1, 1)


inputs = {name: column(values) for name, values in rows["inputs"].items()}
names = [output.name for output in session.get_outputs()]
labels, probabilities = session.run(names, inputs)
n = len(rows["probabilities"])
assert labels.shape == (n,) and probabilities.shape == (n, 2), (labels.shape, probabilities.shape)
off = np.abs(probabilities[:, 1] - rows["probabilities"]).max()
sums = np.abs(probabilities.sum(axis=1) - 1).max()
wrong = int((labels != np.array(rows["classes"], dtype=object)).sum())
worst = int(np.abs(probabilities[:, 1] - rows["probabilities"]).argmax())
print(f"probabilities off by at most {off:.2e} (row {worst}), sums by {sums:.1e}, {wrong} of {n} labels differ")
# one row alone is the same
label, probability = session.run(names, {name: values[:1] for name, values in inputs.items()})
assert label[0] == labels[0] and np.allclose(probability[0], probabilities[0], atol=1e-5), (label, probability)
for name, text in rows["unknown"].items():
    changed = dict(inputs)
    changed[name] = inputs[name].copy()
    changed[name][0, 0] = text
    try:
        session.run(names, changed)
    except Exception as error:
        assert "category" in str(error).lower(), error
    else:
        sys.exit(f"{name} = {text!r} is taken")
for name, median in rows["medians"].items():
    both = []
    for value in (np.nan, median):
        changed = dict(inputs)
        changed[name] = np.full_like(inputs[name], value)
        both.append(session.run(names, changed)[1])
    assert np.array_equal(both[0], both[1]), f"NaN of {name} is not {median}"
sys.exit(f"off by {off}" if off > 1e-5 or sums > 1e-6 else f"{wrong} labels differ" if wrong else 0)

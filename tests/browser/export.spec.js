// A run as files: each is saved under its name and begins as its format does, the card is a page of its
// own, and a program gets the same files.
const { readFileSync } = require("node:fs");
const { test, expect, openReady, api, expectAccessible } = require("./support.js");

/** Presses a button of the export row; gives the file's name and bytes. */
async function save(page, format) {
  const saving = page.waitForEvent("download");
  await page.getByTestId(format).click();
  const download = await saving;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Opens Train at a run of 600 customers. */
async function openRun(page, model = "logistic") {
  await openReady(page, "view=train");
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "<b>Small</b> & odd" });
  await api(page, "fit", datasetId, { model });
  await expect(page.getByTestId("run")).toHaveCount(2);
  return datasetId;
}

/** Names of the files in an archive, from its directory. */
function names(zip) {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  const found = [];
  let at = zip.readUInt32LE(end + 16);
  for (let file = 0; file < zip.readUInt16LE(end + 10); file++) {
    const length = zip.readUInt16LE(at + 28);
    found.push(zip.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length;
  }
  return found;
}

test("a run is saved as a script, an ONNX model, an MLflow folder and a card", async ({ page }) => {
  await openRun(page);
  const script = await save(page, "script");
  expect(script.name).toBe("run-2.py");
  expect(script.bytes.toString()).toMatch(/^"""Run 2: Logistic regression on/);

  const onnx = await save(page, "onnx");
  expect(onnx.name).toBe("run-2.onnx");
  // IR 8, then the producer
  expect(onnx.bytes.subarray(0, 13)).toEqual(Buffer.from("\x08\x08\x12\x09Churn Lab"));
  expect(onnx.bytes.includes("LinearClassifier")).toBe(true);

  const mlflow = await save(page, "mlflow");
  expect(mlflow.name).toBe("run-2-mlflow.zip");
  expect(mlflow.bytes.subarray(0, 4)).toEqual(Buffer.from("PK\x03\x04"));
  const files = names(mlflow.bytes);
  expect(files.slice(0, 2)).toEqual(["README.md", "import_runs.py"]);
  for (const end of ["/params/C", "/metrics/test_accuracy", "/tags/mlflow.runName", "/artifacts/run.py", "/artifacts/card.html", "/artifacts/model.onnx"]) {
    expect(files.filter((name) => name.startsWith("mlruns/") && name.endsWith(end)), end).toHaveLength(1);
  }

  const card = await save(page, "card");
  expect(card.name).toBe("run-2-card.html");
  expect(card.bytes.toString()).toMatch(/^<!doctype html>/);

  // a program gets the same
  const told = (format) => page.evaluate((format) => window.churnLab.exportRun(2, format).then((file) => (file.length ? [...file] : file)), format);
  expect(Buffer.from(await told("onnx"))).toEqual(onnx.bytes);
  expect(Buffer.from(await told("mlflow"))).toEqual(mlflow.bytes);
  expect((await told("card")).join("")).toBe(card.bytes.toString());
  expect((await told("script")).join("")).toBe(script.bytes.toString());
});

test("the card is a page that asks for nothing and is accessible, light, dark and narrow", async ({ page, context }) => {
  await openRun(page);
  await page.getByTestId("note").fill("<script>alert(1)</script>");
  await page.getByTestId("note").blur();
  const { bytes } = await save(page, "card");
  const reader = await context.newPage();
  await reader.route("**/card", (route) => route.fulfill({ contentType: "text/html", body: bytes }));
  await reader.goto("./card");
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("Logistic regression, run 2");
  await expect(reader.getByText("Note of its maker: <script>alert(1)</script>")).toBeVisible();
  await expect(reader.getByText("Predicts Churn = Yes on <b>Small</b> & odd.")).toBeVisible();
  await expect(reader.locator("script, main b")).toHaveCount(0);
  const figure = await page.getByTestId("score-test-accuracy").getAttribute("data-value");
  await expect(reader.getByRole("row", { name: /^Accuracy/ })).toContainText(Number(figure).toFixed(5));
  for (const colorScheme of ["light", "dark"]) {
    await reader.emulateMedia({ colorScheme });
    await expect(reader.locator("figure svg:visible")).toHaveCount(2);
    await expectAccessible(reader);
    await reader.setViewportSize({ width: 390, height: 844 });
    const wide = await reader.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await reader.setViewportSize({ width: 1440, height: 900 });
  }
});

test("what was only tried out is exported too, and the model in use stays", async ({ page }) => {
  const datasetId = await openRun(page);
  await api(page, "grid", datasetId, { model: "decision_tree", params: { max_depth: [2, 3] } });
  await expect(page.getByTestId("run")).toHaveCount(4);
  await page.getByRole("button", { name: "Run 4", exact: true }).click();
  await expect(page.getByTestId("onnx")).toHaveAttribute("title", /made again first/);
  const { name, bytes } = await save(page, "onnx");
  expect(name).toBe("run-4.onnx");
  expect(bytes.includes("TreeEnsembleClassifier")).toBe(true);
  await expect(page.locator('[data-testid=run][data-run="2"]')).toContainText("In use");
  // the model is there now, so it comes with the folder
  expect(names((await save(page, "mlflow")).bytes).filter((file) => file.endsWith("model.onnx"))).toHaveLength(1);
});

test("what can't be exported says why", async ({ page }) => {
  await openRun(page, "knn");
  await expect(page.getByTestId("onnx")).toBeDisabled();
  await expect(page.getByTestId("onnx")).toHaveAttribute("title", "ONNX has no operator for this kind of model");
  const refused = (...given) =>
    page.evaluate((given) => window.churnLab.exportRun(...given).then(() => "done", (error) => `${error.code}: ${error.message}`), given);
  expect(await refused(2, "onnx")).toMatch(/^onnx_no_operator: ONNX has no operator for "k nearest neighbours"; allowed: /);
  expect(await refused(2, "pmml")).toBe('unknown_format: format is "pmml"; allowed: script, onnx, mlflow, card');
  expect(await refused(99, "card")).toBe("unknown_run: number is 99; there is no such run in this lab");
  expect(names((await save(page, "mlflow")).bytes).some((file) => file.endsWith("model.onnx"))).toBe(false);
});

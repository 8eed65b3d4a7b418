// The whole job on screen, by the keyboard alone from the file on: load, explore, train, explain,
// serve, monitor, reload. On the real file the numbers are those of the reference.
const { test, expect, openReady, ready, telcoCsv, reference } = require("./support.js");

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Goes to a room as a person with a keyboard does. */
async function visit(page, room) {
  const link = page.getByRole("navigation").getByRole("link", { name: room });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(link).toHaveAttribute("aria-current", "page");
}

/** Presses a button by the keyboard. */
async function press(page, name) {
  const button = page.getByRole("main").getByRole("button", { name, exact: true }).first();
  await button.focus();
  await page.keyboard.press("Enter");
}

const number = async (locator) => Number(await locator.getAttribute("data-value"));

/** From a loaded data set to a drift report and back after a reload. */
async function workThrough(page) {
  await visit(page, "Explore");
  await expect(page.getByTestId("churn-rate")).toContainText("%");
  await expect(page.getByTestId("chosen").locator("canvas")).toBeVisible();

  await visit(page, "Train");
  await page.getByLabel("C", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("score-test-accuracy")).toBeVisible();

  await visit(page, "Explain");
  await expect(page.getByTestId("probability")).toBeVisible();

  await visit(page, "Serve");
  await press(page, "Deploy");
  await press(page, "Call");
  await expect(page.getByTestId("answer")).toBeVisible();

  await visit(page, "Monitor");
  await press(page, "Simulate");
  await expect(page.getByTestId("metrics")).toHaveAttribute("data-calls", "1001", { timeout: 20_000 });
  await press(page, "Compare");
  await expect(page.getByTestId("drift-summary")).toBeVisible();
}

test("the embedded data set is worked through, and everything is there after a reload", async ({ page }) => {
  await openReady(page);
  await workThrough(page);
  await page.reload();
  await ready(page);
  await expect(page.getByTestId("metrics")).toHaveAttribute("data-calls", "1001");
  await visit(page, "Serve");
  await expect(page.getByTestId("endpoints")).toContainText("churn");
});

test("a file that is no table is refused with a reason, and the data set in use stays", async ({ page }) => {
  await openReady(page, "view=data");
  await page.getByTestId("file-input").setInputFiles(file("empty.csv", ""));
  await expect(page.getByRole("alert")).toContainText("empty");
  await expect(page.getByTestId("rows-kept")).toHaveText("7,032");
});

test("a request that is refused names the field, and what was typed stays", async ({ page }) => {
  await openReady(page, "view=serve");
  await press(page, "Deploy");
  const request = page.getByRole("textbox", { name: "JSON" });
  await request.fill('{"Contract": "Weekly"}');
  await request.press("Control+Enter");
  await expect(page.getByRole("alert").first()).toContainText("Month-to-month");
  await expect(request).toHaveValue('{"Contract": "Weekly"}');
  await request.fill('{"Contract": ');
  await request.press("Control+Enter");
  await expect(page.getByRole("alert").last()).toContainText("line 1");
});

test("the real Telco file is worked through with the numbers of the reference", async ({ page }) => {
  test.skip(!telcoCsv, "the real Telco file is absent");
  await openReady(page, "view=data");
  await page.getByTestId("file-input").setInputFiles(file("telco.csv", telcoCsv));
  await expect(page.getByTestId("dataset-chip")).toContainText("telco.csv");
  await expect(page.getByTestId("rows-read")).toHaveText("7,043");
  await expect(page.getByTestId("rows-kept")).toHaveText("7,032");
  await expect(page.getByTestId("issues").first()).toContainText("TotalCharges is blank");
  await visit(page, "Train");
  await press(page, "Train");
  const logistic = reference("logistic")["a_l2_C1_lbfgs_tol1e-8"];
  const accuracy = page.getByTestId("score-test-accuracy");
  await expect(accuracy).toBeVisible();
  expect(await number(accuracy)).toBeCloseTo(logistic.test_accuracy, 10);
  expect(await number(page.getByTestId("score-train-accuracy"))).toBeCloseTo(logistic.train_accuracy, 10);
  expect(await number(page.getByTestId("score-test-auc"))).toBeCloseTo(logistic.test_roc_auc, 5);
  expect(await number(page.getByTestId("score-test-log-loss"))).toBeCloseTo(logistic.test_log_loss, 5);
  const confusion = logistic["test_confusion_at_0.5"];
  for (const [cell, count] of Object.entries(confusion)) {
    expect(await number(page.getByTestId(`confusion-${cell}`)), cell).toBe(count);
  }
  await workThrough(page);
});

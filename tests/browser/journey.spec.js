// The whole job on screen, by the keyboard alone: load, explore, train, explain, serve, monitor,
// reload. On the real file the numbers are those of the reference.
const { writeFileSync } = require("node:fs");
const { test, expect, openReady, ready, tabTo, visit, telcoCsv, reference } = require("./support.js");

// many steps, as Tab goes from one control to the next
test.slow();

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Presses a button of the page by the keyboard. */
async function press(page, name) {
  await tabTo(page, page.getByRole("main").getByRole("button", { name, exact: true }).first());
  await page.keyboard.press("Enter");
}

/** Chooses a file in Data: from the first stop of the page on, past the rail to the picker. */
async function choose(page, chosen, key = "Enter") {
  await tabTo(page, page.getByRole("link", { name: "Skip to the content" }));
  await visit(page, "Data", "Tab");
  await tabTo(page, page.getByLabel("Choose a file"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press(key)]);
  await chooser.setFiles(chosen);
}

/** Replaces what is typed in a box that has the focus. */
async function retype(page, text) {
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

const number = async (locator) => Number(await locator.getAttribute("data-value"));

/** From a loaded data set to a drift report and back after a reload. */
async function workThrough(page) {
  await visit(page, "Explore");
  await expect(page.getByTestId("churn-rate")).toContainText("%");
  await expect(page.getByTestId("overview").locator("canvas").first()).toBeVisible();

  await visit(page, "Train");
  await tabTo(page, page.getByLabel("C", { exact: true }));
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
  await openReady(page);
  await choose(page, file("empty.csv", ""));
  await expect(page.getByRole("alert")).toContainText("empty");
  await expect(page.getByTestId("rows-kept")).toHaveText("7,032");
});

/** Drags over the middle of the page what `data` holds and lets it go there, as the system would. */
async function drop(page, data) {
  const devtools = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  // a pointer over a page tells of itself again and again, and the browser lets go what the page said it takes
  for (const type of ["dragEnter", "dragOver", "dragOver", "drop"]) {
    if (type === "drop") await expect(page.getByTestId("drop-zone")).toHaveClass(/over/);
    await page.waitForTimeout(150);
    const dragged = { items: [], dragOperationsMask: 1, ...data };
    await devtools.send("Input.dispatchDragEvent", { type, x: width / 2, y: height / 2, data: dragged });
  }
  await expect(page.getByTestId("drop-zone")).not.toHaveClass(/over/);
}

test("a file that is dropped anywhere on the page is read", async ({ page }, info) => {
  await openReady(page, "view=data");
  const path = info.outputPath("dropped.csv");
  const lines = Array.from({ length: 40 }, (_, k) => `${k},${k % 3 ? "Yes" : "No"}`);
  writeFileSync(path, ["visits,Churn", ...lines].join("\n"));
  await drop(page, { files: [path] });
  await expect(page.getByTestId("dataset-chip")).toContainText("dropped.csv");
  await expect(page.getByTestId("rows-kept")).toHaveText("40");
  await drop(page, { items: [{ mimeType: "text/plain", data: "visits,Churn" }] });
  await expect(page.getByRole("alert")).toContainText("drop one CSV file");
  await expect(page.getByTestId("dataset-chip")).toContainText("dropped.csv");
});

test("a request that is refused names the field, and what was typed stays", async ({ page }) => {
  await openReady(page, "view=serve");
  await press(page, "Deploy");
  const request = page.getByRole("textbox", { name: "JSON" });
  await tabTo(page, request);
  await retype(page, '{"Contract": "Weekly"}');
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert").first()).toContainText("Month-to-month");
  await expect(request).toHaveValue('{"Contract": "Weekly"}');
  await retype(page, '{"Contract": ');
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert").last()).toContainText("line 1");
});

test("the real Telco file is worked through with the numbers of the reference", async ({ page }) => {
  test.skip(!telcoCsv, "the real Telco file is absent");
  await openReady(page);
  await choose(page, file("telco.csv", telcoCsv), "Space");
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

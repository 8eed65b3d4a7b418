// Going from room to room on any screen: nothing typed or chosen is lost, a link opens the same
// choices, and everything has its place on a narrow screen.
const { readFileSync } = require("node:fs");
const { test, expect, openReady, ready, api } = require("./support.js");

const rooms = ["Data", "Explore", "Train", "Explain", "Serve", "Monitor"];

/** Goes to a room by the rail. */
async function visit(page, room) {
  const link = page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${room}`) });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
}

/** A small lab with an endpoint that was called; gives its endpoint and data set. */
async function work(page) {
  const { datasetId, kept } = await api(page, "sample", { rows: 600, seed: 5, name: "Small" });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await api(page, "simulate", endpointId, { calls: 120, seed: 3 });
  return { datasetId, kept, modelId, endpointId };
}

/** Nothing but regions made for it, such as wide tables, is wider than its place. */
async function expectNoSidewaysScrolling(page) {
  const wide = await page.evaluate(() => {
    const inside = [document.documentElement, ...document.querySelectorAll("main, header, nav")];
    const found = inside
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName}: ${element.scrollWidth} px in ${element.clientWidth}`);
    return document.documentElement.scrollWidth > innerWidth ? ["the page", ...found] : found;
  });
  expect(wide).toEqual([]);
}

for (const width of [320, 390]) {
  test(`no room is scrolled sideways at ${width} px, and all of the top bar is there`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await openReady(page);
    await work(page);
    for (const room of rooms) {
      await visit(page, room);
      await expect(page.locator("main [role=status]", { hasText: "Working…" })).toHaveCount(0);
      await expectNoSidewaysScrolling(page);
    }
    await page.getByRole("button", { name: "Compare" }).click();
    await expect(page.getByTestId("drift-summary")).toBeVisible();
    await expectNoSidewaysScrolling(page);

    const bar = page.getByRole("banner");
    for (const part of [bar.getByTestId("dataset-chip"), bar.getByRole("button", { name: "Share" })]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
    await bar.getByRole("button", { name: "More of the lab" }).click();
    const kept = [
      bar.getByTestId("model-chip"),
      bar.getByTestId("storage-chip"),
      bar.getByRole("button", { name: /^Theme/ }),
      bar.getByRole("button", { name: "Delete everything…" }),
    ];
    for (const part of kept) await expect(part).toBeInViewport({ ratio: 1 });
    await bar.getByTestId("model-chip").click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("How well");
    await expect(bar.getByTestId("model-chip"), "the menu makes way for the room").toBeHidden();
  });
}

test("on a narrow screen everything can be deleted, by the keyboard", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openReady(page);
  await work(page);
  await page.getByRole("button", { name: "More of the lab" }).focus();
  await page.keyboard.press("Enter");
  const open = page.getByRole("button", { name: "Delete everything…" });
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog.getByRole("textbox").fill("delete");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("dataset-chip")).toContainText("Telco sample");
});

test("the verdict of a drift report is seen without scrolling sideways", async ({ page }) => {
  await openReady(page);
  await work(page);
  await visit(page, "Monitor");
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByTestId("drift-summary")).toBeVisible();
  for (const width of [320, 390, 768, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const verdicts = page.getByText(/^(steady|drifted)$/);
    await expect(verdicts).toHaveCount(19);
    const outside = await verdicts.evaluateAll((all) =>
      all.filter((verdict) => {
        const box = verdict.getBoundingClientRect();
        const region = verdict.closest(".scroll").getBoundingClientRect();
        return box.left < region.left || box.right > Math.min(region.right, innerWidth);
      }).length,
    );
    expect(outside, `verdicts out of sight at ${width} px`).toBe(0);
  }
});

test("a link opens Monitor with the same choices, and with the room they are come back to", async ({ page, context }) => {
  await openReady(page);
  const { datasetId, kept, endpointId } = await work(page);
  const second = await api(page, "sample", { rows: 500, seed: 9, name: "Other" });
  await visit(page, "Monitor");
  await page.getByLabel("Reference").selectOption(datasetId);
  await page.getByLabel("Current").selectOption(second.datasetId);
  await page.getByLabel("PSI threshold").fill("0.25");
  await page.getByLabel("Calls", { exact: true }).fill("300");
  await page.getByLabel("Seed").fill("7");
  await page.getByLabel("Scenario").selectOption("Stable");
  const expectChoices = async (page) => {
    await expect(page.getByLabel("Reference")).toHaveValue(datasetId);
    await expect(page.getByLabel("Current")).toHaveValue(second.datasetId);
    await expect(page.getByLabel("PSI threshold")).toHaveValue("0.25");
    await expect(page.getByLabel("Calls", { exact: true })).toHaveValue("300");
    await expect(page.getByLabel("Seed")).toHaveValue("7");
    await expect(page.getByLabel("Scenario")).toHaveValue("Stable");
  };
  await visit(page, "Train");
  await visit(page, "Monitor");
  await expectChoices(page);

  const tab = await context.newPage();
  await tab.goto(page.url());
  await ready(tab);
  await expectChoices(tab);
  await tab.getByRole("button", { name: "Compare" }).click();
  await expect(tab.getByTestId("drift-summary")).toContainText(`${second.kept} rows against ${kept} of`);
  await tab.getByRole("button", { name: "Simulate" }).click();
  await expect(tab.getByTestId("metrics")).toHaveAttribute("data-calls", "420");
  const calls = await api(tab, "metrics", endpointId);
  expect([0, 1], "labels are true, so a prediction is right or not").toContain(calls.at(-1).simulated.expectedAccuracy);

  await page.getByLabel("Reference").selectOption("training");
  await page.goBack();
  await expect(page.getByLabel("Reference"), "Back takes a choice back").toHaveValue(datasetId);
});

test("a choice of a data set that is gone gives way", async ({ page }) => {
  await openReady(page);
  await work(page);
  await openReady(page, "view=monitor&reference=gone&psi=-1&calls=0&scenario=storm");
  await expect(page.getByLabel("Reference")).toHaveValue("training");
  await expect(page.getByLabel("PSI threshold")).toHaveValue("0.1");
  await expect(page.getByLabel("Calls", { exact: true })).toHaveValue("1000");
  await expect(page.getByLabel("Scenario")).toHaveValue("Rising label noise");
});

test("what is typed in Serve is there on coming back, a draft an endpoint", async ({ page }) => {
  await openReady(page);
  const { modelId } = await work(page);
  await api(page, "deploy", modelId, { name: "second" });
  await visit(page, "Serve");
  const request = page.getByRole("textbox", { name: "JSON" });
  const name = page.getByLabel("Name of the endpoint");
  const example = await request.inputValue();
  await request.fill('{"tenure": ');
  await name.fill("half a na");
  await visit(page, "Data");
  await visit(page, "Serve");
  await expect(request).toHaveValue('{"tenure": ');
  await expect(name).toHaveValue("half a na");
  await page.getByTestId("endpoints").getByRole("button", { name: /^churn/ }).click();
  await expect(request, "the other endpoint has its own").toHaveValue(example);
  await request.fill("{}");
  await page.getByTestId("endpoints").getByRole("button", { name: /^second/ }).click();
  await expect(request).toHaveValue('{"tenure": ');
  await page.getByRole("button", { name: "Back to the example" }).click();
  await visit(page, "Explain");
  await visit(page, "Serve");
  await expect(request).toHaveValue(example);
});

test("a half-filled form is there on coming back, also what is not allowed in it", async ({ page }) => {
  await openReady(page, "view=train");
  await page.getByLabel("C", { exact: true }).pressSequentially("0.2");
  await page.getByLabel("C", { exact: true }).fill("0.25");
  await page.getByLabel("Test share").fill("1.5");
  await visit(page, "Data");
  await page.getByRole("spinbutton", { name: "Rows" }).fill("5");
  await page.getByLabel("Seed").fill("99");
  await visit(page, "Train");
  await expect(page.getByLabel("C", { exact: true })).toHaveValue("0.25");
  await expect(page.getByLabel("Test share")).toHaveValue("1.5");
  await expect(page.getByRole("alert")).toContainText("above 0 and under 1");
  await page.getByTestId("train").click();
  await expect(page.getByLabel("Test share"), "instead of a fit with another share").toBeFocused();
  await page.getByLabel("Test share").fill("0.5");
  await visit(page, "Data");
  await expect(page.getByRole("spinbutton", { name: "Rows" })).toHaveValue("5");
  await expect(page.getByLabel("Seed")).toHaveValue("99");
  await page.getByTestId("sample-go").click();
  await expect(page.getByRole("spinbutton", { name: "Rows" }), "instead of other customers").toBeFocused();
  await visit(page, "Train");
  await expect(page.getByLabel("Test share")).toHaveValue("0.5");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("an edited customer is there on coming back, and goes with the data set", async ({ page }) => {
  await openReady(page, "view=explain&customer=3&set.tenure=40");
  await expect(page.getByLabel("Tenure")).toHaveValue("40");
  await visit(page, "Serve");
  await visit(page, "Explain");
  await expect(page.getByLabel("Tenure")).toHaveValue("40");
  await visit(page, "Data");
  await api(page, "sample", { rows: 100, seed: 2, name: "Other" });
  const link = page.getByRole("navigation").getByRole("link", { name: /^Explain/ });
  await expect(link).not.toHaveAttribute("href", /customer|set\./);
});

test("calls are taken away as a table with their requests and weights", async ({ page }) => {
  await openReady(page);
  const { endpointId } = await work(page);
  await api(page, "call", endpointId, { tenure: 2, PaymentMethod: "Mailed check" });
  await visit(page, "Monitor");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Calls as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("calls.csv");
  const [header, ...rows] = readFileSync(await file.path(), "utf8")
    .split("\r\n")
    .filter(Boolean)
    .map((line) => line.split(","));
  const calls = await api(page, "metrics", endpointId);
  expect(rows).toHaveLength(calls.length);
  const features = Object.keys(calls[0].request).toSorted();
  expect(header.slice(7)).toEqual([
    ...features.map((feature) => `metrics.input_data.${feature}`),
    ...features.map((feature) => `metrics.explanation.${feature}`),
  ]);
  for (const place of [0, calls.length - 1]) {
    const call = calls[place];
    const row = Object.fromEntries(header.map((name, at) => [name, rows[place][at]]));
    expect(row.predictionUuid).toBe(call.uuid);
    expect(Number(row["metrics.probability"])).toBe(call.probability);
    expect(row["metrics.final_label"]).toBe(String(call.groundTruth ?? ""));
    expect(row.simulated).toBe(String(Boolean(call.simulated)));
    expect(row["metrics.input_data.PaymentMethod"]).toBe(call.request.PaymentMethod);
    for (const { feature, weight } of call.explanation) {
      expect(Number(row[`metrics.explanation.${feature}`]), feature).toBe(weight);
    }
  }
});

// What an explanation is worth: other seeds, fair shares, side by side; the numbers of Python on the
// real file.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test, expect, openReady, api, tabTo, telcoCsv, expectAccessible } = require("./support.js");

const folder = process.env.CHURN_LAB_SHARED ?? join(__dirname, "../../../shared");
const reference = (name) => {
  const file = join(folder, `reference/${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};
const [metrics, customers] = ["metrics", "customers"].map(reference);

const verdict = (page) => page.getByTestId("verdict");
const number = async (locator, name) => Number(await locator.getAttribute(name));

/** A small lab with a fitted model of that kind. */
async function small(page, fit, query) {
  await openReady(page, "view=explain");
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Small" });
  const fitted = await api(page, "fit", datasetId, fit);
  await openReady(page, `view=explain&${query}`);
  return fitted;
}

test("the shares on the real file are Python's, on screen and for programs", async ({ page }) => {
  test.skip(!telcoCsv || !metrics, "the real file is absent (set CHURN_LAB_SHARED): its numbers are skipped");
  test.setTimeout(120_000);
  await openReady(page);
  const { datasetId } = await api(page, "loadCsv", telcoCsv, { name: "telco.csv" });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic", split: { testRatio: 0.25, seed: 42 } });
  // lbfgs, which made the reference, stops 1e-5 short of the optimum in the coefficients
  const tolerance = 2e-4;
  const customer = metrics.customers.find((customer) => customer.id === "row1328");
  await openReady(page, "view=explain&customer=1328&trust=shapley");
  const shares = page.getByTestId("shares").locator("li");
  await expect(shares).toHaveCount(19);
  for (const [at, expected] of customer.exact_shapley_probability_per_feature.entries()) {
    expect(Math.abs((await number(shares.nth(at), "data-value")) - expected)).toBeLessThan(tolerance);
  }
  const sum = page.getByTestId("additivity");
  expect(Math.abs(await number(sum, "data-base") - metrics.base_probability)).toBeLessThan(tolerance);
  expect(Math.abs(await number(sum, "data-gap"))).toBeLessThan(1e-9);
  await page.getByTestId("trust").getByLabel("Scale").selectOption("Log-odds");
  await expect(page).toHaveURL(/scale=odds/);
  await expect.poll(() => number(sum, "data-base")).toBeLessThan(-1);
  for (const [at, expected] of customer.shap_log_odds_per_feature.entries()) {
    expect(Math.abs((await number(shares.nth(at), "data-value")) - expected)).toBeLessThan(2e-3);
  }

  for (const { id, values: record } of customers.customers) {
    const values = await api(page, "shapley", modelId, record);
    expect(values.background).toBe("means");
    const expected = metrics.customers.find((customer) => customer.id === id);
    for (const [at, { value }] of values.probability.values.entries()) {
      expect(Math.abs(value - expected.exact_shapley_probability_per_feature[at])).toBeLessThan(tolerance);
    }
    const total = values.probability.values.reduce((sum, { value }) => sum + value, values.probability.base);
    expect(Math.abs(total - values.probability.prediction)).toBeLessThan(1e-9);
  }
});

test("a button brings the card, the address holds it, and keys reach it all", async ({ page }) => {
  await openReady(page, "view=explain");
  await expect(page.getByTestId("trust")).toHaveCount(0);
  await tabTo(page, page.getByRole("button", { name: "Can it be trusted?" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/trust=stability/);
  await expect(verdict(page)).toContainText(/ of 30 seeds/);
  await expect(verdict(page)).toHaveAttribute("data-samples", "5000");
  const rows = page.getByTestId("trust").locator("tbody tr");
  expect(await rows.count()).toBeGreaterThan(9);
  await expectAccessible(page);

  await tabTo(page, page.getByRole("link", { name: "Side by side" }));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("beside-says")).not.toBeEmpty();
  await expect(rows).toHaveCount(19);
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByTestId("beside-says")).not.toBeEmpty();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByTestId("trust")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByTestId("beside-says")).not.toBeEmpty();
});

test("neighbours are doubled until the bands are narrow", async ({ page }) => {
  await openReady(page, "view=explain&trust=stability&seeds=5");
  await expect(verdict(page)).toContainText("of 5 seeds");
  await page.getByRole("button", { name: "More neighbours until the bands are narrow" }).click();
  await expect(page).toHaveURL(/until=0.02/);
  await expect(verdict(page)).toContainText(/narrow|Still/, { timeout: 60_000 });
  await page.getByRole("button", { name: "Back to the neighbours set" }).click();
  await expect(verdict(page)).toHaveAttribute("data-samples", "5000");
});

test("a long look can be cancelled and asked again", async ({ page }) => {
  test.setTimeout(90_000);
  await small(page, { model: "svc" }, "trust=stability&until=0.0001&seeds=200");
  await page.getByTestId("trust").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByTestId("trust")).toContainText("Cancelled before there was an answer.");
  await page.getByTestId("trust").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByTestId("trust").getByRole("progressbar")).toBeVisible();
  await page.getByTestId("trust").getByRole("button", { name: "Cancel" }).click();
});

test("a forest's shares come from its trees, and a boosting's are estimates", async ({ page }) => {
  test.setTimeout(90_000);
  await openReady(page, "view=explain");
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Small" });
  const gap = ({ base, prediction, values }) =>
    Math.abs(values.reduce((sum, { value }) => sum + value, base) - prediction);
  for (const [model, method] of [["random_forest", "trees"], ["gradient_boosting", "permutations"]]) {
    const { modelId } = await api(page, "fit", datasetId, { model, params: {} });
    const values = await api(page, "shapley", modelId, { tenure: 3 }, { background: 50 });
    expect(values.probability.method).toBe(method);
    expect(values.background).toEqual({ rows: 50 });
    expect(gap(values.probability)).toBeLessThan(1e-9);
    if (values.logOdds) expect(gap(values.logOdds)).toBeLessThan(1e-9);
  }
  const refused = await page.evaluate(async () => {
    const { modelId } = await window.churnLab.fit((await window.churnLab.sample({ rows: 200, seed: 1 })).datasetId, { model: "logistic" });
    return window.churnLab.stability(modelId, {}, { seeds: 1 }).catch((error) => error.code);
  });
  expect(refused).toBe("invalid_seeds");
});

// Support vectors: the workshop's ten runs in the browser, and every room with such a model.
const { test, expect, openReady, api, visit, telcoCsv, reference } = require("./support.js");

test("the workshop's ten runs take scikit-learn's steps and get as many customers right", async ({ page }) => {
  test.skip(!telcoCsv, "the real file is absent (set CHURN_LAB_SHARED): its reference values are skipped");
  test.setTimeout(180_000);
  await openReady(page);
  const { datasetId } = await api(page, "loadCsv", telcoCsv, { name: "telco.csv" });
  for (const run of reference("svc_grid").grid) {
    const { kernel, max_iter, n_iter, train_score, test_score } = run;
    const fit = await api(page, "fit", datasetId, {
      model: "svc",
      params: { kernel, max_iter },
      split: { testRatio: 0.25, seed: 42 },
    });
    const found = [fit.iterations, fit.train.accuracy, fit.test.accuracy];
    expect(found, `${kernel}, ${max_iter}`).toEqual([n_iter[0], train_score, test_score]);
  }
});

test("a model of support vectors is explained, served and watched as any other", async ({ page }) => {
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Few" });
  const { modelId } = await api(page, "fit", datasetId, { model: "svc", params: { max_iter: 500 } });
  await visit(page, "Train");
  await expect(page.getByTestId("run").first()).toBeVisible();
  await expect(page.locator("main")).toContainText("Support vector");
  await visit(page, "Explain");
  await expect(page.getByTestId("fidelity")).toBeVisible();
  const [probability] = await api(page, "predict", modelId, [{}]);
  expect(probability).toBeGreaterThan(0);
  expect(probability).toBeLessThan(1);
  const { endpointId } = await api(page, "deploy", modelId, { name: "svc" });
  const answer = await api(page, "call", endpointId, {});
  expect(answer.prediction.probability).toBe(probability);
  await visit(page, "Serve");
  await expect(page.locator("main")).toContainText("svc");
  await visit(page, "Monitor");
  await openReady(page, "view=explain");
  await expect(page.getByTestId("fidelity")).toBeVisible();
});

// The same bits in Firefox as in Chromium: every family, every kind of explanation, drift; and a journey.
import { openInFirefox } from "./firefox.mjs";
import support from "./support.js";

const { test, expect, openReady } = support;

/** Runs in a page. Everything a program can ask that is a number, without names and times. */
async function everything() {
  const lab = window.churnLab;
  const without = (value) => JSON.stringify(value, (key, inner) => (["ms", "modelId", "runId", "datasetId", "id"].includes(key) ? undefined : inner));
  const { datasetId } = await lab.sample({ rows: 900, seed: 5 });
  const other = await lab.sample({ rows: 900, seed: 6 });
  const found = {};
  const families = {
    logistic: {},
    logistic_cv: { Cs: 4, cv: 3 },
    svc: { max_iter: 400 },
    decision_tree: { max_depth: 5 },
    random_forest: { n_estimators: 12 },
    gradient_boosting: { max_iter: 12 },
    naive_bayes: {},
    knn: {},
  };
  const models = {};
  for (const [model, params] of Object.entries(families)) {
    const fitted = await lab.fit(datasetId, { model, params });
    models[model] = fitted.modelId;
    found[model] = without(fitted);
  }
  const record = { tenure: 3, Contract: "Month-to-month", InternetService: "Fiber optic", MonthlyCharges: 80.1, TotalCharges: 240.3 };
  for (const model of ["logistic", "svc", "random_forest"]) {
    found[`${model}: probability`] = without(await lab.predict(models[model], [record]));
    found[`${model}: LIME`] = without(await lab.explain(models[model], record, { features: "all" }));
  }
  const linear = models.logistic;
  found.stability = without(await lab.stability(linear, record, { seeds: 4 }));
  found.shapley = without(await lab.shapley(linear, record));
  found["shapley of a forest"] = without(await lab.shapley(models.random_forest, record, { background: 20 }));
  found.curves = without(await lab.curves(linear, record));
  found.counterfactuals = without(await lab.counterfactuals(linear, record));
  for (const question of [
    { method: "importance", repeats: 3 },
    { method: "average", rows: 20 },
    { method: "surrogate" },
    { method: "dependence", feature: "tenure" },
    { method: "pair", features: ["tenure", "Contract"] },
    { method: "interactions", rows: 20 },
  ]) {
    found[question.method] = without(await lab.whole(linear, question));
  }
  found.drift = without(await lab.drift(datasetId, other.datasetId));
  return found;
}

test("Firefox gives Chromium's bits", async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  await openReady(page, "view=data");
  const inChromium = await page.evaluate(everything);
  const firefox = await openInFirefox(`${baseURL}?view=data`);
  try {
    const inFirefox = await firefox.page.evaluate(everything);
    for (const [name, answer] of Object.entries(inChromium)) {
      expect(answer.length, name).toBeGreaterThan(2);
      expect(inFirefox[name], name).toBe(answer);
    }
    expect(Object.keys(inFirefox)).toEqual(Object.keys(inChromium));
    expect(firefox.complaints).toEqual([]);
  } finally {
    await firefox.close();
  }
});

/** Runs in a page. Goes into every room by its link, and gives the room's heading. */
async function headings() {
  const found = [];
  for (const link of document.querySelectorAll("nav.rail a")) {
    const before = document.querySelector("main h1")?.textContent;
    const isHere = link.getAttribute("aria-current") === "page";
    link.click();
    const until = performance.now() + 15_000;
    const heading = () => document.querySelector("main h1")?.textContent;
    while ((!heading() || (!isHere && heading() === before)) && performance.now() < until) {
      await new Promise((go) => setTimeout(go, 50));
    }
    found.push(`${link.textContent.trim()}: ${heading()}`);
  }
  return found;
}

test("Firefox opens every room", async ({ page, baseURL }) => {
  test.setTimeout(90_000);
  await openReady(page, "view=data");
  const inChromium = await page.evaluate(headings);
  const firefox = await openInFirefox(`${baseURL}?view=data`);
  try {
    expect(await firefox.page.evaluate(headings)).toEqual(inChromium);
    expect(new Set(inChromium).size).toBe(7);
    expect(firefox.complaints).toEqual([]);
  } finally {
    await firefox.close();
  }
});

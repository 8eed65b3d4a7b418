// Trees, forests, boosting, naive Bayes, neighbours and the baseline in the browser.
const { test, expect, openReady, api, visit, telcoCsv } = require("./support.js");
const { telco } = require("../fixtures/families.json");

// scikit-learn's spelling of what the fixture's models are made with
const MODELS = {
  baseline: ["baseline", {}],
  tree: ["decision_tree", { seed: 0 }],
  tree_entropy: ["decision_tree", { criterion: "entropy", min_samples_leaf: 7, max_depth: null, seed: 3 }],
  tree_log2: ["decision_tree", { max_features: "log2", min_samples_split: 10, seed: 5 }],
  forest: ["random_forest", {}],
  forest_balanced: ["random_forest", { n_estimators: 20, class_weight: "balanced", max_depth: 6, seed: 1 }],
  forest_entropy: [
    "random_forest",
    { n_estimators: 10, bootstrap: false, max_features: 0.3, criterion: "entropy", min_samples_leaf: 3, seed: 2 },
  ],
  boosting: ["gradient_boosting", {}],
  boosting_small: [
    "gradient_boosting",
    {
      learning_rate: 0.2,
      max_iter: 30,
      max_leaf_nodes: null,
      max_depth: 3,
      min_samples_leaf: 5,
      l2_regularization: 1,
      max_bins: 32,
    },
  ],
  bayes_gaussian: ["naive_bayes", { kind: "gaussian", var_smoothing: 1e-9 }],
  bayes_categorical: ["naive_bayes", { alpha: 1 }],
};

test("every family gets as many customers right as scikit-learn", async ({ page }) => {
  test.skip(!telcoCsv, "the real file is absent (set CHURN_LAB_SHARED): its reference values are skipped");
  test.setTimeout(120_000);
  await openReady(page);
  const { datasetId } = await api(page, "loadCsv", telcoCsv, { name: "telco.csv" });
  for (const [name, [model, params]] of Object.entries(MODELS)) {
    const { train, test } = await api(page, "fit", datasetId, { model, params, split: { testRatio: 0.25, seed: 42 } });
    const right = ({ confusion }) => confusion.tp + confusion.tn;
    expect([right(train), right(test)], name).toEqual([telco[name].train_right, telco[name].test_right]);
    expect(Math.abs(test.roc_auc - telco[name].roc_auc), name).toBeLessThan(1e-9);
  }
});

test("a forest is explained and served as any other model, also after a reload", async ({ page }) => {
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Few" });
  const params = { n_estimators: 10, max_depth: 4 };
  const { modelId, iterations } = await api(page, "fit", datasetId, { model: "random_forest", params });
  expect(iterations).toBe(10);
  await visit(page, "Train");
  await expect(page.getByTestId("run").first()).toContainText("n_estimators 10, max_depth 4");
  await visit(page, "Explain");
  await expect(page.getByTestId("fidelity")).toBeVisible();
  const [probability] = await api(page, "predict", modelId, [{}]);
  await openReady(page, "view=explain");
  expect(await api(page, "predict", modelId, [{}])).toEqual([probability]);
});

test("settings that are none are refused by name", async ({ page }) => {
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 200, seed: 5, name: "Few" });
  for (const [model, params, code, message] of [
    ["baseline", { C: 1 }, "unknown_param", "allowed: none"],
    ["decision_tree", { depth: 3 }, "unknown_param", "max_depth"],
    ["decision_tree", { max_depth: 0.5 }, "bad_param", "max_depth is 0.5"],
    ["random_forest", { bootstrap: "yes" }, "bad_param", "true, false"],
    ["random_forest", { n_estimators: 5000 }, "bad_param", "1 to 1000 trees"],
    ["gradient_boosting", { max_bins: 256 }, "bad_param", "2 to 255"],
    ["naive_bayes", { kind: "bernoulli" }, "bad_param", "categorical"],
    ["knn", { n_neighbors: 500 }, "bad_param", "1 to 150, the training rows"],
  ]) {
    const refused = await page.evaluate(
      ([id, options]) =>
        window.churnLab.fit(id, options).then(
          () => ({ code: "none" }),
          (error) => ({ code: error.code, message: error.message }),
        ),
      [datasetId, { model, params }],
    );
    expect(refused.code, JSON.stringify(params)).toBe(code);
    expect(refused.message).toContain(message);
  }
});

// `window.churnLab`: against the reference values on the real Telco file, and every method and
// every refusal on the embedded sample.
const { test, expect, openReady, api, refusal, telcoCsv, sharedText, reference, expectClose } = require("./support.js");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const workshop = { model: "logistic", params: { C: 1 }, split: { testRatio: 0.25, seed: 42 } };

/** The lines of the clean rows, in file order, below the header. */
function cleanTable() {
  const [header, ...lines] = telcoCsv.trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(",")).filter((cells) => cells.every((cell) => cell.trim() !== ""));
  return { names: header.split(","), rows };
}

/** `shift_shared.json` applied to rows of cells. */
function shift({ names, rows }) {
  for (const step of JSON.parse(sharedText("reference/scripts/shift_shared.json")).steps) {
    const at = names.indexOf(step.feature);
    if (step.op === "scale") {
      for (const cells of rows) cells[at] = String(Number(cells[at]) * step.factor);
    } else {
      const meant = rows.filter((cells) => cells[at] === step.from);
      meant.forEach((cells, k) => {
        if (k % step.every === step.offset) cells[at] = step.to;
      });
    }
  }
}

test.describe("the real Telco file", () => {
  test.skip(!telcoCsv, "the real file is absent (set CHURN_LAB_SHARED): its reference values are skipped");

  async function openTelco(page) {
    await openReady(page);
    return api(page, "loadCsv", telcoCsv, { name: "telco.csv" });
  }

  /** The workshop's model. */
  async function fitTelco(page) {
    const { datasetId } = await openTelco(page);
    return { datasetId, ...(await api(page, "fit", datasetId, workshop)) };
  }

  test("is read from a text, a buffer, a view and a Blob alike", async ({ page }) => {
    const { datasetId, ms, ...loaded } = await openTelco(page);
    const expected = reference("preprocess");
    expect([loaded.rows, loaded.kept]).toEqual([expected.rows_raw, expected.rows_clean]);
    expect(loaded.issues.map((issue) => issue.column)).toEqual(Array(11).fill("TotalCharges"));
    expect(loaded.columns.map((column) => column.name)).toEqual(expected.file.columns);
    for (const { name, kind, levels } of loaded.columns) {
      if (expected.levels[name]) expect(levels, name).toEqual(expected.levels[name]);
      if (expected.numeric.includes(name)) expect(kind, name).toBe("numeric");
    }
    const others = await page.evaluate(async (text) => {
      const bytes = new TextEncoder().encode(text);
      const load = (file) => window.churnLab.loadCsv(file, { name: "telco.csv", target: "Churn" });
      return [await load(bytes.buffer), await load(bytes), await load(new Blob([bytes]))];
    }, telcoCsv);
    for (const other of others) expect(other).toMatchObject({ datasetId, ...loaded });
  });

  test("is described as in pandas", async ({ page }) => {
    const { datasetId } = await openTelco(page);
    const profile = await api(page, "profile", datasetId);
    const expected = reference("eda");
    expect(profile.classes).toEqual({ negative: 5163, positive: 1869 });
    const detail = (name) => profile.columns.find((column) => column.name === name).detail;
    for (const [name, levels] of Object.entries(expected.churn_by_category)) {
      const found = detail(name).levels;
      const counts = found.levels.map(({ level, classes }) => [level, classes.negative, classes.positive]);
      expect(counts, name).toEqual(Object.entries(levels).map(([level, { No, Yes }]) => [level, No, Yes]));
      expectClose(found.association.cramersV, expected.chi2_with_churn[name].cramers_v, 1e-12, name);
    }
    for (const [name, { edges, all, No, Yes }] of Object.entries(expected.histograms)) {
      const { histogram, negative } = detail(name).numbers;
      expectClose(histogram.edges, edges, 1e-9, name);
      expect([histogram.all, histogram.negative, histogram.positive], name).toEqual([all, No, Yes]);
      expectClose(negative.median, expected.boxplots_by_churn[name].No.median, 1e-9, name);
    }
    expect(profile.correlations.names).toEqual(["tenure", "MonthlyCharges", "TotalCharges", "Churn"]);
    expectClose(profile.correlations.pearson, expected.pearson, 1e-12, "pearson");
  });

  test("gives the scores and coefficients of scikit-learn", async ({ page }) => {
    const fit = await fitTelco(page);
    const expected = reference("logistic")["a_l2_C1_lbfgs_tol1e-8"];
    for (const part of ["train", "test"]) {
      for (const score of ["accuracy", "roc_auc", "log_loss", "brier", "average_precision"]) {
        const value = expected[`${part}_${score}`];
        if (value !== undefined) expectClose(fit[part][score], value, 1e-5, `${part} ${score}`);
      }
    }
    expect(fit.test.confusion).toEqual(expected["test_confusion_at_0.5"]);
    const { intercept, ...coefficients } = fit.coefficients;
    expectClose(intercept, expected.polished.intercept, 1e-8, "intercept");
    expect(Object.keys(coefficients)).toHaveLength(46);
    for (const [name, value] of Object.entries(expected.polished.coef)) {
      expectClose(coefficients[name], value, 1e-8, name);
    }

    const { train, test: rest } = reference("split_seed42");
    const again = await api(page, "fit", fit.datasetId, { ...workshop, split: { train, test: rest } });
    expect(again.test, "the split given row by row").toEqual(fit.test);

    const { customers } = reference("customers");
    const probabilities = await api(page, "predict", fit.modelId, customers.map((customer) => customer.values));
    expectClose(probabilities, customers.map((customer) => customer.p_logistic), 1e-5, "probabilities");
  });

  test("is explained as by Python's lime", async ({ page }) => {
    const { modelId } = await fitTelco(page);
    const { customers } = reference("customers");
    for (const run of reference("lime_seeded").runs) {
      const { values } = customers.find((customer) => customer.id === run.id);
      const options = { samples: run.num_samples, features: "all", seed: run.seed };
      const explanation = await api(page, "explain", modelId, values, options);
      const weights = Object.fromEntries(explanation.contributions.map((c) => [c.feature, c.weight]));
      for (const [feature, weight] of Object.entries(run.weights)) {
        expectClose(weights[feature], weight, 1e-4, `${run.id}, seed ${run.seed}, ${feature}`);
      }
      const conditions = explanation.contributions.map((c) => c.condition);
      expect(conditions.toSorted()).toEqual(run.conditions.toSorted());
      expectClose(explanation.r2, run.r2, 1e-4, "r2");
      expectClose(explanation.localPrediction, run.local_prediction, 1e-4, "local prediction");
    }
  });

  test("is explained from a neighbourhood that is given", async ({ page }) => {
    const { modelId } = await fitTelco(page);
    const { levels, feature_order: features } = reference("preprocess");
    for (const expected of reference("lime").exact_internals) {
      const lines = sharedText(`reference/${expected.file}`).trim().split(/\r?\n/).slice(1);
      const neighbourhood = lines.map((line) => {
        const numbers = line.split(",").slice(1).map(Number);
        return Object.fromEntries(features.map((f, j) => [f, levels[f] ? levels[f][numbers[j]] : numbers[j]]));
      });
      for (const { num_features, as_list, intercept } of expected.explanations) {
        const options = { features: num_features, neighbourhood };
        const found = await api(page, "explain", modelId, neighbourhood[0], options);
        const what = `${expected.id}, ${num_features} features`;
        expect(found.contributions.map((c) => c.condition), what).toEqual(as_list.map(([condition]) => condition));
        expectClose(found.contributions.map((c) => c.weight), as_list.map(([, weight]) => weight), 1e-4, what);
        expectClose(found.intercept, intercept, 1e-4, what);
      }
    }
  });

  test("is served, called a thousand times and watched decaying", async ({ page }) => {
    const { modelId } = await fitTelco(page);
    const endpoint = await api(page, "deploy", modelId, { name: "churn" });
    const answer = await api(page, "call", endpoint.endpointId, { tenure: 2 });
    const { default_data: defaults } = reference("preprocess");
    expect(answer.prediction.data, "what is missing takes its default").toEqual({ ...defaults, tenure: 2 });

    const { report, told } = await page.evaluate(async (id) => {
      const told = [];
      const report = await window.churnLab.simulate(id, { calls: 1000, seed: 7 }, ({ done }) => told.push(done));
      return { report, told };
    }, endpoint.endpointId);
    expect(told.length, "progress").toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const expected = reference("drift").decay_simulation.logistic_3a_n1000;
    expect(report).toMatchObject({ nCalls: 1000, nLabelled: 1000 });
    expectClose(report.windows.map((w) => w.expected), expected.expected_accuracy_per_chunk, 1e-9, "expected");
    expectClose(report.windows.map((w) => w.expectedStd), expected.std_formula_per_chunk, 1e-9, "std");
    for (const window of report.windows) {
      expectClose(window.accuracy, window.expected, 4 * window.expectedStd, `calls from ${window.first}`);
    }

    const calls = await api(page, "metrics", endpoint.endpointId);
    expect(calls).toHaveLength(1001);
    const [from, to] = [calls[500].atMs, calls[600].atMs];
    const some = await api(page, "metrics", endpoint.endpointId, { from, to });
    expect(some).toEqual(calls.filter((call) => call.atMs >= from && call.atMs <= to));

    const own = await api(page, "drift", endpoint.endpointId, endpoint.endpointId);
    expect(own).toMatchObject({ nReference: 5274, nCurrent: 1001 });
    expect(own.share, "inputs have not moved").toBe(0);
  });

  test("drifts as in scipy and Evidently", async ({ page }) => {
    await openReady(page);
    const { names, rows } = cleanTable();
    const half = rows.length / 2;
    const current = { names, rows: rows.slice(half) };
    shift(current);
    const load = (rows, name) => api(page, "loadCsv", [names, ...rows].map((row) => row.join(",")).join("\n"), { name });
    const before = await load(rows.slice(0, half), "reference.csv");
    const now = await load(current.rows, "current.csv");
    const report = await api(page, "drift", before.datasetId, now.datasetId);
    const expected = reference("drift");
    expect([report.nReference, report.nCurrent]).toEqual([expected.n_reference, expected.n_current]);
    expect(report.columns.map((column) => column.name).toSorted()).toEqual(Object.keys(expected.columns).toSorted());
    for (const { name, kind, psi, ks, chi2, jensenShannon, wasserstein, drifted } of report.columns) {
      const column = expected.columns[name];
      expectClose(psi, column.psi, 1e-12, `${name} psi`);
      expect(drifted, name).toBe(column.psi >= 0.1);
      const [values, wanted] =
        kind === "numeric"
          ? [
              [ks.statistic, ks.pValue, jensenShannon, wasserstein],
              [column.ks_statistic, column.ks_p, column.js_distance_base2_same_bins, column.wasserstein_over_reference_std_ddof0],
            ]
          : [
              [chi2.statistic, chi2.dof, chi2.pValue, jensenShannon],
              [column.chi2_two_sample, column.chi2_dof, column.chi2_p, column.js_distance_base2],
            ];
      wanted.forEach((want, k) => expectClose(values[k], want, 1e-9 * Math.max(1, want), `${name} ${k}`));
    }
  });
});

test("every method works on the embedded sample", async ({ page }) => {
  expect(await openReady(page)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), storage: "indexeddb" });
  const sample = await api(page, "sample", { rows: 600, seed: 3, scenario: "default" });
  // new customers have a blank TotalCharges, as in the real file
  expect(sample).toMatchObject({ rows: 600, kept: 600 - sample.issues.length });
  expect((await api(page, "sample", { rows: 600, seed: 3 })).datasetId, "the same customers").toBe(sample.datasetId);
  const other = await api(page, "sample", { rows: 600, seed: 4, name: "Other" });
  expect(other.datasetId).not.toBe(sample.datasetId);
  expect((await api(page, "profile", sample.datasetId)).nRows).toBe(sample.kept);

  const fit = await api(page, "fit", sample.datasetId, { model: "logistic" });
  expect(fit.train.n + fit.test.n).toBe(sample.kept);
  const [probability] = await api(page, "predict", fit.modelId, [{}]);
  expect(await api(page, "predict", fit.modelId, [])).toEqual([]);
  const explanation = await api(page, "explain", fit.modelId, {}, { samples: 500, features: 3, seed: 1 });
  expect(explanation.probability).toBe(probability);
  expect(explanation.contributions).toHaveLength(3);
  expect(await api(page, "explain", fit.modelId, {}, { samples: 500, features: 3, seed: 1 })).toMatchObject({
    contributions: explanation.contributions,
  });

  const first = await api(page, "deploy", fit.modelId, { name: "churn" });
  const second = await api(page, "deploy", fit.modelId, { name: "churn" });
  expect([first.buildNumber, second.buildNumber]).toEqual([1, 2]);
  expect(first.accessKey).not.toBe(second.accessKey);
  const answer = await api(page, "call", second.endpointId, {});
  expect(answer.uuid).toMatch(UUID);
  expect(answer.prediction.probability).toBe(probability);
  expect(answer.prediction.explanation.contributions).toHaveLength(10);
  const report = await api(page, "simulate", second.endpointId, { calls: 150, seed: 1, scenario: "stable" });
  expect(report).toMatchObject({ nCalls: 150, nLabelled: 150 });
  const calls = await api(page, "metrics", second.endpointId);
  expect(calls).toHaveLength(151);
  expect(new Set(calls.map((call) => call.uuid)).size, "uuids").toBe(151);
  expect(calls[0]).toMatchObject({ uuid: answer.uuid, groundTruth: null });
  expect(await api(page, "metrics", first.endpointId)).toEqual([]);
  const drift = await api(page, "drift", sample.datasetId, other.datasetId, { psiThreshold: 1e-9 });
  expect(drift.share, "at so low a threshold").toBeGreaterThan(0.5);

  await api(page, "reset");
  expect(await refusal(page, "profile", sample.datasetId)).toMatchObject({ code: "unknown_dataset" });
  expect(await refusal(page, "metrics", second.endpointId)).toMatchObject({ code: "unknown_endpoint" });
  await expect(page.getByTestId("dataset-chip")).toContainText("7,0");
  await expect(page.getByTestId("model-chip")).toContainText("AUC");
});

test("every refusal has a code and says what is allowed", async ({ page }) => {
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 3 });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  const fit = (options) => ["fit", datasetId, { model: "logistic", ...options }];
  const cases = [
    ["csv_empty", /empty/, "loadCsv", "", { name: "a.csv" }],
    ["csv_header_only", /no rows/, "loadCsv", "a,b\n", { name: "a.csv" }],
    ["csv_duplicate_column", /"a"/, "loadCsv", "a,a\n1,2\n", { name: "a.csv" }],
    ["csv_unclosed_quote", /line 2/, "loadCsv", 'a,b\n"1,2\n', { name: "a.csv" }],
    ["unknown_target", /"c".*a, b/, "loadCsv", "a,b\n1,2\n", { name: "a.csv", target: "c" }],
    ["bad_argument", /Blob/, "loadCsv", 7],
    ["unknown_option", /delimiter/, "loadCsv", "a,b\n1,2\n", { delimiter: ";" }],
    ["sample_rows_out_of_range", /1,?000,?000/, "sample", { rows: 0 }],
    ["bad_argument", /rows|integer|u32/, "sample", { rows: -1 }],
    ["bad_argument", /default/, "sample", { scenario: "flood" }],
    ["unknown_dataset", /"?nowhere/, "profile", "nowhere"],
    ["bad_argument", /datasetId/, "profile", 7],
    ["unknown_dataset", /nowhere/, "fit", "nowhere", { model: "logistic" }],
    ["unknown_model_kind", /oracle.*logistic/, "fit", datasetId, { model: "oracle" }],
    ["unknown_param", /"c".*allowed: C, penalty/, ...fit({ params: { c: 1 } })],
    ["bad_param", /C is "?much/, ...fit({ params: { C: "much" } })],
    ["bad_param", /"l2"/, ...fit({ params: { penalty: "l0" } })],
    ["bad_param", /elasticnet.*l1_ratio/, ...fit({ params: { penalty: "elasticnet" } })],
    ["bad_param", /l1_ratio.*only with/, ...fit({ params: { l1_ratio: 0.5 } })],
    ["param_l1_ratio", /0 to 1/, ...fit({ params: { penalty: "elasticnet", l1_ratio: 2 } })],
    ["bad_param", /Cs is 101.*1 to 100/, ...fit({ model: "logistic_cv", params: { Cs: 101 } })],
    ["bad_argument", /options/, ...fit({ split: { testRatio: "half" } })],
    ["unknown_model", /nothing/, "predict", "nothing", [{}]],
    ["unknown_field", /"Tenure".*tenure/, "predict", modelId, [{ Tenure: 1 }]],
    ["bad_argument", /records/, "predict", modelId, "all"],
    ["invalid_samples", /1 neighbours.*2 to/, "explain", modelId, {}, { samples: 1 }],
    ["invalid_features", /1 or more/, "explain", modelId, {}, { features: 0 }],
    ["bad_param", /a number or "all"/, "explain", modelId, {}, { features: "some" }],
    ["neighbourhood_too_small", /2 or more/, "explain", modelId, {}, { neighbourhood: [{}] }],
    ["first_is_not_the_record", /tenure is 5/, "explain", modelId, {}, { neighbourhood: [{ tenure: 5 }, {}] }],
    ["bad_argument", /record/, "explain", modelId],
    ["unknown_model", /nothing/, "deploy", "nothing", { name: "a" }],
    ["blank_name", /1 to 80/, "deploy", modelId, { name: " " }],
    ["bad_argument", /name/, "deploy", modelId],
    ["unknown_endpoint", /nobody/, "call", "nobody", {}],
    ["unknown_field", /unknown field "age"; allowed: .*tenure/, "call", endpointId, { age: 40 }],
    ["unknown_level", /Contract is "Weekly"; allowed: Month-to-month, One year, Two year/, "call", endpointId, { Contract: "Weekly" }],
    ["not_a_number", /tenure is "long"; allowed: a finite number/, "call", endpointId, { tenure: "long" }],
    ["bad_argument", /request/, "call", endpointId, { tenure: null }],
    ["calls_out_of_range", /0 calls.*1 to 100,?000/, "simulate", endpointId, { calls: 0 }],
    ["bad_argument", /label_noise/, "simulate", endpointId, { scenario: "storm" }],
    ["unknown_endpoint", /nobody/, "metrics", "nobody"],
    ["unknown_option", /until/, "metrics", endpointId, { until: 0 }],
    ["unknown_side", /nowhere/, "drift", datasetId, "nowhere"],
    ["drift_threshold", /above 0/, "drift", datasetId, datasetId, { psiThreshold: 0 }],
  ];
  for (const [code, message, method, ...args] of cases) {
    const what = `${method}(${JSON.stringify(args)})`;
    const refused = await refusal(page, method, ...args);
    expect.soft(refused, what).toEqual({ code, message: expect.stringMatching(message), isError: true });
  }
  expect(await api(page, "metrics", endpointId), "refused calls are not kept").toEqual([]);
});

test("a text of many megabytes is read", async ({ page }) => {
  test.slow();
  await openReady(page);
  const read = await page.evaluate(async () => {
    const lab = window.churnLab;
    const rows = Array.from({ length: 800_000 }, (_, at) => `c${at},${at % 72},${(at * 7) % 100}.25,${at % 3 ? "No" : "Yes"}`);
    const text = `id,tenure,charges,Churn\n${rows.join("\n")}\n`;
    const { rows: n, issues } = await lab.loadCsv(text, { name: "large.csv", target: "Churn" });
    return { n, issues, length: text.length };
  });
  expect(read.length).toBeGreaterThan(14_000_000);
  expect(read.n).toBe(800_000);
});

// Grids: the workshop's ten runs with their numbers, runs that are filtered and compared, a grid that is
// paused, reloaded, taken up again and cancelled.
const { readFileSync } = require("node:fs");
const { test, expect, openReady, api, tabTo, telcoCsv, reference, expectAccessible } = require("./support.js");

const grid = (page) => page.getByTestId("grid");
const run = (page, number) => page.locator(`[data-testid=run][data-run="${number}"]`);
const query = (page) => new URL(page.url()).searchParams;

/** Opens Train with the real file, or with made-up customers where it is absent. */
async function train(page, rest = "&fit=grid") {
  await openReady(page, `view=train${rest}`);
  if (telcoCsv) {
    await page.evaluate(async (csv) => {
      const { datasetId } = await window.churnLab.loadCsv(csv, { name: "telco.csv" });
      await window.churnLab.fit(datasetId, { model: "logistic" });
    }, telcoCsv);
    await expect(page.getByTestId("run")).toHaveCount(2);
  }
}

const done = (page, total) => expect(grid(page)).toHaveAttribute("data-ended", String(total), { timeout: 60_000 });

test("the workshop's grid is one button: its numbers, compared, and one of its models used", async ({ page }) => {
  await train(page);
  await page.getByTestId("workshop").click();
  await done(page, 10);
  const first = telcoCsv ? 3 : 2;
  await expect(page.getByTestId("run")).toHaveCount(first + 9);
  if (telcoCsv) {
    for (const [at, { test_score, kernel }] of reference("svc_grid").grid.entries()) {
      const row = run(page, first + at);
      await expect(row).toContainText(`kernel ${kernel}`);
      await expect(row).toContainText(test_score.toFixed(5).slice(1));
    }
  }

  // the linear ones, the best first
  const filter = page.getByRole("combobox", { name: "Filter" });
  await filter.fill('params.kernel = "linear" and params.max_iter >= 100');
  await filter.press("Escape");
  await filter.press("Enter");
  await expect(page.getByTestId("runs-counted")).toHaveText(`3 of ${first + 9} runs`);
  await page.getByRole("button", { name: "Accuracy, test" }).click();
  await expect(page.getByRole("columnheader", { name: "Accuracy, test" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByTestId("run").first()).toHaveAttribute("data-run", String(first + 4));
  await filter.fill("metrics.accuracy > 1");
  await filter.press("Escape");
  await filter.press("Enter");
  await expect(page.getByTestId("filter-wrong")).toContainText("did you mean metrics.cv_accuracy?");
  await filter.fill("attributes.model = svc");
  await filter.press("Escape");
  await filter.press("Enter");

  await page.getByRole("button", { name: "Pick all" }).click();
  const compare = page.getByTestId("compare");
  await expect(page.getByRole("heading", { name: "Compare 10 runs" })).toBeVisible();
  await expect(compare.locator("tr[data-key='params.max_iter']")).toBeVisible();
  await expect(compare.locator("tr[data-key='params.C']")).toHaveCount(0);
  if (telcoCsv) {
    await expect(compare.locator("figcaption")).toHaveText(
      "Linear is highest for 10000 (.792) and lowest for 10 (.472); rbf is highest for 10000 (.792) and lowest for 10 (.675)",
    );
  }
  await compare.getByLabel("Score").selectOption("metrics.train_accuracy");
  expect(query(page).get("compare.score")).toBe("metrics.train_accuracy");
  await expectAccessible(page);

  await run(page, first + 4).getByRole("button", { name: `Run ${first + 4}`, exact: true }).click();
  await page.getByTestId("note").fill("the linear one to keep");
  await page.getByTestId("note").blur();
  await filter.fill("attributes.note contains linear");
  await filter.press("Escape");
  await filter.press("Enter");
  await expect(page.getByTestId("runs-counted")).toHaveText(`1 of ${first + 9} runs`);
  await filter.fill("");
  await filter.press("Escape");
  await filter.press("Enter");

  const saving = page.waitForEvent("download");
  await run(page, first + 9).getByRole("button", { name: `Run ${first + 9}`, exact: true }).click();
  await page.getByTestId("script").click();
  const script = readFileSync(await (await saving).path(), "utf8");
  expect(script).toContain(`"""Run ${first + 9}: Support vector classifier on`);
  expect(script).toContain('SVC(C=1, kernel="rbf", gamma="scale", tol=0.001, max_iter=10000, class_weight=None, probability=True, random_state=0)');

  // the one to rely on is registered, by keys, and named
  const register = page.getByTestId("register");
  await register.focus();
  await tabTo(page, page.getByRole("combobox", { name: "Name of the model" }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("leavers");
  await page.keyboard.press("Enter");
  const version = page.locator("[data-testid=version][data-version='1']");
  await expect(version).toContainText("leavers 1", { timeout: 30_000 });
  await tabTo(page, version.getByRole("combobox", { name: "Add an alias: version 1 of leavers" }));
  await page.keyboard.type("champion");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("relied-on")).toContainText(`The champion of leavers is version 1, which is run ${first + 9}.`);
  await filter.fill("attributes.registered contains champion and attributes.split_seed = 42");
  await filter.press("Escape");
  await filter.press("Enter");
  await expect(page.getByTestId("runs-counted")).toHaveText(`1 of ${first + 9} runs`);
  await filter.fill("");
  await filter.press("Escape");
  await filter.press("Enter");

  // a model that was not kept is made again, and explains
  await page.getByRole("button", { name: `Use Run ${first + 9}` }).click();
  await expect(run(page, first + 9)).toContainText("In use", { timeout: 30_000 });
  await page.getByRole("navigation").getByRole("link", { name: "Explain" }).click();
  await expect(page.getByTestId("fidelity")).toBeVisible();
  await page.reload();
  await expect(page.getByTestId("fidelity")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Train" }).click();
  await run(page, first + 4).getByRole("button", { name: `Run ${first + 4}`, exact: true }).click();
  await expect(page.getByTestId("note")).toHaveValue("the linear one to keep");
});

test("settings are chosen by folds of the training rows, as in scikit-learn", async ({ page }) => {
  await train(page, "&fit=grid&folds=5");
  const expected = telcoCsv && require("../fixtures/experiments/cross_validation.json").five_folds_seed_0;
  await page.getByRole("textbox", { name: "C", exact: true }).fill("0.01, 1, 100");
  await expect(page.getByTestId("train")).toHaveText("Try 3 settings");
  await page.getByTestId("train").click();
  await done(page, 3);
  const rows = page.getByTestId("run");
  await page.getByRole("button", { name: "Accuracy, folds" }).click();
  await expect(rows.last()).toContainText("–");
  if (expected) {
    const mean = expected.accuracy.reduce((sum, one) => sum + one, 0) / 5;
    await expect(rows.filter({ hasText: "C 1, penalty l2" }).first()).toContainText(mean.toFixed(5).slice(1));
  }

  // what is wrong is said at its field, and nothing begins
  await page.getByRole("textbox", { name: "C", exact: true }).fill("1, -1");
  await expect(page.getByText("C is -1; allowed: a finite number above 0")).toBeVisible();
  await expect(page.getByTestId("train")).toBeDisabled();
  await page.getByTestId("family").selectOption("random_forest");
  await expect(page.getByTestId("train")).toHaveText("Try one setting");
  await page.getByRole("textbox", { name: "Trees" }).fill("5, 10");
  await page.getByRole("textbox", { name: "Depth at most" }).fill("3, none");
  await expect(page.getByTestId("train")).toHaveText("Try 4 settings");
  await page.getByLabel("Draw", { exact: true }).fill("2");
  await expect(page.getByTestId("train")).toHaveText("Try 2 settings");
  await page.getByTestId("train").click();
  await done(page, 2);
  await expect(rows.filter({ hasText: "Random forest" })).toHaveCount(2);
});

test("a grid is paused, goes on after a reload, and is cancelled; its runs stay and can be deleted", async ({ page }) => {
  await openReady(page, "view=train&fit=grid&model=svc&folds=0");
  const steps = Array.from({ length: 30 }, (_, at) => 400 + at).join(", ");
  await page.getByRole("textbox", { name: "Steps at most" }).fill(steps);
  await page.getByTestId("train").click();
  await expect(grid(page)).not.toHaveAttribute("data-ended", "0", { timeout: 30_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(grid(page)).toContainText("paused", { timeout: 30_000 });
  await expect(grid(page)).not.toContainText("pausing", { timeout: 30_000 });
  const ended = Number(await grid(page).getAttribute("data-ended"));
  expect(ended).toBeLessThan(30);
  await expect(page.getByTestId("run")).toHaveCount(ended + 1);

  await page.reload();
  await expect(grid(page)).toContainText(`${ended} of 30 runs, paused`);
  await expect(page.getByTestId("run")).toHaveCount(ended + 1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect.poll(async () => Number(await grid(page).getAttribute("data-ended"))).toBeGreaterThan(ended);

  // a reload in the middle loses nothing and repeats nothing
  await page.reload();
  await expect(grid(page)).toContainText("paused");
  const found = Number(await grid(page).getAttribute("data-ended"));
  await expect(page.getByTestId("run")).toHaveCount(found + 1);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(grid(page)).not.toContainText("paused");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(grid(page)).toHaveCount(0);
  const kept = await page.getByTestId("run").count();
  expect(kept).toBeGreaterThan(found);
  await page.reload();
  await expect(page.getByTestId("run")).toHaveCount(kept);
  await expect(grid(page)).toHaveCount(0);

  await page.getByRole("combobox", { name: "Filter" }).fill("attributes.grid != ''");
  await page.getByRole("combobox", { name: "Filter" }).press("Escape");
  await page.getByRole("combobox", { name: "Filter" }).press("Enter");
  await page.getByRole("button", { name: "Pick all" }).click();
  await page.getByRole("button", { name: `Delete ${kept - 1} runs` }).click();
  await expect(page.getByTestId("runs-counted")).toHaveText("0 of 1 runs");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("runs-counted")).toHaveText(`${kept - 1} of ${kept} runs`);
  await page.reload();
  await expect(page.getByTestId("run")).toHaveCount(kept - 1);
});

test("a combination that no run has gets no bar, least of all one of 0", async ({ page }) => {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  await api(page, "grid", datasetId, { model: "knn", params: { n_neighbors: [5, 15] } });
  await api(page, "grid", datasetId, { model: "decision_tree", params: { max_depth: [2, 3] } });
  await page.evaluate(() => {
    history.pushState(null, "", "?view=train&compare=2,3,4,5&compare.over=params.n_neighbors&compare.by=params.max_depth");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  const compare = page.getByTestId("compare");
  await compare.getByText("Table and download").click();
  await expect(compare.locator("figure tbody tr")).toHaveCount(4);
  await expect(compare.locator("figure tbody")).toContainText("5, not set");
  await expect(compare.locator("figure tbody")).not.toContainText(/\b0?\.000\b/);
  // without folds there is no score of them to choose
  await expect(compare.getByLabel("Score").locator("option", { hasText: "folds" })).toHaveCount(0);
});

test("a program tries a grid, and hears what is wrong with one", async ({ page }) => {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  const runs = await api(page, "grid", datasetId, {
    model: "decision_tree",
    params: { max_depth: [2, null], min_samples_leaf: 5, criterion: ["gini", "entropy"] },
    validation: { folds: 3 },
  });
  expect(runs).toHaveLength(4);
  for (const { validation, test } of runs) {
    expect(validation.accuracy).toHaveLength(3);
    expect(test.n).toBe(75);
  }
  const refused = (options) =>
    page.evaluate(
      ([id, options]) => window.churnLab.grid(id, options).then(() => "done", (error) => `${error.code}: ${error.message}`),
      [datasetId, options],
    );
  expect(await refused({ model: "svm" })).toMatch(/^unknown_model_kind: model is svm/);
  expect(await refused({ model: "svc", params: { C: [] } })).toBe("grid_no_value: C has no value to try; at least one is needed");
  expect(await refused({ model: "svc", params: { kernel: ["rbf", "cubic"] } })).toMatch(/^bad_param: kernel is cubic; allowed/);
});

for (const rest of ["", "&fit=grid&model=gradient_boosting", "&compare=1,2,3"]) {
  test(`Train is accessible and fits a narrow screen: ${rest || "as it comes"}`, async ({ page }) => {
    await openReady(page, "view=train");
    const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
    await api(page, "grid", datasetId, { model: "knn", params: { n_neighbors: [5, 15] } });
    await page.evaluate((rest) => {
      history.pushState(null, "", `?view=train${rest}`);
      dispatchEvent(new PopStateEvent("popstate"));
    }, rest);
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
  });
}

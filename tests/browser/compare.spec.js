// Comparing runs: seven pictures of the workshop's ten runs with their numbers, each in the address, by
// pointer and by keys; many runs, few runs, runs that have nothing in common.
const { test, expect, openReady, api, telcoCsv, reference, expectAccessible } = require("./support.js");

const compare = (page) => page.getByTestId("compare");
const tab = (page, name) => compare(page).getByRole("link", { name, exact: true });
const caption = (page) => compare(page).locator("figcaption");
const param = (page, key) => new URL(page.url()).searchParams.get(key);

// ten runs are fitted first, and every picture is looked at
test.describe.configure({ timeout: 120_000 });

/** Goes to an address as a link in the page does. */
async function visit(page, query) {
  await page.evaluate((query) => {
    history.pushState(null, "", `?${query}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, query);
}

/** The chart's own table, its head first, each cell as text. */
async function table(page) {
  const more = compare(page).locator("figure details.more");
  if (!(await more.evaluate((details) => details.open))) await more.locator("summary").click();
  await expect(more.locator("tbody tr").first()).toBeVisible();
  return more.locator("tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
}

/** ".58874", as scores are written. */
const score = (value) => value.toFixed(5).replace(/^0/, "");

/** Makes the workshop's ten runs and compares them; gives their numbers. */
async function workshop(page) {
  await openReady(page, "view=train&fit=grid");
  if (telcoCsv) {
    await page.evaluate(async (csv) => {
      const { datasetId } = await window.churnLab.loadCsv(csv, { name: "telco.csv" });
      await window.churnLab.fit(datasetId, { model: "logistic" });
    }, telcoCsv);
  }
  const first = (await page.getByTestId("run").count()) + 1;
  await page.getByTestId("workshop").click();
  await expect(page.getByTestId("grid")).toHaveAttribute("data-ended", "10", { timeout: 60_000 });
  const runs = Array.from({ length: 10 }, (_, at) => first + at);
  await visit(page, `view=train&compare=${runs.join(",")}`);
  await expect(page.getByRole("heading", { name: "Compare 10 runs" })).toBeVisible();
  return runs;
}

/** The ten in the order of their numbers. */
function expected(runs) {
  const { grid } = reference("svc_grid");
  return runs.map((run, at) => ({ run: `Run ${run}`, ...grid[at] }));
}

test("every picture has the workshop's numbers, an address of its own, and is accessible", async ({ page }) => {
  const runs = await workshop(page);
  const ten = telcoCsv && expected(runs);
  const steps = (value) => value.toLocaleString("en-US");
  const checks = {
    "All at once": ["parallel", async () => {
      const [head, ...rows] = await table(page);
      expect(head).toEqual(["Name", "max_iter (log)", "kernel", "Accuracy, test"]);
      expect(rows).toHaveLength(10);
      if (ten) expect(rows).toEqual(ten.map((of) => [of.run, steps(of.max_iter), of.kernel, score(of.test_score)]));
    }],
    Scatter: ["scatter", async () => {
      const [head, ...rows] = await table(page);
      expect(head).toEqual(["Name", "Group", "max_iter (log)", "Accuracy, test"]);
      if (ten) {
        const sorted = [...ten].sort((one, two) => one.max_iter - two.max_iter || one.test_score - two.test_score);
        expect(rows.map((row) => row.slice(1))).toEqual(sorted.map((of) => [of.kernel, steps(of.max_iter), score(of.test_score)]));
        expect(rows.map((row) => row[0]).sort()).toEqual(ten.map((of) => of.run).sort());
      }
    }],
    Map: ["map", async () => {
      const [head, ...rows] = await table(page);
      expect(head.filter((name) => !name.endsWith(", of"))).toEqual(["kernel", "1", "10", "100", "1000", "10000"]);
      if (ten) {
        for (const row of rows) {
          const of = ten.filter(({ kernel }) => kernel === row[0]);
          expect(row.slice(1)).toEqual(of.flatMap(({ test_score, run }) => [score(test_score), run]));
        }
      }
      expect(rows.map((row) => row[0]).sort()).toEqual(["linear", "rbf"]);
    }],
    Boxes: ["box", async () => {
      const [, ...rows] = await table(page);
      if (ten) {
        for (const row of rows) {
          const scores = ten.filter(({ kernel }) => kernel === row[0]).map((of) => of.test_score).sort();
          // least and most are the ends of Tukey's whiskers, beyond which a run is a point of its own
          expect(row.slice(2, 5)).toEqual(scores.slice(1, 4).map(score));
        }
      }
      expect(rows.map((row) => row.at(-1))).toEqual(["5", "5"]);
    }],
    Lines: ["line", async () => {
      const [head, ...rows] = await table(page);
      expect(head).toEqual(["Series", "max_iter (log)", "Accuracy, test", "Of"]);
      if (ten) expect(rows).toEqual(ten.map((of) => [of.kernel, steps(of.max_iter), score(of.test_score), of.run]));
    }],
    ROC: ["roc", async () => {
      const [, ...rows] = await table(page);
      const curves = [...new Set(rows.map((row) => row[0]))];
      expect(curves).toHaveLength(8);
      await expect(caption(page)).toContainText("The area under the curve is largest for Run");
      await expect(caption(page)).toContainText("The 8 of 10 runs with the largest area under the curve are drawn");
      if (ten) {
        const best = [...ten].sort((one, two) => two.test_roc_auc_probability - one.test_roc_auc_probability).slice(0, 8);
        expect(curves).toEqual(best.map((of) => `${of.run}, AUC ${score(of.test_roc_auc_probability)}`));
      }
    }],
  };
  for (const [name, [key, check]] of Object.entries(checks)) {
    await tab(page, name).click();
    await expect(tab(page, name)).toHaveAttribute("aria-current", "page");
    expect(param(page, "compare.chart")).toBe(key);
    await check();
    await expectAccessible(page);
    const said = await caption(page).textContent();
    expect(said.length).toBeGreaterThan(20);
    // the address alone brings it back
    await page.reload();
    await expect(tab(page, name)).toHaveAttribute("aria-current", "page");
    await expect(caption(page)).toHaveText(said);
  }
  await tab(page, "Bars").click();
  expect(param(page, "compare.chart")).toBeNull();
  await page.goBack();
  await expect(tab(page, "ROC")).toHaveAttribute("aria-current", "page");
});

test("choices stand in the address: a score, axes, log scales", async ({ page }) => {
  await workshop(page);
  await tab(page, "Lines").click();
  await compare(page).getByLabel("Score").selectOption("metrics.test_roc_auc");
  expect(param(page, "compare.score")).toBe("metrics.test_roc_auc");
  const along = compare(page).getByRole("checkbox", { name: "Log axis along" });
  await expect(along).toBeChecked();
  await along.uncheck();
  expect(param(page, "compare.log")).toBe("none");
  expect((await table(page))[0]).toEqual(["Series", "max_iter", "ROC AUC, test", "Of"]);
  await page.reload();
  await expect(along).not.toBeChecked();
  expect((await table(page))[0]).toEqual(["Series", "max_iter", "ROC AUC, test", "Of"]);

  await tab(page, "Scatter").click();
  await compare(page).getByLabel("Along", { exact: true }).selectOption("attributes.steps");
  await compare(page).getByLabel("Upward", { exact: true }).selectOption("metrics.train_accuracy");
  expect([param(page, "compare.x"), param(page, "compare.y")]).toEqual(["attributes.steps", "metrics.train_accuracy"]);
  const [head, ...rows] = await table(page);
  expect(head.slice(2)).toEqual(["Steps taken", "Accuracy, train"]);
  if (telcoCsv) {
    const found = rows.map((row) => row.slice(2)).sort();
    const grid = reference("svc_grid").grid;
    expect(found).toEqual(grid.map((of) => [of.n_iter.toLocaleString("en-US"), score(of.train_score)]).sort());
  }

  await tab(page, "All at once").click();
  await compare(page).locator("details.column-choice summary").click();
  await compare(page).getByRole("checkbox", { name: "kernel" }).uncheck();
  await compare(page).getByRole("checkbox", { name: "Steps taken" }).check();
  expect(param(page, "compare.axes")).toBe("params.max_iter|attributes.steps");
  expect((await table(page))[0]).toEqual(["Name", "max_iter (log)", "Steps taken (log)", "ROC AUC, test"]);
});

test("runs are walked by keys, picked on an axis, and compared further", async ({ page }) => {
  const runs = await workshop(page);
  await tab(page, "All at once").click();
  const chart = compare(page).locator("canvas");
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toContainText(`Run ${runs[0]}: max_iter 1, kernel linear, Accuracy, test`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toContainText(`Run ${runs[2]}: max_iter 100, kernel linear, `);
  await page.keyboard.press("Enter");
  expect(param(page, "compare.lit")).toBe(String(runs[2]));
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(compare(page).getByText("2 runs picked")).toBeVisible();
  await expect(caption(page)).toContainText(", picked");
  await page.reload();
  await expect(compare(page).getByText("2 runs picked")).toBeVisible();
  await compare(page).getByRole("button", { name: "Show all again" }).click();
  expect(param(page, "compare.lit")).toBeNull();

  // the upper end of the scores, at the right: .79181 twice and .77531
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width } = await chart.boundingBox();
  await page.mouse.move(x + width - 75, y + 58);
  await page.mouse.down();
  await page.mouse.move(x + width - 30, y + 92, { steps: 5 });
  await page.mouse.up();
  const lit = param(page, "compare.lit");
  if (telcoCsv) expect(lit).toBe([runs[4], runs[8], runs[9]].join(","));
  const n = lit.split(",").length;
  await compare(page).getByRole("button", { name: "Compare only these" }).click();
  expect(param(page, "compare")).toBe(lit);
  await expect(page.getByRole("heading", { name: `Compare ${n} runs` })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Compare 10 runs" })).toBeVisible();

  // points and cells are walked too
  await tab(page, "Scatter").click();
  await chart.focus();
  await page.keyboard.press("End");
  await expect(caption(page)).toContainText(/^Run \d+, (linear|rbf): max_iter 10,000, Accuracy, test/);
  await tab(page, "Map").click();
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toContainText(/^(linear|rbf) and 1: Accuracy, test \.\d{5}, Run \d+$/);
});

test("forty runs: no limit is no 0, many values are said, the table is turned", async ({ page }) => {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  await api(page, "grid", datasetId, {
    model: "decision_tree",
    params: { max_depth: [1, 2, 3, 4, null], min_samples_leaf: [1, 2, 3, 5, 8, 13, 21, 34] },
  });
  await api(page, "grid", datasetId, { model: "knn", params: { n_neighbors: [5, 15] } });
  const runs = Array.from({ length: 42 }, (_, at) => 2 + at);
  await visit(page, `view=train&compare=${runs.join(",")}&compare.chart=parallel`);
  await expect(page.getByRole("heading", { name: "Compare 42 runs" })).toBeVisible();
  const [head, ...lines] = await table(page);
  expect(lines).toHaveLength(42);
  const depth = head.indexOf("max_depth");
  const depths = lines.map((row) => row[depth]);
  expect(depths.filter((cell) => cell === "none")).toHaveLength(8);
  expect(depths.filter((cell) => cell === "not set")).toHaveLength(2);
  expect(depths).not.toContain("0");
  await expect(compare(page).locator("table.compared tbody tr")).toHaveCount(42);

  await visit(page, `view=train&compare=${runs.join(",")}&compare.chart=line&compare.over=params.max_depth&compare.by=none`);
  await expect(caption(page)).toContainText(
    "Not drawn, because it has no place on an axis of numbers: 8 runs with max_depth none, 2 runs with max_depth not set",
  );
  const points = (await table(page)).slice(1);
  expect(points.map((row) => row[1])).toEqual(["1", "2", "3", "4"]);
  expect(points.map((row) => row[3])).toEqual(Array(4).fill("mean of 8 runs"));

  await visit(page, `view=train&compare=${runs.join(",")}&compare.chart=map&compare.x=params.max_depth&compare.y=params.min_samples_leaf`);
  const [columns, ...rows] = await table(page);
  expect(columns.filter((name) => !name.endsWith(", of"))).toEqual(["min_samples_leaf", "1", "2", "3", "4", "none", "not set"]);
  expect(rows.map((row) => row[0])).toEqual(["not set", "34", "21", "13", "8", "5", "3", "2", "1"]);
  expect(rows[0].slice(1, 5)).toEqual(["–", "", "–", ""]);
  expect(rows[0].at(-1)).toBe("mean of 2 runs");
  for (const chart of ["scatter", "box", "roc"]) {
    await visit(page, `view=train&compare=${runs.join(",")}&compare.chart=${chart}`);
    await expect(caption(page)).not.toBeEmpty();
    expect((await table(page)).length).toBeGreaterThan(2);
  }
});

test("settings drawn at random are points, not cells between them", async ({ page }) => {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  const values = (from) => Array.from({ length: 12 }, (_, at) => Number((from * 2 ** at).toPrecision(3)));
  await api(page, "grid", datasetId, {
    model: "svc",
    params: { C: values(0.01), gamma: values(0.001), max_iter: 200 },
    draw: { n: 20, seed: 3 },
  });
  const runs = Array.from({ length: 20 }, (_, at) => 2 + at).join(",");
  await visit(page, `view=train&compare=${runs}&compare.chart=map`);
  await expect(caption(page)).toContainText("Each point is a run. They are no grid, so nothing is drawn between them");
  const [head, ...rows] = await table(page);
  expect(head).toEqual(["Name", "C (log)", "gamma (log)", "Accuracy, test"]);
  expect(rows).toHaveLength(20);
});

test("contours of a map are asked for, stand in the address, and say why they can't be drawn", async ({ page }) => {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  await api(page, "grid", datasetId, {
    model: "decision_tree",
    params: { max_depth: [1, 2, 4, 8], min_samples_leaf: [1, 5, 25], criterion: ["gini", "entropy"] },
  });
  const runs = Array.from({ length: 24 }, (_, at) => 2 + at).join(",");
  await visit(page, `view=train&compare=${runs}&compare.chart=map&compare.x=params.max_depth&compare.y=params.min_samples_leaf`);
  const contours = compare(page).getByRole("checkbox", { name: "Contours" });
  await expect(contours).toBeEnabled();
  await expect(contours).not.toBeChecked();
  await expect(caption(page)).toContainText("Empty cells were not tried");
  await expect(caption(page)).not.toContainText("Lines join equal scores");
  await contours.check();
  expect(param(page, "compare.contours")).toBe("1");
  await expect(caption(page)).toContainText(/lines? (is|are) at /);
  await expect(caption(page)).toContainText(
    "Lines join equal scores, read off between tried combinations; what lies between was not tried",
  );
  await expectAccessible(page);
  await page.reload();
  await expect(contours).toBeChecked();
  // lines are no marks: the first is a cell
  await compare(page).locator("canvas").focus();
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toContainText(/^25 and 1: Accuracy, test \.\d{5}, mean of 2 runs$/);
  await compare(page).getByLabel("Setting upward").selectOption("params.criterion");
  await expect(contours).toBeDisabled();
  await expect(contours).not.toBeChecked();
  await expect(compare(page).getByTitle("Contours need numbers along both sides; criterion has fewer than two")).toBeVisible();
  await compare(page).getByLabel("Setting upward").selectOption("params.min_samples_leaf");
  await contours.uncheck();
  expect(param(page, "compare.contours")).toBeNull();
});

test("what can't be compared says why", async ({ page }) => {
  await openReady(page, "view=train");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  for (let fit = 0; fit < 2; fit++) await api(page, "fit", datasetId, { model: "logistic", params: { C: 0.5 } });
  await visit(page, "view=train&compare=2,99");
  await expect(compare(page)).toContainText("Fewer than two of these runs are still there");
  await visit(page, "view=train&compare=2,3");
  await expect(compare(page)).toContainText("No score differs between these runs");
  await tab(page, "Lines").click();
  await expect(compare(page)).toContainText("No setting with numbers differs");
  await tab(page, "Map").click();
  await expect(compare(page)).toContainText("No score differs");
  await tab(page, "ROC").click();
  await expect(caption(page)).not.toBeEmpty();
  await expectAccessible(page);
});

test("every picture fits a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 300, seed: 7 });
  await api(page, "grid", datasetId, { model: "knn", params: { n_neighbors: [5, 15], weights: ["uniform", "distance"] } });
  for (const chart of ["", "parallel", "scatter", "map", "box", "line", "roc"]) {
    await visit(page, `view=train&compare=2,3,4,5${chart && `&compare.chart=${chart}`}`);
    await expect(compare(page).locator("canvas")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  }
});

// How long the lab takes in Chromium, for `cargo xtask bench`:
//   node tests/browser/bench.mjs URL CUSTOMERS.csv REFERENCE.csv CURRENT.csv 100K.csv 1M.csv
// Prints one line a row of the table: its key, then what each run took in milliseconds. Times inside
// the worker come from the answers themselves (`ms`); the others are waited for on the page, with
// all that lies between.
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import setup from "./chromium.js";

const [url, ...files] = process.argv.slice(2);
const [customers, reference, current] = files.slice(0, 3).map((file) => readFileSync(file, "utf8"));
const [thousands, million] = files.slice(3);

/** What takes milliseconds runs `RUNS` times, what takes seconds less often. */
const RUNS = 9;
const LONG_RUNS = 3;
const VISITS = 5;

const rows = {};
const note = (found) => {
  for (const [key, samples] of Object.entries(found)) (rows[key] ??= []).push(...samples);
};

/** In the page: reading, training and explaining, `runs` times each; deploys the last model. */
async function work({ csv, runs }) {
  const lab = window.churnLab;
  await lab.ready();
  const rows = { read: [], fit: [], lime_new: [], lime_drawn: [], call: [] };
  let model;
  for (let run = 0; run < runs; run++) {
    const data = await lab.loadCsv(csv, { name: `bench ${run}.csv` });
    rows.read.push(data.ms);
    model = await lab.fit(data.datasetId, { model: "logistic", params: { C: 1 }, split: { testRatio: 0.25, seed: 42 } });
    rows.fit.push(model.ms);
    // a new seed draws new neighbours, the same one finds them drawn
    rows.lime_new.push((await lab.explain(model.modelId, { tenure: 2 }, { seed: 100 + run, features: "all" })).ms);
    rows.lime_drawn.push((await lab.explain(model.modelId, { tenure: 3 }, { seed: 100 + run, features: "all" })).ms);
  }
  const data = await lab.loadCsv(csv, { name: "bench.csv" });
  for (const [key, model] of [["cv", "logistic_cv"], ["forest", "random_forest"], ["boosting", "gradient_boosting"]]) {
    rows[key] = [];
    for (let run = 0; run < 3; run++) rows[key].push((await lab.fit(data.datasetId, { model })).ms);
  }
  rows.grid = [];
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const runs = await lab.grid(data.datasetId, {
      model: "svc",
      params: { kernel: ["linear", "rbf"], max_iter: [1, 10, 100, 1000, 10000] },
    });
    rows.grid.push(performance.now() - start);
    if (runs.length !== 10) throw new Error(`A grid of ${runs.length} runs; wanted: 10`);
  }
  for (const key of ["shapley", "shapley_forest", "importance", "dependence"]) rows[key] = [];
  const forest = await lab.fit(data.datasetId, { model: "random_forest" });
  for (let run = 0; run < runs; run++) {
    rows.shapley.push((await lab.shapley(model.modelId, { tenure: 2 })).ms);
    rows.shapley_forest.push((await lab.shapley(forest.modelId, { tenure: 2 })).ms);
    rows.importance.push((await lab.whole(model.modelId, { method: "importance" })).ms);
    const dependence = { method: "dependence", feature: "tenure", rows: 10_000, points: 10 };
    rows.dependence.push((await lab.whole(model.modelId, dependence)).ms);
  }
  const vectors = await lab.fit(data.datasetId, { model: "svc" });
  rows.lime_svc = [];
  for (let run = 0; run < runs; run++) {
    rows.lime_svc.push((await lab.explain(vectors.modelId, { tenure: 2 }, { seed: 100 + run, features: "all" })).ms);
  }
  const { endpointId } = await lab.deploy(model.modelId, { name: "bench" });
  for (let run = 0; run < runs; run++) rows.call.push((await lab.call(endpointId, { tenure: run })).ms);
  return { rows, modelId: model.modelId };
}

/** In the page: a new endpoint and its 1,000 calls; gives milliseconds. */
async function simulate(modelId) {
  const { endpointId } = await window.churnLab.deploy(modelId, { name: "bench" });
  const start = performance.now();
  await window.churnLab.simulate(endpointId, { calls: 1000, seed: 42, scenario: "label_noise" });
  return performance.now() - start;
}

/** In the page: drift reports between two files. */
async function drift({ reference, current, runs }) {
  const lab = window.churnLab;
  const before = await lab.loadCsv(reference, { name: "reference.csv" });
  const after = await lab.loadCsv(current, { name: "current.csv" });
  const samples = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const { columns } = await lab.drift(before.datasetId, after.datasetId);
    samples.push(performance.now() - start);
    if (columns.length !== 20) throw new Error(`A drift report of ${columns.length} columns; wanted: 20`);
  }
  return samples;
}

/** In the page: how long a worker says it took to draw customers, milliseconds. */
async function draw(rows) {
  await window.churnLab.ready();
  return (await window.churnLab.sample({ rows, seed: 42 })).ms;
}

/** In the page: how long the lab says it took to read the data set of that name, milliseconds. */
function readMs(name) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(`churn-lab${location.pathname}`);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const read = open.result.transaction("datasets").objectStore("datasets").getAll();
      read.onerror = () => reject(read.error);
      read.onsuccess = () => resolve(read.result.find((dataset) => dataset.name === name)?.readMs);
      open.result.close();
    };
  });
}

/** In the page: goes to an address; gives milliseconds until the selection is counted and shown. */
function select(query) {
  return new Promise((resolve) => {
    const start = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      resolve(performance.now() - start);
    });
    const shown = document.querySelector("[data-testid=selected]");
    seen.observe(shown, { childList: true, characterData: true, subtree: true });
    history.pushState(null, "", `?view=explore${query}`);
    dispatchEvent(new PopStateEvent("popstate"));
  });
}

const FILTER = `&where=${encodeURIComponent('Contract = "Two year" and (tenure < 12 or MonthlyCharges >= 70)')}`;
const PICKS = `&pick.Contract=Month-to-month&pick.InternetService=${encodeURIComponent("Fiber optic")}`;

/** In the page: remembers how long each task took from now on that took over 50 ms. */
function watchTasks() {
  window.tasks = [];
  new PerformanceObserver((list) => {
    window.tasks.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({ entryTypes: ["longtask"] });
}

/** In the page: scrolls the table row by row and by jumps; gives milliseconds from frame to frame. */
async function scroll(selector) {
  const table = document.querySelector(selector);
  table.scrollIntoView();
  const frame = () => new Promise(requestAnimationFrame);
  const times = [await frame()];
  for (let step = 1; step <= 120; step++) {
    // every twelfth frame shows rows that are asked for
    table.scrollTop = step % 12 ? table.scrollTop + 30 : (table.scrollHeight * step) / 121;
    times.push(await frame());
  }
  return (times.at(-1) - times[0]) / 120;
}

/** What every page with its workers takes, as Linux counts: MB now, and at most so far, by process. */
function memory() {
  const megabytes = (status, name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_000;
  const pages = new Map();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [words, status] = ["cmdline", "status"].map((file) => readFileSync(`/proc/${id}/${file}`, "utf8"));
      if (words.includes("--type=renderer")) {
        pages.set(id, { now: megabytes(status, "VmRSS"), most: megabytes(status, "VmHWM") });
      }
    } catch {
      // it has ended meanwhile
    }
  }
  return pages;
}

/** A thousand runs, tried by all cores, and their table scrolled. */
async function manyRuns() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  const ms = await page.evaluate(async () => {
    const lab = window.churnLab;
    await lab.ready();
    const { datasetId } = await lab.sample({ rows: 150, seed: 5, name: "Small" });
    await lab.fit(datasetId, { model: "logistic" });
    const start = performance.now();
    await lab.grid(datasetId, { model: "logistic", params: { C: Array.from({ length: 1000 }, (_, at) => (at + 1) / 100) } });
    return performance.now() - start;
  });
  note({ runs_1k: [ms] });
  await page.getByRole("navigation").getByRole("link", { name: "Train" }).click();
  await page.getByTestId("run").first().waitFor();
  note({ runs_frame: [await page.evaluate(scroll, ".runs-box")] });
  await page.context().close();
}

/** In the page: everybody is explained by all cores; gives milliseconds. */
async function explainAll() {
  const value = (id) => document.querySelector(`[data-testid=${id}]`).dataset.value;
  const start = performance.now();
  document.querySelector("[data-testid=explain-all]").click();
  while (value("explained") !== value("selected")) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}

/** In the page: sorts the customers by a column, or goes to an address; gives milliseconds until other rows are there. */
async function change({ column, query }) {
  const table = "[data-testid=virtual-table]";
  const first = () => document.querySelector(`${table} tbody td.probability`)?.dataset.row;
  const before = first();
  const start = performance.now();
  if (column) [...document.querySelectorAll(`${table} .sort`)].find((head) => head.textContent.trim() === column).click();
  if (query) {
    history.pushState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
  }
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (![undefined, before].includes(first())) return performance.now() - start;
  }
}

/** In the page: drags the threshold over all customers. */
async function drag() {
  const slider = document.querySelector(".customers-threshold input[type=range]");
  for (let step = 0; step <= 100; step++) {
    slider.value = step / 100;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
}

/** All customers in their table: those of a file, or 100,000 made-up ones. */
async function everybody(text, size) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.evaluate(
    async (text) => {
      const lab = window.churnLab;
      await lab.ready();
      const read = () => (text ? lab.loadCsv(text, { name: "bench.csv" }) : lab.sample({ rows: 100_000, seed: 5, name: "100k" }));
      const { datasetId } = await read();
      await lab.fit(datasetId, { model: "logistic" });
    },
    text,
  );
  const start = Date.now();
  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await page.locator("[data-testid=virtual-table] td.probability").first().waitFor();
  if (size === "7k") {
    note({ explain_7k: [await page.evaluate(explainAll)] });
  } else {
    note({ customers_100k: [Date.now() - start] });
    await page.locator("[data-testid=virtual-table] td.weight").first().waitFor();
    await page.evaluate(watchTasks);
    note({ customers_sort: [await page.evaluate(change, { column: "probability" })] });
    note({ customers_where: [await page.evaluate(change, { query: "?view=customers&where=probability%20%3E%20.5" })] });
    await page.evaluate(change, { query: "?view=customers" });
    await page.evaluate(drag);
    note({ customers_frame: [await page.evaluate(scroll, "[data-testid=virtual-table]")] });
    note({ customers_blocked: [await page.evaluate(() => Math.max(50, ...window.tasks))] });
  }
  await page.context().close();
}

/** Reads a file as a person does, by its box, then filters and counts in Explore. */
async function explore(file, size, rows) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${url}?view=data`);
  await page.evaluate(() => window.churnLab.ready());
  await page.getByTestId("virtual-table").getByRole("row").nth(2).waitFor();
  const name = file.split(/[/\\]/).at(-1);
  // the page is at rest again when a person has found the file
  await page.waitForTimeout(1_000);
  const atRest = memory();
  await page.evaluate(watchTasks);
  await page.getByTestId("file-input").setInputFiles(file);
  await page.getByTestId("rows-read").getByText(rows).waitFor({ timeout: 60_000 });
  if (size !== "7k") note({ [`read_${size}`]: [await page.evaluate(readMs, name)] });
  if (size === "1m") {
    await page.getByTestId("columns-table").getByRole("row").nth(2).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);
    const grown = [...memory()].map(([id, { most }]) => most - (atRest.get(id)?.now ?? most));
    note({ memory: [Math.max(...grown)] });
    // the browser tells of none under 50
    note({ blocked: [await page.evaluate(() => Math.max(50, ...window.tasks))] });
    note({ frame: [await page.evaluate(scroll, "[data-testid=virtual-table]")] });
  }
  await page.getByRole("navigation").getByRole("link", { name: "Explore" }).click();
  await page.getByTestId("overview-card").first().waitFor({ timeout: 60_000 });
  for (let run = 0; run < LONG_RUNS; run++) {
    note({ [`where_${size}`]: [await page.evaluate(select, FILTER)] });
    await page.evaluate(select, "");
    note({ [`count_${size}`]: [await page.evaluate(select, PICKS)] });
    await page.evaluate(select, "");
  }
  await page.context().close();
}

const browser = await chromium.launch(setup.launchOptions);
for (let visit = 0; visit < VISITS; visit++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForSelector("[data-testid=probability]");
  note(
    await page.evaluate(() => ({
      picture: [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN],
      trained: [performance.now()],
    })),
  );
  await context.close();
}
const page = await (await browser.newContext()).newPage();
await page.goto(url);
const worked = await page.evaluate(work, { csv: customers, runs: RUNS });
note(worked.rows);
// the charts of the calls are live on this view
await page.getByRole("navigation").getByRole("link", { name: "Monitor" }).click();
await page.waitForSelector("[data-testid=simulate]");
for (let run = 0; run < LONG_RUNS; run++) note({ calls: [await page.evaluate(simulate, worked.modelId)] });
// and a report would be drawn there; the figure is of the report alone, so another view is shown
await page.getByRole("navigation").getByRole("link", { name: "Data" }).click();
note({ drift: await page.evaluate(drift, { reference, current, runs: RUNS }) });
for (let run = 0; run < LONG_RUNS; run++) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  note({ draw: [await page.evaluate(draw, 1_000_000)] });
  await page.context().close();
  await manyRuns();
  await everybody(customers, "7k");
  await everybody(null, "100k");
  await explore(files[0], "7k", "7,043");
  await explore(thousands, "100k", "100,000");
  await explore(million, "1m", "1,000,000");
}
await browser.close();

for (const [key, samples] of Object.entries(rows)) console.log(key, ...samples);

// How long the lab takes in Chromium, on the release build: medians, with the goal of each row.
//   cargo xtask bench
// Times inside the worker come from the answers themselves (`ms`); the others are waited for on the
// page, with all that lies between. Reads the real Telco file where it is there, else the sample.
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import setup from "./chromium.js";

const url = process.argv[2];
const shared = process.env.CHURN_LAB_SHARED ?? "../shared";
const file = `${shared}/data/WA_Fn-UseC_-Telco-Customer-Churn.csv`;
const csv = existsSync(file) ? readFileSync(file, "utf8") : null;
const RUNS = 9;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs in the page: every row of the table, in milliseconds. */
async function measure({ csv, runs }) {
  const lab = window.churnLab;
  await lab.ready();
  const rows = { read: [], fit: [], cold: [], warm: [], call: [], drift: [] };
  const time = async (work) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  let data, model, endpoint;
  for (let run = 0; run < runs; run++) {
    data = csv
      ? await lab.loadCsv(csv, { name: `bench ${run}.csv` })
      : await lab.sample({ rows: 7043, seed: run, name: `bench ${run}` });
    rows.read.push(data.ms);
    model = await lab.fit(data.datasetId, { model: "logistic", params: { C: 1 }, split: { testRatio: 0.25, seed: 42 } });
    rows.fit.push(model.ms);
    // a new seed draws new neighbours, the same one finds them drawn
    rows.cold.push((await lab.explain(model.modelId, { tenure: 2 }, { seed: 100 + run, features: "all" })).ms);
    rows.warm.push((await lab.explain(model.modelId, { tenure: 3 }, { seed: 100 + run, features: "all" })).ms);
  }
  endpoint = await lab.deploy(model.modelId, { name: "bench" });
  for (let run = 0; run < runs; run++) rows.call.push((await lab.call(endpoint.endpointId, { tenure: run })).ms);
  const calls = await time(() => lab.simulate(endpoint.endpointId, { calls: 1000, seed: 42, scenario: "label_noise" }));
  for (let run = 0; run < runs; run++) rows.drift.push(await time(() => lab.drift(data.datasetId, data.datasetId)));
  return { rows, calls };
}

const browser = await chromium.launch(setup.launchOptions);
const loads = { picture: [], trained: [] };
let bytes = 0;
for (let run = 0; run < 5; run++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForSelector("[data-testid=probability]");
  const [picture, trained, moved] = await page.evaluate(() => [
    performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    performance.now(),
    performance.getEntriesByType("resource").reduce((sum, entry) => sum + entry.decodedBodySize, 0),
  ]);
  loads.picture.push(picture);
  loads.trained.push(trained);
  bytes = moved;
  await context.close();
}
const page = await (await browser.newContext()).newPage();
await page.goto(url);
const { rows, calls } = await page.evaluate(measure, { csv, runs: RUNS });
await browser.close();

console.log(`\n${csv ? "The real Telco file" : "The embedded sample (the real file is absent)"}, Chromium, medians`);
const table = [
  ["first picture after navigation", median(loads.picture), 500],
  ["trained and explained after navigation", median(loads.trained), 1000],
  ["read, clean, encode 7,043 rows (worker)", median(rows.read), 10],
  ["split, encode, fit logistic, evaluate (worker)", median(rows.fit), 16],
  ["LIME 5,000 × 19, new neighbours (worker)", median(rows.cold), 4],
  ["LIME 5,000 × 19, neighbours drawn before (worker)", median(rows.warm), 4],
  ["one request (worker)", median(rows.call), 4],
  ["1,000 requests, with live page", calls, 5000],
  ["drift report, 20 columns, 7,032 × 7,032 rows, with the way there", median(rows.drift), 20],
];
for (const [what, ms, goal] of table) {
  console.log(`${ms.toFixed(1).padStart(9)} ms  goal ${String(goal).padStart(5)} ms  ${ms <= goal ? "met   " : "MISSED"}  ${what}`);
}
console.log(`${(bytes / 1000).toFixed(0).padStart(9)} kB  uncompressed, all a first visit loads`);

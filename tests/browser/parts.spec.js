// The worker's code comes in parts: which are fetched when, and what happens where one can't be.
const { test, expect, openReady, openSandboxed, ready, api, refusal, visit } = require("./support.js");

/** The names of the worker's WebAssembly files that were asked for, each as often as it was. */
function watchParts(page) {
  const parts = [];
  page.on("request", (request) => {
    const [, part] = /\/worker-[0-9a-f]+\/(\w+)\.wasm$/.exec(request.url()) ?? [];
    if (part) parts.push(part);
  });
  return parts;
}

/** Work that a worker can't do with the code it starts with. */
function fitTree(page, datasetId) {
  return api(page, "fit", datasetId, { model: "decision_tree", params: { max_depth: 3 } });
}

test("a first visit fetches the first part of the worker alone", async ({ page }) => {
  const parts = watchParts(page);
  await openReady(page);
  await expect(page.locator("[data-weight]")).toHaveCount(19);
  await expect(page.getByTestId("fidelity")).toBeVisible();
  const { datasetId } = await api(page, "sample", { rows: 500, seed: 3 });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await api(page, "call", endpointId, {});
  await api(page, "simulate", endpointId, { calls: 20 });
  await page.waitForTimeout(1500);
  expect(new Set(parts)).toEqual(new Set(["worker_bg"]));
  // an edit asks whether there could be such a customer
  await page.locator("tr[data-feature=Partner] [aria-pressed=false]").click();
  await expect.poll(() => parts.includes("split_trust")).toBe(true);
});

test("a forest fetches the part for it once a worker, and a question about rows another", async ({ page }) => {
  const parts = watchParts(page);
  await page.addInitScript(() => Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 }));
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 500, seed: 3 });
  const params = { n_estimators: 5, max_depth: 4 };
  for (let seed = 0; seed < 3; seed++) {
    await api(page, "fit", datasetId, { model: "random_forest", params: { ...params, seed } });
  }
  const count = (name) => parts.filter((part) => part === name).length;
  expect(count("split_training")).toBeGreaterThan(0);
  expect(count("split_training")).toBeLessThanOrEqual(count("worker_bg"));
  expect(count("split_figures")).toBe(0);
  expect((await api(page, "profile", datasetId)).nRows).toBeGreaterThan(400);
  expect(count("split_figures")).toBe(1);
});

test("a part that can't be fetched is told; when it can, the same worker goes on", async ({ page, complaints }) => {
  complaints.allow(/Failed to load resource|net::ERR_FAILED/);
  await openReady(page);
  const { datasetId } = await api(page, "sample", { rows: 500, seed: 3 });
  const lost = { code: "part_lost", message: expect.stringMatching(/reload the page/), isError: true };
  const part = /\/worker-[0-9a-f]+\/split_training\.wasm$/;
  await page.context().route(part, (route) => route.abort());
  expect(await refusal(page, "fit", datasetId, { model: "decision_tree" })).toEqual(lost);
  expect(await refusal(page, "fit", datasetId, { model: "decision_tree" })).toEqual(lost);
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  expect(await api(page, "predict", modelId, [{}]), "what is there works").toHaveLength(1);
  await page.context().unroute(part);
  // a new deploy took the files away
  await page.context().route(part, (route) => route.fulfill({ status: 404 }));
  expect(await refusal(page, "fit", datasetId, { model: "decision_tree" })).toEqual(lost);
  await page.context().unroute(part);
  expect((await fitTree(page, datasetId)).test.accuracy).toBeGreaterThan(0.5);
});

test("a question whose code can't be loaded is told in its room", async ({ page, complaints }) => {
  complaints.allow(/Failed to load resource|net::ERR_FAILED/);
  await page.context().route(/\/split_figures\.wasm$/, (route) => route.abort());
  await openReady(page);
  await visit(page, "Explore");
  await expect(page.getByRole("alert").first()).toContainText(/could not be loaded/i);
});

test("a sandboxed frame trains a tree and describes a data set", async ({ page }) => {
  const frame = await openSandboxed(page);
  await ready(frame);
  const { datasetId } = await api(frame, "sample", { rows: 500, seed: 3 });
  const { modelId } = await fitTree(frame, datasetId);
  expect(await api(frame, "predict", modelId, [{}, {}])).toHaveLength(2);
  expect((await api(frame, "profile", datasetId)).nRows).toBeGreaterThan(400);
});

// Workers that die, are cancelled, can't be loaded or come from another build.
const { test, expect, openReady, openSandboxed, ready, api, refusal } = require("./support.js");

/** Keeps every worker the page starts in `window.workers`. */
async function keepWorkers(page) {
  await page.addInitScript(() => {
    window.workers = [];
    window.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        window.workers.push(this);
      }
    };
  });
}

/** Ends every worker as a trap in WebAssembly does. */
function killWorkers(page) {
  return page.evaluate(() => {
    for (const worker of window.workers.splice(0)) {
      worker.terminate();
      worker.dispatchEvent(new ErrorEvent("error", { message: "unreachable executed", cancelable: true }));
    }
  });
}

/** Deploys the model of a fresh small data set. */
async function deploySmall(page) {
  const { datasetId } = await api(page, "sample", { rows: 2000, seed: 3 });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  return { datasetId, modelId, endpointId };
}

/** Begins 100,000 calls and comes back after the first were made; `window.simulation` tells how it ends. */
function beginSimulation(page, endpointId) {
  return page.evaluate(
    (id) =>
      new Promise((resolve) => {
        window.simulation = window.churnLab
          .simulate(id, { calls: 100_000 }, ({ done }) => resolve(done))
          .then(() => ({ code: "none" }))
          .catch(({ code, message }) => ({ code, message }));
      }),
    endpointId,
  );
}

test("a worker killed at work fails its task with its message; the page and what it made live on", async ({ page }) => {
  await keepWorkers(page);
  await openReady(page);
  const { datasetId, modelId, endpointId } = await deploySmall(page);
  expect(await beginSimulation(page, endpointId)).toBeGreaterThan(0);
  await killWorkers(page);
  expect(await page.evaluate(() => window.simulation)).toEqual({
    code: "worker_crashed",
    message: expect.stringContaining("unreachable executed"),
  });
  const { length } = await api(page, "metrics", endpointId);
  expect(length, "calls that were made").toBeGreaterThan(0);

  // a new worker is sent the data set and the model again
  expect((await api(page, "profile", datasetId)).nRows).toBeGreaterThan(1900);
  expect(await api(page, "predict", modelId, [{}])).toHaveLength(1);
  expect((await api(page, "simulate", endpointId, { calls: 20 })).nCalls).toBe(20);
  expect(await api(page, "metrics", endpointId)).toHaveLength(length + 20);

  await killWorkers(page);
  await page.reload();
  await ready(page);
  expect(await api(page, "metrics", endpointId), "after a reload").toHaveLength(length + 20);
});

test("a worker killed while idle is replaced before anyone notices", async ({ page }) => {
  await keepWorkers(page);
  await openReady(page);
  await expect(page.locator("[data-weight]")).toHaveCount(19);
  await killWorkers(page);
  const before = await page.getByTestId("probability").getAttribute("data-value");
  await page.locator("tr[data-feature=Partner] [aria-pressed=false]").click();
  await expect(page.getByTestId("probability")).not.toHaveAttribute("data-value", before);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("many requests at once are all answered, and as many as there are when the workers die", async ({ page }) => {
  await keepWorkers(page);
  await openReady(page);
  const { datasetId, modelId } = await deploySmall(page);
  const ask = () =>
    page.evaluate(
      ([dataset, model]) =>
        Promise.allSettled(
          Array.from({ length: 40 }, (_, k) =>
            k % 2 ? window.churnLab.profile(dataset) : window.churnLab.explain(model, {}, { samples: 20_000, seed: k }),
          ),
        ).then((all) => all.map(({ status, reason }) => reason?.code ?? status)),
      [datasetId, modelId],
    );
  expect(new Set(await ask())).toEqual(new Set(["fulfilled"]));
  const answers = ask();
  await page.waitForTimeout(50);
  await killWorkers(page);
  const ends = await answers;
  expect(ends).toHaveLength(40);
  expect(ends.every((end) => end === "fulfilled" || end === "worker_crashed"), ends.join()).toBe(true);
  expect(new Set(await ask())).toEqual(new Set(["fulfilled"]));
});

test("Cancel ends reading at once; the data set in use stays", async ({ page }) => {
  await openReady(page);
  const chip = await page.getByTestId("dataset-chip").textContent();
  const drawing = refusal(page, "sample", { rows: 1_000_000, seed: 1 });
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await drawing).toMatchObject({ code: "cancelled" });
  await expect(page.getByTestId("dataset-chip")).toHaveText(chip);
  expect((await api(page, "sample", { rows: 100, seed: 1 })).rows).toBe(100);
});

test("Cancel ends a simulation at once and keeps the calls made so far", async ({ page }) => {
  await openReady(page, "view=monitor");
  const { endpointId } = await deploySmall(page);
  await beginSimulation(page, endpointId);
  await page.getByRole("button", { name: "Cancel" }).click();
  const began = Date.now();
  expect(await page.evaluate(() => window.simulation)).toMatchObject({ code: "cancelled" });
  expect(Date.now() - began, "milliseconds until it ended").toBeLessThan(1000);
  const calls = await api(page, "metrics", endpointId);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.length).toBeLessThan(100_000);
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  expect((await api(page, "simulate", endpointId, { calls: 5 })).nCalls).toBe(5);
});

test("a worker of another build is told, and what helps", async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      set onmessage(receive) {
        let greeted = false;
        super.onmessage = (event) => {
          if (!greeted) event.data.Ready.build += "-older";
          greeted = true;
          receive.call(this, event);
        };
      }
    };
  });
  await openReady(page);
  await expect(page.getByRole("alert")).toContainText(/The page is of build \S+, its worker of \S+; reload the page/);
  expect(await refusal(page, "sample", { rows: 10 })).toMatchObject({ code: "stale_build" });
});

test("a worker that can't be loaded is told; when it can, the lab works", async ({ page, complaints }) => {
  complaints.allow(/404|Failed to load resource/);
  await page.route(/worker_loader\.js$/, (route) => route.fulfill({ status: 404 }));
  await openReady(page);
  await expect(page.getByRole("alert")).toContainText("The worker stopped");
  await page.unroute(/worker_loader\.js$/);
  expect((await api(page, "sample", { rows: 100, seed: 1 })).rows).toBe(100);
});

test("a worker that can't be loaded in a sandboxed frame is told too", async ({ page, complaints }) => {
  complaints.allow(/404|Failed to load resource/);
  await page.route(/worker_loader\.js$/, (route) => route.fulfill({ status: 404 }));
  const frame = await openSandboxed(page);
  await expect(frame.getByRole("alert")).toContainText("The worker stopped");
  await page.unroute(/worker_loader\.js$/);
  expect((await api(frame, "sample", { rows: 100, seed: 1 })).rows).toBe(100);
});

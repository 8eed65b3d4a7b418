// What stays in the browser: over reloads, migrations, broken records, refusals and full disks.
const { test, expect, openReady, openSandboxed, ready, api, refusal, stored } = require("./support.js");

const V1_STORES = ["settings", "datasets", "dataset_bytes", "runs", "models"];

/** Scripts of a page without the lab that works on the lab's database. */
const workshop = `
  const name = "churn-lab" + location.pathname.replace("blank", "");
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const openLab = (version, upgrade = () => {}) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => upgrade(request.result, request.transaction);
    return done(request);
  };
  /** Every record of these stores, as [store, key, value]. */
  const recordsOf = async (database, stores) => {
    const records = [];
    for (const store of stores) {
      const all = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
      keys.forEach((key, k) => records.push([store, key, values[k]]));
    }
    return records;
  };`;

/** Leaves the lab for a page of the same path that has the functions above. */
async function openWorkshop(page) {
  await page.route("**/blank", (route) =>
    route.fulfill({ contentType: "text/html", body: `<title>Blank</title><script>${workshop}</script>` }),
  );
  await page.goto("./blank");
}

/** Overwrites records of the lab, given as [store, key, value]. */
async function overwrite(page, records) {
  await openWorkshop(page);
  await page.evaluate(async (records) => {
    const database = await openLab();
    for (const [store, key, value] of records) {
      await done(database.transaction(store, "readwrite").objectStore(store).put(value, key));
    }
    database.close();
  }, records);
}

const storageChip = (page) => page.getByTestId("storage-chip");
const notices = (page) => page.getByRole("status", { name: "Messages" });

/** A small data set with a model, deployed and called. */
async function fill(page) {
  const { datasetId, kept } = await api(page, "sample", { rows: 400, seed: 5, name: "Small" });
  const { modelId, runId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await api(page, "call", endpointId, { tenure: 3 });
  await api(page, "simulate", endpointId, { calls: 30 });
  const [probability] = await api(page, "predict", modelId, [{}]);
  return { datasetId, kept, modelId, runId, endpointId, probability, calls: await api(page, "metrics", endpointId) };
}

/** What `fill` made is there and works. */
async function expectFilled(page, made) {
  expect((await api(page, "profile", made.datasetId)).nRows).toBe(made.kept);
  expect(await api(page, "predict", made.modelId, [{}])).toEqual([made.probability]);
  expect(await api(page, "metrics", made.endpointId)).toEqual(made.calls);
  const answer = await api(page, "call", made.endpointId, {});
  expect(answer.prediction.probability).toBe(made.probability);
}

test("a reload keeps data set, run, endpoint, calls and what is in use", async ({ page }) => {
  await openReady(page);
  await expect(storageChip(page)).toHaveText("Saved in this browser");
  const made = await fill(page);
  await page.reload();
  await ready(page);
  await expect(page.getByTestId("dataset-chip")).toContainText("Small");
  await expect(page.getByTestId("model-chip")).toContainText("AUC");
  expect(await stored(page, "settings", "model")).toBe(made.modelId);
  await expectFilled(page, made);
  await expect(notices(page)).toBeEmpty();
});

test("a data set and a model chosen earlier are in use after a reload", async ({ page }) => {
  await openReady(page);
  const [first, dataset, model] = [
    await page.getByTestId("dataset-chip").textContent(),
    await stored(page, "settings", "dataset"),
    await stored(page, "settings", "model"),
  ];
  await fill(page);
  await overwrite(page, [
    ["settings", "dataset", dataset],
    ["settings", "model", model],
  ]);
  await openReady(page);
  await expect(page.getByTestId("dataset-chip")).toHaveText(first);
  expect(await stored(page, "settings", "model")).toBe(model);
});

test("another tab opens with the same things", async ({ page, context }) => {
  await openReady(page);
  const made = await fill(page);
  const tab = await context.newPage();
  await openReady(tab);
  await expectFilled(tab, made);
});

test("a database of version 1 is upgraded with everything in it", async ({ page }) => {
  await openReady(page);
  const { datasetId, kept } = await api(page, "sample", { rows: 400, seed: 5, name: "Old" });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const probabilities = await api(page, "predict", modelId, [{}, { tenure: 1 }]);
  await openWorkshop(page);
  const version = await page.evaluate(async (stores) => {
    const now = await openLab();
    const records = await recordsOf(now, stores);
    now.close();
    await done(indexedDB.deleteDatabase(name));
    const old = await openLab(1, (database, transaction) => {
      for (const store of stores) database.createObjectStore(store);
      for (const [store, key, value] of records) transaction.objectStore(store).put(value, key);
    });
    old.close();
    return now.version;
  }, V1_STORES);
  expect(version).toBeGreaterThan(1);

  expect(await openReady(page)).toMatchObject({ storage: "indexeddb" });
  await expect(page.getByTestId("dataset-chip")).toContainText("Old");
  expect((await api(page, "profile", datasetId)).nRows).toBe(kept);
  expect(await api(page, "predict", modelId, [{}, { tenure: 1 }])).toEqual(probabilities);
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await api(page, "call", endpointId, {});
  await page.reload();
  await ready(page);
  expect(await api(page, "metrics", endpointId), "what version 2 added").toHaveLength(1);
  await openReady(page, "view=explain&versions=saved");
  await page.getByTestId("versions").getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByTestId("scenarios").getByRole("listitem"), "what version 5 added").toHaveCount(1);
  await page.reload();
  await expect(page.getByTestId("scenarios").getByRole("listitem")).toHaveCount(1);
});

test("a broken record is told by its place, and the rest lives", async ({ page }) => {
  await openReady(page);
  const made = await fill(page);
  const { runId, modelId } = await api(page, "fit", made.datasetId, { model: "logistic" });
  const broken = [
    ["runs", runId, {}],
    ["models", modelId, "soup"],
    ["datasets", "lost", null],
    ["endpoints", "lost", 7],
    ["events", "lost", []],
    ["settings", "model", { model: 1 }],
  ];
  await overwrite(page, broken);
  await openReady(page);
  for (const [store, key] of broken) {
    await expect(notices(page)).toContainText(`${store}/${key} in this browser's storage can't be read`);
  }
  await expect(page.getByTestId("model-chip")).toContainText("AUC");
  await expectFilled(page, made);
  await notices(page).getByRole("button", { name: "Dismiss" }).first().click();
  await expect(notices(page).getByRole("button", { name: "Dismiss" })).toHaveCount(broken.length - 1);
});

test("broken rows of a data set are told where they are needed", async ({ page }) => {
  await openReady(page);
  const made = await fill(page);
  for (const [code, bytes] of [["corrupt_dataset", true], ["storage_corrupt", false]]) {
    await openWorkshop(page);
    await page.evaluate(
      async ([id, bytes]) => {
        const database = await openLab();
        const store = database.transaction("dataset_bytes", "readwrite").objectStore("dataset_bytes");
        await done(bytes ? store.put(new Uint8Array([1, 2, 3]), id) : store.delete(id));
        database.close();
      },
      [made.datasetId, bytes],
    );
    await openReady(page);
    expect(await refusal(page, "profile", made.datasetId)).toMatchObject({ code });
    expect(await api(page, "predict", made.modelId, [{}]), "the model lives").toEqual([made.probability]);
  }
});

test("a database of a newer version is left alone; the lab works in memory and says so", async ({ page }) => {
  await openReady(page);
  const made = await fill(page);
  await openWorkshop(page);
  await page.evaluate(async () => (await openLab(99)).close());
  expect(await openReady(page)).toMatchObject({ storage: "memory" });
  await expect(storageChip(page)).toContainText("In memory only");
  await expect(storageChip(page)).toContainText("newer version");
  await fill(page);
  await openWorkshop(page);
  const runs = await page.evaluate(async () => recordsOf(await openLab(), ["runs"]));
  expect(runs.map(([, key]) => key)).toContain(made.runId);
  expect(runs).toHaveLength(2);
});

const refusals = {
  "throws when it is opened": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
  },
  "is not there": () => Object.defineProperty(window, "indexedDB", { value: undefined }),
  "refuses to write": () => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException("The disk is broken.", "UnknownError");
    };
  },
};
for (const [how, refuse] of Object.entries(refusals)) {
  test(`where storage ${how}, the lab works in memory and says so`, async ({ page }) => {
    await page.addInitScript(refuse);
    expect(await openReady(page)).toMatchObject({ storage: "memory" });
    await expect(storageChip(page)).toContainText("In memory only");
    await expect(page.locator("[data-weight]")).toHaveCount(19);
    await expectFilled(page, await fill(page));
    await api(page, "reset");
    await expect(page.getByTestId("dataset-chip")).toContainText("Telco sample");
  });
}

test("in a sandboxed frame the whole lab works in memory, and says so", async ({ page }) => {
  const frame = await openSandboxed(page);
  expect(await ready(frame)).toMatchObject({ storage: "memory" });
  await expect(storageChip(frame)).toContainText("In memory only");
  await frame.evaluate(() => (window.sameDocument = true));

  const probability = frame.getByTestId("probability");
  await expect(probability).toHaveText(/of 100/);
  await expect(frame.locator("[data-weight]")).toHaveCount(19);
  const before = await probability.getAttribute("data-value");
  await frame.locator("tr[data-feature=Partner] [aria-pressed=false]").click();
  await expect(probability).not.toHaveAttribute("data-value", before);
  await frame.getByRole("searchbox").fill("4");
  await frame.getByRole("searchbox").press("Enter");
  await expect.poll(() => frame.url()).toMatch(/customer=4$/);
  await frame.evaluate(() => history.back());
  await expect.poll(() => frame.url()).toMatch(/set\.Partner/);

  const visit = async (room) => {
    const link = frame.getByRole("navigation").getByRole("link", { name: room });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(frame.getByRole("heading", { level: 1 })).toBeFocused();
  };
  const press = (name) => frame.getByRole("main").getByRole("button", { name, exact: true }).click();
  await visit("Data");
  await expect(frame.getByTestId("rows-kept")).toHaveText("7,032");
  await visit("Explore");
  await expect(frame.getByTestId("churn-rate")).toContainText("%");
  await visit("Train");
  await frame.getByLabel("C", { exact: true }).fill("2");
  await frame.getByLabel("C", { exact: true }).press("Enter");
  await expect(frame.getByTestId("run")).toHaveCount(2);
  await visit("Serve");
  await press("Deploy");
  await press("Call");
  await expect(frame.getByTestId("answer")).toBeVisible();
  await visit("Monitor");
  await press("Simulate");
  await expect(frame.getByTestId("metrics")).toHaveAttribute("data-calls", "1001", { timeout: 20_000 });
  await press("Compare");
  await expect(frame.getByTestId("drift-summary")).toBeVisible();

  await frame.getByRole("button", { name: "Delete everything…" }).click();
  const dialog = frame.getByRole("dialog");
  await dialog.getByRole("textbox").fill("delete");
  await dialog.getByRole("textbox").press("Enter");
  await expect(dialog).toBeHidden();
  await expect(frame.getByTestId("dataset-chip")).toContainText("Telco sample");
  await expectFilled(frame, await fill(frame));
  expect(await frame.evaluate(() => window.sameDocument), "nothing was loaded anew").toBe(true);
});

test("in a sandboxed frame a file of the same site is opened by the address", async ({ page }) => {
  const frame = await openSandboxed(page, "view=data&data=data/telco-sample.csv");
  await ready(frame);
  await expect(frame.getByTestId("dataset-chip")).toContainText("telco-sample.csv");
  await expect(frame.getByTestId("rows-read")).toHaveText("7,043");
});

test("Delete everything asks for a word, and then it is as on the first visit", async ({ page }) => {
  await openReady(page);
  const first = await page.getByTestId("dataset-chip").textContent();
  const made = await fill(page);
  await page.getByRole("button", { name: "Delete everything…" }).click();
  const dialog = page.getByRole("dialog");
  const go = dialog.getByRole("button", { name: "Delete everything" });
  await expect(go).toBeDisabled();
  await dialog.getByRole("textbox").fill("delet");
  await expect(go).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expectFilled(page, made);

  await page.getByRole("button", { name: "Delete everything…" }).click();
  await expect(dialog.getByRole("textbox")).toHaveValue("");
  await dialog.getByRole("textbox").fill("delete");
  await go.click();
  await expect(page.getByTestId("dataset-chip")).toHaveText(first);
  await expect(page.getByTestId("model-chip")).toContainText("AUC");
  for (const step of ["at once", "after a reload"]) {
    expect(await refusal(page, "metrics", made.endpointId), step).toMatchObject({ code: "unknown_endpoint" });
    expect(await refusal(page, "predict", made.modelId, [{}]), step).toMatchObject({ code: "unknown_model" });
    await expect(page.locator("[data-weight]")).toHaveCount(19);
    await page.reload();
    await ready(page);
  }
  await openWorkshop(page);
  const left = await page.evaluate(async () => {
    const database = await openLab();
    return (await recordsOf(database, [...database.objectStoreNames])).map(([store]) => store);
  });
  expect(left.toSorted()).toEqual(["dataset_bytes", "datasets", "models", "runs", "settings", "settings"]);
});

test("a write that finds no room is told; nothing stored is lost and the new thing works in this tab", async ({ page }) => {
  await openReady(page);
  const made = await fill(page);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function () {
      IDBObjectStore.prototype.put = put;
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  const { datasetId, kept } = await api(page, "sample", { rows: 500, seed: 6, name: "Homeless" });
  await expect(notices(page)).toContainText("no room left");
  await expectFilled(page, made);
  // two at once, so that a worker has to be sent the rows
  const profiles = await page.evaluate(
    (id) => Promise.all([1, 2, 3].map(() => window.churnLab.profile(id).then(({ nRows }) => nRows, ({ code }) => code))),
    datasetId,
  );
  expect(profiles).toEqual([kept, kept, kept]);
  await page.reload();
  await ready(page);
  expect((await api(page, "profile", made.datasetId)).nRows).toBe(made.kept);
  expect(await refusal(page, "profile", datasetId)).toMatchObject({ code: "unknown_dataset" });
});

test("a disk that is really full is told with what can be deleted", async ({ page, context, baseURL }) => {
  const devtools = await context.newCDPSession(page);
  const room = (quotaSize) =>
    devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(baseURL).origin, quotaSize });
  await room(2_000_000);
  await openReady(page);
  const made = await fill(page);
  await api(page, "sample", { rows: 150_000, seed: 6, name: "Large" });
  await expect(notices(page)).toContainText("no room left");
  await expectFilled(page, made);
  await room();
  await page.reload();
  await ready(page);
  await expectFilled(page, { ...made, calls: await api(page, "metrics", made.endpointId) });
});

test("a tab that upgrades or deletes the database closes this one's, which says so", async ({ page, context }) => {
  await openReady(page);
  const other = await context.newPage();
  await openWorkshop(other);
  await other.evaluate(() => done(indexedDB.deleteDatabase(name)));
  await expect(notices(page)).toContainText("another tab changed the stored lab");
  const { datasetId, kept } = await api(page, "sample", { rows: 100, seed: 1 });
  const profiles = await page.evaluate((id) => Promise.all([1, 2].map(() => window.churnLab.profile(id))), datasetId);
  expect(profiles.map(({ nRows }) => nRows)).toEqual([kept, kept]);
});

test("an older lab open in another tab is asked to be closed", async ({ page, context }) => {
  const other = await context.newPage();
  await openWorkshop(other);
  await other.evaluate(async (stores) => {
    window.held = await openLab(1, (database) => stores.forEach((store) => database.createObjectStore(store)));
  }, V1_STORES);
  await page.goto("./");
  await expect(notices(page)).toContainText("close it to go on");
  await other.close();
  expect(await ready(page)).toMatchObject({ storage: "indexeddb" });
});

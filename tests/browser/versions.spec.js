// Versions of a customer: kept under a name, two side by side, one on paper.
const { test, expect, openReady, api, stored, telcoCsv, reference, tabTo, expectAccessible } = require("./support.js");

const absent = "the real file is absent (set CHURN_LAB_SHARED): its numbers are skipped";
const card = (page) => page.getByTestId("versions");
const kept = (page) => page.getByTestId("scenarios").locator(":scope > li");
const others = (page) => page.getByTestId("other-scenarios").locator(":scope > li");
const named = (page, name) => kept(page).filter({ has: page.locator(".name", { hasText: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( On screen)?$`) }) });
const nameBox = (page) => card(page).getByLabel("Name of the scenario").first();
const save = (page) => card(page).locator(":scope > form").getByRole("button", { name: "Save" });
const gauge = (page) => page.getByTestId("probability");
const shown = async (page) => Number(await gauge(page).getAttribute("data-value"));

/** The level of a feature of the customer that it does not have. */
async function other(page, feature) {
  const select = page.locator(`.weights tr[data-feature="${feature}"]`).getByRole("combobox");
  const now = await select.inputValue();
  const all = await select.locator("option").evaluateAll((options) => options.map((option) => option.value));
  return all.find((level) => level !== now);
}

test("a changed customer is saved, survives a reload, and is opened, renamed, deleted and taken back", async ({ page }) => {
  test.setTimeout(90_000);
  await openReady(page, "view=explain&customer=4&versions=saved");
  await expect(card(page)).toContainText("Nothing is saved of this data set");
  const asStored = await shown(page);
  const contract = await other(page, "Contract");
  await page.locator('.weights tr[data-feature="Contract"]').getByRole("combobox").selectOption(contract);
  await expect(page).toHaveURL(/set\.Contract=/);
  await expect(gauge(page)).not.toHaveAttribute("data-value", String(asStored));
  const asChanged = await shown(page);
  const name = await nameBox(page).inputValue();
  expect(name).toContain(`, contract ${contract}`);
  await save(page).click();
  await expect(named(page, name)).toHaveAttribute("data-probability", String(asChanged));
  await expect(named(page, name)).toContainText("On screen");
  await expect(named(page, name)).toContainText("(run 1)");
  await expect(nameBox(page), "the next one is called otherwise").toHaveValue(`${name} (2)`);

  // what it is in the storage
  const id = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open(`churn-lab${location.pathname}`);
        open.onsuccess = () => {
          const keys = open.result.transaction("scenarios").objectStore("scenarios").getAllKeys();
          keys.onsuccess = () => resolve(keys.result[0]);
          open.result.close();
        };
      }),
  );
  const record = await stored(page, "scenarios", id);
  expect(record).toMatchObject({ name, row: 4, edits: { Contract: contract }, probability: asChanged, runNumber: 1 });
  expect(Object.keys(record.start)).toHaveLength(19);

  // a reload, another customer, and back to it
  await openReady(page, "view=explain&customer=9&set.Partner=Yes&versions=saved");
  await expect(named(page, name)).not.toContainText("On screen");
  await page.getByRole("button", { name: `Open ${name}` }).click();
  await expect(page).toHaveURL(/set\.Contract=/);
  await expect(page).not.toHaveURL(/set\.Partner/);
  await expect(gauge(page)).toHaveAttribute("data-value", String(asChanged));
  await expect(named(page, name)).toContainText("On screen");
  // Back takes the step back
  await page.goBack();
  await expect(page).toHaveURL(/customer=9/);
  await expect(page).toHaveURL(/set\.Partner=Yes/);

  await page.getByRole("button", { name: `Rename ${name}` }).click();
  await kept(page).getByLabel("Name of the scenario").fill("  Longer contract ");
  await page.keyboard.press("Enter");
  await expect(named(page, "Longer contract")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Rename Longer contract" })).toBeFocused();
  await page.getByRole("button", { name: "Delete Longer contract" }).click();
  await expect(kept(page)).toHaveCount(0);
  expect(await stored(page, "scenarios", id)).toBeUndefined();
  await page.locator(".notice", { hasText: "Scenario Longer contract deleted" }).getByRole("button", { name: "Undo" }).click();
  await expect(named(page, "Longer contract")).toHaveAttribute("data-probability", String(asChanged));
  await openReady(page, "view=explain&versions=saved");
  await expect(named(page, "Longer contract")).toHaveAttribute("data-probability", String(asChanged));
});

test("the same customer is undone to what it was before a scenario was opened", async ({ page }) => {
  await openReady(page, "view=explain&customer=4&versions=saved&set.tenure=3");
  await nameBox(page).fill("Three months");
  await save(page).click();
  await expect(named(page, "Three months")).toHaveCount(1);
  const box = page.locator('.weights tr[data-feature="tenure"]').getByRole("spinbutton");
  await box.fill("7");
  await expect(page).toHaveURL(/set\.tenure=7/);
  await page.getByRole("button", { name: "Open Three months" }).click();
  await expect(page).toHaveURL(/set\.tenure=3/);
  await expect(box).toHaveValue("3");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page).toHaveURL(/set\.tenure=7/);
});

test("names that are none, or taken, are refused where they are typed, and nothing is lost", async ({ page }) => {
  await openReady(page, "view=explain&customer=4&versions=saved");
  await nameBox(page).fill("One");
  await save(page).click();
  await expect(kept(page)).toHaveCount(1);
  const failure = card(page).getByRole("alert");
  for (const [name, code] of [["   ", "scenario_name"], ["x".repeat(81), "scenario_name"], [" oNE", "scenario_taken"]]) {
    await nameBox(page).fill(name);
    await save(page).click();
    await expect(failure).toHaveAttribute("data-code", code);
    await expect(nameBox(page), "what was typed stays").toHaveValue(name);
  }
  await expect(kept(page)).toHaveCount(1);
  await nameBox(page).fill("Two");
  await save(page).click();
  await expect(kept(page)).toHaveCount(2);
  await expect(failure).toHaveCount(0);
  await page.getByRole("button", { name: "Rename Two" }).click();
  await kept(page).getByLabel("Name of the scenario").fill("one");
  await page.keyboard.press("Enter");
  await expect(failure).toHaveAttribute("data-code", "scenario_taken");
  await expect(named(page, "Two")).toHaveCount(1);
});

test("with another model it says what was then and what is now; without its data set it says so", async ({ page }) => {
  test.setTimeout(90_000);
  await openReady(page, "view=explain&customer=4&versions=saved&set.tenure=3");
  await nameBox(page).fill("Three months");
  await save(page).click();
  const then = Number(await named(page, "Three months").getAttribute("data-probability"));
  await expect(named(page, "Three months").locator("[data-now]")).toHaveCount(0);
  const first = await stored(page, "settings", "dataset");
  const { runId } = await api(page, "fit", first, { model: "decision_tree", params: { max_depth: 3 } });
  expect(runId).toBeTruthy();
  const now = named(page, "Three months").locator("[data-now]");
  await expect(now).toContainText("(run 2)");
  await page.getByRole("button", { name: "Open Three months" }).click();
  await expect(gauge(page)).toHaveAttribute("data-value", await now.getAttribute("data-now"));
  expect(Number(await named(page, "Three months").getAttribute("data-probability"))).toBe(then);
  // compared with what it was
  await page.getByRole("button", { name: "Compare Three months" }).click();
  await expect(card(page)).toContainText("When “Three months” was saved, run 1 gave it");

  // the run it was seen with goes
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open(`churn-lab${location.pathname}`);
        open.onsuccess = () => {
          const write = open.result.transaction(["runs", "models"], "readwrite");
          const runs = write.objectStore("runs").getAll();
          runs.onsuccess = () => {
            const { id, model_id: model } = runs.result.find(({ number }) => number === 1);
            write.objectStore("runs").delete(id);
            write.objectStore("models").delete(model);
          };
          write.oncomplete = resolve;
          open.result.close();
        };
      }),
  );
  await openReady(page, "view=explain&customer=4&versions=saved");
  await expect(named(page, "Three months")).toContainText("(run 1, deleted)");
  await expect(now).toContainText("(run 2)");

  // another data set: it is there, of another one, and opening it goes there
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Small" });
  await api(page, "fit", datasetId, { model: "logistic" });
  await expect(others(page)).toHaveCount(1);
  await expect(others(page)).toContainText("Telco sample");
  await page.getByRole("button", { name: "Open Three months" }).click();
  await expect(named(page, "Three months")).toContainText("On screen");
  await expect(page).toHaveURL(/customer=.*set\.tenure=3/);
  expect(await stored(page, "settings", "dataset")).toBe(first);

  // its data set goes
  await page.goto("./?view=data");
  await page.getByRole("button", { name: "Delete Telco sample" }).click();
  await expect(page.locator(".notice", { hasText: "Telco sample deleted" })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Explain" }).click();
  await page.getByRole("button", { name: "Save, compare, print" }).or(card(page)).first().click();
  await expect(others(page)).toContainText("is not in this lab any more");
  await page.getByRole("button", { name: "Open Three months" }).click();
  await expect(card(page).getByRole("alert")).toHaveAttribute("data-code", "unknown_dataset");
});

test("a scenario that can't be read is told and left as it is; the others live", async ({ page }) => {
  await openReady(page, "view=explain&customer=4&versions=saved&set.tenure=3");
  await nameBox(page).fill("Three months");
  await save(page).click();
  await expect(kept(page)).toHaveCount(1);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open(`churn-lab${location.pathname}`);
        open.onsuccess = () => {
          const write = open.result.transaction("scenarios", "readwrite");
          write.objectStore("scenarios").put({ name: 7 }, "broken");
          write.oncomplete = resolve;
          open.result.close();
        };
      }),
  );
  await page.reload();
  await expect(named(page, "Three months")).toHaveCount(1);
  await expect(page.getByRole("status", { name: "Messages" })).toContainText("scenarios/broken in this browser's storage can't be read");
  expect(await stored(page, "scenarios", "broken")).toEqual({ name: 7 });
});

test("the link that Share copies has the changes in it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openReady(page, "view=explain&customer=4&versions=saved&set.tenure=3");
  await expect(card(page)).toContainText("Share, at the top, copies a link");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());
  const tab = await context.newPage();
  await tab.goto(link);
  await expect(gauge(tab)).toHaveAttribute("data-value", await gauge(page).getAttribute("data-value"));
});

test("two versions: what differs first, both weights as churnLab.explain gives them, in the address", async ({ page }) => {
  test.setTimeout(90_000);
  await openReady(page, "view=explain&customer=4&features=all&seed=9&versions=compare&set.tenure=3&set.PaperlessBilling=Yes");
  const rows = page.locator("table.versus tbody tr");
  await expect(rows).toHaveCount(19);
  const model = await stored(page, "settings", "model");
  const record = await page.locator(".weights tr[data-feature]").evaluateAll((all) => {
    const value = (row) => {
      const pressed = row.querySelector("[aria-pressed=true]");
      const input = row.querySelector("input");
      return pressed ? pressed.textContent : input ? Number(input.value) : row.querySelector("select").value;
    };
    return Object.fromEntries(all.map((row) => [row.dataset.feature, value(row)]));
  });
  const after = await api(page, "explain", model, record, { features: "all", seed: 9 });
  const versus = page.getByTestId("versus");
  await expect(versus).toHaveAttribute("data-second", String(after.probability));
  const second = await rows.evaluateAll((all) =>
    all.map((row) => [row.dataset.feature, Number(row.querySelectorAll("[data-weight]")[1].dataset.weight)]),
  );
  expect(Object.fromEntries(second)).toEqual(Object.fromEntries(after.contributions.map((c) => [c.feature, c.weight])));
  // the difference is of the weights as they are
  const differences = await rows.evaluateAll((all) =>
    all.map((row) => {
      const [one, two] = [...row.querySelectorAll("[data-weight]")].map((b) => Number(b.dataset.weight));
      return [row.querySelector("[data-difference]").dataset.difference, String(two - one)];
    }),
  );
  for (const [told, computed] of differences) expect(told).toBe(computed);
  const differ = await rows.evaluateAll((all) => all.map((row) => row.classList.contains("differs")));
  const n = differ.filter(Boolean).length;
  expect(n).toBeGreaterThan(0);
  expect(differ, "what differs comes first").toEqual([...differ].sort((a, b) => b - a));
  await expect(versus).toContainText(/^Changing /);

  // a scenario and the other way round, by keyboard and in the address
  await card(page).getByRole("link", { name: "Scenarios" }).click();
  await nameBox(page).fill("New");
  await save(page).click();
  await card(page).getByRole("button", { name: "Compare New" }).click();
  await expect(page).toHaveURL(/second=scenario-/);
  await expect(versus).toHaveAttribute("data-second", String(after.probability));
  const first = await versus.getAttribute("data-first");
  await page.getByLabel("First version").selectOption({ label: "New" });
  await page.getByLabel("Second version").selectOption({ label: "As in the data" });
  await expect(versus).toHaveAttribute("data-second", first);
  await expect(versus).toHaveAttribute("data-first", String(after.probability));
  await page.reload();
  await expect(versus).toHaveAttribute("data-second", first);
  await expect(versus).toHaveAttribute("data-first", String(after.probability));
  await page.getByLabel("Second version").selectOption({ label: "New" });
  await expect(versus).toContainText("Both have the same values");
  // in another browser there is no such scenario
  await openReady(page, "view=explain&customer=4&versions=compare&second=scenario-0");
  await expect(card(page)).toContainText("names a scenario that is not in this browser");
});

test("the workshop's story on the real file, in a sentence and on one page of paper", async ({ page }, info) => {
  test.skip(!telcoCsv, absent);
  test.setTimeout(120_000);
  await openReady(page);
  const { datasetId } = await api(page, "loadCsv", telcoCsv, { name: "telco.csv" });
  await api(page, "fit", datasetId, { model: "logistic", split: { testRatio: 0.25, seed: 42 } });
  const customer = reference("whatif").models.logistic_3a.nearest_to_58;
  const at = `view=explain&customer=${customer.clean_position}&features=all&set.InternetService=DSL`;
  await openReady(page, `${at}&versions=compare`);
  const versus = page.getByTestId("versus");
  await expect(versus).toHaveText(
    "Changing internet service from Fiber optic to DSL takes the probability of leaving from .580 to .282.",
  );
  const { as_is, with_DSL } = customer.probability.logistic_3a;
  // lbfgs, which made the reference, stops 1e-5 short of the optimum in the coefficients
  expect(Math.abs(Number(await versus.getAttribute("data-first")) - as_is)).toBeLessThan(2e-4);
  expect(Math.abs(Number(await versus.getAttribute("data-second")) - with_DSL)).toBeLessThan(2e-4);
  await expect(page.locator("table.versus tbody tr").first()).toHaveAttribute("data-feature", "InternetService");

  await openReady(page, `${at}&versions=page`);
  const sheet = page.getByTestId("sheet");
  await expect(sheet.locator("[data-weight]")).toHaveCount(19);
  await expect(page.getByTestId("page-probability")).toHaveText("Probability of leaving: .282; as in the data .580");
  for (const words of ["7,032 rows", "5,274 training rows", "5,000 neighbours, seed 42", "r²", "not causes", "Internet service: Fiber optic → DSL", "set.InternetService=DSL"]) {
    await expect(sheet).toContainText(words);
  }
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ media: "print", colorScheme });
    await expect(sheet).toBeVisible();
    for (const hidden of [".top", ".rail", ".page-head", ".columns", ".tabs", ".door button"]) {
      await expect(page.locator(hidden).first()).toBeHidden();
    }
    await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
    const colours = await sheet.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(document.body).colorScheme]);
    expect(colours).toEqual(["rgb(24, 32, 43)", "light"]);
    for (const format of ["A4", "Letter"]) {
      const pdf = (await page.pdf({ format, path: info.outputPath(`${format}-${colorScheme}.pdf`) })).toString("latin1");
      expect(pdf.match(/\/Type\s*\/Page\b/g), `${format}, ${colorScheme}`).toHaveLength(1);
    }
  }
  // without the card the room prints as before
  await page.emulateMedia({ media: "print" });
  await openReady(page, at);
  await expect(page.locator(".columns")).toBeVisible();
});

test("the door, the name, a scenario and another name are reached by keyboard", async ({ page }) => {
  test.slow();
  await openReady(page, "view=explain&customer=4&set.tenure=3");
  await tabTo(page, page.getByRole("button", { name: "Save, compare, print" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/versions=saved/);
  await tabTo(page, nameBox(page));
  await page.keyboard.press("Enter");
  await expect(kept(page)).toHaveCount(1);
  await tabTo(page, kept(page).getByRole("button", { name: /^Rename/ }));
  await page.keyboard.press("Enter");
  const box = kept(page).getByLabel("Name of the scenario");
  await expect(box).toBeVisible();
  await tabTo(page, box);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("By keyboard");
  await page.keyboard.press("Enter");
  await expect(named(page, "By keyboard")).toHaveCount(1);
  await tabTo(page, card(page).getByRole("link", { name: "Two versions" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  const second = page.getByLabel("Second version");
  await tabTo(page, second);
  await second.selectOption({ label: "By keyboard" });
  await expect(page).toHaveURL(/second=scenario-/);
  await expect(second, "the focus stays").toBeFocused();
});

for (const tab of ["saved", "compare", "page"]) {
  test(`${tab} is accessible, light and dark, wide and narrow`, async ({ page }) => {
    test.slow();
    await openReady(page, "view=explain&customer=4&set.tenure=3&versions=saved");
    await nameBox(page).fill("A name as long as names may be ".repeat(3).slice(0, 78));
    await save(page).click();
    await expect(kept(page)).toHaveCount(1);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await openReady(page, `view=explain&customer=4&set.tenure=3&versions=${tab}`);
      await expect(card(page)).toBeVisible();
      await expect(card(page).getByRole("status")).toHaveCount(0);
      if (tab === "saved") await kept(page).getByRole("button", { name: /^Rename/ }).click();
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, "px wider than the window").toBeLessThanOrEqual(0);
      const wider = await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth);
      expect(wider, "px wider than its room").toBeLessThanOrEqual(0);
    }
  });
}

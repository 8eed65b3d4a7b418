// The guide: a step is checked off when it was really done and not before, and stays so.
const { test, expect, openReady, tabTo, api, expectAccessible, stored } = require("./support.js");

/** Goes to an address as a link in the page does, so that the page stays. */
async function go(page, query) {
  await page.evaluate((query) => {
    history.pushState(null, "", `?${query}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, query);
}

const step = (page, id) => page.locator(`[data-step="${id}"]`);
const done = (page) => page.locator(".guide li.done").evaluateAll((all) => all.map((li) => li.dataset.step));

/** A table with a number and, under a longer name, another column as categories. */
const UNRELATED = `score,score_band,churn\n${"5,low,no\n50,high,yes\n7,low,yes\n".repeat(10)}`;

/** Keeps the steps made on the data page. */
async function apply(page) {
  await page.getByTestId("apply").click();
  await expect(page.getByTestId("steps")).toHaveCount(0);
}

/** Each step: what is near it and not enough, and what does it. */
const STEPS = [
  ["data.look", "view=train", "view=data"],
  ["data.filter", "view=explore&where=nothing", "view=explore&where=tenure+%3C+12"],
  ["explore.churners", "view=explore", "view=explore&where=Churn+%3D+Yes"],
  ["explore.group", "view=explore&column=Contract", "view=explore&tab=column&column=Contract"],
  ["data.seniors", "view=explore&tab=column&column=PaymentMethod&pick.SeniorCitizen=No", "view=explore&tab=column&column=PaymentMethod&pick.SeniorCitizen=Yes"],
  ["data.sample", "view=explore&sample=1", "view=explore&sample=0.1&sample.seed=7"],
  ["explore.histogram", "view=explore&tab=column&column=Contract", "view=explore&tab=column&column=tenure"],
  ["explore.box", "view=explore&tab=column&column=tenure", "view=explore&tab=column&column=tenure&by=Contract"],
  ["explore.pairs", "view=explore&tab=many&as=correlations", "view=explore&tab=many"],
  ["train.threshold", "view=train&threshold=0.5", "view=train&threshold=0.3"],
  ["train.steps", "view=train&judge=steps", "view=train&judge=steps&judge.step=2"],
  ["explain.customer", "view=explain", "view=explain&customer=3"],
  ["customers.table", "view=customers&tab=segments", "view=customers"],
  ["customers.threshold", "view=customers&threshold=0.5", "view=customers&threshold=0.3"],
  ["customers.explain", "view=customers&random=0", "view=customers&random=10"],
  ["customers.segment", "view=customers&tab=segments", "view=customers&tab=segments&x=InternetService"],
  ["explain.edit", "view=train&set.tenure=3", "view=explain&customer=3&set.tenure=40"],
  ["explain.fiber", "view=explain&customer=3&set.InternetService=No", "view=explain&customer=3&set.InternetService=DSL"],
  ["explain.trust", "view=train&trust=stability", "view=explain&trust=stability"],
  ["explain.whatif", "view=train&whatif=curves", "view=explain&whatif=curves"],
  ["explain.whole", "view=train&whole=importance", "view=explain&whole=importance"],
];

test("a step is checked off by what was done, and by nothing less", async ({ page }) => {
  test.slow();
  await openReady(page, "view=monitor");
  await expect(page.getByTestId("guide")).toBeVisible();
  expect(await done(page)).toEqual([]);

  for (const [id, almost, enough] of STEPS) {
    await go(page, almost);
    await page.waitForTimeout(100);
    expect(await done(page), `${id} by ${almost}`).not.toContain(id);
    await go(page, enough);
    await expect(step(page, id), `${id} by ${enough}`).toHaveClass("done");
    await expect(page.getByTestId("guide-said")).toContainText("Step done");
  }

  const modelId = await stored(page, "settings", "model");
  const datasetId = await stored(page, "settings", "dataset");
  const notYet = async (id) => expect(await done(page)).not.toContain(id);
  await notYet("train.fit");
  await api(page, "fit", datasetId, { model: "logistic", params: { C: 0.1 } });
  await expect(step(page, "train.fit")).toHaveClass("done");

  const trees = { model: "decision_tree", params: { max_depth: Array.from({ length: 10 }, (_, at) => at + 1) } };
  await api(page, "grid", datasetId, trees);
  const tried = (steps) => ({ model: "svc", params: { kernel: ["linear", "rbf"], max_iter: steps } });
  await api(page, "grid", datasetId, tried([1, 10, 100, 1000]));
  await api(page, "grid", datasetId, tried([1]));
  await notYet("train.grid");
  await api(page, "grid", datasetId, tried([10000]));
  await expect(step(page, "train.grid")).toHaveClass("done");
  await go(page, "view=train&compare=1,99");
  await page.waitForTimeout(100);
  await notYet("train.compare");
  await go(page, "view=train&compare=1,2");
  await expect(step(page, "train.compare")).toHaveClass("done");

  await notYet("serve.deploy");
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await expect(step(page, "serve.deploy")).toHaveClass("done");

  await api(page, "simulate", endpointId, { calls: 100 });
  await expect(step(page, "monitor.simulate")).toHaveClass("done");
  await notYet("serve.call");
  await api(page, "call", endpointId, {});
  await expect(step(page, "serve.call")).toHaveClass("done");

  await notYet("monitor.drift");
  await api(page, "drift", datasetId, endpointId);
  await expect(step(page, "monitor.drift")).toHaveClass("done");

  await notYet("train.register");
  const version = await api(page, "register", modelId, { name: "churn" });
  await notYet("train.register");
  await api(page, "alias", version, "champion");
  await expect(step(page, "train.register")).toHaveClass("done");

  await notYet("data.clone");
  await page.evaluate((text) => window.churnLab.loadCsv(text, { name: "unrelated.csv" }), UNRELATED);
  await go(page, "view=data");
  await expect(page.locator(".banner .name")).toHaveText("unrelated.csv");
  await page.getByRole("button", { name: "Copy: score", exact: true }).click();
  await apply(page);
  await notYet("data.clone");
  await page.getByLabel("Read as: score 2").selectOption("category");
  await apply(page);
  await expect(step(page, "data.clone")).toHaveClass("done");

  const all = await page.locator(".guide li").count();
  await expect(page.locator(".guide li.done")).toHaveCount(all);
  await expect(page.getByTestId("guide-button")).toContainText(`${all} of ${all}`);
});

test("what was done is done after a reload, until everything is deleted", async ({ page }) => {
  await openReady(page, "view=data");
  await expect(step(page, "data.look")).toHaveClass("done");
  await expect.poll(() => stored(page, "settings", "guide")).toBe("data.look");
  await openReady(page, "view=monitor");
  await expect(step(page, "data.look")).toHaveClass("done");
  expect(await done(page)).toEqual(["data.look"]);
  await api(page, "reset");
  await expect(page.locator(".guide li.done")).toHaveCount(0);
});

test("the way to a step is no step: the filter is not done by going there", async ({ page }) => {
  await openReady(page, "view=monitor");
  const filter = step(page, "data.filter");
  await filter.locator("summary").click();
  await filter.getByRole("link", { name: "Take me there" }).click();
  await expect(page).toHaveTitle("Explore · Churn Lab");
  await expect(step(page, "explore.churners")).not.toHaveClass("done");
  await expect(filter).not.toHaveClass("done");
});

test("it is worked by the keyboard, and stays open or closed over a reload", async ({ page }) => {
  test.slow();
  await openReady(page, "view=monitor");
  const button = page.getByTestId("guide-button");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  const first = step(page, "data.look");
  await expect(first.locator("details")).toHaveAttribute("open", "");
  await tabTo(page, first.locator("summary"));
  await page.keyboard.press("Enter");
  await expect(first.getByRole("link")).toBeHidden();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(first.getByRole("link", { name: /^Take me there.*customer table$/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("Data · Churn Lab");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(first).toHaveClass("done");
  await expect(step(page, "data.seniors").locator("details")).toHaveAttribute("open", "");

  await tabTo(page, page.getByRole("button", { name: "Close the guide" }));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("guide")).toBeHidden();
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await openReady(page, "view=data");
  await expect(page.getByTestId("guide")).toBeHidden();
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("guide")).toBeVisible();
});

test("on a narrow screen it is closed at first, and lies over the page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openReady(page, "view=data");
  const [button, guide] = [page.getByTestId("guide-button"), page.getByTestId("guide")];
  await expect(guide).toBeHidden();
  await button.click();
  await expect(guide).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(guide).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await expect(guide).toBeVisible();
  await button.click();
  await expect(guide).toBeHidden();
  await button.click();
  await step(page, "data.seniors").getByRole("link", { name: "Take me there" }).click();
  await expect(page).toHaveTitle("Explore · Churn Lab");
  await expect(guide).toBeHidden();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, "px wider than the window").toBeLessThanOrEqual(0);
});

for (const width of [1440, 390]) {
  test(`is accessible, light and dark, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openReady(page, "view=data");
    if (width === 390) await page.getByTestId("guide-button").click();
    await expect(page.getByTestId("guide")).toBeVisible();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });
}

// What every browser test starts from. Import `test` and `expect` from here, not from Playwright:
// a test then fails on anything the page complains about, and on any request that leaves its origin.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const base = require("@playwright/test");
const { AxeBuilder } = require("@axe-core/playwright");

const { expect } = base;

/** What a page did that it should not have done. A test that provokes a complaint allows it. */
class Complaints {
  #found = [];
  #allowed = [];

  /** Lets complaints pass that match `pattern`, for tests that kill a worker or refuse storage. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  add(text) {
    this.#found.push(text);
  }

  /** The complaints that were not allowed. */
  list() {
    return this.#found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}

/** Collects the complaints of all pages of a browser context. */
async function watch(context, origin) {
  const complaints = new Complaints();
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.add(`console ${message.type()}: ${message.text()}`);
    }
  });
  context.on("weberror", (event) => complaints.add(`page error: ${event.error().stack}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    const inPage = url.protocol === "data:" || url.protocol === "blob:";
    if (!inPage && url.origin !== origin) complaints.add(`request to another origin: ${url}`);
  });
  return complaints;
}

const test = base.test.extend({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints = await watch(context, new URL(baseURL).origin);
      await use(complaints);
      expect(complaints.list(), "what the page complained about").toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the lab at a view, as in `openLab(page, "view=explain&customer=7590-VHVEG")`. */
async function openLab(page, query = "") {
  return page.goto(query ? `./?${query}` : "./");
}

/** Opens the lab as `openLab` does and waits until it has a data set and a model; gives `ready()`'s answer. */
async function openReady(page, query = "") {
  await openLab(page, query);
  return ready(page);
}

/** Opens the lab in a frame that may run scripts and nothing else; gives the frame. */
async function openSandboxed(page, query = "") {
  const body = `<link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="./?${query}" width="1200" height="800"></iframe>`;
  await page.route("**/frame", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("./frame");
  return (await page.locator("iframe").elementHandle()).contentFrame();
}

/** Waits until the page that is open has a data set and a model. */
async function ready(page) {
  await page.waitForFunction(() => window.churnLab);
  return api(page, "ready");
}

/** More than there are controls on any page. */
const MOST_STEPS = 200;

/** How the focus shows on an element, or on what stands for it; runs in the page. */
function focusShown(element) {
  const shown = element.matches("input[type=file]") ? element.closest("label") : element;
  const { left, top, width, height } = shown.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
  return {
    where: `${element.localName} ${element.ariaLabel ?? element.textContent}`.slice(0, 60),
    outline: outlineStyle !== "none" && outlineWidth !== "0px",
    uncovered: shown.contains(onTop),
  };
}

const seen = { where: expect.any(String), outline: true, uncovered: true };

/** Walks with Tab until `target` has the focus; a person sees it there. */
async function tabTo(page, target, key = "Tab") {
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await target.evaluate(focusShown)).toEqual(seen);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${target}`);
}

/** Walks with Tab through the whole page and back to `first`, where the focus is; a person sees every stop. */
async function tabAround(page, first) {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluateHandle(() => document.activeElement);
    // between the last stop and the first one the focus is with the browser
    if (await stop.evaluate((element) => element === document.body)) continue;
    expect(await stop.evaluate(focusShown)).toEqual(seen);
    if (await first.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error("Tab never came back");
}

/** Goes to a room from anywhere by the keyboard. */
async function visit(page, room, key = "Shift+Tab") {
  const link = page.getByRole("navigation").getByRole("link", { name: room });
  await tabTo(page, link, key);
  await page.keyboard.press("Enter");
  await expect(link).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
}

/** Calls a method of `window.churnLab`; its arguments and answer pass as JSON. */
function api(page, method, ...args) {
  return page.evaluate(([method, args]) => window.churnLab[method](...args), [method, args]);
}

/** The code and the message a method of `window.churnLab` rejects with. */
function refusal(page, method, ...args) {
  return page.evaluate(
    ([method, args]) =>
      window.churnLab[method](...args).then(
        () => ({ code: "none", message: `${method} succeeded` }),
        (error) => ({ code: error.code, message: error.message, isError: error instanceof Error }),
      ),
    [method, args],
  );
}

/** What the browser keeps of the lab under a key of a store. */
function stored(page, store, key) {
  return page.evaluate(
    ([store, key]) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open(`churn-lab${location.pathname}`);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const read = open.result.transaction(store).objectStore(store).get(key);
          read.onerror = () => reject(read.error);
          read.onsuccess = () => resolve(read.result);
          open.result.close();
        };
      }),
    [store, key],
  );
}

const shared = process.env.CHURN_LAB_SHARED ?? join(__dirname, "../../../shared");

/** The text of a shared file, as in `sharedText("reference/eda.json")`; `null` where it is absent. */
function sharedText(path) {
  const file = join(shared, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Reference values: `reference("eda")` reads `eda.json`. */
function reference(name) {
  return JSON.parse(sharedText(`reference/${name}.json`));
}

/** The real Telco file; `null` where it is absent. */
const telcoCsv = sharedText("data/WA_Fn-UseC_-Telco-Customer-Churn.csv");

/** Fails unless |actual − expected| ≤ tolerance, for numbers and for lists and objects of numbers. */
function expectClose(actual, expected, tolerance, what = "value") {
  if (typeof expected === "number") {
    expect(Math.abs(actual - expected), `${what}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
    return;
  }
  expect(Object.keys(actual), what).toEqual(Object.keys(expected));
  for (const key of Object.keys(expected)) expectClose(actual[key], expected[key], tolerance, `${what}.${key}`);
}

/** Fails on any violation of WCAG 2.2 AA that axe can see on the page as it is now. */
async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    places: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
  expect(found, "what axe found").toEqual([]);
}

module.exports = {
  test,
  expect,
  openLab,
  openReady,
  openSandboxed,
  ready,
  tabTo,
  tabAround,
  visit,
  api,
  refusal,
  stored,
  telcoCsv,
  sharedText,
  reference,
  expectClose,
  expectAccessible,
};

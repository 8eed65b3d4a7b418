// What every browser test starts from. Import `test` and `expect` from here, not from Playwright:
// a test then fails on anything the page complains about, and on any request that leaves its origin.
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

module.exports = { test, expect, openLab, expectAccessible };

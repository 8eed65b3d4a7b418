// The first picture, and the promises of the page as a whole: its policy, its paths, its requests.
const { test, expect, openLab, openReady, expectAccessible } = require("./support.js");

// Where a test keeps the app from arriving, what was loaded for it is left over.
const unused = /preloaded using link preload but not used/;

const rooms = ["Data", "Explore", "Train", "Explain", "Serve", "Customers", "Monitor"];

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the first picture is there: title, rooms, and what is needed", async ({ page, complaints }) => {
    complaints.allow(unused);
    await openLab(page);
    await expect(page).toHaveTitle(/Churn Lab/);
    const rail = page.getByRole("navigation", { name: "Rooms of the lab" });
    await expect(rail.getByRole("link")).toHaveText(rooms);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("noscript p")).toHaveText(/needs JavaScript and WebAssembly/);
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`the first picture is accessible, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
      complaints.allow(unused);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      // The app never arrives, so the shell stays.
      await page.route(/\/start-[0-9a-f]+\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
      await openLab(page);
      await expect(page.locator("#shell")).toBeVisible();
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, "px wider than the window").toBeLessThanOrEqual(0);
    });
  }
}

/** Lets `window.appStarted` tell when the app has started. */
async function tellWhenStarted(page) {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", () => (window.appStarted = true), { once: true });
  });
}

test("the first picture does not wait for WebAssembly", async ({ page, complaints }) => {
  complaints.allow(unused);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await tellWhenStarted(page);
  try {
    await page.goto("./", { waitUntil: "commit" });
    await expect(page.locator("#shell h1")).toBeVisible();
    expect(await page.evaluate(() => Boolean(window.appStarted)), "the app started").toBe(false);
  } finally {
    // a request that is held keeps the browser from closing
    release();
  }
  await page.waitForFunction(() => window.appStarted);
});

test("the policy allows no inline script, no inline style, no eval", async ({ page }) => {
  await openLab(page);
  const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toMatch(/'unsafe-eval'|https?:|\*/);
});

test("the policy is obeyed by the browser", async ({ page, complaints }) => {
  complaints.allow(/Content Security Policy/);
  await openLab(page);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.head.append(script);
    return Boolean(window.inlineRan);
  });
  expect(ran, "an inline script ran").toBe(false);
  const left = await page.evaluate(() => fetch("https://example.com/").then(() => true, () => false));
  expect(left, "a request left the page").toBe(false);
});

test("everything is found below a sub-path, by relative addresses", async ({ page, baseURL, request }) => {
  const failed = [];
  page.on("response", (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  const outside = [];
  page.on("request", (sent) => {
    if (sent.url().startsWith("http") && !sent.url().startsWith(baseURL)) outside.push(sent.url());
  });
  await tellWhenStarted(page);
  await openLab(page, "view=data");
  await page.waitForFunction(() => window.appStarted);
  expect(failed).toEqual([]);
  expect(outside, "requests outside the sub-path").toEqual([]);

  const html = await (await request.get("./")).text();
  expect(html.match(/(?:src|href|content)="\/[^"]*"/g)).toBeNull();
});

test("the page names the worker of its own build, which says its first word", async ({ page }) => {
  await openLab(page);
  const address = await page.locator("meta[name='churn-lab-worker']").getAttribute("content");
  expect(address).toMatch(/^\.\/worker-[0-9a-f]{16}\/worker_loader\.js$/);
  const problem = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const worker = new Worker(new URL(url, document.baseURI), { type: "module" });
        const answer = (text) => {
          worker.terminate();
          resolve(text);
        };
        worker.onerror = (event) => answer(event.message || "the worker did not load");
        worker.onmessage = () => answer("");
        setTimeout(() => answer("the worker says nothing"), 10_000);
      }),
    address,
  );
  expect(problem).toBe("");
});

test("a theme chosen earlier is set before the page is painted", async ({ page }) => {
  await openLab(page);
  await page.evaluate(() => localStorage.setItem("churn-lab-theme", "dark"));
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("on a wide screen the rooms scroll and the page does not, so that its bar stays", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const view of ["explain", "train", "explore"]) {
    await openReady(page, `view=${view}`);
    await expect(page.getByTestId("guide")).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(overflow, `px higher than the window in ${view}`).toBeLessThanOrEqual(0);
  }
});

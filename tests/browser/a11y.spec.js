// Every view as WCAG asks for it, in both themes and on both sizes of screen, and the ways around.
const { test, expect, openReady, tabTo, tabAround, visit, api, expectAccessible } = require("./support.js");

const views = ["data", "explore", "train", "explain", "serve", "customers", "monitor"];
const titleOf = (view) => `${view[0].toUpperCase()}${view.slice(1)} · Churn Lab`;

/** Opens a view of a lab where something has been done in every room. */
async function openWorked(page, view) {
  await openReady(page, "view=monitor");
  const { datasetId } = await api(page, "sample", { rows: 600, seed: 5, name: "Small" });
  const { modelId } = await api(page, "fit", datasetId, { model: "logistic" });
  const { endpointId } = await api(page, "deploy", modelId, { name: "churn" });
  await api(page, "call", endpointId, {});
  await api(page, "simulate", endpointId, { calls: 250 });
  await openReady(page, `view=${view}`);
  // nothing is on its way any more
  await expect(page.locator("main [role=status]", { hasText: "Working…" })).toHaveCount(0);
}

for (const view of views) {
  test.describe(view, () => {
    for (const width of [1440, 390]) {
      test(`is accessible, light and dark, at ${width} px`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await openWorked(page, view);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          await expectAccessible(page);
        }
      });
    }

    test("shows the focus at every stop of Tab", async ({ page }) => {
      test.slow();
      await openWorked(page, view);
      const first = page.getByRole("link", { name: "Skip to the content" });
      await tabTo(page, first);
      await tabAround(page, first);
    });

    test("has one heading, its own title, and fits a screen of 320 px", async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await openWorked(page, view);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(titleOf(view));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, "px wider than the window").toBeLessThanOrEqual(0);
    });
  });
}

test("the first Tab reaches a link that skips to the content", async ({ page }) => {
  await openReady(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await expect(page).toHaveTitle(titleOf("explain"));
});

test("after a step to another room its heading has the focus", async ({ page }) => {
  await openReady(page);
  for (const view of [...views.filter((view) => view !== "explain"), "explain"]) {
    await visit(page, view);
    await expect(page).toHaveTitle(titleOf(view));
  }
  await page.goBack();
  await expect(page).toHaveTitle(titleOf("monitor"));
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("the dialog holds the focus and gives it back", async ({ page }) => {
  await openReady(page);
  const open = page.getByRole("button", { name: "Delete everything…" });
  await tabTo(page, open);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete everything" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

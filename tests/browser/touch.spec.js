// By finger on a small screen: what can be tapped is large enough, and a journey through Explain and
// Customers needs no mouse and no keyboard.
const { test, expect, openReady } = require("./support.js");

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

/** Side of a square that a finger hits: WCAG 2.2, 2.5.5. */
const FINGER = 44;

/** Controls in the page that are lower or narrower; links in running text are as high as their line. */
const tooSmall = (page) =>
  page.locator("main, .shell-nav, header").evaluateAll((places, finger) => {
    const controls = places.flatMap((place) => [
      ...place.querySelectorAll("button, select, input:not([type=range], [type=checkbox], [type=radio], [type=file]), nav a, [role=tab]"),
    ]);
    const seen = [...new Set(controls)].filter((control) => control.checkVisibility() && control.getClientRects().length > 0);
    const small = seen.filter((control) => {
      const { width, height } = control.getBoundingClientRect();
      return height < finger - 0.5 || width < finger - 0.5;
    });
    return { seen: seen.length, small: small.map((control) => `${control.outerHTML.slice(0, 120)}`) };
  }, FINGER);

for (const query of [
  "view=explain&customer=3&set.Contract=Two+year",
  "view=explain&customer=3&whatif=counterfactual",
  "view=explain&customer=3&trust=settings",
  "view=explain&customer=3&whole=dependence",
  "view=explain&customer=3&versions=saved",
  "view=customers",
  "view=customers&tab=segments&x=Contract",
]) {
  test(`what can be tapped has ${FINGER} px: ${query}`, async ({ page }) => {
    await openReady(page, query);
    await expect(page.locator("main [role=status]", { hasText: "Working…" })).toHaveCount(0);
    const { seen, small } = await tooSmall(page);
    expect(seen).toBeGreaterThan(5);
    expect(small).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, "px wider than the window").toBeLessThanOrEqual(0);
  });
}

test("a customer is changed, looked at closely, kept, and found in the table, by taps alone", async ({ page }) => {
  test.slow();
  await openReady(page, "view=explain&customer=5");
  const probability = page.getByTestId("probability");
  const before = await probability.getAttribute("data-value");
  await page.locator('tr[data-feature="Partner"] [aria-pressed=false]').tap();
  await expect(probability).not.toHaveAttribute("data-value", before);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(probability).toHaveAttribute("data-value", before);

  await page.getByRole("button", { name: "What would change it?" }).tap();
  await expect(page.getByTestId("whatif")).toBeVisible();
  await page.getByTestId("whatif").getByRole("link", { name: "Smallest changes" }).tap();
  await expect(page).toHaveURL(/whatif=counterfactual/);

  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).tap();
  const row = page.getByTestId("virtual-table").getByRole("row").nth(2);
  await expect(row).toBeVisible();
  await row.getByRole("link").first().tap();
  await expect(page).toHaveURL(/view=explain.*customer=/);
  await expect(probability).toBeVisible();
});

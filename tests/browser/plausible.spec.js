// Customers that could not be: flagged after an edit, repaired with one click, taken back with one.
const { test, expect, openReady, api, expectAccessible } = require("./support.js");

const flag = (page) => page.getByTestId("implausible");
const row = (page, feature) => page.locator(`tr[data-feature="${feature}"]`);

/** A lab with made-up customers; gives the place of the first one for whom `fits` holds. */
async function customerWho(page, fits) {
  await openReady(page, "view=data");
  const { datasetId } = await api(page, "sample", { rows: 3000, seed: 5, name: "Small" });
  await api(page, "fit", datasetId, { model: "logistic" });
  for (let at = 0; at < 60; at += 1) {
    await openReady(page, `view=explain&customer=${at}`);
    const value = async (feature) =>
      row(page, feature).locator("select, .segmented [aria-pressed=true], input").first().evaluate((e) => e.value || e.textContent.trim());
    if (await fits(value)) return at;
  }
  throw new Error("no such customer");
}

test("a phone that is taken away takes its lines along", async ({ page }) => {
  test.setTimeout(120_000);
  await customerWho(page, async (value) => (await value("MultipleLines")) === "Yes" && (await value("InternetService")) === "DSL");
  await expect(flag(page)).toHaveCount(0);
  const before = await row(page, "MonthlyCharges").locator("input").inputValue();
  await row(page, "PhoneService").getByRole("button", { name: "No", exact: true }).click();
  await expect(flag(page)).toContainText("No customer has phone service No with multiple lines Yes.");
  await expectAccessible(page);
  await page.getByTestId("repair").click();
  await expect(flag(page)).toHaveCount(0);
  await expect(row(page, "MultipleLines").locator("select")).toHaveValue("No phone service");
  await expect(row(page, "PhoneService").getByRole("button", { name: "No", exact: true })).toHaveAttribute("aria-pressed", "true");
  expect(Number(await row(page, "MonthlyCharges").locator("input").inputValue())).toBeLessThan(Number(before));
  await expect(page).toHaveURL(/set\.MultipleLines=No%20phone%20service/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "MultipleLines").locator("select")).toHaveValue("Yes");
  await expect(flag(page)).toBeVisible();
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(flag(page)).toHaveCount(0);
});

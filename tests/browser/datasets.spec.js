// Several data sets: read anew, beside each other, renamed, deleted, taken back.
const { readFileSync } = require("node:fs");
const { test, expect, openReady, api } = require("./support.js");
const { fileInput, steps, load, apply, datasets } = require("./data-page.js");
const foreign = require("./foreign.js");

const use = (page, name) => page.getByTestId("datasets").getByRole("button", { name: `Use ${name}`, exact: true }).click();
const remove = (page, name) => page.getByTestId("datasets").getByRole("button", { name: `Delete ${name}`, exact: true }).click();
const undo = (page) => page.locator(".notices").getByRole("button", { name: "Undo" });

test("a file is cut in another way", async ({ page }) => {
  await openReady(page, "view=data");
  await load(page, { name: "plans.csv", mimeType: "text/csv", buffer: Buffer.from("a;b,c;left\n1;x,1;no\n2;y,2;yes\n") }, "2");
  await page.getByTestId("format").locator("summary").click();
  await expect(page.getByTestId("delimiter")).toHaveValue("semicolon (;)");
  await page.getByTestId("delimiter").selectOption("comma (,)");
  await expect(page.getByLabel("Name: c;left")).toBeVisible();
  // it takes the place of the one before, which can be had back
  await expect(datasets(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByLabel("Name: b,c")).toBeVisible();
  await expect(datasets(page)).toHaveCount(2);
  // what is refused is told, and not shown as if it were so
  await page.getByTestId("format").locator("summary").click();
  await page.getByTestId("delimiter").selectOption("bar (|)");
  await expect(page.getByRole("alert")).toContainText("a single column");
  await expect(page.getByTestId("delimiter")).toHaveValue("semicolon (;)");
  await expect(datasets(page)).toHaveCount(2);
});

test("a data set that runs were made from stays beside the changed one", async ({ page }) => {
  await openReady(page, "view=data");
  await page.getByLabel("Used as: gender").selectOption("left out");
  await expect(steps(page)).toContainText("Runs were made from this data set");
  await page.getByTestId("apply").click();
  await expect(page.getByTestId("datasets").getByRole("listitem")).toHaveCount(2);
  await expect(page.locator(".banner .name")).toHaveText("Telco sample 2");
  await page.getByTestId("datasets").getByRole("button", { name: "Use Telco sample", exact: true }).click();
  await expect(page.getByLabel("Used as: gender")).toHaveValue("feature");
});

test("data sets are renamed, exported and deleted with undo", async ({ page }) => {
  await openReady(page, "view=data");
  await load(page, foreign.retail(), "500");
  await page.getByRole("button", { name: "Rename retail.tsv" }).click();
  await page.getByLabel("New name").fill("Shop");
  await page.getByLabel("New name").press("Enter");
  await expect(page.getByRole("button", { name: "Rename Shop" })).toBeFocused();
  await expect(page.locator(".banner .name")).toHaveText("Shop");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV Shop" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Shop.csv");
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  expect(lines).toHaveLength(501);
  expect(lines[0]).toBe("customer_id,last_purchase,channel,basket,note,status");

  await page.getByRole("button", { name: "Delete Shop" }).click();
  await expect(page.getByTestId("datasets").getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByTestId("datasets")).toContainText("Shop");
  await openReady(page, "view=data");
  await expect(page.getByTestId("datasets")).toContainText("Shop");
});

test("a file that can't be read as it looks is read as a person says", async ({ page }) => {
  await openReady(page, "view=data");
  await fileInput(page).setInputFiles({ name: "caret.txt", mimeType: "text/plain", buffer: Buffer.from("a^b^left\n1^x^no\n2^y^yes\n") });
  await expect(page.getByRole("alert")).toContainText("a single column");
  await expect(page.locator(".banner .name")).toHaveText("Telco sample");
  const refused = page.getByTestId("refused");
  await expect(refused.getByTestId("encoding")).toHaveValue("");
  await refused.getByTestId("delimiter").selectOption("caret (^)");
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(page.locator(".banner .name")).toHaveText("caret.txt");
  await expect(refused).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("changes that end where they began are none, and the rows stay", async ({ page }) => {
  await openReady(page, "view=data");
  await load(page, foreign.retail(), "500");
  await page.getByLabel("Used as: channel").selectOption("left out");
  await apply(page);
  await page.getByLabel("Used as: channel").selectOption("feature");
  await expect(steps(page)).toContainText("1 change");
  await page.getByLabel("Used as: channel").selectOption("left out");
  await expect(steps(page)).toHaveCount(0);
  await openReady(page, "view=data");
  await expect(page.getByTestId("rows-read")).toHaveText("500");
  await expect(page.getByTestId("columns-table")).toBeVisible();
});

test("a reading that is there already is used, whatever was made from it", async ({ page }) => {
  await openReady(page, "view=data");
  const change = async () => {
    await page.getByLabel("Used as: gender").selectOption("left out");
    await page.getByTestId("apply").click();
    await expect(page.locator(".banner .name")).toHaveText("Telco sample 2");
  };
  await change();
  const second = await page.locator(".banner").getAttribute("data-dataset");
  await api(page, "fit", second, { model: "logistic" });
  await use(page, "Telco sample");
  await change();
  await expect(datasets(page)).toHaveCount(2);
  // taking the first change back leaves what a run was made from
  await undo(page).first().click();
  await expect(page.locator(".banner .name")).toHaveText("Telco sample");
  await expect(datasets(page)).toHaveCount(2);
  await openReady(page, "view=data");
  await expect(datasets(page)).toHaveCount(2);
});

test("changes to one data set wait while another is changed", async ({ page }) => {
  await openReady(page, "view=data");
  await load(page, foreign.retail(), "500");
  await page.getByLabel("Used as: channel").selectOption("left out");
  await use(page, "Telco sample");
  await expect(steps(page)).toHaveCount(0);
  await page.getByLabel("Used as: gender").selectOption("left out");
  await expect(steps(page)).toContainText("1 change");
  await use(page, "retail.tsv");
  await expect(steps(page)).toContainText("1 change");
  await expect(page.getByLabel("Used as: channel")).toHaveValue("left out");
});

test("a deletion taken back brings the data set in use back with its model", async ({ page }) => {
  await openReady(page, "view=data");
  const chip = page.getByTestId("model-chip");
  const before = await chip.textContent();
  await load(page, foreign.retail(), "500");
  await use(page, "Telco sample");
  await remove(page, "Telco sample");
  await expect(page.locator(".banner .name")).toHaveText("retail.tsv");
  await undo(page).click();
  await expect(page.locator(".banner .name")).toHaveText("Telco sample");
  await expect(chip).toHaveText(before);
  await openReady(page, "view=data");
  await expect(page.locator(".banner .name")).toHaveText("Telco sample");
});

test("each of two deletions of one name can be taken back, and two clicks delete one", async ({ page }) => {
  await openReady(page, "view=data");
  for (const seed of [1, 2]) await api(page, "sample", { rows: 300, seed, name: "Twin" });
  await expect(datasets(page)).toHaveCount(3);
  await page.evaluate(() => {
    const button = document.querySelector("[data-testid=datasets] button[aria-label='Delete Twin']");
    button.click();
    button.click();
  });
  await expect(datasets(page)).toHaveCount(2);
  await remove(page, "Twin");
  await expect(datasets(page)).toHaveCount(1);
  await expect(undo(page)).toHaveCount(2);
  await undo(page).first().click();
  await undo(page).first().click();
  await expect(datasets(page)).toHaveCount(3);
});

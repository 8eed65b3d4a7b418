// What is done on the data page again and again.
const { expect } = require("./support.js");

const fileInput = (page) => page.getByTestId("file-input");
const steps = (page) => page.getByTestId("steps");
const kept = (page) => page.getByTestId("rows-kept");

/** Reads a file and waits until it is the data set in use. */
async function load(page, file, rows) {
  await fileInput(page).setInputFiles(file);
  await expect(page.locator(".banner .name")).toHaveText(file.name);
  await expect(page.getByTestId("rows-read")).toHaveText(rows);
}

/** Keeps the steps made, and waits until they are. */
async function apply(page) {
  await page.getByTestId("apply").click();
  await expect(steps(page)).toHaveCount(0);
}

/** The data sets of the lab, in order. */
const datasets = (page) => page.getByTestId("datasets").getByRole("listitem");

module.exports = { fileInput, steps, kept, load, apply, datasets };

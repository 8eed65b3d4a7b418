// The code of the rooms comes behind the page: not needed for the first picture, there before it is
// asked for, and asked for again when it was lost.
const { test, expect, openLab, openReady } = require("./support.js");

const ROOMS = "**/split_rooms.wasm";
const heading = (page) => page.getByRole("heading", { level: 1 });
const enter = (page, room) => page.getByRole("navigation").getByRole("link", { name: room }).click();

test("a customer is explained before the other rooms have come", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(ROOMS, async (route) => {
    await held;
    await route.continue();
  });
  await openReady(page);
  await expect(page.getByTestId("probability")).toBeVisible();
  await enter(page, "Data");
  await expect(page.getByRole("main").getByText("Working…")).toBeVisible();
  release();
  await expect(heading(page)).toHaveText("What is in this table?");
  await expect(heading(page)).toBeFocused();
});

test("once the lab has started no room needs the network but the heavy ones, and those once", async ({ page, context, complaints }) => {
  // browsers ask for the icon of every address anew
  complaints.allow(/ERR_INTERNET_DISCONNECTED/);
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  const arrived = page.waitForResponse(ROOMS);
  await openReady(page);
  await (await arrived).finished();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await enter(page, "Explore");
  await expect(heading(page)).toHaveText("Who leaves?");
  await enter(page, "Train");
  await expect(heading(page)).toHaveText("How well can we tell who leaves?");
  expect(asked.some((url) => url.endsWith("split_explore.wasm"))).toBe(true);
  await enter(page, "Customers");
  await expect(heading(page)).toHaveText("All customers");
  await expect(page.getByTestId("selected")).toBeVisible();
  expect(asked.some((url) => url.endsWith("split_train.wasm"))).toBe(true);
  expect(asked.some((url) => url.endsWith("split_customers.wasm"))).toBe(true);
  await context.setOffline(true);
  for (const [room, title] of [
    ["Data", "What is in this table?"],
    ["Explore", "Who leaves?"],
    ["Train", "How well can we tell who leaves?"],
    ["Serve", "Put the model to work"],
    ["Customers", "All customers"],
    ["Monitor", "Does the model still work?"],
  ]) {
    await enter(page, room);
    await expect(heading(page)).toHaveText(title);
  }
  expect(failed.filter((url) => !/icon-\w+\.svg$/.test(url))).toEqual([]);
});

test("a room whose code was lost says so and comes when asked again", async ({ page, complaints }) => {
  const train = "**/split_train.wasm";
  complaints.allow(/split_train\.wasm|Failed to load resource|Failed to fetch/);
  await page.route(train, (route) => route.abort());
  await openLab(page, "view=train");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await page.unroute(train);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page)).toHaveText("How well can we tell who leaves?");
});

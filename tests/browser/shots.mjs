// Takes pictures of the rooms of the built site into screenshots/, light and dark, wide, middling and
// narrow, in every state a person can meet them:
//   node tests/browser/shots.mjs                          every room in every state
//   node tests/browser/shots.mjs worked/explain starting  one room in one state, one state
// Serves dist/ by `cargo xtask serve`, unless CHURN_LAB_URL says where the site is.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import setup from "./chromium.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = process.env.CHURN_LAB_SHOTS ?? join(root, "screenshots");
const wanted = process.argv.slice(2);
const rooms = ["data", "explore", "train", "explain", "serve", "monitor"];
const widths = [1440, 768, 390];

const ready = (page) => page.waitForFunction(() => window.churnLab).then(() => page.evaluate(() => window.churnLab.ready()));
const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true }).first();

/** Goes to an address as a link in the page does, so that what is only in memory stays. */
async function visit(page, query) {
  await page.evaluate((query) => {
    history.pushState(null, "", `?${query}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, query);
}

/** Every state: what is done before the pictures, and in a room its address and what is opened. */
const states = {
  /** An endpoint, 1,001 calls, a drift report, an edited customer. */
  worked: {
    async prepare(page) {
      await ready(page);
      await page.evaluate(async () => {
        const lab = window.churnLab;
        const { datasetId } = await lab.sample({ rows: 3000, seed: 11, name: "Autumn" });
        await lab.fit(datasetId, { model: "logistic", params: { C: 0.1 } });
      });
      await visit(page, "view=serve");
      await button(page, "Deploy").click();
      await button(page, "Call").click();
      await page.getByTestId("answer").waitFor();
      await visit(page, "view=monitor");
      await button(page, "Simulate").click();
      await page.locator("[data-calls='1001']").waitFor({ timeout: 60_000 });
      await button(page, "Compare").click();
      await page.getByTestId("drift-summary").waitFor();
    },
    query: {
      explain: "view=explain&customer=3&set.tenure=40&set.InternetService=DSL",
      explore: "view=explore&pick.Contract=Month-to-month&where=tenure%20%3C%2024",
    },
    open: { monitor: (page) => button(page, "Tenure").click() },
  },
  /** The rooms as a first visitor finds them. */
  first: { prepare: ready },
  /** A data set and no model. */
  "no-runs": {
    async prepare(page) {
      await ready(page);
      await visit(page, "view=train");
      await button(page, "Delete Run 1").click();
    },
  },
  /** Neither a data set nor a model. */
  "no-data": {
    async prepare(page) {
      await states["no-runs"].prepare(page);
      await visit(page, "view=data");
      await page.getByRole("button", { name: "Delete Telco sample" }).click();
    },
  },
  /** While the worker is on its way. */
  starting: {
    route: (page) => page.route(/worker-[0-9a-f]+\/worker_bg\.wasm$/, () => {}),
    prepare: (page) => page.waitForFunction(() => window.churnLab),
  },
  /** No worker starts. */
  failed: {
    route: (page) => page.route(/worker-[0-9a-f]+\//, (route) => route.abort()),
    prepare: (page) => page.getByRole("alert").first().waitFor(),
  },
  /** What a person asked for is refused. */
  refused: {
    async prepare(page) {
      await ready(page);
      await visit(page, "view=data");
      await page.getByTestId("file-input").setInputFiles({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.from("") });
      await visit(page, "view=train");
      await page.getByLabel("C", { exact: true }).fill("-1");
      await visit(page, "view=serve");
      await button(page, "Deploy").click();
      await page.getByRole("textbox", { name: "JSON" }).fill('{"Contract": "Weekly"}');
      await button(page, "Call").click();
      await page.getByRole("alert").first().waitFor();
      await visit(page, "view=monitor");
      await page.getByLabel("Calls", { exact: true }).fill("0");
    },
    query: { explain: "view=explain&customer=nobody" },
  },
};

/** Starts the static server at a free port; gives it and its address. */
async function serve() {
  const server = spawn("cargo", ["xtask", "serve", "--built", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of server.stdout) {
    const url = /http:\S+/.exec(String(chunk));
    if (url) return { server, url: url[0] };
  }
  throw new Error("The server ended; is the site built?");
}

/** The content scrolls inside the page: for a picture of all of it the window grows. */
async function whole(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const settle = () => page.waitForTimeout(Number(process.env.CHURN_LAB_SHOT_DELAY ?? 400));
  await settle();
  const hidden = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main.scrollHeight - main.clientHeight;
  });
  if (hidden > 0) {
    await page.setViewportSize({ width, height: 900 + hidden });
    await settle();
  }
}

async function shoot(browser, url, name) {
  const state = states[name];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.error(`${name}: ${message.text()}`));
  await state.route?.(page);
  await page.goto(url);
  await state.prepare(page);
  for (const room of rooms) {
    const scene = `${name}/${room}`;
    if (wanted.length && !wanted.includes(name) && !wanted.includes(scene)) continue;
    await visit(page, state.query?.[room] ?? `view=${room}`);
    await state.open?.[room]?.(page);
    for (const width of widths) {
      await whole(page, width);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(200);
        const file = join(folder, `${name}-${room}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        console.log(file);
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await context.close();
}

const { server, url } = process.env.CHURN_LAB_URL ? { url: process.env.CHURN_LAB_URL } : await serve();
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(setup.launchOptions);
try {
  for (const name of Object.keys(states)) {
    if (!wanted.length || wanted.some((scene) => scene.split("/")[0] === name)) await shoot(browser, url, name);
  }
} finally {
  await browser.close();
  server?.kill();
}

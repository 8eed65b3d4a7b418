// Takes pictures of views of the built site, light and dark, wide and narrow, into screenshots/:
//   node tests/browser/shots.mjs explain data 'explain&customer=7590-VHVEG'
// Without views, the page as it opens. Serves dist/ by `cargo xtask serve`, unless CHURN_LAB_URL says
// where the site is.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import setup from "./chromium.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = process.env.CHURN_LAB_SHOTS ?? join(root, "screenshots");
const views = process.argv.slice(2);
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

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

const { server, url } = process.env.CHURN_LAB_URL ? { url: process.env.CHURN_LAB_URL } : await serve();
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(setup.launchOptions);
try {
  for (const view of views.length ? views : [""]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of sizes) {
        const context = await browser.newContext({ viewport, colorScheme });
        const page = await context.newPage();
        page.on("console", (message) => message.type() === "error" && console.error(`${view}: ${message.text()}`));
        await page.goto(view ? `${url}?view=${view}` : url, { waitUntil: "networkidle" });
        // Training and drawing go on after the network is silent.
        await page.waitForTimeout(Number(process.env.CHURN_LAB_SHOT_DELAY ?? 1500));
        const name = (view || "start").replace(/[^\w-]+/g, "-");
        const file = join(folder, `${name}-${colorScheme}-${viewport.width}.png`);
        await page.screenshot({ path: file, fullPage: true });
        console.log(file);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  server?.kill();
}

// The Firefox of the system, driven without a screen. Its policy of content lets no text be run, so what is
// asked in the page goes there as a function, never as a condition in words.
import puppeteer from "puppeteer-core";
import programs from "./programs.js";

/** Opens an address and gives the page and what it complained about; `close` ends the browser. */
export async function openInFirefox(url) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: programs.findProgram(["firefox-esr", "firefox"]), headless: true });
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error}`));
  const origin = new URL(url).origin;
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (["http:", "https:"].includes(asked.protocol) && asked.origin !== origin) complaints.push(`request to another origin: ${asked}`);
  });
  await page.goto(url);
  await page.evaluate(async () => {
    while (!window.churnLab) await new Promise((go) => setTimeout(go, 20));
    await window.churnLab.ready();
  });
  return { page, complaints, close: () => browser.close() };
}

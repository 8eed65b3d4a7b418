// Journeys through the release build in dist/, served below a sub-path as many hosts do.
const { defineConfig } = require("@playwright/test");
const { launchOptions } = require("./chromium.js");

const port = 4173;
const served = process.env.CHURN_LAB_URL;

module.exports = defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: served ?? `http://localhost:${port}/lab/`,
    launchOptions,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  // `cargo xtask test` serves the site itself; this is for running Playwright by hand.
  webServer: served
    ? undefined
    : {
        command: `cargo xtask serve --built --base /lab/ --port ${port}`,
        url: `http://localhost:${port}/lab/`,
        reuseExistingServer: true,
      },
});

// The Chromium of the system, and the flags it needs to run without a screen, also as root.
const { findProgram } = require("./programs.js");

const launchOptions = {
  executablePath: findProgram(["chromium", "chromium-browser", "google-chrome"]),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

module.exports = { launchOptions };

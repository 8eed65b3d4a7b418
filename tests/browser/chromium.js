// The Chromium of the system, and the flags it needs to run without a screen, also as root.
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

const names = ["chromium", "chromium-browser", "google-chrome"];

function findChromium() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(`No Chromium was found; looked for ${names.join(", ")} in PATH`);
}

const launchOptions = {
  executablePath: findChromium(),
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

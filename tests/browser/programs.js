// Where the system has a program.
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

/** The path of the first of these programs that is there. */
function findProgram(names) {
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
  throw new Error(`No browser was found; looked for ${names.join(", ")} in PATH`);
}

module.exports = { findProgram };

#!/usr/bin/env node
// Starts the program, which lies in a package of its own for each kind of machine, of which npm installs the one that fits.
"use strict";

const { spawn } = require("node:child_process");

/** Where the program for this machine lies; nothing, if it is not installed. */
function find(name) {
  try {
    return require.resolve(`${name}/chancery${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    return undefined;
  }
}

const name = `chancery-ssg-${process.platform}-${process.arch}`;
const program = find(name);
if (program === undefined) {
  console.error(`error: the package \`${name}\` is not installed, which has the program for this machine`);
  console.error("hint: install without `--omit=optional`; if there is no such package, no program is made for this kind of machine");
  process.exit(3);
}

const run = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A terminal tells the program of Ctrl-C itself; this process only waits for it. Other signals come to this one alone.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => run.kill("SIGTERM"));
run.on("error", (error) => {
  console.error(`error: \`${program}\` cannot be started: ${error.message}`);
  process.exit(3);
});
run.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});

// Formats the Markdown of folders with dprint's plugin, as `dprint fmt` does without settings.
import { createContext } from "@dprint/formatter";
import { getPath } from "@dprint/markdown";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const context = createContext();
context.addPlugin(readFileSync(getPath()));
for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md"))) {
    const filePath = join(folder, name);
    writeFileSync(filePath, context.formatText({ filePath, fileText: readFileSync(filePath, "utf8") }));
  }
}

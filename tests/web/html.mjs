// Validates every HTML file of a written site: `node html.mjs FOLDER…`. Prints each mistake and fails if there is one.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const config = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Chancery writes `<meta …>` and attributes as the standard does; these rules are of taste, not of validity.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    // A wide table stands in a region that scrolls, which is no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // How an author writes a telephone number.
    "tel-non-breaking": "off",
    // Redirects have to refresh: it is what they are.
    "meta-refresh": "off",
    "no-inline-style": "error",
    "require-sri": "off",
  },
};

const htmlvalidate = new HtmlValidate(new FileSystemConfigLoader(config));
let wrong = 0;
let files = 0;
for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".html")) continue;
    const path = join(entry.parentPath, entry.name);
    files += 1;
    const report = await htmlvalidate.validateFile(path);
    for (const result of report.results) {
      for (const message of result.messages) {
        wrong += 1;
        console.log(`${path}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
      }
    }
  }
}
console.log(`${files} files, ${wrong} mistakes`);
process.exit(files > 0 && wrong === 0 ? 0 : 1);

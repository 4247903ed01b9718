// Holds written sites against what readers need: `node pages.mjs FOLDER… --preview FOLDER`. The first folder is the demonstration; of a preview only
// what is not public elsewhere is looked at. Every check is a file in `pages/`; one browser serves them all. `--only NAME` runs one of them.
import { parseArgs } from "node:util";
import { gather, launch } from "./site.mjs";

const NAMES = ["axe", "width", "keyboard", "scripts", "print", "modes", "budget", "cards"];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { preview: { type: "string" }, only: { type: "string" } } });
const { sites, pages, close } = await gather(positionals, values.preview);

const browser = await launch();
let mistakes = 0;
for (const name of NAMES.filter((name) => !values.only || name === values.only)) {
  const { default: check } = await import(`./pages/${name}.mjs`);
  const started = performance.now();
  const wrong = (page, what) => {
    mistakes += 1;
    console.log(`${name}: ${page.site.folder}/${page.file}: ${what}`);
  };
  const looked = await check({ browser, sites, pages, wrong });
  console.log(`${name}: ${looked} pages in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (!(looked > 0)) mistakes += 1;
}
await browser.close();
close();
console.log(`${pages.length} pages, ${mistakes} mistakes`);
process.exit(pages.length > 0 && mistakes === 0 ? 0 : 1);

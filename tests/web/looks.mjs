// Pictures of every kind of page: `node looks.mjs OUT FOLDER… --preview FOLDER`. Whole pages in windows of four widths by day and in the dark, and as
// they are printed on A4, with `index.html` to look at them side by side.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { few, gather, launch } from "./site.mjs";

const WIDTHS = [1440, 1024, 390, 320];
const SCHEMES = ["light", "dark"];
// Whole pages, but not endless ones.
const LONGEST = 12_000;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { preview: { type: "string" } } });
const [out, ...folders] = positionals;
const { pages, close } = await gather(folders, values.preview);
const seen = pages.filter(({ kind }) => !kind.endsWith("redirect")).map((page) => ({ ...page, name: `${page.from}-${page.file.replace(/(\/index)?\.html$/, "").replaceAll("/", "-")}` }));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const browser = await launch();
await few(3, seen, async ({ address, name }) => {
  for (const colorScheme of SCHEMES) {
    const page = await browser.newPage({ colorScheme });
    await page.goto(address);
    // A picture of a whole page shows what a reader would have to scroll to.
    await page.evaluate(() => Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode().catch(() => {}); })));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width > 600 ? 900 : 700 });
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      const height = Math.min(LONGEST, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.screenshot({ path: join(out, `${name}.${width}.${colorScheme}.png`), clip: { x: 0, y: 0, width, height }, fullPage: true });
    }
    if (colorScheme === "light") await page.pdf({ format: "A4", path: join(out, `${name}.pdf`) });
    await page.close();
  }
});
await browser.close();
close();

const picture = (name, width, scheme) => `<a href="${name}.${width}.${scheme}.png"><img loading="lazy" src="${name}.${width}.${scheme}.png" alt="${width} px, ${scheme}" width="${Math.round(width / 4)}"></a>`;
const row = ({ kind, name }) => `<h2>${kind}: ${name} <a href="${name}.pdf">PDF</a></h2>\n<p>${SCHEMES.flatMap((scheme) => WIDTHS.map((width) => picture(name, width, scheme))).join("\n")}</p>`;
const style = "body { font-family: sans-serif; background: #888; } p { display: flex; gap: 8px; align-items: start; } img { max-height: 500px; object-fit: cover; object-position: top; }";
writeFileSync(join(out, "index.html"), `<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Looks</title>\n<style>${style}</style>\n<h1>Looks</h1>\n${seen.map(row).join("\n")}\n`);
console.log(`${seen.length} pages in ${out}/index.html`);

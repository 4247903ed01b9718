// The rules of WCAG 2.2, levels A and AA, and what is good practice, as axe-core tells them: by day and in the dark, wide and narrow.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { few } from "../site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ALL = { type: "tag", values: TAGS };
// What does not depend on colours has been seen at that width.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const SIGHTS = [
  { colorScheme: "light", width: 1440, runOnly: ALL },
  { colorScheme: "dark", width: 320, runOnly: ALL },
  { colorScheme: "dark", width: 1440, runOnly: COLOURS },
  { colorScheme: "light", width: 320, runOnly: COLOURS },
];

/** What axe-core finds on a page that is open, one line an element. */
export async function violations(page, runOnly) {
  const found = await page.evaluate((runOnly) => axe.run(document, { runOnly, resultTypes: ["violations"], elementRef: false }), runOnly);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

/** A page of a browser in which axe-core is there. A redirect stays where it is. */
export async function withAxe(browser, options) {
  const context = await browser.newContext(options);
  await context.addInitScript({ content: AXE });
  return context.newPage();
}

/** Opens a page; one that leads away at once is kept from it. */
export async function stay(page, { kind, address, site, file }) {
  const leads = kind.endsWith("redirect");
  if (leads) {
    await page.route(address, (route) => route.fulfill({ contentType: "text/html", body: site.read(file).replace(/<meta http-equiv="refresh"[^>]*>/, "") }));
    await page.route("**/redirect.*.js", (route) => route.abort());
  }
  await page.goto(address);
  if (leads) await page.unrouteAll();
}

export default async function check({ browser, pages, wrong }) {
  await few(SIGHTS.length, SIGHTS, async ({ colorScheme, width, runOnly }) => {
    const page = await withAxe(browser, { colorScheme, viewport: { width, height: 900 } });
    for (const each of pages) {
      await stay(page, each);
      for (const line of await violations(page, runOnly)) wrong(each, `${width} px, ${colorScheme}: ${line}`);
      const mains = runOnly === ALL ? await page.locator("main").count() : 1;
      if (mains !== 1) wrong(each, `${mains} <main>`);
    }
    await page.context().close();
  });
  return pages.length;
}

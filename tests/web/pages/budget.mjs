// What a briefing costs whoever sees the first page of a site: page, style sheets, scripts and fonts, without pictures, compressed as brotli does it.
import { brotliCompressSync } from "node:zlib";

import { isRedirect } from "../site.mjs";

const KB = 1000;
// Of a briefing with a list of forty sources, three quarters are its fonts.
const LIMITS = { all: 64 * KB, stylesheet: 20 * KB, script: 12 * KB };

export default async function check({ browser, pages, sites: [site], wrong }) {
  const briefings = site.files.filter((file) => /^briefings\/.+\/index/.test(file) && !isRedirect(site, file)).map((file) => ({ kind: "briefing", site, file, address: site.address(file) }));
  const some = [...briefings, ...pages.filter((page) => /briefing$/.test(page.kind) && page.site !== site)];
  let most = { all: 0 };
  for (const each of some) {
    // A browser that has seen nothing of the site before.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const sums = { document: 0, stylesheet: 0, script: 0, font: 0 };
    page.on("request", (request) => {
      const type = request.resourceType();
      // Fonts are compressed by themselves. Pictures do not count.
      if (type in sums) sums[type] += type === "font" ? each.site.bytes(request.url()).length : brotliCompressSync(each.site.bytes(request.url())).length;
    });
    await page.goto(each.address);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await context.close();
    const all = Object.values(sums).reduce((sum, bytes) => sum + bytes);
    if (all > LIMITS.all) wrong(each, `costs ${all} bytes: ${JSON.stringify(sums)}`);
    if (sums.stylesheet > LIMITS.stylesheet) wrong(each, `its style sheets cost ${sums.stylesheet} bytes`);
    if (sums.script > LIMITS.script) wrong(each, `its scripts cost ${sums.script} bytes`);
    if (all > most.all) most = { file: each.file, all, ...sums };
  }
  console.log(`budget: at most ${JSON.stringify(most)}`);
  return some.length;
}

// Looks at a running preview in Chromium while files change: `node preview.mjs ADDRESS ROOT`.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, root] = process.argv.slice(2);
const file = (path) => join(root, path);
const edit = (path, was, is) => writeFileSync(file(path), readFileSync(file(path), "utf8").replace(was, is));
const first = "content/briefings/a.md";

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 300 } });
const complaints = [];
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
const overlay = page.locator("#chancery-preview");

await page.goto(`${address}briefings/a/`);
// A mark that a reload wipes away.
const mark = () => page.evaluate(() => { window.mark = true; });
const isMarked = () => page.evaluate(() => window.mark === true);

// A change of this page reloads it, and it stays where it was scrolled to.
edit(first, "One.", `One.\n\n${"More.\n\n".repeat(200)}`);
await page.waitForFunction(() => document.body.textContent.includes("More."));
await page.evaluate(() => scrollTo(0, 400));
await mark();
edit(first, "One.", "Changed.");
await page.waitForFunction(() => document.body.textContent.includes("Changed."));
assert.equal(await isMarked(), false, "the page was loaded again");
await page.waitForFunction(() => scrollY === 400);

// A change of another page does not.
await mark();
edit("content/briefings/b.md", "Two.", "Two and a half.");
// A style sheet is swapped in the page as it stands; it also tells that the change before has been seen.
writeFileSync(file("themes/own/static/site.css"), "body { color: rgb(4, 5, 6); }\n");
await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(4, 5, 6)");
assert.equal(await isMarked(), true, "the page was not loaded again");

// A mistake that keeps the file from being read opens the overlay over the last good version, and goes away by itself.
const good = readFileSync(file(first), "utf8");
edit(first, "title: First", "title: [First");
await overlay.locator("details[open]").waitFor();
const told = await overlay.locator("details").textContent();
assert.match(told, /bad-yaml/);
assert.match(told, /content\/briefings\/a\.md:3:5/);
assert.match(told, /date: 2026-01-01/);
assert.ok(await page.evaluate(() => document.body.textContent.includes("Changed.")));
writeFileSync(file(first), good);
await overlay.waitFor({ state: "detached" });

// A broken link is one line, and the page is shown as it is now.
edit(first, "Changed.", "Changed with [a link](gone.md).");
await page.waitForFunction(() => document.body.textContent.includes("Changed with a link."));
await overlay.locator("details:not([open])").waitFor();
await overlay.locator("summary").click();
assert.match(await overlay.locator("details").textContent(), /gone\.md/);
writeFileSync(file(first), good);
await overlay.waitFor({ state: "detached" });

assert.deepEqual(complaints, [], "nothing on the console: the policy holds");
await browser.close();

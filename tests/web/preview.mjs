// Looks at a running preview in Chromium while files change: `node preview.mjs ADDRESS ROOT`. Lines on standard input say that the preview was
// started again; lines on standard output ask for it.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [address, root] = process.argv.slice(2);
const file = (path) => join(root, path);
const edit = (path, was, is) => writeFileSync(file(path), readFileSync(file(path), "utf8").replace(was, is));
const first = "content/briefings/a.md";
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const ask = async (what) => { console.log(what); await answers.next(); };

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 300 } });
const complaints = [];
// A page or a server that is not there is told of on the console.
let isMissing = false;
page.on("console", (message) => isMissing || complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
const overlay = page.locator("#chancery-preview .problems");
const line = overlay.locator("button.first");
const all = overlay.locator("#all");
const mended = () => overlay.waitFor({ state: "hidden" });
const says = (text, on = page) => on.waitForFunction((text) => document.body.textContent.includes(text), text);

// How often a page has been told something since it was loaded.
await page.addInitScript(() => {
  window.messages = 0;
  window.EventSource = class extends EventSource {
    constructor(...words) {
      super(...words);
      this.addEventListener("message", () => window.messages++);
    }
  };
});
await page.goto(`${address}briefings/a/`);
// A note that a reload wipes away, and how often the page has been loaded.
const note = (on = page) => on.evaluate(() => { window.note = true; });
const isNoted = (on = page) => on.evaluate(() => window.note === true);
let loads = 0;
page.on("load", () => loads++);

// A change of this page reloads it, and it stays where it was scrolled to.
edit(first, "One.", `One.\n\n${"More.\n\n".repeat(200)}`);
await says("More.");
await page.evaluate(() => scrollTo(0, 400));
await note();
edit(first, "One.", "Changed.");
await says("Changed.");
assert.equal(await isNoted(), false, "the page was loaded again");
await page.waitForFunction(() => scrollY === 400);

// A change of another page does not.
await note();
edit("content/briefings/b.md", "Two.", "Two and a half.");
// A style sheet is swapped in the page as it stands; it also tells that the change before has been seen.
writeFileSync(file("themes/own/static/site.css"), "body { color: rgb(4, 5, 6); }\n");
await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(4, 5, 6)");
assert.equal(await isNoted(), true, "the page was not loaded again");

// A mistake that keeps the file from being read opens the overlay over the last good version, and goes away by itself.
const good = readFileSync(file(first), "utf8");
edit(first, "title: First", "title: [First");
await all.waitFor();
const listed = await all.textContent();
assert.match(listed, /bad-yaml/);
assert.match(listed, /content\/briefings\/a\.md:2:8/);
assert.match(listed, /title: \[First/);
await says("Changed.");
// Who has closed it is left alone.
await page.keyboard.press("Escape");
await all.waitFor({ state: "hidden" });
edit("content/briefings/b.md", "Two", "Three");
writeFileSync(file("themes/own/static/site.css"), "body { color: rgb(7, 8, 9); }\n");
await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(7, 8, 9)");
assert.equal(await all.isVisible(), false);
writeFileSync(file(first), good);
await mended();

// A broken link is one line, and its words are marked in the page as it is now. The text is not covered.
loads = 0;
edit(first, "Changed.", "Changed with [a link](gone.md) and [![a picture](gone.png)](b.md).");
await says("Changed with a link");
await line.waitFor();
assert.equal(await all.isVisible(), false);
assert.match(await line.textContent(), /2 errors.*content\/briefings\/gone\.md/);
await page.evaluate(() => scrollTo(0, 1e6));
const bottom = await page.evaluate(() => document.body.getBoundingClientRect().bottom);
assert.ok(bottom <= (await line.boundingBox()).y, "the end of the page stands above the line");
const marks = page.locator("[data-chancery-fault]");
const link = marks.first();
assert.equal(await link.textContent(), "a link");
assert.equal(await link.getAttribute("title"), "there is nothing at `content/briefings/gone.md`");
assert.match(await link.evaluate((mark) => getComputedStyle(mark).textDecorationLine + getComputedStyle(mark).textDecorationStyle), /underlinewavy/);
assert.equal(await marks.nth(1).getAttribute("role"), null, "a picture in a link is no button");

// From a mark to its problem, back with Escape, and from the problem to the mark: with the keyboard alone.
await link.focus();
await page.keyboard.press("Enter");
const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement.textContent ?? document.activeElement.textContent);
assert.match(await focused(), /gone\.md.*broken-link/);
await page.keyboard.press("Escape");
assert.equal(await focused(), "a link");
assert.equal(await all.isVisible(), false);
await page.keyboard.press("Enter");
await page.keyboard.press("Tab");
await page.evaluate(() => scrollTo(0, 0));
await page.keyboard.press("Enter");
assert.equal(await focused(), "a link");
assert.equal(await all.isVisible(), false);
assert.ok(await link.evaluate((mark) => mark.getBoundingClientRect().top >= 0 && mark.getBoundingClientRect().bottom < innerHeight));
await link.click();
await all.waitFor();
assert.ok(await link.evaluate((mark) => mark.getBoundingClientRect().bottom) < (await overlay.boundingBox()).y, "the words stay in sight");
assert.equal(loads, 1, "one change, one reload");

// What was opened stays open over a reload. A line above the link moves its place, and the page with it, once.
edit(first, "summary:", "weight: 1\nsummary:");
await page.waitForFunction(() => document.querySelector("[data-chancery-fault]").dataset.chanceryFault.startsWith("content/briefings/a.md:9:"));
await all.waitFor();
await overlay.getByRole("button", { name: "content/briefings/a.md:9:14" }).waitFor();
assert.equal(loads, 2, "one change, one reload");
writeFileSync(file(first), good);
await mended();
assert.equal(await marks.count(), 0);

// Two tabs: each follows its own page.
const other = await browser.newPage();
await other.goto(`${address}briefings/b/`);
await note(other);
await note();
edit(first, "Changed.", "Changed again.");
await says("Changed again.");
assert.equal(await isNoted(other), true);
edit("content/briefings/b.md", "Three", "Four");
await says("Four", other);
await other.close();

// A page that is taken away is gone in the browser, and comes back.
const text = readFileSync(file(first), "utf8");
isMissing = true;
rmSync(file(first));
await page.waitForFunction(() => !document.body.textContent.includes("Changed again."));
writeFileSync(file(first), text);
await says("Changed again.");
isMissing = false;

// A preview that ends and is started again: the page asks for it now and then, and is loaded again only if it has changed.
const requests = [];
// What the page itself still loads is not counted.
page.on("request", (request) => request.url().includes("/_chancery/events") && requests.push(request.url()));
isMissing = true;
// What the changes before have still on their way has come by then.
await new Promise((done) => setTimeout(done, 2000));
await note();
const before = await page.evaluate(() => window.messages);
await ask("stop");
await new Promise((done) => setTimeout(done, 8000));
assert.ok(requests.length <= 4, `${requests.length} requests`);
await ask("start");
// What it is told first is what it compares itself with: a change before that would be a reason to load again.
await page.waitForFunction((before) => window.messages > before, before, { timeout: 30000 });
isMissing = false;
writeFileSync(file("themes/own/static/site.css"), "body { color: rgb(1, 1, 1); }\n");
await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(1, 1, 1)");
assert.equal(await isNoted(), true, "nothing had changed");
isMissing = true;
await ask("stop");
edit(first, "Changed again.", "Changed meanwhile.");
await ask("start");
await says("Changed meanwhile.");
isMissing = false;

assert.deepEqual(complaints, [], "nothing on the console: the policy holds");
await browser.close();
process.exit();

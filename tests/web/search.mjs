// Asks the search of written sites in Chromium, with the policy of their `_headers` in force: `node search.mjs SITE EDGES FOLDER`. The first is the
// demonstration, the second has two languages, the third is the demonstration made to be opened from a folder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { violations, withAxe } from "./pages/axe.mjs";
import { launch, serve } from "./site.mjs";

const [folder, edges, loose] = process.argv.slice(2);
const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const sites = await Promise.all([folder, edges].map(serve));
const [site, other] = sites;
const script = readFileSync(join(folder, new URL(/src="([^"]*search[^"]*\.js)"/.exec(site.read("search/index.html"))[1], "http://x").pathname), "utf8");
const browser = await launch();
const complaints = [];

/** A new page of the browser, whose complaints are ours. */
async function open(options) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return page;
}

const search = site.address("search/index.html");
const field = (page) => page.locator("#Question");
const links = (page) => page.locator(".search li h2 > a:first-child");
const titles = (page) => links(page).allTextContents();
const status = (page) => page.locator(".search [role=status]").textContent();
/** Until the results are those of `question`, which the address says. */
const settled = (page, matches = /\d|Nothing/) => page.waitForFunction((matches) => new RegExp(matches).test(document.querySelector(".search [role=status]").textContent), matches.source);

/** Asks, and waits for what the live region says. */
async function ask(page, question, parameters = "") {
  await page.goto(`${search}?q=${encodeURIComponent(question)}${parameters}`);
  await settled(page);
  return titles(page);
}

/** The text itself of a written page, by its address. */
function textOf(address) {
  const [, body] = /itemprop="articleBody">(.*?)<\/div>\s*<(?:section|nav|dl|footer|\/article)/s.exec(site.bytes(address).toString());
  return body.replace(/<[^>]+>/g, "").replace(/\s+/g, " ");
}

const checks = {
  async "the script reads every form of an index as itself"() {
    (0, eval)(script);
    let forms = 0;
    for (const place of [join(folder, "search"), join(edges, "search"), join(edges, "ar/search")]) {
      const { files } = JSON.parse(readFileSync(join(place, "index.json"), "utf8")).forms;
      for (const name of files.match(/.{12}/g)) {
        for (const line of readFileSync(join(place, "index", `${name}.txt`), "utf8").trimEnd().split("\n")) {
          const [form] = line.split("\t");
          assert.deepEqual(globalThis.ChancerySearch.read(form).map(({ word }) => word), [form]);
          forms += 1;
        }
      }
    }
    assert.ok(forms > 1000, `${forms} forms`);
  },

  async "the script costs at most 8 kB"() {
    const bytes = brotliCompressSync(script).length;
    assert.ok(bytes <= 8000, `${bytes} bytes`);
  },

  async "the first letter loads the directory alone, and a question little more"() {
    const page = await open();
    const asked = [];
    page.on("request", (request) => /\/(search\/.|cards\/)/.test(new URL(request.url()).pathname) && asked.push(request.url()));
    const reply = await page.goto(search);
    assert.match(reply.headers()["content-security-policy"], /default-src 'self'/);
    await page.waitForTimeout(200);
    assert.deepEqual(asked, []);
    await field(page).pressSequentially("d");
    await page.waitForTimeout(400);
    assert.deepEqual(asked.map((address) => new URL(address).pathname), ["/search/index.json"]);
    await field(page).pressSequentially("eterrence");
    await settled(page);
    assert.equal(new Set(asked).size, asked.length, `something is loaded twice: ${asked}`);
    const bytes = asked.reduce((sum, address) => sum + brotliCompressSync(site.bytes(address)).length, 0);
    assert.ok(bytes < 100_000, `${bytes} bytes`);
    await page.close();
  },

  async "words, beginnings of words and mistyped words are found"() {
    const page = await open();
    assert.equal((await ask(page, "NATO defence spending"))[0], "NATO defence spending: from 2% to 5%");
    assert.equal((await ask(page, "PB-2026-004"))[0], "NATO defence spending: from 2% to 5%");
    assert.equal((await ask(page, "hague summit"))[0], "The Hague Summit, June 2025");
    assert.equal((await ask(page, "hague summ"))[0], "The Hague Summit, June 2025");
    const right = await ask(page, "deterrence ");
    assert.ok(right.length > 1);
    for (const slip of ["deterence", "deterrrence", "deterrense", "detrerence", "eterrence"]) {
      assert.deepEqual(new Set(await ask(page, slip)), new Set(right), slip);
      assert.match(await status(page), new RegExp(`“${slip}”.*“deterrence”`));
    }
    assert.ok((await ask(page, "2 %")).includes("NATO defence spending: from 2% to 5%"));
    await page.close();
  },

  async "a phrase stands together, and what is to be left out is"() {
    const page = await open();
    const both = await ask(page, "defence spending");
    const phrase = await ask(page, '"defence spending"');
    assert.ok(phrase.length > 0 && phrase.length <= both.length);
    for (const link of await links(page).all()) assert.match(`${await link.textContent()} ${textOf(await link.evaluate(({ href }) => href))}`, /defence[- ]spend/i);
    assert.match(await status(page), /^\d+ results?$/);
    await ask(page, '"spending defence"');
    assert.match(await status(page), /^Nothing/);
    await ask(page, "summit -hague");
    assert.ok((await links(page).count()) > 0);
    for (const link of await links(page).all()) assert.doesNotMatch(textOf(await link.evaluate(({ href }) => href)), /\bhague\b/i);
    await page.close();
  },

  async "superseded pages are found only when they are asked for"() {
    const page = await open();
    assert.ok(!(await ask(page, "2% guideline 2014")).includes("The 2% guideline of 2014"));
    const old = ["The 2% guideline of 2014", "Defence spending after The Hague: three yardsticks"];
    assert.deepEqual(await ask(page, "2% guideline 2014 status:superseded"), old);
    const state = page.locator(".search .state").first();
    assert.equal(await state.textContent(), "Superseded by PB-2025-011 (15 December 2025)");
    assert.equal(await state.getAttribute("data-state"), "superseded");
    await ask(page, "guideline", "&status=superseded");
    assert.ok((await titles(page)).includes(old[0]));
    await page.close();
  },

  async "filters are offered when they are wanted, narrow the answer, and stand in the address with the words"() {
    const page = await open();
    const all = await ask(page, "summit");
    assert.equal(await page.locator("select[name=topic] option").count(), 1);
    await page.locator(".search summary").click();
    await page.locator("select[name=topic] option").nth(1).waitFor({ state: "attached" });
    assert.match(await page.locator("select[name=type]").textContent(), /At a glance \(\d+\)/);
    assert.match(await page.locator("select[name=status]").textContent(), /Current \(\d+\)/);
    await page.locator("select[name=year]").selectOption("2025");
    await page.waitForFunction((before) => document.querySelectorAll(".search li").length < before, all.length);
    const some = await titles(page);
    assert.ok(some.length > 0);
    assert.equal(new URL(page.url()).search, "?q=summit&year=2025");
    for (const date of await page.locator(".search time").all()) assert.match(await date.getAttribute("datetime"), /^2025/);
    await page.reload();
    await settled(page);
    assert.deepEqual(await titles(page), some);
    assert.equal(await field(page).inputValue(), "summit");
    await page.waitForFunction(() => document.querySelector("select[name=year]").options.length > 2);
    assert.equal(await page.locator("select[name=year]").inputValue(), "2025");
    assert.equal((await ask(page, "topic:defence-spending year:2025 spending")).length, (await ask(page, "spending", "&topic=defence-spending&year=2025")).length);
    await page.close();
  },

  async "a result quotes the sentence that answers, and leads to its heading"() {
    const page = await open();
    await ask(page, "hague summit spending");
    const first = page.locator(".search li:has(.place)").first();
    await first.waitFor();
    const marks = await first.locator("p:not(.when) mark").allTextContents();
    assert.match(marks.join(" "), /spend|hague|summit/i);
    const address = new URL(await first.locator(".place").evaluate(({ href }) => href));
    assert.ok(site.bytes(address.href).toString().includes(`id="${decodeURIComponent(address.hash.slice(1))}"`), `${address} leads nowhere`);
    await first.locator(".place").click();
    await page.waitForURL(address.href);
    await page.close();
  },

  async "the sentences of results that nobody sees are not loaded"() {
    const page = await open({ viewport: { width: 1280, height: 700 } });
    const read = [];
    page.on("request", (request) => request.resourceType() === "fetch" && !/\/(search|cards)\//.test(request.url()) && read.push(request.url()));
    await ask(page, "summit");
    await page.waitForTimeout(500);
    const before = read.length;
    assert.ok(before > 0 && before < (await links(page).count()), `${before} pages are read`);
    await page.locator(".search li").last().scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    assert.ok(read.length > before);
    await page.close();
  },

  async "all of it can be done with the keyboard"() {
    const page = await open();
    await page.goto(search);
    await field(page).focus();
    await page.keyboard.type("summit");
    await page.keyboard.press("Enter");
    await settled(page);
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
    const [first, second] = await titles(page);
    assert.equal(await focused(), "Question", "Enter asks, and leads nowhere");
    for (const [key, where] of [["ArrowDown", first], ["ArrowDown", second], ["ArrowUp", first], ["ArrowUp", "Question"], ["ArrowDown", first], ["Escape", "Question"]]) {
      await page.keyboard.press(key);
      assert.equal(await focused(), where, key);
    }
    assert.equal(await field(page).inputValue(), "summit");
    await page.keyboard.press("ArrowDown");
    const leads = await page.evaluate(() => document.activeElement.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(leads);
    await page.goBack();
    await settled(page);
    assert.equal((await titles(page))[0], first);
    await page.close();
  },

  async "more results come ten at a time"() {
    const page = await open();
    await ask(page, "nato");
    assert.equal(await links(page).count(), 10);
    await page.getByRole("button", { name: "More results" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".search li").length === 20);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), (await titles(page))[10]);
    while (await page.locator(".more").isVisible()) await page.getByRole("button", { name: "More results" }).click();
    assert.equal(`${await links(page).count()} results`, await status(page));
    await page.close();
  },

  async "where nothing is found, questions that have an answer are offered"() {
    const page = await open();
    await ask(page, "unicorn deterrence");
    const offered = page.locator(".search [role=status] a");
    await offered.first().waitFor();
    assert.match(await status(page), /^Nothing was found for “unicorn deterrence”\./);
    assert.deepEqual(await offered.allTextContents(), ["deterrence"]);
    await ask(page, "deterence unicorn");
    assert.doesNotMatch(await status(page), /Nobody writes/);
    await offered.first().waitFor();
    await offered.first().click();
    await settled(page, /^\d+ result/);
    assert.ok((await links(page).count()) > 1);
    await page.close();
  },

  async "an older answer never overtakes a newer one"() {
    const page = await open();
    const head = JSON.parse(site.read("search/index.json"));
    const piece = (list, key) => list.files.slice(12 * list.first.findLastIndex((least) => least <= key)).slice(0, 12);
    const slow = piece(head.words, "deterr");
    assert.notEqual(slow, piece(head.words, "russia"));
    let release;
    const isHeld = new Promise((held) => page.route(`**/${slow}.txt`, async (route) => { held(); await new Promise((go) => (release = go)); await route.continue(); }));
    await page.goto(search);
    await field(page).fill("deterrence");
    await isHeld;
    await field(page).fill("russia");
    await settled(page);
    const newer = await titles(page);
    release();
    await page.waitForTimeout(500);
    assert.deepEqual(await titles(page), newer);
    assert.equal(new URL(page.url()).search, "?q=russia");
    await field(page).fill("deterrence");
    await page.waitForFunction(() => location.search === "?q=deterrence" && /deterr/i.test(document.querySelector(".search li")?.textContent));
    assert.notDeepEqual(await titles(page), newer);
    await page.close();
  },

  async "keys lead to the search from every page, but from fields"() {
    const page = await open();
    for (const key of ["/", "Control+k"]) {
      await page.goto(site.address("index.html"));
      await page.keyboard.press(key);
      await page.waitForURL(`${search}#Question`);
      await page.waitForFunction(() => document.activeElement.id === "Question");
      await page.keyboard.type("a/b");
      assert.equal(await field(page).inputValue(), "a/b");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("c");
      assert.equal(await field(page).inputValue(), "c", "what stood there was selected");
    }
    await page.goto(site.address("index.html"));
    await page.evaluate(() => document.querySelectorAll("[rel=search]").forEach((link) => link.remove()));
    await page.keyboard.press("/");
    await page.keyboard.press("Control+k");
    await page.waitForTimeout(200);
    assert.equal(page.url(), site.address("index.html"), "without a search nothing happens");
    await page.goto(other.address("ar/index.html"));
    await page.keyboard.press("/");
    await page.waitForURL(`${other.address("ar/search/index.html")}#Question`);
    await page.close();
  },

  async "it is asked and answers in the language of the page, from right to left"() {
    const page = await open();
    const address = other.address("ar/search/index.html");
    await page.goto(address);
    const word = await page.evaluate(async () => {
      const head = await (await fetch("index.json")).json();
      const lines = (await (await fetch(`index/${head.forms.files.slice(0, 12)}.txt`)).text()).trimEnd().split("\n");
      return lines.map((line) => line.split("\t")[0]).find((form) => /^[\u0621-\u064a]{5,}$/.test(form));
    });
    await field(page).fill(word);
    await settled(page, /نتيجة|نتيجتان|نتائج/);
    assert.ok((await links(page).count()) > 0);
    const box = await links(page).first().boundingBox();
    assert.ok(box.x + box.width > 700, "results begin at the right");
    assert.ok((await page.locator(".ask button").boundingBox()).x < (await field(page).boundingBox()).x);
    await page.close();
  },

  async "readers of all kinds can use it, in the dark, on paper and in narrow windows"() {
    for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      const page = await withAxe(browser, options);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        for (const start of [`${search}?q=deterence&year=2025`, `${search}?q=nato`, `${search}?q=unicorn+deterrence`, `${other.address("ar/search/index.html")}?q=${encodeURIComponent("في")}`]) {
          await page.goto(start);
          await page.waitForFunction(() => document.querySelector(".search [role=status]").textContent);
          await page.waitForTimeout(300);
          assert.deepEqual(await violations(page, RULES), [], `${start}, ${width} px, ${JSON.stringify(options)}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(wide, 0, `${start}, ${width} px`);
        }
      }
      await page.context().close();
    }
    const page = await open();
    const found = await ask(page, "deterrence");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".search li:visible").count(), found.length);
    assert.ok(await page.locator(".search [role=status]").isVisible());
    for (const part of [".search button", ".search details", ".search .hint"]) assert.equal(await page.locator(part).first().isVisible(), false, part);
    await page.close();
  },

  async "without script it is not offered, and without a server or an index it says so"() {
    const without = await open({ javaScriptEnabled: false });
    await without.goto(search);
    assert.equal(await without.locator(".search").isVisible(), false);
    assert.ok((await without.locator("main a:visible").count()) > 20);
    await without.close();
    const page = await browser.newPage();
    const said = page.locator(".search [role=status]");
    await page.goto(pathToFileURL(join(loose, "search/index.html")).href);
    await field(page).fill("summit");
    await said.filter({ hasText: "needs a web server" }).waitFor();
    await page.route("**/search/index.json", (route) => route.abort());
    await page.goto(search);
    await field(page).fill("summit");
    await said.filter({ hasText: "cannot be reached" }).waitFor();
    await page.unrouteAll();
    await field(page).fill("summits");
    await settled(page, /^\d+ results$/);
    await page.close();
  },

  async "nothing is said on the console: the policy holds"() {
    assert.deepEqual(complaints, []);
  },
};

let mistakes = 0;
for (const [name, check] of Object.entries(checks)) {
  await check().catch((error) => { mistakes += 1; console.log(`${name}: ${error.stack}`); });
}
await browser.close();
sites.forEach((site) => site.close());
console.log(`${Object.keys(checks).length} checks, ${mistakes} mistakes`);
process.exit(mistakes ? 1 : 0);

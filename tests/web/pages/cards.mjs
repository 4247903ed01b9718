// The cards of links: they open after a pause, say what the page is, stay inside the window and close by Escape, with the mouse and with the keyboard;
// a block of cards is asked for once. Those of citations and notes come from the page itself.
const DELAY = 150;
const LINKS = "[itemprop=articleBody] :is(p, li, td) a[href^='/']:not([href*='#'], [href$='.csv'], [role])";

async function isInside(page) {
  const box = await page.locator(".card.shown").boundingBox();
  const { width } = page.viewportSize();
  return box && box.x >= 0 && box.x + box.width <= width && box.width > 100 && box.height > 30;
}

/** Opens a card by hand or key and says what is wrong with it. */
async function look(page, link, open) {
  const found = [];
  const card = page.locator(".card.shown");
  await link.scrollIntoViewIfNeeded();
  const started = Date.now();
  await open(link);
  await card.waitFor({ timeout: 5000 }).catch(() => found.push("no card"));
  if (found.length) return found;
  if (Date.now() - started < DELAY) found.push("opens without a pause");
  const lines = await card.locator("p").allTextContents();
  if (lines.length < 1 || !lines[0]) found.push("has no title");
  const { described, isCovered } = await link.evaluate((link) => {
    const card = document.querySelector(".card").getBoundingClientRect();
    const covers = [...link.getClientRects()].some((box) => card.left < box.right && box.left < card.right && card.top < box.bottom && box.top < card.bottom);
    return { described: link.getAttribute("aria-describedby"), isCovered: covers && link.getClientRects().length === 1 };
  });
  if (described !== "Card") found.push("does not describe its link");
  if (isCovered) found.push("covers its link");
  if (!(await isInside(page))) found.push(`is not inside the window: ${JSON.stringify(await card.boundingBox())}`);
  await page.keyboard.press("Escape");
  if (await card.count()) found.push("does not close by Escape");
  return found.map((fault) => `the card of "${lines?.[0] ?? ""}" ${fault}`);
}

/** What a card says of a page: title, summary, date and state. */
async function says(page, site, wrong) {
  const file = site.files.find((file) => file.endsWith("briefings/long-title/index.html"));
  await page.goto(site.address(file));
  await page.locator(LINKS).filter({ hasText: "nine columns" }).hover();
  await page.locator(".card.shown").waitFor();
  const lines = await page.locator(".card p").allTextContents();
  if (lines.join("|") !== "A table of nine columns|Nine columns, code that is longer than a line, and all that Markdown can make.|1 May 2026") wrong({ site, file }, `a card says ${lines}`);
  await page.goto(site.address("briefings/wide-table/index.html"));
  await page.locator(LINKS).filter({ hasText: "What was replaced" }).hover();
  await page.locator(".card.shown").waitFor();
  const last = await page.locator(".card p").last().textContent();
  if (!/^10 January 2025 · \w/.test(last)) wrong({ site, file }, `a card of a superseded page says ${last}`);
}

/** The card of a citation: its entry in the list of the page, without the ways back, and nothing is asked for. A finger opens it first. */
async function cites(browser, site, wrong) {
  const file = site.files.find((file) => file.endsWith("briefings/cited/index.html"));
  const fault = (what) => wrong({ site, file }, what);
  const CITES = "[itemprop=articleBody] a.biblioref";
  let looked = 0;
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    await page.goto(site.address(file));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    const asked = [];
    // The browser itself fetches a page's icon whenever it likes.
    const icon = await page.evaluate(() => document.querySelector("link[rel~=icon]")?.href);
    page.on("request", (request) => request.url() !== icon && asked.push(request.url()));
    for (const link of await page.locator(CITES).all()) {
      if (!(await link.isVisible())) continue;
      const entry = await link.evaluate((link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector(".entry")?.firstChild.textContent.trim());
      if (!entry) fault("a citation leads to no entry");
      await page.mouse.move(1, 1);
      for (const what of await look(page, link, (link) => link.hover())) fault(`${width} px, mouse: ${what}`);
      await page.mouse.move(1, 1);
      await link.hover();
      const said = await page.locator(".card.shown").textContent();
      if (!said.startsWith(entry) || said.includes("↩")) fault(`the card says ${said} and not ${entry}`);
      await page.mouse.move(1, 1);
      await page.keyboard.press("Escape");
      const focus = async (link) => { await link.evaluate((link) => link.blur()); await page.keyboard.press("Shift"); await link.focus(); };
      for (const what of await look(page, link, focus)) fault(`${width} px, keyboard: ${what}`);
      looked += 1;
    }
    if (asked.length) fault(`cards of citations ask for ${asked}`);
    await page.close();
  }
  const context = await browser.newContext({ viewport: { width: 390, height: 700 }, hasTouch: true });
  const page = await context.newPage();
  await page.goto(site.address(file));
  const link = page.locator(CITES).first();
  await link.tap();
  await page.locator(".card.shown").waitFor({ timeout: 2000 }).catch(() => fault("no card after a tap"));
  if (new URL(page.url()).hash) fault("the first tap leaves the sentence");
  await link.tap();
  await page.waitForURL(/#ref-/, { timeout: 2000 }).catch(() => fault("the second tap does not lead to the list"));
  await context.close();
  return looked;
}

/** The card of the mark of a note: the note, without the ways back, unless it stands beside the text. A finger opens the note in its place instead. */
async function notes(browser, site, wrong) {
  const file = site.files.find((file) => file.endsWith("briefings/cited/index.html"));
  const fault = (what) => wrong({ site, file }, what);
  const MARKS = "[itemprop=articleBody] a[role=doc-noteref]";
  let looked = 0;
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    await page.goto(site.address(file));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    for (const link of await page.locator(MARKS).all()) {
      await link.scrollIntoViewIfNeeded();
      const { note, isBeside } = await link.evaluate((link) => {
        const note = document.getElementById(link.hash.slice(1));
        return { note: note.querySelector("p").firstChild.textContent.trim(), isBeside: Boolean(note.closest(".side")) };
      });
      await page.mouse.move(1, 1);
      if (isBeside) {
        await link.hover();
        await page.waitForTimeout(3 * DELAY);
        if (await page.locator(".card.shown").count()) fault("a note beside the text has a card");
      } else {
        for (const what of await look(page, link, (link) => link.hover())) fault(`${width} px, mouse: ${what}`);
        await page.mouse.move(1, 1);
        await link.hover();
        const said = (await page.locator(".card.shown").textContent()).trim();
        if (!said.startsWith(note) || said.includes("↩")) fault(`the card says ${said} and not ${note}`);
        await page.mouse.move(1, 1);
        await page.keyboard.press("Escape");
        const focus = async (link) => { await link.evaluate((link) => link.blur()); await page.keyboard.press("Shift"); await link.focus(); };
        for (const what of await look(page, link, focus)) fault(`${width} px, keyboard: ${what}`);
      }
      looked += 1;
    }
    await page.close();
  }
  const context = await browser.newContext({ viewport: { width: 390, height: 700 }, hasTouch: true });
  const page = await context.newPage();
  await page.goto(site.address(file));
  await page.locator(MARKS).first().tap();
  await page.locator(".opened").waitFor({ timeout: 2000 }).catch(() => fault("a tap does not open the note"));
  if (await page.locator(".card.shown").count()) fault("a note that is open has a card");
  await context.close();
  return looked;
}

export default async function check({ browser, sites, pages, wrong }) {
  const some = pages.filter(({ kind, file }) => /briefing$|^topic$|^person$/.test(kind) && !file.includes("many-links"));
  let looked = 0;
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    let asked = [];
    page.on("request", (request) => request.url().includes("/cards/") && asked.push(request.url()));
    for (const each of some) {
      asked = [];
      await page.goto(each.address);
      const links = await page.locator(LINKS).all();
      for (const link of [links[0], links.at(-1)].filter(Boolean)) {
        await page.mouse.move(1, 1);
        for (const fault of await look(page, link, (link) => link.hover())) wrong(each, `${width} px, mouse: ${fault}`);
        await page.mouse.move(1, 1);
        const focus = async (link) => { await link.evaluate((link) => link.blur()); await page.keyboard.press("Shift"); await link.focus(); };
        for (const fault of await look(page, link, focus)) wrong(each, `${width} px, keyboard: ${fault}`);
        looked += 1;
      }
      if (new Set(asked).size !== asked.length) wrong(each, `asks for a block more than once: ${asked}`);
    }
    await page.close();
  }
  looked += await cites(browser, sites[1], wrong);
  looked += await notes(browser, sites[1], wrong);
  const page = await browser.newPage();
  await says(page, sites[1], wrong);
  await page.close();
  return looked;
}

// A page with the keyboard alone: the skip link comes first and works, the Tab key reaches all that can be used in the order of the page and leaves
// it again, and what has the focus is seen to have it.
import { few } from "../site.mjs";

/** Runs in the page: what Tab has to reach, in order, and from now on what it does reach. */
function watch() {
  const name = (element) => `<${element.localName}> ${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40)}`;
  const wanted = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  window.wanted = wanted.filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
  window.reached = [];
  window.faint = [];
  addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(target);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || /, 0\)$/.test(outlineColor)) window.faint.push(name(target));
    window.reached.push(target);
  });
  return window.wanted.length;
}

/** Runs in the page, after the Tab key was pressed once more than there is to reach. */
function compare() {
  const name = (element) => `<${element?.localName}> ${element?.textContent.trim().slice(0, 40)}`;
  const found = window.faint.map((which) => `the focus is not seen on ${which}`);
  // Chromium itself lets keys scroll what has nothing in it that could have the focus.
  const reached = window.reached.filter((element) => window.wanted.includes(element));
  const end = reached.indexOf(reached[0], 1);
  const once = end < 0 ? reached : reached.slice(0, end);
  const at = window.wanted.findIndex((element, place) => element !== once[place]);
  if (at >= 0) found.push(`after ${at} of ${window.wanted.length} comes ${name(once[at])} where ${name(window.wanted[at])} should`);
  if (!reached[0]?.matches(".skip")) found.push(`first comes ${name(reached[0])}`);
  for (const element of window.wanted) {
    element.focus();
    const box = element.getClientRects()[0];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top || !(element.contains(top) || top.contains(element))) found.push(`${name(element)} is under ${top ? name(top) : "the edge"} when it has the focus`);
  }
  return found;
}

/** From the skip link into the text, and on from there. */
async function skip(page) {
  await page.reload();
  await page.keyboard.press("Tab");
  const isSeen = await page.evaluate(() => document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().width > 40);
  await page.keyboard.press("Enter");
  const goes = await page.evaluate(() => location.hash === "#Main" && document.getElementById("Main") !== null);
  await page.keyboard.press("Tab");
  const lands = await page.evaluate(() => Boolean(document.querySelector("main").compareDocumentPosition(document.activeElement) & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)));
  return isSeen && goes && lands;
}

/** Folded contents open with Enter, and their links come next. */
async function unfold(page) {
  await page.locator(".outline summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  return page.evaluate(() => document.activeElement === document.querySelector(".outline details[open] a"));
}

/** The longest page of each kind, and all translated ones. */
function some(pages) {
  const last = new Map(pages.map((page) => [page.kind, page]));
  const isHard = ({ file }) => /wide-table|forty-notes|long-title/.test(file);
  return [...new Set([...last.values(), ...pages.filter(isHard)])].filter(({ kind }) => !kind.endsWith("redirect"));
}

export default async function check({ browser, pages, wrong }) {
  const sights = some(pages).map((each) => [each, 1440]);
  sights.push(...sights.filter(([{ kind }]) => /briefing$|home$/.test(kind)).map(([each]) => [each, 390]));
  const open = await Promise.all([1, 2].map(() => browser.newPage()));
  await few(open.length, sights, async ([each, width], lane) => {
    const page = open[lane];
    await page.setViewportSize({ width, height: 800 });
    await page.goto(each.address);
    const wanted = await page.evaluate(watch);
    for (let pressed = 0; pressed < wanted + 3; pressed += 1) await page.keyboard.press("Tab");
    // A card that the last link has opened is not in the way of those that come now.
    await page.keyboard.press("Escape");
    for (const fault of await page.evaluate(compare)) wrong(each, `${width} px: ${fault}`);
    if (!(await skip(page))) wrong(each, `${width} px: the skip link does not lead into the text`);
    if (width === 390 && (await page.locator(".outline").count()) && !(await unfold(page))) wrong(each, "the contents do not open");
  });
  await Promise.all(open.map((page) => page.close()));
  return sights.length;
}

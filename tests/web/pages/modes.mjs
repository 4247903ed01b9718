// Readers who choose the colours themselves, and those who want nothing to move: with both asked for, axe-core finds nothing, nothing moves, and what
// has the focus is still seen to have it.
import { stay, violations, withAxe } from "./axe.mjs";

const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** Runs in the page: what moves, or would. */
function moving() {
  const seconds = (list) => Math.max(...list.split(",").map(parseFloat));
  const slow = [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return seconds(style.transitionDuration) > 0 || (style.animationName !== "none" && seconds(style.animationDuration) > 0) || style.scrollBehavior === "smooth";
  });
  return document.getAnimations().length + slow.length;
}

/** Runs in the page: whether the dot of a state, the only thing that is drawn with a ground, is there among colours that are not its own. */
function hasDot() {
  const state = document.querySelector(".state");
  return !state || getComputedStyle(state, "::before").backgroundColor !== getComputedStyle(document.body).backgroundColor;
}

export default async function check({ browser, pages, wrong }) {
  // One of each kind: what differs between two of them is text.
  const some = [...new Map(pages.map((page) => [page.kind, page])).values()];
  const page = await withAxe(browser, { forcedColors: "active", reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
  for (const each of some) {
    await stay(page, each);
    for (const line of await violations(page, RULES)) wrong(each, line);
    if (!(await page.evaluate(hasDot))) wrong(each, "the dot of the state is not seen");
    const link = page.locator("[itemprop=articleBody] p a[href^='/']:not([role])").first();
    if (each.kind === "briefing" && (await link.count())) {
      await link.hover();
      await page.locator(".card.shown").waitFor();
      if (await page.locator(".card.shown").evaluate((card) => getComputedStyle(card).borderStyle === "none")) wrong(each, "the card has no border");
    }
    const count = await page.evaluate(moving);
    if (count > 0) wrong(each, `${count} things move`);
  }
  await page.context().close();
  return some.length;
}

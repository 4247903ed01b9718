// Reads every feed of written sites with readers from npm: `feeds.mjs FOLDER…`. All of them must find the same site, entries, links and days.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import Parser from "rss-parser";

let mistakes = 0;
const wrong = (...what) => {
  mistakes += 1;
  console.log(...what);
};

/** Of an entry in Atom, @extractus/feed-extractor 8.0.3 tells the change as the day of publication. */
const TELLS_CHANGES = "feed-extractor";

/** It cuts the end of an address off as well, which is where on its page a change stands. */
const CUTS_ENDS = TELLS_CHANGES;

/** What each reader says of a feed: the site, then address and day in UTC of each entry. */
const day = (date) => new Date(date).toISOString().slice(0, 10);
const READERS = {
  "rss-parser": async (xml) => {
    const feed = await new Parser().parseString(xml);
    return [feed.link, ...feed.items.map((item) => `${item.link} ${day(item.pubDate)}`)];
  },
  "feed-extractor": (xml) => {
    const feed = extractFromXml(xml, { descriptionMaxLen: 0 });
    return [feed.link, ...feed.entries.map((item) => `${item.link} ${day(item.published)}`)];
  },
  feedsmith: (xml) => {
    const feed = parseAtomFeed(xml);
    const link = (of) => of.links.find((link) => link.rel === "alternate")?.href;
    return [link(feed), ...(feed.entries ?? []).map((entry) => `${link(entry)} ${day(entry.published)}`)];
  },
};
const JSON_READERS = {
  "feed-extractor": (json) => {
    const feed = extractFromJson(json, { descriptionMaxLen: 0 });
    return [feed.link, ...feed.entries.map((item) => `${item.link} ${day(item.published)}`)];
  },
  feedsmith: (json) => {
    const feed = parseJsonFeed(json);
    return [feed.home_page_url, ...(feed.items ?? []).map((item) => `${item.url} ${day(item.date_published)}`)];
  },
};

let read = 0;
for (const folder of process.argv.slice(2)) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /(^|\/)feed\.xml$/.test(file));
  for (const file of files) {
    const xml = readFileSync(join(folder, file), "utf8");
    const json = JSON.parse(readFileSync(join(folder, file.replace(/xml$/, "json")), "utf8"));
    // A day is written as noon, and stays that day; a time is what it is.
    const date = (written) => (/T12:00:00/.test(written) ? written.slice(0, 10) : day(written));
    const days = (key, end) => [json.home_page_url, ...json.items.map((item) => `${item.url.replace(end, "")} ${date(item[key])}`)].join("\n");
    for (const [name, reader, feed] of [...Object.entries(READERS).map((one) => [...one, xml]), ...Object.entries(JSON_READERS).map((one) => [...one, json])]) {
      read += 1;
      const found = (await reader(feed)).join("\n");
      const expected = days(name === TELLS_CHANGES && feed === xml ? "date_modified" : "date_published", name === CUTS_ENDS ? /#.*/ : "");
      if (found !== expected) wrong(`${folder}/${file}: ${name} reads\n${found}\nand not\n${expected}`);
    }
  }
}
console.log(`${read} readings, ${mistakes} mistakes`);
process.exit(read > 0 && mistakes === 0 ? 0 : 1);

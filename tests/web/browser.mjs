// Opens every page of a written site in Chromium: `node browser.mjs FOLDER…`. A message on the console, a request to another host and a request
// that fails are mistakes.
import { isRedirect, launch, serve } from "./site.mjs";

let opened = 0;
const mistakes = [];
const browser = await launch();
for (const folder of process.argv.slice(2)) {
  const site = await serve(folder);
  const page = await browser.newPage();
  let file;
  const wrong = (what) => mistakes.push(`${folder}/${file}: ${what}`);
  page.on("console", (message) => wrong(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong(error));
  page.on("request", (request) => new URL(request.url()).origin === site.origin || request.url().startsWith("data:") || wrong(`asks ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || wrong(`${response.status()} of ${response.url()}`));
  page.on("requestfailed", (request) => request.failure()?.errorText === "net::ERR_ABORTED" || wrong(`${request.url()} failed`));
  for (file of site.files) {
    const address = site.address(file);
    await page.goto(address, { waitUntil: "load" });
    if (isRedirect(site, file)) await page.waitForURL((url) => url.href !== address, { timeout: 10_000 }).catch(() => wrong("leads nowhere"));
    opened += 1;
  }
  await page.close();
  site.close();
}
await browser.close();
mistakes.forEach((mistake) => console.log(mistake));
console.log(`${opened} pages, ${mistakes.length} mistakes`);
process.exit(opened > 0 && mistakes.length === 0 ? 0 : 1);

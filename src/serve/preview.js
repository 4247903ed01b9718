// The browser's side of `chancery serve`: reloads this page when it changed, swaps style sheets and pictures without a reload, and shows
// what is wrong. It is added to responses, never to files.
const events = new EventSource("/_chancery/events?path=" + encodeURIComponent(location.pathname));
let shownWith = null;

events.onmessage = (event) => {
  const told = JSON.parse(event.data);
  if (shownWith === null) shownWith = told.key;
  if (told.key !== shownWith) return location.reload();
  told.swaps.forEach(([was, is]) => swap(was, is));
  show(told.problems);
};

// A file with a new name, or with new bytes under the old one.
function swap(was, is) {
  if (was.endsWith(".js") && document.querySelector(`script[src^="${CSS.escape(was)}"], script[src="${was}"]`)) return location.reload();
  const fresh = was === is ? `${is}?${Date.now()}` : is;
  const names = (element, attribute) => new URL(element[attribute], location).pathname === was;
  for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!names(old, "href")) continue;
    // The old sheet goes when the new one is there, so that nothing flashes.
    const sheet = old.cloneNode();
    sheet.href = fresh;
    sheet.onload = () => old.remove();
    old.after(sheet);
  }
  for (const picture of document.querySelectorAll("img[src]")) if (names(picture, "src")) picture.src = fresh;
}

let overlay = null;
let isFolded = true;

// Mistakes that keep a file from being understood open the overlay; all others are one line until somebody wants to see them.
function show(problems) {
  if (overlay) overlay.remove();
  overlay = null;
  if (problems.length === 0) return;
  overlay = document.createElement("div");
  overlay.id = "chancery-preview";
  const inside = overlay.attachShadow({ mode: "open" });
  const style = make("link", "");
  style.rel = "stylesheet";
  style.href = "/_chancery/preview.css";
  const box = make("details", "problems");
  box.open = !isFolded || problems.some((problem) => problem.hard);
  box.ontoggle = () => (isFolded = !box.open);
  const first = problems[0];
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  box.append(make("summary", "first", `${first.severity}: ${first.message}${more}`), ...problems.map(one));
  inside.append(style, box);
  document.body.append(overlay);
}

function one(problem) {
  const part = make("section", problem.severity);
  part.append(make("p", "what", `${problem.severity}[${problem.code}]: ${problem.message}`));
  if (problem.place) part.append(make("p", "where", problem.place));
  if (problem.line) {
    const caret = problem.width ? "\n" + " ".repeat(problem.column) + "^".repeat(problem.width) : "";
    part.append(make("pre", "line", problem.line + caret));
  }
  problem.hints.forEach((hint) => part.append(make("p", "hint", hint)));
  return part;
}

function make(name, kind, text) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

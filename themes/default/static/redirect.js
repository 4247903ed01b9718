// A page that has moved: go on to its new place and keep the part after the #.
// Without script the page's own refresh does the same, but for that part.
const link = document.querySelector("main a");
if (link) {
  const to = new URL(link.href);
  if (location.hash) to.hash = location.hash;
  location.replace(to);
}

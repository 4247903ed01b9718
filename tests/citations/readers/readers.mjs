// What citation-js reads of a folder's cite.bib, cite.ris and cite.json: one object, by format and key.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const read = (name) => {
  const text = readFileSync(`${process.argv[2]}/${name}`, "utf8");
  const { data } = new Cite(name.endsWith(".json") ? JSON.parse(text) : text);
  return Object.fromEntries(data.map(({ _graph, ...entry }) => [entry.id ?? entry["citation-key"], entry]));
};
console.log(JSON.stringify({ "citation-js bib": read("cite.bib"), "citation-js ris": read("cite.ris"), "citation-js json": read("cite.json") }));

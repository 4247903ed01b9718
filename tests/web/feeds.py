"""Reads every feed and sitemap of a written site with other people's parsers: `feeds.py SCHEMA FOLDER…`. Fails on the first mistake.

Atom is read by feedparser, which must find nothing to forgive; sitemaps are held against the schema of the protocol; JSON Feeds have what
version 1.1 asks for.
"""
import json
import pathlib
import sys

import feedparser
from lxml import etree


def atom(path):
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, f"{path}: {feed.bozo_exception}"
    assert feed.version == "atom10", f"{path}: {feed.version}"
    assert feed.feed.id and feed.feed.title and feed.feed.updated_parsed and feed.feed.author, path
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids), f"{path}: an id twice"
    for entry in feed.entries:
        assert entry.title and entry.link and entry.published_parsed and entry.updated_parsed, f"{path}: {entry}"
    if feed.entries:
        assert feed.feed.updated_parsed == max(entry.updated_parsed for entry in feed.entries), f"{path}: `updated` is not the latest"
    return ids


def json_feed(path):
    feed = json.loads(path.read_text())
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] and feed["feed_url"], path
    for item in feed["items"]:
        assert item["id"] and item["url"] and ("content_html" in item or "content_text" in item), f"{path}: {item}"
    return [item["id"] for item in feed["items"]]


def main():
    schema = etree.XMLSchema(etree.parse(sys.argv[1]))
    seen = {"atom": 0, "json": 0, "sitemap": 0}
    for folder in map(pathlib.Path, sys.argv[2:]):
        for path in sorted(folder.rglob("feed.xml")):
            assert atom(path) == json_feed(path.with_name("feed.json")), f"{path} and its JSON differ"
            seen["atom"] += 1
            seen["json"] += 1
        for path in sorted(folder.glob("sitemap*.xml")):
            schema.assertValid(etree.parse(str(path)))
            seen["sitemap"] += 1
    print(seen)
    assert seen["atom"] and seen["sitemap"], "nothing was read"


main()

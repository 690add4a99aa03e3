"""Renders a page in a headless browser and returns it as a tree that can be searched."""

import subprocess
import tempfile
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "hr", "input"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.children, self.texts = [], []

    def all(self, tag, **attributes):
        found = []
        for child in self.children:
            if child.tag == tag and all(child.attributes.get(key.rstrip("_")) == value for key, value in attributes.items()):
                found.append(child)
            found += child.all(tag, **attributes)
        return found

    def first(self, tag, **attributes):
        found = self.all(tag, **attributes)
        assert found, f"expected {tag} {attributes} on the page, found none"
        return found[0]

    def text(self):
        return "".join(part if isinstance(part, str) else part.text() for part in self.texts)


class Tree(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.root = self.node = Node("root", {}, None)
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes, self.node)
        self.node.children.append(node)
        self.node.texts.append(node)
        if tag not in VOID:
            self.node = node

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        node = self.node
        while node.tag != tag and node.parent:
            node = node.parent
        if node.parent:
            self.node = node.parent

    def handle_data(self, data):
        self.node.texts.append(data)


def render(address):
    """Returns the page's tree after its scripts have run; the browser has a profile of its own and can reach only this machine."""
    with tempfile.TemporaryDirectory() as profile:
        html = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
             f"--user-data-dir={profile}", "--virtual-time-budget=5000", "--dump-dom", address],
            check=True, capture_output=True, text=True, timeout=120).stdout  # fmt: skip
    return Tree(html).root


def rows(table):
    """Returns the texts of a table's body, row by row."""
    return [[cell.text() for cell in line.children] for line in table.first("tbody").all("tr")]

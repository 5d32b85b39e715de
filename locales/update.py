"""Extract the marked texts from the code and merge them into every catalogue.

Run ``python -m locales.update`` after a text has changed, then translate the
empty entries. Dates and tool versions are left out, so a second run changes nothing.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "flows", "handlers")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"silent": "false"}}  # report a template that cannot be parsed
KEYWORDS = {"_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}
HEADER = "# Texts of Brobygger.\n#"


def extracted() -> Catalog:
    """Return every message that is marked in the code, sorted."""
    catalogue = Catalog(project="Brobygger", version="", header_comment=HEADER, charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(
            ROOT / package, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
        )
        for file, line, message, _comments, context in found:
            catalogue.add(message, None, [(f"{package}/{file}", line)], context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, without the headers that change from run to run."""
    opened = io.BytesIO()
    write_po(
        opened, catalogue, width=90, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    lines = opened.getvalue().split(b"\n")
    fleeting = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator')
    return b"\n".join(line for line in lines if not line.startswith(fleeting))


def main() -> None:
    """Write messages.pot, and merge it into each language's messages.po."""
    fresh = extracted()
    folder = Path(__file__).parent
    (folder / "messages.pot").write_bytes(written(fresh))
    for file in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        language = file.parts[-3]
        with file.open("rb") as opened:
            known = read_po(opened, locale=language)
        known.update(fresh, no_fuzzy_matching=True)
        known.header_comment = HEADER
        file.write_bytes(written(known))


if __name__ == "__main__":
    main()

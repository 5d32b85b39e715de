"""Bar charts as SVG pictures, readable in light and dark windows."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from xml.sax.saxutils import escape

from pygal import HorizontalBar, PluginImportFixer
from pygal.style import Style

# It finds old plug-ins, which are not used here, and makes Python warn at each later import.
sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, PluginImportFixer)]
MIME = "image/svg+xml"
WIDTH, ROW, AROUND = 640, 36, 40  # pixels
INK, BAR = "#4a4a4a", "#1f6f8b"
# Comments tell the day, and scripts do not run in a picture.
_LEFT_OUT = re.compile("<!--.*?-->|<script.*?</script>", re.DOTALL)
DARK = (
    "inline:@media (prefers-color-scheme: dark) {"
    " text { fill: #d8d8d8 !important; } .color-0 { fill: #6cc0d8 !important; } }"
)


def bar_chart(rows: Sequence[tuple[str, int]], name: str) -> bytes:
    """Return a chart with a bar for each row: its label, and a number of people."""
    style = Style(
        background="transparent",
        plot_background="transparent",
        font_family="sans-serif",
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=INK,
        colors=(BAR,),
        opacity="1",
        label_font_size=15,
        value_font_size=15,
        value_colors=("#ffffff",),
    )
    most = max((number for _label, number in rows), default=0)
    chart = HorizontalBar(
        width=WIDTH,
        height=ROW * len(rows) + AROUND,
        style=style,
        css=["file://style.css", "file://graph.css", DARK],
        js=[],
        title=None,
        show_legend=False,
        show_x_labels=False,
        show_x_guides=False,
        margin=8,
        range=(0, max(1, most)),
        disable_xml_declaration=True,
        no_data_text="",
    )
    chart.uuid = "bars"  # not a random one, so that equal numbers are an equal picture
    # The chart draws from below; people read from above.
    chart.x_labels = [f"{label}: {number}" for label, number in reversed(rows)]
    chart.add(name, [number for _label, number in reversed(rows)])
    drawn = _LEFT_OUT.sub("", chart.render(is_unicode=True))
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1).encode()

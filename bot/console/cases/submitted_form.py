"""A form of a case's page as it was sent, for the page that shows it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from multidict import MultiDict

from bot.console.cases.preview import Preview
from bot.console.form import Form
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.faq import FaqEntry


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """A form shown again: its input, the reason for refusal, the preview, and FAQ entries found."""

    form: str = ""
    written: MultiDict[str] = field(default_factory=MultiDict)
    why: Text | None = None
    field: str = ""  # the field at fault
    preview: Preview | None = None
    found: tuple[FaqEntry, ...] | None = None

    def form_of(self, name: str, form: Form, values: Mapping[str, Any]) -> Form:
        """Return the form *name* as it was sent; with *values* where another or none was sent."""
        form = replace(form, prefix=f"{name.replace(':', '-')}-")
        if self.form != name:
            return form.filled(values)
        if self.why is None:
            return replace(form, written=self.written)
        return form.refused(self.written, Refused(self.why, self.field))

    def shown(self, form: str) -> Preview | None:
        """Return the preview of *form*; None without one."""
        return self.preview if self.form == form else None

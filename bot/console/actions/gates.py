"""Form handler for certificates and courses of volunteers."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.responses import act
from bot.i18n import _
from bot.model.commands.volunteering import SetGate
from bot.model.opportunity import Gate
from bot.model.profile import GateState


async def set_gate(request: web.Request) -> web.StreamResponse:
    """Set the state of a volunteer's gate, and show the page of the button again."""
    form, participant = await form_of(request), int(request.match_info["id"])
    gate, state = form.get("gate", ""), form.get("state", "")
    if gate not in list(Gate) or state not in list(GateState):
        raise web.HTTPBadRequest
    back = "gates" if form.get("back") == "gates" else f"volunteers/{participant}"
    command = SetGate(staff_of(request).id, participant, gate, state)
    return await act(request, command, _("It is written down."), back)

"""A citizen's own data: a readable summary, and a file with all of it (HR-9)."""

from __future__ import annotations

import json

from bot.engine.effects import Send
from bot.i18n import LANGUAGE_NAMES, Day
from bot.model.delivery import NEWS
from bot.runner.chat_files import put_file
from bot.runner.context import TurnContext
from bot.runner.options import topics
from bot.store.dossier import since_of
from bot.store.events import CITIZEN
from flows import cards, case_messages, messages


async def send_data(context: TurnContext) -> None:
    """Send a summary of the citizen's stored data, then all of it as a JSON file."""
    unit, person = context.unit, context.citizen
    dossier = await unit.dossier.of(person.id)
    live = await unit.consents.live(person.id)
    news = [str(o.label) for o in await topics(context) if NEWS + o.key in live]
    area = next((a.name for a in context.town.areas if a.key == person.area), None)
    cases = dossier["cases"]
    summary = case_messages.DATA_SUMMARY.with_(
        address=person.address or messages.NOTHING_CHOSEN,
        language=LANGUAGE_NAMES[context.language],
        area=area or messages.NOTHING_CHOSEN,
        since=Day(context.calendar.local(since_of(dossier)).date()),
        news=", ".join(news) or messages.NO_NEWS,
        cases=len(cases),
        messages=sum(len(case["messages"]) for case in cases),
        attachments=sum(len(one["pictures_and_places"]) for one in (dossier, *cases)),
        conversations=len(dossier["unfinished"]),
    )
    context.send(Send(case_messages.MY_DATA.with_(summary=summary), (cards.TO_MENU,)))
    await context.write_outgoing()  # the summary's outbox row must precede the file's
    content = json.dumps(dossier, ensure_ascii=False, indent=2).encode()
    await put_file(context, case_messages.MY_DATA_FILE, "application/json", content)
    await unit.events.add(CITIZEN, "took_data", person=person.id)

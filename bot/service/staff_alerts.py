"""Alert staff: a line in the console, and an e-mail where it is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.i18n import Text, _, render
from bot.store.alerts import Subject
from bot.store.events import by_staff
from bot.store.outbox import MAIL, NewOutbox, Priority
from bot.store.unit import Unit

USEFUL_FOR = timedelta(days=1)  # an older alert is seen at the next sign-in
MAIL_SUBJECT = _("New alert about {about}")
# No words of a citizen: an e-mail is read on any device, and kept by other firms.
MAIL_TEXT = _(
    "You have a new alert about {about}.\n\n{link}\n\n"
    "You get this e-mail because you asked for it in your account."
)


async def alert_staff(
    unit: Unit,
    staff_ids: Iterable[int],
    subject: Subject,
    kind: str,
    occasion: str = "",
    *,
    renews: bool = False,
) -> None:
    """Add an alert for each member of the staff, and queue the e-mails; skip what they have.

    With *renews*, an alert that was seen or dealt with counts as new: it has happened again.
    """
    alerted = await unit.alerts.add(staff_ids, subject, kind, occasion, renews=renews)
    if not alerted:
        return
    about = subject.called
    if subject.number is not None:
        about = f"{unit.town.number_prefix}-{subject.number}"
    link = f"{unit.console_url}/{subject.path}"
    for one in await unit.staff.by_mail(alerted):

        def words(text: Text, language: str = one.language) -> str:
            return render(text.with_(about=about, link=link), language, escape=str)

        params = {
            "to": one.mail_address,
            "subject": words(MAIL_SUBJECT),
            "text": words(MAIL_TEXT),
        }
        await unit.outbox.put(
            NewOutbox(
                one.id,
                by_staff(one.id),
                MAIL,
                params,
                Priority.REPLY,
                not_after=unit.now + USEFUL_FOR,
                channel=MAIL,
            )
        )

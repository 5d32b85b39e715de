"""The services: each executes one command, async def (command, unit) -> Done | Refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_type_hints

from bot.engine.events import Done, Refused
from bot.service import (
    answers,
    faq,
    faq_editing,
    launches,
    links,
    own_reminders,
    participants,
    phone_calls,
    reminders,
    settings,
    sign_in,
    staff,
)
from bot.service.cases import corrections, endings, joining, opening, replies, work
from bot.store.unit import Unit

Service = Callable[[Any, Unit], Awaitable[Done | Refused]]

# Every service; the annotation of its first parameter is the command that it executes.
SERVICES: tuple[Service, ...] = (
    participants.add_participant,
    participants.edit_participant,
    participants.end_participant,
    phone_calls.record_call,
    participants.add_group,
    participants.end_group,
    participants.join_group,
    participants.leave_group,
    participants.give_role,
    participants.end_role,
    reminders.set_reminder,
    reminders.edit_reminder,
    reminders.hold_reminder,
    reminders.end_reminder,
    reminders.export_reminder,
    own_reminders.remind_me,
    own_reminders.remind_group,
    answers.answer_delivery,
    answers.give_reason,
    answers.snooze,
    answers.snooze_to,
    answers.mute_topic,
    answers.lift_mute,
    answers.pause_until,
    links.make_link,
    links.revoke_link,
    links.make_feed,
    links.revoke_feed,
    settings.set_language,
    settings.save_settings,
    settings.save_news,
    launches.tell_when_open,
    faq.rate_answer,
    staff.add_staff,
    staff.invite_staff,
    staff.change_staff,
    staff.disable_staff,
    sign_in.choose_password,
    sign_in.change_password,
    sign_in.change_language,
    sign_in.change_mail_address,
    sign_in.sign_in,
    sign_in.end_session,
    sign_in.end_other_sessions,
    # the staff's work on the FAQ
    faq_editing.add_entry,
    faq_editing.edit_entry,
    faq_editing.check_entry,
    faq_editing.roll_back_entry,
    faq_editing.retire_entry,
    faq_editing.add_phrasing,
    faq_editing.settle_missed,
    # a citizen's cases
    opening.open_case,
    opening.ask_person,
    opening.propose_idea,
    opening.complain,
    opening.ask_for_access,
    opening.report,
    opening.ask_for_call,
    joining.join_case,
    joining.split_off,
    joining.edit_words,
    joining.give_verdict,
    joining.felt_wrong,
    # the staff's work on cases
    work.claim_case,
    work.hand_over,
    work.write_note,
    work.log_call,
    work.mark_case,
    work.sort_case,
    work.reopen_case,
    work.enter_case,
    work.add_words,
    work.read_case,
    work.export_case,
    work.do_task,
    work.see_alerts,
    replies.answer_case,
    replies.write_citizen,
    replies.ask_citizen,
    replies.extend_case,
    endings.close_case,
    corrections.cancel_scheduled,
    corrections.correct_answer,
    corrections.withdraw_answer,
    corrections.told_by_hand,
)
BY_COMMAND: Mapping[type, Service] = {get_type_hints(one)["command"]: one for one in SERVICES}


async def execute(command: Any, unit: Unit) -> Done | Refused:
    """Execute *command* in the transaction of *unit*."""
    return await BY_COMMAND[type(command)](command, unit)

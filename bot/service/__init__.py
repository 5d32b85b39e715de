"""The services: each executes one command, async def (command, unit) -> Done | Refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engine.events import Done, Refused
from bot.model import commands
from bot.service import faq, faq_editing, launches, settings, sign_in, staff
from bot.service.cases import corrections, endings, joining, opening, replies, work
from bot.store.unit import Unit

Service = Callable[[Any, Unit], Awaitable[Done | Refused]]

SERVICES: Mapping[type, Service] = {
    commands.SetLanguage: settings.set_language,
    commands.SaveSettings: settings.save_settings,
    commands.SaveNews: settings.save_news,
    commands.TellWhenOpen: launches.tell_when_open,
    commands.RateAnswer: faq.rate_answer,
    commands.AddStaff: staff.add_staff,
    commands.InviteStaff: staff.invite_staff,
    commands.ChangeStaff: staff.change_staff,
    commands.DisableStaff: staff.disable_staff,
    commands.ChoosePassword: sign_in.choose_password,
    commands.ChangePassword: sign_in.change_password,
    commands.ChangeStaffLanguage: sign_in.change_language,
    commands.SignIn: sign_in.sign_in,
    commands.EndSession: sign_in.end_session,
    commands.EndOtherSessions: sign_in.end_other_sessions,
    # the staff's work on the FAQ
    commands.AddEntry: faq_editing.add_entry,
    commands.EditEntry: faq_editing.edit_entry,
    commands.CheckEntry: faq_editing.check_entry,
    commands.RollBackEntry: faq_editing.roll_back_entry,
    commands.RetireEntry: faq_editing.retire_entry,
    commands.AddPhrasing: faq_editing.add_phrasing,
    commands.SettleMissed: faq_editing.settle_missed,
    # a citizen's cases
    commands.OpenCase: opening.open_case,
    commands.AskPerson: opening.ask_person,
    commands.ProposeIdea: opening.propose_idea,
    commands.Complain: opening.complain,
    commands.AskForAccess: opening.ask_for_access,
    commands.Report: opening.report,
    commands.AskForCall: opening.ask_for_call,
    commands.JoinCase: joining.join_case,
    commands.SplitOff: joining.split_off,
    commands.EditWords: joining.edit_words,
    commands.GiveVerdict: joining.give_verdict,
    commands.FeltWrong: joining.felt_wrong,
    # the staff's work on cases
    commands.ClaimCase: work.claim_case,
    commands.HandOver: work.hand_over,
    commands.WriteNote: work.write_note,
    commands.LogCall: work.log_call,
    commands.MarkCase: work.mark_case,
    commands.SortCase: work.sort_case,
    commands.ReopenCase: work.reopen_case,
    commands.EnterCase: work.enter_case,
    commands.AddWords: work.add_words,
    commands.ReadCase: work.read_case,
    commands.ExportCase: work.export_case,
    commands.DoTask: work.do_task,
    commands.SeeAlerts: work.see_alerts,
    commands.AnswerCase: replies.answer_case,
    commands.WriteCitizen: replies.write_citizen,
    commands.AskCitizen: replies.ask_citizen,
    commands.ExtendCase: replies.extend_case,
    commands.CloseCase: endings.close_case,
    commands.CancelScheduled: corrections.cancel_scheduled,
    commands.CorrectAnswer: corrections.correct_answer,
    commands.WithdrawAnswer: corrections.withdraw_answer,
    commands.ToldByHand: corrections.told_by_hand,
}


async def execute(command: Any, unit: Unit) -> Done | Refused:
    """Execute *command* in the transaction of *unit*."""
    return await SERVICES[type(command)](command, unit)

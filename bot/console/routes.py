"""Every page and form of the console with its permission, and the sections of the sidebar."""

from __future__ import annotations

from bot.console.actions import account as account_actions
from bot.console.actions import broadcast_run, case_writing
from bot.console.actions import broadcasts as broadcast_actions
from bot.console.actions import campaigns as campaign_actions
from bot.console.actions import case as case_actions
from bot.console.actions import catalogue as catalogue_actions
from bot.console.actions import contributions as contribution_actions
from bot.console.actions import faq as faq_actions
from bot.console.actions import gates as gate_actions
from bot.console.actions import groups as group_actions
from bot.console.actions import invitations as invitation_actions
from bot.console.actions import links as link_actions
from bot.console.actions import missed as missed_actions
from bot.console.actions import new_case as new_case_actions
from bot.console.actions import opportunities as opportunity_actions
from bot.console.actions import outcomes as outcome_actions
from bot.console.actions import own_words as own_words_actions
from bot.console.actions import participants as participant_actions
from bot.console.actions import pledges as pledge_actions
from bot.console.actions import reminders as reminder_actions
from bot.console.actions import saved_audiences as audience_actions
from bot.console.actions import shifts as shift_actions
from bot.console.actions import sign_in as sign_in_actions
from bot.console.actions import signups as signup_actions
from bot.console.actions import staff as staff_actions
from bot.console.actions import tasks as task_actions
from bot.console.audience_form import COUNT_AT
from bot.console.audience_form import count as count_audience
from bot.console.list_labels import LISTS
from bot.console.navigation import Section
from bot.console.pages import (
    account,
    alerts,
    attendance,
    audit,
    broadcast,
    broadcast_people,
    broadcast_writing,
    broadcasts,
    campaign,
    campaign_writing,
    campaigns,
    case,
    catalogue,
    catalogue_writing,
    coming_shifts,
    contributions,
    events,
    faq,
    faq_entry,
    gates,
    groups,
    invitation_writing,
    invitations,
    journal,
    links,
    lists,
    missed,
    new_case,
    obstacles,
    opportunities,
    opportunity,
    opportunity_import,
    opportunity_writing,
    outcome,
    outgoing,
    own_words,
    participants,
    pictures,
    pledge,
    pledge_totals,
    pledge_writing,
    pledges,
    reminder_results,
    reminder_writing,
    reminders,
    saved_audiences,
    shift,
    shift_lists,
    shift_writing,
    sign_in,
    staff,
    tasks,
    volunteers,
)
from bot.console.route import Route
from bot.console.static import show_file
from bot.console.table_files import ENDING
from bot.i18n import _, pgettext
from bot.model.caselist import CaseList
from bot.model.staff import May
from bot.model.staff_messages import STAFF_MESSAGES

ENTRY = "{id:[A-Za-z0-9_]{1,20}}"  # an entry of the FAQ
ID = "{id:[0-9]{1,15}}"
REMINDER = f"reminders/{ID}"
OPPORTUNITY, SHIFT, SIGNUP = f"opportunities/{ID}", f"shifts/{ID}", f"signups/{ID}"
INVITATION = f"invitations/{ID}"
CATALOGUE, PLEDGE, CAMPAIGN = f"catalogue/{ID}", f"pledges/{ID}", f"campaigns/{ID}"
BROADCAST, AUDIENCE = f"broadcasts/{ID}", f"audiences/{ID}"
OUTCOME = f"outcomes/{ID}"
CONTACTS = f"{OPPORTUNITY}/contacts"
SET = May.SET_REMINDERS
ROLES = f"participants/{ID}/roles"
CASE = "cases/{number:[0-9]{1,15}}"
MESSAGE = CASE + "/messages/{message:[0-9]{1,15}}"
NAMES = "|".join(message.name for message in STAFF_MESSAGES)
WRITTEN = f"{{form:{NAMES}}}"
SHOWN = f"{{form:{NAMES}|correct:[0-9]{{1,15}}}}"
LIST_PATHS = tuple(f"cases/{which}" for which in CaseList if which is not CaseList.MINE)

ROUTES: tuple[Route, ...] = (
    Route("GET", "static/{name}", show_file, May.SIGN_IN),
    # signing in
    Route("GET", "sign-in", sign_in.show_sign_in, May.SIGN_IN),
    Route("POST", "sign-in", sign_in_actions.sign_in, May.SIGN_IN),
    Route("GET", "invitation/{token}", sign_in.show_invitation, May.SIGN_IN),
    Route("POST", "invitation/{token}", sign_in_actions.choose_password, May.SIGN_IN),
    Route("POST", "language", sign_in_actions.choose_language, May.SIGN_IN),
    Route("POST", "sign-out", sign_in_actions.sign_out, May.OWN_ACCOUNT),
    Route("GET", "", sign_in.open_first_section, May.OWN_ACCOUNT),
    # lists of cases, tasks and alerts
    Route("GET", "cases", lists.show_mine, May.SEE_CASES),
    *(Route("GET", path, lists.show_list, May.SEE_CASES) for path in LIST_PATHS),
    Route("GET", "search", lists.show_search, May.SEE_CASES),
    Route("GET", "cases/new", new_case.show_new, May.WORK_CASES),
    Route("POST", "cases/new", new_case_actions.enter_case, May.WORK_CASES),
    Route("GET", "tasks", tasks.show_tasks, May.SEE_CASES),
    Route("POST", "tasks/done", tasks.finish_tasks, May.WORK_CASES),
    Route("POST", "tasks/{id:[0-9]{1,15}}/done", task_actions.do_task, May.WORK_CASES),
    Route("GET", "tasks/{id:[0-9]{1,15}}/call", tasks.show_call, May.WORK_CASES),
    Route("POST", "tasks/{id:[0-9]{1,15}}/call", task_actions.record_call, May.WORK_CASES),
    Route("GET", "alerts", alerts.show_alerts, May.SEE_ALERTS),
    # the current user's account
    Route("GET", "account", account.show_account, May.OWN_ACCOUNT),
    Route("POST", "account/password", account_actions.change_password, May.OWN_ACCOUNT),
    Route("POST", "account/mail", account_actions.change_mail_address, May.OWN_ACCOUNT),
    Route("POST", "account/chat", account_actions.link_chat, May.BROADCAST),
    Route("POST", "account/chat/end", account_actions.unlink_chat, May.BROADCAST),
    Route("POST", "account/sessions/end", account_actions.end_session, May.OWN_ACCOUNT),
    Route("POST", "account/sessions/end-others", account_actions.end_others, May.OWN_ACCOUNT),
    # a case
    Route("GET", CASE, case.show_case, May.SEE_CASES),
    Route("GET", CASE + "/thread", case.show_thread, May.SEE_CASES),
    Route("GET", CASE + "/presence", case.show_presence, May.SEE_CASES),
    Route("GET", CASE + "/faq", case.show_suggestions, May.SEE_CASES),
    Route("GET", CASE + "/pictures/{picture:[0-9]{1,15}}", pictures.show_picture, May.SEE_CASES),
    Route("POST", CASE + "/claim", case_actions.claim, May.WORK_CASES),
    Route("POST", CASE + "/hand-over", case_actions.hand_over, May.WORK_CASES),
    Route("POST", CASE + "/note", case_actions.note, May.WORK_CASES),
    Route("POST", CASE + "/call", case_actions.call, May.WORK_CASES),
    Route("POST", CASE + "/marks", case_actions.mark, May.WORK_CASES),
    Route("POST", CASE + "/sort", case_actions.sort, May.WORK_CASES),
    Route("POST", CASE + "/reopen", case_actions.reopen, May.WORK_CASES),
    Route("POST", CASE + "/words", case_actions.add_words, May.WORK_CASES),
    Route("POST", CASE + "/draft", case_actions.keep_draft, May.WORK_CASES),
    Route("POST", CASE + "/leave", case_actions.leave, May.SEE_CASES),
    # messages to the case's citizen
    Route("POST", CASE + "/preview/" + SHOWN, case_writing.show_preview, May.WORK_CASES),
    Route("POST", CASE + "/write/" + WRITTEN, case_writing.write, May.WORK_CASES),
    Route("POST", MESSAGE + "/correct", case_writing.correct, May.WORK_CASES),
    Route("POST", MESSAGE + "/withdraw", case_writing.withdraw, May.WORK_CASES),
    Route("POST", MESSAGE + "/cancel", case_writing.cancel, May.WORK_CASES),
    Route("POST", MESSAGE + "/tell", case_writing.tell, May.WORK_CASES),
    # change events
    Route("GET", "events", events.show_events, May.SEE_ALERTS),
    # staff
    Route("GET", "staff", staff.show_staff, May.MANAGE_STAFF),
    Route("GET", "staff/new", staff.show_new, May.MANAGE_STAFF),
    Route("POST", "staff/new", staff_actions.add_staff, May.MANAGE_STAFF),
    Route("GET", "staff/{id:[0-9]{1,15}}", staff.show_member, May.MANAGE_STAFF),
    Route("POST", "staff/{id:[0-9]{1,15}}", staff_actions.change_staff, May.MANAGE_STAFF),
    Route("POST", "staff/{id:[0-9]{1,15}}/invite", staff_actions.invite, May.MANAGE_STAFF),
    Route("POST", "staff/{id:[0-9]{1,15}}/disable", staff_actions.disable, May.MANAGE_STAFF),
    # the FAQ
    Route("GET", "faq", faq.show_faq, May.EDIT_FAQ),
    Route("GET", "faq/new", faq_entry.show_new, May.EDIT_FAQ),
    Route("POST", "faq/new", faq_actions.add_entry, May.EDIT_FAQ),
    Route("GET", f"faq/{ENTRY}", faq_entry.show_entry, May.EDIT_FAQ),
    Route("POST", f"faq/{ENTRY}", faq_actions.edit_entry, May.EDIT_FAQ),
    Route("GET", f"faq/{ENTRY}/versions", faq_entry.show_versions, May.EDIT_FAQ),
    Route("POST", f"faq/{ENTRY}/checked", faq_actions.check_entry, May.EDIT_FAQ),
    Route("POST", f"faq/{ENTRY}/retire", faq_actions.retire_entry, May.EDIT_FAQ),
    Route("POST", f"faq/{ENTRY}/bring-back", faq_actions.bring_back, May.EDIT_FAQ),
    Route("POST", f"faq/{ENTRY}/roll-back", faq_actions.roll_back, May.EDIT_FAQ),
    Route("GET", "missed", missed.show_missed, May.EDIT_FAQ),
    Route("POST", "missed/done", missed.settle_missed, May.EDIT_FAQ),
    Route("POST", "missed/{id:[0-9]{1,15}}/phrasing", missed_actions.add_phrasing, May.EDIT_FAQ),
    Route("POST", "missed/{id:[0-9]{1,15}}/done", missed_actions.settle, May.EDIT_FAQ),
    # reminders
    Route("GET", "reminders", reminders.show_reminders, May.SET_REMINDERS),
    Route("GET", "reminders/new", reminder_writing.show_new, May.SET_REMINDERS),
    Route("POST", "reminders/new", reminder_actions.write_new, May.SET_REMINDERS),
    Route("GET", REMINDER, reminders.show_reminder, May.SET_REMINDERS),
    Route("GET", f"{REMINDER}/edit", reminder_writing.show_edit, May.SET_REMINDERS),
    Route("POST", f"{REMINDER}/edit", reminder_actions.write_edit, May.SET_REMINDERS),
    Route("GET", f"{REMINDER}/results", reminders.show_results, May.SET_REMINDERS),
    Route("GET", f"{REMINDER}/results.{ENDING}", reminder_results.give_file, May.EXPORT_PERSONS),
    Route("POST", f"{REMINDER}/pause", reminder_actions.pause, May.SET_REMINDERS),
    Route("POST", f"{REMINDER}/resume", reminder_actions.resume, May.SET_REMINDERS),
    Route("POST", f"{REMINDER}/end", reminder_actions.end, May.SET_REMINDERS),
    Route("GET", "links", links.show_links, May.SET_REMINDERS),
    Route("POST", "links/new", link_actions.make_link, May.SET_REMINDERS),
    Route("POST", "links/revoke", links.revoke_links, May.SET_REMINDERS),
    Route("GET", "outgoing", outgoing.show_outgoing, May.SET_REMINDERS),
    # groups, and citizens as participants
    Route("GET", "groups", groups.show_groups, May.SET_REMINDERS),
    Route("GET", "groups/new", groups.show_new, May.SET_REMINDERS),
    Route("POST", "groups/new", group_actions.add_group, May.SET_REMINDERS),
    Route("GET", f"groups/{ID}", groups.show_group, May.SET_REMINDERS),
    Route("GET", f"groups/{ID}/add", groups.show_add, May.SET_REMINDERS),
    Route("POST", f"groups/{ID}/join", group_actions.join, May.SET_REMINDERS),
    Route("POST", f"groups/{ID}/leave", group_actions.leave, May.SET_REMINDERS),
    Route("POST", f"groups/{ID}/end", group_actions.end, May.SET_REMINDERS),
    Route("GET", "participants", participants.show_participants, May.SET_REMINDERS),
    Route("GET", "participants/new", participants.show_new, May.SET_REMINDERS),
    Route("POST", "participants/new", participant_actions.add_participant, May.SET_REMINDERS),
    Route("GET", f"participants/{ID}", participants.show_participant, May.SET_REMINDERS),
    Route("GET", f"participants/{ID}/edit", participants.show_edit, May.SET_REMINDERS),
    Route("POST", f"participants/{ID}/edit", participant_actions.edit_participant, SET),
    Route("POST", f"participants/{ID}/end", participant_actions.end_participant, SET),
    Route("POST", f"participants/{ID}/join", participant_actions.join_group, SET),
    Route("POST", f"{ROLES}/give", participant_actions.give_role, May.SET_REMINDERS),
    Route("POST", f"{ROLES}/end", participant_actions.end_role, May.SET_REMINDERS),
    # opportunities to volunteer
    Route("GET", "opportunities", opportunities.show_opportunities, May.VOLUNTEERING),
    Route("GET", "opportunities/dates", coming_shifts.show_dates, May.VOLUNTEERING),
    Route("GET", f"opportunities/table.{ENDING}", opportunities.give_table, May.VOLUNTEERING),
    Route("GET", "opportunities/import", opportunity_import.show_import, May.VOLUNTEERING),
    Route("POST", "opportunities/import", opportunity_actions.take_table, May.VOLUNTEERING),
    Route("GET", "opportunities/new", opportunity_writing.show_new, May.VOLUNTEERING),
    Route("POST", "opportunities/new", opportunity_actions.write_new, May.VOLUNTEERING),
    Route("GET", OPPORTUNITY, opportunity.show_opportunity, May.VOLUNTEERING),
    Route("GET", f"{OPPORTUNITY}/edit", opportunity_writing.show_edit, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/edit", opportunity_actions.write_edit, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/copy", opportunity_actions.copy, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/publish", opportunity_actions.publish, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/pause", opportunity_actions.pause, May.VOLUNTEERING),
    Route("GET", f"{OPPORTUNITY}/end", opportunity_writing.show_end, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/end", opportunity_actions.end, May.VOLUNTEERING),
    Route("GET", f"{CONTACTS}/add", opportunity_writing.show_contacts, May.VOLUNTEERING),
    Route("POST", f"{CONTACTS}/add", opportunity_actions.add_contact, May.VOLUNTEERING),
    Route("POST", f"{CONTACTS}/remove", opportunity_actions.remove_contact, May.VOLUNTEERING),
    Route("GET", f"{OPPORTUNITY}/add", shift_writing.show_add_by_agreement, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/add", signup_actions.add_by_agreement, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/enter", signup_actions.enter_by_agreement, May.VOLUNTEERING),
    Route("GET", f"{OPPORTUNITY}/hours.{ENDING}", shift_lists.give_hours, May.EXPORT_PERSONS),
    # shifts
    Route("GET", f"{OPPORTUNITY}/shifts", opportunity.show_shifts, May.VOLUNTEERING),
    Route("GET", f"{OPPORTUNITY}/shifts/new", shift_writing.show_new, May.VOLUNTEERING),
    Route("POST", f"{OPPORTUNITY}/shifts/new", shift_actions.add, May.VOLUNTEERING),
    Route("GET", SHIFT, shift.show_shift, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/edit", shift_writing.show_edit, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/edit", shift_actions.change, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/cancel", shift_writing.show_cancel, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/cancel", shift_actions.cancel, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/message", shift_writing.show_message, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/message", shift_actions.write, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/add", shift_writing.show_add, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/add", signup_actions.add_to_shift, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/enter", signup_actions.enter_to_shift, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/attendance", attendance.show_attendance, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/code", attendance.show_code, May.VOLUNTEERING),
    Route("POST", f"{SHIFT}/code", shift_actions.make_code, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/phones", shift_lists.show_phones, May.VOLUNTEERING),
    Route("GET", f"{SHIFT}/volunteers.{ENDING}", shift_lists.give_volunteers, May.EXPORT_PERSONS),
    # invitations to volunteer
    *(
        route
        for place in (f"{OPPORTUNITY}/invite", f"{SHIFT}/invite")
        for route in (
            Route("GET", place, invitation_writing.show_invite, May.VOLUNTEERING),
            Route("POST", place, invitation_actions.invite, May.VOLUNTEERING),
            Route("GET", f"{place}/people", invitation_writing.show_people, May.VOLUNTEERING),
        )
    ),
    Route("GET", INVITATION, invitations.show_invitation, May.VOLUNTEERING),
    Route("GET", f"{INVITATION}/results", invitations.show_results, May.VOLUNTEERING),
    Route("POST", f"{INVITATION}/end", invitation_actions.end, May.VOLUNTEERING),
    # sign-ups and volunteers
    Route("POST", f"{SIGNUP}/take", signup_actions.take, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/confirm", signup_actions.confirm, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/reopen", signup_actions.reopen, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/contacted", signup_actions.contacted, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/agree", signup_actions.agree, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/write", signup_actions.write, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/reject", signup_actions.reject, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/coming", signup_actions.says_coming, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/cannot", signup_actions.cannot, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/take-offer", signup_actions.take_offer, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/decline-offer", signup_actions.decline_offer, May.VOLUNTEERING),
    Route("POST", f"{SIGNUP}/mark", signup_actions.mark, May.VOLUNTEERING),
    Route("POST", attendance.ATTENDED.path, attendance.mark_attended, May.VOLUNTEERING),
    Route("POST", attendance.EXCUSED.path, attendance.mark_excused, May.VOLUNTEERING),
    Route("POST", attendance.NO_SHOW.path, attendance.mark_no_show, May.VOLUNTEERING),
    Route("GET", f"volunteers/{ID}", volunteers.show_volunteer, May.VOLUNTEERING),
    Route("GET", f"volunteers/{ID}/messages", volunteers.show_messages, May.VOLUNTEERING),
    # certificates
    Route("GET", "gates", gates.show_gates, May.HANDLE_GATES),
    Route("POST", f"gates/{ID}/set", gate_actions.set_gate, May.HANDLE_GATES),
    # pledges, and the catalogue of what people can promise
    Route("GET", "pledges", pledges.show_pledges, May.PLEDGES),
    Route("GET", f"pledges/table.{ENDING}", pledges.give_table, May.EXPORT_PERSONS),
    Route("GET", "pledges/totals", pledge_totals.show_totals, May.PLEDGES),
    Route("GET", f"pledges/totals/table.{ENDING}", pledge_totals.give_table, May.PLEDGES),
    Route("GET", "pledges/new", pledge_writing.show_choice, May.PLEDGES),
    Route("POST", "pledges/new", pledge_actions.choose, May.PLEDGES),
    Route("POST", "pledges/new/enter", pledge_actions.enter, May.PLEDGES),
    Route("GET", f"pledges/new/{ID}", pledge_writing.show_making, May.PLEDGES),
    Route("POST", f"pledges/new/{ID}", pledge_actions.make, May.PLEDGES),
    Route("GET", PLEDGE, pledge.show_pledge, May.PLEDGES),
    Route("GET", f"{PLEDGE}/edit", pledge_writing.show_edit, May.PLEDGES),
    Route("POST", f"{PLEDGE}/edit", pledge_actions.change, May.PLEDGES),
    Route("POST", f"{PLEDGE}/check-in", pledge_actions.check_in, May.PLEDGES),
    Route("POST", f"{PLEDGE}/undo", pledge_actions.undo, May.PLEDGES),
    Route("POST", f"{PLEDGE}/obstacle", pledge_actions.tell_obstacle, May.PLEDGES),
    Route("POST", f"{PLEDGE}/pause", pledge_actions.pause, May.PLEDGES),
    Route("POST", f"{PLEDGE}/resume", pledge_actions.resume, May.PLEDGES),
    Route("POST", f"{PLEDGE}/stop", pledge_actions.stop, May.PLEDGES),
    Route("POST", f"{PLEDGE}/withdraw", pledge_actions.withdraw, May.PLEDGES),
    Route("POST", f"{PLEDGE}/approve-words", own_words_actions.approve_words, May.PLEDGES),
    Route("POST", f"{PLEDGE}/refuse-words", own_words_actions.refuse_words, May.PLEDGES),
    Route("POST", f"{PLEDGE}/refuse-name", own_words_actions.refuse_name, May.PLEDGES),
    Route("POST", f"{PLEDGE}/allow-name", own_words_actions.allow_name, May.PLEDGES),
    Route("GET", "own-words", own_words.show_own_words, May.PLEDGES),
    Route("GET", "catalogue", catalogue.show_catalogue, May.PLEDGES),
    Route("GET", "catalogue/new", catalogue_writing.show_new, May.PLEDGES),
    Route("POST", "catalogue/new", catalogue_actions.write_new, May.PLEDGES),
    Route("GET", CATALOGUE, catalogue.show_entry, May.PLEDGES),
    Route("GET", f"{CATALOGUE}/edit", catalogue_writing.show_edit, May.PLEDGES),
    Route("POST", f"{CATALOGUE}/edit", catalogue_actions.write_edit, May.PLEDGES),
    Route("POST", f"{CATALOGUE}/publish", catalogue_actions.publish, May.PLEDGES),
    Route("POST", f"{CATALOGUE}/retire", catalogue_actions.retire, May.PLEDGES),
    # campaigns
    Route("GET", "campaigns", campaigns.show_campaigns, May.PLEDGES),
    Route("GET", "campaigns/new", campaign_writing.show_new, May.PLEDGES),
    Route("POST", "campaigns/new", campaign_actions.write_new, May.PLEDGES),
    Route("GET", CAMPAIGN, campaign.show_campaign, May.PLEDGES),
    Route("GET", f"{CAMPAIGN}/edit", campaign_writing.show_edit, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/edit", campaign_actions.write_edit, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/submit", campaign_actions.submit, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/approve", campaign_actions.approve, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/return", campaign_actions.give_back, May.PLEDGES),
    Route("GET", f"{CAMPAIGN}/cancel", campaign_writing.show_cancel, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/cancel", campaign_actions.cancel, May.PLEDGES),
    Route("GET", f"{CAMPAIGN}/extend", campaign_writing.show_extend, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/extend", campaign_actions.extend, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/complete", campaign_actions.complete, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/counter", campaign_actions.counter, May.PLEDGES),
    Route("GET", f"{CAMPAIGN}/sign", campaign_writing.show_sign, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/sign", campaign_actions.sign, May.PLEDGES),
    Route("POST", f"{CAMPAIGN}/sign/enter", campaign_actions.enter, May.PLEDGES),
    # broadcasts
    Route("GET", "broadcasts", broadcasts.show_broadcasts, May.BROADCAST),
    Route("GET", "broadcasts/new", broadcast_writing.show_new, May.BROADCAST),
    Route("POST", "broadcasts/new", broadcast_actions.write_new, May.BROADCAST),
    Route("POST", "broadcasts/check", broadcast_actions.check_new, May.BROADCAST),
    Route("GET", BROADCAST, broadcast.show_broadcast, May.BROADCAST),
    Route("GET", f"{BROADCAST}/file", broadcasts.give_file, May.BROADCAST),
    Route("GET", f"{BROADCAST}/edit", broadcast_writing.show_edit, May.BROADCAST),
    Route("POST", f"{BROADCAST}/edit", broadcast_actions.write_edit, May.BROADCAST),
    Route("POST", f"{BROADCAST}/check", broadcast_actions.check_edit, May.BROADCAST),
    Route("POST", f"{BROADCAST}/copy", broadcast_actions.copy, May.BROADCAST),
    Route("POST", f"{BROADCAST}/drop", broadcast_actions.drop, May.BROADCAST),
    Route("POST", f"{BROADCAST}/test", broadcast_actions.test, May.BROADCAST),
    Route("POST", f"{BROADCAST}/submit", broadcast_actions.submit, May.BROADCAST),
    Route("POST", f"{BROADCAST}/approve", broadcast_actions.approve, May.APPROVE),
    Route("POST", f"{BROADCAST}/return", broadcast_actions.give_back, May.APPROVE),
    Route("GET", f"{BROADCAST}/chart.svg", broadcast.show_chart, May.BROADCAST),
    Route("GET", f"{BROADCAST}/recipients", broadcast_people.show_recipients, May.BROADCAST),
    Route(
        "GET", f"{BROADCAST}/recipients.{ENDING}", broadcast_people.give_file, May.EXPORT_PERSONS
    ),
    Route("POST", f"{BROADCAST}/pause", broadcast_run.pause, May.BROADCAST),
    Route("POST", f"{BROADCAST}/resume", broadcast_run.resume, May.BROADCAST),
    Route("POST", f"{BROADCAST}/stop", broadcast_run.stop, May.BROADCAST),
    Route("GET", f"{BROADCAST}/correct", broadcast.show_correction, May.BROADCAST),
    Route("POST", f"{BROADCAST}/correct", broadcast_run.correct, May.BROADCAST),
    Route("POST", f"{BROADCAST}/correct/approve", broadcast_run.approve_correction, May.APPROVE),
    Route("POST", f"{BROADCAST}/correct/drop", broadcast_run.drop_correction, May.BROADCAST),
    Route("POST", f"{BROADCAST}/remind", broadcast_run.remind, May.BROADCAST),
    Route("GET", f"{BROADCAST}/contributions", contributions.show_contributions, May.BROADCAST),
    Route("POST", f"{BROADCAST}/close", broadcast_run.close, May.BROADCAST),
    # contributions and their outcomes
    Route("GET", "contributions", contributions.show_waiting, May.PLEDGES),
    Route("POST", contributions.GIVE.path, contribution_actions.give, May.BROADCAST),
    # saved audiences
    Route("GET", "audiences", saved_audiences.show_audiences, May.BROADCAST),
    Route("GET", "audiences/new", saved_audiences.show_new, May.BROADCAST),
    Route("POST", "audiences/new", audience_actions.write_new, May.BROADCAST),
    Route("POST", COUNT_AT, count_audience, May.BROADCAST),
    Route("GET", AUDIENCE, saved_audiences.show_audience, May.BROADCAST),
    Route("POST", AUDIENCE, audience_actions.write_edit, May.BROADCAST),
    Route("POST", f"{AUDIENCE}/drop", audience_actions.drop, May.BROADCAST),
    # obstacles, and the answers to them
    Route("GET", "obstacles", obstacles.show_obstacles, May.PLEDGES),
    Route("POST", "obstacles/group", outcome_actions.group, May.PLEDGES),
    Route("POST", "obstacles/ungroup", outcome.ungroup, May.PLEDGES),
    Route("GET", "outcomes", obstacles.show_outcomes, May.PLEDGES),
    Route("GET", OUTCOME, outcome.show_outcome, May.PLEDGES),
    Route("POST", f"{OUTCOME}/assign", outcome_actions.assign, May.PLEDGES),
    Route("POST", f"{OUTCOME}/answer", outcome_actions.answer, May.PLEDGES),
    # a case, exported for the journal
    Route("GET", CASE + "/journal.html", journal.give_page, May.SEE_CASES),
    Route("GET", CASE + "/journal.json", journal.give_json, May.SEE_CASES),
    Route("GET", CASE + "/journal.csv", journal.give_csv, May.SEE_CASES),
    # the audit
    Route("GET", "audit", audit.show_audit, May.SEE_AUDIT),
)

# Only the demo has these.
DEMO_ROUTES: tuple[Route, ...] = (
    Route("POST", "demo/come-in", sign_in_actions.sign_in_to_demo, May.SIGN_IN),
)


def _list(which: CaseList, icon: str) -> Section:
    path = "cases" if which is CaseList.MINE else f"cases/{which}"
    count = which.replace("-", "_")
    return Section(path, LISTS[which], icon, May.SEE_CASES, count, alone=True)


SECTIONS: tuple[Section, ...] = (
    _list(CaseList.MINE, "inbox"),
    _list(CaseList.UNASSIGNED, "hand"),
    _list(CaseList.DUE_TODAY, "clock"),
    _list(CaseList.OVERDUE, "warning"),
    _list(CaseList.WAITING, "ask"),
    _list(CaseList.ANSWERED, "reply"),
    _list(CaseList.ALL, "list"),
    Section("tasks", _("To do"), "flag", May.SEE_CASES, "tasks", apart=True),
    Section("alerts", _("Alerts"), "bell", May.SEE_ALERTS, "alerts"),
    Section("faq", _("Questions and answers"), "answers", May.EDIT_FAQ, apart=True),
    Section("missed", _("Found nothing"), "search", May.EDIT_FAQ),
    Section(
        "opportunities",
        _("Volunteering"),
        "hand",
        May.VOLUNTEERING,
        "volunteers",
        apart=True,
        others=("shifts", "volunteers", "invitations"),
    ),
    Section("gates", _("Certificates"), "lock", May.HANDLE_GATES),
    Section(
        "broadcasts", pgettext("staff", "News"), "send", May.BROADCAST, "broadcasts", apart=True
    ),
    Section("audiences", _("Saved audiences"), "people", May.BROADCAST),
    Section("pledges", _("Pledges"), "flag", May.PLEDGES, apart=True),
    Section("own-words", _("Own words"), "book", May.PLEDGES, "own_words"),
    Section("campaigns", _("Shared pledges"), "people", May.PLEDGES, "campaigns"),
    Section(
        "contributions",
        _("Answers to citizens"),
        "reply",
        May.PLEDGES,
        "obstacles",
        others=("obstacles", "outcomes"),
    ),
    Section("catalogue", _("Catalogue of pledges"), "list", May.PLEDGES),
    Section("reminders", _("Reminders"), "clock", May.SET_REMINDERS, apart=True),
    Section("outgoing", _("Outgoing calendar"), "send", May.SET_REMINDERS),
    Section("links", _("Links"), "chain", May.SET_REMINDERS),
    Section("participants", _("Citizens"), "person", May.SET_REMINDERS),
    Section("groups", _("Groups"), "people", May.SET_REMINDERS),
    Section("staff", _("Staff"), "people", May.MANAGE_STAFF, apart=True),
    Section("audit", _("What was done"), "book", May.SEE_AUDIT),
    Section("account", _("Your account"), "person", May.OWN_ACCOUNT),
)

"""List corruptions of a town's database with the check that must report each.

A corruption may violate further rules, which are listed with it.
"""

# ruff: noqa: S608 - the SQL is written here and holds no input
from __future__ import annotations

from dataclasses import dataclass

from bot.store.alerts import SUBJECTS

OUTBOX = "INSERT INTO outbox (chat_id, lane, method, priority, created_at, "
SENT = "(SELECT max(id) FROM outbox WHERE state = 'sent')"
DONE = "(SELECT max(id) FROM inbox WHERE done)"


@dataclass(frozen=True, slots=True)
class Break:
    """The statements that corrupt a town, and the checks that must report them."""

    check: str
    done: tuple[str, ...]
    also: frozenset[str] = frozenset()


def _break(check: str, *done: str, also: tuple[str, ...] = ()) -> Break:
    return Break(check, done, frozenset(also))


BREAKS = (
    *(
        _break(
            f"alert_about_{kind}",
            f"UPDATE alert SET subject_kind = '{kind}', subject_id = 99999 WHERE id ="
            " (SELECT max(id) FROM alert)",
        )
        for kind in SUBJECTS
    ),
    _break("inbox_without_end", f"UPDATE inbox SET done_at = NULL WHERE id = {DONE}"),
    _break("inbox_keeps_words", f"""UPDATE inbox SET payload = '{{"a":1}}' WHERE id = {DONE}"""),
    _break("set_aside_untold", f"UPDATE inbox SET failed = true WHERE id = {DONE}"),
    _break(
        "inbox_stuck",
        "INSERT INTO inbox (source, key, lane, priority, payload, received_at)"
        " VALUES ('telegram:7', 'z', 'tg:102', 10, '{}', :old)",
    ),
    _break(
        "outbox_stuck",
        OUTBOX + "params, not_before)"
        " VALUES (102, 'tg:102', 'sendMessage', 10, :old, '{\"text\":\"x\"}', :old)",
    ),
    _break(
        "outbox_claim_forgotten",
        OUTBOX + "params, not_before, state, lease_until)"
        " VALUES (102, 'tg:102', 'sendMessage', 10, :old, '{}', :old, 'claimed', :old)",
    ),
    _break("outbox_without_end", f"UPDATE outbox SET done_at = NULL WHERE id = {SENT}"),
    _break("outbox_keeps_words", f"""UPDATE outbox SET params = '{{"a":1}}' WHERE id = {SENT}"""),
    _break(
        "outbox_without_citizen",
        OUTBOX + "params, not_before) VALUES (9, 'tg:9', 'sendMessage', 10, :now, '{}', :now)",
    ),
    _break(
        "outcome_lost",
        "DELETE FROM inbox WHERE source = 'outcome' AND key = (SELECT CAST(max(id) AS VARCHAR(20))"
        " FROM outbox WHERE state = 'sent' AND \"then\" IS NOT NULL)",
    ),
    _break(
        "document_gone",
        OUTBOX + "params, not_before)"
        " VALUES (102, 'tg:102', 'sendDocument', 10, :now, '{\"document\":{\"file\":999}}', :now)",
    ),
    _break("file_loose", "UPDATE file SET created_at = :ancient WHERE id = 77"),
    _break("timer_late", "UPDATE timer SET due_at = :old WHERE kind = 'nudge'"),
    _break(
        "timer_of_nothing",
        "INSERT INTO timer (kind, subject, lane, fence, due_at)"
        " VALUES ('ask', '99999', 'tg:102', 1, :soon)",
    ),
    _break(
        "two_conversations",
        "DROP INDEX uq_conversation_waiting",
        "INSERT INTO conversation"
        " (id, person_id, flow, revision, answers, state, started_at, touched_at)"
        " SELECT 88, person_id, flow, 1, '{}', 'waiting', :now, :now FROM conversation"
        " WHERE state = 'waiting'",
        "INSERT INTO timer (kind, subject, lane, fence, due_at)"
        " VALUES ('expire', '88', 'tg:101', 1, :soon)",
    ),
    _break("conversation_without_timer", "UPDATE timer SET due_at = NULL WHERE kind = 'expire'"),
    _break("conversation_without_timer", "DELETE FROM timer WHERE kind = 'expire'"),
    _break("question_without_timer", "UPDATE timer SET due_at = NULL WHERE kind = 'ask'"),
    _break("card_without_citizen", "UPDATE card SET subject = '99999' WHERE kind = 'mine'"),
    _break(
        "attachment_loose",
        "UPDATE attachment SET case_id = NULL, conversation_id = 99999 WHERE kind = 'place'",
    ),
    _break("case_without_words", "DELETE FROM case_message WHERE case_id = 3"),
    _break(
        "case_without_receipt",
        "DELETE FROM case_link WHERE case_id = 5 AND said_id IS NULL",
        'UPDATE outbox SET "then" = NULL WHERE CAST("then" ->> \'case\' AS BIGINT) = 5',
    ),
    _break("case_without_citizen", "UPDATE cases SET person_id = NULL WHERE id = 5"),
    _break(
        "case_owner_gone",
        "UPDATE staff SET active = false WHERE id = (SELECT owner_id FROM cases WHERE id = 1)",
    ),
    _break(
        "case_owner_gone",
        "UPDATE staff SET role = 'ambassador' WHERE id = (SELECT owner_id FROM cases WHERE id = 1)",
    ),
    _break("case_in_wrong_list", "UPDATE cases SET owner_id = NULL WHERE id = 1"),
    _break("case_in_wrong_list", "UPDATE cases SET owner_id = 1 WHERE id = 7"),
    _break("case_dates", "UPDATE cases SET waiting_since = :now WHERE id = 1"),
    _break("case_dates", "UPDATE cases SET closed_at = NULL WHERE id = 4"),
    _break("case_dates", "UPDATE cases SET close_reason = NULL WHERE id = 4"),
    _break("case_dates", "UPDATE cases SET answered_at = NULL WHERE id = 2"),
    *(
        _break(
            "case_without_clock",
            f"UPDATE timer SET due_at = NULL WHERE kind = 'case_clock' AND subject = '{case}'",
        )
        for case in (2, 5, 7)  # answered, waiting, new
    ),
    _break(
        "case_without_clock",
        "UPDATE cases SET call_by = :soon WHERE id = 1",
        "UPDATE timer SET due_at = NULL WHERE kind = 'case_clock' AND subject = '1'",
    ),
    _break(
        "case_without_clock",
        "UPDATE cases SET call_by = :soon WHERE id = 2",  # answered: the call is still promised
        "UPDATE timer SET due_at = NULL WHERE kind = 'case_clock' AND subject = '2'",
    ),
    _break(
        "clock_of_ended_case",
        "UPDATE timer SET due_at = :soon WHERE kind = 'case_clock' AND subject = '4'",
    ),
    _break("scheduled_without_timer", "UPDATE timer SET due_at = NULL WHERE kind = 'case_send'"),
    _break(
        "message_not_sent",
        "UPDATE case_message SET state = 'queued' WHERE id ="
        " (SELECT max(id) FROM case_message WHERE state = 'sent')",
    ),
    _break(
        "survey_twice",
        *(
            OUTBOX + 'params, not_before, state, done_at, "then")'
            " VALUES (102, 'tg:102', 'sendMessage', 10, :now, '{}', :now, 'expired', :now,"
            f' \'{{"what":"case_said","case":1,"said":{said},"asked":1}}\')'
            for said in (5, 6)
        ),
    ),
    _break(
        "reminder_without_timer",
        "UPDATE timer SET due_at = NULL WHERE kind = 'expand' AND due_at IS NOT NULL",
    ),
    _break(
        "delivery_without_timer",
        "UPDATE delivery SET state = 'planned' WHERE id ="
        " (SELECT max(id) FROM delivery WHERE state = 'sent' AND subject_kind <> 'broadcast')",
    ),
    _break(
        "broadcast_without_timer",
        "UPDATE broadcast SET state = 'sending' WHERE id = (SELECT max(id) FROM broadcast)",
    ),
    _break(
        "delivery_not_sent",
        "UPDATE delivery SET state = 'queued' WHERE id ="
        " (SELECT max(id) FROM delivery WHERE state = 'sent')",
    ),
    _break(
        "delivery_twice",
        *(
            OUTBOX + 'params, not_before, "then")'
            " VALUES (102, 'tg:102', 'sendMessage', 30, :now, '{}', :now,"
            ' \'{"what":"delivery","deliveries":[1]}\')',
        )
        * 2,
    ),
    _break("delivery_without_end", "UPDATE delivery SET sent_at = NULL WHERE state = 'sent'"),
    _break(
        "delivery_without_end",
        "UPDATE delivery SET state = 'skipped', reason = NULL WHERE state = 'sent'",
    ),
    _break("shift_over_capacity", "UPDATE opportunity SET seats = 0 WHERE code = 'V4'"),
    _break(
        "signup_of_cancelled_shift",
        "UPDATE shift SET state = 'cancelled' WHERE id ="
        " (SELECT max(shift_id) FROM signup WHERE state = 'confirmed')",
    ),
    _break("offer_without_timer", "UPDATE signup SET state = 'offered' WHERE state = 'confirmed'"),
    _break("request_without_date", "UPDATE signup SET due_at = NULL WHERE state = 'requested'"),
    _break(
        "opportunity_without_timer",
        "UPDATE timer SET due_at = NULL WHERE kind = 'plan_shifts' AND due_at IS NOT NULL",
    ),
    _break(
        "invitation_without_timer",
        "UPDATE timer SET due_at = NULL WHERE kind = 'invite' AND due_at IS NOT NULL",
    ),
    _break(
        "invitation_over_quota",
        *(
            "INSERT INTO signup (opportunity_id, participant_id, state, source, invitation_id,"
            " created_at, changed_at) SELECT opportunity_id, (SELECT min(id) FROM participant),"
            f" '{state}', 'invitation', id, :now, :now FROM volunteer_invitation WHERE id = 1"
            for state in ("confirmed", "attended")
        ),
    ),
    _break(
        "invitation_asks_after_end",
        "UPDATE volunteer_invitation SET state = 'ended'",
        "UPDATE delivery SET state = 'planned' WHERE subject_kind = 'invitation'",
        "UPDATE timer SET due_at = :soon WHERE kind = 'deliver' AND subject IN"
        " (SELECT CAST(id AS VARCHAR(20)) FROM delivery WHERE subject_kind = 'invitation')",
    ),
    _break("level_of_pledge", "UPDATE pledge SET amount = 300 WHERE state = 'active'"),
    _break(
        "level_of_pledge",
        "UPDATE pledge SET state = 'stopped' WHERE kind = 'level' AND state = 'active'",
        also=("ended_pledge_has_message",),
    ),
    _break("level_of_pledge", "DELETE FROM ledger_entry WHERE what = 'made'"),
    _break("count_of_pledge", "UPDATE check_in SET undone_at = :now"),
    _break(
        "count_of_pledge",
        "UPDATE pledge SET state = 'withdrawn' WHERE kind = 'count'",
        also=("ended_pledge_has_message",),
    ),
    _break(
        "pledge_of_nobody",
        "UPDATE pledge SET participant_id = NULL WHERE kind = 'level' AND state = 'active'",
    ),
    _break(
        "pledge_of_nobody",
        "UPDATE participant SET ended_at = :now WHERE id IN"
        " (SELECT participant_id FROM pledge WHERE state = 'active')",
    ),
    _break(
        "signature_of_no_campaign",
        "UPDATE pledge SET state = 'signed' WHERE campaign_id IS NOT NULL",
    ),
    _break(
        "pledge_without_timer",
        "UPDATE timer SET due_at = NULL WHERE kind = 'pledge' AND due_at IS NOT NULL",
    ),
    _break(
        "ended_pledge_has_message",
        "UPDATE pledge SET state = 'kept' WHERE state = 'active'",
    ),
    _break("live_flag", "UPDATE cases SET live = false WHERE id = 1"),
    _break(
        "state_ledger",
        "INSERT INTO event (at, actor, verb, case_id, to_state, details)"
        " VALUES (:now, 'clock', 'closed', 1, 'closed', '{}')",
    ),
    _break(
        "state_ledger",
        "UPDATE cases SET state = 'resolved' WHERE id = 4",
        also=("case_dates", "merged_into_nothing"),
    ),
    _break("episode_ledger", "UPDATE cases SET episode = episode + 1 WHERE id = 1"),
    _break("version_ledger", "UPDATE case_message SET version = version + 1 WHERE id = 1"),
    _break("version_ledger", "DELETE FROM case_version"),
    _break("version_ledger", "UPDATE case_version SET version = 7"),
    _break("faq_ledger", "UPDATE faq SET retired = true WHERE id = 'F1'"),
    _break("faq_ledger", "UPDATE faq SET body = '{\"a\":1}' WHERE id = 'F1'"),
    _break("faq_ledger", "DELETE FROM faq_version WHERE faq_id = 'F1' AND version = 1"),
    _break(
        "link_ledger",
        "UPDATE case_link SET case_id = 5 WHERE said_id ="
        " (SELECT max(said_id) FROM case_link WHERE case_id = 1)",
    ),
    _break("merged_into_nothing", "UPDATE cases SET merged_into = 99999 WHERE id = 4"),
    _break("merged_into_nothing", "UPDATE cases SET merged_into = 2 WHERE id = 1"),
    _break("copy_of_nothing", "UPDATE case_message SET copy_of = 99999 WHERE copy_of IS NOT NULL"),
    _break(
        "event_of_no_case",
        "INSERT INTO event (at, actor, verb, case_id, details)"
        " VALUES (:now, 'clock', 'read', 99999, '{}')",
    ),
    _break(
        "task_of_no_case",
        "INSERT INTO task (kind, subject, at) VALUES ('felt_wrong', '99999', :now)",
    ),
    _break(
        "event_unsealed",
        "INSERT INTO event (at, actor, verb, details) VALUES (:old, 'clock', 'read', '{}')",
    ),
    _break("chain_broken", "UPDATE event SET reason = 'another' WHERE id = 3"),
    _break("chain_broken", "DELETE FROM event WHERE verb = 'noted'"),
    _break("chain_cut", "DELETE FROM seal WHERE id = (SELECT max(id) FROM seal)"),
)
# Further checks that report a broken reference.
GOES_WITH = {
    "reference_attachment_file_id": ("file_loose",),
    "reference_case_link_case_id": ("link_ledger",),
    "reference_case_message_case_id": ("link_ledger",),
    "reference_case_version_message_id": ("version_ledger",),
    "reference_check_in_pledge_id": ("count_of_pledge",),
    "reference_ledger_entry_pledge_id": ("count_of_pledge",),
}

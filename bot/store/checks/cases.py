"""Checks of cases: owner, timer, receipt, dates and messages."""

from __future__ import annotations

from bot.store.checks.check import check
from bot.store.checks.current import LOOK

CASES = (
    check(
        "case_without_words",
        "case",
        """
        SELECT cases.id FROM cases
        LEFT JOIN (SELECT DISTINCT case_id FROM case_message) AS said ON said.case_id = cases.id
        WHERE said.case_id IS NULL
        """,
        means="Cases hold no words, so that staff cannot see the question.",
        do="Write to the citizens, or ring them. " + LOOK,
    ),
    check(
        "case_without_receipt",
        "case",
        """
        WITH told AS (
            SELECT case_id FROM case_link WHERE said_id IS NULL
            UNION SELECT CAST("then" ->> 'case' AS BIGINT) FROM outbox
            WHERE state IN ('pending', 'claimed', 'sent') AND "then" ->> 'case' IS NOT NULL
            UNION SELECT CAST(payload -> 'then' ->> 'case' AS BIGINT) FROM inbox
            WHERE source = 'outcome' AND NOT done AND payload -> 'then' ->> 'case' IS NOT NULL
            UNION SELECT case_id FROM event WHERE verb = 'not_delivered'
        )
        SELECT cases.id FROM cases LEFT JOIN told ON told.case_id = cases.id
        WHERE cases.source = 'telegram' AND cases.person_id IS NOT NULL AND told.case_id IS NULL
        """,
        means="Cases were opened in the chat, and no receipt was sent or is on its way.",
        do="Answer these cases first: the citizens do not know that their words arrived.",
    ),
    check(
        "case_without_citizen",
        "case",
        "SELECT id FROM cases WHERE source = 'telegram' AND person_id IS NULL",
        means="Cases came from the chat, and their citizen is gone.",
        do="Ring the citizens whose phone number is in the case; close the other cases.",
    ),
    check(
        "case_owner_gone",
        "case",
        """
        SELECT cases.id FROM cases JOIN staff ON staff.id = cases.owner_id
        WHERE cases.live AND (NOT staff.active OR staff.role NOT IN ('staff', 'leader', 'admin'))
        """,
        means="Open cases belong to a member of staff who may not work on them.",
        do="Let a leader hand them over at the console.",
    ),
    check(
        "case_in_wrong_list",
        "case",
        """
        SELECT id FROM cases WHERE (state = 'new' AND owner_id IS NOT NULL)
            OR (state = 'open' AND owner_id IS NULL)
        """,
        means="Cases are in the wrong list: new with an owner, or open without one.",
        do="Let a leader hand them over at the console, which puts it right.",
    ),
    check(
        "case_dates",
        "case",
        """
        SELECT id FROM cases WHERE (state = 'awaiting_citizen') <> (waiting_since IS NOT NULL)
            OR (state = 'closed') <> (close_reason IS NOT NULL)
            OR (state IN ('resolved', 'closed')) <> (closed_at IS NOT NULL)
            OR (state = 'answered' AND answered_at IS NULL)
        """,
        means="Cases wait, were answered or have ended, and their date or reason is missing.",
        do=LOOK,
    ),
    check(
        "case_without_clock",
        "case",
        """
        SELECT cases.id FROM cases RUNNING
        WHERE STOPPED AND (
            (cases.state IN ('new', 'open') AND cases.due_on > date(cases.clock_at))
            OR (cases.state IN ('new', 'open', 'awaiting_citizen', 'answered')
                AND cases.call_by > cases.clock_at)
            OR (cases.state = 'awaiting_citizen' AND (cases.waiting_since >= cases.clock_at
                OR cases.waiting_since > :second_reminder
                OR (cases.waiting_since > :silence AND cases.call_by IS NULL
                    AND cases.kind NOT IN :never_timed_out)))
            OR (cases.state = 'answered' AND cases.call_by IS NULL
                AND cases.kind NOT IN :never_timed_out
                AND (cases.answered_at >= cases.clock_at OR cases.answered_at > :verdict)))
        """,
        timer=("case_clock", "cases"),
        means="These cases have no timer: there will be no alarm, no reminder, no new date.",
        do="Write a note in each at the console: every act of staff sets the timer again.",
    ),
    check(
        "clock_of_ended_case",
        "case",
        """
        SELECT cases.id FROM cases
        JOIN timer ON timer.kind = 'case_clock' AND timer.subject = CAST(cases.id AS VARCHAR(20))
        WHERE cases.state IN ('resolved', 'closed') AND timer.due_at IS NOT NULL
            AND cases.call_by IS NULL
        """,
        means="Cases have ended, and their timer is set.",
        do="Nothing need be done at once: the timer will fire once without effect. " + LOOK,
        harmless=True,
    ),
    check(
        "scheduled_without_timer",
        "message",
        """
        SELECT case_message.id FROM case_message RUNNING
        WHERE case_message.state = 'scheduled' AND STOPPED
        """,
        timer=("case_send", "case_message"),
        means="Messages are to be sent later, and the timer that would send them is not set.",
        do="Cancel each at the console and write it again.",
    ),
    check(
        "message_not_sent",
        "message",
        """
        WITH going AS (
            SELECT CAST(payload ->> 'said' AS BIGINT) AS said FROM inbox
            WHERE source = 'case' AND NOT done AND payload ->> 'said' IS NOT NULL
            UNION SELECT CAST(payload -> 'then' ->> 'said' AS BIGINT) FROM inbox
            WHERE source = 'outcome' AND NOT done AND payload -> 'then' ->> 'said' IS NOT NULL
            UNION SELECT CAST("then" ->> 'said' AS BIGINT) FROM outbox
            WHERE state IN ('pending', 'claimed') AND "then" ->> 'said' IS NOT NULL
        )
        SELECT case_message.id FROM case_message LEFT JOIN going ON going.said = case_message.id
        WHERE case_message.state = 'queued' AND going.said IS NULL
        """,
        means="The console shows messages as on their way to a citizen, and none is.",
        do="Answer again in their cases: the citizen has got nothing.",
    ),
    check(
        "survey_twice",
        "case",
        """
        WITH asked AS (
            SELECT "then" ->> 'case' AS case_id, "then" ->> 'asked' AS episode,
                "then" ->> 'said' AS said, CAST(created_at AS VARCHAR(40)) AS at
            FROM outbox WHERE "then" ->> 'asked' IS NOT NULL
            UNION ALL SELECT payload ->> 'case', payload ->> 'episode', payload ->> 'said', key
            FROM inbox WHERE source = 'case' AND NOT done AND payload ->> 'tell' = 'answer'
                AND CAST(payload ->> 'asks' AS VARCHAR(5)) IN ('1', 'true')
        )
        SELECT CAST(case_id AS BIGINT) FROM asked GROUP BY case_id, episode
        HAVING count(DISTINCT said) > 1 OR count(DISTINCT at) > 1
        """,
        means="Citizens were asked twice whether one and the same answer helped.",
        do=LOOK,
    ),
)

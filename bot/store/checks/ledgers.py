"""Checks that derived values equal their source, and that links have both ends."""

from __future__ import annotations

from bot.store.checks.check import check
from bot.store.checks.current import LOOK, RUNS

LEDGERS = (
    check(
        "live_flag",
        "case",
        "SELECT id FROM cases WHERE live <> (state IN :live)",
        means="Cases are listed as open and are not, or the other way round.",
        do=LOOK,
    ),
    check(
        "state_ledger",
        "case",
        """
        SELECT cases.id FROM cases LEFT JOIN event ON event.id = (
            SELECT moved.id FROM event AS moved
            WHERE moved.case_id = cases.id AND moved.to_state IS NOT NULL
            ORDER BY moved.id DESC LIMIT 1)
        WHERE event.to_state IS NULL OR event.to_state <> cases.state
        """,
        means="The state of cases is not that of their newest act.",
        do=LOOK,
    ),
    check(
        "episode_ledger",
        "case",
        """
        SELECT cases.id FROM cases LEFT JOIN (
            SELECT case_id, count(*) AS answers FROM event
            WHERE verb = 'answered' AND from_state IN :live GROUP BY case_id
        ) AS counted ON counted.case_id = cases.id
        WHERE cases.episode <> coalesce(counted.answers, 0)
        """,
        means="The number of answers of cases is not that of their acts.",
        do=LOOK,
    ),
    check(
        "version_ledger",
        "message",
        """
        SELECT case_message.id FROM case_message LEFT JOIN (
            SELECT message_id, count(*) AS versions, max(version) AS newest
            FROM case_version GROUP BY message_id
        ) AS kept ON kept.message_id = case_message.id
        WHERE case_message.version <> coalesce(kept.versions, 0) + 1
            OR coalesce(kept.newest, 0) <> coalesce(kept.versions, 0)
        """,
        means="Messages were changed, and an earlier version is missing.",
        do=LOOK,
    ),
    check(
        "faq_ledger",
        "FAQ entry",
        """
        SELECT faq.id FROM faq LEFT JOIN (
            SELECT faq_id, count(*) AS versions, max(version) AS newest
            FROM faq_version GROUP BY faq_id
        ) AS kept ON kept.faq_id = faq.id
        LEFT JOIN faq_version ON faq_version.faq_id = faq.id AND faq_version.version = kept.newest
        WHERE faq_version.id IS NULL OR kept.versions <> kept.newest
            OR faq_version.body <> faq.body OR faq_version.retired <> faq.retired
        """,
        means="Entries differ from their newest version, or a version is missing.",
        do="Open each at the console, compare, and save it as it should be.",
    ),
    check(
        "link_ledger",
        "message",
        """
        SELECT case_message.id FROM case_link
        JOIN case_message ON case_message.id = case_link.said_id
        WHERE case_message.case_id <> case_link.case_id
        """,
        means="A reply to these messages would go to another case than their own.",
        do=LOOK,
    ),
    check(
        "merged_into_nothing",
        "case",
        """
        SELECT cases.id FROM cases LEFT JOIN cases AS other ON other.id = cases.merged_into
        WHERE cases.merged_into IS NOT NULL AND (other.id IS NULL OR cases.state <> 'closed')
        """,
        means="Cases are marked as repeats of a case that is gone, or they are not closed.",
        do="Open them again at the console.",
    ),
    check(
        "copy_of_nothing",
        "message",
        """
        SELECT copy.id FROM case_message AS copy
        LEFT JOIN case_message ON case_message.id = copy.copy_of
        WHERE copy.copy_of IS NOT NULL AND case_message.id IS NULL
        """,
        means="Messages are copies of one that is gone.",
        do=LOOK,
    ),
    check(
        "event_of_no_case",
        "event",
        """
        SELECT event.id FROM event LEFT JOIN cases ON cases.id = event.case_id
        WHERE event.case_id IS NOT NULL AND cases.id IS NULL
        """,
        means="Acts are kept of cases that are gone.",
        do="Find out who deleted the cases: the program never does.",
    ),
    check(
        "task_of_no_case",
        "task",
        """
        SELECT task.id FROM task LEFT JOIN cases ON cases.id = CASE
            WHEN task.kind = 'felt_wrong' THEN CAST(task.subject AS BIGINT) END
        WHERE task.kind = 'felt_wrong' AND cases.id IS NULL
        """,
        means="Tasks are about cases that are gone.",
        do="Find out who deleted the cases: the program never does.",
    ),
    check(
        "event_unsealed",
        "event",
        """
        SELECT event.id FROM event LEFT JOIN seal ON seal.event_id = event.id
        WHERE seal.id IS NULL AND event.at < :late
        """,
        means="Acts are older than 15 minutes and are not sealed in the chain.",
        do=RUNS,
    ),
)

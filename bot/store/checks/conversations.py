"""Checks of conversations, questions, cards and attachments: each has its owner and timer."""

from __future__ import annotations

from bot.store.checks.check import check

CONVERSATIONS = (
    check(
        "two_conversations",
        "citizen",
        "SELECT person_id FROM conversation WHERE state = 'waiting'"
        " GROUP BY person_id HAVING count(*) > 1",
        means="More than one conversation waits for one citizen, who sees only one of them.",
        do="Stop the bot and run brobygger migrate: the index that forbids this is missing.",
    ),
    check(
        "conversation_without_timer",
        "conversation",
        """
        SELECT conversation.id FROM conversation RUNNING
        WHERE conversation.state IN ('waiting', 'paused') AND STOPPED
        """,
        timer=("expire", "conversation"),
        means="Conversations have no timer, so they would never expire.",
        do="They continue when the citizen writes; otherwise delete them by hand.",
    ),
    check(
        "question_without_timer",
        "question",
        "SELECT question.id FROM question RUNNING WHERE question.faq_id IS NULL AND STOPPED",
        timer=("ask", "question"),
        means="Questions without an answer have no timer, so they will never reach staff.",
        do="Read each by hand and enter it as a case at the console.",
    ),
    check(
        "card_without_citizen",
        "card",
        """
        SELECT card.id FROM card LEFT JOIN person ON person.id = CASE
            WHEN card.kind = 'mine' THEN CAST(card.subject AS BIGINT) END
        WHERE card.kind = 'mine' AND person.id IS NULL
        """,
        means="Overviews are kept of citizens who are gone.",
        do="Delete them by hand: they are never shown again.",
    ),
    check(
        "attachment_loose",
        "attachment",
        """
        SELECT attachment.id FROM attachment
        LEFT JOIN conversation ON conversation.id = attachment.conversation_id
        WHERE attachment.case_id IS NULL AND conversation.id IS NULL
        """,
        means="Pictures or places belong to no case, and to no conversation that will open one.",
        do="Delete them by hand: they cannot be seen any more.",
    ),
)

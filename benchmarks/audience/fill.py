"""Fill a PostgreSQL database with a town, by statements that the server itself expands."""

from __future__ import annotations

from sqlalchemy import text

from bot.store.store import Store

AREAS = ("klintsund", "oerbakke", "sandholm", "vesterhagen", "moellekaer", "tangoe")
TOPICS = ("nature", "traffic", "children", "culture", "volunteering")
# One in so many citizens, by a remainder that is spread over them.
_PEOPLE = """
INSERT INTO person (id, lane, chat_id, language, first_name, area, notice_at, notice_version,
                    reachable, screen, seen_on, created_at)
SELECT n, 'tg:' || n, n, CASE WHEN n % 9 = 0 THEN 'en' ELSE 'da' END, 'Borger',
       CASE WHEN n % 5 = 0 THEN NULL ELSE (ARRAY[{areas}])[1 + abs(hashint8(n)::bigint) % {number}]
       END,
       now, 1, n % 50 <> 0, '[["menu", "Menu"], ["help", "Hjælp"]]',
       (now - (n * 104729 % 700) * interval '1 day')::date, now - (n % 900) * interval '1 day'
FROM generate_series(1, CAST(:citizens AS bigint)) AS n, (SELECT CAST(:now AS timestamptz) AS now)
"""
_STATEMENTS = (
    """
    INSERT INTO participant (id, person_id, first_name, created_at)
    SELECT id, id, first_name, created_at FROM person
    """,
    """
    INSERT INTO consent (person_id, purpose, text_version, language, given_at, withdrawn_at)
    SELECT id, 'news:' || topic, 1, language, created_at,
           CASE WHEN id % 20 = 3 THEN created_at END
    FROM person, unnest(ARRAY[{topics}]) WITH ORDINALITY AS t (topic, place)
    WHERE (id * 7907 + place * 31) % 5 < 2
    """,
    """
    INSERT INTO profile (participant_id, interests, times, area, skills, over_15)
    SELECT id, jsonb_build_array((ARRAY[{topics}])[1 + id % 5], (ARRAY[{topics}])[1 + id % 3]),
           '["3-evening"]', area, '["cooking"]', true
    FROM person WHERE id % 3 = 0
    """,
    """
    INSERT INTO mute (person_id, topic, until, at)
    SELECT id, CASE WHEN id % 2 = 0 THEN '*' ELSE 'nature' END, NULL, created_at
    FROM person WHERE id % 40 = 7
    """,
    """
    INSERT INTO catalogue_entry (id, title, titles, texts, theme, kind, rhythm, amount, season,
                                 words, state, version, created_at, changed_at)
    SELECT n, 'L' || n, '{{}}', '{{}}', 'nature', 'level', 'month', 0, '[]', '[]', 'published', 1,
           now, now
    FROM generate_series(1, 20) AS n, (SELECT CAST(:now AS timestamptz) AS now)
    """,
    """
    INSERT INTO pledge (id, participant_id, state, words, theme, kind, rhythm, starts_on, ends_on,
                        amount, season, catalogue_id, visibility, source, version, created_at,
                        changed_at)
    SELECT id, id, CASE WHEN id % 4 = 0 THEN 'kept' ELSE 'active' END, 'Jeg lover det',
           (ARRAY[{topics}])[1 + id % 5], 'level', 'month', created_at::date,
           created_at::date + 360, 100, '[]', 1 + id % 20, 'private', 'chat', 1, created_at,
           created_at
    FROM person WHERE id % 2 = 0
    """,
    """
    INSERT INTO check_in (pledge_id, asked_on, answer, amount, answered_at)
    SELECT pledge.id, now::date - 30 * k, 'done', 100, now - (30 * k + id % 29) * interval '1 day'
    FROM pledge, generate_series(0, 2) AS k, (SELECT CAST(:now AS timestamptz) AS now)
    WHERE (id + k) % 3 < 2
    """,
    """
    INSERT INTO opportunity {opportunity}
    """,
    """
    INSERT INTO signup (opportunity_id, participant_id, state, source, created_at, changed_at)
    SELECT 1 + id % 50, id, CASE WHEN id % 4 = 0 THEN 'cancelled' ELSE 'attended' END, 'chat',
           now - (id % 700) * interval '1 day', now
    FROM person, (SELECT CAST(:now AS timestamptz) AS now) WHERE id % 10 = 0
    """,
    """
    INSERT INTO cases (person_id, source, kind, theme, language, title, state, live, contact,
                       received_at, working_days, due_on, told_on, clock_at, marks, no_promo,
                       citizen_at, touched_at)
    SELECT id, 'telegram', 'question', 'service', 'da', 'Om det', 'open', true, 'Mette', now, 5,
           now::date, now::date, now, '[]', id % 3 = 0, now, now
    FROM person, (SELECT CAST(:now AS timestamptz) AS now) WHERE id % 30 = 11
    """,
    """
    INSERT INTO delivery (subject_kind, subject_id, occasion, participant_id, message_class,
                          version, wanted_at, planned_at, state, asks, sent_at, topic)
    SELECT 'broadcast', 1, 'sent', id, 'news', 1, now, now, 'sent', true, now, 'nature'
    FROM person, (SELECT CAST(:now AS timestamptz) AS now) WHERE id % 4 = 1
    """,
)
# Values for columns of an opportunity that need one, by the type of the column.
_ANY = {"jsonb": "'[]'", "boolean": "false", "integer": "0", "bigint": "0", "date": "CURRENT_DATE"}
_NEEDED = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_name = 'opportunity' AND is_nullable = 'NO' AND column_name <> 'id'
"""


async def fill(store: Store, citizens: int) -> None:
    """Add the town, and let the server count its rows."""
    listed = {
        "areas": ", ".join(f"'{one}'" for one in AREAS),
        "number": len(AREAS),
        "topics": ", ".join(f"'{one}'" for one in TOPICS),
    }
    async with store.unit() as unit:
        needed = (await unit.connection.execute(text(_NEEDED))).all()
        known = {"state": "'open'", "created_at": "now()", "changed_at": "now()"}
        values = [known.get(name) or _any(kind) for name, kind in needed]
        columns = ", ".join(name for name, _kind in needed)
        made = f"SELECT n, {', '.join(values)} FROM generate_series(1, 50) AS n"  # noqa: S608 - ours
        opportunity = f"(id, {columns}) {made}"
        for statement in (_PEOPLE, *_STATEMENTS):
            written = statement.format(**listed, opportunity=opportunity)
            given = {"now": unit.now, "citizens": citizens}
            used = {name: value for name, value in given.items() if f":{name}" in written}
            await unit.connection.execute(text(written), used)
    async with store.unit() as unit:
        await unit.connection.execute(text("ANALYZE"))


def _any(kind: str) -> str:
    """Return a value of a type of column."""
    return "now()" if kind.startswith("timestamp") else _ANY.get(kind, "'x'")

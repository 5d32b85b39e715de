"""Redact the names and words that people wrote in an update, and nothing else (HR-1, HR-2)."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.json_text import DEEPEST
from bot.redact import MARK, WRITTEN_KEYS, redact_update
from bot.redact.cpr import find_cpr_numbers

CPR = "170461-5007"
SECOND = 1806150007  # a Unix time of March 2027 in the form of a CPR number
USER = {"id": SECOND, "is_bot": False, "first_name": "Ana", "language_code": "da"}
CHAT = {"id": SECOND, "type": "private", "first_name": "Ana"}


def message(**fields: Any) -> dict[str, Any]:
    """Build a message whose ids and dates have the form of a CPR number."""
    return {"message_id": SECOND, "from": USER, "chat": CHAT, "date": SECOND, **fields}


def update(**fields: Any) -> dict[str, Any]:
    """Build an update with one message."""
    return {"update_id": SECOND, "message": message(**fields)}


INSIDE: dict[str, dict[str, Any]] = {
    "text": update(text=f"mit cpr er {CPR}"),
    "caption": update(photo=[{"file_id": "x1704615007", "width": 1}], caption=CPR),
    "edited": {"update_id": 1, "edited_message": message(text=CPR, edit_date=SECOND)},
    "business": {"update_id": 1, "business_message": message(text=CPR)},
    "channel": {"update_id": 1, "channel_post": message(text=CPR)},
    "unknown type": {"update_id": 1, "whisper_from_2029": {"note": message(text=CPR)}},
    "quote": update(text="se her", quote={"text": CPR, "position": 0}),
    "external reply": update(
        text="se",
        external_reply={"origin": {"type": "user"}, "document": {"file_name": f"{CPR}.pdf"}},
    ),
    "forward": update(
        text="se", forward_origin={"type": "hidden_user", "sender_user_name": f"Bo {CPR}"}
    ),
    "contact": update(
        contact={"phone_number": "1704615007", "first_name": "Bo", "user_id": SECOND}
    ),
    "contact name": update(contact={"phone_number": "+4512345678", "first_name": CPR}),
    "vcard": update(contact={"first_name": "Bo", "vcard": f"BEGIN:VCARD\nNOTE:{CPR}\nEND:VCARD"}),
    "file name": update(document={"file_id": "BQ1704615007", "file_name": f"attest {CPR}.pdf"}),
    "performer": update(audio={"file_id": "A", "title": CPR, "performer": "Bo"}),
    "poll": {"update_id": 1, "poll": {"id": "1704615007", "question": f"{CPR}?", "options": []}},
    "poll option": update(poll={"id": "1", "question": "?", "options": [{"text": CPR}]}),
    "poll explanation": update(poll={"question": "?", "explanation": CPR, "description": CPR}),
    "venue": update(venue={"title": f"hos {CPR}", "address": "Klintgade 1"}),
    "address": update(venue={"title": "x", "address": CPR}),
    "checklist": update(checklist={"title": "x", "tasks": [{"id": 1, "text": CPR}]}),
    "inline": {"update_id": 1, "inline_query": {"id": "1704615007", "query": CPR, "from": USER}},
    "chosen": {"update_id": 1, "chosen_inline_result": {"result_id": "1", "query": CPR}},
    "web app": update(web_app_data={"data": f'{{"a":"{CPR}"}}', "button_text": "x"}),
    "shipping": {"update_id": 1, "shipping_query": {"shipping_address": {"street_line1": CPR}}},
    "order": {"update_id": 1, "pre_checkout_query": {"order_info": {"name": CPR, "email": "a@b"}}},
    "topic": update(forum_topic_created={"name": CPR, "icon_color": 1}),
    "chat title": update(new_chat_title=CPR),
    "link": update(
        text="her",
        entities=[{"type": "text_link", "offset": 0, "length": 3, "url": f"https://x/{CPR}"}],
    ),
    "preview": update(text="x", link_preview_options={"url": "https://x.dk/170461%2D5007"}),
    "rich": update(rich_message={"blocks": [{"type": "paragraph", "text": ["a", {"text": CPR}]}]}),
    "rich pieces": update(
        rich_message={
            "blocks": [{"text": ["cpr ", {"type": "bold", "text": "170461"}, "-5007 ok"]}]
        }
    ),
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "first name": update(text="hej", **{"from": {**USER, "first_name": CPR}}),
    "username": update(text="hej", **{"from": {**USER, "username": "bo_1704615007"}}),
    "title": update(text="hej", chat={"id": -1, "type": "group", "title": CPR}),
    "reply": update(text="ja", reply_to_message=message(text=CPR)),
    "pinned": update(pinned_message=message(text=CPR)),
    "members": update(new_chat_members=[{**USER, "last_name": CPR}]),
    "callback": {
        "update_id": 1,
        "callback_query": {"id": "1704615007", "data": "1704615007", "message": message(text=CPR)},
    },
}


@pytest.mark.parametrize("kind", INSIDE)
def test_what_a_person_wrote_is_redacted(kind: str) -> None:
    """Every field that a person writes is redacted and counts as `cpr`."""
    before = deepcopy(INSIDE[kind])
    found = redact_update(INSIDE[kind])
    assert INSIDE[kind] == before
    assert MARK in json.dumps(found.update)
    assert CPR not in json.dumps(found.update)
    assert found.cpr
    assert not found.elsewhere
    assert redact_update(found.update).update == found.update


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_names_and_older_messages_are_redacted_apart(kind: str) -> None:
    """Numbers in names and quotes count as `elsewhere`: deleting the message keeps them."""
    found = redact_update(ELSEWHERE[kind])
    assert MARK in json.dumps(found.update)
    assert CPR not in json.dumps(found.update)
    assert found.elsewhere
    assert not found.cpr


def test_ids_dates_and_our_own_data_stay() -> None:
    """Ids, dates and callback data in the form of a CPR number stay."""
    plain = {
        "update_id": SECOND,
        "callback_query": {
            "id": "1704615007",
            "from": USER,
            "chat_instance": "1704615007",
            "data": "1704615007",
            "message": message(
                text="Hej",
                reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "1704615007"}]]},
                photo=[{"file_id": "AQ1704615007", "file_unique_id": "1704615007"}],
                entities=[{"type": "custom_emoji", "custom_emoji_id": "1704615007", "offset": 0}],
            ),
        },
    }
    found = redact_update(plain)
    assert found.update == plain
    assert not found.cpr
    assert not found.elsewhere


def test_a_time_is_asked_about() -> None:
    """A possible time is redacted and reported as `clock`."""
    found = redact_update(update(text="vi ses 23.11.26 1630"))
    assert found.update["message"]["text"] == f"vi ses {MARK}"
    assert found.clock
    assert not found.cpr


def test_entities_stay_on_their_words() -> None:
    """UTF-16 offsets of entities are moved, shortened or dropped as the number is redacted."""
    text = f"🙂 hej {CPR} og 🙂 farvel"
    start, end = 7, 18
    entities = [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "italic", "offset": 0, "length": 33},
        {"type": "phone_number", "offset": start, "length": end - start},
        {"type": "code", "offset": start + 2, "length": 3},
        {"type": "underline", "offset": 3, "length": 6},
        {"type": "strikethrough", "offset": end - 2, "length": 5},
        {"type": "spoiler", "offset": 25, "length": 6},
        {"type": "odd", "offset": "7", "length": None},
        "odder",
    ]
    found = redact_update(update(text=text, entities=entities)).update["message"]
    units = found["text"].encode("utf-16-le")
    words = {
        entity["type"]: units[entity["offset"] * 2 :][: entity["length"] * 2].decode("utf-16-le")
        for entity in found["entities"]
        if isinstance(entity, dict) and isinstance(entity["offset"], int)
    }
    assert words == {
        "bold": "hej",
        "italic": f"🙂 hej {MARK} og 🙂 farvel",
        "underline": "hej ",
        "strikethrough": " og",
        "spoiler": "farvel",
    }
    assert found["entities"][-2:] == [{"type": "odd", "offset": "7", "length": None}, "odder"]


@pytest.mark.parametrize(
    ("key", "beside"),
    [
        ("caption", "caption_entities"),
        ("question", "question_entities"),
        ("explanation", "explanation_entities"),
        ("description", "description_entities"),
        ("title", "title_entities"),
        ("text", "text_entities"),
        ("text", "entities"),
    ],
)
def test_entities_of_every_text_are_moved(key: str, beside: str) -> None:
    """Entities are moved in every kind of text, under the name that belongs to it."""
    entity = {"type": "bold", "offset": 12, "length": 2}
    found = redact_update({"a": {"b": [{key: f"{CPR} ok", beside: [entity]}]}}).update
    assert found["a"]["b"][0][beside] == [{"type": "bold", "offset": 14, "length": 2}]


def test_deep_nesting_is_no_way_out() -> None:
    """Text up to the nesting limit is redacted, and deeper text is dropped."""
    deep: Any = {"text": [CPR]}
    for _ in range(DEEPEST // 2 - 2):
        deep = {"x": [deep]}
    found: Any = redact_update({"message": deep}).update["message"]
    for _ in range(DEEPEST // 2 - 2):
        found = found["x"][0]
    assert found == {"text": [MARK]}
    for _ in range(20_000):
        deep = {"x": [deep]}
    assert CPR not in json.dumps(redact_update({"message": deep}).update)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["17", "04", "61-5007"], [MARK, "", ""]),
        ([{"text": ["a 1704"]}, {"text": "615007 b"}], [{"text": [f"a {MARK}"]}, {"text": " b"}]),
        ([CPR, "12"], [MARK, "12"]),
        (["a", 1, None, {"no": "text"}, "b"], ["a", 1, None, {"no": "text"}, "b"]),
    ],
)
def test_pieces_are_read_together(pieces: list[Any], expected: list[Any]) -> None:
    """A number split over formatted pieces counts as one number."""
    assert redact_update({"message": {"text": pieces}}).update["message"]["text"] == expected


WRITTEN = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("0123456789.- /")),
    max_size=40,
) | st.builds(
    "{}{}{}".format,
    st.text(max_size=5),
    st.sampled_from([CPR, "17.04.61 1007"]),
    st.text(max_size=5),
)
KEYS = (
    st.sampled_from(sorted(WRITTEN_KEYS))
    | st.sampled_from(
        ["id", "date", "file_id", "entities", "data", "from", "offset", "message", "web_app_data"]
    )
    | st.text(max_size=5)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WRITTEN,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=12,
)


def written(value: Any, key: str = "") -> list[str]:
    """List the strings under keys that people write."""
    if isinstance(value, dict):
        return [one for name in value for one in written(value[name], name)]
    if isinstance(value, list):
        return [one for item in value for one in written(item, key)]
    return [value] if isinstance(value, str) and key in WRITTEN_KEYS else []


def numbers(value: Any) -> list[Any]:
    """List all values except strings, in order."""
    if isinstance(value, dict):
        return [one for name in value if "entities" not in name for one in numbers(value[name])]
    if isinstance(value, list):
        return [one for item in value for one in numbers(item)]
    return [] if isinstance(value, str) else [value]


@given(st.dictionaries(KEYS, JSON, max_size=4))
def test_no_update_is_too_odd(odd: dict[str, Any]) -> None:
    """Malformed updates raise nothing, keep no number, and keep their ids."""
    before = deepcopy(odd)
    once = redact_update(odd)
    assert odd == before
    assert not any(find_cpr_numbers(text) for text in written(once.update))
    assert numbers(once.update) == numbers(odd)
    twice = redact_update(once.update)
    assert twice.update == once.update
    assert not twice.cpr
    assert not twice.clock


@given(st.dictionaries(KEYS, JSON, max_size=4))
def test_where_nothing_was_found_nothing_is_changed(odd: dict[str, Any]) -> None:
    """An update without numbers comes back equal."""
    found = redact_update(odd)
    if not (found.cpr or found.clock or found.elsewhere):
        assert found.update == odd


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(0, 30),
    st.integers(1, 9),
)
def test_entities_never_leave_the_text(before: str, offset: int, length: int) -> None:
    """An entity inside the text before redaction is inside the text afterwards."""
    text = f"{before}{CPR} og mere"
    units = len(text.encode("utf-16-le")) // 2
    entity = {"type": "bold", "offset": min(offset, units - 1), "length": 1}
    entity["length"] = min(length, units - int(str(entity["offset"])))
    found = redact_update(update(text=text, entities=[entity])).update["message"]
    for moved in found["entities"]:
        assert moved["offset"] >= 0
        assert moved["length"] > 0
        assert (moved["offset"] + moved["length"]) * 2 <= len(found["text"].encode("utf-16-le"))

"""Test the update queue: offsets, limits, kinds and expiry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sim_town import ANA, BO, Town

from bot.simulator.updates import BELIEVED_AHEAD, UpdateQueue

SECRET = {"secret_token": "s-1"}
HOOK = "http://127.0.0.1:9/hook"


def filled(count: int, first: int = 500) -> UpdateQueue:
    """Return a queue of *count* updates."""
    queue = UpdateQueue(first)
    for number in range(count):
        queue.put("message", {"n": number}, lane=1, at=0.0)
    return queue


def ids(queue: UpdateQueue, offset: int, limit: int = 100) -> list[int]:
    """Return the ids returned for an offset."""
    return [each.update_id for each in queue.get(offset, limit, at=0.0)]


@given(count=st.integers(0, 12), calls=st.lists(st.tuples(st.integers(-15, 15), st.integers(1, 5))))
def test_an_offset_confirms_what_is_before_it(count: int, calls: list[tuple[int, int]]) -> None:
    """Compared with a plain list: updates before the offset are deleted, later ones stay."""
    queue, model = filled(count, first=500), list(range(500, 500 + count))
    for step, limit in calls:
        offset = step if step < 0 else 500 + step if step else 0
        if offset < 0:
            model = model[offset:]
        elif offset <= 500 + count + BELIEVED_AHEAD:
            model = [each for each in model if each >= offset]
        assert ids(queue, offset, limit) == model[:limit]
        assert len(queue) == len(model)


def test_an_offset_too_far_ahead_is_not_believed() -> None:
    """An offset from before a renumbering returns everything and confirms nothing."""
    queue = filled(3)
    assert ids(queue, 10_000) == [500, 501, 502]
    assert ids(queue, 503) == []


def test_repeats_until_confirmed(town: Town) -> None:
    """An update is returned by every call until a later offset confirms it."""
    town.world.say(ANA, "hi")
    (first,) = town.updates()
    assert town.updates() == [first]
    assert town.updates(offset=first["update_id"]) == [first]
    assert town.updates(offset=first["update_id"] + 1) == []
    assert town.updates() == []


def test_gives_a_fresh_copy_each_time(town: Town) -> None:
    """Changing a returned update does not change the queue."""
    town.world.say(ANA, "hi")
    town.updates()[0]["message"]["text"] = "changed"
    assert town.updates()[0]["message"]["text"] == "hi"


def test_a_limit_out_of_range_means_a_hundred() -> None:
    """A limit outside 1 to 100 counts as 100."""
    queue = filled(150)
    assert len(ids(queue, 0, 0)) == len(ids(queue, 0, 1000)) == 100


def test_allowed_updates_stay_until_changed(town: Town) -> None:
    """`allowed_updates` applies to later updates; an empty list means the default."""
    town.updates(allowed_updates=["callback_query"])
    town.world.say(ANA, "unheard")
    assert town.updates() == []
    town.updates(allowed_updates=[])
    town.world.say(ANA, "heard")
    assert [each["message"]["text"] for each in town.updates()] == ["heard"]
    assert "unknown kind" in town.fault("getUpdates", allowed_updates=["mesage"])


def test_the_default_leaves_reactions_out(town: Town) -> None:
    """Reactions and member updates are queued only if requested."""
    assert town.world.inject("message_reaction", {}) is None
    town.updates(allowed_updates=["message_reaction"])
    assert town.world.inject("message_reaction", {"raw": 1}) is not None
    assert town.updates()[0]["message_reaction"] == {"raw": 1}


def test_updates_are_kept_for_a_day(town: Town) -> None:
    """Updates not fetched within 24 hours are deleted."""
    town.world.say(ANA, "early")
    town.clock.advance(timedelta(hours=23))
    town.world.say(ANA, "late")
    town.clock.advance(timedelta(hours=1))
    assert [each["message"]["text"] for each in town.updates()] == ["late"]


def test_identifiers_start_anew_after_a_silent_week(town: Town) -> None:
    """Update ids are consecutive, and restart at a random number after a week without updates."""
    first, second = town.world.inject("poll", {}), town.world.inject("poll", {})
    assert first is not None
    assert second == first + 1
    town.clock.advance(timedelta(days=7))
    third = town.world.inject("poll", {})
    assert third is not None
    assert abs(third - first) > BELIEVED_AHEAD
    assert [each["update_id"] for each in town.updates(offset=third)] == [third]


def test_a_webhook_excludes_polling(town: Town) -> None:
    """With a webhook getUpdates gets 409; deleting the webhook keeps pending updates."""
    town.world.say(ANA, "hi")
    assert town.call("setWebhook", url=HOOK, **SECRET, max_connections=3)
    assert "409 Conflict: can't use getUpdates" in town.fault("getUpdates")
    info = town.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (HOOK, 1, 3)
    town.call("deleteWebhook")
    assert town.call("getWebhookInfo")["url"] == ""
    assert len(town.updates()) == 1


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
def test_pending_updates_can_be_dropped(town: Town, method: str) -> None:
    """`drop_pending_updates` empties the queue."""
    town.world.say(ANA, "hi")
    town.call(method, drop_pending_updates=True, **({"url": HOOK} if method[0] == "s" else {}))
    assert town.call("getWebhookInfo")["pending_update_count"] == 0


def test_a_webhook_is_checked(town: Town) -> None:
    """Plain HTTP is allowed on loopback only, and the secret has a fixed alphabet."""
    assert "An HTTPS URL" in town.fault("setWebhook", url="http://a.dk/hook")
    assert "unallowed" in town.fault("setWebhook", url=HOOK, secret_token="a" * 257)
    assert town.call("setWebhook", url="https://a.dk/hook")
    assert town.call("setWebhook", url="")
    assert town.call("getWebhookInfo")["url"] == ""


def test_a_person_who_has_not_begun_can_begin(town: Town) -> None:
    """The first message opens the chat."""
    assert "chat not found" in town.fault("sendMessage", chat_id=BO, text="x")
    town.world.say(BO, "/start")
    assert town.call("sendMessage", chat_id=BO, text="x")["message_id"] == 2

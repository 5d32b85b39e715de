"""Methods for the bot's profile: name, descriptions and commands in each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.simulator.entities import utf16_length
from bot.simulator.methods.method import Method, Run
from bot.simulator.params import Params, ParamType, bad_request, need
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Chat, Json

MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
    }
)


def get_me(_: Realm, bot: Bot, __: Params) -> Json:
    """Return the Bot API's User of the bot."""
    return bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_groups,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(_: Realm, bot: Bot, params: Params) -> bool:
    """Set the commands of one scope and language."""
    commands = need(params, "commands", "can't parse commands: expected an Array")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    read = [_command(command) for command in commands]
    bot.commands[_scope(params), _language(params)] = read
    return True


def get_my_commands(_: Realm, bot: Bot, params: Params) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    commands = bot.commands.get((_scope(params), _language(params)), [])
    return [dict(command) for command in commands]


def delete_my_commands(_: Realm, bot: Bot, params: Params) -> bool:
    """Delete the commands of one scope and language."""
    bot.commands.pop((_scope(params), _language(params)), None)
    return True


def commands_shown(bot: Bot, chat: Chat, language_code: str | None) -> list[Json]:
    """Return the commands that a user sees: narrowest scope first, then the user's language."""
    language = (language_code or "")[:2].lower()
    wide = "all_private_chats" if chat.private else "all_group_chats"
    for scope in (f"chat:{chat.id}", wide, "default"):
        for spoken in (language, ""):
            if commands := bot.commands.get((scope, spoken)):
                return [dict(command) for command in commands]
    return []


def shown_in(texts: dict[str, str], language_code: str | None) -> str:
    """Return the text of a language, else the default text."""
    return texts.get((language_code or "")[:2].lower()) or texts.get("", "")


def _command(command: Any) -> Json:
    """Return one valid command; raise a 400 error for a faulty one."""
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: command and description are expected")
    name, description = str(command["command"]).removeprefix("/"), str(command["description"])
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description or "") <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _language(params: Params) -> str:
    """Return `language_code`: two letters, or "" for all other languages."""
    code: str = params.get("language_code", "")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(params: Params) -> str:
    """Return `scope` as a key: its type, with the chat id where given."""
    scope = params.get("scope", {"type": "default"})
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return f"{kind}:{scope['chat_id']}" if "chat_id" in scope else kind


Texts = Callable[[Bot], dict[str, str]]


def _setter(field: str, texts: Texts, longest: int) -> Run:
    """Return a method that sets one profile text for a language."""

    def set_text(_: Realm, bot: Bot, params: Params) -> bool:
        text: str = params.get(field, "")
        if utf16_length(text or "") > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        language = _language(params)
        if text:
            texts(bot)[language] = text
        elif field != "name" or language:  # the name of all languages cannot be empty
            texts(bot).pop(language, None)
        return True

    return set_text


def _getter(field: str, texts: Texts) -> Run:
    """Return a method that returns one profile text in a language."""

    def get_text(_: Realm, bot: Bot, params: Params) -> Json:
        return {field: shown_in(texts(bot), _language(params))}

    return get_text


def _pair(suffix: str, field: str, texts: Texts, longest: int) -> tuple[Method, Method]:
    """Return the methods that set and get one profile text."""
    language = {"language_code": ParamType.TEXT}
    return (
        Method(
            f"setMy{suffix}", _setter(field, texts, longest), {field: ParamType.TEXT} | language
        ),
        Method(f"getMy{suffix}", _getter(field, texts), language),
    )


_WHERE = {"scope": ParamType.OBJECT, "language_code": ParamType.TEXT}

METHODS = (
    Method("getMe", get_me, {}),
    Method("setMyCommands", set_my_commands, {"commands": ParamType.LIST} | _WHERE),
    Method("getMyCommands", get_my_commands, _WHERE),
    Method("deleteMyCommands", delete_my_commands, _WHERE),
    *_pair("Name", "name", lambda bot: bot.names, LONGEST_NAME),
    *_pair("Description", "description", lambda bot: bot.descriptions, LONGEST_DESCRIPTION),
    *_pair(
        "ShortDescription",
        "short_description",
        lambda bot: bot.short_descriptions,
        LONGEST_SHORT_DESCRIPTION,
    ),
)

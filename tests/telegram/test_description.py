"""The check against the official description finds what is wrong with a call."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.bot_api_spec import Description

FIELD = {"required": False}
CONTENT: dict[str, Any] = {
    "methods": {
        "sendIt": {
            "fields": [
                {"name": "chat_id", "types": ["Integer", "String"], "required": True},
                {"name": "silent", "types": ["Boolean"], **FIELD},
                {"name": "reply_markup", "types": ["Keyboard", "Nothing"], **FIELD},
                {"name": "file", "types": ["InputFile", "String"], **FIELD},
            ]
        }
    },
    "types": {
        "Keyboard": {"fields": [{"name": "rows", "types": ["Array of Array of Key"], "required": True}]},
        "Key": {
            "fields": [
                {"name": "text", "types": ["String"], "required": True},
                {"name": "n", "types": ["Integer"], **FIELD},
            ]
        },
        "Nothing": {"subtypes": ["Removed", "Hidden"]},
        "Removed": {"fields": [{"name": "removed", "types": ["Boolean"], "required": True}]},
        "Hidden": {"fields": [{"name": "hidden", "types": ["Boolean"], "required": True}]},
    },
}


@pytest.mark.parametrize(
    "fields",
    [
        {"chat_id": "7"},
        {"chat_id": "@shop", "silent": "true", "file": b"bytes"},
        {"chat_id": "7", "reply_markup": {"rows": [[{"text": "A", "n": 1}], []]}, "file": "attach://attached1"},
        {"chat_id": "7", "reply_markup": {"hidden": True}, "attached1": b"a part of the form"},
    ],
)
def test_a_call_as_documented_has_no_faults(fields: dict[str, Any]) -> None:
    assert Description(CONTENT).faults("sendIt", fields) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "sendIt.chat_id is missing"),
        ({"chat_id": "7", "colour": "red"}, "sendIt.colour is unknown"),
        ({"chat_id": "7", "silent": "yes"}, "sendIt.silent is no Boolean: 'yes'"),
        ({"chat_id": "7", "reply_markup": {"rows": [{"text": "A"}]}}, "sendIt.reply_markup.rows[0] is no list"),
        ({"chat_id": "7", "reply_markup": {"rows": [[{"n": 1}]]}}, "sendIt.reply_markup.rows[0][0].text is missing"),
        (
            {"chat_id": "7", "reply_markup": {"rows": [[{"text": "A", "n": "1"}]]}},
            "sendIt.reply_markup.rows[0][0].n is no Integer: '1'",
        ),
        ({"chat_id": "7", "reply_markup": {"hidden": "true"}}, "sendIt.reply_markup.hidden is no Boolean: 'true'"),
    ],
)
def test_what_is_not_documented_is_a_fault(fields: dict[str, Any], fault: str) -> None:
    assert fault in Description(CONTENT).faults("sendIt", fields)


def test_a_method_that_is_not_there_is_a_fault() -> None:
    assert Description(CONTENT).faults("sendThat", {}) == ["there is no sendThat"]

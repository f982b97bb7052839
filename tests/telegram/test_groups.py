"""What is written in groups, where not everything is meant for the bot, nor seen by it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.events import Command, Commanded, TextSent
from bot.inlet import Reply, Verdict
from bot.outlet import Key, Message
from storage.store import Store
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import BOT_ID
from tests.fakes.notebook import Notebook
from tests.telegram.chatting import serving

QUESTION = Message(topic="tone", text="Which tone?", rows=((Key("Calm", "token-c", "c=calm"),),))


async def test_in_a_group_only_what_is_meant_for_the_bot_arrives(api: BotApi, store: Store, desk: Notebook) -> None:
    sam = {"id": 71, "is_bot": False, "first_name": "Sam"}
    other = {"message_id": 5, "date": 1, "chat": {"id": -5, "type": "supergroup", "title": "Shop"}, "from": sam}
    async with serving(api, store, desk):
        await api.write(-5, 70, text="/new@another_bot")
        await api.write(-5, 70, text="no, Sam", reply_to_message={**other, "text": "is it blue?"})
        await api.write(-5, 777000, photo=b"a post of our channel", is_automatic_forward=True)
        await api.write(-5, 70, text="nice weather")
        await api.write(-5, 70, text="@Frame_Test_Bot, a mug", topic=5, reply_to_message=other)
        assert set(await desk.until(2)) == {TextSent(text="nice weather", overheard=True), TextSent(text="a mug")}
        ours = {**other, "from": {**sam, "id": BOT_ID, "is_bot": True}, "text": "What is it?"}
        await api.write(-5, 70, text="a cup", reply_to_message=ours)
        await api.write(-5, 70, text="/new@frame_test_bot\nplease")
        assert set((await desk.until(4))[2:]) == {
            TextSent(text="a cup"),
            Commanded(command=Command.NEW, argument="please"),
        }
    assert api.count("getFile") == 0


async def test_a_command_in_somebody_elses_conversation_is_not_met_with_silence(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    desk.reply = Reply(Verdict.FOREIGN)
    async with serving(api, store, desk):
        await api.write(-5, 70, text="mine is nicer", topic=3)
        await api.write(-5, 70, text="/new", topic=3)
        [said] = await api.until(lambda: api.shown(-5))
    assert (said.topic, said.text[:34]) == (3, "That one belongs to somebody else.")


async def test_in_a_group_where_the_bot_sees_replies_only_its_questions_say_so(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    question = replace(QUESTION, typing="any word")
    api.sees_all = False
    async with serving(api, store, desk) as front:
        await api.until(lambda: api.count("setChatMenuButton"))
        await front.post("telegram:-5", question)
        await front.edit("telegram:-5", await front.post("telegram:7", question), question)
        shown = {chat: api.shown(chat)[0].text for chat in (-5, 7)}
    assert shown == {-5: "Which tone?\n(In a group, please reply to this message, so that I see it.)", 7: "Which tone?"}
    api.sees_all = True
    async with serving(api, store, desk) as front:
        await api.until(lambda: api.count("setChatMenuButton") == 2)
        await front.post("telegram:-6", question)
    assert api.shown(-6)[0].text == "Which tone?"

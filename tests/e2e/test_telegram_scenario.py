"""One long day of a bot in Telegram, once with polling and once with a webhook behind a proxy."""

import pytest

from support.telegram import USERNAME

REPORT = "《2024年通渭县政府工作报告》"
PLAN = "今年要硬化自然村组道路多少公里"
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 9, "height": 9}]
TOPIC = {"message_thread_id": 77, "is_topic_message": True}


def one(calls, method="sendMessage"):
    """The only call, of this method."""
    assert [call.method for call in calls] == [method], [call.method for call in calls]
    return calls[0]


def after_answer(calls, method="sendMessage"):
    """What follows the answer to a button."""
    assert [call.method for call in calls] == ["answerCallbackQuery", method]
    return calls[1]


class Story:
    """Numbers the steps, so that a failure says how far it came."""

    def __init__(self):
        self.steps = []

    def __call__(self, what):
        self.steps.append(what)
        print(f"{len(self.steps)}. {what}")


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_a_long_day(new_world, mode):
    world = new_world(mode=mode)
    step = Story()
    commands(world, step)
    answers_and_buttons(world, step)
    scripts(world, step)
    messages_without_words(world, step)
    edits(world, step)
    groups(world, step)
    inline(world, step)
    trouble(world, step, mode)
    administration(world, step)

    step("SIGTERM ends it in seconds, and politely")
    status, seconds = world.program.stop()
    assert status == 0 and seconds < 5
    # A webhook stays: Telegram keeps what is written meanwhile for the next start.
    gone = any(call.method == "deleteWebhook" for call in world.tap.calls)
    assert not gone
    assert len(step.steps) >= 40


def commands(world, step):
    person, admin = world.person(11), world.person(99)
    step("/start greets and explains")
    assert "直接用自己的话问" in person.says("/start").text
    step("/help of a resident shows no commands of administrators")
    text = person.says("/help").text
    assert "/lang" in text and f"@{USERNAME}" in text and "/reload" not in text
    step("/help of an administrator does")
    text = admin.says("/help").text
    assert "/reload" in text and "/corpus" in text
    step("/ask alone says how to use it")
    assert "/ask 今年" in person.says("/ask").text
    step("/ask answers")
    assert REPORT in person.says("/ask 今年修哪几条高速").text
    step("/term defines a slogan")
    assert "抓学习促提升、抓执行促落实" in person.says("/term 三抓三促").text
    step("/term alone lists the slogans")
    assert "一核三带" in person.says("/term").text
    step("/sources lists the reports")
    assert REPORT in person.says("/sources").text
    step("an unknown command gets a hint")
    assert "/help" in person.says("/weather").text
    step("a command for another bot is ignored")
    assert person.is_ignored("/help@other_bot")


def answers_and_buttons(world, step):
    person = world.person(12)
    step("a plan is called a plan, and cited")
    answer = person.says(PLAN)
    assert "2024年计划" in answer.first_line and "150公里" in answer.text and REPORT in answer.text
    step("查看整节 shows the section")
    section = after_answer(person.presses("查看整节", below=answer))
    assert REPORT in section.first_line
    step("its pages turn in place, to the last")
    for _ in range(30):
        if "下一页 ▶" not in section.buttons:
            break
        turned = after_answer(person.presses("下一页 ▶", below=section), "editMessageText")
        assert turned.fields["message_id"] == section.message_id
        assert turned.text != section.text
        section.fields = turned.fields
    assert "下一页 ▶" not in section.buttons
    step("更多相关 lists further passages")
    more = after_answer(person.presses("更多相关", below=answer))
    assert REPORT in more.text
    step("each of which opens its section")
    assert REPORT in after_answer(person.presses(next(iter(more.buttons)), below=more)).first_line
    step("有用 is thanked for")
    assert "谢谢" in one(person.presses("有用", below=answer), "answerCallbackQuery").fields["text"]
    step("没用 asks why, below the message itself")
    why = after_answer(person.presses("没用", below=answer), "editMessageReplyMarkup")
    assert list(why.buttons)[-4:] == ["答非所问", "内容不全", "看不懂", "内容过时"]
    assert "查看整节" in why.buttons and why.fields["message_id"] == answer.message_id
    step("one tap gives the reason, and the question for it goes")
    why.message_id = answer.message_id
    done = after_answer(person.presses("内容不全", below=why), "editMessageReplyMarkup")
    assert list(done.buttons) == list(answer.buttons)
    world.program.wait_for_log("incomplete")
    step("相关用语 explains the slogans of a passage")
    answer = person.says("今年怎样助企纾困解难")
    terms = after_answer(person.presses("相关用语", below=answer))
    assert "用语" in terms.first_line and "“六必访”即" in terms.text and REPORT in terms.text
    step("a follow-up is understood")
    person.says(PLAN)
    assert "2023年已完成" in person.says("那去年呢").text
    step("what the report does not say is said plainly, and may be voted on")
    answer = person.says("怎么修理安卓手机的屏幕")
    assert "没有" in answer.text and list(answer.buttons) == ["有用", "没用"]
    step("a button from nowhere is answered")
    assert "请再问一次" in one(person.presses_data("s:gone"), "answerCallbackQuery").fields["text"]


def scripts(world, step):
    person = world.person(13)
    step("/lang shows the choice")
    asked = person.says("/lang")
    assert "自动" in asked.text and list(asked.buttons) == ["简体", "繁體", "自动"]
    step("繁體 is chosen by a button, and the message says so")
    chosen = after_answer(person.presses("繁體", below=asked), "editMessageText")
    assert "繁體" in chosen.text
    step("from then on a Simplified question is answered in Traditional script")
    assert "硬化自然村組道路150公里" in person.says(PLAN).text
    step("/lang 自动 goes back")
    assert "自动" in person.says("/lang 自动").text
    assert "硬化自然村组道路150公里" in person.says(PLAN).text
    step("/lang with nonsense says what there is")
    assert "/lang 繁体" in person.says("/lang klingon").text


def messages_without_words(world, step):
    person = world.person(14)
    voice = {"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"}}
    sticker = {"sticker": {**FILE, "type": "regular", "width": 9, "height": 9, "emoji": "🙂",
                           "is_animated": False, "is_video": False}}
    document = {"document": {**FILE, "file_name": "a.pdf", "mime_type": "application/pdf"}}
    for what, fields, words in [
        ("a voice message", voice, "听不了语音"),
        ("a picture", {"photo": PHOTO}, "看不了图片"),
        ("a sticker", sticker, "请用文字"),
        ("a document", document, "读不了文件"),
        ("a location", {"location": {"latitude": 35.2, "longitude": 105.2}}, "位置"),
    ]:
        step(f"{what} gets a polite line")
        text = one(person.sends(person.message(**fields))).text
        assert words in text and "请用文字" in text
    step("an album gets one line, not one for each picture")
    for n in range(3):
        calls = person.sends(person.message(photo=PHOTO, media_group_id="album"), wait=1.5)
        assert len(calls) == (1 if n == 0 else 0)
    step("a picture with words is a question")
    assert REPORT in one(person.sends(person.message(photo=PHOTO, caption=PLAN))).text


def edits(world, step):
    person = world.person(15)
    question = person.text(PLAN)
    reply = one(person.sends(question))
    step("an edited question gets its reply edited")
    edited = one(person.edits(question, "去年改造了多少座农村土坯房"), "editMessageText")
    assert edited.fields["message_id"] == reply.message_id and "1970座" in edited.text
    assert "有用" in edited.buttons
    step("an edit that changes no words does nothing")
    assert person.edits(question, "去年改造了多少座农村土坯房", after=70) == []
    step("an edited command too")
    command = person.text("/term 三抓三促")
    reply = one(person.sends(command))
    edited = one(person.edits(command, "/term 一核三带"), "editMessageText")
    assert edited.fields["message_id"] == reply.message_id and "一核三带" in edited.text
    step("when the reply is gone, it is sent again")
    world.tap.fail("editMessageText", 400, description="Bad Request: message to edit not found")
    assert "150公里" in one(person.edits(question, PLAN, after=80)).text


def groups(world, step):
    member = world.person(16, -1_000_000_000_016)
    step("chatter in a group is ignored")
    assert member.is_ignored("今年修哪几条高速")
    step("a command for another bot is ignored there too")
    assert member.is_ignored("/ask@other_bot 今年修哪几条高速")
    step("/ask@bot is answered as a reply")
    reply = member.says(f"/ask@{USERNAME} {PLAN}")
    assert REPORT in reply.text and reply.fields["reply_parameters"]["message_id"] > 0
    assert "message_thread_id" not in reply.fields
    step("so is a mention")
    assert REPORT in member.says(f"@{USERNAME} {PLAN}").text
    step("and a reply to the bot")
    bot = {"id": 7, "is_bot": True, "first_name": "Fixture", "username": USERNAME}
    answered = {"message_id": 3, "date": 1, "chat": member._chat, "from": bot, "text": "好"}
    assert REPORT in member.says(PLAN, reply_to_message=answered).text
    step("in a forum the reply stays in its topic")
    reply = member.says(f"/ask@{USERNAME} {PLAN}", **TOPIC)
    assert reply.fields["message_thread_id"] == 77
    step("and so does what its buttons send")
    section = after_answer(member.presses("查看整节", below=reply, **TOPIC))
    assert section.fields["message_thread_id"] == 77
    step("a thread that is no topic is not written to")
    reply = member.says(f"/ask@{USERNAME} {PLAN}", message_thread_id=5)
    assert "message_thread_id" not in reply.fields
    step("a closed topic is no error")
    world.tap.fail("sendMessage", 400, description="Bad Request: TOPIC_CLOSED")
    assert member.is_ignored(f"/ask@{USERNAME} {PLAN}", **TOPIC)
    assert "ERROR" not in world.program.log


def inline(world, step):
    person = world.person(17)
    for what, words in [("its name", "一核三带"), ("its pinyin", "yihesandai"),
                        ("its first letters", "yhsd"), ("a part of it", "核三带")]:
        step(f"inline: a slogan is found by {what}")
        answer = person.looks_up(words)
        first = answer.cards[0]
        assert "一核三带" in first.fields["title"]
        assert REPORT in first.text and "一核三带" in first.text
        assert 60 <= answer.fields["cache_time"] <= 3600
    step("inline: the passages that use the slogan follow, with their period")
    used = answer.cards[1]
    assert "2024年计划" in used.fields["title"] and "一核三带" in used.text and REPORT in used.text
    step("inline: a card leads into the private chat")
    link = first.buttons["在机器人里看整节"]["url"]
    assert link.startswith(f"https://t.me/{USERNAME}?start=")
    section = person.says("/start " + link.split("start=")[1])
    assert REPORT in section.first_line and "一核三带" in section.text
    step("inline: a question offers the passages that answer")
    cards = person.looks_up(PLAN).cards
    assert any("150公里" in card.text and "2024年计划" in card.fields["title"] for card in cards)
    step("inline: nothing typed offers the slogans")
    everything = person.looks_up("")
    assert len(everything.cards) == 14 and everything.fields["next_offset"] == ""
    step("inline: beyond the last page there is nothing, and no error")
    assert person.looks_up("", offset="999").cards == []
    step("inline: nothing found offers the private chat")
    answer = person.looks_up("怎么修理安卓手机的屏幕")
    assert answer.cards == [] and "提问" in answer.fields["button"]["text"]
    step("inline: a Traditional query gets Traditional cards")
    assert "農村" in person.looks_up("去年改造農村土坯房多少座").cards[0].text
    step("a card sent into the private chat is not answered")
    bot = {"id": 7, "is_bot": True, "first_name": "Fixture", "username": USERNAME}
    assert person.is_ignored(everything.cards[0].text, via_bot=bot)


def trouble(world, step, mode):
    person = world.person(18)
    tap = world.tap
    step("429 is waited out")
    tap.fail("sendMessage", 429, retry_after=1)
    assert "150公里" in person.says(PLAN).text
    step("429 for a button too")
    tap.fail("answerCallbackQuery", 429, retry_after=1)
    assert "谢谢" in person.presses("有用")[0].fields["text"]
    step("429 for an edit too")
    question = person.text(PLAN)
    person.sends(question)
    tap.fail("editMessageText", 429, retry_after=1)
    assert "1970座" in one(person.edits(question, "去年改造了多少座农村土坯房"), "editMessageText").text
    step("a dropped connection is tried again")
    tap.fail("sendMessage", "drop")
    assert "150公里" in person.says(PLAN).text
    step("a 502 is tried again")
    tap.fail("sendMessage", 502, description="Bad Gateway")
    # teloxide itself waits ten seconds after any 5xx.
    assert "150公里" in one(person.sends(person.text(PLAN), wait=20)).text
    step("somebody who blocked the bot is no error")
    tap.fail("sendMessage", 403, description="Forbidden: bot was blocked by the user")
    assert person.is_ignored(PLAN)
    step("nor is a chat that is gone")
    tap.fail("sendMessage", 400, description="Bad Request: chat not found")
    assert person.is_ignored(PLAN)
    assert "ERROR" not in world.program.log
    step("an update that comes three times is answered once")
    tap.repeat_next_updates()
    assert "150公里" in person.says(PLAN).text
    step("an update that cannot be read is left out")
    broken = person.text("身份证号六二一一二三")
    del broken["message"]["chat"]
    tap.add_update({"update_id": 1, **broken})
    assert "150公里" in person.says(PLAN).text
    assert "身份证号" not in world.program.log
    if mode == "polling":
        step("polls that fail are repeated")
        tap.fail("getUpdates", "drop", times=2)
        assert "150公里" in one(person.sends(person.text(PLAN), wait=20)).text
    else:
        step("a call that does not arrive comes again")
        tap.fail("webhook", "drop")
        assert person.is_ignored(PLAN)
        since = len(tap.calls)
        tap.deliver_again()
        assert "150公里" in one(tap.settle(since, person.chat)).text
        step("a call whose acknowledgement is lost comes again and is answered once")
        tap.fail("webhook", "lost")
        assert "150公里" in person.says(PLAN).text
        since = len(tap.calls)
        tap.deliver_again()
        assert tap.settle(since, person.chat, wait=1.5) == []
    step("who asks too fast is told so once, others are answered")
    hasty = world.person(19)
    since = len(tap.calls)
    for _ in range(23):
        tap.deliver(hasty.text("今年修哪几条高速"))
    assert "150公里" in world.person(20).says(PLAN).text
    wait_until_said(tap, since, hasty, "问得有点快")
    assert tap.faults_left == 0


def wait_until_said(tap, since, person, words):
    """Until the bot has said `words` in the chat; three messages a second are sent at most."""
    def said():
        return [call for call in tap.calls[since:]
                if str(call.fields.get("chat_id")) == str(person.chat) and words in call.text]
    with tap.changed:
        assert tap.changed.wait_for(said, timeout=30)


def administration(world, step):
    admin, resident = world.person(99), world.person(21)
    step("a resident may not reload")
    assert "只有管理员" in resident.says("/reload").text
    step("nor see the state of the corpus")
    assert "只有管理员" in resident.says("/corpus").text
    step("an administrator sees what is served")
    text = admin.says("/corpus").text
    assert REPORT in text and "通渭县" in text and "2024" in text and "段" in text and "版本" in text
    step("an administrator reloads")
    assert "没有变化" in admin.says("/reload").text

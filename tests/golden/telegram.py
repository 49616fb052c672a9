"""Telegram: a recorder that stands in for the Bot API, and people who write to the bot.

The recorder hands out the updates it is given, takes every call, and answers as the real server does;
it knows nothing else. Messages are numbered within their chat, so that two runs number them alike.
"""

import json
import threading
import time
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from scripts import traditional

#: Somebody who may use /corpus and /reload.
ADMIN = 99
_TOKEN = "123456789:" + "a" * 35
_BOT = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "wenzheng_test_bot"}
_ME = _BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True,
              "can_connect_to_business": False, "has_main_web_app": False}
#: Some day in the past: the bot does not ask how old a message is.
_DATE = 1_700_000_000
#: The bot has done all it will do when everybody was answered and it has been silent for this long,
#: in seconds: it sends 30 messages a second, then waits for the next second.
_QUIET = 1.5
#: The same when somebody was not answered.
_PATIENCE = 12
#: Chats in which buttons are pressed, and buttons pressed in each.
_PRESSING, _PRESSES = 80, 7


class BotApi:
    """The recorder, until the `with` block ends."""

    def __init__(self):
        self.calls, self.updates, self.changed = [], [], threading.Condition()
        self.last_call, self.serial, self.messages = 0.0, 0, {}
        self.stopping = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        port = self.server.server_address[1]
        self.settings = {"TELOXIDE_TOKEN": _TOKEN, "WENZHENG_TELEGRAM__API_URL": f"http://127.0.0.1:{port}"}

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        with self.changed:
            self.stopping = True
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()

    def _handler(recorder):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                method = self.path.split("?")[0].rpartition("/")[2].lower()
                fields = _fields(body, self.headers.get("content-type") or "")
                raw = json.dumps({"ok": True, "result": recorder.call(method, fields)}).encode()
                try:
                    self.send_response(200)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)
                except OSError:
                    pass  # the bot has hung up

            do_GET = do_POST

        return Handler

    def call(self, method, fields):
        """One call of the bot; its result."""
        if method == "getme":
            return _ME
        if method == "getwebhookinfo":
            return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        if method == "getupdates":
            return self._waiting(int(fields.get("offset") or 0))
        with self.changed:
            chat = fields.get("chat_id")
            if method in ("sendmessage", "editmessagetext", "editmessagereplymarkup"):
                message = fields.get("message_id") or self.messages.get(chat, 1000) + 1
                self.messages[chat] = max(self.messages.get(chat, 1000), int(message))
                fields["message_id"] = message
            self.calls.append((method, fields))
            self.last_call = time.monotonic()
            self.changed.notify_all()
        if "message_id" in fields:
            return {"message_id": int(fields["message_id"]), "date": _DATE, "from": _BOT,
                    "chat": _chat(int(chat)), "text": fields.get("text", "x")}
        return True

    def _waiting(self, offset):
        with self.changed:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            if not self.updates and not self.stopping:
                self.changed.wait(1.0)
            return self.updates[:100]

    def send(self, updates, unanswered=()):
        """Queues updates, waits until the bot has dealt with them, and gives its calls by whom they
        are for: the chat or the query; of those `unanswered` no answer is waited for."""
        with self.changed:
            since = len(self.calls)
            waited_for = set()
            for update in updates:
                self.serial += 1
                self.updates.append({"update_id": self.serial} | update)
                waited_for.add(_answered_to(update))
            waited_for -= set(unanswered)
            self.last_call = time.monotonic()
            self.changed.notify_all()
        by, read = {}, since
        while True:
            time.sleep(0.05)
            with self.changed:
                for method, fields in self.calls[read:]:
                    of = fields.get("chat_id") or fields.get("callback_query_id") or fields.get("inline_query_id")
                    by.setdefault(str(of), []).append((method, fields))
                read = len(self.calls)
                silent = time.monotonic() - self.last_call
            if silent > (_QUIET if waited_for <= by.keys() else _PATIENCE):
                return by


def _answered_to(update):
    """The chat or query that the answer to an update names."""
    kind, what = next(iter(update.items()))
    return str(what["chat"]["id"] if "message" in kind else what["id"])


def _fields(body, kind):
    if "json" in kind:
        return json.loads(body or b"{}")
    if "multipart" in kind:
        form = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body)
        return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True).decode()
                for part in form.get_payload()}
    return dict(parse_qsl(body.decode("utf-8", "replace")))


def _chat(number):
    if number < 0:
        return {"id": number, "type": "supergroup", "title": "Group"}
    return {"id": number, "type": "private", "first_name": "Person"}


def _person(number):
    return {"id": number, "is_bot": False, "first_name": "Person"}


def _message(user, text=None, chat=None, number=1, **more):
    words = {} if text is None else {"text": text}
    if text and text.startswith("/"):
        length = len(text.split()[0].encode("utf-16-le")) // 2
        words["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message_id": number, "date": _DATE, "chat": _chat(chat or user), "from": _person(user), **words, **more}


def _press(user, query, button, message):
    """A press on `button` below `message`, which the bot sent."""
    below = {"message_id": int(message["message_id"]), "date": _DATE, "from": _BOT, "chat": _chat(user), "text": "x",
             "reply_markup": _markup(message)}
    return {"callback_query": {"id": query, "from": _person(user), "chat_instance": "1", "data": button, "message": below}}


def _markup(fields):
    markup = fields.get("reply_markup") or {}
    return json.loads(markup) if isinstance(markup, str) else markup


def _buttons(calls):
    """What can be pressed: data and the message it stands below, in order."""
    return [(button["callback_data"], fields) for _, fields in calls
            for row in _markup(fields).get("inline_keyboard", []) for button in row if "callback_data" in button]


def _shown(calls):
    return "\n".join(f"{method} {json.dumps(fields, ensure_ascii=False, sort_keys=True)}" for method, fields in calls)


def drive(bot_api, questions):
    """Case to what the bot did."""
    people = {}
    for n, line in enumerate(questions):
        people[1000 + 2 * n] = f"{line['id']} {line['q'][:40]}", line["q"], line.get("history", [])
        people[1001 + 2 * n] = f"{line['id']} hant {line['q'][:40]}", traditional(line["q"]), line.get("history", [])
    for turn in range(max(len(history) for _, _, history in people.values())):
        bot_api.send([{"message": _message(user, history[turn], number=turn + 1)}
                      for user, (_, _, history) in people.items() if turn < len(history)])
    replies = bot_api.send([{"message": _message(user, text, number=50)} for user, (_, text, _) in people.items()])
    found = {case: _shown(replies.get(str(user), [])) for user, (case, _, _) in people.items()}
    chosen = list(people)[::max(1, len(people) // _PRESSING) | 1]
    found |= _pressing(bot_api, chosen, replies, people)
    found |= _talking(bot_api)
    menus = [call for call in bot_api.calls if call[0] == "setmycommands"]
    return found | {"menus": _shown(menus)}


def _pressing(bot_api, chosen, replies, people):
    """Presses one button after the other, those below new messages too."""
    found = {}
    offered = {user: _buttons(replies.get(str(user), [])) for user in chosen}
    pressed = {user: set() for user in chosen}
    for wave in range(_PRESSES):
        updates, presses = [], {}
        for user in chosen:
            fresh = [(data, below) for data, below in offered[user] if data not in pressed[user]]
            if fresh:
                # The newest first, so that pages are turned.
                data, below = fresh[0] if wave % 3 else fresh[-1]
                pressed[user].add(data)
                presses[user] = data
                updates.append(_press(user, f"q{user}-{wave}", data, below))
        calls = bot_api.send(updates)
        for user, data in presses.items():
            mine = calls.get(f"q{user}-{wave}", []) + calls.get(str(user), [])
            offered[user] += _buttons(mine)
            found[f"{people[user][0]}: press {wave + 1}, {data}"] = _shown(mine)
    return found


def _talking(bot_api):
    """Commands, groups, edits, pictures, inline queries."""
    found, user = {}, 900_000
    texts = ["/start", "/start s_nothing", "/help", "/ask", "/ask 今年修哪几条高速", "/term", "/term 三抓三促",
             "/term 没有这个", "/term三抓三促", "/sources", "/lang", "/corpus", "/reload", "/nothing", "/help@other_bot",
             "路" * 700, "  ", "你好", "谢谢", "你是谁"]
    updates, cases = [], {}
    for text in texts:
        user += 1
        cases[str(user)] = f"says {text[:20]}"
        updates.append({"message": _message(user, text)})
    thing = {"file_id": "f", "file_unique_id": "u", "file_size": 1}
    wordless = {"sticker": {"sticker": thing | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
                "voice": {"voice": thing | {"duration": 1}},
                "photo": {"photo": [thing | {"width": 1, "height": 1}]},
                "place": {"location": {"latitude": 35.2, "longitude": 105.2}},
                "caption": {"photo": [thing | {"width": 1, "height": 1}], "caption": "今年修哪几条高速"}}
    for name, more in wordless.items():
        user += 1
        cases[str(user)] = f"sends {name}"
        updates.append({"message": _message(user, **more)})
    for n, text in enumerate(("今年修哪几条高速", "@wenzheng_test_bot 今年修哪几条高速", "/ask 今年修哪几条高速", "/help")):
        user += 1
        cases[str(-user)] = f"in a group {text}"
        more = {"entities": [{"type": "mention", "offset": 0, "length": 18}]} if text.startswith("@") else {}
        topic = {"message_thread_id": 5, "is_topic_message": True} if n == 2 else {}
        updates.append({"message": _message(user, text, chat=-user) | more | topic})
    # Meant for others: another bot, the rest of a group.
    unanswered = [of for of, case in cases.items() if case in ("says /help@other_bot", "in a group 今年修哪几条高速")]
    calls = bot_api.send(updates, unanswered)
    found |= {case: _shown(calls.get(of, [])) for of, case in cases.items()}
    for command in ("/help", "/corpus", "/sources"):
        found[f"admin says {command}"] = _shown(bot_api.send([{"message": _message(ADMIN, command)}]).get(str(ADMIN), []))
    return found | _in_turn(bot_api) | _inline(bot_api)


def _in_turn(bot_api):
    """What needs an order: scripts chosen, follow-ups, edits."""
    found, first = {}, 910_000
    users = [first, first + 1, first + 2]
    calls = bot_api.send([{"message": _message(user, "/lang")} for user in users])
    choices = {user: _buttons(calls.get(str(user), []))[n] for n, user in enumerate(users)}
    calls = bot_api.send([_press(user, f"l{user}", *choice) for user, choice in choices.items()])
    for user, (data, _) in choices.items():
        found[f"script {data}"] = _shown(calls.get(f"l{user}", []) + calls.get(str(user), []))
    for k, text in enumerate(("今年修哪几条高速", "那去年呢", "/sources", "/term 三抓三促")):
        calls = bot_api.send([{"message": _message(user, text, number=100 + k)} for user in users])
        for user, (data, _) in choices.items():
            found[f"script {data}: {text}"] = _shown(calls.get(str(user), []))
    edited = _message(first, "去年新增了多少个学位", number=101, edit_date=_DATE + 60)
    calls = bot_api.send([{"edited_message": edited}])
    found["an edited question"] = _shown(calls.get(str(first), []))
    stale = [_press(first, f"s{n}", data, {"message_id": 1}) for n, data in enumerate(("nonsense", "s:nothing", "p:x:99999", "t:nothing"))]
    calls = bot_api.send(stale)
    return found | {f"stale button {n}": _shown(calls.get(f"s{n}", [])) for n in range(len(stale))}


def _inline(bot_api):
    texts = ["", "三抓", "sanz", "一核三带", "今年修哪几条高速", "今年脩哪幾條高速公路", "低保", "你好", "zzzz", "路" * 300]
    updates = [{"inline_query": {"id": f"i{n}", "from": _person(920_000 + n), "query": text, "offset": ""}}
               for n, text in enumerate(texts)]
    updates.append({"inline_query": {"id": "i-page", "from": _person(930_000), "query": "", "offset": "20"}})
    calls = bot_api.send(updates)
    found = {f"inline {text[:20]}": _shown(calls.get(f"i{n}", [])) for n, text in enumerate(texts)}
    return found | {"inline, second page": _shown(calls.get("i-page", []))}


def reload(bot_api):
    """An administrator reloads; last, since it disturbs everybody else."""
    calls = bot_api.send([{"message": _message(ADMIN, "/reload", number=9)}])
    return {"admin says /reload": _shown(calls.get(str(ADMIN), []))}

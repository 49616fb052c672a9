"""Telegram for tests: an emulated Bot API and people who write to the bot.

    bot  <-->  Tap  <-->  lo-bot-api-emulator

The emulator keeps the state: the queue of updates, offsets, message ids, limits, webhooks. It keeps
no text of what the bot sends, so the Tap in between writes down every call of the bot, and besides

* checks what the real server would refuse and the emulator lets through (HTML, lengths, buttons,
  inline results),
* mends the few answers of the emulator that are not of the official shape (`_mend`), takes out the
  few fields that Telegram knows and the emulator does not (`_known`), and turns messages into edits
  of messages, which the emulator cannot queue (`_kinds`),
* is the reverse proxy between the emulator and the webhook of the bot: another address, another
  path,
* lets a poll end the one before it, as the real server does: a program that was killed leaves one open,
* makes trouble on request: statuses, broken connections, updates that come twice.

Standard library only; everything stays on the loopback device.
"""

import contextlib
import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from support.ports import free_port, wait_for_port

USERNAME = "wenzheng_test_bot"
#: Where the emulator delivers to; the bot's own path is another one.
HOOK = "/public/hook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: A message is over when the bot has answered and then been silent for this long, in seconds.
QUIET = 0.4


def units(text):
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


class Emulator:
    """A running lo-bot-api-emulator."""

    def __init__(self):
        self.port = free_port()
        program = Path(sys.executable).with_name("lo-bot-api-emulator")
        program = str(program) if program.exists() else shutil.which("lo-bot-api-emulator")
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--enable-control",
             "--allow-insecure-loopback-webhooks"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.port)

    def stop(self):
        # Asked politely, it would wait for the last long poll to end.
        self.process.kill()
        self.process.wait()


class _Markup(HTMLParser):
    """Notes what the real server answers with "can't parse entities"."""

    ALLOWED = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler",
               "a", "tg-emoji", "code", "pre", "blockquote"}

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.open, self.bad, self.plain = [], [], ""

    def handle_starttag(self, tag, attrs):
        if tag not in self.ALLOWED:
            self.bad.append(f"tag <{tag}>")
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.bad.append(f"tag <{tag}/>")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"</{tag}> does not match")

    def handle_data(self, data):
        if "<" in data:
            self.bad.append("bare <")
        self.plain += data

    def handle_entityref(self, name):
        signs = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
        if name not in signs:
            self.bad.append(f"&{name};")
        self.plain += signs.get(name, "?")

    def handle_charref(self, name):
        self.plain += "x"


@dataclass
class Call:
    """One call of the bot."""

    method: str
    fields: dict
    status: int = 0
    message_id: int | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def text(self):
        """The text as a person reads it, without markup."""
        return self._markup().plain

    @property
    def first_line(self):
        return self.text.split("\n", 1)[0]

    @property
    def buttons(self):
        """Label to button, in order."""
        markup = self.fields.get("reply_markup") or {}
        if isinstance(markup, str):
            markup = json.loads(markup)
        return {b["text"]: b for row in markup.get("inline_keyboard", []) for b in row}

    @property
    def cards(self):
        """The results of an inline query, each as if it had been sent."""
        cards = []
        for result in self.fields.get("results", []):
            content = result["input_message_content"]
            card = Call("card", {"text": content["message_text"], **result,
                                 "parse_mode": content.get("parse_mode")})
            cards.append(card)
        return cards

    def _markup(self):
        text = self.fields.get("text") or self.fields.get("caption")
        return _read(text, self.fields.get("parse_mode"))

    @property
    def lint(self):
        """What the real server would refuse."""
        if self.method == "setMyCommands":
            names = [command["command"] for command in self.fields["commands"]]
            return [f"command {name!r}" for name in names if not re.fullmatch("[a-z0-9_]{1,32}", name)]
        if self.method == "answerInlineQuery":
            return self._inline_lint()
        if self.method not in ("sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup",
                               "card"):
            return []
        bad = []
        for button in self.buttons.values():
            size = len(button.get("callback_data", "x").encode())
            if not 1 <= size <= 64:
                bad.append(f"callback_data of {size} bytes")
        if self.method == "editMessageReplyMarkup":
            return bad
        markup = self._markup()
        bad += markup.bad + [f"<{tag}> not closed" for tag in markup.open]
        if units(markup.plain) > (1024 if self.method == "sendPhoto" else 4096):
            bad.append(f"{units(markup.plain)} UTF-16 units")
        if not markup.plain.strip() and self.method != "sendPhoto":
            bad.append("empty text")
        return bad

    def _inline_lint(self):
        cards = self.cards
        ids = [card.fields["id"] for card in cards]
        bad = [what for card in cards for what in card.lint]
        if len(cards) > 50:
            bad.append(f"{len(cards)} results")
        if len(set(ids)) < len(ids):
            bad.append("the same result id twice")
        bad += [f"result id of {len(id.encode())} bytes" for id in ids if not 1 <= len(id.encode()) <= 64]
        bad += ["no title" for card in cards if not card.fields["title"].strip()]
        # Below a message in somebody else's chat.
        bad += ["a button that needs the chat" for card in cards
                for button in card.buttons.values() if "callback_data" in button]
        return bad


def _read(text, mode):
    parser = _Markup()
    text = str(text or "")
    if str(mode or "").lower() == "html":
        parser.feed(text)
        parser.close()
    else:
        parser.plain = text
    return parser


@dataclass
class _Fault:
    method: str
    what: object
    times: int
    retry_after: int = 0
    description: str = "injected"
    chat: int | None = None


class Tap:
    """The Bot API as the bot sees it: the emulator, watched."""

    def __init__(self, emulator, token):
        self.emulator, self.token = emulator, token
        self.port = free_port()
        self.calls, self.changed = [], threading.Condition()
        #: Set once the bot is there: with its first poll or its webhook.
        self.connected = threading.Event()
        self.first_poll = None
        #: The fields of setWebhook, and where the proxy sends what arrives.
        self.webhook, self.program = None, None
        #: Files that people sent, by id: the emulator keeps none.
        self.files = {}
        self._faults = []
        self._repeat = False
        self._again, self._extra = [], []
        self._open_poll, self._poll_changes = None, threading.Lock()
        self._server = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Starts to listen; until then the bot finds nobody."""
        tap = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                kind = self.headers.get("content-type") or "application/json"
                try:
                    if self.path.startswith("/file/bot"):
                        answer = 200, tap.files[unquote(self.path).rpartition("/")[2]]
                    elif self.path.split("?")[0] == HOOK:
                        answer = tap._proxy(body, self.headers.get(SECRET_HEADER))
                    else:
                        answer = tap._call(self.path, body, kind)
                except (OSError, http.client.HTTPException) as error:
                    answer = 502, json.dumps({"ok": False, "description": str(error)}).encode()
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, raw = answer
                try:
                    self.send_response(status)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)
                except OSError:
                    pass  # the bot has hung up

            do_GET = do_POST

        class Server(ThreadingHTTPServer):
            def handle_error(self, request, address):
                if not isinstance(sys.exception(), ConnectionError):
                    super().handle_error(request, address)

        self._server = Server(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    # -- trouble ----------------------------------------------------------

    def fail(self, method, what, times=1, retry_after=0, description="injected", chat=None):
        """The next calls of `method` (to `chat`) get status `what`; "drop" breaks the connection,
        "lost" does the work and then breaks it."""
        self._faults.append(_Fault(method, what, times, retry_after, description, chat))

    def repeat_next_updates(self):
        """The next updates come twice at once, and once more with the poll after."""
        self._repeat = True

    def add_update(self, update):
        """Puts a raw update before the next ones, past the checks of the emulator."""
        self._extra.append(update)

    @property
    def faults_left(self):
        return sum(fault.times for fault in self._faults)

    # -- the bot's side ---------------------------------------------------

    def _call(self, path, body, kind):
        head, _, method = path.rpartition("/")
        # teloxide writes SendMessage; the real server ignores case, the emulator does not.
        method = method[:1].lower() + method[1:]
        fields = self._fields(body, kind)
        if method == "getFile":
            file = fields["file_id"]
            found = {"file_id": file, "file_unique_id": file, "file_size": len(self.files[file]),
                     "file_path": f"documents/{file}"}
            return 200, json.dumps({"ok": True, "result": found}).encode()
        call = Call(method, fields)
        fault = self._fault(method, fields.get("chat_id"))
        if fault and fault.what == "drop":
            return None
        if fault and fault.what != "lost":
            return self._refusal(fault)
        if method == "getUpdates":
            self.first_poll = self.first_poll or fields
            self.connected.set()
            if self._again:
                again, self._again = self._again, []
                return 200, json.dumps({"ok": True, "result": again}).encode()
        body, kind = self._known(method, fields, body, kind)
        ask = self._poll if method == "getUpdates" else self._upstream
        status, raw = ask("POST", f"{head}/{method}", body, kind)
        status, answer = self._mend(method, status, raw)
        if method == "getUpdates" and answer.get("ok") and answer["result"]:
            answer["result"] = self._arriving(answer["result"])
        if method == "setWebhook" and answer.get("ok"):
            self.webhook = fields
            self.connected.set()
        call.status = status
        result = answer.get("result")
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        if method != "getUpdates":
            with self.changed:
                self.calls.append(call)
                self.changed.notify_all()
        if fault:
            return None
        return status, json.dumps(answer, ensure_ascii=False).encode()

    def _fault(self, method, chat=None):
        for fault in self._faults:
            wanted = fault.chat is None or str(fault.chat) == str(chat)
            if fault.method == method and fault.times > 0 and wanted:
                with self.changed:
                    fault.times -= 1
                    self.changed.notify_all()
                return fault
        return None

    def _arriving(self, updates):
        """Updates as the bot is to see them: edits as edits, some twice, some added."""
        updates = [self._kinds(update) for update in updates]
        if self._repeat:
            self._repeat = False
            self._again = list(updates)
            updates = updates * 2
        extra, self._extra = self._extra, []
        return extra + updates

    @staticmethod
    def _kinds(update):
        message = update.get("message", {})
        if "_kind" not in message:
            return update
        message = dict(message)
        return {"update_id": update["update_id"], message.pop("_kind"): message}

    def _proxy(self, body, secret):
        """The webhook: hands an update on to the program, as a reverse proxy does."""
        fault = self._fault("webhook")
        if fault and fault.what == "drop":
            return None
        if fault and fault.what != "lost":
            return fault.what, b"injected"
        updates = self._arriving([json.loads(body)]) + self._again
        self._again = []
        for update in updates:
            status = self.post_to_webhook(json.dumps(update, ensure_ascii=False).encode(), secret)
        return (500, b"lost") if fault else (status, b"")

    def post_to_webhook(self, body, secret, path="/telegram/webhook", method="POST"):
        """Calls the webhook of the program; its status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=20)
        headers = {"content-type": "application/json", "x-forwarded-for": "203.0.113.9",
                   "x-forwarded-proto": "https"}
        if secret is not None:
            headers[SECRET_HEADER] = secret
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    @staticmethod
    def _refusal(fault):
        description = fault.description
        answer = {"ok": False, "error_code": fault.what, "description": description}
        if fault.what == 429:
            answer["description"] = f"Too Many Requests: retry after {fault.retry_after}"
            answer["parameters"] = {"retry_after": fault.retry_after}
        return fault.what, json.dumps(answer).encode()

    def _upstream(self, verb, path, body, kind="application/json"):
        return self._ask(self._connection(), verb, path, body, kind)

    def _connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.emulator.port, timeout=70)

    @staticmethod
    def _ask(connection, verb, path, body, kind):
        try:
            connection.request(verb, path, body, {"content-type": kind})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _poll(self, *request):
        """As `_upstream`, for a poll; one that is still open ends."""
        connection = self._connection()
        with self._poll_changes:
            before, self._open_poll = self._open_poll, connection
        # Most have their answer already, and no socket any more.
        with contextlib.suppress(OSError, AttributeError):
            before.sock.shutdown(socket.SHUT_RDWR)
        end = time.monotonic() + 2
        while True:
            status, raw = self._ask(connection, *request)
            # The emulator sees within a tenth of a second that nobody waits any more.
            if status != 409 or self._open_poll is not connection or time.monotonic() > end:
                return status, raw
            time.sleep(0.02)

    @staticmethod
    def _fields(body, kind):
        if "json" in kind and body:
            return json.loads(body)
        if "multipart" in kind:
            form = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body)
            # A file stays bytes.
            return {part.get_param("name", header="content-disposition"):
                    part.get_payload(decode=True) if part.get_filename()
                    else part.get_payload(decode=True).decode() for part in form.get_payload()}
        return dict(parse_qsl(body.decode("utf-8", "replace")))

    @staticmethod
    def _known(method, fields, body, kind):
        """The request without what Telegram knows and the emulator does not."""
        unknown = {"sendMessage": ["message_thread_id"], "answerInlineQuery": ["button"]}
        taken = [name for name in unknown.get(method, []) if name in fields]
        if not taken:
            return body, kind
        kept = {name: value for name, value in fields.items() if name not in taken}
        return json.dumps(kept, ensure_ascii=False).encode(), "application/json"

    @staticmethod
    def _mend(method, status, raw):
        answer = json.loads(raw)
        if method == "getMe" and answer.get("ok"):
            answer["result"] = {
                "id": 1, "is_bot": True, "first_name": "Bot", "can_join_groups": True,
                "has_main_web_app": False, "can_read_all_group_messages": False,
                "can_connect_to_business": False, **answer["result"],
                "supports_inline_queries": True, "username": USERNAME}
        elif status == 501:
            # teloxide waits ten seconds after any 5xx; the real server says 404 to what it lacks.
            status, answer["error_code"] = 404, 404
        if isinstance(answer.get("result"), dict) and "message_id" in answer["result"]:
            answer["result"].setdefault("from", {"id": 1, "is_bot": True, "first_name": "Bot"})
        return status, answer

    @property
    def lint(self):
        return [f"{call.method}: {what}" for call in self.calls for what in call.lint]

    @property
    def refused(self):
        """Calls that the emulator did not take."""
        return [f"{call.method}: {call.status}" for call in self.calls if call.status >= 400]

    # -- the people's side ------------------------------------------------

    def deliver(self, update):
        """Queues an update for the bot."""
        if "edited_message" in update:
            update = {"message": {**update["edited_message"], "_kind": "edited_message"}}
        document = json.dumps({"token": self.token, "update": update})
        status, raw = self._upstream("POST", "/__fixture/updates", document)
        assert status == 200, raw

    def deliver_again(self):
        """Has the emulator deliver what the webhook has not taken, as Telegram does after a while."""
        document = json.dumps({"token": self.token})
        status, raw = self._upstream("POST", "/__fixture/deliver", document)
        assert status == 200, raw

    def settle(self, since, chat, query=None, wait=10.0):
        """What the bot did in `chat` (and to the button `query`) since call number `since`: waits
        until it has done something and then been quiet, at most `wait` seconds."""
        end = time.monotonic() + wait

        def mine():
            return [call for call in self.calls[since:]
                    if str(call.fields.get("chat_id")) == str(chat)
                    or (query and query in (call.fields.get("callback_query_id"),
                                            call.fields.get("inline_query_id")))]

        with self.changed:
            while (now := time.monotonic()) < end:
                calls = mine()
                if calls and now - calls[-1].at >= QUIET:
                    break
                self.changed.wait(min(0.05, end - now))
            return mine()


class Person:
    """Somebody who writes to the bot; in a private chat unless `chat` names a group."""

    _serial = 0

    def __init__(self, tap, user=7, chat=None):
        self.tap, self.user, self.chat = tap, user, chat or user
        self.last = None

    @property
    def _profile(self):
        return {"id": self.user, "is_bot": False, "first_name": f"Zhangsan{self.user}",
                "username": f"zhangsan_{self.user}", "language_code": "zh-hans"}

    @property
    def _chat(self):
        if self.chat > 0:
            return {"id": self.chat, "type": "private", "first_name": f"Zhangsan{self.user}"}
        return {"id": self.chat, "type": "supergroup", "title": "Qunliao"}

    @classmethod
    def _next(cls):
        cls._serial += 1
        return 100_000 + cls._serial

    def message(self, **fields):
        """A message update with these fields."""
        return {"message": {"message_id": self._next(), "date": int(time.time()),
                            "from": self._profile, "chat": self._chat, **fields}}

    def text(self, text, **fields):
        """A text message update, commands marked as Telegram marks them."""
        if text.startswith("/"):
            length = units(text.split()[0])
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.message(text=text, **fields)

    def sends(self, update, wait=10.0, query=None):
        """Delivers the update; all that the bot did then."""
        since = len(self.tap.calls)
        self.tap.deliver(update)
        calls = self.tap.settle(since, self.chat, query, wait)
        for call in calls:
            if call.buttons:
                self.last = call
        return calls

    def says(self, text, **fields):
        """Sends a text; the one message that the bot answers with."""
        calls = [c for c in self.sends(self.text(text, **fields)) if c.method == "sendMessage"]
        assert len(calls) == 1, f"{len(calls)} messages: {[c.text for c in calls]}"
        return calls[0]

    def sends_file(self, name, content, wait=60.0):
        """Sends a file; the one message that the bot answers with."""
        file = f"file{self._next()}"
        self.tap.files[file] = content
        document = {"file_id": file, "file_unique_id": file, "file_name": name,
                    "file_size": len(content)}
        update = self.message(document=document)
        calls = [c for c in self.sends(update, wait) if c.method == "sendMessage"]
        assert len(calls) == 1, f"{len(calls)} messages: {[c.text for c in calls]}"
        return calls[0]

    def edits(self, update, text, after=60):
        """Edits a message sent before; all that the bot did then."""
        message = {**update["message"], "text": text,
                   "edit_date": update["message"]["date"] + after}
        if text.startswith("/"):
            length = units(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.sends({"edited_message": message})

    def looks_up(self, words, offset=""):
        """Types `@bot words` in some chat; the answer to that."""
        query = f"i{self._next()}"
        calls = self.sends({"inline_query": {"id": query, "from": self._profile, "query": words,
                                             "offset": offset}}, query=query)
        assert [call.method for call in calls] == ["answerInlineQuery"], calls
        return calls[0]

    def is_ignored(self, text, **fields):
        """True when the bot does nothing about a text; takes a second and a half."""
        return self.sends(self.text(text, **fields), wait=1.5) == []

    def presses(self, label, below=None, **fields):
        """Presses a button below the last message (or `below`); all that the bot did then."""
        message = below or self.last
        button = message.buttons.get(label)
        assert button, f"no button {label}, only {list(message.buttons)}"
        return self.presses_data(button["callback_data"], message.message_id,
                                 reply_markup=message.fields["reply_markup"], **fields)

    def presses_data(self, data, message_id=1, **fields):
        """Presses a button that carries `data`, below a message with these fields."""
        query = f"q{self._next()}"
        message = {**fields, "message_id": message_id, "date": int(time.time()), "chat": self._chat,
                   "text": "?", "from": {"id": 1, "is_bot": True, "first_name": "Bot",
                                         "username": USERNAME}}
        update = {"callback_query": {"id": query, "from": self._profile, "chat_instance": "1",
                                     "message": message, "data": data}}
        calls = self.sends(update, query=query)
        answered = [c for c in calls if c.method == "answerCallbackQuery"]
        assert len(answered) == 1, f"the button was answered {len(answered)} times"
        return calls

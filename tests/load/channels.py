"""How a question goes in on each channel, and what its reply is worth.

A channel makes its request ahead of time (`request`), sends it (`ask`), and judges the reply when all is
over (`verdict`), so that nothing of this delays what is measured.
"""

import asyncio
import http.client
import io
import json
import time
import urllib.parse
from dataclasses import dataclass

from bot_api import SECRET
from support.wechat import Account, Platform

ANSWERED, REFUSED, ERROR, LOST = "answered", "refused", "errors", "lost"
#: What chats are told instead of an answer (src/channels/wording/fixed.rs, src/channels/wechat/wording.rs).
WAIT = ("您问得有点快", "现在问的人多", "还在处理，请过一会儿")
SORRY = "刚才出了点问题"


@dataclass
class Reply:
    """Status 0 stands for a broken connection or half a reply, None for no reply in time."""
    status: int | None
    body: bytes
    #: By the clock of `time.monotonic`.
    at: float


class _Received:
    """Bytes that were received, as a socket to read them from."""

    def __init__(self, received):
        self.received = received

    def makefile(self, _):
        return io.BytesIO(self.received)


def http_request(path, body, address, kind="application/json", **headers):
    """The bytes of a POST that comes through a proxy, from `address`."""
    headers = {"Host": "localhost", "Content-Type": kind, "X-Forwarded-For": address,
               "Content-Length": len(body), "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


async def exchange(port, request, seconds):
    """Sends `request` over a new connection; the reply."""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                reply = await reader.read()
            finally:
                writer.close()
        at = time.monotonic()
        response = http.client.HTTPResponse(_Received(reply))
        response.begin()
        return Reply(response.status, response.read(), at)
    except TimeoutError:
        return Reply(None, b"", time.monotonic())
    except (OSError, http.client.HTTPException):
        return Reply(0, b"", time.monotonic())


def address(n):
    """An address of its own for each question, out of the network set aside for measurements."""
    return f"198.{18 + (n >> 16 & 1)}.{n >> 8 & 255}.{n & 255}"


def by_status(status):
    """What a status other than 200 means."""
    if status is None:
        return LOST
    return REFUSED if status in (429, 503) else ERROR


def by_words(words):
    """What was said, in a chat or in an error."""
    if SORRY in words or not words.strip():
        return ERROR
    return REFUSED if any(line in words for line in WAIT) else ANSWERED


class Channel:
    """A channel of the program on `port`; a question waits `seconds` for its reply."""

    def __init__(self, port, seconds):
        self.port, self.seconds = port, seconds

    async def ask(self, _, request):
        return await exchange(self.port, request, self.seconds)

    def verdict(self, n, reply):
        if reply.status != 200:
            return by_status(reply.status)
        try:
            return self.judged(n, reply.body)
        except (ValueError, KeyError, TypeError):
            return ERROR


class Web(Channel):
    """The JSON API that the web chat uses."""

    def request(self, n, question):
        return http_request("/api/ask", json.dumps({"question": question}).encode(), address(n))

    def judged(self, _, body):
        return ANSWERED if json.loads(body)["status"] else ERROR


class Mcp(Channel):
    """The asking tool, called without a session."""

    def request(self, n, question):
        call = {"jsonrpc": "2.0", "id": n, "method": "tools/call",
                "params": {"name": "ask_policy", "arguments": {"question": question}}}
        return http_request("/mcp", json.dumps(call).encode(), address(n),
                            Accept="application/json, text/event-stream",
                            MCP_Protocol_Version="2025-06-18")

    def judged(self, n, body):
        reply = json.loads(body)
        if "error" in reply:
            said = by_words(reply["error"]["message"])
            return said if said == REFUSED else ERROR
        result = reply["result"]
        good = reply["id"] == n and not result.get("isError") and result["structuredContent"]["status"]
        return ANSWERED if good else ERROR


class Wechat(Channel):
    """The official account, each question from another person."""
    TOKEN = "load"
    SETTINGS = {"WENZHENG_WECHAT_OA__TOKEN": TOKEN, "WENZHENG_WECHAT_OA__MODE": "plain"}

    def person(self, n):
        return Platform(Account(f"http://127.0.0.1:{self.port}/wechat/oa", self.TOKEN), f"oLoad{n}")

    def request(self, n, question):
        person = self.person(n)
        query, body = person.envelope(person.inner("text", {"Content": question}, str(10**15 + n)))
        path = f"/wechat/oa?{urllib.parse.urlencode(query)}"
        return http_request(path, body.encode(), "203.0.113.251", "text/xml")

    def judged(self, n, body):
        got = self.person(n).read(200, body)
        if got["kind"] == "ack":
            return LOST  # nobody will say anything more
        return ERROR if got["bad"] else by_words(got["text"])


class Telegram(Channel):
    """By webhook, each question from another person in a chat of his own."""
    #: Message ids and update ids grow; persons have large numbers today.
    FIRST = 7_000_000_000

    def __init__(self, port, seconds, bot_api):
        super().__init__(port, seconds)
        self.bot_api = bot_api

    def request(self, n, question):
        person = {"id": self.FIRST + n, "first_name": "P"}
        update = {"update_id": 100_000 + n, "message": {
            "message_id": 1, "date": int(time.time()), "text": question,
            "from": {**person, "is_bot": False, "language_code": "zh-hans"},
            "chat": {**person, "type": "private"}}}
        return http_request("/telegram/webhook", json.dumps(update).encode(), "203.0.113.252",
                            X_Telegram_Bot_Api_Secret_Token=SECRET)

    async def ask(self, n, request):
        """Its reply is the message that the bot sends, not what the webhook returns."""
        message, end = self.bot_api.expect(self.FIRST + n), time.monotonic() + self.seconds
        taken = await exchange(self.port, request, self.seconds)
        if taken.status != 200:
            return taken
        try:
            at, text = await asyncio.wait_for(message, max(0.0, end - time.monotonic()))
        except TimeoutError:
            return Reply(None, b"", time.monotonic())
        return Reply(200, text.encode(), at)

    def judged(self, _, body):
        return by_words(body.decode())

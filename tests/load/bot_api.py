"""Telegram's side of a bot with a webhook, as little of it as a load needs.

The emulator of the end-to-end tests keeps the whole state of a server and would be the bottleneck. This
one takes every call at once, remembers when the first message to each chat came, and nothing else; it runs
in the loop of its caller and listens on loopback only.
"""

import asyncio
import json
import time

TOKEN = "123456789:" + "L" * 35
SECRET = "secret-of-the-load-test"
#: The menus of commands are set after the webhook, for private chats and for groups: then it is connected.
MENUS = 2
ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "wenzheng_load_bot"}
ABILITIES = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries",
             "can_connect_to_business", "has_main_web_app")


class BotApi:
    """The server; `await start()` first."""

    def __init__(self):
        self.port, self.menus, self.messages = None, 0, 0
        self.webhook = ""
        self.connected = asyncio.Event()
        #: Chat to a future of the first message there: when it came, and its text.
        self._waiting = {}
        self._server, self._connections = None, set()

    @property
    def settings(self):
        """What the program has to be told."""
        return {"TELOXIDE_TOKEN": TOKEN,
                "WENZHENG_TELEGRAM__API_URL": f"http://127.0.0.1:{self.port}",
                "WENZHENG_TELEGRAM__MODE": "webhook",
                "WENZHENG_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook",
                "WENZHENG_TELEGRAM__WEBHOOK_SECRET": SECRET}

    async def start(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def stop(self):
        self._server.close()
        for writer in self._connections:
            writer.close()

    def expect(self, chat):
        """A future of the first message to `chat`."""
        self._waiting[chat] = asyncio.get_running_loop().create_future()
        return self._waiting[chat]

    async def _serve(self, reader, writer):
        self._connections.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                line, *fields = head.decode("latin-1").split("\r\n")
                fields = {name.lower(): value.strip() for name, _, value in
                          (field.partition(":") for field in fields)}
                body = await _body(reader, fields)
                answer = {"ok": True, "result": self._result(line.split()[1], body)}
                answer = json.dumps(answer).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             b"Content-Length: %d\r\n\r\n" % len(answer) + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the bot has hung up
        finally:
            self._connections.discard(writer)
            writer.close()

    def _result(self, path, body):
        now, method = time.monotonic(), path.rpartition("/")[2].lower()
        if method == "getme":
            return ME | dict.fromkeys(ABILITIES, False)
        if method == "getwebhookinfo":
            return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
        if method == "setwebhook":
            self.webhook = self.settings["WENZHENG_TELEGRAM__WEBHOOK_URL"]
        if method == "setmycommands":
            self.menus += 1
            if self.menus == MENUS:
                self.connected.set()
        if method != "sendmessage":
            return True
        fields = json.loads(body)
        chat = int(fields["chat_id"])
        self.messages += 1
        first = self._waiting.get(chat)
        if first and not first.done():
            first.set_result((now, fields["text"]))
        return {"message_id": self.messages, "date": int(time.time()), "from": ME, "text": "?",
                "chat": {"id": chat, "type": "private", "first_name": "P"}}


async def _body(reader, fields):
    """The body of a request: the form of setWebhook may come in pieces."""
    if "chunked" not in fields.get("transfer-encoding", ""):
        return await reader.readexactly(int(fields.get("content-length") or 0))
    pieces = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)

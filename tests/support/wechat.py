"""The platform's side of WeChat and WeCom callbacks, played against the real program.

Signatures, envelopes and replies are made and read by wechatpy, so that the program is checked
against code by somebody else. `Platform` pushes messages and reads replies as people would see
them; `suite` is a catalogue of checks that holds for every account and mode.
"""

import base64
import concurrent.futures
import dataclasses
import random
import string
import threading
import time
import xml.etree.ElementTree as ET

import requests
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.replies import deserialize_reply
from wechatpy.utils import WeChatSigner


def sign(*parts):
    signer = WeChatSigner()
    signer.add_data(*parts)
    return signer.signature


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


@dataclasses.dataclass
class Account:
    """What is entered at WeChat, and what it pushes about."""
    url: str
    token: str
    #: plain, compat or aes; WeCom is always aes.
    mode: str = "plain"
    wecom: bool = False
    aes_key: str = ""
    #: AppID or CorpID.
    receiver: str = "wx0000000000000000"
    #: ToUserName of what is pushed.
    to: str = "gh_000000000000"
    #: The platform gives up on a push after this many seconds.
    deadline: float = 5.0
    max_reply_bytes: int = 2047

    @property
    def encrypted(self):
        return self.wecom or self.mode != "plain"

    @property
    def insists_on_encryption(self):
        return self.wecom or self.mode == "aes"


class Platform:
    """Pushes to one account, as one person unless told otherwise."""

    def __init__(self, account, user="oUser0000000000000000000001"):
        self.a = account
        self.user = user
        self.crypto = None
        if account.aes_key:
            self.crypto = WeChatCrypto(account.token, account.aes_key, account.receiver)
        self.msg_id = random.randrange(10**15, 10**16)
        self._local = threading.local()

    @property
    def http(self):
        # One session a thread: requests' sessions are not made for sharing.
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False
        return self._local.session

    def as_user(self, user):
        """The same account, somebody else."""
        return Platform(self.a, user)

    # What is pushed.

    def next_id(self):
        self.msg_id += 1
        return str(self.msg_id)

    def inner(self, kind, fields, msg_id=None, created=None):
        parts = [
            f"<ToUserName>{cdata(self.a.to)}</ToUserName>",
            f"<FromUserName>{cdata(self.user)}</FromUserName>",
            f"<CreateTime>{created or int(time.time())}</CreateTime>",
            f"<MsgType>{cdata(kind)}</MsgType>",
        ]
        for name, value in fields.items():
            parts.append(f"<{name}>{cdata(value)}</{name}>")
        if msg_id:
            parts.append(f"<MsgId>{msg_id}</MsgId>")
        if self.a.wecom:
            parts.append("<AgentID>1000002</AgentID>")
        return "<xml>" + "".join(parts) + "</xml>"

    def stamp(self):
        return str(int(time.time())), "".join(random.choices(string.digits, k=9))

    def encrypt(self, plain, receiver=None):
        sealed = PrpCrypto(self.crypto.key).encrypt(plain, receiver or self.a.receiver)
        return sealed.decode() if isinstance(sealed, bytes) else sealed

    def envelope(self, plain, receiver=None, cipher=None):
        """Query parameters and body as the platform would push them."""
        timestamp, nonce = self.stamp()
        query = {"timestamp": timestamp, "nonce": nonce}
        if not self.a.wecom:
            query["signature"] = sign(self.a.token, timestamp, nonce)
            query["openid"] = self.user
        if not self.a.encrypted:
            return query, plain
        if cipher is None:
            cipher = self.encrypt(plain, receiver)
        query["msg_signature"] = sign(self.a.token, timestamp, nonce, cipher)
        if not self.a.wecom:
            query["encrypt_type"] = "aes"
        sealed = f"<Encrypt>{cdata(cipher)}</Encrypt>"
        if self.a.mode == "compat" and not self.a.wecom:
            return query, plain.replace("</xml>", f"{sealed}</xml>")
        return query, f"<xml><ToUserName>{cdata(self.a.to)}</ToUserName>{sealed}</xml>"

    # What comes back.

    def post(self, query, body):
        """Status (or why there is none) and body."""
        body = body.encode() if isinstance(body, str) else body
        headers = {"content-type": "text/xml", "user-agent": "Mozilla/4.0"}
        try:
            reply = self.http.post(self.a.url, params=query, data=body,
                                   timeout=self.a.deadline, headers=headers)
            return reply.status_code, reply.content
        except requests.exceptions.Timeout:
            return "timeout", b""
        except requests.exceptions.ConnectionError as error:
            return "broken", str(error).encode()

    def read(self, status, content):
        """The reply as the person would see it, and everything that is wrong with it."""
        if status != 200:
            return {"status": status, "kind": "none", "bad": [f"status {status}"]}
        text = content.decode("utf-8", "replace").strip()
        if text in ("", "success"):
            return {"status": status, "kind": "ack", "bad": []}
        bad = []
        try:
            root = ET.fromstring(text)
            if self.a.insists_on_encryption and root.find("Encrypt") is None:
                bad.append("a plain reply in safe mode")
            if root.find("Encrypt") is not None:
                if not self.a.encrypted:
                    bad.append("an encrypted reply in plain mode")
                text = self.crypto.decrypt_message(
                    text, root.findtext("MsgSignature"), root.findtext("TimeStamp"),
                    root.findtext("Nonce"))
            reply = deserialize_reply(text)
            node = ET.fromstring(text)
        except Exception as error:  # whatever wechatpy makes of it
            return {"status": status, "kind": "garbage", "raw": text[:200],
                    "bad": [f"wechatpy: {type(error).__name__} {error}"]}
        if node.findtext("ToUserName") != self.user:
            bad.append(f"ToUserName is {node.findtext('ToUserName')!r}")
        if node.findtext("FromUserName") != self.a.to:
            bad.append(f"FromUserName is {node.findtext('FromUserName')!r}")
        if not (node.findtext("CreateTime") or "").isdigit():
            bad.append("CreateTime is not a number")
        words = reply.content or "" if reply.type == "text" else ""
        if not words:
            bad.append("no words")
        if len(words.encode()) > self.a.max_reply_bytes:
            bad.append(f"{len(words.encode())} bytes are too many")
        return {"status": status, "kind": reply.type, "text": words, "bad": bad}

    def push(self, kind, fields, msg_id=None, created=None):
        query, body = self.envelope(self.inner(kind, fields, msg_id, created))
        return self.read(*self.post(query, body))

    def says(self, text):
        """Sends a text; the words that come back."""
        return self.replied(self.push("text", {"Content": text}, self.next_id()))

    def does(self, event, **fields):
        """An event; the words that come back."""
        return self.replied(self.push("event", {"Event": event, **fields}))

    @staticmethod
    def replied(got):
        assert got["kind"] == "text" and not got["bad"], got
        return got["text"]

    def verifies(self, tamper=False):
        """The handshake: status, body, and the body that proves the token."""
        timestamp, nonce = self.stamp()
        proof = "echo" + nonce
        if self.a.wecom:
            echo, key = self.encrypt(proof), "msg_signature"
            query = {key: sign(self.a.token, timestamp, nonce, echo)}
        else:
            echo, key = proof, "signature"
            query = {key: sign(self.a.token, timestamp, nonce)}
        query |= {"timestamp": timestamp, "nonce": nonce, "echostr": echo}
        if tamper:
            query[key] = query[key][:-1] + ("0" if query[key][-1] != "0" else "1")
        reply = self.http.get(self.a.url, params=query, timeout=self.a.deadline)
        return reply.status_code, reply.text, proof


def refused(got):
    return isinstance(got["status"], int) and 400 <= got["status"] < 500


def quiet(got):
    """Nothing was done for the sender: refused, or acknowledged without an answer."""
    return refused(got) or got["kind"] == "ack"


def answered(got):
    return got["kind"] == "text" and not got["bad"]


def suite(p, question="你好"):
    """Yields (name, passed, what was seen)."""
    yield from _handshake(p)
    yield from _messages(p, question)
    yield from _retries(p, question)
    yield from _sizes(p)
    yield from _forgeries(p, question)
    if p.a.insists_on_encryption:
        yield from _hostile_envelopes(p, question)
    yield from _attacks(p)
    got = p.push("text", {"Content": question}, p.next_id())
    yield "alive.after", answered(got), got


def _handshake(p):
    status, text, proof = p.verifies()
    yield "handshake", status == 200 and text == proof, (status, text[:80])
    status, text, proof = p.verifies(tamper=True)
    yield "handshake.bad_signature", status != 200 and text.strip() != proof, status
    status = p.http.get(p.a.url, timeout=p.a.deadline).status_code
    yield "handshake.no_parameters", 400 <= status < 500, status


def _messages(p, question):
    got = p.push("text", {"Content": question}, p.next_id())
    yield "text", answered(got), got
    for label, content in (("emoji", "你好😀👨‍👩‍👧"), ("cdata_end", "a]]>b<c>&amp;"),
                           ("blank", "  \n "), ("latin", "hello?"), ("tab", "a\tb")):
        got = p.push("text", {"Content": content}, p.next_id())
        yield f"text.{label}", got["status"] == 200 and not got["bad"], got
    got = p.push("event", {"Event": "subscribe"})
    yield "event.subscribe", answered(got), got
    got = p.push("event", {"Event": "unsubscribe"})
    yield "event.unsubscribe", got["kind"] == "ack", got
    got = p.push("event", {"Event": "CLICK", "EventKey": "no-such-key"})
    yield "event.unknown_click", got["status"] == 200 and not got["bad"], got
    got = p.push("event", {"Event": "made_up_event", "Extra": "x"})
    yield "event.unknown", got["status"] == 200 and not got["bad"], got
    voice = {"MediaId": "m1", "Format": "amr"}
    got = p.push("voice", voice | {"Recognition": question}, p.next_id())
    yield "voice.recognised", answered(got), got
    for label, fields in (("not_recognised", voice | {"Recognition": ""}), ("plain", voice)):
        got = p.push("voice", fields, p.next_id())
        yield f"voice.{label}", answered(got), got
    for kind, fields in (
        ("image", {"PicUrl": "http://127.0.0.1/x.jpg", "MediaId": "m2"}),
        ("location", {"Location_X": "23.1", "Location_Y": "113.3", "Label": "somewhere"}),
        ("link", {"Title": "t", "Description": "d", "Url": "http://127.0.0.1/"}),
        ("video", {"MediaId": "m3", "ThumbMediaId": "m4"}),
        ("brand_new_kind", {"Whatever": "x"}),
    ):
        got = p.push(kind, fields, p.next_id())
        yield f"kind.{kind}", answered(got), got


def _retries(p, question):
    msg_id, created, fields = p.next_id(), int(time.time()), {"Content": question}
    first = p.push("text", fields, msg_id, created)
    again = p.push("text", fields, msg_id, created)
    yield "retry.sequential", answered(first) and first["text"] == again.get("text"), again
    msg_id = p.next_id()
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        got = list(pool.map(lambda _: p.push("text", fields, msg_id, created), range(3)))
    alike = len({reply.get("text") for reply in got}) == 1
    yield "retry.concurrent", alike and all(answered(reply) for reply in got), got
    query, body = p.envelope(p.inner("text", fields, p.next_id()))
    first, again = p.read(*p.post(query, body)), p.read(*p.post(query, body))
    yield "retry.replayed", answered(first) and first["text"] == again.get("text"), again


def _sizes(p):
    for label, length in (("2k", 700), ("20k", 7_000), ("200k", 70_000)):
        got = p.push("text", {"Content": ("城乡居民" * length)[:length]}, p.next_id())
        yield f"size.{label}", answered(got) or refused(got), got
    query, body = p.envelope(p.inner("text", {"Content": "x"}, p.next_id()))
    padding = "<Pad>" + "x" * (8 << 20) + "</Pad></xml>"
    status, _ = p.post(query, body.replace("</xml>", padding))
    yield "size.8_MiB", status == "broken" or status == 413, status


def _forgeries(p, question):
    query, body = p.envelope(p.inner("text", {"Content": question}, p.next_id()))
    for key in [key for key in ("signature", "msg_signature") if key in query]:
        got = p.read(*p.post(query | {key: "0" * 40}, body))
        yield f"bad.{key}", refused(got), got
        got = p.read(*p.post({k: v for k, v in query.items() if k != key}, body))
        yield f"bad.{key}_missing", refused(got), got
    got = p.read(*p.post({}, body))
    yield "bad.no_query", refused(got), got
    stale = query | {"timestamp": str(int(time.time()) - 86400)}
    got = p.read(*p.post(stale, body))
    yield "bad.timestamp_changed", refused(got), got
    for label, junk in (("empty", b""), ("not_xml", b"{}"), ("cut", b"<xml><MsgType>te"),
                        ("not_utf8", b"<xml><MsgType>\xff\xfe</MsgType></xml>"),
                        ("nul", b"<xml>\0</xml>")):
        got = p.read(*p.post(query, junk))
        yield f"bad.body_{label}", quiet(got), got


def _hostile_envelopes(p, question):
    """Correctly signed, but not to be trusted."""
    plain = p.inner("text", {"Content": question}, p.next_id())
    for label, drop in (("", ()), ("_unannounced", ("encrypt_type", "msg_signature"))):
        query, _ = p.envelope(plain)
        got = p.read(*p.post({k: v for k, v in query.items() if k not in drop}, plain))
        yield f"bad.plain_in_safe_mode{label}", quiet(got), got
    query, body = p.envelope(plain, receiver="wxsomebodyelse")
    got = p.read(*p.post(query, body))
    yield "bad.other_receiver", quiet(got), got
    cipher = PrpCrypto(p.crypto.key).cipher

    def sealed(block):
        return base64.b64encode(cipher.encrypt(block)).decode()

    for label, sealed_text in (
        ("empty", ""), ("not_base64", "!!!!"), ("one_byte", "QQ=="),
        ("16_bytes", sealed(b"r" * 15 + b"\x01")),
        ("huge_length", sealed(b"r" * 16 + b"\xff\xff\xff\xff" + b"x" * 12)),
        ("zero_padding", sealed(b"r" * 16 + b"\0\0\0\1" + b"x" + b"\0" * 11)),
        ("padding_over_32", sealed(b"r" * 16 + b"\0\0\0\1" + b"x" + b"\xff" * 11)),
        ("length_into_padding", sealed(b"r" * 16 + b"\0\0\0\x0c" + b"x" * 4 + b"\x08" * 8)),
    ):
        query, body = p.envelope("", cipher=sealed_text)
        got = p.read(*p.post(query, body))
        yield f"bad.cipher_{label}", quiet(got), got


def _attacks(p):
    tail = p.inner("text", {}, p.next_id()).removeprefix("<xml>")
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    attacks = {
        "entity_bomb": f'<!DOCTYPE xml [<!ENTITY l0 "lol">{levels}]>'
                       f"<xml><Content>&l9;</Content>{tail}",
        "quadratic": '<!DOCTYPE xml [<!ENTITY q "' + "q" * 5000 + '">]>'
                     "<xml><Content>" + "&q;" * 2000 + f"</Content>{tail}",
        "external_entity": '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
                           f"<xml><Content>&f;</Content>{tail}",
        "deep": "<xml>" + "<a>" * 5000 + "</a>" * 5000 + tail,
    }
    for label, plain in attacks.items():
        # As the pushed body itself, and inside the ciphertext.
        for where in ("outer", "inner") if p.a.insists_on_encryption else ("outer",):
            query, body = p.envelope(plain)
            begun = time.monotonic()
            got = p.read(*p.post(query, plain if where == "outer" else body))
            quick = time.monotonic() - begun < 2
            yield f"xml.{label}.{where}", quiet(got) and quick, got

"""What a running `serve` gives: pages, the JSON API, MCP and WeChat."""

import hashlib
import json
import re
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import telegram
from asking import data_of, hand_vectors
from files import BUNDLED, SEVERAL
from mask import HEADERS, mask, metrics
from program import Server
from scripts import traditional

_TOKEN = "Token4Golden"
_LINK = "https://wz.example.gov.cn"
#: People who may reload.
_WECHAT_ADMIN = "oAdmin00000000000000000000001"
_SETTINGS = {
    "WENZHENG_HTTP__PUBLIC_URL": _LINK,
    "WENZHENG_HTTP__WIDGET_ORIGINS": "https://www.example.gov.cn",
    "WENZHENG_HTTP__CORS_ORIGINS": "https://app.example.gov.cn",
    "WENZHENG_WECHAT_OA__TOKEN": _TOKEN,
    "WENZHENG_WECHAT_OA__MODE": "plain",
    "WENZHENG_ADMIN__WECHAT_OPENIDS": _WECHAT_ADMIN,
    "WENZHENG_ADMIN__TELEGRAM_USERS": str(telegram.ADMIN),
}
#: The parts of the comparison that come from here.
PARTS = ("page", "api", "mcp", "wechat", "telegram")


def run(binary, files, corpora, vectors, questions, parts):
    """Part to case to what was served, over the bundled report and over several."""
    results = {part: {} for part in PARTS if part in parts}
    several = {"WENZHENG_CORPUS__DIR": str(corpora / SEVERAL)}
    for name, asked, settings in ((BUNDLED, questions, {}), (SEVERAL, questions[::4], several)):
        corpus = files.corpora[name]
        hand_vectors(corpus, data_of(binary, corpus), vectors)
        with telegram.BotApi() as bot_api:
            settings = _SETTINGS | bot_api.settings | settings
            with Server(binary, data_of(binary, corpus), **settings) as server:
                for part, found in _drive(server, bot_api, asked, parts).items():
                    results[part] |= {f"{name} {case}": text for case, text in found.items()}
    return results


def _drive(server, bot_api, questions, parts):
    """All channels at once: they wait for different things."""
    drivers = {"page": lambda: _pages(server.connection(), questions),
               "api": lambda: _api(server.connection(), questions),
               "mcp": lambda: _mcp(server.connection(), questions),
               "wechat": lambda: _wechat(server.connection(), questions),
               "telegram": lambda: telegram.drive(bot_api, questions)}
    with ThreadPoolExecutor(len(drivers)) as pool:
        jobs = {part: pool.submit(driver) for part, driver in drivers.items() if part in parts}
        results = {part: job.result() for part, job in jobs.items()}
    # Afterwards, when the counters stand still and a reload disturbs nobody.
    if "wechat" in parts:
        results["wechat"] |= _wechat_reload(server.connection())
    if "telegram" in parts:
        results["telegram"] |= telegram.reload(bot_api)
    if "api" in parts and set(PARTS) <= set(parts):
        results["api"]["/metrics"] = metrics(server.connection().get("/metrics")[2])
    return results


def _both_scripts(questions):
    for line in questions:
        yield f"{line['id']} {line['q'][:40]}", line["q"], line.get("history", [])
        yield f"{line['id']} hant {line['q'][:40]}", traditional(line["q"]), line.get("history", [])


def _shown(reply):
    status, headers, body = reply
    kept = sorted(f"{name.lower()}: {value}" for name, value in headers if name.lower() not in HEADERS)
    return mask(f"{status}\n" + "\n".join(kept) + f"\n\n{body}")


def _pages(http, questions):
    found = {}
    links = set()
    for case, question, history in _both_scripts(questions):
        page = http.get("/ask?" + urlencode({"q": question, "before": "\n".join(history)}))
        found[case] = _shown(page)
        links.update(re.findall(r'href="(/[^"#]*)', page[2])[:12])
    paths = ["/", "/?q=x", "/report", "/terms", "/widget", "/widget.js", "/nothing", "/p/nothing",
             "/report/nothing", "/terms?document=nothing", "/ask", "/ask?q=", "/assets/nothing.js",
             "/ask?q=" + quote("路" * 600), "/ask?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/healthz", "/readyz"]
    for path in paths + sorted(link.replace("&amp;", "&") for link in links)[:400]:
        found[f"GET {path}"] = _shown(http.get(path))
    found["HEAD /"] = _shown(http.request("HEAD", "/"))
    found["POST /"] = _shown(http.request("POST", "/", {"a": 1}))
    found["GET / of another site"] = _shown(http.get("/", {"origin": "https://evil.example"}))
    return found


def _api(http, questions):
    found = {"openapi": _shown(http.get("/api/openapi.json"))}
    passages, documents = [], ["nothing"]
    for case, question, history in _both_scripts(questions):
        body = {"question": question} | ({"history": history} if history else {})
        reply = http.request("POST", "/api/ask", body)
        found[f"ask {case}"] = _shown(reply)
        if reply[0] == 200:
            cited = json.loads(reply[2])["citations"]
            passages += [c["passage_id"] for c in cited[:1] if c["passage_id"] not in passages]
            documents += [c["document_id"] for c in cited[:1] if c["document_id"] not in documents]
    gets = ["/api/documents", "/api/terms", "/api/terms?limit=3&offset=2", "/api/terms?limit=0",
            "/api/search?q=", "/api/search", "/api/suggest?q=", "/api/nothing", "/api/passages/nothing"]
    gets += [f"/api/passages/{passage}" for passage in passages[:60]]
    gets += [f"/api/terms?document={document}" for document in documents]
    gets += [f"/api/search?limit=3&document={document}&q={quote('农村道路')}" for document in documents]
    for line in questions[::5]:
        gets += [f"/api/search?q={quote(line['q'])}", f"/api/suggest?q={quote(line['q'][:2])}"]
    for typed in ("三", "sanz", "一核", "yhsd", "三抓三促", "乡村", "振兴", "zzz"):
        gets.append(f"/api/suggest?q={quote(typed)}")
    for path in gets:
        found[f"GET {path}"] = _shown(http.get(path))
    bodies = {"vote up": ("/api/feedback", {"passage_id": passages[0], "vote": "up"}),
              "vote down": ("/api/feedback", {"passage_id": passages[0], "vote": "down", "reason": "beside"}),
              "vote for nothing": ("/api/feedback", {"passage_id": "nothing", "vote": "up"}),
              "bad vote": ("/api/feedback", {"passage_id": passages[0], "vote": "useful"}),
              "empty question": ("/api/ask", {"question": " "}),
              "no question": ("/api/ask", {}),
              "limit": ("/api/ask", {"question": "今年修哪些路", "limit": 1}),
              "long question": ("/api/ask", {"question": "路" * 2000}),
              "long history": ("/api/ask", {"question": "那今年呢", "history": ["去年修了哪些路"] * 30}),
              "no JSON": ("/api/ask", "{")}
    for name, (path, body) in bodies.items():
        found[name] = _shown(http.request("POST", path, body, {"content-type": "application/json"}))
    preflight = {"origin": "https://app.example.gov.cn", "access-control-request-method": "POST"}
    found["preflight"] = _shown(http.request("OPTIONS", "/api/ask", headers=preflight))
    return found


def _mcp(http, questions):
    usual = {"content-type": "application/json", "accept": "application/json, text/event-stream"}

    def call(method, params, headers=()):
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return _shown(http.request("POST", "/mcp", message, usual | dict(headers)))

    def tool(name, **arguments):
        return call("tools/call", {"name": name, "arguments": arguments})

    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    found = {"initialize": call("initialize", hello), "tools": call("tools/list", {}),
             "documents": tool("list_documents"), "no tool": tool("nothing"),
             "empty question": tool("ask_policy", question=" "), "no question": tool("ask_policy"),
             "bad document": tool("search_passages", query="路", document_id="../etc"),
             "foreign host": call("tools/list", {}, {"host": "evil.example"}),
             "foreign origin": call("tools/list", {}, {"origin": "https://evil.example"}),
             "long question": tool("ask_policy", question="路" * 20_000),
             "no JSON": _shown(http.request("POST", "/mcp", "{", usual)), "GET": _shown(http.get("/mcp"))}
    for case, question, history in _both_scripts(questions):
        found[f"ask {case}"] = tool("ask_policy", question=question, history=history)
    for line in questions[::4]:
        found[f"search {line['q']}"] = tool("search_passages", query=line["q"], limit=3)
        found[f"define {line['q']}"] = tool("define_term", term=line["q"])
    for term in ("三抓三促", "sanzhuasancu", "三抓", "一核三带", "没有这个", ""):
        found[f"define {term}"] = tool("define_term", term=term)
    return found


class _Follower:
    """Somebody who writes to the official account."""

    def __init__(self, http, user):
        self.http, self.user, self.n = http, user, 0

    def push(self, kind, **fields):
        """Pushes one message; the reply."""
        self.n += 1
        fields = {"ToUserName": "gh_000000000000", "FromUserName": self.user,
                  "CreateTime": str(int(time.time())), "MsgType": kind, **fields}
        if kind != "event":
            fields["MsgId"] = str(10**15 + self.n)
        xml = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
        stamp, nonce = fields["CreateTime"], "123456789"
        signature = hashlib.sha1("".join(sorted((_TOKEN, stamp, nonce))).encode()).hexdigest()
        query = urlencode({"timestamp": stamp, "nonce": nonce, "signature": signature, "openid": self.user})
        status, _, body = self.http.request("POST", f"/wechat/oa?{query}", f"<xml>{xml}</xml>",
                                            {"content-type": "text/xml"})
        return mask(f"{status}\n{body}")

    def says(self, text):
        return self.push("text", Content=text)

    @staticmethod
    def text(reply):
        """The words of a reply."""
        try:
            return ET.fromstring(reply.split("\n", 1)[1]).findtext("Content") or ""
        except ET.ParseError:
            return ""


def _wechat(http, questions):
    found = {}
    for n, (case, question, history) in enumerate(_both_scripts(questions)):
        person = _Follower(http, f"oPerson{n:021}")
        for before in history:
            person.says(before)
        replies = [person.says(question)]
        if "更多" in person.text(replies[0]):
            replies.append(person.says("更多"))
        if n % 3 == 0:
            replies += [person.says(text) for text in ("1", "更多", "更多", "上一页", "2", "回复 3", "那今年呢")]
        found[case] = "\n".join(replies)
    person = _Follower(http, "oSomebody0000000000000000001")
    for text in ("/help", "/term", "/term 三抓三促", "/term 没有", "/sources", "/reload", "/nothing", "/ask 低保",
                 "  ", "更多", "99", "你好😀", "a]]>b", "路" * 700):
        found[f"says {text[:20]}"] = person.says(text.replace("]]>", "] ]>"))
    for event, key in (("subscribe", ""), ("unsubscribe", ""), ("CLICK", "三抓三促"), ("CLICK", "/help"),
                       ("SCAN", "7"), ("VIEW", _LINK), ("made_up", "")):
        found[f"event {event} {key}"] = person.push("event", Event=event, EventKey=key)
    found["voice"] = person.push("voice", MediaId="m", Format="amr", Recognition="今年修哪几条高速")
    found["voice without words"] = person.push("voice", MediaId="m", Format="amr")
    for kind in ("image", "location", "link", "video", "brand_new"):
        found[f"kind {kind}"] = person.push(kind, MediaId="m")
    found["admin help"] = _Follower(http, _WECHAT_ADMIN).says("/help")
    found["no signature"] = _shown(http.request("POST", "/wechat/oa", "<xml/>"))
    found["handshake refused"] = _shown(http.get("/wechat/oa?signature=0&timestamp=1&nonce=2&echostr=x"))
    return found


def _wechat_reload(http):
    person = _Follower(http, _WECHAT_ADMIN)
    return {"admin reloads": person.says("/reload"), "admin asks after it": person.says("今年修哪几条高速")}

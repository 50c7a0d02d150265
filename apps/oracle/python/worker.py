"""Reads programs as lines of JSON, and writes what they answer as lines of JSON."""

import asyncio
import json
import logging
import re
import sys
import traceback
import types
import typing
from urllib.parse import unquote

import oracle


async def main():
    for line in sys.stdin:
        job = json.loads(line)
        sys.stdout.write(json.dumps(await outcome(job)) + "\n")
        sys.stdout.flush()


async def outcome(job):
    if "canonical" in job:
        return [oracle.canonical(kind, sent) for kind, sent in job["canonical"]]
    # Python has one literal for all that have the same values, in the order of the first.
    for forget in typing._cleanups:
        forget()
    name = "program"
    module = sys.modules[name] = types.ModuleType(name)
    try:
        exec(compile(job["source"], name, "exec"), module.__dict__)
        document = module.app.openapi()
    except Exception as error:
        return {"boot": said(error)}
    answers = [[await answer(module.app, sent) for sent in group] for group in job["requests"]]
    return {"answers": answers, "document": document}


async def answer(app, sent):
    path, _, query = sent["url"].partition("?")
    headers = [[name.lower().encode("latin-1"), value.encode("latin-1")] for name, value in sent["headers"]]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": sent["method"],
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    # As Node writes half of a pair: with the sign for what is no character.
    body = re.sub("[\ud800-\udfff]", "\ufffd", sent["body"]).encode()
    parts = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        parts.append(message)

    try:
        await app(scope, receive, send)
    except Exception as error:
        return {"status": 500, "body": said(error)}
    text = b"".join(part.get("body", b"") for part in parts).decode()
    return {"status": parts[0]["status"], "body": text}


def said(error):
    # Without frames: they name files of the machine, and tables of what is said are kept.
    return "".join(traceback.format_exception_only(error))


logging.disable()
asyncio.run(main())

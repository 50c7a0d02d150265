"""What the programs of the oracle import, and what a handler was given as JSON."""

import math
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, getcontext
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID

from fastapi import Body, Cookie, FastAPI, File, Form, Header, Path, Query, UploadFile
from fastapi.responses import JSONResponse
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    HttpUrl,
    IPvAnyAddress,
    SecretStr,
    TypeAdapter,
)
from typing_extensions import Unpack


class Unset:
    """The default of what may be left out and is nothing then: it cannot be documented."""

    def __deepcopy__(self, memo):
        return self


UNSET: Any = Unset()
getcontext().prec = 10_000


def seen(inputs):
    return JSONResponse(
        {name: describe(value) for name, value in inputs.items() if value is not UNSET}
    )


def describe(value):
    if isinstance(value, Enum):
        return describe(value.value)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"$number": str(value)}
    if isinstance(value, float):
        if not math.isfinite(value):
            return {"$number": str(value)}
        return {"$number": str(int(value)) if value.is_integer() else value}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if isinstance(value, SecretStr):
        return {"$secret": value.get_secret_value()}
    if isinstance(value, BaseModel):
        fields = {**value.__dict__, **(value.model_extra or {})}
        return {
            "$model": type(value).__name__,
            "fields": {name: describe(item) for name, item in fields.items() if item is not UNSET},
            "set": sorted(value.model_fields_set),
        }
    if isinstance(value, (list, tuple)):
        return [describe(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": [describe(item) for item in value]}
    if isinstance(value, dict):
        return {"$map": [[describe(key), describe(item)] for key, item in value.items()]}
    return text(value)


def text(value):
    """A value that Vivace keeps as the text that was sent."""
    if isinstance(value, datetime):
        instant = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        since = instant - datetime(1970, 1, 1, tzinfo=timezone.utc)
        return {
            "$text": "datetime",
            "value": value.isoformat(),
            "milliseconds": since // timedelta(milliseconds=1),
        }
    if isinstance(value, (date, time)):
        return {"$text": type(value).__name__, "value": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$text": "duration", "value": str(value // timedelta(microseconds=1))}
    if isinstance(value, Decimal):
        return {"$text": "decimal", "value": str(value.normalize())}
    if isinstance(value, UUID):
        return {"$text": "uuid", "value": str(value)}
    if isinstance(value, (IPv4Address, IPv6Address)):
        return {"$text": "ip", "value": str(value)}
    return {"$text": "url", "value": str(value)}


KINDS = {
    "datetime": datetime,
    "date": date,
    "time": time,
    "duration": timedelta,
    "decimal": Decimal,
    "uuid": UUID,
    "ip": IPvAnyAddress,
    "url": AnyUrl,
    "email": EmailStr,
}
ADAPTERS = {kind: TypeAdapter(type) for kind, type in KINDS.items()}


def canonical(kind, sent):
    """The text that was sent as Python understands it, or None."""
    try:
        read = ADAPTERS[kind].validate_python(sent)
        return read if kind == "email" else text(read)["value"]
    except ValueError:
        return None

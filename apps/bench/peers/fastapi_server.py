"""The same routes on FastAPI; started by uvicorn with one worker."""

from datetime import datetime, timezone
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, EmailStr, Field


class Address(BaseModel):
    street: str = Field(min_length=1, max_length=200)
    city: str = Field(min_length=1, max_length=100)
    country: str = "US"
    zip: str = Field(pattern=r"^\d{5}$")


class Customer(BaseModel):
    name: str = Field(min_length=2, max_length=100)
    email: EmailStr
    address: Address


class OrderItem(BaseModel):
    sku: str = Field(pattern=r"^[A-Z]{3}-\d{4}$")
    quantity: int = Field(ge=1, le=1000)
    unitPrice: float = Field(gt=0)


class Order(BaseModel):
    customer: Customer
    items: list[OrderItem] = Field(min_length=1, max_length=50)
    note: str | None = Field(default=None, max_length=500)
    tags: list[str] = Field(default=[], max_length=10)


class ReceiptCustomer(BaseModel):
    name: str
    email: str


class Receipt(BaseModel):
    id: str
    total: float
    status: str
    customer: ReceiptCustomer
    itemCount: int


class Greeting(BaseModel):
    message: str


class Item(BaseModel):
    id: int
    limit: int
    q: str | None
    active: bool


class User(BaseModel):
    id: int
    email: str
    name: str
    age: int
    balance: float
    active: bool
    role: str
    city: str | None
    tags: list[str]
    createdAt: datetime


class Profile(BaseModel):
    id: int
    email: str
    name: str
    roles: list[str]
    createdAt: datetime


USERS = [
    {
        "id": index + 1,
        "email": f"user{index + 1}@example.com",
        "name": f"Usér {index + 1}",
        "age": 20 + index % 50,
        "balance": index * 12.25,
        "active": index % 3 > 0,
        "role": "admin" if index % 10 == 0 else "member",
        "city": None if index % 4 == 0 else "Wien",
        "tags": ["new", "north"],
        "createdAt": datetime(
            2024, index % 12 + 1, 1 + index % 28, 12, index % 60, 1, 500_000, timezone.utc
        ),
        "passwordHash": f"$2b${index}",
        "resetToken": f"token-{index}",
    }
    for index in range(100)
]
PEOPLE = {
    "ada": {
        "id": 7,
        "email": "ada@example.com",
        "name": "Ada",
        "roles": ["member", "editor"],
        "createdAt": datetime(2024, 2, 2, 3, 4, 5, 600_000, timezone.utc),
        "passwordHash": "$2b$7",
    }
}


class Session:
    def find(self, token: str) -> dict | None:
        return PEOPLE.get(token)

    def close(self) -> None:
        pass


class Settings(BaseModel):
    role: str = "member"


@lru_cache
def get_settings() -> Settings:
    return Settings()


async def get_session():
    session = Session()
    try:
        yield session
    finally:
        session.close()


async def get_user(
    session: Annotated[Session, Depends(get_session)],
    bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> dict:
    user = session.find(bearer.credentials)
    if user is None:
        raise HTTPException(401, "Not authenticated")
    return user


async def get_member(
    settings: Annotated[Settings, Depends(get_settings)],
    user: Annotated[dict, Depends(get_user)],
) -> dict:
    if settings.role not in user["roles"]:
        raise HTTPException(403, "Forbidden")
    return user


app = FastAPI()


@app.get("/hello")
async def hello() -> Greeting:
    return {"message": "Hello, World!"}


@app.get("/items/{id}")
async def items(
    id: Annotated[int, Path(ge=1)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    q: Annotated[str | None, Query(max_length=50)] = None,
    active: bool = True,
) -> Item:
    return {"id": id, "limit": limit, "q": q, "active": active}


@app.get("/users")
async def users(limit: Annotated[int, Query(ge=1, le=100)] = 20) -> list[User]:
    return USERS[:limit]


@app.get("/profile")
async def profile(user: Annotated[dict, Depends(get_member)]) -> Profile:
    return user


@app.post("/orders", status_code=201)
async def orders(order: Order) -> Receipt:
    total = sum(item.quantity * item.unitPrice for item in order.items)
    return {
        "id": "ord_1",
        "total": round(total, 2),
        "status": "accepted",
        "customer": {"name": order.customer.name, "email": order.customer.email},
        "itemCount": len(order.items),
    }

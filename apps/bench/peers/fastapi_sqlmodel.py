"""The API on PostgreSQL with FastAPI and SQLModel, a session for each request; started by uvicorn with one worker."""

import os
from datetime import datetime, timezone
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, HTTPException, Path, Query
from pydantic import BaseModel
from pydantic import Field as Rule
from sqlalchemy import DateTime
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, func, select

Status = Literal["draft", "review", "published"]
Id = Annotated[int, Path(ge=1, le=2_147_483_647)]


def now() -> datetime:
    return datetime.now(timezone.utc)


class Users(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str
    bio: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Posts(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="users.id")
    title: str
    body: str
    summary: str | None = None
    status: str = "draft"
    views: int = 0
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    updated_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    author: Users = Relationship()
    tags: list["Tags"] = Relationship(sa_relationship_kwargs={"order_by": "Tags.id"})


class Tags(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    post_id: int | None = Field(default=None, foreign_key="posts.id")
    name: str
    weight: int = 1


class Comments(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="posts.id")
    author_id: int = Field(foreign_key="users.id")
    body: str
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    author: Users = Relationship()


class Accounts(SQLModel, table=True):
    id: int = Field(primary_key=True)
    balance: int


class User(BaseModel):
    id: int
    name: str
    email: str
    bio: str | None
    createdAt: datetime = Rule(validation_alias="created_at")


class Person(BaseModel):
    id: int
    name: str


class Tag(BaseModel):
    name: str = Rule(pattern=r"^[a-z0-9-]{1,30}$")
    weight: int = Rule(default=1, ge=1, le=10)


class Listed(BaseModel):
    id: int
    title: str
    summary: str | None
    status: Status
    views: int
    createdAt: datetime = Rule(validation_alias="created_at")
    author: Person


class Listing(BaseModel):
    items: list[Listed]
    page: int
    limit: int
    total: int


class PostRow(BaseModel):
    id: int
    authorId: int = Rule(validation_alias="author_id")
    title: str
    body: str
    summary: str | None
    status: Status
    views: int
    version: int
    createdAt: datetime = Rule(validation_alias="created_at")
    updatedAt: datetime = Rule(validation_alias="updated_at")


class Created(PostRow):
    tags: list[Tag]


class Comment(BaseModel):
    id: int
    body: str
    createdAt: datetime = Rule(validation_alias="created_at")
    author: Person


class Full(Listed):
    body: str
    version: int
    updatedAt: datetime = Rule(validation_alias="updated_at")
    tags: list[Tag]
    comments: list[Comment]


class PostInput(BaseModel):
    authorId: int = Rule(ge=1, le=2_147_483_647)
    title: str = Rule(min_length=1, max_length=200)
    body: str = Rule(min_length=1, max_length=10_000)
    summary: str | None = Rule(default=None, max_length=500)
    status: Status = "draft"
    tags: list[Tag] = Rule(default=[], max_length=10)


class PostChange(BaseModel):
    version: int = Rule(ge=1)
    title: str | None = Rule(default=None, min_length=1, max_length=200)
    body: str | None = Rule(default=None, min_length=1, max_length=10_000)
    summary: str | None = Rule(default=None, max_length=500)
    status: Status | None = None


class Move(BaseModel):
    fromId: int = Rule(ge=1, le=2_147_483_647)
    toId: int = Rule(ge=1, le=2_147_483_647)
    amount: int = Rule(ge=1, le=1_000_000)


class Account(BaseModel):
    id: int
    balance: int


Moved = dict[Literal["from", "to"], Account]

url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql+psycopg://", 1)
engine = create_engine(url, pool_size=10, max_overflow=0)


def open_session():
    with Session(engine) as session:
        yield session


Db = Annotated[Session, Depends(open_session)]
app = FastAPI()


@app.get("/users/{id}", response_model=User)
def read_user(id: Id, db: Db):
    return found(db.get(Users, id))


@app.get("/posts", response_model=Listing)
def list_posts(
    db: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    sort: Literal["created", "-created"] = "-created",
    status: Status | None = None,
):
    rows, counted = select(Posts), select(func.count()).select_from(Posts)
    if status is not None:
        rows, counted = rows.where(Posts.status == status), counted.where(Posts.status == status)
    keys = (Posts.created_at, Posts.id)
    order = keys if sort == "created" else tuple(key.desc() for key in keys)
    asked = rows.order_by(*order).offset((page - 1) * limit).limit(limit)
    items = db.exec(asked.options(selectinload(Posts.author))).all()
    return {"items": attributes(items), "page": page, "limit": limit, "total": db.exec(counted).one()}


@app.post("/posts", status_code=201, response_model=Created)
def create_post(data: PostInput, db: Db):
    fields = data.model_dump(exclude={"authorId", "tags"})
    tags = [Tags(**tag.model_dump()) for tag in data.tags]
    post = Posts(author_id=data.authorId, tags=tags, **fields)
    db.add(post)
    try:
        db.commit()
    except IntegrityError:
        raise HTTPException(422, "There is no such author")
    db.refresh(post)
    return Created.model_validate(post, from_attributes=True)


@app.patch("/posts/{id}", response_model=PostRow)
def change_post(id: Id, data: PostChange, db: Db):
    post = found(db.exec(select(Posts).where(Posts.id == id).with_for_update()).first())
    if post.version != data.version:
        raise HTTPException(409, "The post was changed")
    changed = data.model_dump(exclude_unset=True, exclude={"version"})
    post.sqlmodel_update({**changed, "version": post.version + 1, "updated_at": now()})
    db.add(post)
    db.commit()
    db.refresh(post)
    return post


@app.get("/posts/{id}/full", response_model=Full)
def read_full(id: Id, db: Db):
    loaded = select(Posts).where(Posts.id == id)
    post = found(db.exec(loaded.options(selectinload(Posts.author), selectinload(Posts.tags))).first())
    order = (Comments.created_at.desc(), Comments.id.desc())
    asked = select(Comments).where(Comments.post_id == id).order_by(*order).limit(20)
    comments = db.exec(asked.options(selectinload(Comments.author))).all()
    row = {name: getattr(post, name) for name in (*Posts.model_fields, "author", "tags")}
    return Full.model_validate({**row, "comments": comments}, from_attributes=True)


@app.post("/transfer", response_model=Moved)
def transfer(move: Move, db: Db):
    ids = [move.fromId, move.toId]
    locked = select(Accounts).where(Accounts.id.in_(ids)).order_by(Accounts.id).with_for_update()
    rows = {row.id: row for row in db.exec(locked)}
    source, target = found(rows.get(move.fromId)), found(rows.get(move.toId))
    if source.balance < move.amount:
        raise HTTPException(409, "There is not enough money")
    source.balance -= move.amount
    target.balance += move.amount
    answer = {"from": source.model_dump(), "to": target.model_dump()}
    db.commit()
    return answer


def found(row):
    if row is None:
        raise HTTPException(404, "Not found")
    return row


def attributes(rows):
    return [Listed.model_validate(row, from_attributes=True) for row in rows]

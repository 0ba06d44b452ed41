"""Whom the reader advises, and who advises them."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request

from customers.relations import Related, list_related
from kit.ids import show
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/relations", tags=["people"])


class Relation(Shape):
    id: str
    customer_id: str
    name: str
    since: datetime


class Relations(Shape):
    """Names only: a client's money is not opened by being listed here."""

    clients: list[Relation]
    advisors: list[Relation]


@router.get("", name="list_relations", responses=problems(401))
async def get_relations(request: Request, principal: SignedIn) -> Relations:
    async with request.app.state.db.read(principal) as connection:
        found = await list_related(connection)
    return Relations(
        clients=[_shown(one) for one in found if one.advises],
        advisors=[_shown(one) for one in found if not one.advises],
    )


def _shown(one: Related) -> Relation:
    return Relation(id=show("rel", one.id), customer_id=show("cus", one.person_id), name=one.name, since=one.since)

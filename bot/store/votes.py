"""Whether answers helped: one vote for each person and topic."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import insert_once, know, now
from bot.store.tables import feedback, votes


class VoteRows:
    """The part of the store that keeps votes."""

    engine: Engine
    autocommit: Engine

    def vote(self, owner: str, topic: str, helped: bool, version: str) -> None:
        """Stores the vote; an earlier one of the same person on the same topic is gone."""
        values = {"helped": helped, "version": version, "created": now()}
        mine = (votes.c.owner == owner) & (votes.c.topic == topic)
        with self.engine.begin() as connection:
            know(connection, owner)
            if not connection.execute(update(votes).where(mine).values(values)).rowcount:
                row = {"owner": owner, "topic": topic, **values}
                if not connection.execute(insert_once(connection, votes, row)).rowcount:  # it came in meanwhile
                    connection.execute(update(votes).where(mine).values(values))

    def voted(self, owner: str, topic: str) -> bool | None:
        """The person's vote on the topic; None where there is none."""
        with self.autocommit.connect() as connection:
            helped = connection.scalar(select(votes.c.helped).where(votes.c.owner == owner, votes.c.topic == topic))
        return None if helped is None else bool(helped)

    def votes(self) -> list[dict[str, Any]]:
        """For each topic with votes or words about it: how many it helped, how many not, the words, oldest first. Who
        voted isn't told. Where it helped least stands first."""
        helped = func.sum(case((votes.c.helped, 1), else_=0))
        query = select(votes.c.topic, helped, func.count()).group_by(votes.c.topic)
        with self.autocommit.connect() as connection:
            counted = {topic: (int(yes), int(every - yes)) for topic, yes, every in connection.execute(query)}
            about = select(feedback.c.topic, feedback.c.text).where(feedback.c.topic.is_not(None))
            words: dict[str, list[str]] = {}
            for topic, text in connection.execute(about.order_by(feedback.c.id)):
                words.setdefault(topic, []).append(text)
        every = sorted(
            {*counted, *words}, key=lambda topic: (-counted.get(topic, (0, 0))[1], -len(words.get(topic, [])), topic)
        )
        return [
            {
                "topic": topic,
                "helped": counted.get(topic, (0, 0))[0],
                "did_not": counted.get(topic, (0, 0))[1],
                "words": words.get(topic, []),
            }
            for topic in every
        ]

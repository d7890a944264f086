"""Dilemmas: the list of them, each moment with its choices, and what the guide would say at an end."""

from __future__ import annotations

from dialogues import taps
from dialogues.course.buttons import HOME, SCENE, SCENE_PLACE, SCENES, TURN, Row, Screen
from dialogues.reply import Choice, Reply
from knowledge.schema import Moment, Scene
from knowledge.templates import Trusted


def scenes(screen: Screen) -> Reply:
    """All scenes, with what each is about and how many of its ends have been seen."""
    seen = screen.course.ends if screen.course else {}
    rows, about = [], []
    for scene in screen.knowledge.scenes.values():
        ends, text = len(_seen(scene, seen.get(scene.id, ()))), scene.text(screen.language)
        title = Trusted(text.title)
        about.append(str(screen.say("scene-about", title=title, about=Trusted(text.about))))
        rows.append((screen.button("scene-seen", SCENE, scene.id, title=title, ends=ends, of=len(scene.ends)),))
    return screen.reply(
        screen.say("scenes", count=len(rows), about=Trusted("\n".join(about))), *rows, (screen.button("home", HOME),)
    )


def moment(screen: Screen, scene: Scene, moment: Moment, chosen: str | None = None) -> Reply:
    """A moment of the scene with its choices, or an end of it; `chosen` is what the choice that led to it said."""
    title = Trusted(scene.text(screen.language).title)
    story = Trusted(moment[screen.language])
    said = screen.say("moment", title=title, chosen=Trusted(chosen) if chosen else None, story=story)
    if moment.guide is None:
        turns = [
            (Choice(choice[screen.language], _turn(scene, moment, number)),)
            for number, choice in enumerate(moment.choices)
        ]
        return screen.reply(said, *turns, place=SCENE_PLACE)
    seen = _seen(scene, screen.course.ends.get(scene.id, ()) if screen.course else ())
    guide = screen.say("guide", guide=Trusted(moment.guide[screen.language]), ends=len(seen), of=len(scene.ends))
    again = screen.button("scene-again", SCENE, scene.id)
    rows: list[Row] = [
        *_topics(screen, moment),
        (again,),
        (screen.button("scenes", SCENES), screen.button("home", HOME)),
    ]
    return screen.reply(f"{said}\n\n{guide}", *rows, place=SCENE_PLACE)


def _turn(scene: Scene, moment: Moment, number: int) -> str:
    return taps.tap(taps.COURSE, TURN, scene.id, moment.id, str(number))


def _seen(scene: Scene, reached: tuple[str, ...]) -> set[str]:
    return {end.id for end in scene.ends} & {*reached}


def _topics(screen: Screen, moment: Moment) -> list[Row]:
    topics = [screen.knowledge.topics[id_] for id_ in moment.topics if id_ in screen.knowledge.topics]
    return [(Choice(topic.text(screen.language).title, taps.tap(taps.TOPIC, topic.id)),) for topic in topics]

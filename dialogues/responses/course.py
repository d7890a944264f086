"""The introduction course as it is talked with: what is asked for and answered in words, and the way back to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogues import taps
from dialogues.course import buttons as verbs
from dialogues.course import home_screens, moves, picking
from dialogues.responses import course_pace, course_steps
from dialogues.responses.course_steps import does
from dialogues.responses.learning import COURSE, SCENE, Learning, learning
from dialogues.turn import AWAITING, LANGUAGE, RUN, Outcome, Turn
from dialogues.walkthrough.words import fold, knows_not
from knowledge.schema import Moment, Question, Scene

__all__ = ["COURSE", "course", "dilemmas", "instead", "later", "resumed", "said", "with_way_back"]

_BESIDE = "question"
"""What stands behind COURSE in the slot `awaiting`, and before the scene and its moment where there is one, once
something else was asked in the middle of the course: "go on" still goes on."""

_ON_WORDS = {"command/continue", "command/skip"}
_YES = "smalltalk/affirm"
_BEGIN = {"command/start_course", "command/restart"}  # "start" at the welcome; later they ask for something else
_BACK, _STATUS = "command/back", "command/status"
_REST = {"command/pause", "command/stop"}
_FEW, _SEVERAL = 3, 8
_ASKED = 3  # parts of what says that a question, or a moment of a scene, is on the screen: see `Learning.says`


def course(turn: Turn, argument: str | None = None) -> Outcome:
    """Shows the course, or does what a button of it says; one of an older course shows the course as it stands."""
    pressed = turn.meaning.tap
    if pressed is None or pressed.kind != taps.COURSE:
        return _in_words(learning(turn))
    verb, *parts = pressed.parts
    return does(learning(turn), verb, *parts)


def dilemmas(turn: Turn, argument: str | None = None) -> Outcome:
    """The list of dilemmas."""
    return does(learning(turn), verbs.SCENES)


def said(turn: Turn, argument: str) -> Outcome | None:
    """Answers what `argument` says is on the screen, goes on from it or back, or tells how far one is, where the words
    say no more than that. None where they are about something else."""
    screen = tuple(argument.split(":"))
    takes = _listed if argument in (verbs.LESSONS, verbs.SCENES) else _answered if len(screen) == _ASKED else None
    answered = takes(_in_its_language(turn), screen) if takes else None
    if answered:
        return answered
    of, label, count = learning(turn), turn.meaning.label, len(turn.text.split())
    if label in _REST and count <= _SEVERAL and of.course:
        return _rests(of, argument)
    if label == _STATUS and count <= _SEVERAL and of.course:
        return does(of, verbs.HOME)
    if count > _FEW:
        return None
    if label == _BACK and screen[0] != _BESIDE and of.course:
        return _back(of, screen)
    begins = label in _BEGIN and of.course is None
    yes = label == _YES and screen[0] != _BESIDE  # there, a yes is about the question's answer
    return _on(of, screen) if begins or yes or label in _ON_WORDS else None


def resumed(turn: Turn) -> Outcome | None:
    """Goes on with the course where it was left; None where there is none to go on with."""
    of = learning(turn)
    under_way = of.course is not None and of.course.finished is None
    return does(of, verbs.GO) if under_way else None


def instead(turn: Turn, name: str) -> Outcome | None:
    """What a control of walkthroughs, say "status", does where there is none, but a course. None without one."""
    of = learning(turn)
    if of.course is None or turn.name:
        return None
    if name == "skip":
        return resumed(turn)
    if name == "pause":
        return _rests(of, "")
    return does(of, verbs.HOME) if name in ("status", "back") else None


def later(awaiting: str | None) -> str | None:
    """What is still awaited of the course after something else was asked; None where it isn't the course's."""
    wanted, _, argument = (awaiting or "").partition(":")
    if wanted != COURSE:
        return None
    kind, *place = argument.split(":")
    return ":".join((COURSE, _BESIDE, *place)) if kind in (SCENE, _BESIDE) else f"{COURSE}:{_BESIDE}"


def with_way_back(response: Callable[[Turn], Outcome]) -> Callable[[Turn], Outcome]:
    """The response, with a button to where the course was left below what it says in the middle of the course."""

    def answered(turn: Turn) -> Outcome:
        outcome = response(turn)
        back = _way_back(turn) if outcome.replies and not outcome.follow_up else None
        if back is None or AWAITING in outcome.slots:
            return outcome
        *before, last = outcome.replies
        return replace(outcome, replies=(*before, replace(last, choices=(*last.choices, (back,)))))

    return answered


def _way_back(turn: Turn) -> verbs.Choice | None:
    wanted, _, argument = (later(turn.slots.get(AWAITING)) or "").partition(":")
    if wanted != COURSE or turn.slots.get(RUN) or turn.name:
        return None
    of, (_, *place) = learning(turn), argument.split(":")
    if place:
        return of.screen.button("to-course", verbs.SCENE, *place)
    if of.course is None or of.course.touched != of.screen.today:
        return None
    opened = moves.open_lesson(of.course, of.screen.knowledge.lessons)
    return of.screen.button("to-course", verbs.GO if opened else verbs.HOME)


def _in_words(of: Learning) -> Outcome:
    """The course, asked for in words: one lesson more, a certain one, the last once more, one a day, the list of them,
    the sheet, or all of it."""
    words, lessons = fold(of.turn.words), [*of.screen.knowledge.lessons]
    number = _NUMBERED.search(words)
    if number and 0 < int(number[1] or number[2]) <= len(lessons):
        return does(of, verbs.READ, lessons[int(number[1] or number[2]) - 1], moves.POINT)
    done = [one for one in of.course.done if one in lessons] if of.course else []
    if done and _LAST.search(words):
        return does(of, verbs.READ, done[-1], moves.POINT)
    verb = next((verb for pattern, verb in _WORDS if pattern.search(words)), verbs.HOME)
    parts = course_pace.hour_said(of.turn.words) if verb == verbs.PACE else ()
    return does(of, verb, *parts) if of.course or verb in (verbs.LESSONS, verbs.PACE) else does(of, verbs.HOME)


def _in_its_language(turn: Turn) -> Turn:
    """The turn in the language that is on the screen: "to" is Danish for two, and an "A" is in no language."""
    return replace(turn, language=turn.chosen or turn.slots.get(LANGUAGE) or turn.language)


def _answered(turn: Turn, screen: tuple[str, ...]) -> Outcome | None:
    """Takes an answer to the question, or a choice in the scene, that is on the screen. None for something else."""
    of = learning(turn)
    kind, first, second = screen
    if kind == SCENE:
        scene = of.screen.knowledge.scenes.get(first)
        moment = scene.moment(second) if scene else None
        told = _chosen(of, scene, moment) if scene and moment else None
    else:
        found = moves.find(of.screen.knowledge.lessons, moves.key(first, second))
        told = _taken(of, kind, first, found[1]) if found and of.course else None
    return told.remember(**{LANGUAGE: turn.language}) if told else None


def _listed(turn: Turn, screen: tuple[str, ...]) -> Outcome | None:
    """Opens what the words name of the list of lessons, or of dilemmas, that is on the screen."""
    of = learning(turn)
    listed = of.screen.knowledge.lessons if screen[0] == verbs.LESSONS else of.screen.knowledge.scenes
    place = _picked(of, [one.text(of.screen.language).title for one in listed.values()])
    if place is None:
        return None
    verb = verbs.READ if screen[0] == verbs.LESSONS else verbs.SCENE
    return does(of, verb, [*listed][place]).remember(**{LANGUAGE: turn.language})


def _taken(of: Learning, where: str, lesson: str, asked: Question) -> Outcome | None:
    """The answer to a question; of who doesn't know it, and after a number that none has, it is asked once more."""
    options = [option[of.screen.language] for option in asked.options]
    place = _picked(of, options)
    if place is not None:
        return does(of, verbs.ANSWER, where, lesson, asked.id, asked.options[place].id)
    note = _out_of_place(of, options) or (of.screen.say("guess") if knows_not(of.turn.text) else None)
    if note is None or of.course is None:
        return None
    return of.says(of.screen.reply(note), course_steps.following(of, of.course, where, lesson))


def _chosen(of: Learning, scene: Scene, moment: Moment) -> Outcome | None:
    options = [choice[of.screen.language] for choice in moment.choices]
    place = _picked(of, options)
    if place is not None:
        return does(of, verbs.TURN, scene.id, moment.id, str(place))
    note = _out_of_place(of, options)
    if note is None:
        return None
    shown = does(of, verbs.SCENE, scene.id, moment.id)
    return replace(shown, replies=(of.screen.reply(note), *shown.replies))


def _picked(of: Learning, options: Sequence[str]) -> int | None:
    """The option that the words name; an order word for word is none."""
    meaning = of.turn.meaning
    return None if meaning.intent == "command" and meaning.exact else picking.picked(options, of.turn.text)


def _out_of_place(of: Learning, options: Sequence[str]) -> str | None:
    return of.screen.say("out-of-place", count=len(options)) if picking.beyond(options, of.turn.text) else None


def _on(of: Learning, screen: tuple[str, ...]) -> Outcome:
    """What comes after what is on the screen; after a question in the middle, what was there before."""
    first, *place = screen
    if first in (_BESIDE, SCENE):
        return does(of, verbs.SCENE, *place) if place else does(of, verbs.GO)
    verb, parts = _AFTER.get(place[0] if place else "", (verbs.GO, ()))
    return does(of, verb, first, *parts)


def _back(of: Learning, screen: tuple[str, ...]) -> Outcome:
    """What comes before what is on the screen."""
    first, *place = screen
    if first == SCENE:
        return does(of, verbs.SCENES)
    if first == moves.IN_QUIZ and place:
        return does(of, verbs.READ, place[0], moves.TASK)
    if place and place[0] == moves.TASK:
        return does(of, verbs.READ, first, moves.POINT)
    return does(of, verbs.HOME)


def _rests(of: Learning, argument: str) -> Outcome:
    hour = of.course.hour if of.course else None
    told = of.says(home_screens.rests(of.screen, hour))
    return told.remember(**{AWAITING: later(f"{COURSE}:{argument}")})


_NUMBERED = re.compile(
    r"\b(?:lektion|lesson)(?: nr| nummer| number)? ([1-9][0-9]?)\b|\b([1-9][0-9]?)\.? (?:lektion|lesson)\b"
)
_LAST = re.compile(r"\b(?:sidste|seneste|forrige|last|previous)\b.*\b(?:igen|om|again)\b")
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:stop|drop|fjern|cancel)\b"), verbs.STOP),
    (re.compile(r"kursusbevis|diplom|certificate"), verbs.SHEET),
    (re.compile(r"\bnote(?:n|r|s)?\b"), verbs.NOTE),
    (re.compile(r"\bpapir(?:et)?\b|\bpaper\b"), verbs.TALK),
    (re.compile(r"\b(?:slut)?proeven\b|\btesten\b|\bthe test\b"), verbs.TEST),
    (re.compile(r"\bforkert|\bfejl\b|\bwrong\b|\bmistakes\b"), verbs.REPEAT),
    (re.compile(r"\bleder\b|\bchef\b|manager|\bboss\b"), verbs.SHARE),
    (re.compile(r"om dagen|hver (dag|morgen)|a day|every (day|morning)"), verbs.PACE),
    (re.compile(r"lektionerne|alle lektioner|liste|all lessons|the lessons"), verbs.LESSONS),
    (re.compile(r"naest|fortsaet|videre|dagens|genoptag|en lektion|next|continue|resume|today|lesson"), verbs.GO),
)
"""What is asked for by words about the course, folded; of several the first."""

_AFTER = {moves.POINT: (verbs.READ, (moves.TASK,)), moves.TASK: (verbs.QUIZ, ())}
"""What comes after a part of a lesson."""

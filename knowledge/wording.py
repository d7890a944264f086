"""Fits data to the schema, and says in plain words where it doesn't fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import ModelField

from knowledge import forms
from knowledge.faults import ContentError, Fault, did_you_mean, listed
from knowledge.reading import Document, Place

M = TypeVar("M", bound=BaseModel)

LANGUAGE_NAMES = {"da": "Danish", "en": "English"}
_SMALL = "small letters a-z, digits and hyphens"
_FORMS: dict[Any, str] = {
    forms.TopicId: "must be a group and a name with a dot between, as `agreement.sign`, in small letters and hyphens",
    forms.ItemId: f"may hold only {_SMALL}, and begins with a letter",
    forms.ItemPath: f"must be an item's id, or a group's and a field's with a dot between, in {_SMALL}",
    forms.ChoiceId: f"may hold only {_SMALL}",
    forms.Slug: f"may hold only {_SMALL}",
    forms.Url: "must begin with https:// or http:// and hold no spaces",
    forms.TemplateName: f"must be the name of a Word file, as `makker.docx`, in {_SMALL}",
}
_FORMS_BY_PATTERN = {type_.regex.pattern: form for type_, form in _FORMS.items()}
_TYPES = {
    "type_error.integer": ("must be a whole number.", "Write it in digits."),
    "type_error.float": ("must be a number.", "Write it in digits, with a dot for decimals."),
    "value_error.decimal": ("must be a number.", "Write it in digits, with a dot for decimals."),
    "type_error.bool": ("must be `true` or `false`.", ""),
    "value_error.strictbool": ("must be `true` or `false`.", ""),
    "type_error.str": ("must be text.", 'Put the whole text in "quotes", or after `>-` on the lines below it.'),
    "type_error.tuple": ("must be a list.", "Write it as `[one, another]`, or one entry a line after `- `."),
    "type_error.dict": ("must hold keys of its own.", "Write them below it, indented."),
    "type_error.none.not_allowed": ("is empty.", "Give it a value, or remove the line if it isn't needed."),
    "value_error.any_str.min_length": ("is empty.", "Write the text, or remove the line if it isn't needed."),
}
_LIMITS = {
    "value_error.number.not_ge": "must be {limit_value} or more.",
    "value_error.number.not_gt": "must be more than {limit_value}.",
    "value_error.number.not_le": "must be {limit_value} or less.",
    "value_error.number.not_lt": "must be less than {limit_value}.",
    "value_error.any_str.max_length": "may have {limit_value} characters at most.",
}


def fit(model: type[M], document: Document, data: Any, place: Place = ()) -> M:
    """`data`, which stands in `document` at `place`, as a `model`.

    Raises ContentError with every fault that the schema finds in it.
    """
    if not isinstance(data, dict):
        what = "The file is empty." if data is None and not place else "There must be keys here, each with a value."
        raise ContentError([document.fault(place, what, f"Write {listed(_fields(model))} here, each with its value.")])
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        faults = {_fault(model, document, place, one) for one in _without_misspelt(error.errors())}
        raise ContentError(sorted(faults)) from None


def _without_misspelt(errors: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The errors without those keys that are missing only because they stand misspelt beside."""
    unknown = [error["loc"] for error in errors if error["type"] == "value_error.extra"]

    def misspelt(error: Mapping[str, Any]) -> bool:
        *parents, key = error["loc"]
        beside = [str(loc[-1]) for loc in unknown if [*loc[:-1]] == parents]
        return error["type"] == "value_error.missing" and any(did_you_mean(one, [str(key)]) for one in beside)

    return [error for error in errors if not misspelt(error)]


def _fields(model: type[BaseModel]) -> list[str]:
    return list(model.__fields__)


def _fault(model: type[BaseModel], document: Document, place: Place, error: Mapping[str, Any]) -> Fault:
    inner = tuple(step for step in error["loc"] if step not in ("__root__", "__key__"))
    name = _name(inner)
    parent = _model_at(model, inner[:-1])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error.missing":
        return document.fault((*place, *inner[:-1]), *_missing(inner))
    if kind == "value_error.extra":
        keys = _fields(parent) if parent else []
        return document.fault((*place, *inner), f"There is no key {name} here.", _mend_key(str(inner[-1]), keys))
    if kind in _TYPES:
        problem, mend = _TYPES[kind]
        return document.fault((*place, *inner), f"{name} {problem}", mend)
    if kind in _LIMITS:
        return document.fault((*place, *inner), f"{name} {_LIMITS[kind].format(**context)}", "Change it.")
    if kind == "value_error.const":
        return document.fault((*place, *inner), *_not_one_of(name, context))
    if kind == "value_error.str.regex":
        form = _FORMS_BY_PATTERN.get(context.get("pattern", ""), "has a wrong form")
        return document.fault((*place, *inner), f"{name} {form}.", "Change it.")
    said = error["msg"][0].upper() + error["msg"][1:]
    return document.fault((*place, *inner), f"{name}: {said}." if inner else f"{said}.")


def _name(inner: Place) -> str:
    """A place in words: the last key, and which entry of the list it is."""
    if inner and isinstance(inner[-1], int):
        return f"entry {inner[-1] + 1} of {_name(inner[:-1])}"
    return f"`{inner[-1]}`" if inner else "this"


def _missing(inner: Place) -> tuple[str, str]:
    key = str(inner[-1])
    where = f" under {_name(inner[:-1])}" if len(inner) > 1 else ""
    if key in LANGUAGE_NAMES:
        return f"The {LANGUAGE_NAMES[key]} text{where} is missing.", f"Add it under `{key}:`."
    return f"The key `{key}` is missing{where}.", f"Add `{key}:` with its value."


def _mend_key(key: str, known: list[str]) -> str:
    return did_you_mean(key, known, f"Known are {listed(known)}." if known else "Remove it.")


def _not_one_of(name: str, context: Mapping[str, Any]) -> tuple[str, str]:
    permitted = [str(one) for one in context.get("permitted", ())]
    given = str(context.get("given", ""))
    return f"{name} must be {listed(permitted, 'or')}, not `{given}`.", did_you_mean(given, permitted)


def _model_at(model: type[BaseModel] | None, inner: Place) -> type[BaseModel] | None:
    for step in inner:
        if model and isinstance(step, str) and step in model.__fields__:
            model = _model_of(model.__fields__[step])
    return model


def _model_of(field: ModelField) -> type[BaseModel] | None:
    """The model that a field holds, be it alone, in a list or under keys."""
    for part in (field, *(field.sub_fields or ())):
        kind = get_origin(part.type_) or part.type_
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return next((found for part in field.sub_fields or () if (found := _model_of(part))), None)

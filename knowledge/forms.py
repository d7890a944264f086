"""The forms that ids, links and texts of the content have."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pydantic import constr

if TYPE_CHECKING:  # a type checker reads these as what they are at run time: text
    TopicId: TypeAlias = str
    ItemId: TypeAlias = str
    ItemPath: TypeAlias = str
    ChoiceId: TypeAlias = str
    Slug: TypeAlias = str
    Prose: TypeAlias = str
    Url: TypeAlias = str
    TemplateName: TypeAlias = str
else:
    TopicId = constr(regex=r"^[a-z]+\.[a-z][a-z-]*$", max_length=32)
    ItemId = constr(regex=r"^[a-z][a-z0-9-]*$", max_length=24)  # travels in a 64-byte button
    ItemPath = constr(regex=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$", max_length=49)  # an item, or a group's field
    ChoiceId = constr(regex=r"^[a-z0-9][a-z0-9-]*$", max_length=12)  # so does this
    Slug = constr(regex=r"^[a-z0-9][a-z0-9-]*$", max_length=48)
    Prose = constr(min_length=1, strip_whitespace=True)
    Url = constr(regex=r"^https?://\S+$")
    TemplateName = constr(regex=r"^[a-z0-9-]+\.docx$")

"""The messages of errors in Vietnamese: `said` gives one in a language.

A message is written once, in English, where the error is raised; that template is the key here, as
with gettext. A template that has no translation is said in English. `str(error)` is always English.
"""

from __future__ import annotations

from collections import ChainMap
from functools import cache
from typing import TYPE_CHECKING

from diplorel._message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.errors import DiplorelError
    from diplorel.model.dates import Language


def said(error: DiplorelError | Message, lang: Language) -> str:
    """Return what an error says, in English or in Vietnamese.

    Names, days, ids and whatever else the caller gave are shown as they are in both.

    >>> import diplorel as dr
    >>> try:
    ...     dr.party("Vietnm")
    ... except dr.errors.UnknownPartyError as error:
    ...     print(said(error, "vi"))
    không có bên nào tên là 'Vietnm'. Ý bạn là 'Vietnam' hoặc 'Viet Nam' hoặc 'Việt Nam'?
    """
    message = error if isinstance(error, Message) else error.message
    return message.render(_vietnamese) if lang == "vi" else message.render()


def _vietnamese(template: str) -> str:
    return translations().get(template, template)


@cache
def translations() -> Mapping[str, str]:
    """Return the Vietnamese template by the English one."""
    # Read when the first error is to be said in Vietnamese: most calls have none.
    from diplorel.language.messages import (  # noqa: PLC0415
        answers,
        arguments,
        command_line,
        files,
        stores,
    )

    rooms = (arguments, answers, files, stores, command_line)
    return ChainMap(*(room.VIETNAMESE for room in rooms))

"""Write docs/reference/command-line.md from the commands themselves.

Run it after a command has changed::

    python docs/make_command_line.py
"""

from __future__ import annotations

import inspect
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from diplorel.cli.app import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE: Final = Path(__file__).resolve().parent / "reference" / "command-line.md"

HEAD: Final = """\
# The command line

This page is written by `docs/make_command_line.py`; `diplorel COMMAND --help` says the same.

```console
$ pip install 'diplorel[cli]'
```

gives the command `diplorel`, which is the same as `python -m diplorel`.

## What holds for every command

**Targets.** A `TARGET` is a dataset's name (`diplorel datasets` lists them), a stream's folder, or
a store: a file such as `relations.db`, or an address such as `postgresql://team@host/relations`.
If a dataset and a folder have one name, the dataset goes first; `./vietnam` is always the
folder. Commands that take several ask them together, merged. `rank`, `partners`, `show`, `diff` and
the commands of studies, from `panel` to `brief`, ask the datasets about the parties in question,
and all where none is: a dataset is about the party of its name, and about the parties in its
coverage. `partners --within` and `pace --group` ask the datasets that list the members of the group
as well, which for most groups and regions is `groups`. `--with` names others instead: `diplorel
rank VNM -w vietnam -w united_states` asks two together, and `-w vietnam -w groups` adds the members
of groups to Vietnam's.

**Parties** are ids, alpha-2 codes, or names in English or Vietnamese: `VNM`, `vn`, `Vietnam`,
`"Việt Nam"`.

**Days.** A day is written `2025-03-12`. A month, `2025-03`, or a year, `2025`, means its last day;
only `events --since` means its first. Without `--on` the answer is about everything recorded.
`--known` asks for what was known on a day, by the clock of `--clock`; see
[two clocks](../explanation/two-clocks.md).

**Levels** are given by their id or by a name: `strategic`, `"Strategic Partnership"`.

**Exit codes.**

| code | means |
|---|---|
| 0 | done, and sound |
| 1 | something is wrong with the data: problems, or claims that are not as expected |
| 2 | the call is wrong, or a file or the like failed; one line on the error stream says what |
| 130 | interrupted from the keyboard |
| 141 | the reader of a pipe has gone, as with `head -1`: the command ends silently, like `git` |

**Output.** On a terminal, tables fit its width and have colours, unless `NO_COLOR` is set. Nothing
is cut off: cells are wrapped between words, ids and numbers are never broken, and where columns
would be too narrow each field has its own line. In a pipe or a file tables are plain columns, two
or more spaces apart, and no line is wrapped; a cell that is much longer than all others goes beyond
its column. Of a panel, a terminal shows the first 50 rows and says how many there are. What takes
over a second shows a bar on the error stream of a terminal. `--lang vi` gives names, levels, dates
and labels in Vietnamese, and says in Vietnamese what is wrong with a call; messages about problems,
and what a verdict rests on, are in English.

**JSON.** `--json` prints everything that the text says, one entry a line: ids with names, levels,
dates as the data have them, persons, sources, and whether a list is complete. `events`, `datasets`
and `store log` print a list. The other commands print an object: what was asked (`on`, `known`,
`clock`, `policy` and so on), then the answer, such as the `rows` of `rank` and `partners`, the
`events` of `show` and `diff`, the `findings` of `verify`, or the `problems` of `check`. `streams`
has the version of each stream, which is the release that was asked for; `reference` then has the
version of its sources, levels and coverage. Each entry of `events --release` has its `release`. The
`rows` of studies have the columns of `--csv`, and the names. In `rank` each row has its `block`:
`ranked`, or `undecided`, `unranked`, `special` and `unknown` for partners that have no position.

**CSV and other tables.** `--csv` prints the table of the answer, with the columns of [the columns
of tables](tables.md), in UTF-8 and with nothing that a spreadsheet would compute: `rank`,
`partners`, `show`, `diff`, `events` and the studies have it. `-o FILE` of a study writes it to a
file in the form that the suffix names, with a codebook; `graph` also as `.graphml`, `anniversaries`
also as `.ics`. `diplorel table` writes events, or the relations of all pairs on a day.

**Charts.** `diplorel chart` draws an answer: `-o FILE` writes `.svg`, `.png`, `.pdf` or `.html`,
`--embed` prints HTML for a page of yours, and without them it says what the chart shows. PNG and
PDF need the extra `charts`, and a font with the letters, such as Noto Sans: where a letter would
not be drawn, nothing is written.

**Pages.** `diplorel brief` writes a page about a party or a relation: `-o FILE` writes `.html` or
`.md`, and without it Markdown is printed. HTML needs the extra `pages`
([Write a brief](../how-to/brief.md)).

**Releases.** `--release 0.2.0` asks an earlier release of a stream, `--release vietnam=0.2.0` where
several are asked. Its records are exact; sources, levels and coverage are of the present version
([Reproduce a paper](../how-to/reproduce-a-paper.md)).

**Help.** `-h` is short for `--help`, in every command.

**Completion.** `diplorel --install-completion` teaches your shell to complete commands, options,
datasets, parties, levels and event types.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *map(_command, COMMANDS)])


def _command(name_and_function: tuple[str, Callable[..., Any]]) -> str:
    name, function = name_and_function
    hints = get_type_hints(function, include_extras=True)
    arguments, options, needed = [], [], []
    for param in inspect.signature(function).parameters.values():
        kind, info = get_args(hints[param.name])
        if isinstance(info, OptionInfo) and param.default is inspect.Parameter.empty:
            names = _names(param.name, kind, info)
            needed.append(names.split("`")[1].split()[0] + f" {info.metavar}")
            options.append((names, info.help))
        elif isinstance(info, ArgumentInfo):
            is_needed = param.default is inspect.Parameter.empty
            arguments.append((info.metavar if is_needed else f"[{info.metavar}]...", info.help))
        else:
            options.append((_names(param.name, kind, info), _help(info.help, param.default)))
    usage = " ".join(
        ["diplorel", name, *(metavar for metavar, _ in arguments), *needed, "[OPTIONS]"]
    )
    lines = [f"## `diplorel {name}`", "", inspect.cleandoc(function.__doc__ or ""), ""]
    lines += ["```console", f"$ {usage}", "```", "", "| | |", "|---|---|"]
    lines += [f"| `{metavar}` | {help} |" for metavar, help in arguments]
    lines += [f"| {names} | {help} |" for names, help in options]
    return "\n".join([*lines, ""])


def _names(name: str, kind: Any, info: Any) -> str:
    """Return the names of an option, with what it takes."""
    declared = [one for one in (info.default, *(info.param_decls or ())) if isinstance(one, str)]
    names = sorted(declared or ["--" + name.strip("_").replace("_", "-")], key=len)
    takes = info.metavar or ""
    some = [inner for one in get_args(kind) for inner in get_args(one)]  # of a list, or none
    for one in (kind, *get_args(kind), *some):
        if inspect.isclass(one) and issubclass(one, Enum):
            takes = "\\|".join(member.value for member in one)
    names[-1] = f"{names[-1]} {takes}".strip()
    return ", ".join(f"`{one}`" for one in names)


def _help(help: str, default: Any) -> str:
    return f"{help} Default: `{default}`." if isinstance(default, str) else help


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

"""Check a wheel and an sdist before they are published: ``python .ci/built.py FOLDER [TAG]``.

It looks at what is in them, and at what they say of themselves: every text of a licence, the marker
of types, every stream and schema, the version, and whether the changelog has a section for it. With
a tag, the version must be the tag's. It needs the folder of the project around it, and no package
beside Python's own.
"""

from __future__ import annotations

import ast
import email
import re
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def source_version() -> str:
    """Return the version that the source states."""
    tree = ast.parse((ROOT / "src/diplorel/_version.py").read_text("utf-8"))
    values = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return str(ast.literal_eval(values[0]))


def wheel_texts(path: Path) -> dict[str, bytes]:
    """Return the content of each file of a wheel."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def sdist_texts(path: Path) -> dict[str, bytes]:
    """Return the content of each file of an sdist, by its path below the top folder."""
    texts = {}
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file is not None:
                texts[member.name.partition("/")[2]] = file.read()
    return texts


def changelog_problems(version: str, changelog: str) -> list[str]:
    """Return what is missing in the changelog for a version; one in development is unreleased."""
    sections = dict(
        re.findall(r"^## \[(.+?)\](.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    )
    name = "Unreleased" if ".dev" in version else version
    if name not in sections:
        return [f"CHANGELOG.md: no section [{name}]"]
    if not re.search(r"^\* ", sections[name], re.MULTILINE):
        return [f"CHANGELOG.md: nothing in the section [{name}]"]
    return []


def metadata_problems(metadata: Message, project: dict[str, Any], version: str) -> list[str]:
    """Return where the metadata of a package differ from pyproject.toml and the source."""
    stated = {
        "Name": project["name"],
        "Version": version,
        "License-Expression": project["license"],
        "Requires-Python": project["requires-python"],
        "Summary": project["description"],
    }
    return [
        f"{key}: expected {value!r}, found {metadata[key]!r}"
        for key, value in stated.items()
        if metadata[key] != value
    ]


def content_problems(files: dict[str, bytes], wanted: dict[str, Path]) -> list[str]:
    """Return which files are missing in a package, or have another content than the source's."""
    missing = [f"missing: {name}" for name in sorted(wanted.keys() - files.keys())]
    differ = [
        f"differs from the source: {name}"
        for name in sorted(wanted.keys() & files.keys())
        if files[name] != wanted[name].read_bytes()
    ]
    return missing + differ


def licences(project: dict[str, Any]) -> list[str]:
    """Return the paths of all texts of licences, as the patterns in pyproject.toml find them."""
    found = [path for pattern in project["license-files"] for path in ROOT.glob(pattern)]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def wheel_problems(path: Path, project: dict[str, Any], version: str) -> list[str]:
    """Return what is wrong with a wheel: it has the whole package, and every text of a licence."""
    files = wheel_texts(path)
    info = f"diplorel-{version}.dist-info"
    package = ROOT / "src" / "diplorel"
    wanted = {
        f"diplorel/{file.relative_to(package).as_posix()}": file
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    wanted |= {f"{info}/licenses/{name}": ROOT / name for name in licences(project)}
    problems = content_problems(files, wanted)
    problems += [
        f"not from the source: {name}"
        for name in sorted(files.keys() - wanted.keys())
        if not name.startswith(f"{info}/")
    ]
    if "diplorel/py.typed" not in wanted:
        problems.append("the source has no py.typed")
    if f"{info}/METADATA" in files:
        metadata = email.message_from_bytes(files[f"{info}/METADATA"])
        problems += metadata_problems(metadata, project, version)
        listed = sorted(metadata.get_all("License-File") or [])
        if listed != licences(project):
            problems.append(f"License-File: expected {licences(project)}, found {listed}")
    else:
        problems.append(f"missing: {info}/METADATA")
    return [f"{path.name}: {one}" for one in problems]


def sdist_problems(path: Path, project: dict[str, Any], version: str) -> list[str]:
    """Return what is wrong with an sdist: it has the source, what the tests read, and the texts."""
    files = sdist_texts(path)
    folders = ("src", "tests", "docs", "examples", "LICENSES")
    wanted = {
        file.relative_to(ROOT).as_posix(): file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    wanted |= {file.name: file for file in ROOT.glob("*.md")}
    wanted |= {name: ROOT / name for name in ("pyproject.toml", "noxfile.py", "LICENSE")}
    problems = content_problems(files, wanted)
    if "PKG-INFO" in files:
        metadata = email.message_from_bytes(files["PKG-INFO"])
        problems += metadata_problems(metadata, project, version)
    else:
        problems.append("missing: PKG-INFO")
    return [f"{path.name}: {one}" for one in problems]


def main(folder: str, tag: str = "") -> int:
    """Print what is wrong with the packages of a folder; return 1 if something is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = source_version()
    problems = changelog_problems(version, (ROOT / "CHANGELOG.md").read_text("utf-8"))
    if tag and tag != f"v{version}":
        problems.append(f"the tag {tag} is not that of version {version}: expected v{version}")
    expected = {
        Path(folder, f"diplorel-{version}-py3-none-any.whl"): wheel_problems,
        Path(folder, f"diplorel-{version}.tar.gz"): sdist_problems,
    }
    found = {path for path in Path(folder).iterdir() if path.name != ".gitignore"}
    problems += [f"not expected in {folder}: {path.name}" for path in found - expected.keys()]
    for path, problems_of in expected.items():
        problems += problems_of(path, project, version) if path in found else [f"missing: {path}"]
    print("\n".join(problems) or f"version {version}: wheel and sdist are complete")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

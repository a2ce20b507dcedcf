"""Every check of this repository, by name: ``nox -l`` lists them, ``nox`` runs the usual ones.

Each session makes its own environment in ``.nox`` and uses it again the next time. To run the
sessions in the environment that is active, without installing anything, which is what ``.ci/run``
does::

    pip install -e '.[dev]'
    nox --no-venv --no-install -s lint types

What follows ``--`` goes to the tool: ``nox -s tests-3.12 -- tests/unit -k dates``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import nox

nox.needs_version = ">=2024.10.9"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False  # they are skipped, with a warning
nox.options.sessions = ["lint", "types", "layers", "tests", "docs", "site"]

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
CORE: Final = ",".join(
    f"src/diplorel/{part}"
    for part in (
        "*.py",
        "model/*",
        "tracks/*",
        "resolve/*",
        "replay/*",
        "analysis/*",
        "narrative/*",
        "columnar/*",
    )
)
"""The modules of which every branch is tested."""
SCORE: Final = 0.98
"""The least share of public names whose types pyright finds without inferring anything."""
SHIPPED: Final = """
from diplorel import available
print(*(dataset.name for dataset in available() if dataset.origin == "diplorel"))
"""
NEWCOMER: Final = ("docs/tutorial.md", "docs/vi/tutorial.md", "README.md", "README.vi.md")
"""The pages that a newcomer follows with the installed wheel alone."""
AWAY: Final = (
    *("tests/unit", "tests/io/test_corpus.py", "tests/io/test_datasets.py", "README.md"),
    "--deselect=tests/unit/test_sites.py::test_the_command_review_writes_pages",  # copies from src
)
"""What is run of an unpacked sdist without its source, against the package that it became."""
LOWEST: Final = (
    *("tests/unit/test_dates.py", "tests/unit/test_graph.py", "tests/unit/test_pages_base.py"),
    *("tests/unit/test_charts_ladder.py", "tests/unit/test_charts_saved.py"),
    *("tests/unit/test_table.py", "tests/unit/test_table_answers.py"),
    *("tests/io/test_books.py", "tests/io/test_converter.py", "tests/io/test_corpus.py"),
    *("tests/io/test_folder.py", "tests/io/test_jsonl.py", "tests/io/test_schema.py"),
    *("tests/io/test_sheets.py", "tests/io/test_tables.py", "tests/stores/test_sqlite.py"),
    *("tests/cli/test_cli.py", "tests/cli/test_process.py", "tests/cli/test_studies.py"),
)
"""A test or two of each dependency."""
PYODIDE: Final = "pyodide@314.0.7"
"""Python 3.14 for browsers: its releases carry Python's version since then."""
APART: Final = ("-n", "2", "--dist", "worksteal")
"""Two processes; each works through the tests of its half in order, and shares what they make."""
ALL: Final = ("-m", "")
"""No choice by marker: the tests that a plain pytest leaves out, as well."""
REACHED: Final = (
    *(f"--ignore=tests/laws/test_laws_of_{name}.py" for name in (
        "merging", "columnar", "increments", "the_set", "charts", "comparison", "ranking",
        "workings", "the_oracle", "graphs", "histories", "lanes", "leads", "figures", "corrections",
    )),
    *(f"--ignore=tests/unit/test_{name}.py" for name in (
        "briefs", "charts_figures", "charts_network", "charts_pace", "charts_saved",
        "claims_contested", "costs", "pages_base", "party_names", "sites",
    )),
    *(f"--deselect=tests/{name}" for name in (
        "unit/test_party_lives.py::test_no_event_of_the_shipped_streams_lies_outside_the_lives_of_its_parties",
        "laws/test_laws_of_table_subsets.py::test_the_rankings_of_the_shipped_streams",
        "unit/test_pickling.py::test_a_worker_process_takes_a_log_and_gives_back_answers_and_errors",
        "unit/test_testing.py::test_what_is_drawn_of_a_class_is_valid_and_survives_the_round_trip",
        "unit/test_spell_orders.py::test_no_order_puts_a_beginning_before_it_in_doubt",
        "unit/test_claims.py::test_a_verdict_holds_however_the_open_dates_turn_out",
        "laws/test_laws_of_sensitivity.py::test_a_policy_is_the_ranking_that_its_replay_gives",
        "laws/test_laws_of_briefs.py::test_what_is_not_known_is_said",
        "laws/test_laws_of_briefs.py::test_every_stream_has_a_brief_in_both_forms",
        "laws/test_laws_of_sites.py::test_the_slider_is_the_ranking_of_every_day",
    )),
)  # fmt: skip
"""Dear tests that reach no branch of the core that the others do not, and so tell coverage nothing.

``--cov-context=test`` shows which tests reach a branch. Where a new branch is reached by one of
these alone, it needs a test of its own.
"""
EXTRAS: Final[dict[str, list[str]]] = nox.project.load_toml("pyproject.toml")["project"][
    "optional-dependencies"
]


def _requirements(extra: str, *names: str) -> list[str]:
    """Return the requirements of an extra that begin with these names, as pyproject.toml has them.

    A session that needs one tool installs that tool alone.
    """
    return [text for text in EXTRAS[extra] if text.startswith(names)]


def _output(session: nox.Session, *command: str) -> str:
    """Return what a command prints to standard output."""
    return str(session.run(*command, silent=True, stderr=None, external=True))


# --- the usual ones ------------------------------------------------------------------------------


@nox.session
def lint(session: nox.Session) -> None:
    """Check for common mistakes, and that the code has ruff's format."""
    session.install(*_requirements("lint", "ruff"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the source, the tests and typing_tests with mypy, and with pyright."""
    session.install("-e", ".[browser,lint,test]", "nox")
    session.run("mypy")
    session.run("mypy", "noxfile.py")
    session.run("pyright")


@nox.session
def layers(session: nox.Session) -> None:
    """Check that imports run downward only."""
    session.install("-e", ".", *_requirements("lint", "import-linter"))
    session.run("lint-imports")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run all tests and doctests on one version of Python, those marked as slow as well."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *(session.posargs or (*APART, *ALL)))


@nox.session(default=False)
def slow(session: nox.Session) -> None:
    """Run the tests that are marked as slow, which a plain pytest leaves out."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *APART, "-m", "slow", *(session.posargs or ("tests",)))


@nox.session
def docs(session: nox.Session) -> None:
    """Run the examples on all pages, and check links, command output and generated pages."""
    session.install("-e", ".[test]")
    pages = [path.name for path in sorted(Path().glob("*.md"))]
    checks = [f"tests/test_{name}.py" for name in ("docs", "readme", "public_api")]
    checks += ["tests/cli/test_transcripts.py", "tests/io/test_schema.py"]
    session.run("pytest", "-q", "-n", "2", "docs", *pages, *checks)


@nox.session
def site(session: nox.Session) -> None:
    """Build the documentation as a site in build/site, and follow every link within it.

    It uses no network, and any warning fails it: a name or a page that does not exist, too.
    """
    session.install("-e", ".[docs]")
    built = Path("build", "site")
    shutil.rmtree(built, ignore_errors=True)
    shutil.rmtree(Path("docs", "reference", "api", "names"), ignore_errors=True)
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-q", "docs", str(built))
    session.run("python", "docs/check_links.py", str(built))


# --- the others ----------------------------------------------------------------------------------


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Measure branch coverage of the core by its unit tests and laws: all of it."""
    session.install("-e", ".[test]")
    few = {"HYPOTHESIS_PROFILE": "coverage"}  # the tests before drew more
    core = ("tests/unit", "tests/laws", "tests/io/test_leads.py", "tests/io/test_resources.py")
    session.run("pytest", "-q", *APART, *ALL, *core, *REACHED, "--cov", "--cov-report=", env=few)
    session.run("coverage", "report", f"--include={CORE}", "--fail-under=100", "--precision=2")


@nox.session(default=False)
def coverage_of_all(session: nox.Session) -> None:
    """Measure branch coverage of everything by all tests: nearly all of it."""
    session.install("-e", ".[test]")
    few = {"HYPOTHESIS_PROFILE": "coverage"}
    # it repeats the commands of other tests at several widths
    again = "--ignore=tests/cli/test_layout.py"
    session.run("pytest", "-q", *APART, *ALL, "tests", again, "--cov", "--cov-report=", env=few)
    session.run("coverage", "report", "--fail-under=99", "--skip-covered")


@nox.session(default=False)
def jobs(session: nox.Session) -> None:
    """Kill writers, cut the power, open under load, and work through PgBouncer. Linux only."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))  # Debian has PgBouncer there
    missing = [tool for tool in ("strace", "pgbouncer") if not shutil.which(tool, path=path)]
    if missing:
        session.error(f"missing: {', '.join(missing)}. On Debian: apt-get install strace pgbouncer")
    session.install("-e", ".[test]")
    files = [f"tests/jobs/{name}.py" for name in ("kills", "power", "opens", "pooler")]
    # by python -m, so that the processes which a test spawns find the tests
    # a file to a process, and what they print of what they tried
    apart = ("-n", "2", "--dist", "loadfile", "-rP")
    session.run("python", "-m", "pytest", "-q", *apart, *(session.posargs or files))


@nox.session(default=False)
def spark(session: nox.Session) -> None:
    """Replay tables of events on Apache Spark, with two worker processes."""
    if not shutil.which("java"):
        session.error("missing: java. On Debian: apt-get install openjdk-17-jre-headless")
    session.install("-e", ".[spark,test]")
    # pyspark 4 warns that it does not know pandas 3
    quiet = ("-W", "ignore::FutureWarning")
    session.run(
        "python", "-m", "pytest", "-q", *quiet, *(session.posargs or ["tests/jobs/spark.py"])
    )


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Look at charts and pages in headless Chromium: text, requests, barriers, keys, paper."""
    given = os.environ.get("DIPLOREL_CHROMIUM", "")
    names = [given] if given else ["chromium", "chromium-browser", "google-chrome", "chrome"]
    if not any(map(shutil.which, names)):
        session.error(
            f"missing: {' or '.join(names)}. On Debian: apt-get install chromium fonts-noto-core; "
            "elsewhere DIPLOREL_CHROMIUM names the program"
        )
    session.install("-e", ".[browser,test]")
    files = [str(path) for path in sorted(Path("tests", "browser").glob("pages_*.py"))]
    session.run("pytest", "-q", *(session.posargs or [*APART, *files]))


@nox.session(default=False)
def streams(session: nox.Session) -> None:
    """Check and verify every stream that is shipped, alone and merged."""
    session.install("-e", ".[cli]")
    names = _output(session, "python", "-c", SHIPPED).split()
    for asked in (*([name] for name in names), names):
        session.run("diplorel", "check", *asked)
        verdicts = _output(session, "diplorel", "verify", *asked)
        session.log(verdicts.splitlines()[-1])


@nox.session(default=False)
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it in a fresh environment, and use it away from the source."""
    session.install("-e", ".[cli]", *_requirements("dev", "build"))
    session.install(*_requirements("lint", "pyright"))
    example = Path("examples", "vietnam_partners.py").resolve()
    expected = _output(session, "python", str(example))
    session.env["PYTHONPATH"] = None  # the fresh environment must not see this checkout
    work = Path(session.create_tmp()).resolve()
    shutil.rmtree(work)
    work.mkdir()
    session.run("python", "-m", "build", "--quiet", "--outdir", str(work / "dist"), ".")
    (built,) = (work / "dist").glob("*.whl")
    session.run("python", "-m", "venv", str(work / "fresh"))
    scripts = work / "fresh" / ("Scripts" if sys.platform == "win32" else "bin")
    python, diplorel = str(scripts / "python"), str(scripts / "diplorel")
    session.run(python, "-m", "pip", "install", "--quiet", str(built), external=True)
    shutil.copy(example, work)
    for script in ("newcomer.py", "wheel_probe.py"):
        shutil.copy(Path("tests", script), work)
    for page in NEWCOMER:
        (work / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, work / page)
    with session.chdir(work):
        if _output(session, python, example.name) != expected:
            session.error("the example prints something different from the source's output")
        session.run(python, "wheel_probe.py", external=True)
        session.run(python, "newcomer.py", *NEWCOMER, external=True)
        message = str(
            session.run(diplorel, "--version", success_codes=[1, 2], silent=True, external=True)
        )
        if "pip install 'diplorel[cli]'" not in message:
            session.error(f"without the extra cli, the command does not say what to do: {message}")
        session.run(python, "-m", "pip", "install", "--quiet", f"{built}[cli]", external=True)
        session.run(python, "newcomer.py", "--commands", "README.md", external=True)
        session.run(diplorel, "new", "mine", "--party", "SGP", external=True)
        session.run(diplorel, "check", "mine", external=True)
        if "SGP  Singapore" not in _output(session, diplorel, "rank", "VNM", "--on", "2025-03-12"):
            session.error("`diplorel rank` does not list Singapore")
        # the strategies are public, and their types are those of Hypothesis
        session.run(
            *(python, "-m", "pip", "install", "--quiet", f"{built}[testing]"), external=True
        )
        _check_public_types(session, scripts)


def _check_public_types(session: nox.Session, scripts: Path) -> None:
    """Check how many public names have a known type, as the users of the wheel see them.

    With ``--verifytypes``, pyright takes no notice of ``--pythonpath`` and asks the ``python`` that
    is first on PATH.
    """
    tools = os.pathsep.join([*(session.bin_paths or []), os.environ["PATH"]])
    path = os.pathsep.join([str(scripts), tools])
    command = (
        shutil.which("pyright", path=tools) or "pyright",
        "--ignoreexternal",
        "--outputjson",
        "--verifytypes",
        "diplorel",
    )
    # nox would put the session's own Python first again
    found = subprocess.run(  # noqa: S603  our own command
        command, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, text=True, check=False
    )
    report: dict[str, Any] = json.loads(found.stdout)["typeCompleteness"]
    if not Path(report["packageRootDirectory"]).is_relative_to(scripts.parent):
        session.error(f"pyright looked at {report['packageRootDirectory']}, not at the wheel")
    score, counts = report["completenessScore"], report["exportedSymbolCounts"]
    session.log(f"public names with a known type: {score:.1%} {counts}")
    if counts["withUnknownType"] or score < SCORE:
        session.error(f"expected no public name of unknown type, and a score of {SCORE:.0%}")


@nox.session(default=False)
def bump(session: nox.Session) -> None:
    """Write a version everywhere: ``nox -s bump -- 0.2.0``, or ``0.3.0.dev0`` after a release."""
    session.install("-e", ".[test]")
    session.run("python", ".ci/bump.py", *session.posargs)
    for script in (
        "docs/make_gallery.py",
        "tests/test_examples.py",
        "tests/cli/test_transcripts.py",
    ):
        session.run("python", script)


@nox.session(default=False)
def release(session: nox.Session) -> None:
    """Build what a release would publish, twice, and test it. Nothing is published.

    It builds what is committed. ``nox -s release -- v0.2.0`` checks the tag as well. The
    wheel and the sdist are left in ``dist``.
    """
    session.install(*_requirements("release", "build", "twine"))
    work = Path(session.create_tmp()).resolve()
    shutil.rmtree(work)
    work.mkdir()
    moment = _output(session, "git", "log", "-1", "--format=%ct").strip()
    first = _build(session, work / "first", {"SOURCE_DATE_EPOCH": moment, "TZ": "UTC"})
    umask = os.umask(0o077)  # another place, zone and mask of rights must not show in the packages
    second = _build(session, work / "second", {"SOURCE_DATE_EPOCH": moment, "TZ": "Asia/Tokyo"})
    os.umask(umask)
    if first != second:
        session.error(f"two builds of one commit differ: {first} and {second}")
    for name, digest in first.items():
        session.log(f"{digest}  {name}")
    dist = work / "first" / "dist"
    session.run("twine", "check", "--strict", *map(str, sorted(dist.iterdir())))
    session.run("python", str(work / "first" / ".ci" / "built.py"), str(dist), *session.posargs)
    (built,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    _probe(session, _fresh(session, work / "of-wheel", str(built)), work / "away")
    shutil.unpack_archive(source, work / "unpacked", filter="data")
    (unpacked,) = (work / "unpacked").iterdir()
    shutil.rmtree(unpacked / "src")
    python = _fresh(session, work / "of-sdist", f"{source}[test]")
    _probe(session, python, work / "away")
    with session.chdir(unpacked):
        session.run(
            *(python, "-m", "pytest", "-q", "-n", "2", *AWAY),
            external=True,
            env={"PYTHONPATH": None},
        )
    shutil.rmtree("dist", ignore_errors=True)
    shutil.copytree(dist, "dist")


def _build(session: nox.Session, folder: Path, env: dict[str, str]) -> dict[str, str]:
    """Build the last commit in a folder; return the SHA-256 of each package by name."""
    session.run("git", "clone", "--quiet", "--no-hardlinks", ".", str(folder), external=True)
    session.run("python", "-m", "build", "--quiet", str(folder), env=env)
    built = sorted((folder / "dist").iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in built}


def _fresh(session: nox.Session, folder: Path, package: str) -> str:
    """Install a package in a fresh environment; return its Python."""
    session.run("python", "-m", "venv", str(folder))
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    session.run(python, "-m", "pip", "install", "--quiet", package, external=True)
    return python


def _probe(session: nox.Session, python: str, away: Path) -> None:
    """Ask an installed package a few questions, away from the source."""
    away.mkdir(exist_ok=True)
    shutil.copy(Path("tests", "wheel_probe.py"), away)
    with session.chdir(away):
        session.run(python, "wheel_probe.py", external=True, env={"PYTHONPATH": None})


@nox.session(default=False, python="3.11", venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Test with the lowest versions that pyproject.toml allows: its bounds are true."""
    session.run_install(
        "uv", "pip", "install", "--resolution", "lowest-direct", "-e", ".[test]", silent=True
    )
    session.run("pytest", "-q", "-n", "2", *(session.posargs or LOWEST))


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Ask for known weaknesses of what the library and its extras install. It needs the network.

    A package that the service does not know was not looked at, so skipping one is a failure; but
    diplorel itself is left out, which may not be published yet.
    """
    session.install("-e", ".[arrow,charts,cli,excel,fast,graph,pages,pandas,polars,postgres,stata]")
    session.run("python", "-m", "pip", "uninstall", "--yes", "--quiet", "diplorel")
    python = shutil.which("python", path=session.bin)
    site = _output(session, str(python), "-c", "import site; print(site.getsitepackages()[0])")
    session.run("python", "-m", "venv", str(Path(session.create_tmp(), "tool")))
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    # the path as it is: what it links to is the Python outside of the environment
    tool = str(Path(session.create_tmp(), "tool", scripts, "python").absolute())
    audit_tool = _requirements("release", "pip-audit")
    session.run(tool, "-m", "pip", "install", "--quiet", *audit_tool, external=True)
    session.run(tool, "-m", "pip_audit", "--strict", "--path", site.strip(), external=True)


@nox.session(default=False)
def workflows(session: nox.Session) -> None:
    """Look for insecure habits in the workflows, without asking any host."""
    session.install(*_requirements("release", "zizmor"))
    session.run("zizmor", "--offline", "--persona", "pedantic", ".github")


@nox.session(default=False)
def pyodide(session: nox.Session) -> None:
    """Import the library and ask a question in Python 3.14 for browsers, under Node.

    npm brings Pyodide, PyPI the wheels; nothing else is downloaded.
    """
    missing = [tool for tool in ("node", "npm") if not shutil.which(tool)]
    if missing:
        session.error(f"missing: {', '.join(missing)}. On Debian: apt-get install nodejs npm")
    session.install(*_requirements("dev", "build"))
    work = Path(session.create_tmp()).resolve()
    wheels = work / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    session.run("python", "-m", "build", "--quiet", "--wheel", "--outdir", str(wheels), ".")
    (built,) = wheels.glob("*.whl")
    pure = ("--python-version", "3.14", "--platform", "any", "--only-binary", ":all:")
    session.run(
        *("python", "-m", "pip", "download", "--quiet", "--dest", str(wheels), *pure, str(built))
    )
    session.run("npm", "install", "--silent", "--prefix", str(work), PYODIDE, external=True)
    probe = Path("tests", "pyodide_probe.mjs").resolve()
    session.run("node", str(probe), str(work), str(wheels), external=True)


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Change the core in some thousand places; count how many changes the tests notice.

    It leaves a folder ``mutants``, and takes some twenty minutes.
    """
    session.install("-e", ".[test,mutation]")
    env = {"HYPOTHESIS_PROFILE": "mutants"}
    session.run("mutmut", "run", *session.posargs, env=env)
    session.run("mutmut", "results")


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Measure the speed beside a peer's: ``nox -s benchmarks -- --small`` takes some minutes."""
    session.install("-e", ".[test,bench]")
    for script in ("run", "stores", "panels"):
        session.run("python", f"benchmarks/{script}.py", *session.posargs)

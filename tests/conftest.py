"""The profiles of Hypothesis: ``dev`` unless HYPOTHESIS_PROFILE names another.

``gate`` draws the same examples every time, so that `.ci/run` fails for a reason, and ``ci`` draws
more of them, for machines with more time. ``dev`` draws others each time, as many as ``gate``;
`draws` has the share that each draws. ``coverage`` draws few: it only asks which lines are reached,
and tracing them is slow. ``mutants`` draws the same examples each time too, and does not shrink:
that a test fails is all there is to know.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import browser  # noqa: F401  a fixture of the session `browser`
from hypothesis import HealthCheck, Phase, settings

from draws import PROFILE, draws
from places import place, places, server, store  # noqa: F401  fixtures

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile("dev", max_examples=draws(50), deadline=None, suppress_health_check=_SLOW)
settings.register_profile(
    "gate", max_examples=draws(50), deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "ci", max_examples=draws(60), deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "coverage", max_examples=10, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "mutants",
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=_SLOW,
)
settings.load_profile(PROFILE)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run the command line; return what it prints, or complains, when it ends with a code."""
    from diplorel.cli import main  # noqa: PLC0415  only its tests need it
    from streams_once import share  # noqa: PLC0415

    share(monkeypatch)

    def one(*args: str, code: int = 0, err: bool = False) -> str:
        assert main(list(args)) == code
        out, complaints = capsys.readouterr()
        assert "Traceback" not in complaints
        if err or code == 2:
            assert out == ""
            return complaints
        assert complaints == ""
        return out

    return one


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of Vietnam's stream in a folder."""
    shipped = Path(__file__).parent.parent / "src" / "diplorel" / "datasets" / "vietnam"
    return Path(shutil.copytree(shipped, tmp_path / "vietnam"))

"""Packages for regressions take a panel as it is: American posts and ties, by dyad-year."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from diplorel.events import MissionClosed, MissionOpened
from diplorel.tracks import TIES
from shipped_once import shipped

if TYPE_CHECKING:
    import pandas as pd

ENTITY, TIME = "party_b", "year"


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        find_spec(name) is None,
        reason=f"{name} is not installed: it is in the extra `regression` alone",
    )


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    log, wanted = shipped("united_states"), (*TIES.handlers, MissionOpened, MissionClosed)
    types = {record.event.type for record in log if isinstance(record.event, wanted)}
    posts = log.where(types=types)  # without envoys: quicker
    panel = posts.panel("USA", years=(1990, 2015), columns=["ties", "posts"])
    found = panel.to_pandas()
    found["tied"] = (found["ties"] == "established").astype("Int64").where(found["ties"].notna())
    return found


def estimate(frame: pd.DataFrame) -> float:
    """Return how many posts more there are with ties, with a dummy of each state and year."""
    pd, np = import_module("pandas"), import_module("numpy")
    used = frame[[ENTITY, TIME, "posts_ab", "tied"]].dropna()
    states, years = (pd.get_dummies(used[name]).to_numpy(float) for name in (ENTITY, TIME))
    design = np.column_stack([used["tied"].to_numpy(float), states, years[:, 1:]])
    posts = design.T @ used["posts_ab"].to_numpy(float)
    return float(np.linalg.solve(design.T @ design, posts)[0])


def test_rows_of_which_nothing_is_known_are_missing_and_not_zero(frame: pd.DataFrame) -> None:
    unknown = frame["posts_ab_known"] == "unknown"
    assert unknown.any()
    assert frame.loc[unknown, "posts_ab"].isna().all()
    assert frame.loc[~unknown, "posts_ab"].notna().all()
    assert (frame["posts_ab"] == 0).sum() > 100  # a post that was closed is a zero
    assert not frame.duplicated([ENTITY, TIME]).any()


def test_zeros_that_nobody_recorded_would_change_the_estimate(frame: pd.DataFrame) -> None:
    guessed = frame.assign(posts_ab=frame["posts_ab"].fillna(0), tied=frame["tied"].fillna(0))
    assert 0.5 < estimate(frame) < 0.6
    assert abs(estimate(guessed) - estimate(frame)) > 0.02


@needs("linearmodels")
def test_linearmodels_takes_the_frame(frame: pd.DataFrame) -> None:
    fitted = linearmodels(frame)
    assert fitted.params["tied"] == pytest.approx(estimate(frame), rel=1e-6)
    assert fitted.nobs == len(frame[[ENTITY, TIME, "posts_ab", "tied"]].dropna())


@needs("pyfixest")
def test_pyfixest_takes_the_frame(frame: pd.DataFrame) -> None:
    fitted = pyfixest(frame)
    assert fitted.coef()["tied"] == pytest.approx(estimate(frame), rel=1e-5)


@needs("linearmodels")
@needs("pyfixest")
def test_the_two_agree_on_what_clustered_errors_there_are(frame: pd.DataFrame) -> None:
    # they correct for small samples in two ways, and one leaves out a state of a single year
    error = linearmodels(frame).std_errors["tied"]
    assert pyfixest(frame).se()["tied"] == pytest.approx(error, rel=0.05)


def linearmodels(frame: pd.DataFrame) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its own dependencies, and of rows left out
        panel = import_module("linearmodels.panel")  # without types
        model = panel.PanelOLS.from_formula(
            "posts_ab ~ tied + EntityEffects + TimeEffects", frame.set_index([ENTITY, TIME])
        )
        return model.fit(cov_type="clustered", cluster_entity=True)


def pyfixest(frame: pd.DataFrame) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its own dependencies, and of rows left out
        return import_module("pyfixest").feols(
            f"posts_ab ~ tied | {ENTITY} + {TIME}", data=frame, vcov={"CRV1": ENTITY}
        )

"""Are the well-known packages what an installer calls them?"""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions

import pytest

from jupyter_namespace_viz.core.kernel_state.packages.common_distributions import (
    COMMON_DISTRIBUTIONS,
)


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("numpy", "numpy"),
        ("cv2", "opencv-python"),
        ("sklearn", "scikit-learn"),
        ("PIL", "pillow"),
        ("yaml", "pyyaml"),
        ("sentence_transformers", "sentence-transformers"),
        ("netCDF4", "netcdf4"),
    ],
)
def test_well_known_packages(module: str, distribution: str) -> None:
    assert COMMON_DISTRIBUTIONS[module] == distribution


def test_they_agree_with_the_packages_that_are_installed_here() -> None:
    for module, owners in packages_distributions().items():
        known = COMMON_DISTRIBUTIONS.get(module)
        assert known is None or known in {re.sub(r"[-_.]+", "-", it).lower() for it in owners}


def test_no_name_is_unusual() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+", it) for it in COMMON_DISTRIBUTIONS.values())

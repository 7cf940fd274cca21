"""The server that most tests here share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from schoolloket import Schoolloket, schoolloket


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schoolloket]:
    """A Schoolloket in a process of its own; each test brings administrators of its own."""
    folder = tmp_path_factory.mktemp("schoolloket")
    with schoolloket(folder, environment={"NOT_FOR_KERNELS": "geheim"}) as started:
        yield started

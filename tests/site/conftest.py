"""What the tests of the site share."""

from pathlib import Path

import pytest

from tests.site.pages import SITE


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site. It is built by make, with --strict: a page with a lost link or anchor is never written."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no site/index.html. Build the site first: make build.")
    return SITE

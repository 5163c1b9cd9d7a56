"""The built pages are valid HTML, as html-validate reads it (.htmlvalidate.mjs)."""

import json
import subprocess
from pathlib import Path

from tests.site.pages import ROOT, pages

# The theme's own elements, whose ids it begins with two underscores: switches that carry an autocomplete
# attribute, labels with an empty tabindex. They are the same on every site made with it.
THEME = "#__"


def test_pages_are_valid(tmp_path: Path) -> None:
    """No page breaks a rule of HTML, the theme's own switches excepted."""
    # Into a file: html-validate ends before a pipe has taken all of it.
    results = tmp_path / "results.json"
    with results.open("wb") as file:
        subprocess.run(
            ["node_modules/.bin/html-validate", "--formatter", "json", *(str(path) for path in pages())],
            cwd=ROOT,
            stdout=file,
            check=False,
        )
    mistakes = [
        f"{result['filePath']}:{message['line']}:{message['column']}: {message['ruleId']}: {message['message']}"
        for result in json.loads(results.read_bytes())
        for message in result["messages"]
        if not (message.get("selector") or "").startswith(THEME)
    ]

    assert [] == mistakes, "\n".join(mistakes)

"""
The build's self-check of Python (tools/image/self_check.py), for browsers: whether theirs says what CPython says.

The build itself asks about every character of Unicode, in Node; here the first twelve thousand have to do.
"""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any, Final

from tests.site.pages import ROOT

WHOLE: Final = (ROOT / "tools" / "image" / "self_check.py").read_text(encoding="utf-8")
PROGRAM: Final = WHOLE.replace("POINTS = 0x110000", "POINTS = 0x3000")

ANSWERED: Final = """
    const [examine, program] = given;
    const at = (name) => new URL(name, location.origin).href;
    const files = ["calculators.wasm", "calculators-rest.wasm"].map((name) => fetch(at(`/assets/python/${name}`)));
    const modules = await Promise.all(files.map((file) => WebAssembly.compileStreaming(file)));
    // The worker's own file, with the one thing changed that no page can: which of Python's functions is asked.
    const source = `
        import { startImage } from ${JSON.stringify(at("/assets/javascripts/worker.js"))};
        onmessage = async ({ data: [first, rest, examine, program] }) => {
            try {
                const { answer, image } = await startImage(first, () => rest);
                new DataView(image.memory.buffer).setInt32(16, examine, true);
                postMessage(answer(program));
            } catch (error) {
                postMessage(String(error));
            }
        };
        postMessage("here");`;
    const blob = new Blob([source], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(blob), { type: "module" });
    const told = () => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
    await told();
    worker.postMessage([...modules, examine, program]);
    return told();
"""
"""Resolves with the image's lines; given the Python function that the build examines it through, and the program."""


def given() -> tuple[int, str]:
    """What the script is given."""
    facts: dict[str, Any] = json.loads((ROOT / "build" / "image" / "facts.json").read_text(encoding="utf-8"))
    return facts["examine"], PROGRAM


@cache
def expected() -> list[str]:
    """What CPython says, in the one time zone that the image knows."""
    says = "import sys; names = {'__name__': 'x'}; exec(sys.stdin.read(), names); sys.stdout.write(names['reply'])"
    environment = os.environ | {"TZ": "UTC"}
    done = subprocess.run(
        [sys.executable, "-c", says], input=PROGRAM, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split("\n")

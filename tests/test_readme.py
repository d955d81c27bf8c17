"""What README promises is true."""

import re

from slack_app.__main__ import main
from tests.reading import PRODUCT, ROOT, modules, shown


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def mapped() -> list[str]:
    """Return the paths that README's map shows, the indented ones under their folder."""
    block = readme().split("## The map")[1].split("```")[1]
    paths, folder = [], ""
    for line in block.splitlines()[1:]:
        name = line.split("  ")[0] if not line.startswith(" ") else line.strip().split("  ")[0]
        folder = name if line[:1].strip() else folder
        if name.strip():
            paths += [name] if line[:1].strip() else [folder + one for one in name.split(", ")]
    return paths


def test_the_map_shows_only_what_is_there() -> None:
    assert [path for path in mapped() if not (ROOT / path).exists()] == []


def test_the_map_shows_every_module_of_the_product() -> None:
    """Rooms show the same few files, so the map shows a room as one line."""
    shown_whole = tuple(path for path in mapped() if path.endswith("/") and path.count("/") > 1)
    there = [shown(path) for path in modules(*PRODUCT) if path.name != "__init__.py"]
    assert [path for path in there if path not in mapped() and not path.startswith(shown_whole)] == []


def test_readme_names_every_setting() -> None:
    code = (ROOT / "slack_app/settings.py").read_text(encoding="utf-8")
    known = set(re.findall(r'"((?:PALABRE|SLACK)_[A-Z_]+)"', code))
    told = set(re.findall(r"^\| `([A-Z_]+)`", readme(), re.MULTILINE))
    assert told == known


def test_readme_names_every_verb_and_every_command() -> None:
    commands = {f"palabre {name}" for name in main.commands}
    verbs = {
        f"python3 dev {verb}" for verb in ("setup", "demo", "test", "check", "bench", "pictures", "lock")
    }
    assert [line for line in sorted(commands | verbs) if line not in readme()] == []


def test_what_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", readme())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_pictures_are_light() -> None:
    pictures = list((ROOT / "slack_app/playground/pictures").glob("*.png"))
    assert pictures
    assert [shown(path) for path in pictures if path.stat().st_size > 150_000] == []

"""Files that cannot be read."""

from __future__ import annotations

from .case import SCENARIO, Broken, Folder, Link, Pipe, scenario

CASES = [
    # files that cannot be read
    scenario("empty_file", "", None, "", "the file is empty"),
    scenario("comments_only", "# nothing here yet\n", None, "", "the file is empty"),
    scenario("null_bytes", b"name: mine\n\0\0\0", None, "", "no text file"),
    scenario("binary_rubbish", bytes(range(128, 256)) * 8, 1, "", "is not UTF-8"),
    scenario("latin_1", SCENARIO.encode() + "# così\n".encode("latin-1"), 6, "", "0xec is not UTF-8"),
    scenario("utf_16", SCENARIO.encode("utf-16"), None, "", "UTF-16; expected UTF-8"),
    scenario("control_character", SCENARIO + "policies: ['\x07']\n", 6, "", "a character that YAML does not"),
    scenario("folder_for_a_file", Folder(), None, "", "this is a folder; expected a file"),
    scenario("pipe", Pipe(), None, "", "a device or a pipe"),
    scenario("link_to_itself", Link("mine.yaml"), None, "", "cannot be read"),
    scenario("broken_link", Link("nowhere.yaml"), None, "", "there is no such file"),
    scenario("too_large", SCENARIO + "#" * 1_000_000, None, "", "1.0 MB; expected at most 1 MB"),
    Broken("missing_file", "scenarios/projcet.yaml", None, None, "", 'Did you mean "project.yaml"?'),
    Broken("name_too_long", f"scenarios/{'x' * 300}.yaml", None, None, "", "cannot be read"),
]

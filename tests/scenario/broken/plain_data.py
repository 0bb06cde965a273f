"""YAML that is broken, or more than plain data."""

from __future__ import annotations

from .case import SCENARIO, scenario

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

CASES = [
    # YAML that is no plain data
    scenario("not_yaml", SCENARIO + "policies: [a, b\n", 7, "", "a list in brackets is not closed"),
    scenario("open_quote", SCENARIO + "policies: ['a\n", 7, "", "never closed"),
    scenario("tab", SCENARIO + "parameters:\n\terosion: {}\n", 7, "", "a tab stands here"),
    scenario("colon_in_text", SCENARIO + "policies: a: b\n", 6, "", "a colon stands where no key can be"),
    scenario("two_documents", SCENARIO + "---\nname: other\n", 6, "", "a second document"),
    scenario(
        "runs_code",
        "name: !!python/object/apply:os.system ['touch /tmp/x']\n" + SCENARIO.split("\n", 1)[1],
        1,
        "name",
        'the tag "!!python/object/apply:os.system" is refused',
    ),
    scenario("builds_a_name", SCENARIO + "policies: [!!python/name:os.system '']\n", 6, "policies[0]", "is refused"),
    scenario("tagged_root", "!!python/dict\n" + SCENARIO, 1, "", "is refused"),
    scenario(
        "own_tag",
        SCENARIO + "policies: !include other.yaml\n",
        6,
        "policies",
        'the tag "!include" is refused',
    ),
    scenario("alias_bomb", BOMB, 5, "e", "more than 20,000 values once its aliases"),
    scenario("alias_of_itself", SCENARIO + "policies: &p [*p]\n", 6, "policies[0]", "contains itself"),
    scenario("unknown_alias", SCENARIO + "policies: [*nobody]\n", 6, "", "has no anchor"),
    scenario("deep_lists", SCENARIO + "policies: " + "[" * 3000, 6, "", "more than 40 levels"),
    scenario("deep_mappings", SCENARIO + "parameters: " + "{a: " * 3000, 6, "", "more than 40 levels"),
    scenario(
        "too_many_values",
        SCENARIO + f"policies: [{'a,' * 21_000}]\n",
        6,
        "",
        "holds more than 20,000 values",
    ),
    scenario("duplicate_key", SCENARIO + "end: 2018-12\n", 6, "end", "given twice (first on line 4)"),
    scenario("merge_key", SCENARIO + "<<: {end: 2018-12}\n", 6, "<<", "merge keys (<<) are not read"),
    scenario("key_is_a_list", SCENARIO + "? [a, b]\n: 3\n", 6, "", "a key is a list or a mapping"),
    scenario("empty_key", SCENARIO + "'': 3\n", 6, "", "a key is empty"),
    scenario("list_for_a_mapping", "- name: mine\n- start: 2016-02\n", 1, "", "this is a list; expected those of"),
    scenario("plain_text", "Dear planner,\nplease find attached\n", 1, "", "this is text without keys"),
    scenario("nothing_we_know", "colour: red\n", 1, "", 'its keys are "colour"; expected those of'),
]

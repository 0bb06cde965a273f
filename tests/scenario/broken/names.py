"""Names that must be known, and names of files."""

from __future__ import annotations

from .case import PARAMETERS_FILE, SCENARIO, STUDY, Link, scenario, study

CASES = [
    # names that must be known
    scenario(
        "unknown_municipality",
        SCENARIO + "policies:\n  - name: p\n    from: 2016-02\n    until: 2016-12\n"
        "    places: {Montichiarri: 1}\n",
        10,
        "policies[0].places.Montichiarri",
        'Did you mean "Montichiari"?',
    ),
    scenario(
        "unknown_home",
        SCENARIO + "policies:\n  - name: p\n    from: 2016-02\n    until: 2016-12\n"
        "    facilitators: {number: 1, where: {Brescia: 1}}\n",
        10,
        "policies[0].facilitators.where.Brescia",
        '"Brescia" is no municipality of this territory',
    ),
    scenario(
        "unknown_mechanism",
        SCENARIO + "mechanisms: {eroson: off}\n",
        6,
        "mechanisms.eroson",
        'Did you mean "erosion"?',
    ),
    scenario(
        "switch_in_words",
        SCENARIO + "mechanisms: {erosion: disabled}\n",
        6,
        "mechanisms.erosion",
        "expected on or off",
    ),
    scenario(
        "switch_in_quotes",
        SCENARIO + "mechanisms: {erosion: 'off'}\n",
        6,
        "mechanisms.erosion",
        "Write off without quotes",
    ),
    scenario(
        "unknown_parameter",
        SCENARIO + "parameters: {erosion: {wear_freind: 0.1}}\n",
        6,
        "parameters.erosion.wear_freind",
        'Did you mean "wear_friend"?',
    ),
    scenario(
        "parameter_in_a_file",
        SCENARIO + "parameters: ../parameters/mine.yaml\n",
        2,
        "erosion.wear_kin",
        "2 is out of range; expected a number from 0 to 1 (per month)",
        at=PARAMETERS_FILE,
        beside={PARAMETERS_FILE: "erosion:\n  wear_kin: 2\n"},
    ),
    scenario(
        "parameter_in_a_list",
        SCENARIO + "parameters: [{erosion: {wear_kin: 0.01}}, 3]\n",
        6,
        "parameters[1]",
        "expected a mapping or a file",
    ),
    study(
        "unknown_baseline",
        STUDY.replace("baseline: none", "baseline: nil"),
        6,
        "baseline",
        '"nil" is no scenario of this study',
    ),
    study(
        "unknown_measure", STUDY + "headline: [activ_now]\n", 10, "headline[0]", 'Did you mean "active_now"?'
    ),
    study("measure_twice", STUDY + "headline: [active_now, active_now]\n", 10, "headline[1]", "given twice"),
    study(
        "one_scenario_only",
        STUDY.replace("  none: {policies: []}\n", "").replace("baseline: none", "baseline: eight"),
        7,
        "scenarios",
        "expected",
    ),
    study("one_seed", STUDY + "seeds: 1\n", 10, "seeds", "1 is out of range"),
    study(
        "too_many_runs", STUDY + "seeds: 10001\n", 10, "seeds", "make 20,002 runs; expected at most 20,000"
    ),
    study(
        "half_a_question",
        STUDY.replace("What changes?", "{en: What changes}"),
        2,
        "question.it",
        "is missing",
    ),
    study(
        "branch_without_policies",
        STUDY.replace("none: {policies: []}", "none: {}"),
        9,
        "scenarios.none.policies",
        "is missing; expected a list",
    ),
    scenario(
        "policies_of_one_name",
        SCENARIO + "policies: [../policies/project.yaml, ../policies/project.yaml]\n",
        6,
        "policies[1]",
        'two policies of the list are called "project"',
    ),
    scenario(
        "too_many_posts_together",
        SCENARIO + "policies:\n"
        "  - {name: a, from: 2016-02, until: 2016-12, facilitators: {number: 300}}\n"
        "  - {name: b, from: 2016-06, until: 2016-12, facilitators: {number: 300}}\n",
        8,
        "policies[1]",
        "600 facilitators are in force in 2016-06",
    ),
    # files that name files
    scenario(
        "missing_policy_file",
        SCENARIO + "policies: [../policies/projct.yaml]\n",
        6,
        "policies[0]",
        'Did you mean "project.yaml"?',
    ),
    scenario(
        "missing_territory",
        SCENARIO.replace("bassa_bresciana_orientale", "bassa"),
        2,
        "territory",
        "there is no folder",
    ),
    scenario(
        "missing_costs",
        SCENARIO.replace("lombardy", "lombardia"),
        5,
        "costs",
        'Did you mean "lombardy.yaml"?',
    ),
    scenario(
        "path_escape",
        SCENARIO.replace("../costs/lombardy.yaml", "../../../../../../etc/passwd"),
        5,
        "costs",
        "leads outside the configuration's folder",
    ),
    scenario("absolute_escape", SCENARIO + "policies: [/etc/passwd]\n", 6, "policies[0]", "leads outside"),
    scenario(
        "link_escape",
        SCENARIO + "policies: [../policies/link.yaml]\n",
        6,
        "policies[0]",
        "leads outside",
        beside={"policies/link.yaml": Link("/etc/passwd")},
    ),
    scenario(
        "folder_link_escape",
        SCENARIO + "policies: [../link/passwd]\n",
        6,
        "policies[0]",
        "leads outside",
        beside={"link": Link("/etc")},
    ),
    scenario(
        "territory_escape",
        SCENARIO.replace("../territories/bassa_bresciana_orientale", "../../.."),
        2,
        "territory",
        "leads outside",
    ),
    scenario("include_escape", SCENARIO + "include: ../../secret.yaml\n", 6, "include", "leads outside"),
    scenario("null_in_a_path", SCENARIO + 'include: "a\\0b"\n', 6, "include", "control characters"),
    scenario("number_in_a_path", SCENARIO + "include: [7]\n", 6, "include[0]", "7 is no file name"),
    scenario(
        "mapping_included", SCENARIO + "include: {a: b}\n", 6, "include", "expected a file name or a list"
    ),
    scenario("include_missing", SCENARIO + "include: [other.yaml]\n", 6, "include[0]", "there is no file"),
    scenario(
        "includes_itself",
        SCENARIO + "include: mine.yaml\n",
        6,
        "include",
        "in a circle: mine.yaml -> mine.yaml",
    ),
    scenario(
        "includes_in_a_circle",
        SCENARIO + "include: a.yaml\n",
        1,
        "include",
        "in a circle: mine.yaml -> a.yaml -> b.yaml -> a.yaml",
        at="scenarios/b.yaml",
        beside={"scenarios/a.yaml": "include: b.yaml\n", "scenarios/b.yaml": "include: a.yaml\n"},
    ),
    scenario(
        "includes_too_deep",
        SCENARIO + "include: i0.yaml\n",
        1,
        "include",
        "more than 8 deep",
        at="scenarios/i7.yaml",
        beside={f"scenarios/i{i}.yaml": f"include: i{i + 1}.yaml\n" for i in range(8)}
        | {"scenarios/i8.yaml": "{}"},
    ),
    scenario(
        "too_many_files",
        SCENARIO + "include: [" + "a.yaml, " * 50 + "]\n",
        None,
        "",
        "made of more than 50 files",
        at="scenarios/a.yaml",
        beside={"scenarios/a.yaml": "name: mine\n"},
    ),
    scenario(
        "list_included",
        SCENARIO + "include: other.yaml\n",
        6,
        "include",
        "holds a list; expected a mapping",
        beside={"scenarios/other.yaml": "- 1\n"},
    ),
    scenario(
        "wrong_in_an_included_file",
        SCENARIO + "include: other.yaml\n",
        2,
        "mechanisms.closure",
        "expected on or off",
        at="scenarios/other.yaml",
        beside={"scenarios/other.yaml": "mechanisms:\n  closure: 3\n"},
    ),
]

"""Keys, kinds of values, numbers and dates."""

from __future__ import annotations

from .case import POLICY, POLICY_FILE, SCENARIO, STAFF, STUDY, policy, scenario, study

CASES = [
    # keys and kinds of values
    scenario("unknown_key", SCENARIO + "policy: []\n", 6, "policy", 'unknown key. Did you mean "policies"?'),
    scenario(
        "missing_key",
        SCENARIO.replace("start: 2016-02\n", ""),
        1,
        "start",
        "missing; expected a month, YYYY-MM",
    ),
    scenario("number_for_a_name", SCENARIO.replace("name: mine", "name: 12"), 1, "name", "Put it in quotes"),
    scenario("switch_for_a_name", SCENARIO.replace("name: mine", "name: no"), 1, "name", "put it in quotes"),
    scenario("path_for_a_name", SCENARIO.replace("name: mine", "name: ../mine"), 1, "name", "cannot be a name"),
    scenario("text_for_policies", SCENARIO + "policies: project\n", 6, "policies", "expected a list"),
    scenario("number_for_a_policy", SCENARIO + "policies: [8]\n", 6, "policies[0]", "8 is not valid here"),
    policy("number_in_quotes", STAFF + "  number: '8'\n", 5, "facilitators.number", "Write 8 without quotes"),
    policy(
        "leading_zero",
        STAFF + "  number: 08\n",
        5,
        "facilitators.number",
        "Write 8 without quotes or leading",
    ),
    policy(
        "half_a_post",
        STAFF + "  number: 7.5\n",
        5,
        "facilitators.number",
        "expected a whole number from 0 to 500",
    ),
    policy("word_for_a_number", STAFF + "  number: eight\n", 5, "facilitators.number", '"eight" is text'),
    policy("switch_for_a_number", STAFF + "  number: yes\n", 5, "facilitators.number", "expected a whole number"),
    policy("decimal_comma", POLICY + "paperwork: 0,5\n", 4, "paperwork", "written with a point: 0.5"),
    policy(
        "nothing_for_a_number",
        STAFF + "  number:\n",
        5,
        "facilitators.number",
        "there is no value; expected a whole",
    ),
    policy(
        "wrong_word",
        POLICY + "outreach: everyday_settings\n",
        4,
        "outreach",
        "expected one of everyday, office",
    ),
    policy("switch_for_a_word", POLICY + "outreach: off\n", 4, "outreach", "expected one of everyday, office"),
    policy("list_for_a_lever", POLICY + "facilitators: [8]\n", 4, "facilitators", "expected a mapping"),
    policy(
        "singular_lever",
        POLICY + "facilitator: {number: 8}\n",
        4,
        "facilitator",
        'Did you mean "facilitators"?',
    ),
    # numbers
    policy("negative_count", STAFF + "  number: -8\n", 5, "facilitators.number", "-8 is out of range"),
    policy(
        "too_many_posts",
        STAFF + "  number: 501\n",
        5,
        "facilitators.number",
        "expected a whole number from 0 to 500",
    ),
    policy("huge_number", STAFF + f"  number: 1{'0' * 400}\n", 5, "facilitators.number", "401 digits"),
    policy("huge_exponent", POLICY + "paperwork: 1e999\n", 4, "paperwork", "expected a number from 0 to 1"),
    policy("not_a_number", POLICY + "paperwork: .nan\n", 4, "paperwork", "nan is not valid here"),
    policy(
        "infinite",
        STAFF + "  number: 1\n  hours_a_month: .inf\n",
        6,
        "facilitators.hours_a_month",
        "from 1 to 200",
    ),
    policy(
        "too_many_hours",
        STAFF + "  number: 1\n  hours_a_month: 744\n",
        6,
        "facilitators.hours_a_month",
        "744 is out of range; expected a number from 1 to 200 (hours a month and post)",
    ),
    policy("negative_places", POLICY + "places: {Visano: -1}\n", 4, "places.Visano", "-1 is out of range"),
    policy(
        "shares_short_of_one",
        STAFF + "  number: 1\n  hours: {hook: 0.5, map: 0.4}\n",
        6,
        "facilitators.hours",
        "the shares add up to 0.9; expected 1 (0.1 missing)",
    ),
    policy(
        "shares_above_one",
        STAFF + "  number: 1\n  hours: {hook: 0.7, map: 0.4}\n",
        6,
        "facilitators.hours",
        "add up to 1.1; expected 1 (0.1 too much)",
    ),
    policy(
        "negative_share",
        STAFF + "  number: 1\n  hours: {hook: 1, map: -0.2}\n",
        6,
        "facilitators.hours.map",
        "-0.2 is out of range; expected a number from 0 to 1",
    ),
    policy(
        "unknown_task",
        STAFF + "  number: 1\n  hours: {hok: 1}\n",
        6,
        "facilitators.hours.hok",
        'Did you mean "hook"?',
    ),
    policy(
        "posts_without_a_home",
        STAFF + "  number: 3\n  where: {Visano: 2}\n",
        6,
        "facilitators.where",
        "2 posts are given a municipality, but number is 3",
    ),
    policy(
        "where_is_a_wish",
        STAFF + "  number: 3\n  where: everywhere\n",
        6,
        "facilitators.where",
        '"everywhere" is not valid here; expected by_population',
    ),
    # dates
    scenario("thirteenth_month", SCENARIO.replace("2019-09", "2019-13"), 4, "end", '"2019-13" is no month'),
    scenario("a_day", SCENARIO.replace("2016-02", "2016-02-01"), 3, "start", '"2016-02-01" is no month'),
    scenario("a_year", SCENARIO.replace("2016-02", "2016"), 3, "start", "2016 is no month; expected YYYY-MM"),
    scenario("far_future", SCENARIO.replace("2019-09", "9999-12"), 4, "end", "between 1900-01 and 2199-12"),
    scenario(
        "end_before_start",
        SCENARIO.replace("2019-09", "2015-09"),
        4,
        "end",
        '"end" is 2015-09, before "start" (2016-02); expected 2016-02 or later',
    ),
    scenario("too_many_months", SCENARIO.replace("2019-09", "2116-02"), 4, "end", "1,201 months"),
    policy("until_before_from", POLICY.replace("2019-09", "2015-09"), 3, "until", 'before "from" (2016-02)'),
    scenario(
        "policy_outside_the_dates",
        SCENARIO + "policies:\n  - {name: p, from: 2016-03, until: 2020-03}\n",
        7,
        "policies[0].until",
        "2020-03 is outside the scenario's dates; expected a month from 2016-02 to 2019-09",
    ),
    scenario(
        "policy_file_outside_the_dates",
        SCENARIO + "policies: [../policies/mine.yaml]\n",
        3,
        "until",
        "2020-03 is outside",
        at=POLICY_FILE,
        beside={POLICY_FILE: POLICY.replace("2019-09", "2020-03")},
    ),
    study(
        "branch_before_the_history",
        STUDY.replace("2020-01", "2016-02"),
        4,
        "branch_at",
        "expected 2016-03 or later",
    ),
    study(
        "branch_after_the_end",
        STUDY.replace("2024-12", "2019-12"),
        5,
        "until",
        'before "branch_at" (2020-01)',
    ),
    study("history_too_long", STUDY.replace("2024-12", "2066-02"), 5, "until", "601 months from start to end"),
    study(
        "policy_before_the_branch",
        STUDY.replace("[]", "[{name: p, from: 2019-12, until: 2020-12}]"),
        9,
        "scenarios.none.policies[0].from",
        "expected a month from 2020-01 to 2024-12",
    ),
    *(
        study(f"precision_{name}", STUDY + f"precision: {said}\n", 10, f"precision.{key}", says)
        for name, said, key, says in (
            ("of_an_unknown_measure", "{measure: activ_now, within: 5 %}", "measure", 'Did you mean "active_now"?'),
            ("of_nothing", "{measure: active_now, within: 0}", "within", 'a share such as "5 %", or a number above 0'),
            ("in_words", "{measure: active_now, within: quite}", "within", 'a share such as "5 %"'),
            ("that_is_true", "{measure: active_now, within: true}", "within", 'a share such as "5 %"'),
            ("of_too_few_pairs", "{measure: active_now, within: 5 %, at_most: 20}", "at_most", "35"),
        )
    ),
    *(
        study(f"draws_{name}", STUDY + f"draws: {said}\n", 10, f"draws{key}", says)
        for name, said, key, says in (
            ("of_nothing", "{number: 5}", "", 'one of "design", "values" and "sample"; found none'),
            ("of_two_kinds", "{design: 1, sample: x.csv, number: 5}", "", 'found "design" and "sample"'),
            ("without_a_number", "{design: 1}", "", 'needs "number"'),
            (
                "of_a_list_with_a_number",
                "{values: [{erosion: {young: 9}}], number: 5}",
                "",
                'does not go with "values"',
            ),
            ("of_an_unknown_parameter", "{values: [{erosion: {yong: 9}}]}", ".values[0].erosion.yong", '"young"'),
            ("out_of_range", "{values: [{erosion: {young: -9.0}}]}", ".values[0].erosion.young", "0"),
            ("of_no_sample", "{sample: none.csv}", ".sample", "there is no file"),
            ("of_too_many_runs", "{design: 1, number: 9000}", "", "360,000 runs; expected at most 20,000"),
        )
    ),
    study(
        "draws_and_a_precision",
        STUDY + "draws: {design: 1, number: 5}\nprecision: {measure: active_now, within: 5 %}\n",
        11,
        "precision",
        'does not go with "draws"',
    ),
    *(
        study(
            f"sample_{name}",
            STUDY + "draws: {sample: ../parameters/sample.csv, number: 4}\n",
            line,
            key,
            says,
            beside={"parameters/sample.csv": text},
            at="parameters/sample.csv",
        )
        for name, text, line, key, says in (
            ("of_an_unknown_parameter", "erosion.yong,weight\n9,1\n", 1, "erosion.yong", '"erosion.young"'),
            ("in_words", "erosion.young\nnine\n", 2, "erosion.young", '"nine" is no number'),
            ("out_of_range", "erosion.young\n9\n-9\n", 3, "erosion.young", "-9"),
            ("without_weight", "erosion.young,weight\n9,0\n", None, "weight", "all weights are 0"),
            ("without_rows", "erosion.young,weight\n", None, "", "there is no row"),
        )
    ),
    study(
        "precision_and_seeds",
        STUDY + "seeds: 30\nprecision: {measure: active_now, within: 5 %}\n",
        10,
        "seeds",
        "expected one of the two",
    ),
]

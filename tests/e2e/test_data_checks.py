"""Every kind of rule in `check`: what passes, what stops the run, and what is said of the first offending rows."""

from program import FINDINGS, OK, ProgramTest

CHECKED = """edition 1

seeds 1..2

data people = csv("people.csv") STEPS{
  left:   category target positive "yes"
  plan:   category
  mail:   text
  joined: date
  ended:  date     optional
  age:    numeric  optional
}

check people {
  RULE
}

split people {
  test  20% stratified
  folds 3   stratified
}

pipeline prep {
  plan -> one_hot
}

model logit = prep -> logistic()

evaluate logit {
  metrics accuracy
}
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        lines = ["left,plan,mail,joined,ended,age"]
        for i in range(60):
            ended = f"2024-03-{i % 28 + 1:02}" if i % 3 == 0 else ""
            age = "" if i % 10 == 9 else str(20 + i)
            lines.append(f"{'yes' if i % 4 == 0 else 'no'},{['basic', 'pro'][i % 2]},p{i}@example.org,2024-01-{i % 28 + 1:02},{ended},{age}")
        lines[5] = lines[5].replace("p4@example.org", "nobody").replace("basic", "gold")  # row 6 of the file: the header is row 1
        lines[8] = lines[8].replace("p7@", "p6@")  # two rows share an address
        lines[13] = lines[13].replace("2024-03-13", "2023-12-31")  # ended before joined
        self.write("people.csv", "\n".join(lines) + "\n")

    def check(self, rule, steps="", code=FINDINGS):
        self.write("people.mlp", CHECKED.replace("RULE", rule).replace("STEPS", steps))
        return self.mlpc("run", "people.mlp", code=code).text

    def assert_passes(self, *rules):
        self.assertNotIn("R10", self.check("\n  ".join(rules), code=OK))

    def assert_fails(self, rule, *said, steps=""):
        text = self.check(rule, steps)
        self.assertIn(f"error[R102]: the check `{rule}` fails", text)
        self.assertIn("people.mlp:15:3", text, "the rule's own line")
        for part in said:
            self.assertIn(part, text)

    def test_what_holds_passes(self):
        self.assert_passes('rows in 50..100', 'missing(age) <= 10%', 'share(left == "yes") in 20%..30%', "age in 0..120", "unique(mail, joined)",
                           'count(plan == "gold") == 1', "classes(plan) == 3", "mean(age) in 40..60", "median(age) > 30", "sd(age) > 1",
                           "min(age) >= 20 and max(age) <= 79", 'mail matches "[a-z0-9@.]+"', "is_missing(age) or age >= 18",
                           "joined >= 2024-01-01")

    def test_row_counts(self):
        self.assert_fails("rows >= 1_000", "rows is 60, the rule asks for at least 1000")

    def test_shares_of_missing_cells(self):
        self.assert_fails("missing(age) <= 5%", "missing(age) is 10 %, the rule allows at most 5 %")

    def test_shares_of_classes(self):
        self.assert_fails('share(left == "yes") in 30%..50%', "is 25 %, the rule allows 30 % to 50 %")

    def test_ranges_name_the_first_rows(self):
        self.assert_fails("age in 0..70", "8 rows, first rows 53, 54, 55, 56, 57 (row 53: age is 71;")

    def test_sets(self):
        self.assert_fails('plan in {"basic", "pro"}', "1 row, first row 6 (row 6: plan is \"gold\")")

    def test_patterns(self):
        self.assert_fails('mail matches ".+@.+"', "1 row, first row 6 (row 6: mail is \"nobody\")")

    def test_uniqueness(self):
        self.assert_fails("unique(mail)", "2 rows, first rows 8, 9 (1 value occurs more than once, for instance \"p6@example.org\" in rows 8 and 9)")

    def test_conditions_across_columns(self):
        self.assert_fails("ended >= joined", "1 row, first row 14 (row 14: ended is 2023-12-31, joined is 2024-01-13)")

    def test_logic_and_functions(self):
        self.assert_fails('plan != "gold" or contains(mail, "@")', "1 row, first row 6")
        self.assert_fails("days_between(joined, ended) >= 0", "first row 14")

    def test_statistics_of_a_column(self):
        self.assert_fails("mean(age) < 40", "mean(age) is 4", "the rule asks for less than 40")

    def test_rows_are_those_of_the_file_also_behind_steps(self):
        self.assert_fails("ended >= joined", "first row 14", steps='-> filter(plan == "basic") -> derive(half: age / 2) ')

    def test_a_rule_may_warn_only(self):
        text = self.check("age in 0..70 else warn", code=OK)
        self.assertIn("warning[R103]: the check `age in 0..70` fails: 8 rows", text)

    def test_all_failures_are_told_in_one_run(self):
        text = self.check('rows > 100\n  plan in {"basic", "pro"}')
        self.assertEqual(text.count("error[R102]"), 2)

"""`first`: points to try before those of the method, of which parts may be left open."""

from program import ProgramTest

EXPERIMENT = """edition 1

seeds 1..2

objective f(x in -5.0..10.0, kind: a(shift in 0.0..1.0) | b(turns in 1..9)) = (x - 1)^2 + if(missing(shift), 0.3, shift) + if(missing(turns), 0.1, turns)
"""

SEARCH = """
search {name} over f {{
  method   {method}
  first    [{{x: 2.0}}, {{shift: 0.25}}, {{kind: b, x: 3.0, turns: 7}}, {{}}]
  where    x < 4
  minimize value
}}
"""

WHOLE_TRIALS = ["anneal", "auto", "cma_es", "gp", "halton", "latin_hypercube", "mix", "nsga2", "random", "sobol", "surrogate_forest", "tpe"]


class Tests(ProgramTest):
    def searches(self, methods):
        self.write("first.mlp", EXPERIMENT + "".join(SEARCH.format(name=f"by_{name}", method=f"{name}(trials: 8)") for name in methods))

    def test_what_is_given_is_tried_and_the_rest_is_drawn(self):
        self.searches(WHOLE_TRIALS)
        run = self.run_json("first.mlp", "--jobs", "2")
        drawn = set()
        for search in run["searches"]:
            for seed in search["seeds"]:
                points = [dict((p["name"], p["value"]) for p in trial["params"]) for trial in seed["trials"]]
                name = search["name"]
                self.assertEqual(float(points[0]["x"]), 2.0, name)
                self.assertEqual((points[1]["kind"], float(points[1]["kind.a.shift"])), ("a", 0.25), name)
                self.assertEqual(points[2], {"x": points[2]["x"], "kind": "b", "kind.b.turns": "7"}, name)
                self.assertTrue(all(float(point["x"]) < 4 for point in points), name)
                self.assertEqual([trial["failure"] for trial in seed["trials"] if trial["failure"]], [], name)
                drawn.add(points[1]["x"])
        self.assertEqual(len(drawn), 2 * len(WHOLE_TRIALS), "each search and seed draws for itself")
        self.assertEqual(run["journal"], self.run_json("first.mlp", "--jobs", "1", folder=self.fresh_copy())["journal"])

    def test_what_no_draw_can_complete_is_said(self):
        self.searches(["random"])
        text = (self.folder / "first.mlp").read_text(encoding="utf-8")
        self.write("first.mlp", text.replace("{x: 2.0}", "{x: 5.0}"))
        self.assert_says(self.mlpc("run", "first.mlp", code={1, 2}), "x=5", "breaks `where`")

"""tabular_mlp, cnn, resnet and text_cnn on data that others have measured too, and what every model of them must keep."""

import random

from program import ProgramTest, comparable

PENGUINS = """edition 1

seed 1

data penguins = csv("penguins.csv") {
  species:       category target
  island:        category
  bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g: numeric optional
  sex:           category optional
  ignore         year
}

split penguins {
  test  20% stratified seed 7
  folds 3   stratified
}

pipeline prep {
  numeric  -> impute(median)
  category -> impute(most_frequent)
}

model net = prep -> tabular_mlp(units: 32, epochs: 40, batch: 16)

evaluate net {
  metrics accuracy
}
"""

DIGITS = """edition 1

seed 1

data digits = csv("digits.csv.gz") {
  matching "pixel_.*": numeric
  digit:               category target
}

split digits {
  test  25% stratified seed 1
  folds 3   stratified
}

model net = MODEL

evaluate net {
  metrics accuracy
}
"""

REVIEWS = """edition 1

seed 1

data reviews = csv("reviews.csv") {
  liked:  category target
  review: text optional
}

split reviews {
  test  30% stratified seed 1
  folds 3   stratified
}

model net   = text_cnn(embedding: 16, filters: 16, length: 12, kernel: 1, dropout: 0.1, rate: 0.01, epochs: 15, batch: 32)
model words = count_words() -> logistic()

evaluate net {
  metrics accuracy
}

evaluate words {
  metrics accuracy
}
"""

DIABETES = """edition 1

seed 1

data diabetes = csv("diabetes.csv") {
  others:      numeric
  progression: numeric target
}

split diabetes {
  test  25% shuffled seed 1
  folds 3   shuffled
}

model net = tabular_mlp(units: 32, layers: 1, dropout: 0.3, weight_decay: 0.1, epochs: 40, batch: 32)

evaluate net {
  metrics r2
}
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        if not self.has_networks():
            self.skipTest("this build has no module for networks: ./setup networks")

    # The tested scores of the run's evaluations, in order.
    def tested(self, name, **options):
        return [self.score(search) for search in self.run_json(name, **options)["searches"]]

    def score(self, search):
        [score] = search["seeds"][0]["test_scores"].values()
        return score

    def test_tabular_mlp_knows_penguins(self):
        self.copy_data("penguins.csv")
        self.write("penguins.mlp", PENGUINS)
        self.assertGreater(self.tested("penguins.mlp")[0], 0.95)  # the largest class is 0.44

    def test_tabular_mlp_predicts_numbers(self):
        self.copy_data("diabetes.csv")
        self.write("diabetes.mlp", DIABETES)
        self.assertGreater(self.tested("diabetes.mlp")[0], 0.35)  # scikit-learn's LinearRegression: 0.4 to 0.5

    def test_cnn_knows_digits(self):
        self.copy_data("digits.csv.gz")
        self.write("digits.mlp", DIGITS.replace("MODEL", "cnn(filters: 16, dense: 32, dropout: 0.1, epochs: 12, rate: 0.003)"))
        self.assertGreater(self.tested("digits.mlp")[0], 0.97)

    def test_resnet_knows_digits(self):
        self.copy_data("digits.csv.gz")
        self.write("digits.mlp", DIGITS.replace("MODEL", "resnet(n: 1, filters: 8, epochs: 10, drop_every: 8, batch: 64)"))
        self.assertGreater(self.tested("digits.mlp")[0], 0.96)

    # Whether "good" stands behind "not": the words alone do not tell.
    def test_text_cnn_reads_the_order_of_words(self):
        draw = random.Random(1)
        lines = ["review,liked"]
        for row in range(600):
            liked = row % 2 == 0
            words = draw.choices("the a film plot actors music was and very".split(), k=5)
            at = draw.randrange(5)
            told = ["good", "bad"] if liked else ["bad", "good"]
            words[at:at] = ["not", told[1], "but", told[0]]
            lines.append(f"{' '.join(words) if row else ''},{'yes' if liked else 'no'}")
        self.write("reviews.csv", "\n".join(lines) + "\n")
        self.write("reviews.mlp", REVIEWS)
        net, words = self.tested("reviews.mlp")
        self.assertGreater(net, 0.95)
        self.assertLess(words, 0.7)

    def test_all_in_default_is_a_space(self):
        self.copy_data("penguins.csv")
        searched = PENGUINS.replace("tabular_mlp(units: 32, epochs: 40, batch: 16)", "tabular_mlp(all in default)")
        searched = searched.replace("evaluate net", "search best over net {\n  method   random(trials: 4)\n  maximize accuracy\n}\n\nevaluate best")
        self.write("penguins.mlp", searched)
        run = self.run_json("penguins.mlp")
        counts = run["searches"][0]["reading"]["counts"]
        self.assertEqual((counts["trials"], counts["failed"]), (4, 0))
        self.assertGreater(self.score(run["searches"][0]), 0.9)

    def test_same_bits_on_one_job_and_on_four(self):
        self.copy_data("penguins.csv")
        searched = PENGUINS.replace("units: 32, epochs: 40", "units in 8..32, dropout in 0.0..0.5, stop_early: 3, epochs: 6")
        searched = searched.replace("evaluate net", "search best over net {\n  method   random(trials: 6)\n  maximize accuracy\n}\n\nevaluate best")
        self.write("penguins.mlp", searched)
        one = self.run_json("penguins.mlp", "--jobs", "1")
        four = self.run_json("penguins.mlp", "--jobs", "4", folder=self.fresh_copy())
        self.assertEqual(one["journal"], four["journal"])
        self.assertEqual(comparable(one)["searches"], comparable(four)["searches"])


"""What the program says of itself: help, explanations, the catalog."""

from program import ROOT, USAGE, ProgramTest

STDLIB = {
    "steps": "impute scale one_hot ordinal derive log1p clip filter drop_duplicates sample pca select_k_best polynomial oversample",
    "models": "dummy linear ridge logistic knn gaussian_nb decision_tree random_forest network tabular_mlp cnn text_cnn resnet",
    "metrics": "accuracy balanced_accuracy mcc f1 precision recall roc_auc log_loss confusion rmse mae r2",
    "searchers": "auto manual grid random tpe anneal mix sobol halton latin_hypercube cma_es evolution nsga2 gp surrogate_forest surrogate_boosting successive_halving hyperband asha bohb dehb",
    "pruners": "median percentile successive_halving hyperband wilcoxon bound race",
    "layers": "dense conv depthwise_conv separable_conv max_pool average_pool global_max_pool global_average_pool batch_norm layer_norm group_norm "
              "relu leaky_relu elu selu gelu silu tanh sigmoid softplus dropout spatial_dropout noise embedding position lstm gru attention flatten "
              "residual parallel rescale image sequence tokens",
    "optimisers": "sgd adam adamw rmsprop",
    "schedules": "constant step exponential cosine one_cycle plateau",
    "losses": "cross_entropy focal mse mae huber",
    "augmentations": "flip crop rotate cutout noise mixup",
}


class Tests(ProgramTest):
    def test_help_begins_with_examples(self):
        help_text = self.mlpc("--help").stdout
        self.assertIn("mlpc run", help_text.split("\n\n")[0] + help_text.split("\n\n")[1], help_text)

    def test_help_of_every_command_shows_an_example(self):
        for command in "check fmt explain plan run results docs list describe new predict".split():
            with self.subTest(command):
                self.assert_on_stdout(self.mlpc(command, "--help"), rf"mlpc {command}")

    def test_version_is_printed(self):
        self.assert_on_stdout(self.mlpc("--version"), r"\d+\.\d+\.\d+")

    def test_every_diagnostic_is_explained(self):
        for page in sorted((ROOT / "compiler/diagnostics/explain").glob("*.md")):
            with self.subTest(page.stem):
                self.assert_on_stdout(self.mlpc("explain", page.stem), page.stem, "Fails|Fixed|mlp")

    def test_explain_l109_speaks_of_time(self):
        self.assert_on_stdout(self.mlpc("explain", "L109"), "shuffle", "forward")

    def test_explain_takes_a_code_in_lower_case(self):
        explained = self.mlpc("explain", "l109").stdout
        self.assertIn("L109", explained)
        self.assertEqual(explained, self.mlpc("explain", "L109").stdout)

    def test_explain_of_an_unknown_code_is_a_usage_error(self):
        self.assert_says(self.mlpc("explain", "L999", code=USAGE), "L999")

    def test_list_knows_the_standard_library(self):
        for kind, names in STDLIB.items():
            listed = self.mlpc("list", kind).stdout.split()
            for name in names.split():
                with self.subTest(f"{kind}: {name}"):
                    self.assertIn(name, listed)

    def test_list_takes_the_singular_too(self):
        listed = self.mlpc("list", "step").stdout
        self.assertIn("impute", listed)
        self.assertEqual(listed, self.mlpc("list", "steps").stdout)
        self.assertEqual(self.mlpc("list", "loss").stdout, self.mlpc("list", "losses").stdout)

    def test_list_of_an_unknown_kind_names_the_kinds(self):
        self.assert_says(self.mlpc("list", "fruit", code=USAGE), "steps?", "models?", "metrics?")

    def test_docs_of_every_component(self):
        for names in STDLIB.values():
            for name in names.split():
                with self.subTest(name):
                    self.assert_on_stdout(self.mlpc("docs", name), rf"\b{name}\b")

    def test_docs_show_parameters_with_defaults_and_effect(self):
        self.assert_on_stdout(self.mlpc("docs", "random_forest"), "trees", "depth", "features", "default", "supervised")

    def test_docs_of_a_misspelt_name_offer_the_nearest(self):
        self.assert_says(self.mlpc("docs", "logistc", code=USAGE), "did you mean `?logistic`?")

    def test_unknown_command_is_a_usage_error(self):
        self.mlpc("rum", "x.mlp", code=USAGE)

    def test_unknown_option_is_a_usage_error(self):
        self.mlpc("run", "--fast", "x.mlp", code=USAGE)

    def test_no_command_shows_help_as_a_usage_error(self):
        self.assert_says(self.mlpc(code=USAGE), "mlpc run")

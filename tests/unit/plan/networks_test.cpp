// A network of a file as a node of the plan: its template, what a search decides of it, its shapes, and what is said of those that do not fit.
#include "compiler/driver/winner_chain.h"
#include "runtime/core/network.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc {
namespace {

using networks::Json;

constexpr const char* data = R"(edition 1
seeds 1..2
data digits = csv("digits.csv") {
  digit: category target
  a, b:  numeric
}
split digits {
  test  20%
  folds 3
}
)";

std::string searched(const std::string& network) {
    return data + network + "search best over net {\n  method random(trials: 3)\n  maximize accuracy\n}\nevaluate best\n";
}

class Networks : public testing::Test {
protected:
    plan::Plan plan_of(const std::string& text) { return test::plan_of(directory_.write("e.mlp", text), standard_library()); }
    static const Node& model_of(const plan::Plan& plan) {
        const auto at = std::find_if(plan.nodes.begin(), plan.nodes.end(), [](const Node& node) { return node.kind == NodeKind::FitModel; });
        return *at;
    }
    static std::string architecture_of(const plan::Plan& plan) { return detail::text_of(std::get<ParamValue>(model_of(plan).params.at(0))); }
    static std::vector<std::string> dimensions_of(const plan::Plan& plan) {
        std::vector<std::string> names;
        for (const Dimension& d : plan.searches.at(0).space.dimensions) {
            names.push_back(d.name);
        }
        return names;
    }
    // The layers of the network with these values of its dimensions; those that are left out are inactive.
    static std::vector<std::string> layers_of(const plan::Plan& plan, const std::map<std::string, double>& chosen) {
        const SearchSpace& space = plan.searches.at(0).space;
        Assignment point(space.dimensions.size());
        for (std::size_t d = 0; d < point.size(); ++d) {
            const auto at = chosen.find(space.dimensions[d].name);
            EXPECT_EQ(at != chosen.end(), is_active(space, d, point)) << space.dimensions[d].name;
            point[d] = at != chosen.end() ? std::optional(at->second) : std::nullopt;
        }
        ParamValues values;
        for (const Binding& binding : model_of(plan).params) {
            const auto* open = std::get_if<DimensionId>(&binding);
            const auto value = [&] { return point[open->index] ? value_of(space.dimensions[open->index], *point[open->index]) : ParamValue{}; };
            values.push_back(open != nullptr ? value() : std::get<ParamValue>(binding));
        }
        const Json resolved = networks::resolved(Json::parse(architecture_of(plan)), values);
        std::vector<std::string> names;
        for (const Json& layer : resolved.at("inputs").at(0).at("layers")) {
            const Json& params = layer.at("params");
            names.push_back(layer.at("layer").get<std::string>() + (params.contains("units") ? " " + params.at("units").dump() : ""));
        }
        return names;
    }

    test::ScratchDirectory directory_;
};

TEST_F(Networks, OpenParametersAreDimensionsWithNamesOfTheirOwn) {
    const plan::Plan plan =
        plan_of(searched("network net {\n"
                         "  dense(units in 4..8) -> (relu | gelu)\n"
                         "  dense(units in {16, 32}) -> dense(8) -> dropout(rate in 0.1..0.5)\n"
                         "  train adam(rate in 1e-4..1e-2 log) {\n    epochs in 5..20\n    batch in {32, 64}\n"
                         "    schedule cosine\n  }\n}\n"));
    EXPECT_EQ(dimensions_of(plan), (std::vector<std::string>{"net.dense.units", "net.relu", "net.dense_2.units", "net.dropout.rate", "net.epochs",
                                                             "net.batch", "net.adam.rate"}));
    const Node& node = model_of(plan);
    std::vector<std::string> names;
    for (const ParamSpec& spec : node.component->params) {
        names.push_back(spec.name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"architecture", "epochs", "dense.units", "relu", "dense_2.units", "dropout.rate", "batch",
                                               "cosine.over", "adam.rate"}));
    EXPECT_TRUE(node.component->params[1].resource);
    // A schedule is as long as all epochs, also where a trial is given a share of them at first.
    EXPECT_EQ(node.params[1], node.params[7]);
    EXPECT_FALSE(node.component->params[7].resource);
}

TEST_F(Networks, NeitherNamesNorCommentsNorLinesAreInTheTemplate) {
    const std::string one = "network net {\n  dense(8) -> relu\n  dense(units: 4)\n}\nevaluate net\n";
    const std::string same =
        "network other {\n  # why\n  dense(units: 8)\n\n  relu() -> dense(4)\n  train adam {\n    epochs 30\n  }\n}\nevaluate other\n";
    EXPECT_EQ(architecture_of(plan_of(data + one)), architecture_of(plan_of(data + same)));
    const std::string another = "network net {\n  dense(8) -> relu\n  dense(units: 5)\n}\nevaluate net\n";
    EXPECT_NE(architecture_of(plan_of(data + one)), architecture_of(plan_of(data + another)));
}

TEST_F(Networks, WhatIsRepeatedHasTheSameParametersEachTime) {
    const plan::Plan plan = plan_of(searched("network net {\n  repeat depth in 0..3 {\n    dense(units in 4..8) -> relu\n  }\n  dense(2)\n}\n"));
    EXPECT_EQ(layers_of(plan, {{"net.depth", 2}, {"net.dense.units", 5}}),
              (std::vector<std::string>{"dense 5", "relu", "dense 5", "relu", "dense 2"}));
    EXPECT_EQ(layers_of(plan, {{"net.depth", 0}, {"net.dense.units", 5}}), (std::vector<std::string>{"dense 2"}));
}

TEST_F(Networks, EachRepeatHasParametersOfItsOwnWhereTheDepthReachesIt) {
    const plan::Plan plan = plan_of(searched("network net {\n  repeat 1..3 each {\n    dense(units in 4..8) -> (relu | none)\n  }\n}\n"));
    EXPECT_EQ(layers_of(plan, {{"net.repeat", 1}, {"net.dense.units", 4}, {"net.relu", 0}, {"net.dense_2.units", 7}, {"net.relu_2", 1}}),
              (std::vector<std::string>{"dense 4", "relu", "dense 7"}));
    EXPECT_EQ(layers_of(plan, {{"net.repeat", 0}, {"net.dense.units", 6}, {"net.relu", 1}}), (std::vector<std::string>{"dense 6"}));
}

TEST_F(Networks, WhatTheSmallestAndTheLargestLearnIsCounted) {
    const plan::Plan plan = plan_of(searched("network net {\n  dense(units in 4..8) -> relu -> dense(2)\n}\n"));
    ASSERT_EQ(plan.networks.size(), 1u);
    const plan::NetworkPlan& network = plan.networks[0];
    EXPECT_EQ(network.smallest.parameters, 2 * 4 + 4 + 4 * 2 + 2);
    EXPECT_EQ(network.largest.parameters, 2 * 8 + 8 + 8 * 2 + 2);
    ASSERT_EQ(network.smallest.rows.size(), 4u);
    EXPECT_EQ(network.smallest.rows[1].layer, "dense(4)");
    EXPECT_EQ(network.smallest.rows[1].gives, "4 numbers");
    EXPECT_EQ(network.training, "adam(0.001), 30 epochs in batches of 64");
}

TEST_F(Networks, TheChainOfAWinnerHasTheLayersThatWereChosen) {
    const std::string path = directory_.write("e.mlp", searched("network net {\n  dense(units in 4..8) -> (relu | gelu)\n"
                                                                "  repeat depth in 1..3 each {\n    dense(units in 4..8)\n  }\n"
                                                                "  train adam(rate in 1e-4..1e-2 log) {\n    epochs in 5..20\n  }\n}\n"));
    const Compilation c = compile(path, standard_library(), {}, CompileFor::Run);
    ASSERT_TRUE(c.plan);
    TrialRecord winner;
    winner.model = "net";
    winner.params = {{"net.dense.units", "5"},       {"net.relu", "gelu"},       {"net.depth", "2"},
                     {"net.dense_2.units", "6"},     {"net.dense_3.units", "7"}, {"net.epochs", "12"},
                     {"net.adam.rate", "0.00123456"}};
    EXPECT_EQ(winner_chain(c.files, c.plan->searches.at(0), winner),
              (std::vector<std::string>{"network net", "  dense(units: 5) -> gelu", "  repeat 2", "    -", "      dense(units: 6)", "    -",
                                        "      dense(units: 7)", "  train adam(rate: 0.001235) { epochs 12 }"}));
}

TEST_F(Networks, ALayerThatDoesNotFitIsShownWithWhatLeadsThere) {
    const std::string path = directory_.write("e.mlp", searched("network net {\n  image(1, 2)\n  conv(channels in {6, 8, 16})\n"
                                                                "  conv(4, groups: 4)\n  flatten\n}\n"));
    const Compilation c = compile(path, standard_library(), {}, CompileFor::Run);
    ASSERT_EQ(c.diags.all().size(), 1u);
    const Diagnostic& d = c.diags.all().front();
    EXPECT_EQ(d.kind.code, std::string("X160"));
    const auto text = [&](Span span) { return c.sources.text(span.file).substr(span.begin, span.end - span.begin); };
    EXPECT_EQ(text(d.span), "conv(4, groups: 4)");
    ASSERT_EQ(d.labels.size(), 2u);
    EXPECT_EQ(text(d.labels[0].span), "conv(channels in {6, 8, 16})");
    EXPECT_EQ(text(d.labels[1].span), "{6, 8, 16}");
    EXPECT_EQ(d.labels[1].text, "where this is 6");
}

}  // namespace
}  // namespace mlpc

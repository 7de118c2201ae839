// Layers give what they say, learn as many parameters as they say, and refuse in a sentence what does not fit.
#include "stdlib/networks/build_network.h"
#include "stdlib/networks/fitted_network.h"
#include "tests/conformance/catalog_row.h"

namespace mlpc::conformance {
namespace {

using networks::Json;
using networks::layer;
using Kind = TensorShape::Kind;

const TensorShape inputs[] = {{Kind::Numbers, {784}},      {Kind::Codes, {2}},         {Kind::Texts, {1}},
                              {Kind::Image, {12, 12, 16}}, {Kind::Sequence, {12, 16}}, {Kind::Tokens, {12, 50}}};

class Layer : public CatalogRow {
protected:
    // With chains, each gives what comes in.
    std::variant<LayerShape, std::string> shape(const ParamValues& params, const TensorShape& in) const {
        return info().layer_shape(params, in, std::vector<TensorShape>(info().least_chains, in));
    }
};

TEST_P(Layer, FitsOrSaysWhyNot) {
    std::size_t taken = 0;
    for (const TensorShape& in : inputs) {
        const auto given = shape(info().default_params(), in);
        if (const auto* why = std::get_if<std::string>(&given)) {
            EXPECT_NE(why->find(':'), std::string::npos) << "no remedy: " << *why;
            EXPECT_TRUE(why->find(to_string(in)) != std::string::npos || why->find(std::to_string(in.extents[0])) != std::string::npos)
                << "it does not say what comes in: " << *why;
            continue;
        }
        ++taken;
        const auto& [out, parameters] = std::get<LayerShape>(given);
        EXPECT_FALSE(out.extents.empty());
        EXPECT_GE(out.cells(), 1);
        EXPECT_GE(parameters, TensorShape::unknown);
    }
    EXPECT_GT(taken, 0u);
}

// What is not known yet is no mistake, and what is said all the same holds when it is known.
TEST_P(Layer, KnowsLessWhereLessIsKnown) {
    for (const TensorShape& in : inputs) {
        const auto given = shape(info().default_params(), in);
        TensorShape blurred = in;
        blurred.extents.back() = TensorShape::unknown;
        const auto guessed = shape(info().default_params(), blurred);
        if (!std::holds_alternative<LayerShape>(given)) {
            continue;
        }
        ASSERT_TRUE(std::holds_alternative<LayerShape>(guessed)) << std::get<std::string>(guessed);
        const auto& [out, parameters] = std::get<LayerShape>(given);
        const auto& [guess, guessed_parameters] = std::get<LayerShape>(guessed);
        EXPECT_EQ(guess.kind, out.kind);
        ASSERT_EQ(guess.extents.size(), out.extents.size());
        for (std::size_t i = 0; i < out.extents.size(); ++i) {
            EXPECT_TRUE(guess.extents[i] == TensorShape::unknown || guess.extents[i] == out.extents[i]) << "extent " << i;
        }
        EXPECT_TRUE(guessed_parameters == TensorShape::unknown || guessed_parameters == parameters);
    }
}

// --- as it is built -----------------------------------------------------------------------------------------------

Frame columns_for(Kind kind) {
    constexpr std::size_t rows = 12;
    Rng rng = Rng::of_seed(1);
    if (kind == Kind::Codes || kind == Kind::Texts) {
        std::vector<std::string> cells;
        for (std::size_t row = 0; row < rows; ++row) {
            cells.push_back(rng.below(2) == 0 ? "one two three" : "two four");
        }
        const ColumnType type = kind == Kind::Codes ? ColumnType::Category : ColumnType::Text;
        return Frame({Column::of_texts("a", cells, type), Column::of_texts("b", cells, type)}, rows);
    }
    Matrix cells(static_cast<Eigen::Index>(rows), 16);
    for (double& cell : cells.reshaped()) {
        cell = rng.normal();
    }
    std::vector<std::string> names;
    for (int c = 1; c <= 16; ++c) {
        names.push_back(fmt::format("x{}", c));
    }
    return Frame::from_matrix(cells, names);
}

// Layers that make an input of this kind from columns.
std::vector<Json> before(const TensorShape& in) {
    switch (in.kind) {
        case Kind::Numbers:
            return {layer("dense", {{"units", 784}})};
        case Kind::Image:
            return {layer("dense", {{"units", 144}}), layer("image", {{"height", 12}, {"width", 12}}), layer("conv", {{"channels", 16}})};
        case Kind::Sequence:
            return {layer("dense", {{"units", 192}}), layer("sequence", {{"steps", 12}})};
        case Kind::Tokens:
            return {layer("tokens", {{"length", 12}, {"least", 1}})};
        case Kind::Codes:
        case Kind::Texts:
            break;
    }
    return {};
}

std::vector<Json> after(const TensorShape& out) {
    if (out.kind == Kind::Tokens) {
        return {layer("embedding"), layer("flatten")};
    }
    return {layer("flatten")};
}

std::int64_t counted(const Json& layers, const Json& levels) {
    std::int64_t count = 0;
    for (const Json& one : layers) {
        const auto own = one.at("parameters").get<std::int64_t>();
        if (own == TensorShape::unknown) {  // an embedding of categories: a table for each column, with a row for what was never seen
            for (const Json& level_count : levels) {
                count += (level_count.get<std::int64_t>() + 1) * one.at("params").at("size").get<std::int64_t>();
            }
        } else {
            count += own;
        }
        for (const Json& chain : one.at("chains")) {
            count += counted(chain, levels);
        }
    }
    return count;
}

// The library builds what the catalog describes, from each input that the layer takes: shapes fit, and the parameters are as many.
TEST_P(Layer, IsBuiltAsItIsDescribed) {
    if (const std::string why = why_no_networks(); !why.empty()) {
        GTEST_SKIP() << why;
    }
    for (const TensorShape& in : inputs) {
        const auto given = shape(info().default_params(), in);
        if (!std::holds_alternative<LayerShape>(given)) {
            continue;
        }
        std::vector<Json> layers = before(in);
        std::vector<Json> chains(info().least_chains, Json::array({layer("relu")}));
        layers.push_back(layer(info().name, Json::object(), chains));
        for (Json& next : after(std::get<LayerShape>(given).out)) {
            layers.push_back(std::move(next));
        }
        const Json network =
            networks::network({networks::input_of_all(layers)}, Json::array(), {.optimiser = networks::part("adam"), .epochs = 1, .batch = 5});
        const Frame x = columns_for(in.kind == Kind::Tokens ? Kind::Texts : in.kind);
        const Target y = make_target(Task::Binary, x.rows(), 3);
        FitContext context{.rng = Rng::of_seed(1)};
        const auto fitted = networks::make_network_model(network, info().name)->fit(x, y, context);
        const auto& trained = dynamic_cast<const networks::FittedNetwork&>(*fitted);
        EXPECT_EQ(trained.predict(x).probabilities.rows(), static_cast<Eigen::Index>(x.rows()));

        const Json& input = trained.description().at("inputs").at(0);
        const auto width = trained.description().at("out").at("extents").at(0).get<std::int64_t>();
        EXPECT_EQ(trained.network().parameters(), counted(input.at("layers"), input.value("levels", Json::array())) + 2 * (width + 1))
            << to_string(in);
    }
}

INSTANTIATE_TEST_SUITE_P(Catalog, Layer, testing::ValuesIn(names_where([](const ComponentInfo& row) {
                             return row.kind == ComponentKind::Layer && !is_built_on_a_source(row);
                         })),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace mlpc::conformance

#include "runtime/core/param.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <random>

namespace mlpc {
namespace param_test {

enum class Strategy { Mean, Median };
struct ImputeParams {
    bool indicator = false;
    std::int64_t count = 3;
    double alpha = 1.0;
    Strategy strategy = Strategy::Median;
    std::string prefix = "p_";
    std::string solver = "exact";
    Interval bounds = {0, 1};
    WordOrReal features = {"sqrt", 0};
    std::optional<std::int64_t> depth;
    std::optional<double> ratio = 0.5;
    std::vector<ParamValue> list = {{std::int64_t{1}}, {Word{"a"}}};
};

Schema<ImputeParams> impute_schema() {
    return {
        field(&ImputeParams::indicator, {.name = "indicator", .doc = "Whether"}),
        field(&ImputeParams::count, {.name = "count", .doc = "How many"}),
        field(&ImputeParams::alpha, {.name = "alpha", .doc = "How much"}),
        field(&ImputeParams::strategy, {.name = "strategy", .doc = "Which", .words = {"mean", "median"}}),
        field(&ImputeParams::prefix, {.name = "prefix", .doc = "What"}),
        field(&ImputeParams::solver, {.name = "solver", .doc = "How", .words = {"exact", "fast"}}),
        field(&ImputeParams::bounds, {.name = "bounds", .doc = "Where"}),
        field(&ImputeParams::features, {.name = "features", .doc = "Which", .words = {"sqrt", "log2"}}),
        field(&ImputeParams::depth, {.name = "depth", .doc = "How deep"}),
        field(&ImputeParams::ratio, {.name = "ratio", .doc = "How much"}),
        field(&ImputeParams::list, {.name = "list", .doc = "Which"}),
    };
}

std::string text(double number) { return ParamValue{number}.to_string(); }

TEST(ParamValue, IntegersAndRealsDiffer) {
    EXPECT_EQ(ParamValue{std::int64_t{20}}.to_string(), "20");
    EXPECT_EQ(text(20.0), "20.0");
    EXPECT_FALSE(ParamValue{std::int64_t{20}} == ParamValue{20.0});
    EXPECT_TRUE(ParamValue{20.0} == ParamValue{20.0});
}

TEST(ParamValue, RealsAreShortestAndReadBack) {
    EXPECT_EQ(text(0.1), "0.1");
    EXPECT_EQ(text(1e-4), "0.0001");
    EXPECT_EQ(text(1e-5), "1e-5");
    EXPECT_EQ(text(1e20), "1e20");
    EXPECT_EQ(text(2.5e-10), "2.5e-10");
    EXPECT_EQ(text(1e100), "1e100");
    EXPECT_EQ(text(-3.0), "-3.0");
    EXPECT_EQ(text(0.0), "0.0");
    std::mt19937_64 bits(7);
    for (int i = 0; i < 20'000; ++i) {
        const auto number = std::bit_cast<double>(bits());
        if (!std::isfinite(number)) {
            continue;
        }
        const std::string written = text(number);
        EXPECT_EQ(std::strtod(written.c_str(), nullptr), number) << written;
        EXPECT_NE(written.find_first_of(".e"), std::string::npos) << written;
    }
}

TEST(ParamValue, EveryKindAsItStandsInAFile) {
    EXPECT_EQ(ParamValue{}.to_string(), "none");
    EXPECT_EQ(ParamValue{true}.to_string(), "true");
    EXPECT_EQ(ParamValue{Word{"median"}}.to_string(), "median");
    EXPECT_EQ(ParamValue{std::string("a \"b\" \\ \n")}.to_string(), R"("a \"b\" \\ \n")");
    EXPECT_EQ((ParamValue{Interval{0, 1}}.to_string()), "0..1");
    EXPECT_EQ((ParamValue{Interval{0.05, 0.95}}.to_string()), "0.05..0.95");
    EXPECT_EQ((ParamValue{Interval{0, std::numeric_limits<double>::infinity()}}.to_string()), "0..");
    EXPECT_EQ((ParamValue{std::vector<ParamValue>{{std::int64_t{1}}, {Word{"a"}}, {std::string("b")}, {2.0}}}.to_string()), "[1, a, \"b\", 2.0]");
    EXPECT_EQ(ParamValue{std::vector<ParamValue>{}}.to_string(), "[]");
}

TEST(ParamValue, ExpressionsAreEqualByTheirText) {
    const auto number = [](double value) {
        Expression e;
        e.number = value;
        return ParamValue{std::make_shared<const Expression>(e)};
    };
    EXPECT_TRUE(number(2) == number(2));
    EXPECT_FALSE(number(2) == number(3));
}

TEST(ParamValue, WordsAndTextsDiffer) { EXPECT_FALSE(ParamValue{Word{"a"}} == ParamValue{std::string("a")}); }

TEST(Schema, DefaultsAreTheMemberInitialisers) {
    const auto schema = impute_schema();
    std::vector<std::string> defaults;
    for (const auto& f : schema) {
        defaults.push_back(f.spec.fallback.to_string());
    }
    EXPECT_EQ(defaults, (std::vector<std::string>{"false", "3", "1.0", "median", "\"p_\"", "exact", "0..1", "sqrt", "none", "0.5", "[1, a]"}));
    EXPECT_EQ(schema[5].spec.type, ParamType::Word);
    EXPECT_EQ(schema[4].spec.type, ParamType::Text);
    EXPECT_EQ(schema[8].spec.type, ParamType::OptionalInteger);
}

TEST(Schema, ReadsEveryMember) {
    const ParamValues values = {{true},
                                {std::int64_t{9}},
                                {std::int64_t{2}},
                                {Word{"mean"}},
                                {std::string("q")},
                                {Word{"fast"}},
                                {Interval{2, 3}},
                                {0.25},
                                {std::int64_t{12}},
                                {},
                                {std::vector<ParamValue>{}}};
    const auto params = read_params(impute_schema(), values);
    EXPECT_TRUE(params.indicator);
    EXPECT_EQ(params.count, 9);
    EXPECT_EQ(params.alpha, 2.0);  // an integer literal where a real is wanted
    EXPECT_EQ(params.strategy, Strategy::Mean);
    EXPECT_EQ(params.prefix, "q");
    EXPECT_EQ(params.solver, "fast");
    EXPECT_EQ(params.bounds, (Interval{2, 3}));
    EXPECT_TRUE(params.features.word.empty());
    EXPECT_EQ(params.features.number, 0.25);
    EXPECT_EQ(params.depth, 12);
    EXPECT_FALSE(params.ratio.has_value());
    EXPECT_TRUE(params.list.empty());
}

}  // namespace param_test
}  // namespace mlpc

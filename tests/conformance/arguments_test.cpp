// What the catalog says of parameters is what the compiler holds a file to.
#include "compiler/driver/compile.h"
#include "tests/compiled_experiment.h"
#include "tests/conformance/catalog_row.h"

#include <cmath>

namespace mlpc::conformance {
namespace {

class Arguments : public CatalogRow {
protected:
    // Codes of the findings in a file that gives the parameter this value.
    std::vector<std::string> codes_for(const ParamSpec& spec, const std::string& value) const {
        const test::ScratchDirectory directory;
        const std::string text = fmt::format(
            "edition 1\n\nseed 1\n\ndata d = csv(\"d.csv\") {{\n  y: category target\n  a, b: numeric\n}}\n\n"
            "split d {{\n  test 20% seed 1\n  folds 3\n}}\n\nmodel base = dummy()\n\n{}\n",
            use_with(fmt::format("{}: {}", spec.name, value)));
        std::vector<std::string> codes;
        for (const Diagnostic& d : compile(directory.write("x.mlp", text), standard_library(), {}, CompileFor::Check).diags.sorted()) {
            codes.emplace_back(d.kind.code);
        }
        return codes;
    }

private:
    std::string use_with(const std::string& argument) const {
        const std::string models = info().most_learners > 0   ? "base, "
                                   : info().least_chains == 1 ? "relu, "
                                   : info().least_chains > 1  ? "relu, tanh, "
                                                              : "";
        const std::string call = fmt::format("{}({}{}){}", info().name, models, argument, info().final_learner ? " with dummy()" : "");
        switch (info().kind) {
            case ComponentKind::Step:
                return fmt::format("model m = {} -> dummy()", call);
            case ComponentKind::Model:
                return fmt::format("model m = {}", call);
            case ComponentKind::Metric:
                return fmt::format("evaluate base {{\n  metrics {}\n}}", call);
            case ComponentKind::Searcher:
                return fmt::format("search s over base {{\n  method {}\n  maximize accuracy\n}}", call);
            case ComponentKind::Pruner:
                return fmt::format("search s over base {{\n  method random\n  prune {}\n  maximize accuracy\n}}", call);
            case ComponentKind::Layer:
                return in_network(call, "train adam");
            case ComponentKind::Optimiser:
                return in_network("relu", "train " + call);
            case ComponentKind::Schedule:
                return in_network("relu", fmt::format("train adam {{\n    schedule {}\n  }}", call));
            case ComponentKind::Loss:
                return in_network("relu", fmt::format("train adam {{\n    loss {}\n  }}", call));
            case ComponentKind::Augmentation:
                return in_network("relu", fmt::format("train adam {{\n    augment {}\n  }}", call));
            case ComponentKind::Source:
            case ComponentKind::Splitter:
            case ComponentKind::Pretrained:
                break;
        }
        return "";
    }
    static std::string in_network(const std::string& layers, const std::string& training) {
        return fmt::format("network net {{\n  {}\n  {}\n}}\n\nmodel m = net", layers, training);
    }
};

std::string written(const ParamSpec& spec, double value) {
    if (spec.type == ParamType::Interval) {
        return fmt::format("{}..{}", value, value);
    }
    const bool is_integer = spec.type == ParamType::Integer || spec.type == ParamType::OptionalInteger;
    return is_integer ? fmt::format("{:.0f}", value) : fmt::format("{:.17g}", value);
}

bool takes_numbers(const ParamSpec& spec) {
    return spec.type == ParamType::Integer || spec.type == ParamType::Real || spec.type == ParamType::OptionalInteger ||
           spec.type == ParamType::OptionalReal || spec.type == ParamType::WordOrReal || spec.type == ParamType::Interval;
}

TEST_P(Arguments, BeyondTheirRangesAreRefused) {
    const auto refused = [&](const ParamSpec& spec, double value) {
        const std::vector<std::string> codes = codes_for(spec, written(spec, value));
        return std::find(codes.begin(), codes.end(), diag::OutOfRange.code) != codes.end();
    };
    for (const ParamSpec& spec : info().params) {
        if (!takes_numbers(spec)) {
            continue;
        }
        if (std::isfinite(spec.valid.low)) {
            EXPECT_TRUE(refused(spec, spec.valid.low - 1)) << spec.name << " below its range";
            EXPECT_EQ(refused(spec, spec.valid.low), spec.valid.open_low) << spec.name << " at the lower end";
        }
        if (std::isfinite(spec.valid.high)) {
            EXPECT_TRUE(refused(spec, spec.valid.high + 1)) << spec.name << " above its range";
            EXPECT_EQ(refused(spec, spec.valid.high), spec.valid.open_high) << spec.name << " at the upper end";
        }
    }
}

TEST_P(Arguments, OfTheWrongTypeAreRefused) {
    for (const ParamSpec& spec : info().params) {
        if (spec.type == mlpc::ParamType::Expression || spec.type == mlpc::ParamType::List) {
            continue;
        }
        const std::vector<std::string> codes = codes_for(spec, spec.type == mlpc::ParamType::Text ? "true" : "\"text\"");
        EXPECT_NE(std::find(codes.begin(), codes.end(), diag::WrongType.code), codes.end()) << spec.name;
    }
}

TEST_P(Arguments, AtTheirDefaultsMakeTheComponent) {
    const ParamValues values = info().default_params();
    int makers = 0;
    const auto made = [&](auto&& object) {
        ++makers;
        EXPECT_NE(object, nullptr);
    };
    const std::vector<NamedExpression> none;
    if (info().make_step) {
        made(info().make_step(values, none));
    }
    if (info().make_resampler) {
        made(info().make_resampler(values));
    }
    if (info().make_model) {
        made(info().make_model(values));
    }
    if (info().make_metric) {
        made(info().make_metric(values));
    }
    if (info().make_table_metric) {
        made(info().make_table_metric(values));
    }
    const bool elsewhere = info().make_row_selector || info().make_backward || info().make_learner_step || info().make_combination ||
                           info().make_splitter || info().make_searcher || info().make_pruner || info().kind == ComponentKind::Source ||
                           is_part_of_network(info());
    EXPECT_TRUE(makers > 0 || elsewhere) << "nothing makes it";
}

INSTANTIATE_TEST_SUITE_P(Catalog, Arguments, testing::ValuesIn(names_where([](const ComponentInfo& row) {
                             const bool is_called = row.kind != ComponentKind::Source && row.kind != ComponentKind::Splitter;
                             return is_called && !is_built_on_a_source(row) && row.name != "network";  // which files declare, and do not call
                         })),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace mlpc::conformance

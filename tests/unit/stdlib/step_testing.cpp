#include "tests/unit/stdlib/step_testing.h"

#include "runtime/core/error.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {

namespace {

ParamValue param_of(const ParamSpec& spec, const Json& value) {
    if (value.is_boolean()) {
        return {value.get<bool>()};
    }
    if (value.is_string()) {
        return spec.words.empty() ? ParamValue{value.get<std::string>()} : ParamValue{Word{value.get<std::string>()}};
    }
    if (value.is_array()) {
        return {Interval{value[0].get<double>(), value[1].get<double>()}};
    }
    return value.is_number_integer() ? ParamValue{value.get<std::int64_t>()} : ParamValue{value.get<double>()};
}

}  // namespace

const ComponentInfo& step_info(const std::string& name) { return *standard_library().find(ComponentKind::Step, name); }

ParamValues params_of(const ComponentInfo& info, const Json& given) {
    ParamValues values = info.default_params();
    for (const auto& [name, value] : given.items()) {
        const std::size_t p = info.find_param(name);
        values.at(p) = param_of(info.params[p], value);
    }
    return values;
}

std::unique_ptr<FittedStep> fit_step(const std::string& name, const Frame& x, const Json& given, const Target* y,
                                     const std::vector<NamedExpression>& named, std::uint64_t seed) {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr};
    const ComponentInfo& info = step_info(name);
    return info.make_step(params_of(info, given), named)->fit(x, y, context);
}

Sample resample(const std::string& name, const Frame& x, const Target& y, const Json& given, std::uint64_t seed) {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr};
    const ComponentInfo& info = step_info(name);
    return info.make_resampler(params_of(info, given))->resample(x, y, context);
}

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const RunError& error) {
        return error.what();
    }
    return "no RunError";
}

std::vector<std::byte> state_of_step(FittedStep& step) {
    Archive writer = Archive::writer();
    step.archive(writer);
    return {writer.bytes().begin(), writer.bytes().end()};
}

Frame one_column(std::vector<double> cells) {
    const std::size_t rows = cells.size();
    return {{Column::of_numbers("x", std::move(cells))}, rows};
}

Frame one_category(const std::vector<std::string>& cells) { return {{Column::of_texts("c", cells)}, cells.size()}; }

Frame table_of(const Json& columns) {
    std::vector<Column> made;
    for (const Json& cells : columns) {
        const std::string name = fmt::format("x{}", made.size());
        if (cells.front().is_string()) {
            made.push_back(Column::of_texts(name, cells.get<std::vector<std::string>>()));
            continue;
        }
        std::vector<double> numbers;
        for (const Json& cell : cells) {
            numbers.push_back(cell.is_null() ? missing_number : cell.get<double>());
        }
        made.push_back(Column::of_numbers(name, std::move(numbers)));
    }
    return {std::move(made), columns.front().size()};
}

Matrix matrix_of(const Frame& x) { return Dense(x).matrix(); }

Target target_of(const Json& score) {
    Target y;
    if (score.contains("values")) {
        y.values = score["values"].get<std::vector<double>>();
        return y;
    }
    y.task = Task::Binary;
    y.labels = score["labels"].get<std::vector<std::int32_t>>();
    y.classes = std::make_shared<const Levels>(Levels{"0", "1"});
    return y;
}

void expect_near(const Frame& ours, const Frame& reference, const std::string& what, double tolerance) {
    ASSERT_EQ(ours.columns(), reference.columns()) << what;
    ASSERT_EQ(ours.rows(), reference.rows()) << what;
    for (std::size_t c = 0; c < ours.columns(); ++c) {
        for (std::size_t row = 0; row < ours.rows(); ++row) {
            ASSERT_EQ(ours.missing(row, c), reference.missing(row, c)) << what << ", row " << row << ", column " << c;
            const double expected = reference.number(row, c);
            if (!reference.missing(row, c)) {
                ASSERT_NEAR(ours.number(row, c), expected, tolerance * (1 + std::abs(expected))) << what << ", row " << row << ", column " << c;
            }
        }
    }
}

void compare_step(const Json& reference, const std::string& step, std::size_t at_least) {
    std::size_t compared = 0;
    for (const Json& one : reference["cases"]) {
        if (one["step"] == step) {
            const Frame result = fit_step(step, table_of(one["train"]), one["params"])->apply(table_of(one["test"]));
            expect_near(result, table_of(one["output"]), fmt::format("{}({})", step, one["params"].dump()), one.value("tolerance", 1e-9));
            ++compared;
        }
    }
    EXPECT_GE(compared, at_least);
}

}  // namespace mlpc

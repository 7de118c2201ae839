#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Strategy { Mean, Median, MostFrequent };
struct ImputeParams {
    Strategy strategy = Strategy::Mean;
    std::optional<double> constant;
    std::string category;
    bool indicator = false;

    bool is_fixed() const { return constant.has_value() || !category.empty(); }
};
const Schema<ImputeParams>& impute_schema() {
    static const Schema<ImputeParams> fields{
        field(&ImputeParams::strategy,
              {.name = "strategy",
               .doc = "What is learned of a column's known cells: their `mean` or `median` (numbers), or the `most_frequent` value (numbers and "
                      "categories; of equally frequent ones the smallest)",
               .words = {"mean", "median", "most_frequent"},
               .search = {.words = {"mean", "median"}}}),
        field(&ImputeParams::constant,
              {.name = "constant",
               .doc = "A number to fill number columns with, in place of a learned one; nothing is learned then, so that the step may also stand "
                      "before a split"}),
        field(&ImputeParams::category,
              {.name = "category", .doc = "A text to fill category columns with, in place of a learned level; nothing is learned then"}),
        field(&ImputeParams::indicator,
              {.name = "indicator",
               .doc = "Appends a column `NAME_missing` for each column that had missing cells where the step was fitted (under `constant` or "
                      "`category`: for each column): 0 and 1 for numbers, `no` and `yes` for categories"}),
    };
    return fields;
}

const std::string fallback_level = "missing";

// How the missing cells of one column are filled.
struct Filling {
    std::string column;
    bool is_number = true;
    double number = 0;
    std::string level;
    bool indicator = false;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("is_number", is_number);
        a.field("number", number);
        a.field("level", level);
        a.field("indicator", indicator);
    }
};

bool has_missing(const Frame& x, std::size_t c) {
    const bool is_number = holds_numbers(x.column(c).type);
    for (std::size_t row = 0; row < x.rows(); ++row) {
        if (is_number ? std::isnan(x.number(row, c)) : x.code(row, c) == missing_code) {
            return true;
        }
    }
    return false;
}

std::string indicator_name(const Filling& filling) { return filling.column + "_missing"; }

// Columns of numbers alone: all in one matrix, which later steps and models read in place.
Frame filled_matrix(const Frame& x, const std::vector<Filling>& fillings) {
    const auto indicators = std::count_if(fillings.begin(), fillings.end(), [](const Filling& filling) { return filling.indicator; });
    const auto rows = static_cast<Eigen::Index>(x.rows());
    Matrix cells(rows, static_cast<Eigen::Index>(x.columns()) + indicators);
    std::vector<std::string> names = x.names();
    for (std::size_t c = 0; c < fillings.size(); ++c) {
        auto column = cells.col(static_cast<Eigen::Index>(c));
        x.copy_numbers(c, column.data());
        if (fillings[c].indicator) {
            cells.col(static_cast<Eigen::Index>(names.size())) = column.array().isNaN().cast<double>();
            names.push_back(indicator_name(fillings[c]));
        }
        const double number = fillings[c].number;
        column = column.unaryExpr([number](double cell) { return std::isnan(cell) ? number : cell; });
    }
    const Frame filled = Frame::from_matrix(std::move(cells), names);
    std::vector<Column> columns = filled.all_columns();
    for (std::size_t c = 0; c < x.columns(); ++c) {
        columns[c].type = x.column(c).type;
    }
    return {std::move(columns), x.rows()};
}

Column filled_numbers(const Frame& x, std::size_t c, double number) {
    std::vector<double> cells = x.numbers(c);
    for (double& cell : cells) {
        cell = std::isnan(cell) ? number : cell;
    }
    return Column::of_numbers(x.column(c).name, std::move(cells), x.column(c).type);
}

Column filled_levels(const Frame& x, std::size_t c, const std::string& level) {
    const Column& column = x.column(c);
    std::shared_ptr<const Levels> levels = column.levels;
    const auto found = std::find(levels->begin(), levels->end(), level);
    const auto code = static_cast<std::int32_t>(found - levels->begin());
    if (found == levels->end()) {
        Levels longer = *levels;
        longer.push_back(level);
        levels = std::make_shared<const Levels>(std::move(longer));
    }
    std::vector<std::int32_t> cells = x.codes(c);
    std::replace(cells.begin(), cells.end(), missing_code, code);
    return Column::of_codes(column.name, std::move(cells), std::move(levels), column.type);
}

Column indicator_of(const Frame& x, std::size_t c, const std::string& name) {
    if (holds_numbers(x.column(c).type)) {
        std::vector<double> cells(x.rows());
        for (std::size_t row = 0; row < x.rows(); ++row) {
            cells[row] = x.missing(row, c) ? 1 : 0;
        }
        return Column::of_numbers(name, std::move(cells));
    }
    static const auto answers = std::make_shared<const Levels>(Levels{"no", "yes"});
    std::vector<std::int32_t> cells(x.rows());
    for (std::size_t row = 0; row < x.rows(); ++row) {
        cells[row] = x.missing(row, c) ? 1 : 0;
    }
    return Column::of_codes(name, std::move(cells), answers);
}

class FittedImpute : public FittedStep {
public:
    FittedImpute() = default;
    explicit FittedImpute(std::vector<Filling> fillings) : fillings_(std::move(fillings)) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "impute");
        for (std::size_t c = 0; c < fillings_.size(); ++c) {
            require_kind(x.column(c), fillings_[c]);
        }
        if (leaves_unchanged(x)) {
            return x;
        }
        if (std::all_of(fillings_.begin(), fillings_.end(), [](const Filling& filling) { return filling.is_number; })) {
            return filled_matrix(x, fillings_);
        }
        const Frame flat = x.materialised();
        std::vector<Column> columns;
        for (std::size_t c = 0; c < fillings_.size(); ++c) {
            columns.push_back(filled(flat, c));
        }
        for (std::size_t c = 0; c < fillings_.size(); ++c) {
            if (fillings_[c].indicator) {
                columns.push_back(indicator_of(flat, c, indicator_name(fillings_[c])));
            }
        }
        return {std::move(columns), x.rows()};
    }
    void archive(Archive& a) override {
        a.field("fillings", fillings_);
        list_names();
    }

private:
    static void require_kind(const Column& column, const Filling& filling) {
        if (holds_numbers(column.type) != filling.is_number) {
            throw RunError(fmt::format("`impute` was fitted on a column `{}` of another type than {}; give it the columns that it was fitted on",
                                       column.name, name_of(column.type)));
        }
    }
    bool leaves_unchanged(const Frame& x) const {
        for (std::size_t c = 0; c < fillings_.size(); ++c) {
            if (fillings_[c].indicator || has_missing(x, c)) {
                return false;
            }
        }
        return true;
    }
    Column filled(const Frame& x, std::size_t c) const {
        if (!has_missing(x, c)) {
            return x.column(c);
        }
        const Filling& filling = fillings_[c];
        return filling.is_number ? filled_numbers(x, c, filling.number) : filled_levels(x, c, filling.level);
    }
    void list_names() {
        names_.clear();
        for (const Filling& filling : fillings_) {
            names_.push_back(filling.column);
        }
    }
    std::vector<Filling> fillings_;
    std::vector<std::string> names_;
};

double most_frequent_number(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    double best = values.front();
    std::ptrdiff_t best_count = 0;
    for (auto run = values.begin(); run != values.end();) {
        const auto end = std::upper_bound(run, values.end(), *run);
        if (end - run > best_count) {
            best_count = end - run;
            best = *run;
        }
        run = end;
    }
    return best;
}

std::string most_frequent_level(const Frame& x, std::size_t c) {
    const LevelsInUse used = levels_in_use(x, c);
    const auto most = std::max_element(used.counts.begin(), used.counts.end());
    if (most != used.counts.end() && *most > 0) {
        return used.levels[static_cast<std::size_t>(most - used.counts.begin())];
    }
    return x.column(c).type == ColumnType::Ordinal && !used.levels.empty() ? used.levels.front() : fallback_level;
}

class Impute : public Step {
public:
    explicit Impute(ImputeParams params) : params_(std::move(params)) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Filling> fillings;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            Filling filling;
            filling.column = x.column(c).name;
            filling.is_number = holds_numbers(x.column(c).type);
            filling.indicator = params_.indicator && (params_.is_fixed() || has_missing(x, c));
            if (filling.is_number) {
                filling.number = params_.is_fixed() ? fixed_number(x.column(c)) : learned_number(x, c);
            } else {
                filling.level = params_.is_fixed() ? fixed_level(x.column(c)) : learned_level(x, c);
            }
            fillings.push_back(std::move(filling));
        }
        return std::make_unique<FittedImpute>(std::move(fillings));
    }

private:
    double fixed_number(const Column& column) const {
        if (!params_.constant) {
            throw RunError(fmt::format("`impute` is given a text for column `{}` of type {}; add a number for it: `constant: 0`", column.name,
                                       name_of(column.type)));
        }
        return *params_.constant;
    }
    std::string fixed_level(const Column& column) const {
        if (params_.category.empty()) {
            throw RunError(fmt::format("`impute` is given a number for column `{}` of type {}; add a text for it: `category: \"unknown\"`",
                                       column.name, name_of(column.type)));
        }
        const bool is_declared = std::find(column.levels->begin(), column.levels->end(), params_.category) != column.levels->end();
        if (column.type == ColumnType::Ordinal && !is_declared) {
            throw RunError(fmt::format("`impute` is given \"{}\" for the ordinal column `{}`, which has no such level; name one of its levels",
                                       params_.category, column.name));
        }
        return params_.category;
    }
    double learned_number(const Frame& x, std::size_t c) const {
        std::vector<double> values = steps::known_values(x, c, "impute");
        if (values.empty()) {
            return 0;
        }
        switch (params_.strategy) {
            case Strategy::Mean:
                return finite_mean(values, x.column(c).name);
            case Strategy::Median:
                return steps::quantile_of(values, 0.5);
            case Strategy::MostFrequent:
                return most_frequent_number(std::move(values));
        }
        return 0;
    }
    static double finite_mean(const std::vector<double>& values, const std::string& name) {
        const double mean = steps::mean_of(values);
        if (!std::isfinite(mean)) {
            throw RunError(fmt::format("the values of column `{}` are too large for their mean to be a number; use `impute(median)`", name));
        }
        return mean;
    }
    std::string learned_level(const Frame& x, std::size_t c) const {
        if (params_.strategy != Strategy::MostFrequent) {
            throw RunError(fmt::format("column `{}` of type {} has no mean or median; use `impute(most_frequent)`", x.column(c).name,
                                       name_of(x.column(c).type)));
        }
        return most_frequent_level(x, c);
    }
    ImputeParams params_;
};

}  // namespace

void add_impute(Catalog& catalog) {
    ComponentInfo info;
    info.name = "impute";
    info.kind = ComponentKind::Step;
    info.summary =
        "Fills missing cells with a value learned from the known cells of the same column where it is fitted, or with a given one; "
        "a column without any known cell there is filled with 0, or with the level `missing` (ordinal: the first level)";
    info.source = "Little, Rubin: Statistical Analysis with Missing Data, 3rd ed. (2019), chapter 4";
    info.example = "impute(median, indicator: true)";
    info.params = specs_of(impute_schema());
    info.effect = [](const ParamValues& values) { return read_params(impute_schema(), values).is_fixed() ? Effect::RowWise : Effect::Learned; };
    info.accepts = number_types | types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.keeps_columns = [](const ParamValues& values) { return !read_params(impute_schema(), values).indicator; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Impute>(read_params(impute_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedImpute>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

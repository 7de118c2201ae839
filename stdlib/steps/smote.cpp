#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

enum class Variant { Plain, Borderline, Adasyn };
struct SmoteParams {
    double ratio = 1;
    std::int64_t k = 5;
    Variant variant = Variant::Plain;
};
const Schema<SmoteParams>& smote_schema() {
    static const Schema<SmoteParams> fields{
        field(&SmoteParams::ratio, {.name = "ratio",
                                    .doc = "Every class is brought up to this share of the most frequent class's rows; 1 makes all classes equal",
                                    .valid = {.low = 0, .high = 1, .open_low = true},
                                    .search = {.low = 0.1, .high = 1}}),
        field(&SmoteParams::k, {.name = "k",
                                .doc = "Between a row and one of so many nearest rows of its class new ones are put",
                                .valid = {.low = 1, .high = 1000},
                                .search = {.low = 2, .high = 15}}),
        field(&SmoteParams::variant,
              {.name = "variant",
               .doc = "From which rows new ones start: all alike (`plain`), those with at least half and not all of 10 nearest rows in other classes "
                      "(`borderline`), or the more often the more of their `k` nearest rows are in other classes (`adasyn`); where there are no such "
                      "rows, all alike",
               .words = {"plain", "borderline", "adasyn"},
               .search = {.words = {"plain", "borderline", "adasyn"}}}),
    };
    return fields;
}

constexpr std::size_t border_neighbours = 10;

// Rows as points: numbers side by side, and codes whose difference counts as one fixed distance (SMOTE-NC).
class Points {
public:
    Points(const Frame& x, const RowIndex& measured_on) : x_(x) {
        for (std::size_t c = 0; c < x.columns(); ++c) {
            const ColumnType type = x.column(c).type;
            (type == ColumnType::Numeric || type == ColumnType::Date ? numbers_ : kinds_).push_back(c);
        }
        cells_.resize(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(numbers_.size()));
        for (std::size_t i = 0; i < numbers_.size(); ++i) {
            x.copy_numbers(numbers_[i], cells_.col(static_cast<Eigen::Index>(i)).data());
        }
        by_row_ = cells_.transpose();
        difference_ = median_variance(measured_on);
    }
    // The nearest of `among` to `row`, without itself; of equally near ones the earlier.
    std::vector<std::uint32_t> nearest(std::uint32_t row, const RowIndex& among, std::size_t count) const {
        std::vector<std::pair<double, std::uint32_t>> found;
        for (const std::uint32_t other : among) {
            if (other != row) {
                const double distance = (by_row_.col(other) - by_row_.col(row)).squaredNorm();
                found.emplace_back(distance + difference_ * static_cast<double>(differing_kinds(row, other)), other);
            }
        }
        const std::size_t kept = std::min(count, found.size());
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end());
        std::vector<std::uint32_t> rows;
        for (std::size_t i = 0; i < kept; ++i) {
            rows.push_back(found[i].second);
        }
        return rows;
    }

private:
    double kind(std::uint32_t row, std::size_t c) const { return holds_numbers(x_.column(c).type) ? x_.number(row, c) : x_.code(row, c); }
    std::size_t differing_kinds(std::uint32_t a, std::uint32_t b) const {
        return static_cast<std::size_t>(std::count_if(kinds_.begin(), kinds_.end(), [&](std::size_t c) { return kind(a, c) != kind(b, c); }));
    }
    double median_variance(const RowIndex& rows) const {
        std::vector<double> deviations;
        for (Eigen::Index c = 0; c < cells_.cols() && !rows.empty(); ++c) {
            std::vector<double> values;
            for (const std::uint32_t row : rows) {
                values.push_back(cells_(row, c));
            }
            deviations.push_back(std::sqrt(steps::variance_of(values, steps::mean_of(values))));
        }
        if (deviations.empty()) {
            return 1;
        }
        const double median = steps::quantile_of(deviations, 0.5);
        return median * median;
    }
    const Frame& x_;
    std::vector<std::size_t> numbers_, kinds_;
    Matrix cells_, by_row_;
    double difference_ = 1;
};

// A new row: `base` moved by a share of the way to `towards`; kinds by the majority of the neighbours.
struct Synthetic {
    std::uint32_t base = 0, towards = 0;
    double share = 0;
    std::vector<std::uint32_t> neighbours;
};

// The most frequent value; of equally frequent ones that of the nearest neighbour.
template <class Value, class Read>
Value majority(const Synthetic& made, Read read) {
    if (made.neighbours.empty()) {
        return read(made.base);
    }
    Value best = read(made.neighbours.front());
    std::ptrdiff_t most = 0;
    for (const std::uint32_t candidate : made.neighbours) {
        const auto count =
            std::count_if(made.neighbours.begin(), made.neighbours.end(), [&](std::uint32_t other) { return read(other) == read(candidate); });
        if (count > most) {
            most = count;
            best = read(candidate);
        }
    }
    return best;
}

Column with_rows(const Frame& x, std::size_t c, const std::vector<Synthetic>& made) {
    const Column& column = x.column(c);
    if (!holds_numbers(column.type)) {
        std::vector<std::int32_t> codes = x.codes(c);
        for (const Synthetic& one : made) {
            codes.push_back(majority<std::int32_t>(one, [&](std::uint32_t row) { return x.code(row, c); }));
        }
        return Column::of_codes(column.name, std::move(codes), column.levels, column.type);
    }
    std::vector<double> numbers = x.numbers(c);
    for (const Synthetic& one : made) {
        if (column.type == ColumnType::Boolean) {
            numbers.push_back(majority<double>(one, [&](std::uint32_t row) { return x.number(row, c); }));
            continue;
        }
        const double between = std::lerp(x.number(one.base, c), x.number(one.towards, c), one.share);
        numbers.push_back(column.type == ColumnType::Date ? std::round(between) : between);
    }
    return Column::of_numbers(column.name, std::move(numbers), column.type);
}

class Smote : public Resampler {
public:
    explicit Smote(SmoteParams params) : params_(params) {}
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        if (!is_classification(y.task)) {
            throw RunError("`smote` balances classes, and the target is a number; leave the step out, or declare the target as a category");
        }
        steps::require_finite(numbers_of(x), "smote");
        std::vector<RowIndex> rows_of_class(y.class_count());
        for (std::size_t row = 0; row < y.labels.size(); ++row) {
            rows_of_class[static_cast<std::size_t>(y.labels[row])].push_back(static_cast<std::uint32_t>(row));
        }
        std::size_t most = 0;
        for (const RowIndex& rows : rows_of_class) {
            most = std::max(most, rows.size());
        }
        const auto wanted = static_cast<std::size_t>(std::llround(params_.ratio * static_cast<double>(most)));
        std::vector<Synthetic> made;
        Sample sample{.x = x, .y = y};
        for (std::size_t label = 0; label < rows_of_class.size(); ++label) {
            const RowIndex& own = rows_of_class[label];
            if (own.empty() || own.size() >= wanted) {
                continue;
            }
            // A stream for each class: one class's rows do not move another's draws.
            for (Synthetic& one : make(x, y, own, wanted - own.size(), context.rng.child(label), context)) {
                sample.y.labels.push_back(static_cast<std::int32_t>(label));
                if (!y.weights.empty()) {
                    sample.y.weights.push_back(y.weights[one.base]);
                }
                made.push_back(std::move(one));
            }
        }
        std::vector<Column> columns;
        const Frame flat = x.materialised();
        for (std::size_t c = 0; c < x.columns(); ++c) {
            columns.push_back(with_rows(flat, c, made));
        }
        sample.x = Frame(std::move(columns), x.rows() + made.size());
        return sample;
    }

private:
    static Frame numbers_of(const Frame& x) {
        std::vector<std::size_t> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            if (holds_numbers(x.column(c).type)) {
                columns.push_back(c);
            }
        }
        return x.select(columns);
    }
    std::vector<Synthetic> make(const Frame& x, const Target& y, const RowIndex& own, std::size_t count, Rng rng, FitContext& context) const {
        const Points points(x, own);
        std::vector<std::vector<std::uint32_t>> neighbours(own.size());
        std::vector<double> reach = starting_weights(points, y, own, context);
        std::partial_sum(reach.begin(), reach.end(), reach.begin());
        std::vector<Synthetic> made;
        for (std::size_t i = 0; i < count; ++i) {
            const auto place =
                static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end() - 1, rng.uniform() * reach.back()) - reach.begin());
            if (neighbours[place].empty()) {
                context.check_cancelled();
                neighbours[place] = points.nearest(own[place], own, static_cast<std::size_t>(params_.k));
            }
            Synthetic one{.base = own[place], .towards = own[place], .share = rng.uniform(), .neighbours = neighbours[place]};
            if (!one.neighbours.empty()) {  // a class of one row can only be repeated
                one.towards = one.neighbours[rng.below(one.neighbours.size())];
            }
            made.push_back(std::move(one));
        }
        return made;
    }
    // How often a row of the class is started from, in proportion.
    std::vector<double> starting_weights(const Points& points, const Target& y, const RowIndex& own, FitContext& context) const {
        std::vector<double> weights(own.size(), 1);
        if (params_.variant == Variant::Plain) {
            return weights;
        }
        const std::size_t count = params_.variant == Variant::Borderline ? border_neighbours : static_cast<std::size_t>(params_.k);
        RowIndex all(y.labels.size());
        std::iota(all.begin(), all.end(), 0u);
        for (std::size_t i = 0; i < own.size(); ++i) {
            context.check_cancelled();
            const std::vector<std::uint32_t> near = points.nearest(own[i], all, count);
            const auto others = static_cast<std::size_t>(
                std::count_if(near.begin(), near.end(), [&](std::uint32_t row) { return y.labels[row] != y.labels[own[i]]; }));
            const bool in_danger = 2 * others >= near.size() && others < near.size();
            weights[i] = params_.variant == Variant::Borderline ? (in_danger ? 1 : 0) : static_cast<double>(others);
        }
        const bool none = std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; });
        return none ? std::vector<double>(own.size(), 1) : weights;
    }
    SmoteParams params_;
};

}  // namespace

void add_smote(Catalog& catalog) {
    ComponentInfo info;
    info.name = "smote";
    info.kind = ComponentKind::Step;
    info.summary =
        "Adds made-up rows of the rarer classes until the classes are balanced: each lies between a row and a near one of its class, and has the "
        "most frequent level of the near ones where a column is a category; only the rows that a later step is fitted on change, never those "
        "that are scored";
    info.source = "Chawla et al.: SMOTE, JAIR 16 (2002); Han, Wang, Mao: Borderline-SMOTE, ICIC (2005); He et al.: ADASYN, IJCNN (2008)";
    info.example = "smote(k: 5, variant: borderline)";
    info.params = specs_of(smote_schema());
    info.positional = 0;
    info.random = true;
    info.effect = always(Effect::TrainingOnly);
    info.accepts = number_types | types_of({ColumnType::Category, ColumnType::Ordinal});
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<Smote>(read_params(smote_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

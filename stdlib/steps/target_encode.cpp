#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

struct TargetEncodeParams {
    WordOrReal smooth{"auto", 0};
    std::int64_t folds = 5;
};
const Schema<TargetEncodeParams>& target_encode_schema() {
    static const Schema<TargetEncodeParams> fields{
        field(&TargetEncodeParams::smooth,
              {.name = "smooth",
               .doc = "How far a level's mean is drawn towards that of all rows: as if so many rows of the overall mean were added to it, or, "
                      "`auto`, by the variance of the target within the level against that over all rows (empirical Bayes)",
               .valid = {.low = 0},
               .words = {"auto"},
               .search = {.low = 0.1, .high = 100, .log = true}}),
        field(&TargetEncodeParams::folds, {.name = "folds",
                                           .doc = "Into how many parts the rows it is fitted on are cut, each encoded by the others",
                                           .valid = {.low = 2, .high = 1000}}),
    };
    return fields;
}

// What is averaged: the target itself, the positive class (binary), or each class against the others.
class Outcomes {
public:
    explicit Outcomes(const Target& y) : y_(y) {}
    std::size_t count() const { return y_.task == Task::Multiclass ? y_.class_count() : 1; }
    double at(std::uint32_t row, std::size_t outcome) const {
        if (y_.task == Task::Regression) {
            return y_.values[row];
        }
        return y_.labels[row] == static_cast<std::int32_t>(y_.task == Task::Binary ? 1 : outcome) ? 1 : 0;
    }

private:
    const Target& y_;
};

// Of one column and one outcome: the mean over all rows, and each level's, drawn towards it.
struct Encoding {
    double overall = 0;
    std::vector<double> means;  // by level; the last one is that of missing cells

    void archive(Archive& a) {
        a.field("overall", overall);
        a.field("means", means);
    }
};

// `places` are positions of levels, by table code + 1: the missing cell comes first and has the last place.
struct LevelPlaces {
    std::vector<std::size_t> places;
    std::size_t count = 0;
    std::size_t operator[](std::int32_t code) const { return places[static_cast<std::size_t>(code + 1)]; }
};

// Micci-Barreca 2001; with `auto` the weights are those of scikit-learn's TargetEncoder.
Encoding encoding_of(const Frame& x, std::size_t c, const LevelPlaces& places, const Outcomes& outcomes, std::size_t outcome,
                     const std::vector<std::uint32_t>& rows, const WordOrReal& smooth) {
    std::vector<double> values(rows.size());
    std::transform(rows.begin(), rows.end(), values.begin(), [&](std::uint32_t row) { return outcomes.at(row, outcome); });
    Encoding encoding;
    encoding.overall = steps::mean_of(values);
    std::vector<double> sums(places.count), counts(places.count), squares(places.count);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t level = places[x.code(rows[i], c)];
        sums[level] += values[i];
        ++counts[level];
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t level = places[x.code(rows[i], c)];
        const double difference = values[i] - sums[level] / counts[level];
        squares[level] += difference * difference;
    }
    const double variance = steps::variance_of(values, encoding.overall);
    for (std::size_t level = 0; level < places.count; ++level) {
        const double within = squares[level] / counts[level];
        const double share =
            smooth.word.empty() ? counts[level] / (counts[level] + smooth.number) : variance * counts[level] / (variance * counts[level] + within);
        const double mean = sums[level] / counts[level];
        encoding.means.push_back(counts[level] > 0 && !std::isnan(share) ? std::lerp(encoding.overall, mean, share) : encoding.overall);
    }
    if (!std::isfinite(encoding.overall) || std::any_of(encoding.means.begin(), encoding.means.end(), [](double m) { return !std::isfinite(m); })) {
        throw RunError("the target's values are too large for `target_encode` to average; use `target transform log`, or scale the target");
    }
    return encoding;
}

struct EncodedColumn {
    std::string column;
    Levels levels;
    std::vector<Encoding> encodings;  // by outcome

    void archive(Archive& a) {
        a.field("column", column);
        a.field("levels", levels);
        a.field("encodings", encodings);
    }
};

std::vector<std::string> output_names(const std::string& column, const Levels& classes) {
    if (classes.empty()) {
        return {column};
    }
    std::vector<std::string> names;
    for (const std::string& name : classes) {
        names.push_back(column + ":" + name);
    }
    return names;
}

class FittedTargetEncode : public FittedStep {
public:
    FittedTargetEncode() = default;
    FittedTargetEncode(std::vector<EncodedColumn> columns, Levels classes) : columns_(std::move(columns)), classes_(std::move(classes)) {
        list_names();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "target_encode");
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(outputs_.size()));
        Eigen::Index out = 0;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::vector<std::int32_t> known = match_levels(x, c, columns_[c].levels);
            for (const Encoding& encoding : columns_[c].encodings) {
                for (std::size_t row = 0; row < x.rows(); ++row) {
                    cells(static_cast<Eigen::Index>(row), out) = value_of(encoding, known, x.code(row, c));
                }
                ++out;
            }
        }
        return Frame::from_matrix(std::move(cells), outputs_);
    }
    void archive(Archive& a) override {
        a.field("columns", columns_);
        a.field("classes", classes_);
        for (const EncodedColumn& column : columns_) {
            const bool fits = column.encodings.size() == std::max<std::size_t>(classes_.size(), 1) &&
                              std::all_of(column.encodings.begin(), column.encodings.end(),
                                          [&](const Encoding& e) { return e.means.size() == column.levels.size() + 1; });
            if (!fits) {
                throw RunError("the saved state of `target_encode` does not have a mean for every level");
            }
        }
        list_names();
    }

private:
    static double value_of(const Encoding& encoding, const std::vector<std::int32_t>& known, std::int32_t code) {
        if (code == missing_code) {
            return encoding.means.back();
        }
        const std::int32_t level = known[static_cast<std::size_t>(code)];
        return level < 0 ? encoding.overall : encoding.means[static_cast<std::size_t>(level)];
    }
    void list_names() {
        names_.clear();
        outputs_.clear();
        for (const EncodedColumn& column : columns_) {
            names_.push_back(column.column);
            const std::vector<std::string> own = output_names(column.column, classes_);
            outputs_.insert(outputs_.end(), own.begin(), own.end());
        }
    }
    std::vector<EncodedColumn> columns_;
    Levels classes_;  // multiclass: one column each
    std::vector<std::string> names_, outputs_;
};

LevelPlaces places_of(const LevelsInUse& used) {
    LevelPlaces places;
    places.count = used.levels.size() + 1;
    places.places.push_back(used.levels.size());
    for (const std::int32_t rank : used.rank) {
        places.places.push_back(rank < 0 ? used.levels.size() : static_cast<std::size_t>(rank));
    }
    return places;
}

Levels classes_of(const Target& y) { return y.task == Task::Multiclass ? *y.classes : Levels{}; }

class TargetEncode : public Step, public Resampler {
public:
    explicit TargetEncode(TargetEncodeParams params) : params_(std::move(params)) {}
    // For rows that it has not seen: by all rows.
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext& context) const override {
        if (!y) {
            throw RunError("`target_encode` averages the target, and there is none");
        }
        require_rows(x, 1);
        std::vector<std::uint32_t> rows(x.rows());
        std::iota(rows.begin(), rows.end(), 0u);
        const Outcomes outcomes(*y);
        std::vector<EncodedColumn> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            const LevelsInUse used = levels_in_use(x, c);
            EncodedColumn column{.column = x.column(c).name, .levels = used.levels, .encodings = {}};
            for (std::size_t outcome = 0; outcome < outcomes.count(); ++outcome) {
                column.encodings.push_back(encoding_of(x, c, places_of(used), outcomes, outcome, rows, params_.smooth));
            }
            columns.push_back(std::move(column));
        }
        return std::make_unique<FittedTargetEncode>(std::move(columns), classes_of(*y));
    }
    // For the rows that it is fitted on: each part by the others, so that no row's own target is in its encoding.
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        require_rows(x, 2);
        std::vector<std::vector<std::uint32_t>> parts = parts_of(x.rows(), context.rng);
        const Outcomes outcomes(y);
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(x.columns() * outcomes.count()));
        std::vector<std::string> names;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            const LevelPlaces places = places_of(levels_in_use(x, c));
            for (std::size_t outcome = 0; outcome < outcomes.count(); ++outcome) {
                double* out = cells.data() + (c * outcomes.count() + outcome) * x.rows();
                for (const std::vector<std::uint32_t>& part : parts) {
                    const Encoding encoding = encoding_of(x, c, places, outcomes, outcome, all_but(part, x.rows()), params_.smooth);
                    for (const std::uint32_t row : part) {
                        out[row] = encoding.means[places[x.code(row, c)]];
                    }
                }
            }
            const std::vector<std::string> own = output_names(x.column(c).name, classes_of(y));
            names.insert(names.end(), own.begin(), own.end());
        }
        return {.x = Frame::from_matrix(std::move(cells), names), .y = y};
    }

private:
    static void require_rows(const Frame& x, std::size_t least) {
        if (x.rows() < least) {
            throw RunError(
                fmt::format("`target_encode` is fitted on {} rows and needs {} or more, because each is encoded by others; check what the "
                            "steps before it leave",
                            x.rows(), least));
        }
    }
    // Drawn without a look at the target: which part a row is in tells nothing of it.
    std::vector<std::vector<std::uint32_t>> parts_of(std::size_t rows, Rng rng) const {
        std::vector<std::uint32_t> order(rows);
        std::iota(order.begin(), order.end(), 0u);
        rng.shuffle(order);
        std::vector<std::vector<std::uint32_t>> parts(std::min(rows, static_cast<std::size_t>(params_.folds)));
        for (std::size_t i = 0; i < rows; ++i) {
            parts[i % parts.size()].push_back(order[i]);
        }
        for (std::vector<std::uint32_t>& part : parts) {
            std::sort(part.begin(), part.end());
        }
        return parts;
    }
    static std::vector<std::uint32_t> all_but(const std::vector<std::uint32_t>& part, std::size_t rows) {
        std::vector<std::uint32_t> others;
        others.reserve(rows - part.size());
        auto next = part.begin();
        for (std::uint32_t row = 0; row < rows; ++row) {
            if (next != part.end() && *next == row) {
                ++next;
            } else {
                others.push_back(row);
            }
        }
        return others;
    }
    TargetEncodeParams params_;
};

}  // namespace

void add_target_encode(Catalog& catalog) {
    ComponentInfo info;
    info.name = "target_encode";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces each level of a category by the mean of the target in its rows, drawn towards the overall mean; of more than two classes one "
        "column each. The rows it is fitted on are always encoded by others (cross-fitted), later ones by all of them; an unseen level "
        "becomes the overall mean, and missing cells count as a level";
    info.source = "Micci-Barreca: A Preprocessing Scheme for High-Cardinality Categorical Attributes, SIGKDD Explorations 3 (2001)";
    info.example = "target_encode(smooth: auto)";
    info.params = specs_of(target_encode_schema());
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.accepts = types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<TargetEncode>(read_params(target_encode_schema(), values));
    };
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<TargetEncode>(read_params(target_encode_schema(), values)); };
    info.blank_step = [] { return std::make_unique<FittedTargetEncode>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

enum class Measure { Share, Count };
struct FrequencyEncodeParams {
    Measure measure = Measure::Share;
};
const Schema<FrequencyEncodeParams>& frequency_encode_schema() {
    static const Schema<FrequencyEncodeParams> fields{
        field(&FrequencyEncodeParams::measure,
              {.name = "measure", .doc = "The `share` of the rows that have the level, or their `count`", .words = {"share", "count"}}),
    };
    return fields;
}

struct Frequencies {
    std::string column;
    Levels levels;
    std::vector<double> values;  // by level
    double missing = 0;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("levels", levels);
        a.field("values", values);
        a.field("missing", missing);
    }
};

class FittedFrequencyEncode : public FittedStep {
public:
    FittedFrequencyEncode() = default;
    explicit FittedFrequencyEncode(std::vector<Frequencies> columns) : columns_(std::move(columns)) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "frequency_encode");
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(x.columns()));
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            // By table code, the missing one (-1) first; a level that was not seen has none.
            std::vector<double> value_of_code{columns_[c].missing};
            for (const std::int32_t level : match_levels(x, c, columns_[c].levels)) {
                value_of_code.push_back(level < 0 ? 0 : columns_[c].values[static_cast<std::size_t>(level)]);
            }
            for (std::size_t row = 0; row < x.rows(); ++row) {
                cells(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)) = value_of_code[static_cast<std::size_t>(x.code(row, c) + 1)];
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", columns_);
        if (std::any_of(columns_.begin(), columns_.end(), [](const Frequencies& f) { return f.values.size() != f.levels.size(); })) {
            throw RunError("the saved state of `frequency_encode` does not have a frequency for every level");
        }
        list_names();
    }

private:
    void list_names() {
        names_.clear();
        for (const Frequencies& column : columns_) {
            names_.push_back(column.column);
        }
    }
    std::vector<Frequencies> columns_;
    std::vector<std::string> names_;
};

class FrequencyEncode : public Step {
public:
    explicit FrequencyEncode(FrequencyEncodeParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Frequencies> columns;
        const double unit = params_.measure == Measure::Count || x.rows() == 0 ? 1 : static_cast<double>(x.rows());
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            const LevelsInUse used = levels_in_use(x, c);
            Frequencies column{.column = x.column(c).name, .levels = used.levels, .values = {}, .missing = 0};
            for (const std::size_t count : used.counts) {
                column.values.push_back(static_cast<double>(count) / unit);
            }
            const std::size_t known = std::accumulate(used.counts.begin(), used.counts.end(), std::size_t{0});
            column.missing = static_cast<double>(x.rows() - known) / unit;
            columns.push_back(std::move(column));
        }
        return std::make_unique<FittedFrequencyEncode>(std::move(columns));
    }

private:
    FrequencyEncodeParams params_;
};

}  // namespace

void add_frequency_encode(Catalog& catalog) {
    ComponentInfo info;
    info.name = "frequency_encode";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces each level by how frequent it is among the rows that the step is fitted on; an unseen level becomes 0, and missing cells "
        "count as a level";
    info.source =
        "Pargent et al.: Regularized target encoding outperforms traditional methods in supervised machine learning with high cardinality "
        "features, Computational Statistics 37 (2022)";
    info.example = "frequency_encode()";
    info.params = specs_of(frequency_encode_schema());
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<FrequencyEncode>(read_params(frequency_encode_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedFrequencyEncode>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

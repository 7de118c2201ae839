#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <algorithm>

namespace mlpc {

namespace {

enum class Columns { Gappy, All };
struct MissingIndicatorParams {
    Columns columns = Columns::Gappy;
};
const Schema<MissingIndicatorParams>& missing_indicator_schema() {
    static const Schema<MissingIndicatorParams> fields{
        field(&MissingIndicatorParams::columns,
              {.name = "columns",
               .doc = "`gappy`: those that have a missing cell in the rows that the step is fitted on; `all`: every one, whatever the rows, so that "
                      "the step may also stand before a split",
               .words = {"gappy", "all"}}),
    };
    return fields;
}

bool has_missing(const Frame& x, std::size_t c) {
    for (std::size_t row = 0; row < x.rows(); ++row) {
        if (x.missing(row, c)) {
            return true;
        }
    }
    return false;
}

class FittedMissingIndicator : public FittedStep {
public:
    FittedMissingIndicator() = default;
    FittedMissingIndicator(std::vector<std::string> names, std::vector<std::string> marked) : names_(std::move(names)), marked_(std::move(marked)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "missing_indicator");
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(marked_.size()));
        std::vector<std::string> outputs;
        for (std::size_t i = 0; i < marked_.size(); ++i) {
            const std::size_t c = x.find(marked_[i]);
            for (std::size_t row = 0; row < x.rows(); ++row) {
                cells(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(i)) = x.missing(row, c) ? 1 : 0;
            }
            outputs.push_back(marked_[i] + "_missing");
        }
        return Frame::from_matrix(std::move(cells), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("marked", marked_);
        for (const std::string& name : marked_) {
            if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
                throw RunError("the saved state of `missing_indicator` marks a column that it does not have");
            }
        }
    }

private:
    std::vector<std::string> names_, marked_;
};

class MissingIndicator : public Step {
public:
    explicit MissingIndicator(MissingIndicatorParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        std::vector<std::string> marked;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            if (params_.columns == Columns::All || has_missing(x, c)) {
                marked.push_back(x.column(c).name);
            }
        }
        return std::make_unique<FittedMissingIndicator>(x.names(), std::move(marked));
    }

private:
    MissingIndicatorParams params_;
};

}  // namespace

void add_missing_indicator(Catalog& catalog) {
    ComponentInfo info;
    info.name = "missing_indicator";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces columns by `NAME_missing`, 1 where the cell is missing and 0 elsewhere; beside an imputed branch it keeps what imputing hides";
    info.source = "Little, Rubin: Statistical Analysis with Missing Data, 3rd ed. (2019), chapter 4";
    info.example = "missing_indicator()";
    info.params = specs_of(missing_indicator_schema());
    info.effect = [](const ParamValues& values) {
        return read_params(missing_indicator_schema(), values).columns == Columns::All ? Effect::RowWise : Effect::Learned;
    };
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<MissingIndicator>(read_params(missing_indicator_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedMissingIndicator>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

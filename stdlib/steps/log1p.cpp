#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc {

namespace {

class FittedLog1p : public FittedStep {
public:
    FittedLog1p() = default;
    explicit FittedLog1p(std::vector<std::string> names) : names_(std::move(names)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "log1p");
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < names_.size(); ++c) {
            double* column = cells.data() + c * x.rows();
            for (std::size_t row = 0; row < x.rows(); ++row) {
                if (column[row] <= -1) {
                    throw RunError(
                        fmt::format("column `{}` has the value {}, and log(1 + x) needs values above -1; bound it before, for instance "
                                    "with `clip(0..1e12)`",
                                    names_[c], column[row]));
                }
                column[row] = std::log1p(column[row]);
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override { a.field("columns", names_); }

private:
    std::vector<std::string> names_;
};

class Log1p : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override { return std::make_unique<FittedLog1p>(x.names()); }
};

}  // namespace

void add_log1p(Catalog& catalog) {
    ComponentInfo info;
    info.name = "log1p";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces every x by log(1 + x), which draws in a long right tail and keeps zero; a value of -1 or less stops the run, and "
        "missing cells stay missing";
    info.source = "Tukey: Exploratory Data Analysis (1977), chapter 3";
    info.example = "log1p()";
    info.positional = 0;
    info.effect = always(Effect::RowWise);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<Log1p>(); };
    info.blank_step = [] { return std::make_unique<FittedLog1p>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

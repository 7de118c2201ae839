#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

struct WinsoriseParams {
    Interval quantiles{0.01, 0.99};
};
const Schema<WinsoriseParams>& winsorise_schema() {
    static const Schema<WinsoriseParams> fields{
        field(&WinsoriseParams::quantiles,
              {.name = "quantiles", .doc = "The shares of a column's rows below which its two bounds lie; values beyond become the bound"}),
    };
    return fields;
}

class FittedWinsorise : public FittedStep {
public:
    FittedWinsorise() = default;
    FittedWinsorise(std::vector<std::string> names, std::vector<double> lower, std::vector<double> upper)
        : names_(std::move(names)), lower_(std::move(lower)), upper_(std::move(upper)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "winsorise");
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < names_.size(); ++c) {
            for (double& cell : cells.col(static_cast<Eigen::Index>(c))) {
                // In this order a missing cell stays what it is.
                cell = cell < lower_[c] ? lower_[c] : cell;
                cell = cell > upper_[c] ? upper_[c] : cell;
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("lower", lower_);
        a.field("upper", upper_);
        if (lower_.size() != names_.size() || upper_.size() != names_.size()) {
            throw RunError("the saved state of `winsorise` does not have two bounds for every column");
        }
    }

private:
    std::vector<std::string> names_;
    std::vector<double> lower_, upper_;
};

class Winsorise : public Step {
public:
    explicit Winsorise(WinsoriseParams params) : params_(params) {
        if (!(0 <= params_.quantiles.low && params_.quantiles.low <= params_.quantiles.high && params_.quantiles.high <= 1)) {
            throw RunError(fmt::format("`winsorise` has the quantiles {}..{}, and they are two shares from 0 to 1, the lower one first",
                                       params_.quantiles.low, params_.quantiles.high));
        }
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<double> lower, upper;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            std::vector<double> values = steps::known_values(x, c, "winsorise");
            const bool is_known = !values.empty();
            lower.push_back(is_known ? steps::quantile_of(values, params_.quantiles.low) : -std::numeric_limits<double>::infinity());
            upper.push_back(is_known ? steps::quantile_of(values, params_.quantiles.high) : std::numeric_limits<double>::infinity());
        }
        return std::make_unique<FittedWinsorise>(x.names(), std::move(lower), std::move(upper));
    }

private:
    WinsoriseParams params_;
};

}  // namespace

void add_winsorise(Catalog& catalog) {
    ComponentInfo info;
    info.name = "winsorise";
    info.kind = ComponentKind::Step;
    info.summary =
        "Bounds every value by two quantiles of its column in the rows that the step is fitted on (`clip` has fixed bounds); missing cells "
        "stay missing, and a column without any value there passes unchanged";
    info.source = "Tukey: The Future of Data Analysis, Annals of Mathematical Statistics 33 (1962), on Winsorizing";
    info.example = "winsorise(0.01..0.99)";
    info.params = specs_of(winsorise_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Winsorise>(read_params(winsorise_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedWinsorise>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

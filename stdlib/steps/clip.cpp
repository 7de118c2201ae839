#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

struct ClipParams {
    Interval bounds{0, 1};
};
const Schema<ClipParams>& clip_schema() {
    static const Schema<ClipParams> fields{
        field(&ClipParams::bounds, {.name = "bounds", .doc = "The smallest and the largest value that may come out; values beyond become the bound"}),
    };
    return fields;
}

class FittedClip : public FittedStep {
public:
    FittedClip() = default;
    FittedClip(std::vector<std::string> names, Interval bounds) : names_(std::move(names)), bounds_(bounds) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "clip");
        Matrix cells = steps::copy_of_cells(x);
        for (double& cell : cells.reshaped()) {
            // In this order a missing cell stays what it is.
            cell = cell < bounds_.low ? bounds_.low : cell;
            cell = cell > bounds_.high ? bounds_.high : cell;
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("low", bounds_.low);
        a.field("high", bounds_.high);
    }

private:
    std::vector<std::string> names_;
    Interval bounds_;
};

class Clip : public Step {
public:
    explicit Clip(ClipParams params) : params_(params) {
        if (!(params_.bounds.low <= params_.bounds.high)) {
            throw RunError(fmt::format("`clip` has the bounds {}..{}, and the lower one comes first", params_.bounds.low, params_.bounds.high));
        }
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedClip>(x.names(), params_.bounds);
    }

private:
    ClipParams params_;
};

}  // namespace

void add_clip(Catalog& catalog) {
    ComponentInfo info;
    info.name = "clip";
    info.kind = ComponentKind::Step;
    info.summary = "Bounds every value by fixed limits, infinities included; missing cells stay missing";
    info.source = "Tukey: The Future of Data Analysis, Annals of Mathematical Statistics 33 (1962), on Winsorizing";
    info.example = "clip(0..1)";
    info.params = specs_of(clip_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Clip>(read_params(clip_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedClip>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

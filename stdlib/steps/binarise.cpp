#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"

#include <cmath>

namespace mlpc {

namespace {

struct BinariseParams {
    double threshold = 0;
};
const Schema<BinariseParams>& binarise_schema() {
    static const Schema<BinariseParams> fields{
        field(&BinariseParams::threshold, {.name = "threshold", .doc = "Values above it become 1, all others 0"}),
    };
    return fields;
}

class FittedBinarise : public FittedStep {
public:
    FittedBinarise() = default;
    FittedBinarise(std::vector<std::string> names, double threshold) : names_(std::move(names)), threshold_(threshold) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "binarise");
        Matrix cells = steps::copy_of_cells(x);
        for (double& cell : cells.reshaped()) {
            cell = std::isnan(cell) ? cell : (cell > threshold_ ? 1 : 0);
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("threshold", threshold_);
    }

private:
    std::vector<std::string> names_;
    double threshold_ = 0;
};

class Binarise : public Step {
public:
    explicit Binarise(BinariseParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedBinarise>(x.names(), params_.threshold);
    }

private:
    BinariseParams params_;
};

}  // namespace

void add_binarise(Catalog& catalog) {
    ComponentInfo info;
    info.name = "binarise";
    info.kind = ComponentKind::Step;
    info.summary = "Replaces each number by 1 where it is above a threshold and by 0 elsewhere; missing cells stay missing";
    info.source = "Cox: Note on Grouping, Journal of the American Statistical Association 52 (1957)";
    info.example = "binarise(0.5)";
    info.params = specs_of(binarise_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Binarise>(read_params(binarise_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedBinarise>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/cell_product.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/kernel_matrix.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace mlpc {

namespace {

struct RandomFeaturesParams {
    std::int64_t components = 100;
    std::optional<double> gamma;
};
const Schema<RandomFeaturesParams>& random_features_schema() {
    static const Schema<RandomFeaturesParams> fields{
        field(&RandomFeaturesParams::components, {.name = "components",
                                                  .doc = "How many waves; the more, the nearer the kernel",
                                                  .valid = {.low = 1, .high = 100'000},
                                                  .search = {.low = 50, .high = 1000, .log = true}}),
        field(&RandomFeaturesParams::gamma, {.name = "gamma",
                                             .doc = "Of the kernel exp(-gamma |a-b|²); `none`: one over the number of columns",
                                             .valid = {.low = 0, .open_low = true},
                                             .search = {.low = 1e-3, .high = 10, .log = true}}),
    };
    return fields;
}

class FittedRandomFeatures : public FittedStep {
public:
    FittedRandomFeatures() = default;
    FittedRandomFeatures(std::vector<std::string> names, Matrix directions, Vector offsets)
        : names_(std::move(names)), directions_(std::move(directions)), offsets_(std::move(offsets)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "random_features");
        if (!x.has_sparse()) {
            steps::require_finite(x, "random_features");
        }
        Matrix out = steps::Cells(x).times(directions_);
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= out.cols(); ++j) {
            outputs.push_back(fmt::format("wave{}", j));
        }
        steps::require_all_finite(out, outputs, "random_features");
        const double height = std::sqrt(2 / static_cast<double>(out.cols()));
        for (Eigen::Index j = 0; j < out.cols(); ++j) {
            for (double& cell : out.col(j)) {
                cell = height * std::cos(cell + offsets_(j));
            }
        }
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("directions", directions_);
        a.field("offsets", offsets_);
        if (directions_.rows() != static_cast<Eigen::Index>(names_.size()) || offsets_.size() != directions_.cols()) {
            throw RunError("the saved state of `random_features` has matrices of different sizes");
        }
    }

private:
    std::vector<std::string> names_;
    Matrix directions_;
    Vector offsets_;
};

class RandomFeatures : public Step {
public:
    explicit RandomFeatures(RandomFeaturesParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        const double deviation = std::sqrt(2 * steps::gamma_or_default(params_.gamma, x.columns()));
        Matrix directions(static_cast<Eigen::Index>(x.columns()), static_cast<Eigen::Index>(params_.components));
        for (double& entry : directions.reshaped()) {
            entry = deviation * context.rng.normal();
        }
        Vector offsets(directions.cols());
        for (double& offset : offsets) {
            offset = context.rng.uniform(0, 2 * std::numbers::pi);
        }
        return std::make_unique<FittedRandomFeatures>(x.names(), std::move(directions), std::move(offsets));
    }

private:
    RandomFeaturesParams params_;
};

}  // namespace

void add_random_features(Catalog& catalog) {
    ComponentInfo info;
    info.name = "random_features";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces columns by random waves across them, with which a linear model comes near to one with the kernel exp(-gamma |a-b|²), at a cost "
        "that does not grow with the rows; `scale` columns of different units before";
    info.source = "Rahimi, Recht: Random Features for Large-Scale Kernel Machines, NIPS (2007)";
    info.example = "random_features(components: 300, gamma in 0.01..1.0 log)";
    info.params = specs_of(random_features_schema());
    info.random = true;
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<RandomFeatures>(read_params(random_features_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedRandomFeatures>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/cell_product.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc {

namespace {

enum class Entries { Gaussian, Sparse };
struct RandomProjectionParams {
    std::int64_t components = 100;
    Entries entries = Entries::Gaussian;
};
const Schema<RandomProjectionParams>& random_projection_schema() {
    static const Schema<RandomProjectionParams> fields{
        field(&RandomProjectionParams::components, {.name = "components",
                                                    .doc = "How many columns come out",
                                                    .valid = {.low = 1, .high = 100'000},
                                                    .search = {.low = 10, .high = 500, .log = true}}),
        field(&RandomProjectionParams::entries,
              {.name = "entries",
               .doc = "What the columns are multiplied by: normal random numbers (`gaussian`), or 0 for all but one of root-of-columns of them "
                      "and plus or minus one number for the others (`sparse`)",
               .words = {"gaussian", "sparse"}}),
    };
    return fields;
}

class FittedRandomProjection : public FittedStep {
public:
    FittedRandomProjection() = default;
    FittedRandomProjection(std::vector<std::string> names, Matrix directions) : names_(std::move(names)), directions_(std::move(directions)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "random_projection");
        if (!x.has_sparse()) {
            steps::require_finite(x, "random_projection");
        }
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= directions_.cols(); ++j) {
            outputs.push_back(fmt::format("projection{}", j));
        }
        Matrix out = steps::Cells(x).times(directions_);
        steps::require_all_finite(out, outputs, "random_projection");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("directions", directions_);
        if (directions_.rows() != static_cast<Eigen::Index>(names_.size())) {
            throw RunError("the saved state of `random_projection` has matrices of different sizes");
        }
    }

private:
    std::vector<std::string> names_;
    Matrix directions_;
};

class RandomProjection : public Step {
public:
    explicit RandomProjection(RandomProjectionParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        Matrix directions(static_cast<Eigen::Index>(x.columns()), static_cast<Eigen::Index>(params_.components));
        const double density = params_.entries == Entries::Sparse ? 1 / std::sqrt(static_cast<double>(x.columns())) : 1;
        const double unit = 1 / std::sqrt(density * static_cast<double>(params_.components));
        for (double& entry : directions.reshaped()) {
            entry = unit * draw(context.rng, density);
        }
        return std::make_unique<FittedRandomProjection>(x.names(), std::move(directions));
    }

private:
    double draw(Rng& rng, double density) const {
        if (params_.entries == Entries::Gaussian) {
            return rng.normal();
        }
        const double place = rng.uniform();
        return place >= density ? 0 : (place < density / 2 ? -1 : 1);
    }
    RandomProjectionParams params_;
};

}  // namespace

void add_random_projection(Catalog& catalog) {
    ComponentInfo info;
    info.name = "random_projection";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces columns by fewer random sums of them, which keep the distances between rows nearly as they are; it draws and does not look at "
        "cells";
    info.source =
        "Johnson, Lindenstrauss: Extensions of Lipschitz mappings into a Hilbert space, Contemporary Mathematics 26 (1984); sparse: Li, "
        "Hastie, Church: Very sparse random projections, KDD (2006)";
    info.example = "random_projection(components: 50)";
    info.params = specs_of(random_projection_schema());
    info.random = true;
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<RandomProjection>(read_params(random_projection_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedRandomProjection>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

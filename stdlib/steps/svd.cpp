#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/truncated_svd.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

struct SvdParams {
    std::int64_t components = 100;
};
const Schema<SvdParams>& svd_schema() {
    static const Schema<SvdParams> fields{
        field(&SvdParams::components, {.name = "components",
                                       .doc = "How many components to keep; fewer where the rows that it is fitted on have fewer",
                                       .valid = {.low = 1, .high = 10'000},
                                       .search = {.low = 2, .high = 200, .log = true},
                                       .path = true}),
    };
    return fields;
}

class FittedSvd : public FittedStep {
public:
    FittedSvd() = default;
    FittedSvd(std::vector<std::string> names, Matrix vectors, std::int64_t components)
        : names_(std::move(names)), vectors_(std::move(vectors)), components_(components) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "svd");
        if (!x.has_sparse()) {
            steps::require_finite(x, "svd");
        }
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= vectors_.cols(); ++j) {
            outputs.push_back(fmt::format("svd{}", j));
        }
        Matrix out = steps::Cells(x).times(vectors_);
        steps::require_all_finite(out, outputs, "svd");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("vectors", vectors_);
        a.field("components", components_);
        if (vectors_.rows() != static_cast<Eigen::Index>(names_.size())) {
            throw RunError("the saved state of `svd` has matrices of different sizes");
        }
    }
    std::unique_ptr<FittedStep> restricted(const ParamValue& components) const override {
        SvdParams params;
        svd_schema().front().set(params, components);
        if (!steps::begins_alike(params.components, components_)) {
            return nullptr;
        }
        const Eigen::Index count = std::min<Eigen::Index>(params.components, vectors_.cols());
        return std::make_unique<FittedSvd>(names_, vectors_.leftCols(count), params.components);
    }

private:
    std::vector<std::string> names_;
    Matrix vectors_;
    std::int64_t components_ = 0;  // asked for
};

class Svd : public Step {
public:
    explicit Svd(SvdParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() == 0) {
            throw RunError(fmt::format("`svd` is given {} rows and {} columns and needs one of each; check what the selector before it takes",
                                       x.rows(), x.columns()));
        }
        if (!x.has_sparse()) {
            steps::require_finite(x, "svd");
        }
        context.check_cancelled();
        Matrix vectors = steps::truncated_svd(steps::Cells(x), params_.components, "svd").right;
        return std::make_unique<FittedSvd>(x.names(), std::move(vectors), params_.components);
    }

private:
    SvdParams params_;
};

}  // namespace

void add_svd(Catalog& catalog) {
    ComponentInfo info;
    info.name = "svd";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces number columns by their leading singular directions `svd1`, `svd2`, …, as `pca` without centring, so that sparse columns stay "
        "sparse until they are few (latent semantic analysis after `tfidf`)";
    info.source =
        "Deerwester et al.: Indexing by latent semantic analysis, JASIS 41 (1990); Halko, Martinsson, Tropp: Finding structure with "
        "randomness, SIAM Review 53 (2011)";
    info.example = "svd(components in 20..100)";
    info.params = specs_of(svd_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Svd>(read_params(svd_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedSvd>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

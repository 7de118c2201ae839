// Gradient boosting by the library of that name.
#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/fitted_xgboost.h"
#include "stdlib/models/inner_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>

namespace mlpc {

namespace {

using models::NumberLoss;

struct XgboostParams {
    std::int64_t rounds = 100;
    double rate = 0.3;
    std::int64_t depth = 6;
    double min_child_weight = 1;
    double gamma = 0;
    double l1 = 0;
    double l2 = 1;
    double rows = 1;
    double columns = 1;
    std::int64_t bins = 256;
    NumberLoss loss = NumberLoss::Squared;
    std::optional<std::int64_t> early_stop;
    double validation = 0.1;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

const Schema<XgboostParams>& xgboost_schema() {
    using P = XgboostParams;
    static const Schema<P> schema = {
        field(&P::rounds, {.name = "rounds",
                           .doc = "How many rounds, of one tree each (of more than two classes, one a class); the first ones of a longer fit are "
                                  "the shorter fit",
                           .valid = {.low = 1},
                           .search = {.low = 50, .high = 500},
                           .path = true,
                           .resource = true}),
        field(&P::rate, {.name = "rate",
                         .doc = "What a tree's leaves are multiplied with (eta)",
                         .valid = {.low = 0, .high = 1, .open_low = true},
                         .search = {.low = 0.01, .high = 0.3, .log = true}}),
        field(&P::depth, {.name = "depth",
                          .doc = "Most cuts from the root to a leaf (max_depth)",
                          .valid = {.low = 1, .high = 30},
                          .search = {.low = 2, .high = 10}}),
        field(&P::min_child_weight, {.name = "min_child_weight",
                                     .doc = "Least sum of hessians in a leaf",
                                     .valid = {.low = 0},
                                     .search = {.low = 0.1, .high = 20, .log = true}}),
        field(&P::gamma, {.name = "gamma",
                          .doc = "By how much a cut must lessen the loss",
                          .valid = {.low = 0},
                          .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&P::l1, {.name = "l1",
                       .doc = "Penalty on the absolute values of the leaves (alpha)",
                       .valid = {.low = 0},
                       .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&P::l2, {.name = "l2",
                       .doc = "Penalty on the squares of the leaves (lambda)",
                       .valid = {.low = 0},
                       .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&P::rows, {.name = "rows",
                         .doc = "Share of the rows, drawn anew for each round (subsample)",
                         .valid = {.low = 0, .high = 1, .open_low = true},
                         .search = {.low = 0.5, .high = 1}}),
        field(&P::columns, {.name = "columns",
                            .doc = "Share of the columns, drawn anew for each tree (colsample_bytree)",
                            .valid = {.low = 0, .high = 1, .open_low = true},
                            .search = {.low = 0.3, .high = 1}}),
        field(&P::bins, {.name = "bins", .doc = "Most bins of a column (max_bin)", .valid = {.low = 2, .high = 65535}}),
        field(&P::loss, {.name = "loss",
                         .doc = "What is lessened where numbers are predicted; where classes are, always the log loss",
                         .words = {"squared", "absolute", "poisson"}}),
        field(&P::early_stop, {.name = "early_stop",
                               .doc = "Ends after so many rounds without a smaller loss on training rows set aside, and keeps the rounds up to the "
                                      "smallest one; none: all rounds",
                               .valid = {.low = 1}}),
        field(&P::validation, {.name = "validation",
                               .doc = "Share of the training rows that `early_stop` sets aside, of each class alike",
                               .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
        field(&P::class_weight, models::class_weight_spec()),
    };
    return schema;
}

std::vector<float> floats_of(const Vector& values) {
    const Eigen::VectorXf floats = values.cast<float>();
    return {floats.begin(), floats.end()};
}

std::vector<float> labels_of(const Target& y) {
    return is_classification(y.task) ? std::vector<float>(y.labels.begin(), y.labels.end()) : std::vector<float>(y.values.begin(), y.values.end());
}

void boost_once(const models::XgboostBooster& booster, const models::XgboostMatrix& matrix, int round) {
    const auto& library = models::XgboostLibrary::get();
    library.check(library.booster_update(booster.get(), round, matrix.get()));
}

// A matrix is quantised in the first round of the first booster on it, and read only afterwards: one round here, so that boosters in several
// threads may share it.
models::XgboostMatrix make_matrix(const Frame& x, const std::vector<float>& labels, const std::vector<float>& weights, std::int64_t bins) {
    const auto& library = models::XgboostLibrary::get();
    DMatrixHandle handle = nullptr;
    const std::vector<float> cells = models::xgboost_cells(x);
    library.check(library.matrix_create(cells.data(), x.rows(), x.columns(), std::numeric_limits<float>::quiet_NaN(), &handle, 1));
    models::XgboostMatrix matrix(handle, [&library](DMatrixHandle h) { library.matrix_free(h); });
    library.check(library.matrix_set(handle, "label", labels.data(), labels.size()));
    library.check(library.matrix_set(handle, "weight", weights.data(), weights.size()));
    const models::XgboostBooster first = models::new_xgboost_booster(matrix);
    library.check(library.booster_set(first.get(), "tree_method", "hist"));
    library.check(library.booster_set(first.get(), "max_bin", std::to_string(bins).c_str()));
    library.check(library.booster_set(first.get(), "max_depth", "1"));
    boost_once(first, matrix, 0);
    return matrix;
}

// The library keeps its cells as they were given and quantised.
struct SharedMatrix {
    models::XgboostMatrix matrix;
    std::size_t cells = 0;
    std::size_t bytes() const { return cells * (sizeof(float) + sizeof(std::uint32_t)); }
};

// Quantiles are of weighted rows: fits of equal weights and targets on one frame share the quantised matrix.
std::shared_ptr<const SharedMatrix> shared_matrix(const Frame& x, const Target& y, const Vector& weights, std::int64_t bins) {
    const std::vector<float> labels = labels_of(y), row_weights = floats_of(weights);
    KeyBuilder key;
    key.add_bytes(std::as_bytes(std::span(labels)));
    key.add_bytes(std::as_bytes(std::span(row_weights)));
    return x.derived<SharedMatrix>(fmt::format("xgboost matrix, {} bins, rows {}", bins, key.key().hex()), [&] {
        return std::make_shared<const SharedMatrix>(
            SharedMatrix{.matrix = make_matrix(x, labels, row_weights, bins), .cells = x.rows() * x.columns()});
    });
}

// One fit. Rows set aside weigh nothing in the matrix; its cached scores of them show when to stop.
class Fit {
public:
    Fit(const XgboostParams& params, const Frame& x, const Target& y, Vector weights, FitContext& context)
        : params_(params), x_(x), y_(y), weights_(std::move(weights)), context_(context), loss_(y, params.loss, 0.5, "xgboost") {
        Vector train_weights = weights_;
        if (params.early_stop) {
            split_ = models::split_inside(y, weights_, params.validation, context.rng.child("validation"), "xgboost");
            for (const std::uint32_t row : split_.validation) {
                train_weights[row] = 0;
            }
        }
        matrix_ = shared_matrix(x, y, train_weights, params.bins)->matrix;
    }

    // Null: from the first round on; else what an earlier fit has shown, as far as it is wanted, comes first.
    std::unique_ptr<FittedModel> run(const models::FittedXgboost* earlier) {
        const auto wanted = static_cast<std::size_t>(params_.rounds);
        const std::size_t done = earlier != nullptr ? std::min(earlier->rounds(), wanted) : 0;
        booster_ = done > 0 ? earlier->first_rounds(done) : models::new_xgboost_booster(matrix_);
        set_params();
        std::vector<double> curve = done > 0 ? earlier->curve(done) : std::vector<double>();
        for (std::size_t round = done; round < wanted && !has_stalled(curve); ++round) {
            context_.check_cancelled();
            boost_once(booster_, matrix_, static_cast<int>(round));
            if (params_.early_stop) {
                curve.push_back(loss_.mean(scores(), weights_, split_.validation));
            }
        }
        // The booster itself would hold its histograms, tens of megabytes, as long as the model lives.
        return std::make_unique<models::FittedXgboost>(
            models::OutcomeSchema::of(y_), params_.loss, x_.columns(), models::first_xgboost_rounds(booster_, models::xgboost_rounds(booster_)),
            std::make_shared<const std::vector<double>>(std::move(curve)), static_cast<std::size_t>(params_.rounds));
    }

private:
    bool has_stalled(const std::vector<double>& curve) const {
        return params_.early_stop && !curve.empty() && curve.end() - std::min_element(curve.begin(), curve.end()) > *params_.early_stop;
    }

    void set(const char* name, const std::string& value) {
        const auto& library = models::XgboostLibrary::get();
        library.check(library.booster_set(booster_.get(), name, value.c_str()));
    }
    void set_params() {
        Rng rng = context_.rng.child("seed");
        set("tree_method", "hist");
        set("seed", std::to_string(rng.below(std::uint64_t{1} << 31)));
        set("objective", objective());
        if (y_.task == Task::Multiclass) {
            set("num_class", std::to_string(y_.class_count()));
        }
        set("max_depth", std::to_string(params_.depth));
        set("max_bin", std::to_string(params_.bins));
        set("eta", fmt::format("{}", params_.rate));
        set("min_child_weight", fmt::format("{}", params_.min_child_weight));
        set("gamma", fmt::format("{}", params_.gamma));
        set("alpha", fmt::format("{}", params_.l1));
        set("lambda", fmt::format("{}", params_.l2));
        set("subsample", fmt::format("{}", params_.rows));
        set("colsample_bytree", fmt::format("{}", params_.columns));
    }
    std::string objective() const {
        if (is_classification(y_.task)) {
            return y_.task == Task::Binary ? "binary:logistic" : "multi:softprob";
        }
        switch (params_.loss) {
            case NumberLoss::Absolute:
                return "reg:absoluteerror";
            case NumberLoss::Poisson:
                return "count:poisson";
            case NumberLoss::Squared:
            case NumberLoss::Quantile:
                break;
        }
        return "reg:squarederror";
    }

    Matrix scores() const {
        const auto& library = models::XgboostLibrary::get();
        const bst_ulong* shape = nullptr;
        bst_ulong dimensions = 0;
        const float* result = nullptr;
        library.check(library.predict_matrix(booster_.get(), matrix_.get(),
                                             R"({"type": 1, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true})",
                                             &shape, &dimensions, &result));
        return models::xgboost_scores(result, x_.rows(), static_cast<std::size_t>(loss_.scores()));
    }

    const XgboostParams& params_;
    const Frame& x_;
    const Target& y_;
    Vector weights_;
    FitContext& context_;
    models::BoostingLoss loss_;
    models::InnerSplit split_;
    models::XgboostMatrix matrix_;
    models::XgboostBooster booster_;
};

class Xgboost final : public Model {
public:
    explicit Xgboost(XgboostParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return boosted(nullptr, x, y, context); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* shorter = dynamic_cast<const models::FittedXgboost*>(&state);
        // The library's draws of rows and columns go on from those before, and it does not tell where they stand.
        const bool draws = params_.rows < 1 || params_.columns < 1;
        return shorter != nullptr && !draws ? boosted(shorter, x, y, context) : nullptr;
    }

private:
    std::unique_ptr<FittedModel> boosted(const models::FittedXgboost* earlier, const Frame& x, const Target& y, FitContext& context) const {
        if (x.columns() == 0) {
            throw RunError("`xgboost` got no feature columns; the pipeline before it keeps none");
        }
        Vector weights =
            is_classification(y.task) ? models::balanced_row_weights(y, params_.class_weight, "xgboost") : models::row_weights(y, "xgboost");
        return Fit(params_, x, y, std::move(weights), context).run(earlier);
    }

    XgboostParams params_;
};

}  // namespace

void add_xgboost(Catalog& catalog) {
    ComponentInfo info;
    info.name = "xgboost";
    info.kind = ComponentKind::Model;
    info.summary = "Adds trees one after the other by the XGBoost library, on histograms";
    info.source = "Chen, Guestrin 2016: XGBoost; Debian's libxgboost 1.7, loaded when a model is fitted";
    info.example = "xgboost(rounds: 300, rate in 0.01..0.3 log, depth in 2..10)";
    info.random = true;
    info.params = specs_of(xgboost_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_missing = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Xgboost>(read_params(xgboost_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedXgboost>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

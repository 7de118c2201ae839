// The k nearest training rows vote, or are averaged.
#include "runtime/core/error.h"
#include "stdlib/models/features.h"
#include "stdlib/models/kernel_function.h"
#include "stdlib/models/nearest_rows.h"
#include "stdlib/models/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>
#include <span>

namespace mlpc {

namespace {

enum class Vote { Uniform, Distance };

struct KnnParams {
    std::int64_t k = 5;
    Vote weights = Vote::Uniform;
};

const Schema<KnnParams>& knn_schema() {
    static const Schema<KnnParams> schema = {
        field(&KnnParams::k, {.name = "k",
                              .doc = "How many nearest rows count; of equally distant ones, those that come first",
                              .valid = {.low = 1},
                              .search = {.low = 1, .high = 30},
                              .path = true}),
        field(&KnnParams::weights, {.name = "weights",
                                    .doc = "Neighbours count alike, or by the inverse of their Euclidean distance",
                                    .words = {"uniform", "distance"},
                                    .search = {.words = {"uniform", "distance"}}}),
    };
    return schema;
}

// What is learned, and shared by all k.
struct TrainingRows {
    std::shared_ptr<const Matrix> cells;
    std::string name;  // of the cells; empty where they were read from an archive
    std::vector<std::int32_t> labels;
    std::vector<double> values;
    Vector weights;
};

class FittedKnn final : public FittedModel {
public:
    FittedKnn() = default;
    FittedKnn(models::OutcomeSchema outcome, KnnParams params, std::shared_ptr<const TrainingRows> rows)
        : outcome_(std::move(outcome)), k_(params.k), by_distance_(params.weights == Vote::Distance), rows_(std::move(rows)) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "knn", static_cast<std::size_t>(rows_->cells->cols()));
        const auto matrix = dense.matrix();
        const bool classes = is_classification(outcome_.task);
        Matrix out = Matrix::Zero(matrix.rows(), classes ? outcome_.class_count() : 1);
        const auto nearest = nearest_rows(x, matrix);
        for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
            vote(nearest->of(row, static_cast<std::size_t>(k_)), row, out);
        }
        return classes ? outcome_.classes_of(std::move(out)) : outcome_.numbers(out.col(0));
    }
    std::unique_ptr<FittedModel> restricted(const ParamValue& k) const override {
        const std::int64_t smaller = detail::integer_of(k);
        return smaller > k_
                   ? nullptr
                   : std::make_unique<FittedKnn>(outcome_, KnnParams{.k = smaller, .weights = by_distance_ ? Vote::Distance : Vote::Uniform}, rows_);
    }
    void archive(Archive& a) override {
        auto rows = std::make_shared<TrainingRows>(rows_ ? *rows_ : TrainingRows{});
        Matrix cells = rows->cells ? *rows->cells : Matrix();
        outcome_.archive(a);
        a.field("k", k_);
        a.field("by_distance", by_distance_);
        a.field("rows", cells);
        a.field("labels", rows->labels);
        a.field("values", rows->values);
        a.field("row_weights", rows->weights);
        if (!a.reading()) {
            return;
        }
        const std::size_t outcomes = is_classification(outcome_.task) ? rows->labels.size() : rows->values.size();
        if (k_ < 1 || k_ > cells.rows() || rows->weights.size() != cells.rows() || outcomes != static_cast<std::size_t>(cells.rows())) {
            throw RunError("the saved `knn` does not fit together; save it again");
        }
        rows->cells = std::make_shared<const Matrix>(std::move(cells));
        rows_ = std::move(rows);
    }

private:
    // So many neighbours are looked for that the small k, or else the usual ones, and both weightings find what they need beside the frame.
    static std::size_t shared_count(std::size_t k) { return k <= 16 ? 16 : std::max<std::size_t>(64, std::bit_ceil(k)); }

    std::shared_ptr<const models::NearestRows> nearest_rows(const Frame& x, Eigen::Map<const Matrix> matrix) const {
        constexpr std::size_t most_shared = 4'000'000;
        const auto k = static_cast<std::size_t>(k_), rows = static_cast<std::size_t>(rows_->cells->rows());
        const std::size_t count = std::min(rows, shared_count(k));
        if (rows_->name.empty() || count * x.rows() > most_shared) {
            return std::make_shared<const models::NearestRows>(models::nearest_rows(*rows_->cells, matrix, k));
        }
        return x.derived<models::NearestRows>(fmt::format("knn, {} nearest of {}", count, rows_->name), [&] {
            return std::make_shared<const models::NearestRows>(models::nearest_rows(*rows_->cells, matrix, count));
        });
    }

    double weight_of(const models::Neighbour& neighbour, bool at_zero) const {
        const double weight = rows_->weights[neighbour.row];
        if (!by_distance_) {
            return weight;
        }
        // A row that coincides with training rows is decided by them alone.
        if (at_zero) {
            return neighbour.distance == 0 ? weight : 0;
        }
        return weight / std::sqrt(neighbour.distance);
    }
    void vote(std::span<const models::Neighbour> nearest, Eigen::Index row, Matrix& out) const {
        const bool at_zero = nearest.front().distance == 0;
        double total = 0;
        for (const models::Neighbour& neighbour : nearest) {
            const double weight = weight_of(neighbour, at_zero);
            total += weight;
            if (is_classification(outcome_.task)) {
                out(row, rows_->labels[neighbour.row]) += weight;
            } else {
                out(row, 0) += weight * rows_->values[neighbour.row];
            }
        }
        for (Eigen::Index c = 0; c < out.cols(); ++c) {
            out(row, c) /= total;
        }
    }

    models::OutcomeSchema outcome_;
    std::int64_t k_ = 1;
    bool by_distance_ = false;
    std::shared_ptr<const TrainingRows> rows_;
};

// The cells of a frame with their name, for all fits on it.
struct NamedCells {
    std::shared_ptr<const Matrix> cells;
    std::string name;
    std::size_t bytes() const { return static_cast<std::size_t>(cells->size()) * sizeof(double); }
};

std::shared_ptr<const NamedCells> name_cells(Matrix cells) {
    auto named = std::make_shared<NamedCells>();
    named->name = models::name_of_cells(cells);
    named->cells = std::make_shared<const Matrix>(std::move(cells));
    return named;
}

// Rows that weigh nothing are nobody's neighbours.
Target without_weightless(const Target& y, const Vector& weights, RowIndex& kept) {
    for (Eigen::Index row = 0; row < weights.size(); ++row) {
        if (weights[row] > 0) {
            kept.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return y.take(kept);
}

class Knn final : public Model {
public:
    explicit Knn(KnnParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        RowIndex kept;
        const Target target = without_weightless(y, models::row_weights(y, "knn"), kept);
        if (static_cast<std::size_t>(params_.k) > kept.size()) {
            throw RunError(fmt::format("`knn` is to look at {} neighbours of {} training rows; lower `k`", params_.k, kept.size()));
        }
        const auto named = kept.size() == x.rows()
                               ? x.derived<NamedCells>("knn, cells", [&] { return name_cells(models::checked_features(x, "knn").matrix()); })
                               : name_cells(models::checked_features(x, "knn").matrix()(kept, Eigen::all));
        auto rows = std::make_shared<TrainingRows>(TrainingRows{.cells = named->cells,
                                                                .name = named->name,
                                                                .labels = target.labels,
                                                                .values = target.values,
                                                                .weights = models::row_weights(target, "knn")});
        return std::make_unique<FittedKnn>(models::OutcomeSchema::of(y), params_, std::move(rows));
    }

private:
    KnnParams params_;
};

}  // namespace

void add_knn(Catalog& catalog) {
    ComponentInfo info;
    info.name = "knn";
    info.kind = ComponentKind::Model;
    info.summary = "Predicts from the k nearest training rows by Euclidean distance";
    info.source = "Cover, Hart 1967: Nearest neighbor pattern classification";
    info.example = "knn(k in 1..30)";
    info.params = specs_of(knn_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Knn>(read_params(knn_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedKnn>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

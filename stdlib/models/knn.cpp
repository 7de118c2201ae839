// The k nearest training rows vote, or are averaged.
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/features.h"
#include "stdlib/models/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

struct Neighbour {
    double distance = 0;  // squared
    std::uint32_t row = 0;
    friend bool operator<(const Neighbour& a, const Neighbour& b) { return a.distance < b.distance || (a.distance == b.distance && a.row < b.row); }
};

// The k first of all rows by distance, then row. A heap of the best so far: most rows cost one comparison.
void find_nearest(const double* distances, std::size_t rows, std::size_t k, std::vector<Neighbour>& heap) {
    heap.clear();
    for (std::uint32_t row = 0; row < k; ++row) {
        heap.push_back({distances[row], row});
    }
    std::make_heap(heap.begin(), heap.end());
    for (auto row = static_cast<std::uint32_t>(k); row < rows; ++row) {
        if (distances[row] >= heap.front().distance) {
            continue;
        }
        std::pop_heap(heap.begin(), heap.end());
        heap.back() = {distances[row], row};
        std::push_heap(heap.begin(), heap.end());
    }
    std::sort_heap(heap.begin(), heap.end());
}

class FittedKnn final : public FittedModel {
public:
    FittedKnn() = default;
    FittedKnn(models::OutcomeSchema outcome, KnnParams params, Matrix rows, const Target& y, const Vector& weights)
        : outcome_(std::move(outcome)),
          k_(params.k),
          by_distance_(params.weights == Vote::Distance),
          rows_(std::move(rows)),
          labels_(y.labels),
          values_(y.values),
          row_weights_(weights) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "knn", static_cast<std::size_t>(rows_.cols()));
        const auto matrix = dense.matrix();
        const bool classes = is_classification(outcome_.task);
        Matrix out = Matrix::Zero(matrix.rows(), classes ? outcome_.class_count() : 1);
        constexpr Eigen::Index block = 32;
        Matrix distances(rows_.rows(), block);
        std::vector<Neighbour> nearest;
        for (Eigen::Index begin = 0; begin < matrix.rows(); begin += block) {
            const Eigen::Index count = std::min(block, matrix.rows() - begin);
            kernels::squared_distances(rows_.data(), rows_.rows(), rows_.cols(), rows_.rows(), matrix.data() + begin, count, matrix.rows(),
                                       distances.data(), rows_.rows());
            for (Eigen::Index i = 0; i < count; ++i) {
                find_nearest(distances.col(i).data(), static_cast<std::size_t>(rows_.rows()), static_cast<std::size_t>(k_), nearest);
                vote(nearest, begin + i, out);
            }
        }
        return classes ? outcome_.classes_of(std::move(out)) : outcome_.numbers(out.col(0));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("k", k_);
        a.field("by_distance", by_distance_);
        a.field("rows", rows_);
        a.field("labels", labels_);
        a.field("values", values_);
        a.field("row_weights", row_weights_);
    }

private:
    double weight_of(const Neighbour& neighbour, bool at_zero) const {
        const double weight = row_weights_[neighbour.row];
        if (!by_distance_) {
            return weight;
        }
        // A row that coincides with training rows is decided by them alone.
        if (at_zero) {
            return neighbour.distance == 0 ? weight : 0;
        }
        return weight / std::sqrt(neighbour.distance);
    }
    void vote(const std::vector<Neighbour>& nearest, Eigen::Index row, Matrix& out) const {
        const bool at_zero = nearest.front().distance == 0;
        double total = 0;
        for (const Neighbour& neighbour : nearest) {
            const double weight = weight_of(neighbour, at_zero);
            total += weight;
            if (values_.empty()) {
                out(row, labels_[neighbour.row]) += weight;
            } else {
                out(row, 0) += weight * values_[neighbour.row];
            }
        }
        for (Eigen::Index c = 0; c < out.cols(); ++c) {
            out(row, c) /= total;
        }
    }

    models::OutcomeSchema outcome_;
    std::int64_t k_ = 1;
    bool by_distance_ = false;
    Matrix rows_;
    std::vector<std::int32_t> labels_;
    std::vector<double> values_;
    Vector row_weights_;
};

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
        const Dense dense = models::checked_features(x, "knn");
        RowIndex kept;
        const Target target = without_weightless(y, models::row_weights(y, "knn"), kept);
        if (static_cast<std::size_t>(params_.k) > kept.size()) {
            throw RunError(fmt::format("`knn` is to look at {} neighbours of {} training rows; lower `k`", params_.k, kept.size()));
        }
        Matrix rows = dense.matrix()(kept, Eigen::all);
        return std::make_unique<FittedKnn>(models::OutcomeSchema::of(y), params_, std::move(rows), target, models::row_weights(target, "knn"));
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

#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Weights { Uniform, Distance };
struct ImputeKnnParams {
    std::int64_t k = 5;
    Weights weights = Weights::Uniform;
};
const Schema<ImputeKnnParams>& impute_knn_schema() {
    static const Schema<ImputeKnnParams> fields{
        field(&ImputeKnnParams::k, {.name = "k",
                                    .doc = "How many of the nearest rows with a known cell are averaged; all where there are fewer",
                                    .valid = {.low = 1},
                                    .search = {.low = 1, .high = 30, .log = true}}),
        field(&ImputeKnnParams::weights, {.name = "weights",
                                          .doc = "Each neighbour counts the same (`uniform`), or by one over its distance (`distance`)",
                                          .words = {"uniform", "distance"},
                                          .search = {.words = {"uniform", "distance"}}}),
    };
    return fields;
}

struct Neighbour {
    double distance = 0;
    std::uint32_t row = 0;
    friend bool operator<(const Neighbour& a, const Neighbour& b) { return a.distance < b.distance || (a.distance == b.distance && a.row < b.row); }
};

class FittedImputeKnn : public FittedStep {
public:
    FittedImputeKnn() = default;
    FittedImputeKnn(std::vector<std::string> names, Matrix rows, std::vector<double> means, ImputeKnnParams params)
        : names_(std::move(names)), rows_(std::move(rows)), means_(std::move(means)), params_(params) {
        lay_out();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "impute_knn");
        steps::require_no_infinity(x, "impute_knn");
        Matrix cells = steps::copy_of_cells(x);
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            const Vector known = cells.row(row).transpose();
            if (known.hasNaN()) {
                cells.row(row) = filled(known).transpose();
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        auto weights = static_cast<std::int32_t>(params_.weights);
        a.field("columns", names_);
        a.field("rows", rows_);
        a.field("means", means_);
        a.field("k", params_.k);
        a.field("weights", weights);
        params_.weights = static_cast<Weights>(weights);
        if (rows_.cols() != static_cast<Eigen::Index>(names_.size()) || means_.size() != names_.size() || params_.k < 1) {
            throw RunError("the saved state of `impute_knn` has matrices of different sizes");
        }
        lay_out();
    }

private:
    void lay_out() { by_row_ = rows_.transpose(); }
    Vector filled(const Vector& cells) const {
        const std::vector<Neighbour> neighbours = distances_to(cells);
        Vector full = cells;
        for (Eigen::Index c = 0; c < cells.size(); ++c) {
            if (std::isnan(cells(c))) {
                full(c) = average(neighbours, c);
            }
        }
        return full;
    }
    // By the columns that both rows know, as if the others were at the average distance (Dixon 1979). Rows without such a column are no
    // neighbours.
    std::vector<Neighbour> distances_to(const Vector& cells) const {
        std::vector<Eigen::Index> known;
        for (Eigen::Index c = 0; c < cells.size(); ++c) {
            if (!std::isnan(cells(c))) {
                known.push_back(c);
            }
        }
        std::vector<Neighbour> neighbours;
        for (Eigen::Index row = 0; row < by_row_.cols(); ++row) {
            const double* other = by_row_.col(row).data();
            double sum = 0, shared = 0;
            for (const Eigen::Index c : known) {
                const double difference = other[c] - cells(c);
                sum += std::isnan(difference) ? 0 : difference * difference;
                shared += std::isnan(difference) ? 0 : 1;
            }
            if (shared > 0) {
                neighbours.push_back({std::sqrt(sum * static_cast<double>(cells.size()) / shared), static_cast<std::uint32_t>(row)});
            }
        }
        return neighbours;
    }
    double average(const std::vector<Neighbour>& neighbours, Eigen::Index c) const {
        std::vector<Neighbour> donors;
        std::copy_if(neighbours.begin(), neighbours.end(), std::back_inserter(donors),
                     [&](const Neighbour& neighbour) { return !std::isnan(by_row_(c, neighbour.row)); });
        if (donors.empty()) {
            return means_[static_cast<std::size_t>(c)];
        }
        const std::size_t k = std::min(donors.size(), static_cast<std::size_t>(params_.k));
        std::partial_sort(donors.begin(), donors.begin() + static_cast<std::ptrdiff_t>(k), donors.end());
        donors.resize(k);
        const bool some_equal = donors.front().distance == 0;
        double sum = 0, total = 0;
        for (const Neighbour& donor : donors) {
            // Rows at no distance outweigh all others.
            const double closeness = some_equal ? (donor.distance == 0 ? 1.0 : 0.0) : 1 / donor.distance;
            const double weight = params_.weights == Weights::Uniform ? 1 : closeness;
            sum += weight * by_row_(c, donor.row);
            total += weight;
        }
        const double mean = sum / total;
        return std::isfinite(mean) ? mean : means_[static_cast<std::size_t>(c)];
    }
    std::vector<std::string> names_;
    Matrix rows_;
    std::vector<double> means_;
    ImputeKnnParams params_;
    Matrix by_row_;  // a row's cells side by side
};

class ImputeKnn : public Step {
public:
    explicit ImputeKnn(ImputeKnnParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<double> means;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            const std::vector<double> known = steps::known_values(x, c, "impute_knn");
            means.push_back(known.empty() ? 0 : steps::mean_of(known));
            if (!std::isfinite(means.back())) {
                throw RunError("the values of column `" + x.column(c).name + "` are too large for their mean to be a number; `clip` them before");
            }
        }
        return std::make_unique<FittedImputeKnn>(x.names(), steps::copy_of_cells(x), std::move(means), params_);
    }

private:
    ImputeKnnParams params_;
};

}  // namespace

void add_impute_knn(Catalog& catalog) {
    ComponentInfo info;
    info.name = "impute_knn";
    info.kind = ComponentKind::Step;
    info.summary =
        "Fills a missing number with the mean of that column over the most similar rows that it is fitted on, similar by the columns that both "
        "know; where no such row shares a column, with the column's mean. It keeps those rows; `scale` columns of different units before";
    info.source = "Troyanskaya et al.: Missing value estimation methods for DNA microarrays, Bioinformatics 17 (2001)";
    info.example = "impute_knn(k: 5, weights: distance)";
    info.params = specs_of(impute_knn_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<ImputeKnn>(read_params(impute_knn_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedImputeKnn>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

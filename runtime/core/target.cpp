#include "runtime/core/target.h"

namespace mlpc {

namespace {

template <class T>
std::vector<T> taken(const std::vector<T>& cells, std::span<const std::uint32_t> rows) {
    if (cells.empty()) {
        return {};
    }
    std::vector<T> some;
    some.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        some.push_back(cells[row]);
    }
    return some;
}

}  // namespace

Target Target::take(std::span<const std::uint32_t> rows) const {
    return {.task = task, .values = taken(values, rows), .labels = taken(labels, rows), .classes = classes, .weights = taken(weights, rows)};
}

std::int32_t Prediction::label(std::size_t row) const {
    const auto r = static_cast<Eigen::Index>(row);
    if (threshold) {
        return probabilities(r, 1) > *threshold ? 1 : 0;
    }
    std::int32_t best = 0;
    for (std::int32_t c = 1; c < probabilities.cols(); ++c) {
        if (probabilities(r, c) > probabilities(r, best)) {
            best = c;
        }
    }
    return best;
}

std::vector<std::int32_t> Prediction::labels() const {
    std::vector<std::int32_t> all(rows());
    for (std::size_t row = 0; row < all.size(); ++row) {
        all[row] = label(row);
    }
    return all;
}

}  // namespace mlpc

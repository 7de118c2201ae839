#include "stdlib/models/logistic_design.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace mlpc::models {

namespace {

std::vector<std::size_t> columns_where(const Frame& x, bool sparse) {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < x.columns(); ++c) {
        if ((x.column(c).sparse != nullptr) == sparse) {
            found.push_back(c);
        }
    }
    return found;
}

bool sparse_cells_are_ones(const Frame& x) {
    std::set<const SparseRows*> blocks;
    return std::all_of(x.all_columns().begin(), x.all_columns().end(), [&](const Column& column) {
        return column.sparse == nullptr || !blocks.insert(column.sparse).second ||
               std::all_of(column.sparse->values.begin(), column.sparse->values.end(), [](double cell) { return cell == 1; });
    });
}

}  // namespace

bool LogisticDesign::reads(const Frame& x) {
    return !x.has_sparse() || *x.derived<bool>("sparse cells are ones", [&] { return std::make_shared<const bool>(sparse_cells_are_ones(x)); });
}

LogisticDesign::LogisticDesign(const Frame& x, std::string_view model, bool find_indicators) {
    if (x.columns() == 0) {
        throw RunError(fmt::format("`{}` got no feature columns; the pipeline before it keeps none", model));
    }
    new (&cells_) Eigen::Map<const Matrix>(nullptr, static_cast<Eigen::Index>(x.rows()), 0);
    offsets_.assign(x.rows() + 1, 0);
    if (const std::vector<std::size_t> columns = columns_where(x, false); !columns.empty()) {
        take_dense(x, columns, model, find_indicators);
    }
    if (const std::vector<std::size_t> columns = columns_where(x, true); !columns.empty()) {
        add_sparse(x, columns);
    }
}

LogisticDesign::LogisticDesign(const LogisticDesign& whole, const RowIndex& rows)
    : dense_(whole.cells_(rows, Eigen::all)), cells_(dense_.data(), dense_.rows(), dense_.cols()), order_(whole.order_) {
    offsets_.push_back(0);
    for (const std::uint32_t row : rows) {
        ones_.insert(ones_.end(), whole.ones_.begin() + whole.offsets_[row], whole.ones_.begin() + whole.offsets_[row + 1]);
        offsets_.push_back(static_cast<std::uint32_t>(ones_.size()));
    }
}

void LogisticDesign::take_dense(const Frame& x, const std::vector<std::size_t>& columns, std::string_view model, bool find_indicators) {
    const Frame part = x.select(columns);
    const Dense cells = checked_features(part, model);
    const auto matrix = cells.matrix();
    Lists lists;
    std::vector<Eigen::Index> kept, indicators;
    std::vector<std::uint32_t> scratch(x.rows() + 1);
    for (Eigen::Index c = 0; c < matrix.cols(); ++c) {
        const bool listed = find_indicators && list_ones(matrix.col(c).data(), scratch, lists);
        (listed ? indicators : kept).push_back(c);
    }
    constexpr std::size_t too_few = 4;
    if (indicators.size() < too_few) {
        kept.resize(columns.size());
        std::iota(kept.begin(), kept.end(), Eigen::Index{0});
        indicators.clear();
        lists.clear();
    }
    const auto of_frame = [&](Eigen::Index c) { return static_cast<Eigen::Index>(columns[static_cast<std::size_t>(c)]); };
    std::transform(kept.begin(), kept.end(), std::back_inserter(order_), of_frame);
    std::transform(indicators.begin(), indicators.end(), std::back_inserter(order_), of_frame);
    add_lists(lists);
    // Cells that lie side by side in the frame are read where they are.
    const bool in_place = indicators.empty() && matrix.data() == part.column(0).numbers && !part.is_view();
    if (!in_place) {
        dense_ = matrix(Eigen::all, kept);
    }
    new (&cells_) Eigen::Map<const Matrix>(in_place ? matrix.data() : dense_.data(), matrix.rows(), static_cast<Eigen::Index>(kept.size()));
}

// Appends the rows that hold a one; false where there is any cell but zero and one, or the ones are not few.
bool LogisticDesign::list_ones(const double* cells, std::vector<std::uint32_t>& scratch, Lists& lists) const {
    const Eigen::Index rows = cells_.rows();
    const auto most = static_cast<std::size_t>(rows / 2);
    std::size_t count = 0;
    for (Eigen::Index begin = 0; begin < rows; begin += 256) {
        double other = 0;
        for (Eigen::Index r = begin; r < std::min(begin + 256, rows); ++r) {
            scratch[count] = static_cast<std::uint32_t>(r);
            count += cells[r] != 0 ? 1 : 0;
            other += std::abs(cells[r] * (cells[r] - 1));
        }
        if (other != 0 || count > most) {
            return false;
        }
    }
    lists.emplace_back(scratch.begin(), scratch.begin() + static_cast<std::ptrdiff_t>(count));
    return true;
}

void LogisticDesign::add_lists(const Lists& lists) {
    for (const auto& list : lists) {
        for (const std::uint32_t row : list) {
            ++offsets_[row + 1];
        }
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    ones_.resize(offsets_.back());
    std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
    for (std::size_t k = 0; k < lists.size(); ++k) {
        for (const std::uint32_t row : lists[k]) {
            ones_[next[row]++] = static_cast<std::uint32_t>(k);
        }
    }
}

void LogisticDesign::add_sparse(const Frame& x, const std::vector<std::size_t>& columns) {
    const std::shared_ptr<const SparseRows> cells = x.select(columns).sparse_rows();
    const auto first = static_cast<std::uint32_t>(order_.size() - static_cast<std::size_t>(cells_.cols()));
    order_.insert(order_.end(), columns.begin(), columns.end());
    const std::vector<std::uint32_t> old_offsets = std::exchange(offsets_, {0}), old_ones = std::exchange(ones_, {});
    offsets_.reserve(old_offsets.size());
    ones_.reserve(old_ones.size() + cells->indices.size());
    for (std::size_t row = 0; row < x.rows(); ++row) {
        ones_.insert(ones_.end(), old_ones.begin() + old_offsets[row], old_ones.begin() + old_offsets[row + 1]);
        for (std::uint64_t i = cells->offsets[row]; i < cells->offsets[row + 1]; ++i) {
            ones_.push_back(first + cells->indices[i]);
        }
        offsets_.push_back(static_cast<std::uint32_t>(ones_.size()));
    }
}

void LogisticDesign::fill(kernels::LogisticInput& input) const {
    input.x = cells_.data();
    input.rows = rows();
    input.cols = cells_.cols();
    input.ld = rows();
    input.indicators = columns() - cells_.cols();
    input.offsets = offsets_.data();
    input.ones = ones_.data();
}

Vector LogisticDesign::by_column(const Vector& point) const {
    Vector coefficients = point;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        coefficients[order_[i]] = point[static_cast<Eigen::Index>(i)];
    }
    return coefficients;
}

Vector LogisticDesign::in_order(const Vector& coefficients) const {
    Vector point = coefficients;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        point[static_cast<Eigen::Index>(i)] = coefficients[order_[i]];
    }
    return point;
}

Vector LogisticDesign::scores(const Vector& coefficients) const {
    const Vector point = in_order(coefficients);
    Vector sums(rows());
    kernels::matvec(cells_.data(), rows(), cells_.cols(), rows(), point.data(), sums.data());
    const double* levels = point.data() + cells_.cols();
    const double intercept = point[point.size() - 1];
    for (Eigen::Index row = 0; row < rows(); ++row) {
        double sum = 0;
        for (std::uint32_t k = offsets_[static_cast<std::size_t>(row)]; k < offsets_[static_cast<std::size_t>(row) + 1]; ++k) {
            sum += levels[ones_[k]];
        }
        sums[row] += sum + intercept;
    }
    return sums;
}

std::shared_ptr<const LogisticDesign> logistic_design_of(const Frame& x, bool find_indicators) {
    return x.derived<LogisticDesign>(find_indicators ? "logistic design with indicators" : "logistic design",
                                     [&] { return std::make_shared<const LogisticDesign>(x, "logistic", find_indicators); });
}

}  // namespace mlpc::models

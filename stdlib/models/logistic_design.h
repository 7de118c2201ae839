// The features of logistic regression: columns of numbers, and those of zeros and few ones (one-hot levels) as lists of their ones, which
// are most of the cells of a mixed table and hold next to nothing.
#pragma once

#include "runtime/core/kernels.h"
#include "stdlib/models/features.h"

namespace mlpc::models {

// Columns stand in an order of their own, the dense ones first.
class LogisticDesign {
public:
    // Whether the frame can be read so: its sparse columns hold ones only.
    static bool reads(const Frame&);
    // Throws as checked_features. `find_indicators`: dense columns of zeros and ones become lists too. The frame must outlive it.
    LogisticDesign(const Frame&, std::string_view model, bool find_indicators);
    // Some rows of another one.
    LogisticDesign(const LogisticDesign&, const RowIndex& rows);
    LogisticDesign(const LogisticDesign&) = delete;  // cells_ may point into dense_
    LogisticDesign& operator=(const LogisticDesign&) = delete;

    Eigen::Index rows() const { return cells_.rows(); }
    Eigen::Index columns() const { return static_cast<Eigen::Index>(order_.size()); }
    Eigen::Map<const Matrix> dense() const { return cells_; }
    // Of cells of its own; it may point to those of the frame.
    std::size_t bytes() const {
        return static_cast<std::size_t>(dense_.size()) * sizeof(double) + (offsets_.size() + ones_.size()) * sizeof(std::uint32_t);
    }
    void fill(kernels::LogisticInput&) const;
    // Coefficients (the intercept last) by column of the frame, from those in the order of the design, and back.
    Vector by_column(const Vector& point) const;
    Vector in_order(const Vector& coefficients) const;
    // X β + intercept, coefficients by column of the frame. A row's sum is its own, whatever rows stand beside it.
    Vector scores(const Vector& coefficients) const;

private:
    using Lists = std::vector<std::vector<std::uint32_t>>;
    void take_dense(const Frame&, const std::vector<std::size_t>& columns, std::string_view model, bool find_indicators);
    bool list_ones(const double* cells, std::vector<std::uint32_t>& scratch, Lists& lists) const;
    void add_lists(const Lists&);
    void add_sparse(const Frame&, const std::vector<std::size_t>& columns);

    Matrix dense_;
    Eigen::Map<const Matrix> cells_{nullptr, 0, 0};
    std::vector<Eigen::Index> order_;
    std::vector<std::uint32_t> offsets_, ones_;  // of the indicators, by row
};

// The design of a frame, made once a frame.
std::shared_ptr<const LogisticDesign> logistic_design_of(const Frame&, bool find_indicators);

}  // namespace mlpc::models

// A Gaussian process given rows and one or several sets of values of them, that takes a row more without being fitted anew.
#pragma once

#include "stdlib/search/gp_parameters.h"

namespace mlpc::surrogate {

// What is believed of a value at one point, and the slopes of it by the point's coordinates.
struct Belief {
    Vector means;  // by set of values
    double deviation = 0;
    Matrix mean_slopes;  // columns × sets
    Vector deviation_slope;
};

class GpPosterior {
public:
    // Without rows.
    GpPosterior(GpColumns, GpParameters);

    // Adds a row by one row more of the Cholesky factor's inverse: O(rows²).
    void append(const Vector& row);
    // A column a set, of the rows in the order in which they came.
    void set_values(const Matrix& values);

    Eigen::Index rows() const { return count_; }
    const GpParameters& parameters() const { return parameters_; }
    // Of the process without its noise: means are rows × sets.
    void predict(const Matrix& rows, Matrix& means, Vector& deviations) const;
    Belief predict(const Vector& row) const;
    // The means at the process's own rows, a column a set.
    Matrix fitted_means() const;
    double noise() const { return noise_; }

private:
    // Of the rows with others: rows × others.
    Matrix covariances(const Matrix& scaled_rows) const;
    void reserve(Eigen::Index rows);

    GpColumns columns_;
    GpParameters parameters_;
    models::Covariance covariance_;
    double noise_ = 0;
    Eigen::Index count_ = 0;
    Matrix scaled_;   // capacity × columns: warped and divided by the lengths
    Matrix inverse_;  // capacity × capacity: of the Cholesky factor of the covariance with noise, lower triangular
    Matrix values_, coefficients_;
};

}  // namespace mlpc::surrogate

// Moments by class for lda and qda, and their covariances shrunk towards a multiple of the identity.
#pragma once

#include "stdlib/models/features.h"

namespace mlpc::models {

// Rows of one class: x less its weighted mean, each row times the root of its weight.
struct ClassRows {
    std::int32_t label = 0;
    double count = 0;   // rows
    double weight = 0;  // of them all
    Vector mean;
    Matrix centred;
};
// Classes without weight are left out. Throws RunError, naming the model, where there is one class only, or more columns than `most_columns`.
std::vector<ClassRows> rows_by_class(const Frame& x, const Target& y, Eigen::Index most_columns, std::string_view model);

// centredᵀ centred.
Matrix scatter_of(const Matrix& centred);

// Ledoit, Wolf 2004: A well-conditioned estimator for large-dimensional covariance matrices; of rows with mean 0.
double ledoit_wolf_shrinkage(const Matrix& centred);
// (1 - shrinkage) covariance + shrinkage · its mean variance on the diagonal.
Matrix shrunk(Matrix covariance, double shrinkage);

// Rows of logarithms, up to a number of each row, become probabilities in the columns `present` of `classes`.
Matrix probabilities_of_logs(const Matrix& logs, const std::vector<std::int32_t>& present, Eigen::Index classes);

}  // namespace mlpc::models

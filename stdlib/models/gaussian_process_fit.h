// Gaussian processes with given covariances: the evidence for them and its gradient, and the state that predictions need.
#pragma once

#include "stdlib/models/covariance.h"

#include "runtime/core/archive.h"

namespace mlpc::models {

// A value that grows as the hyper-parameters explain the data better, and its gradient by their logarithms: variance, lengths…, noise.
struct Evidence {
    double log_likelihood = 0;  // -infinity where the covariance matrix is not positive definite to working precision
    Vector gradient;
};

// Regression (Rasmussen, Williams 2006, algorithm 2.1). `noise` is the variance of y around the process; a row of weight w has noise / w.
Evidence regression_evidence(const Covariance&, double noise, const Matrix& rows, const Vector& y, const Vector& weights);
// The weights of the training rows in the mean of a prediction. Throws RunError where the covariance matrix is singular.
Vector regression_coefficients(const Covariance&, double noise, const Matrix& rows, const Vector& y, const Vector& weights);

// Two classes by the logistic function, Laplace's approximation of the posterior (the same, algorithms 3.1, 3.2, 5.1). y is 0 or 1.
struct BinaryPosterior {
    Vector pull;      // weight · (y - probability) of the training rows
    Vector root;      // square root of weight · probability · (1 - probability)
    Matrix triangle;  // Cholesky factor of 1 + root K root
    double log_likelihood = 0;

    void archive(Archive&);
};
BinaryPosterior binary_posterior(const Matrix& covariance, const Vector& y, const Vector& weights);
Evidence binary_evidence(const Covariance&, const Matrix& rows, const Vector& y, const Vector& weights);
// The probability of class 1 where `covariance` is that with the training rows, and `variance` the process's own.
double binary_probability(const BinaryPosterior&, const double* covariance, double variance);

// Sum of products in a fixed order, wherever the numbers lie.
double ordered_dot(const double* a, const double* b, Eigen::Index count);

}  // namespace mlpc::models

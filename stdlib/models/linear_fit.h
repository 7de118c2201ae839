// Linear models of a number: the weighted, centred least-squares problem, its solutions, and the fitted line. Shared by linear and ridge.
#pragma once

#include "stdlib/models/features.h"
#include "stdlib/models/outcome.h"

namespace mlpc::models {

struct LinearState {
    Vector coefficients;
    double intercept = 0;
};

// Minimises Σ wᵢ (yᵢ - xᵢβ - b)² + alpha |β|², the intercept b free; where that leaves several β, the shortest.
LinearState fit_linear(Eigen::Map<const Matrix> x, const Target& y, const Vector& weights, double alpha);

class FittedLinear final : public FittedModel {
public:
    explicit FittedLinear(std::string name) : name_(std::move(name)) {}
    FittedLinear(std::string name, LinearState state) : name_(std::move(name)), state_(std::move(state)) {}

    Prediction predict(const Frame& x) const override;
    void archive(Archive&) override;
    std::vector<double> importances() const override { return mean_absolute_rows(state_.coefficients); }

private:
    std::string name_;
    LinearState state_;
};

}  // namespace mlpc::models

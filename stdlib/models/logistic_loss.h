// What logistic regression minimises: the log loss of the rows and the square of the coefficients.
#pragma once

#include "stdlib/models/logistic_design.h"

namespace mlpc::models {

// The classes that occur in the training rows, and each row's position among them.
struct PresentClasses {
    std::vector<std::int32_t> classes;
    std::vector<int> labels;
};
PresentClasses present_classes(const Target&);

// One block of coefficients and an intercept for each linear predictor: one where there are two classes, else one a class. All references
// must outlive it.
class LogisticLoss {
public:
    LogisticLoss(const LogisticDesign&, const PresentClasses&, const Vector* weights, double strength);

    Eigen::Index dimensions() const { return size_ * blocks_; }
    Eigen::Index rows_of_block() const { return size_; }
    Eigen::Index blocks() const { return blocks_; }
    // Rows that are this sure on average are told apart without error: without a penalty there is no minimum.
    double floor() const { return strength_ > 0 ? 0 : 1e-8 * total_; }
    // Fills the gradient, and the Hessian where it is not null.
    double operator()(const Vector& point, Vector& gradient, Matrix* hessian) const;
    // What the penalty adds to loss and gradient, and to the Hessian.
    double add_penalty(const Vector& point, Vector& gradient) const;
    void complete(Matrix& hessian) const;
    // Of several classes: a block for each class, side by side, that together are about the Hessian along points whose coefficients sum to zero
    // over the classes, and exactly so where all classes are as probable.
    Matrix blocks_at(const Vector& point) const;

private:
    kernels::SoftmaxInput softmax_input(const Vector& point) const;

    const LogisticDesign& design_;
    const PresentClasses& present_;
    const double* weights_;
    double strength_;
    Eigen::Index size_, blocks_ = 1;
    double total_ = 0;
    std::vector<double> signs_;
};

}  // namespace mlpc::models

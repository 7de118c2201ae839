#include "stdlib/models/logistic_loss.h"

#include "runtime/core/kernels.h"

#include <algorithm>

namespace mlpc::models {

PresentClasses present_classes(const Target& y) {
    std::vector<int> position(y.class_count(), -1);
    for (const std::int32_t label : y.labels) {
        position[static_cast<std::size_t>(label)] = 0;
    }
    PresentClasses present;
    for (std::size_t c = 0; c < position.size(); ++c) {
        if (position[c] == 0) {
            position[c] = static_cast<int>(present.classes.size());
            present.classes.push_back(static_cast<std::int32_t>(c));
        }
    }
    for (const std::int32_t label : y.labels) {
        present.labels.push_back(position[static_cast<std::size_t>(label)]);
    }
    return present;
}

LogisticLoss::LogisticLoss(const LogisticDesign& design, const PresentClasses& present, const Vector* weights, double strength)
    : design_(design), present_(present), weights_(weights != nullptr ? weights->data() : nullptr), strength_(strength), size_(design.columns() + 1) {
    blocks_ = present.classes.size() == 2 ? 1 : static_cast<Eigen::Index>(present.classes.size());
    total_ = weights != nullptr ? weights->sum() : static_cast<double>(design.rows());
    if (blocks_ == 1) {
        signs_.resize(present.labels.size());
        std::transform(present.labels.begin(), present.labels.end(), signs_.begin(), [](int label) { return label == 1 ? 1.0 : -1.0; });
    }
}

kernels::SoftmaxInput LogisticLoss::softmax_input(const Vector& point) const {
    const auto x = design_.dense();
    return {x.data(), x.rows(), x.cols(), x.rows(), blocks_, present_.labels.data(), weights_, point.data()};
}

double LogisticLoss::operator()(const Vector& point, Vector& gradient, Matrix* hessian) const {
    double* const curvature = hessian != nullptr ? hessian->data() : nullptr;
    double loss = 0;
    if (blocks_ == 1) {
        kernels::LogisticInput input{.signs = signs_.data(), .weights = weights_, .beta = point.data()};
        design_.fill(input);
        loss = kernels::logistic_pass(input, gradient.data(), curvature);
    } else {
        loss = kernels::softmax_pass(softmax_input(point), gradient.data(), curvature);
    }
    loss += add_penalty(point, gradient);
    if (hessian != nullptr) {
        complete(*hessian);
    }
    return loss;
}

double LogisticLoss::add_penalty(const Vector& point, Vector& gradient) const {
    double penalty = 0;
    for (Eigen::Index b = 0; b < blocks_; ++b) {
        const auto coefficients = point.segment(b * size_, size_ - 1);
        penalty += strength_ / 2 * coefficients.squaredNorm();
        gradient.segment(b * size_, size_ - 1) += strength_ * coefficients;
    }
    return penalty;
}

void LogisticLoss::complete(Matrix& hessian) const {
    for (Eigen::Index b = 0; b < blocks_; ++b) {
        hessian.diagonal().segment(b * size_, size_ - 1).array() += strength_;
    }
    if (blocks_ == 1) {
        return;
    }
    // One number added to a column's coefficients of all classes changes no probability. The gradient has no part in that direction;
    // curvature in it makes the Hessian definite and keeps the sum of the coefficients at zero.
    for (Eigen::Index j = strength_ > 0 ? size_ - 1 : 0; j < size_; ++j) {
        const double extra = hessian(j, j);
        for (Eigen::Index b = 0; b < blocks_; ++b) {
            for (Eigen::Index c = 0; c < blocks_; ++c) {
                hessian(j + b * size_, j + c * size_) += extra;
            }
        }
    }
}

Matrix LogisticLoss::blocks_at(const Vector& point) const {
    Matrix blocks(size_, dimensions());
    const auto x = design_.dense();
    if (point.isZero(0)) {  // one block, many times
        Matrix with_ones(x.rows(), size_);
        with_ones << x, Vector::Ones(x.rows());
        Matrix block(size_, size_);
        kernels::gram(with_ones.data(), x.rows(), size_, x.rows(), weights_, block.data());
        blocks = (block / static_cast<double>(blocks_)).replicate(1, blocks_);
    } else {
        kernels::softmax_blocks(softmax_input(point), blocks.data());
        // A share p of each of K classes has p (1 - p) on the diagonal, and p along such points.
        blocks *= static_cast<double>(blocks_) / static_cast<double>(blocks_ - 1);
    }
    for (Eigen::Index b = 0; b < blocks_; ++b) {
        blocks.middleCols(b * size_, size_).diagonal().head(size_ - 1).array() += strength_;
    }
    return blocks;
}

}  // namespace mlpc::models

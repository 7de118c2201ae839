#include "stdlib/models/svm_machine.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/support_vector_kernels.h"
#include "stdlib/models/features.h"
#include "stdlib/models/kernel_rows.h"

#include <algorithm>
#include <span>

namespace mlpc::models {

std::shared_ptr<const SvmRows> svm_rows(const Frame& frame, KernelKind kind, const RowIndex& order) {
    KeyBuilder name;
    name.add(kind == KernelKind::Rbf ? "svm, distances" : "svm, products");
    name.add_bytes(std::as_bytes(std::span(order)));
    return frame.derived<SvmRows>(name.key().hex(), [&] {
        auto shared = std::make_shared<SvmRows>();
        shared->x = checked_features(frame, "svm").matrix()(order, Eigen::all);
        shared->name = name_of_cells(shared->x);
        if (shared->x.rows() <= most_whole_rows) {
            shared->within = kernel_arguments_within(kind, shared->x);
        }
        return shared;
    });
}

SvmMachine::SvmMachine(KernelFunction kernel, std::shared_ptr<const SvmRows> training, const std::vector<SvmDecision>& decisions)
    : kernel_(kernel), training_(std::move(training)) {
    const Matrix& x = training_->x;
    std::vector<char> used(static_cast<std::size_t>(x.rows()), 0);
    for (const SvmDecision& decision : decisions) {
        for (const std::uint32_t row : decision.rows) {
            used[row] = 1;
        }
    }
    std::vector<std::uint32_t> place(used.size());
    for (std::uint32_t row = 0; row < used.size(); ++row) {
        place[row] = static_cast<std::uint32_t>(training_rows_.size());
        if (used[row] != 0) {
            training_rows_.push_back(row);
        }
    }
    vectors_ = x(training_rows_, Eigen::all);
    for (const SvmDecision& decision : decisions) {
        for (std::size_t i = 0; i < decision.rows.size(); ++i) {
            members_.push_back(place[decision.rows[i]]);
            coefficients_.push_back(decision.coefficients[i]);
        }
        offsets_.push_back(static_cast<std::uint32_t>(members_.size()));
        rhos_.push_back(decision.rho);
    }
}

void SvmMachine::archive(Archive& a) {
    auto kind = static_cast<std::int32_t>(kernel_.kind);
    a.field("kernel", kind);
    a.field("gamma", kernel_.gamma);
    a.field("coef0", kernel_.coef0);
    a.field("degree", kernel_.degree);
    a.field("vectors", vectors_);
    a.field("offsets", offsets_);
    a.field("members", members_);
    a.field("coefficients", coefficients_);
    a.field("rhos", rhos_);
    if (!a.reading()) {
        return;
    }
    kernel_.kind = static_cast<KernelKind>(kind);
    const bool fits = kind >= 0 && kind <= static_cast<std::int32_t>(KernelKind::Sigmoid) && offsets_.size() == rhos_.size() + 1 &&
                      members_.size() == coefficients_.size() && offsets_.front() == 0 && offsets_.back() == members_.size() &&
                      std::is_sorted(offsets_.begin(), offsets_.end()) &&
                      std::all_of(members_.begin(), members_.end(), [&](std::uint32_t member) { return member < vectors_.rows(); });
    if (!fits) {
        throw RunError("the saved `svm` does not fit together; save it again");
    }
}

void SvmMachine::decide_rows(Eigen::Ref<Eigen::ArrayXd> cells, Eigen::Index first, Eigen::Index count, Matrix& out) const {
    kernel_.apply(cells);
    for (std::size_t k = 0; k < rhos_.size(); ++k) {
        const std::uint32_t begin = offsets_[k], end = offsets_[k + 1];
        auto decisions = out.col(static_cast<Eigen::Index>(k)).segment(first, count);
        kernels::sum_columns(cells.data(), count, count, members_.data() + begin, coefficients_.data() + begin, end - begin, decisions.data());
        decisions.array() -= rhos_[k];
    }
}

std::shared_ptr<const Matrix> SvmMachine::shared_with(const Frame& frame, Eigen::Map<const Matrix> x) const {
    constexpr Eigen::Index most_cells = 8'000'000, fewest_rows = 64;
    if (training_ == nullptr || x.rows() < fewest_rows || training_->x.rows() * x.rows() > most_cells) {
        return nullptr;
    }
    const std::string name = (kernel_.kind == KernelKind::Rbf ? "svm, distances to " : "svm, products with ") + training_->name;
    return frame.derived<Matrix>(name, [&] {
        auto cells = std::make_shared<Matrix>(x.rows(), training_->x.rows());
        kernel_arguments(kernel_.kind, x, training_->x, *cells);
        return cells;
    });
}

Matrix SvmMachine::decide(const Frame& frame, Eigen::Map<const Matrix> x) const {
    constexpr Eigen::Index block = 64;
    Matrix out(x.rows(), static_cast<Eigen::Index>(rhos_.size()));
    Eigen::ArrayXd cells(block * vectors_.rows());
    const auto shared = shared_with(frame, x);
    for (Eigen::Index begin = 0; begin < x.rows(); begin += block) {
        const Eigen::Index count = std::min(block, x.rows() - begin);
        Eigen::Map<Matrix> part(cells.data(), count, vectors_.rows());
        if (shared) {
            part = shared->middleRows(begin, count)(Eigen::all, training_rows_);
        } else {
            kernel_arguments(kernel_.kind, x.middleRows(begin, count), vectors_, part);
        }
        decide_rows(cells.head(part.size()), begin, count, out);
    }
    return out;
}

}  // namespace mlpc::models

#include "stdlib/search/value_scale.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

double deviation_of(const Vector& values, double mean) {
    // Values near the greatest number must not sum to infinity.
    const double widest = std::max(values.cwiseAbs().maxCoeff(), 1e-300);
    return std::sqrt(((values.array() - mean) / widest).square().mean()) * widest;
}
double mean_of(const Vector& values) {
    const auto count = static_cast<double>(values.size());
    return values.unaryExpr([&](double v) { return v / count; }).sum();
}

}  // namespace

ValueScale::ValueScale(const Vector& values, TailShape shape) {
    if (shape.tail != Tail::None) {
        end_ = shape.tail == Tail::Bad ? values.minCoeff() : values.maxCoeff();
        unit_ = shape.reach * deviation_of(values, mean_of(values));
        tail_ = unit_ > 0 && std::isfinite(unit_) ? shape.tail : Tail::None;
    }
    const Vector all = values.unaryExpr([&](double v) { return bent(v); });
    mean_ = mean_of(all);
    deviation_ = deviation_of(all, mean_);
    if (!(deviation_ > 1e-14 * std::abs(mean_)) || !(deviation_ > 1e-300)) {
        deviation_ = 1;
    }
}

double ValueScale::bent(double value) const {
    if (tail_ == Tail::None) {
        return value;
    }
    const double direction = tail_ == Tail::Bad ? 1 : -1, distance = direction * (value - end_) / unit_;
    return direction * (distance > 0 ? std::log1p(distance) : distance);
}

double ValueScale::operator()(double value) const { return (bent(value) - mean_) / deviation_; }
Vector ValueScale::operator()(const Vector& values) const {
    return values.unaryExpr([&](double v) { return (*this)(v); });
}

double ValueScale::log_slopes(const Vector& values) const {
    double sum = -static_cast<double>(values.size()) * std::log(deviation_);
    for (const double value : values) {
        sum -= tail_ == Tail::None ? 0 : std::log(unit_) + std::log1p(std::abs(value - end_) / unit_);
    }
    return sum;
}

}  // namespace mlpc::surrogate

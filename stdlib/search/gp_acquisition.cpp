#include "stdlib/search/gp_models.h"
#include "stdlib/search/normal_tail.h"

#include <cmath>

namespace mlpc::surrogate {

namespace {

bool is_logarithm(Criterion criterion) { return criterion != Criterion::Lcb; }

// The mean of several criteria, of those that are logarithms the logarithm of the mean, and the weight of each one's slope in that of the mean.
double mean_of(const Vector& values, bool logarithms, Vector& weights) {
    const auto count = static_cast<double>(values.size());
    if (!logarithms) {
        weights = Vector::Constant(values.size(), 1 / count);
        return values.mean();
    }
    const double greatest = values.maxCoeff();
    weights = (values.array() - greatest).exp();
    const double sum = weights.sum();
    weights /= sum;
    return greatest + std::log(sum / count);
}

// log P(output <= bound), of the process itself: a step from success to failure looks like noise to it, and must not make failures likely.
LogTail log_keeping(const Bound& bound, double mean, double deviation) { return log_normal_cdf((bound.bound - mean) / deviation); }

}  // namespace

GpAcquisition::GpAcquisition(CriterionOptions options, std::vector<ValueBelief> values, std::vector<Bound> bounds,
                             std::optional<GpPosterior> log_seconds, double seconds_unit)
    : options_(options), values_(std::move(values)), bounds_(std::move(bounds)), log_seconds_(std::move(log_seconds)), seconds_unit_(seconds_unit) {}

Vector GpAcquisition::values(const Matrix& rows) const {
    Eigen::Index sets = 0;
    for (const ValueBelief& belief : values_) {
        sets += belief.best.size();
    }
    Matrix criteria(sets, rows.rows()), means;
    Vector deviations, out = Vector::Zero(rows.rows()), weights;
    double factor = 1;
    Eigen::Index first = 0;
    for (const ValueBelief& belief : values_) {
        belief.posterior.predict(rows, means, deviations);
        for (Eigen::Index set = 0; set < belief.best.size(); ++set, ++first) {
            for (Eigen::Index i = 0; i < rows.rows(); ++i) {
                criteria(first, i) = criterion_value(options_, belief.best[set], means(i, set), deviations[i]).value;
            }
        }
    }
    for (Eigen::Index i = 0; i < rows.rows() && sets > 0; ++i) {
        out[i] = mean_of(criteria.col(i), is_logarithm(options_.criterion), weights);
        if (!bounds_.empty() && is_logarithm(options_.criterion)) {
            out[i] = floored(out[i], factor);
        }
    }
    for (const Bound& bound : bounds_) {
        bound.posterior.predict(rows, means, deviations);
        for (Eigen::Index i = 0; i < rows.rows(); ++i) {
            out[i] += log_keeping(bound, means(i, 0), deviations[i]).value;
        }
    }
    if (log_seconds_) {
        log_seconds_->predict(rows, means, deviations);
        out -= seconds_unit_ * means.col(0);
    }
    return out;
}

double GpAcquisition::value(const Vector& row, Vector& slope) const {
    std::vector<double> criteria;
    std::vector<Vector> slopes;
    for (const ValueBelief& belief : values_) {
        const Belief at = belief.posterior.predict(row);
        for (Eigen::Index set = 0; set < belief.best.size(); ++set) {
            const CriterionValue c = criterion_value(options_, belief.best[set], at.means[set], at.deviation);
            criteria.push_back(c.value);
            slopes.push_back(c.by_mean * at.mean_slopes.col(set) + c.by_deviation * at.deviation_slope);
        }
    }
    slope = Vector::Zero(row.size());
    double out = 0;
    if (!criteria.empty()) {
        Vector weights;
        out =
            mean_of(Eigen::Map<const Vector>(criteria.data(), static_cast<Eigen::Index>(criteria.size())), is_logarithm(options_.criterion), weights);
        for (std::size_t i = 0; i < slopes.size(); ++i) {
            slope += weights[static_cast<Eigen::Index>(i)] * slopes[i];
        }
        if (!bounds_.empty() && is_logarithm(options_.criterion)) {
            double factor = 1;
            out = floored(out, factor);
            slope *= factor;
        }
    }
    for (const Bound& bound : bounds_) {
        const Belief at = bound.posterior.predict(row);
        const LogTail tail = log_keeping(bound, at.means[0], at.deviation);
        const double z = (bound.bound - at.means[0]) / at.deviation;
        out += tail.value;
        slope -= tail.slope / at.deviation * (at.mean_slopes.col(0) + z * at.deviation_slope);
    }
    if (log_seconds_) {
        const Belief at = log_seconds_->predict(row);
        out -= seconds_unit_ * at.means[0];
        slope -= seconds_unit_ * at.mean_slopes.col(0);
    }
    return out;
}

}  // namespace mlpc::surrogate

#include "stdlib/models/coordinate_descent.h"

#include <algorithm>
#include <cmath>

namespace mlpc::models {

namespace {

constexpr int most_passes = 10'000;
// Curvature below this part of a column's square is what rounding leaves of a constant column.
constexpr double least_curvature = 1e-12;

double soft_threshold(double value, double by) { return value > by ? value - by : value < -by ? value + by : 0; }

class GramDescent {
public:
    GramDescent(const Matrix& gram, const Vector& linear, const ElasticPenalty& penalty, Vector start)
        : gram_(gram),
          penalty_(penalty),
          beta_(std::move(start)),
          rest_(linear - gram * beta_),
          floor_(gram.diagonal().maxCoeff() * least_curvature) {}

    // The greatest change of the objective by one of the coordinates, all or those that are not zero.
    double pass(bool active_only) {
        double greatest = 0;
        for (Eigen::Index j = 0; j < beta_.size(); ++j) {
            if (!active_only || beta_[j] != 0) {
                greatest = std::max(greatest, update(j));
            }
        }
        return greatest;
    }
    Vector take() { return std::move(beta_); }

private:
    double update(Eigen::Index j) {
        const double curvature = gram_(j, j);
        if (curvature <= floor_) {
            return 0;
        }
        const double value = soft_threshold(rest_[j] + curvature * beta_[j], penalty_.l1) / (curvature + penalty_.l2);
        const double change = value - beta_[j];
        if (change == 0) {
            return 0;
        }
        rest_ -= change * gram_.col(j);
        beta_[j] = value;
        return (curvature + penalty_.l2) * change * change;
    }

    const Matrix& gram_;
    ElasticPenalty penalty_;
    Vector beta_, rest_;
    double floor_;
};

// The intercept goes along with every coordinate: columns are taken from their weighted means, without being changed.
class ColumnDescent {
public:
    ColumnDescent(const WeightedSteps& problem, const ElasticPenalty& penalty, const Vector& from)
        : x_(problem.x),
          weights_(problem.weights),
          penalty_(penalty),
          from_(from),
          change_(Vector::Zero(from.size())),
          gradient_(problem.residuals),
          total_(problem.weights.sum()),
          sums_(problem.x.transposed_times(problem.weights)),
          squares_(problem.x.weighted_squares(problem.weights)) {
        shift_ = total_ > 0 ? gradient_.sum() / total_ : 0;
    }
    double pass(bool active_only) {
        double greatest = 0;
        for (Eigen::Index j = 0; j < from_.size(); ++j) {
            if (!active_only || from_[j] + change_[j] != 0) {
                greatest = std::max(greatest, update(j));
            }
        }
        return greatest;
    }
    Step take(double greatest) { return {.change = std::move(change_), .shift = -shift_, .greatest = greatest}; }

private:
    double update(Eigen::Index j) {
        const double mean = total_ > 0 ? sums_[j] / total_ : 0, curvature = squares_[j] - mean * sums_[j];
        if (!(curvature > least_curvature * squares_[j])) {
            return 0;
        }
        const double here = from_[j] + change_[j];
        // The gradient is that of the rows with the intercept at its best.
        const double slope = x_.column_times(j, gradient_) - shift_ * sums_[j];
        const double value = soft_threshold(curvature * here - slope, penalty_.l1) / (curvature + penalty_.l2);
        const double change = value - here;
        if (change == 0) {
            return 0;
        }
        x_.add_weighted_column(j, change, weights_, gradient_);
        shift_ += change * mean;
        change_[j] += change;
        return (curvature + penalty_.l2) * change * change;
    }

    const DesignMatrix& x_;
    const Vector& weights_;
    ElasticPenalty penalty_;
    const Vector& from_;
    Vector change_, gradient_;  // of the rows, without the intercept's step
    double total_, shift_ = 0;
    Vector sums_, squares_;
};

// Passes over the coordinates that are not zero until these are settled, then one over all, until that one finds nothing either.
template <class Descent>
double settle(Descent& descent, double share, double enough, const FitContext& context) {
    const double first = descent.pass(false);
    enough = std::max(enough, share * first);
    double greatest = first;
    for (int passes = 0; passes < most_passes && greatest > enough; ++passes) {
        context.check_cancelled();
        double among_active = descent.pass(true);
        for (; among_active > enough && passes < most_passes; ++passes) {
            context.check_cancelled();
            among_active = descent.pass(true);
        }
        greatest = descent.pass(false);
    }
    return first;
}

}  // namespace

Vector descend_by_gram(const Matrix& gram, const Vector& linear, const ElasticPenalty& penalty, Vector start, double enough,
                       const FitContext& context) {
    GramDescent descent(gram, linear, penalty, std::move(start));
    settle(descent, 0, enough, context);
    return descent.take();
}

Step descend_by_columns(const WeightedSteps& problem, const ElasticPenalty& penalty, const Vector& from, double share, const FitContext& context) {
    ColumnDescent descent(problem, penalty, from);
    const double first = settle(descent, share, 0, context);
    return descent.take(first);
}

}  // namespace mlpc::models

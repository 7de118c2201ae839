// The Gaussian processes of a search: one of the values, and one each of the constraints on results, of failing, and of the time taken.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/acquisition.h"
#include "stdlib/search/gp_inference.h"
#include "stdlib/search/gp_posterior.h"
#include "stdlib/search/surrogate_searcher.h"
#include "stdlib/search/value_scale.h"

#include <optional>

namespace mlpc::surrogate {

// Fixed: for labels, whose steps would be fitted by lengths so short that nothing is learnt of what lies between two of them.
// Auto: sampled while rows are few, for then the likeliest are often far from the truth.
enum class Hyperparameters { Auto, Fitted, Sampled, Fixed };
enum class ValueShape { Linear, Likeliest };
enum class Liar { Fantasies, Min, Mean, Max };

struct GpOptions {
    Hyperparameters hyperparameters = Hyperparameters::Auto;
    std::int64_t samples = 10;
    bool warp = false;
    ValueShape shape = ValueShape::Likeliest;  // Likeliest: with the tail that makes the values likeliest
    Liar liar = Liar::Fantasies;
    std::int64_t fantasies = 8;
};

// The columns of a space: a length a dimension; numbers are warped, choices are not.
GpColumns gp_columns(const UnitCube&);

// One output, whose hyper-parameters are inferred anew as rows come: after each at first, and when there are a twentieth more later.
class GpRegression {
public:
    GpRegression(GpColumns, const GpOptions&, ValueShape, Rng);

    void add(const Vector& row, double value);
    // Brings the posteriors up to the rows added so far; there are two at least.
    void update();
    const std::vector<GpPosterior>& posteriors() const { return posteriors_; }
    const ValueScale& scale() const { return *scale_; }
    Eigen::Index rows() const { return static_cast<Eigen::Index>(values_.size()); }

private:
    void infer();
    GpParameters fit(const Matrix& rows, const Vector& values, const GpParameters& start);

    GpColumns columns_;
    GpOptions options_;
    ValueShape shape_;
    Rng rng_;
    Matrix rows_;  // capacity × columns
    std::vector<double> values_;
    std::size_t due_ = 2;  // rows at which the hyper-parameters are inferred next
    TailShape tail_;
    std::optional<ValueScale> scale_;
    std::vector<GpPosterior> posteriors_;
};

class GpAcquisition;

class GpModels {
public:
    GpModels(const UnitCube&, const GpOptions&, std::size_t result_constraints, bool timed, const Rng&);

    void add(const ToldTrial&);
    // With what is pending taken for values that it may have.
    GpAcquisition acquisition(const CriterionOptions&, const std::vector<Vector>& pending, const Rng&);
    // The mean of the values at points, on the scale of the process.
    double mean_at(const Vector& row) const;

private:
    std::vector<GpPosterior> with_pending(const std::vector<Vector>& pending, const Rng&, std::vector<Matrix>& values) const;

    GpOptions options_;
    GpRegression value_;
    std::vector<GpRegression> limits_;
    GpRegression failure_;
    std::optional<GpRegression> seconds_;
    std::vector<char> sound_;     // of the value's rows: whether their constraints hold
    std::vector<double> values_;  // of its rows
    std::size_t failures_ = 0;
};

// Of several posteriors of one value, each with a best value for each of its sets: the criterion is averaged over all of them.
struct ValueBelief {
    GpPosterior posterior;
    Vector best;
};
// A bound on an output: its probability, multiplied over bounds, goes with the criterion (Gelbart 2014).
struct Bound {
    GpPosterior posterior;
    double bound = 0;
};

class GpAcquisition final : public Acquisition {
public:
    GpAcquisition(CriterionOptions, std::vector<ValueBelief>, std::vector<Bound>, std::optional<GpPosterior> log_seconds, double seconds_unit);

    Vector values(const Matrix& rows) const override;
    bool has_slopes() const override { return true; }
    double value(const Vector& row, Vector& slope) const override;
    // Matrix products that one evaluation takes.
    std::size_t posteriors() const { return values_.size() + bounds_.size() + (log_seconds_ ? 1 : 0); }

private:
    CriterionOptions options_;
    std::vector<ValueBelief> values_;  // empty: no trial keeps the constraints yet, and only they count
    std::vector<Bound> bounds_;
    std::optional<GpPosterior> log_seconds_;
    double seconds_unit_ = 1;
};

}  // namespace mlpc::surrogate

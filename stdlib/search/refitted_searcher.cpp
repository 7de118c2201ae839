#include "stdlib/search/refitted_searcher.h"

#include "stdlib/search/normal_tail.h"
#include "stdlib/search/value_scale.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

// Trees are sure where they have seen nothing else.
constexpr double least_deviation = 1e-9;

// Rows and values of one output.
struct Sample {
    std::vector<Vector> rows;
    std::vector<double> values;

    void add(const Vector& row, double value) {
        rows.push_back(row);
        values.push_back(value);
    }
    Matrix matrix() const {
        Matrix out(static_cast<Eigen::Index>(rows.size()), rows.front().size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out.row(static_cast<Eigen::Index>(i)) = rows[i].transpose();
        }
        return out;
    }
    Vector vector() const { return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size())); }
};

// One output, and where on its own scale a bound lies.
struct Fitted {
    std::unique_ptr<Regression> regression;
    ValueScale scale;
};

struct Surrogates {
    std::optional<Fitted> value;  // none: no trial keeps the constraints yet, and only they count
    double best = 0;              // on its scale
    std::vector<Fitted> bounds;   // outputs that must not exceed zero
    std::optional<Fitted> log_seconds;
};

class PointwiseAcquisition final : public Acquisition {
public:
    PointwiseAcquisition(const Surrogates& surrogates, const CriterionOptions& options) : surrogates_(surrogates), options_(options) {}

    Vector values(const Matrix& rows) const override {
        Vector out = Vector::Zero(rows.rows()), means, deviations;
        double factor = 1;
        if (surrogates_.value) {
            surrogates_.value->regression->predict(rows, means, deviations);
            for (Eigen::Index i = 0; i < rows.rows(); ++i) {
                out[i] = criterion_value(options_, surrogates_.best, means[i], std::max(deviations[i], least_deviation)).value;
                if (!surrogates_.bounds.empty() && options_.criterion != Criterion::Lcb) {
                    out[i] = floored(out[i], factor);
                }
            }
        }
        for (const Fitted& bound : surrogates_.bounds) {
            bound.regression->predict(rows, means, deviations);
            for (Eigen::Index i = 0; i < rows.rows(); ++i) {
                out[i] += log_normal_cdf((bound.scale(0) - means[i]) / std::max(deviations[i], least_share)).value;
            }
        }
        if (surrogates_.log_seconds) {
            surrogates_.log_seconds->regression->predict(rows, means, deviations);
            out -= means / (surrogates_.log_seconds->scale(1) - surrogates_.log_seconds->scale(0));
        }
        return out;
    }
    bool has_slopes() const override { return false; }
    double value(const Vector& row, Vector& slope) const override {
        slope = Vector::Zero(row.size());
        return values(row.transpose())[0];
    }

private:
    // Of a bound: a few trials on one side of it do not prove that all of them lie there.
    static constexpr double least_share = 0.1;

    const Surrogates& surrogates_;
    CriterionOptions options_;
};

class RefittedSearcher final : public SurrogateSearcher {
public:
    RefittedSearcher(const RefittedParams& params, const SearchTask& task, FitRegression fit)
        : SurrogateSearcher(
              task, {.trials = static_cast<std::uint64_t>(params.trials), .initial_points = params.initial_points, .initial = params.initial}),
          params_(params),
          fit_(std::move(fit)),
          constraints_(task.result_constraints) {}

private:
    std::optional<Assignment> propose_by_model(std::uint64_t, const Rng& rng) override {
        const Surrogates surrogates = surrogates_now(rng.child("fit"));
        if (params_.acquisition != AcquisitionChoice::Hedge) {
            return best_of_criterion(surrogates, criterion_of(params_.acquisition), rng);
        }
        std::vector<Assignment> proposals;
        std::vector<Vector> rows;
        for (const Criterion criterion : hedged_criteria) {
            std::optional<Assignment> proposal = best_of_criterion(surrogates, criterion, rng);
            if (!proposal) {
                return std::nullopt;
            }
            rows.push_back(cube().encode(*proposal));
            proposals.push_back(std::move(*proposal));
        }
        if (surrogates.value) {
            hedge_.reward([&](const Vector& row) {
                Vector means, deviations;
                surrogates.value->regression->predict(row.transpose(), means, deviations);
                return means[0];
            });
        }
        return proposals[hedge_.choose(std::move(rows), rng.child("hedge"))];
    }

    std::optional<Assignment> best_of_criterion(const Surrogates& surrogates, Criterion criterion, const Rng& rng) const {
        constexpr int starts = 10;
        const PointwiseAcquisition acquisition(surrogates, {.criterion = criterion, .xi = params_.xi, .kappa = params_.kappa});
        const SearchEffort effort{.candidates = static_cast<std::size_t>(params_.candidates), .starts = starts, .evaluations = 0};
        return best_by(acquisition, effort, rng.child("search"));
    }

    Surrogates surrogates_now(const Rng& rng) const {
        constexpr double least_seconds = 1e-6;
        Sample value, failure, seconds;
        std::vector<Sample> limits(constraints_);
        double best = std::numeric_limits<double>::infinity();
        bool any_failed = false;
        for (const ToldTrial& trial : told()) {
            failure.add(trial.row, trial.value ? -1 : 1);
            any_failed = any_failed || !trial.value;
            if (!trial.value) {
                continue;
            }
            value.add(trial.row, *trial.value);
            best = is_sound(trial) ? std::min(best, *trial.value) : best;
            seconds.add(trial.row, std::log(std::max(trial.outcome.seconds, least_seconds)));
            for (std::size_t i = 0; i < std::min(constraints_, trial.outcome.violations.size()); ++i) {
                if (std::isfinite(trial.outcome.violations[i])) {
                    limits[i].add(trial.row, trial.outcome.violations[i]);
                }
            }
        }
        const ValueScale scale(value.vector(), {});
        add_lies(value);
        Surrogates out;
        if (std::isfinite(best)) {
            out.value = fitted(value, scale, rng.child("value"));
            out.best = scale(best);
        }
        for (std::size_t i = 0; i < limits.size(); ++i) {
            if (limits[i].values.size() >= 2) {
                out.bounds.push_back(fitted(limits[i], ValueScale(limits[i].vector(), {}), rng.child("limit").child(i)));
            }
        }
        if (any_failed) {
            out.bounds.push_back(fitted(failure, ValueScale(failure.vector(), {}), rng.child("failure")));
        }
        if (is_per_second(params_.acquisition)) {
            out.log_seconds = fitted(seconds, ValueScale(seconds.vector(), {}), rng.child("seconds"));
        }
        return out;
    }
    void add_lies(Sample& value) const {
        const Vector told = value.vector();
        const double lie = params_.liar == ConstantLiar::Min ? told.minCoeff() : params_.liar == ConstantLiar::Max ? told.maxCoeff() : told.mean();
        for (const Vector& row : pending()) {
            value.add(row, lie);
        }
    }
    Fitted fitted(const Sample& sample, const ValueScale& scale, const Rng& rng) const {
        return {.regression = fit_(sample.matrix(), scale(sample.vector()), rng), .scale = scale};
    }

    RefittedParams params_;
    FitRegression fit_;
    std::size_t constraints_;
    Hedge hedge_{std::size(hedged_criteria)};
};

}  // namespace

std::unique_ptr<Searcher> refitted_searcher(const RefittedParams& params, const SearchTask& task, FitRegression fit) {
    return std::make_unique<RefittedSearcher>(params, task, std::move(fit));
}

}  // namespace mlpc::surrogate

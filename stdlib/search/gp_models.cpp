#include "stdlib/search/gp_models.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

// Rows up to which each new one has the hyper-parameters inferred anew.
constexpr std::size_t few_rows = 60;
constexpr Eigen::Index few_columns = 12;

Vector vector_of(const std::vector<double>& values) { return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size())); }

GpOptions with(GpOptions options, Hyperparameters hyperparameters) {
    options.hyperparameters = hyperparameters;
    return options;
}

GpParameters fixed_parameters(const GpColumns& columns) {
    constexpr double length = 0.3, noise = 0.01;
    const double dimensions = std::max(1.0, static_cast<double>(columns.lengths));
    return {
        .log_lengths = Vector::Constant(columns.lengths, std::log(length * std::sqrt(dimensions))), .log_variance = 0, .log_noise = std::log(noise)};
}

}  // namespace

GpColumns gp_columns(const UnitCube& cube) {
    GpColumns columns;
    for (std::size_t d = 0; d < cube.axes().size(); ++d) {
        const Axis& axis = cube.axes()[d];
        columns.length_of.insert(columns.length_of.end(), static_cast<std::size_t>(axis.columns), static_cast<Eigen::Index>(d));
        if (axis.kind != Axis::Kind::Choice) {
            columns.warped.push_back(axis.column);
        }
    }
    columns.lengths = static_cast<Eigen::Index>(cube.axes().size());
    return columns;
}

// --- one output ---------------------------------------------------------------------------------------------------

GpRegression::GpRegression(GpColumns columns, const GpOptions& options, ValueShape shape, Rng rng)
    : columns_(std::move(columns)), options_(options), shape_(shape), rng_(rng) {}

void GpRegression::add(const Vector& row, double value) {
    const auto at = static_cast<Eigen::Index>(values_.size());
    if (at >= rows_.rows()) {
        rows_.conservativeResize(std::max<Eigen::Index>(32, 2 * at), row.size());
    }
    rows_.row(at) = row.transpose();
    values_.push_back(value);
}

void GpRegression::update() {
    if (values_.size() >= due_) {
        infer();
    }
    const Matrix values = (*scale_)(vector_of(values_));
    for (GpPosterior& posterior : posteriors_) {
        while (posterior.rows() < rows()) {
            posterior.append(rows_.row(posterior.rows()));
        }
        posterior.set_values(values);
    }
}

// The likeliest hyper-parameters and, while rows are few, the tail of the values with which they are so.
GpParameters GpRegression::fit(const Matrix& rows, const Vector& values, const GpParameters& start) {
    static constexpr TailShape shapes[] = {{Tail::None, 1}, {Tail::Bad, 1}, {Tail::Bad, 0.1}, {Tail::Good, 1}, {Tail::Good, 0.1}};
    constexpr std::size_t settled = 150;  // rows
    // Hundreds of lengths are not told apart by some tens of rows: a few steps from the prior do.
    const auto most = static_cast<int>(2000 / start.to_vector().size());
    const int evaluations = std::clamp(most, 8, values_.size() > few_rows ? 20 : 50);
    const auto fit_on = [&](const Vector& scaled) { return fit_parameters({.rows = rows, .values = scaled}, columns_, start, evaluations); };
    if (shape_ == ValueShape::Linear || values_.size() > settled) {
        return fit_on(ValueScale(values, tail_)(values));
    }
    std::optional<GpParameters> best;
    double greatest = 0;
    for (const TailShape shape : shapes) {
        const ValueScale scale(values, shape);
        const Vector scaled = scale(values);
        GpParameters parameters = fit_on(scaled);
        const double density = posterior_density({.rows = rows, .values = scaled}, columns_, parameters).value + scale.log_slopes(values);
        if (!best || density > greatest) {
            best = std::move(parameters);
            greatest = density;
            tail_ = shape;
        }
    }
    return *best;
}

void GpRegression::infer() {
    constexpr int first_burn_in = 20;
    const Matrix rows = rows_.topRows(this->rows());
    const Vector values = vector_of(values_);
    const bool is_first = posteriors_.empty();
    if (options_.hyperparameters == Hyperparameters::Fixed) {
        scale_.emplace(values, tail_);
        if (is_first) {
            posteriors_.emplace_back(columns_, fixed_parameters(columns_));
        }
        return;
    }
    const GpParameters start = is_first ? prior_parameters(columns_, options_.warp) : posteriors_.back().parameters();
    std::vector<GpParameters> parameters = {fit(rows, values, start)};
    scale_.emplace(values, tail_);
    const bool is_small = values_.size() <= few_rows && rows.cols() <= few_columns;
    const bool is_sampled = options_.hyperparameters == Hyperparameters::Sampled || (options_.hyperparameters == Hyperparameters::Auto && is_small);
    if (is_sampled) {
        const Vector scaled = (*scale_)(values);
        parameters = sample_parameters({.rows = rows, .values = scaled}, columns_, is_first ? parameters.front() : start,
                                       static_cast<int>(options_.samples), is_first ? first_burn_in : 0, rng_.child(values_.size()));
    }
    posteriors_.clear();
    for (const GpParameters& p : parameters) {
        posteriors_.emplace_back(columns_, p);
    }
    due_ = values_.size() + 1 + (values_.size() > few_rows ? values_.size() / 20 : 0);
}

// --- all outputs --------------------------------------------------------------------------------------------------

GpModels::GpModels(const UnitCube& cube, const GpOptions& options, std::size_t result_constraints, bool timed, const Rng& rng)
    : options_(options),
      value_(gp_columns(cube), options, options.shape, rng.child("value")),
      failure_(gp_columns(cube), with(options, Hyperparameters::Fixed), ValueShape::Linear, rng.child("failure")) {
    for (std::size_t i = 0; i < result_constraints; ++i) {
        limits_.emplace_back(gp_columns(cube), with(options, Hyperparameters::Fitted), ValueShape::Linear, rng.child("limit").child(i));
    }
    if (timed) {
        seconds_.emplace(gp_columns(cube), with(options, Hyperparameters::Fitted), ValueShape::Linear, rng.child("seconds"));
    }
}

void GpModels::add(const ToldTrial& trial) {
    constexpr double least_seconds = 1e-6;
    failure_.add(trial.row, trial.value ? -1 : 1);
    if (!trial.value) {
        ++failures_;
        return;
    }
    value_.add(trial.row, *trial.value);
    values_.push_back(*trial.value);
    sound_.push_back(trial.outcome.feasible() ? 1 : 0);
    for (std::size_t i = 0; i < std::min(limits_.size(), trial.outcome.violations.size()); ++i) {
        if (std::isfinite(trial.outcome.violations[i])) {
            limits_[i].add(trial.row, trial.outcome.violations[i]);
        }
    }
    if (seconds_) {
        seconds_->add(trial.row, std::log(std::max(trial.outcome.seconds, least_seconds)));
    }
}

double GpModels::mean_at(const Vector& row) const {
    double sum = 0;
    for (const GpPosterior& posterior : value_.posteriors()) {
        sum += posterior.predict(row).means[0];
    }
    return sum / static_cast<double>(value_.posteriors().size());
}

std::vector<GpPosterior> GpModels::with_pending(const std::vector<Vector>& pending, const Rng& rng, std::vector<Matrix>& values) const {
    const Vector told = value_.scale()(vector_of(values_));
    std::vector<GpPosterior> out = value_.posteriors();
    const bool fantasises = options_.liar == Liar::Fantasies;
    const double lie = options_.liar == Liar::Min ? told.minCoeff() : options_.liar == Liar::Max ? told.maxCoeff() : told.mean();
    for (std::size_t p = 0; p < out.size(); ++p) {
        Rng draws = rng.child("fantasies").child(p);
        GpPosterior& posterior = out[p];
        values.push_back(told.replicate(1, pending.empty() || !fantasises ? 1 : options_.fantasies));
        for (const Vector& row : pending) {
            Matrix& sets = values.back();
            posterior.set_values(sets);
            const Belief belief = posterior.predict(row);
            const double spread = std::sqrt(belief.deviation * belief.deviation + posterior.noise());
            sets.conservativeResize(sets.rows() + 1, sets.cols());
            for (Eigen::Index set = 0; set < sets.cols(); ++set) {
                sets(sets.rows() - 1, set) = fantasises ? belief.means[set] + spread * draws.normal() : lie;
            }
            posterior.append(row);
        }
        posterior.set_values(values.back());
    }
    return out;
}

GpAcquisition GpModels::acquisition(const CriterionOptions& criterion, const std::vector<Vector>& pending, const Rng& rng) {
    value_.update();
    std::vector<Matrix> values;
    std::vector<GpPosterior> posteriors = with_pending(pending, rng, values);
    std::vector<ValueBelief> beliefs;
    const bool any_sound = std::find(sound_.begin(), sound_.end(), 1) != sound_.end();
    for (std::size_t p = 0; p < posteriors.size() && any_sound; ++p) {
        // What the process makes of the values, so that a lucky one among noise is not the mark.
        const Matrix means = posteriors[p].fitted_means();
        Vector best = Vector::Constant(means.cols(), std::numeric_limits<double>::infinity());
        for (Eigen::Index row = 0; row < means.rows(); ++row) {
            const auto at = static_cast<std::size_t>(row);
            if (at >= sound_.size() || sound_[at] != 0) {
                best = best.cwiseMin(means.row(row).transpose());
            }
        }
        beliefs.push_back({std::move(posteriors[p]), std::move(best)});
    }
    std::vector<Bound> bounds;
    const auto bound_by = [&](GpRegression& output) {
        output.update();
        bounds.push_back({output.posteriors().front(), output.scale()(0)});
    };
    for (GpRegression& limit : limits_) {
        if (limit.rows() >= 2) {
            bound_by(limit);
        }
    }
    if (failures_ > 0) {
        bound_by(failure_);
    }
    std::optional<GpPosterior> log_seconds;
    double seconds_unit = 1;
    if (seconds_) {
        seconds_->update();
        log_seconds = seconds_->posteriors().front();
        seconds_unit = 1 / (seconds_->scale()(1) - seconds_->scale()(0));
    }
    return {criterion, std::move(beliefs), std::move(bounds), std::move(log_seconds), seconds_unit};
}

}  // namespace mlpc::surrogate

#include "stdlib/search/acquisition_choice.h"
#include "stdlib/search/gp_models.h"
#include "stdlib/search/hedge.h"

namespace mlpc {
namespace {

using namespace surrogate;

struct GpParams {
    std::int64_t trials = 60;
    std::optional<std::int64_t> initial_points;
    InitialDesign initial = InitialDesign::Sobol;
    AcquisitionChoice acquisition = AcquisitionChoice::LogEi;
    double xi = 0.01;
    double kappa = 1.96;
    Hyperparameters hyperparameters = Hyperparameters::Auto;
    std::int64_t samples = 10;
    bool warp = false;
    ValueShape values = ValueShape::Likeliest;
    Liar liar = Liar::Fantasies;
    std::int64_t fantasies = 8;
};

const Schema<GpParams>& gp_schema() {
    static const Schema<GpParams> schema = {
        field(&GpParams::trials, trials_spec()),
        field(&GpParams::initial_points, initial_points_spec()),
        field(&GpParams::initial, initial_spec()),
        field(&GpParams::acquisition,
              {.name = "acquisition",
               .doc = "What the next point maximises: expected improvement (log_ei without a margin, ei with xi), the confidence bound lcb, the "
                      "probability "
                      "of improvement pi, a portfolio of the three (hedge), or an improvement by the second that the trial takes",
               .words = acquisition_words()}),
        field(&GpParams::xi,
              {.name = "xi", .doc = "Least improvement that counts for ei and pi, in standard deviations of the values", .valid = {.low = 0}}),
        field(&GpParams::kappa, {.name = "kappa", .doc = "How many deviations below the mean lcb looks", .valid = {.low = 0}}),
        field(&GpParams::hyperparameters,
              {.name = "hyperparameters",
               .doc = "Lengths, variance and noise of the process: the likeliest ones, or drawn by slice sampling and averaged over; auto: drawn "
                      "up to the sixtieth trial of at most twelve parameters, else the likeliest ones",
               .words = {"auto", "fitted", "sampled"}}),
        field(&GpParams::samples, {.name = "samples", .doc = "Draws of sampled hyper-parameters", .valid = {.low = 1, .high = 1000}}),
        field(&GpParams::warp,
              {.name = "warp", .doc = "Bends each dimension of numbers by a Beta distribution function that is learnt with the hyper-parameters"}),
        field(&GpParams::values,
              {.name = "values",
               .doc = "How values are scaled: linear, or with a long tail of good or bad ones drawn in where that makes them likeliest",
               .words = {"linear", "likeliest"}}),
        field(&GpParams::liar,
              {.name = "liar",
               .doc = "What is assumed of trials that still run: draws from the process, averaged over, or a constant: the least, mean or "
                      "greatest value so far",
               .words = {"fantasies", "min", "mean", "max"}}),
        field(&GpParams::fantasies, {.name = "fantasies", .doc = "Draws for the trials that still run", .valid = {.low = 1, .high = 1000}}),
    };
    return schema;
}

class GpSearcher final : public SurrogateSearcher {
public:
    GpSearcher(const GpParams& params, const SearchTask& task)
        : SurrogateSearcher(
              task, {.trials = static_cast<std::uint64_t>(params.trials), .initial_points = params.initial_points, .initial = params.initial}),
          params_(params),
          models_(cube(),
                  {.hyperparameters = params.hyperparameters,
                   .samples = params.samples,
                   .warp = params.warp,
                   .shape = params.values,
                   .liar = params.liar,
                   .fantasies = params.fantasies},
                  task.result_constraints, is_per_second(params.acquisition), task.rng.child("models")) {}

private:
    std::optional<Assignment> propose_by_model(std::uint64_t, const Rng& rng) override {
        for (; learnt_ < told().size(); ++learnt_) {
            models_.add(told()[learnt_]);
        }
        return params_.acquisition == AcquisitionChoice::Hedge ? hedged(rng) : best_of_criterion(criterion_of(params_.acquisition), rng);
    }

    std::optional<Assignment> best_of_criterion(Criterion criterion, const Rng& rng) {
        const GpAcquisition acquisition = models_.acquisition({.criterion = criterion, .xi = params_.xi, .kappa = params_.kappa}, pending(), rng);
        return best_by(acquisition, effort(acquisition), rng.child("search"));
    }
    std::optional<Assignment> hedged(const Rng& rng) {
        std::vector<Assignment> proposals;
        std::vector<Vector> rows;
        for (const Criterion criterion : hedged_criteria) {
            std::optional<Assignment> proposal = best_of_criterion(criterion, rng);
            if (!proposal) {
                return std::nullopt;
            }
            rows.push_back(cube().encode(*proposal));
            proposals.push_back(std::move(*proposal));
        }
        hedge_.reward([&](const Vector& row) { return models_.mean_at(row); });
        return proposals[hedge_.choose(std::move(rows), rng.child("hedge"))];
    }

    // A belief costs the square of the rows: the more there are, the fewer points are looked at, so that a proposal stays below a tenth of a second.
    SearchEffort effort(const GpAcquisition& acquisition) const {
        constexpr double candidate_work = 1e8, climb_work = 4e7;
        const auto rows = static_cast<double>(told().size() + 10);
        const double share = 1 / (rows * rows * static_cast<double>(std::max<std::size_t>(1, acquisition.posteriors())));
        return {.candidates = static_cast<std::size_t>(std::clamp(candidate_work * share, 200.0, 1500.0)),
                .starts = static_cast<int>(std::clamp(climb_work * share / 40, 2.0, 8.0)),
                .evaluations = static_cast<int>(std::clamp(climb_work * share / 4, 30.0, 100.0))};
    }

    GpParams params_;
    GpModels models_;
    std::size_t learnt_ = 0;
    Hedge hedge_{std::size(hedged_criteria)};
};

}  // namespace

void add_gp(Catalog& catalog) {
    ComponentInfo info;
    info.name = "gp";
    info.kind = ComponentKind::Searcher;
    info.summary = "Bayesian optimisation with a Gaussian process: few trials, each chosen with care";
    info.source =
        "Jones, Schonlau, Welch 1998, Efficient global optimization of expensive black-box functions; Snoek, Larochelle, Adams 2012, Practical "
        "Bayesian optimization of machine learning algorithms";
    info.example = "method gp(trials: 50)";
    info.params = specs_of(gp_schema());
    info.uses_time = [](const ParamValues& values) { return is_per_second(read_params(gp_schema(), values).acquisition); };
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return std::make_unique<GpSearcher>(read_params(gp_schema(), values), task);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc

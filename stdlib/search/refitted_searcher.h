// A searcher whose surrogate is fitted anew for each proposal, such as trees are.
#pragma once

#include "stdlib/search/acquisition_choice.h"
#include "stdlib/search/hedge.h"
#include "stdlib/search/surrogate_searcher.h"

#include <functional>
#include <memory>

namespace mlpc::surrogate {

// What is believed of an output, by a normal distribution at each row.
class Regression {
public:
    virtual ~Regression() = default;
    virtual void predict(const Matrix& rows, Vector& means, Vector& deviations) const = 0;
};
using FitRegression = std::function<std::unique_ptr<Regression>(const Matrix& rows, const Vector& values, const Rng&)>;

// What a trial that still runs is taken to have found.
enum class ConstantLiar { Min, Mean, Max };

struct RefittedParams {
    std::int64_t trials = 60;
    std::optional<std::int64_t> initial_points;
    InitialDesign initial = InitialDesign::Sobol;
    AcquisitionChoice acquisition = AcquisitionChoice::Ei;
    double xi = 0.01;
    double kappa = 1.96;
    ConstantLiar liar = ConstantLiar::Min;
    std::int64_t candidates = 10'000;
};

// The parameters above, for the schema of P, which derives from them.
template <class P>
Schema<P> refitted_schema() {
    const auto of = [](auto member) { return static_cast<std::remove_reference_t<decltype(std::declval<P>().*member)> P::*>(member); };
    return {
        field(of(&RefittedParams::trials), trials_spec()),
        field(of(&RefittedParams::initial_points), initial_points_spec()),
        field(of(&RefittedParams::initial), initial_spec()),
        field(of(&RefittedParams::acquisition),
              {.name = "acquisition",
               .doc = "What the next point maximises: expected improvement (log_ei without a margin, ei with xi), the confidence bound lcb, the "
                      "probability of improvement pi, a portfolio of the three (hedge), or an improvement by the second that the trial takes",
               .words = acquisition_words()}),
        field(of(&RefittedParams::xi),
              {.name = "xi", .doc = "Least improvement that counts for ei and pi, in standard deviations of the values", .valid = {.low = 0}}),
        field(of(&RefittedParams::kappa), {.name = "kappa", .doc = "How many deviations below the mean lcb looks", .valid = {.low = 0}}),
        field(of(&RefittedParams::liar), {.name = "liar",
                                          .doc = "The value assumed of trials that still run: the least, mean or greatest one so far",
                                          .words = {"min", "mean", "max"}}),
        field(of(&RefittedParams::candidates), {.name = "candidates",
                                                .doc = "Points that are looked at for a proposal, before the best are improved",
                                                .valid = {.low = 1, .high = 1e6}}),
    };
}

std::unique_ptr<Searcher> refitted_searcher(const RefittedParams&, const SearchTask&, FitRegression);

}  // namespace mlpc::surrogate

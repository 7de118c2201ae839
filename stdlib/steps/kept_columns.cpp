#include "stdlib/steps/kept_columns.h"

#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::steps {

Frame FittedKeptColumns::apply(const Frame& x) const {
    require_columns(x, names_, component_);
    const std::vector<std::size_t> positions(kept_.begin(), kept_.end());
    return x.select(positions);
}

void FittedKeptColumns::archive(Archive& a) {
    a.field("columns", names_);
    a.field("kept", kept_);
    if (std::any_of(kept_.begin(), kept_.end(), [&](std::uint32_t c) { return c >= names_.size(); })) {
        throw RunError("the saved state of `" + component_ + "` keeps a column that it was not given");
    }
}

std::vector<double> importances_of(const Learner& learner, const Frame& x, const Target& y, const FitContext& context, Rng rng,
                                   std::string_view component) {
    FitContext inner{rng, context.cancelled, context.roles};
    std::vector<double> importances = learner.fit(x, y, inner)->importances();
    if (importances.size() != x.columns()) {
        throw RunError(
            fmt::format("the model of `{}` does not say how much each column counts: take one with coefficients or trees, and put steps "
                        "that make other columns before `{}`",
                        component, component));
    }
    return importances;
}

}  // namespace mlpc::steps

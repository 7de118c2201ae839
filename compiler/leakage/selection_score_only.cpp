// L101: nothing is held out from the search, so its score is no performance.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void selection_score_only(const plan::Plan& plan, Diagnostics& diags) {
    for (std::uint32_t i = 0; i < plan.searches.size(); ++i) {
        const SearchSpec& search = plan.searches[i];
        if (search.objective || plan.is_only_compared(i)) {  // one configuration: nothing was selected
            continue;
        }
        const SplitSpec& split = plan.splits[search.split];
        if (split.test.kind != TestSpec::Kind::None || split.outer) {
            continue;
        }
        const std::string& data = plan.data[split.data.index].name;
        diags.report(split.span, diag::SelectionScoreOnly, data, search.name).help("hold rows out with `test 20%`, or nest the folds with `outer 5`");
    }
}

}  // namespace mlpc::leakage

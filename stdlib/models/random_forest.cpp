// Many CART trees, each on a bootstrap sample and with random columns at each cut, averaged.
#include "stdlib/models/forest.h"

namespace mlpc {

void add_random_forest(Catalog& catalog) {
    constexpr bool bootstrap = true;
    ComponentInfo info = models::forest_info("random_forest");
    info.summary = "Averages many trees, grown on resampled rows and random columns";
    info.source = "Breiman 2001: Random Forests";
    info.example = "random_forest(trees: 300, depth in 3..20, features in {sqrt, log2, 0.5})";
    info.params = specs_of(models::forest_schema<bootstrap>());
    info.make_model = [](const ParamValues& values) {
        const auto params = read_params(models::forest_schema<bootstrap>(), values);
        return models::make_forest(models::forest_plan("random_forest", models::TreeLimits::Cuts::Best, params));
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc

// Many trees with random cuts of random columns, averaged.
#include "stdlib/models/forest.h"

namespace mlpc {

void add_extra_trees(Catalog& catalog) {
    constexpr bool bootstrap = false;
    ComponentInfo info = models::forest_info("extra_trees");
    info.summary = "Averages many trees, whose cuts lie at random places of random columns";
    info.source = "Geurts, Ernst, Wehenkel 2006: Extremely Randomized Trees";
    info.example = "extra_trees(trees: 300, min_leaf in 1..20 log)";
    info.params = specs_of(models::forest_schema<bootstrap>());
    info.make_model = [](const ParamValues& values) {
        const auto params = read_params(models::forest_schema<bootstrap>(), values);
        return models::make_forest(models::forest_plan("extra_trees", models::TreeLimits::Cuts::Random, params));
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc

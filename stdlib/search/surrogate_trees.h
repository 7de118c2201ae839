// Ensembles of trees that tell how sure they are, for searchers.
#pragma once

#include "stdlib/models/grow_tree.h"
#include "stdlib/search/refitted_searcher.h"

namespace mlpc::surrogate {

enum class ForestKind { ExtraTrees, RandomForest };
struct ForestOptions {
    ForestKind kind = ForestKind::ExtraTrees;
    std::size_t trees = 100;
    std::size_t min_leaf = 3;
};
// The mean of the trees; the variance is the mean of that within their leaves and that of the leaves' means (the law of total variance; Hutter,
// Xu, Hoos, Leyton-Brown 2014, Algorithm runtime prediction, 4.3.2).
std::unique_ptr<Regression> fit_forest(const Matrix& rows, const Vector& values, const ForestOptions&, const Rng&);

struct QuantileBoostingOptions {
    std::size_t rounds = 30;
    double rate = 0.1;
    std::int64_t depth = 3;
};
// Boosted trees for one quantile (Friedman 2001, Greedy function approximation, with the loss of Koenker and Bassett).
class QuantileBoosting {
public:
    QuantileBoosting(const Matrix& rows, const Vector& values, double share, const QuantileBoostingOptions&, Rng);
    Vector predict(const Matrix& rows) const;

private:
    double rate_;
    double first_ = 0;
    std::vector<models::Tree> trees_;
};
// The median, and as deviation half the distance between the quantiles 0.16 and 0.84, which are one deviation from a normal's mean.
std::unique_ptr<Regression> fit_boosting(const Matrix& rows, const Vector& values, const QuantileBoostingOptions&, const Rng&);

}  // namespace mlpc::surrogate

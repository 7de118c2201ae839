// Naive Bayes over whether a column is there at all.
#include "stdlib/models/count_nb.h"

#include <cmath>

namespace mlpc {

namespace {

struct BernoulliNbParams {
    double alpha = 1.0;
    bool fit_prior = true;
    double threshold = 0.0;
};

const Schema<BernoulliNbParams>& bernoulli_nb_schema() {
    static const Schema<BernoulliNbParams> schema = {
        field(&BernoulliNbParams::alpha, models::nb_alpha_spec()),
        field(&BernoulliNbParams::fit_prior, models::nb_prior_spec()),
        field(&BernoulliNbParams::threshold, {.name = "threshold", .doc = "A cell above it is there; not negative", .valid = {.low = 0}}),
    };
    return schema;
}

class BernoulliNb final : public Model {
public:
    explicit BernoulliNb(BernoulliNbParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const models::ClassCounts counts = models::count_by_class(x, y, "bernoulli_nb", params_.threshold);
        Matrix logs(counts.cells.rows(), counts.cells.cols());
        Vector priors = models::log_priors(counts, params_.fit_prior);
        for (Eigen::Index c = 0; c < logs.cols(); ++c) {
            const Eigen::ArrayXd share = (counts.cells.col(c).array() + params_.alpha) / (counts.rows[c] + 2 * params_.alpha);
            const Eigen::ArrayXd absent = (1 - share).max(1e-300).log();
            logs.col(c) = share.max(1e-300).log() - absent;
            priors[c] += absent.sum();
        }
        return models::make_count_nb("bernoulli_nb", counts, std::move(logs), std::move(priors), params_.threshold);
    }

private:
    BernoulliNbParams params_;
};

}  // namespace

void add_bernoulli_nb(Catalog& catalog) {
    ComponentInfo info = models::count_nb_info("bernoulli_nb");
    info.summary = "Naive Bayes for columns that are there or not";
    info.source = "Manning, Raghavan, Schütze 2008: Introduction to Information Retrieval, 13.3";
    info.params = specs_of(bernoulli_nb_schema());
    info.make_model = [](const ParamValues& values) { return std::make_unique<BernoulliNb>(read_params(bernoulli_nb_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

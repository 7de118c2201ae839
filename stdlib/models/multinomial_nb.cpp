// Naive Bayes over counts: every class draws the columns' counts from its own multinomial distribution.
#include "stdlib/models/count_nb.h"

namespace mlpc {

namespace {

using models::CountNbParams;

class MultinomialNb final : public Model {
public:
    explicit MultinomialNb(CountNbParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const models::ClassCounts counts = models::count_by_class(x, y, "multinomial_nb");
        Matrix smoothed = counts.cells.array() + params_.alpha;
        Matrix logs = smoothed.array().log();
        logs.rowwise() -= smoothed.colwise().sum().array().log().matrix();
        return models::make_count_nb("multinomial_nb", counts, std::move(logs), models::log_priors(counts, params_.fit_prior));
    }

private:
    CountNbParams params_;
};

}  // namespace

void add_multinomial_nb(Catalog& catalog) {
    ComponentInfo info = models::count_nb_info("multinomial_nb");
    info.summary = "Naive Bayes for counts, such as those of words";
    info.source = "Manning, Raghavan, Schütze 2008: Introduction to Information Retrieval, 13.2";
    info.make_model = [](const ParamValues& values) { return std::make_unique<MultinomialNb>(read_params(models::count_nb_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

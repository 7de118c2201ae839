// Naive Bayes over counts by what a class is not: steadier than multinomial_nb where classes are unequal.
#include "stdlib/models/count_nb.h"

namespace mlpc {

namespace {

using models::CountNbParams;

class ComplementNb final : public Model {
public:
    explicit ComplementNb(CountNbParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const models::ClassCounts counts = models::count_by_class(x, y, "complement_nb");
        const Vector all = counts.cells.rowwise().sum();
        Matrix complement = params_.alpha + ((-counts.cells).colwise() + all).array();
        Matrix logs = complement.array().log();
        logs.rowwise() -= complement.colwise().sum().array().log().matrix();
        // The prior counts for nothing, except where there is a single class.
        const bool alone = counts.present.size() == 1;
        Vector priors = alone ? models::log_priors(counts, params_.fit_prior) : Vector::Zero(counts.cells.cols());
        return models::make_count_nb("complement_nb", counts, -logs, std::move(priors));
    }

private:
    CountNbParams params_;
};

}  // namespace

void add_complement_nb(Catalog& catalog) {
    ComponentInfo info = models::count_nb_info("complement_nb");
    info.summary = "Naive Bayes for counts from the complement of every class, for unequal classes";
    info.source = "Rennie, Shih, Teevan, Karger 2003: Tackling the poor assumptions of naive Bayes text classifiers";
    info.make_model = [](const ParamValues& values) { return std::make_unique<ComplementNb>(read_params(models::count_nb_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

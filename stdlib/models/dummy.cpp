// The baseline that every real model must beat: it looks at no feature.
#include "stdlib/models/features.h"
#include "stdlib/models/outcome.h"

namespace mlpc {

namespace {

enum class Strategy { Prior, MostFrequent };

struct DummyParams {
    Strategy strategy = Strategy::Prior;
};

const Schema<DummyParams>& dummy_schema() {
    static const Schema<DummyParams> schema = {
        field(&DummyParams::strategy,
              {.name = "strategy",
               .doc = "Predict every class with its share of the training rows, or the most frequent one with certainty; of a number always the mean",
               .words = {"prior", "most_frequent"},
               .search = {.words = {"prior", "most_frequent"}}}),
    };
    return schema;
}

class FittedDummy final : public FittedModel {
public:
    FittedDummy() = default;
    FittedDummy(models::OutcomeSchema outcome, Vector constant) : outcome_(std::move(outcome)), constant_(std::move(constant)) {}

    Prediction predict(const Frame& x) const override {
        const auto rows = static_cast<Eigen::Index>(x.rows());
        if (!is_classification(outcome_.task)) {
            return outcome_.numbers(Vector::Constant(rows, constant_[0]));
        }
        return outcome_.classes_of(constant_.transpose().replicate(rows, 1));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("constant", constant_);
    }

private:
    models::OutcomeSchema outcome_;
    Vector constant_;  // class probabilities, or the mean alone
};

class Dummy final : public Model {
public:
    explicit Dummy(DummyParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame&, const Target& y, FitContext&) const override {
        const Vector weights = models::row_weights(y, "dummy");
        return std::make_unique<FittedDummy>(models::OutcomeSchema::of(y), constant_of(y, weights));
    }

private:
    Vector constant_of(const Target& y, const Vector& weights) const {
        if (!is_classification(y.task)) {
            const Eigen::Map<const Vector> values(y.values.data(), weights.size());
            return Vector::Constant(1, weights.dot(values) / weights.sum());
        }
        const Vector sums = models::class_weights(y, weights);
        if (params_.strategy == Strategy::Prior) {
            return sums / sums.sum();
        }
        Eigen::Index most = 0;
        sums.maxCoeff(&most);
        return Vector::Unit(sums.size(), most);
    }

    DummyParams params_;
};

}  // namespace

void add_dummy(Catalog& catalog) {
    ComponentInfo info;
    info.name = "dummy";
    info.kind = ComponentKind::Model;
    info.summary = "Predicts from the target alone, as the baseline that a model must beat";
    info.example = "dummy(prior)";
    info.params = specs_of(dummy_schema());
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Dummy>(read_params(dummy_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedDummy>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

// Probabilities that mean what they say: a map from a model's scores, learned from rows that it has not seen.
#include "runtime/core/error.h"
#include "stdlib/models/calibration_map.h"
#include "stdlib/models/features.h"
#include "stdlib/models/out_of_fold.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Scores { Probability, LogOdds };

struct CalibrateParams {
    models::CalibrationMethod method = models::CalibrationMethod::Sigmoid;
    std::int64_t folds = 5;
    bool ensemble = true;
    Scores scores = Scores::Probability;
};

const Schema<CalibrateParams>& calibrate_schema() {
    static const Schema<CalibrateParams> schema = {
        field(&CalibrateParams::method,
              {.name = "method",
               .doc = "The form of the map: Platt's sigmoid, which needs few rows, or any rising map, which needs a thousand",
               .words = {"sigmoid", "isotonic"},
               .search = {.words = {"sigmoid", "isotonic"}}}),
        field(&CalibrateParams::folds, {.name = "folds",
                                        .doc = "How many inner folds the map is learned from; they keep groups whole and go forward in time",
                                        .valid = {.low = 2},
                                        .search = {.low = 3, .high = 10}}),
        field(&CalibrateParams::ensemble,
              {.name = "ensemble",
               .doc = "Whether the fits of all folds, each with a map of its own, are averaged; else one fit on all rows has one map, learned from "
                      "the predictions of all folds"}),
        field(&CalibrateParams::scores,
              {.name = "scores",
               .doc = "What the map reads: the probabilities, or their log odds, in which a sigmoid can leave as it is what "
                      "is right already",
               .words = {"probability", "log_odds"},
               .search = {.words = {"probability", "log_odds"}}}),
    };
    return schema;
}

double score_of(double probability, bool log_odds) {
    constexpr double least = 1e-12;
    if (!log_odds) {
        return probability;
    }
    const double p = std::clamp(probability, least, 1 - least);
    return std::log(p) - std::log1p(-p);
}

// One fit and a map for each class; of two classes for the positive one alone.
struct CalibratedMember {
    models::Member member;
    std::vector<models::CalibrationMap> maps;

    Prediction predict(const Frame& x, bool log_odds) const {
        Prediction prediction = member->predict(x);
        Matrix& p = prediction.probabilities;
        const bool binary = p.cols() == 2;
        if (static_cast<Eigen::Index>(maps.size()) != (binary ? 1 : p.cols())) {
            throw RunError("the saved model `calibrate` is damaged: it has not a map for every class");
        }
        for (Eigen::Index row = 0; row < p.rows(); ++row) {
            if (binary) {
                p(row, 1) = maps[0](score_of(p(row, 1), log_odds));
                p(row, 0) = 1 - p(row, 1);
                continue;
            }
            for (Eigen::Index c = 0; c < p.cols(); ++c) {
                p(row, c) = maps[static_cast<std::size_t>(c)](score_of(p(row, c), log_odds));
            }
            const double sum = p.row(row).sum();
            p.row(row) = sum > 0 ? (p.row(row) / sum).eval() : Matrix::Constant(1, p.cols(), 1.0 / static_cast<double>(p.cols()));
        }
        prediction.threshold.reset();
        return prediction;
    }
};

class FittedCalibration final : public FittedModel {
public:
    explicit FittedCalibration(std::shared_ptr<const Learner> learner) : learner_(std::move(learner)) {}
    FittedCalibration(std::vector<CalibratedMember> members, Scores scores) : members_(std::move(members)), log_odds_(scores == Scores::LogOdds) {}

    Prediction predict(const Frame& x) const override {
        std::vector<Prediction> predictions;
        for (const CalibratedMember& member : members_) {
            predictions.push_back(member.predict(x, log_odds_));
        }
        return models::mean_prediction(predictions, Vector::Ones(static_cast<Eigen::Index>(predictions.size())));
    }
    void archive(Archive& a) override {
        a.field("log_odds", log_odds_);
        std::uint64_t count = members_.size();
        a.field("members", count);
        if (count == 0) {
            throw RunError("the saved model `calibrate` is damaged: it has no member");
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            if (a.reading()) {
                members_.push_back({learner_->blank(), {}});
            }
            members_[i].member->archive(a);
            a.field("maps", members_[i].maps);
        }
    }

private:
    std::shared_ptr<const Learner> learner_;  // where it is read
    std::vector<CalibratedMember> members_;
    bool log_odds_ = false;
};

class Calibrate final : public Model {
public:
    Calibrate(CalibrateParams params, std::shared_ptr<const Learner> learner) : params_(params), learner_(std::move(learner)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const std::vector<Part> parts = models::inner_folds(y, params_.folds, context, "calibrate");
        std::vector<CalibratedMember> members;
        if (params_.ensemble) {
            for (std::size_t p = 0; p < parts.size(); ++p) {
                models::Member member = models::fit_member(*learner_, x, y, parts[p].train, context, context.rng.child("inner").child(p));
                const Prediction unseen = member->predict(x.take(parts[p].scored));
                members.push_back({std::move(member), maps_of(unseen, y.take(parts[p].scored))});
            }
        } else {
            const models::OutOfFold unseen = models::out_of_fold(*learner_, x, y, parts, context, context.rng.child("inner"));
            models::Member member = models::fit_member(*learner_, x, y, context, context.rng.child("whole"));
            members.push_back({std::move(member), maps_of(unseen.prediction, y.take(unseen.rows))});
        }
        return std::make_unique<FittedCalibration>(std::move(members), params_.scores);
    }

private:
    std::vector<models::CalibrationMap> maps_of(const Prediction& unseen, const Target& truth) const {
        const Vector weights = models::row_weights(truth, "calibrate");
        const Matrix& p = unseen.probabilities;
        std::vector<models::CalibrationMap> maps;
        for (Eigen::Index c = p.cols() == 2 ? 1 : 0; c < p.cols(); ++c) {
            const Vector scores = p.col(c).unaryExpr([&](double v) { return score_of(v, params_.scores == Scores::LogOdds); });
            Vector member(p.rows());
            for (Eigen::Index row = 0; row < p.rows(); ++row) {
                member[row] = truth.labels[static_cast<std::size_t>(row)] == c ? 1 : 0;
            }
            maps.push_back(models::CalibrationMap::fit(params_.method, scores, member, weights));
        }
        return maps;
    }

    CalibrateParams params_;
    std::shared_ptr<const Learner> learner_;
};

}  // namespace

void add_calibrate(Catalog& catalog) {
    ComponentInfo info;
    info.name = "calibrate";
    info.kind = ComponentKind::Model;
    info.summary = "A model whose probabilities are corrected by how often they were right on rows that it had not seen";
    info.source =
        "Platt 1999: Probabilistic outputs for support vector machines; Zadrozny, Elkan 2002: Transforming classifier scores into "
        "accurate multiclass probability estimates";
    info.example = "calibrate(forest, isotonic)";
    info.params = specs_of(calibrate_schema());
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.least_learners = 1;
    info.most_learners = 1;
    info.inner_folds = true;
    info.make_combination = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<Calibrate>(read_params(calibrate_schema(), values), learners.at(0));
    };
    info.blank_combination = [](const Learners& learners) { return std::make_unique<FittedCalibration>(learners.at(0)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

// Copies of one model, each fitted on a draw of the rows and columns, averaged.
#include "runtime/core/error.h"
#include "stdlib/models/members.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

struct BaggingParams {
    std::int64_t estimators = 10;
    double rows = 1.0;
    double columns = 1.0;
    bool replace = true;
};

const Schema<BaggingParams>& bagging_schema() {
    static const Schema<BaggingParams> schema = {
        field(&BaggingParams::estimators, {.name = "estimators",
                                           .doc = "How many copies are fitted; the first ones of a larger number are the smaller number",
                                           .valid = {.low = 1},
                                           .search = {.low = 10, .high = 100},
                                           .resource = true}),
        field(&BaggingParams::rows, {.name = "rows",
                                     .doc = "Share of the rows that each copy draws",
                                     .valid = {.low = 0, .high = 1, .open_low = true},
                                     .search = {.low = 0.5, .high = 1}}),
        field(&BaggingParams::columns, {.name = "columns",
                                        .doc = "Share of the columns that each copy is given, drawn without repeats; the model must not name columns",
                                        .valid = {.low = 0, .high = 1, .open_low = true},
                                        .search = {.low = 0.5, .high = 1}}),
        field(&BaggingParams::replace, {.name = "replace", .doc = "Whether a row may be drawn more than once"}),
    };
    return schema;
}

// A copy and the columns that it is given, by position. States that hold more of the same copies share them.
struct Bag {
    std::shared_ptr<FittedModel> member;
    std::vector<std::uint32_t> columns;
};

class FittedBagging final : public FittedModel {
public:
    explicit FittedBagging(std::shared_ptr<const Learner> learner) : learner_(std::move(learner)) {}
    explicit FittedBagging(std::vector<Bag> bags) : bags_(std::move(bags)) {}

    Prediction predict(const Frame& x) const override {
        std::vector<Prediction> predictions;
        for (const Bag& bag : bags_) {
            const std::vector<std::size_t> columns(bag.columns.begin(), bag.columns.end());
            if (!columns.empty() && columns.back() >= x.columns()) {
                throw RunError("`bagging` was fitted on more columns than it is given");
            }
            predictions.push_back(bag.member->predict(x.select(columns)));
        }
        return models::mean_prediction(predictions, Vector::Ones(static_cast<Eigen::Index>(predictions.size())));
    }
    void archive(Archive& a) override {
        std::uint64_t count = bags_.size();
        a.field("bags", count);
        if (count == 0) {
            throw RunError("the saved model `bagging` is damaged: it has no member");
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            if (a.reading()) {
                bags_.push_back({learner_->blank(), {}});
            }
            a.field("columns", bags_[i].columns);
            if (!std::is_sorted(bags_[i].columns.begin(), bags_[i].columns.end())) {
                throw RunError("the saved model `bagging` is damaged: its columns are out of order");
            }
            bags_[i].member->archive(a);
        }
    }

    const std::vector<Bag>& bags() const { return bags_; }

private:
    std::shared_ptr<const Learner> learner_;  // where it is read
    std::vector<Bag> bags_;
};

std::uint32_t share_of(double share, std::size_t count) {
    const auto wanted = static_cast<std::uint32_t>(std::floor(share * static_cast<double>(count)));
    return std::clamp<std::uint32_t>(wanted, 1, static_cast<std::uint32_t>(std::max<std::size_t>(count, 1)));
}

class Bagging final : public Model {
public:
    Bagging(BaggingParams params, std::shared_ptr<const Learner> learner) : params_(params), learner_(std::move(learner)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return with_bags({}, x, y, context); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* smaller = dynamic_cast<const FittedBagging*>(&state);
        if (smaller == nullptr || smaller->bags().size() > static_cast<std::size_t>(params_.estimators)) {
            return nullptr;
        }
        return with_bags(smaller->bags(), x, y, context);
    }

private:
    std::unique_ptr<FittedModel> with_bags(std::vector<Bag> bags, const Frame& x, const Target& y, const FitContext& context) const {
        if (x.rows() == 0 || x.columns() == 0) {
            throw RunError("`bagging` draws rows and columns, and there is none: leave more of them in the data");
        }
        for (std::uint64_t i = bags.size(); i < static_cast<std::uint64_t>(params_.estimators); ++i) {
            Rng rng = context.rng.child("draw").child(i);
            std::vector<std::uint32_t> columns = rng.choose(static_cast<std::uint32_t>(x.columns()), share_of(params_.columns, x.columns()));
            std::sort(columns.begin(), columns.end());
            const std::vector<std::size_t> positions(columns.begin(), columns.end());
            bags.push_back(
                {models::fit_member(*learner_, x.select(positions), y, drawn_rows(x.rows(), rng), context, context.rng.child("fit").child(i)),
                 std::move(columns)});
        }
        return std::make_unique<FittedBagging>(std::move(bags));
    }
    RowIndex drawn_rows(std::size_t count, Rng& rng) const {
        const std::uint32_t wanted = share_of(params_.rows, count);
        RowIndex rows;
        if (!params_.replace) {
            rows = rng.choose(static_cast<std::uint32_t>(count), wanted);
        }
        while (rows.size() < wanted) {
            rows.push_back(static_cast<std::uint32_t>(rng.below(count)));
        }
        std::sort(rows.begin(), rows.end());
        return rows;
    }

    BaggingParams params_;
    std::shared_ptr<const Learner> learner_;
};

}  // namespace

void add_bagging(Catalog& catalog) {
    ComponentInfo info;
    info.name = "bagging";
    info.kind = ComponentKind::Model;
    info.summary = "Copies of one model, each fitted on a draw of the rows and of the columns, averaged";
    info.source = "Breiman 1996: Bagging predictors; Ho 1998: The random subspace method for constructing decision forests";
    info.example = "bagging(logit, estimators: 10, rows: 0.8)";
    info.params = specs_of(bagging_schema());
    info.positional = 0;
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.least_learners = 1;
    info.most_learners = 1;
    info.make_combination = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<Bagging>(read_params(bagging_schema(), values), learners.at(0));
    };
    info.blank_combination = [](const Learners& learners) { return std::make_unique<FittedBagging>(learners.at(0)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

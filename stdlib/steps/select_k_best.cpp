#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/mutual_information.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

enum class Score { F, Chi2, MutualInformation };
struct SelectKBestParams {
    std::int64_t k = 10;
    Score score = Score::F;
    std::int64_t neighbours = 3;
};
const Schema<SelectKBestParams>& select_k_best_schema() {
    static const Schema<SelectKBestParams> fields{
        field(&SelectKBestParams::k, {.name = "k",
                                      .doc = "How many columns to keep; all where there are fewer",
                                      .valid = {.low = 1},
                                      .search = {.low = 1, .high = 50, .log = true},
                                      .path = true}),
        field(
            &SelectKBestParams::score,
            {.name = "score",
             .doc = "`f`: the F statistic of a one-way analysis of variance (classes) or of a linear regression on the one column (numbers); `chi2`: "
                    "the chi-squared statistic of sums by class, for counts and frequencies (classes only); `mutual_information`: how much of "
                    "the target's uncertainty the column takes away, by whatever relation",
             .words = {"f", "chi2", "mutual_information"},
             .search = {.words = {"f", "mutual_information"}}}),
        field(&SelectKBestParams::neighbours,
              {.name = "neighbours",
               .doc = "By how many nearest rows `mutual_information` is estimated; more of them vary less and blur more",
               .valid = {.low = 1, .high = 1000}}),
    };
    return fields;
}

// A score that cannot be told, that of a constant column for one.
constexpr double unknown_score = -std::numeric_limits<double>::infinity();

bool is_constant(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

struct ClassSums {
    std::vector<double> sums, counts;
    double present = 0;  // classes with a row
};

ClassSums class_sums(const std::vector<double>& values, const Target& y) {
    ClassSums of{.sums = std::vector<double>(y.class_count()), .counts = std::vector<double>(y.class_count()), .present = 0};
    for (std::size_t row = 0; row < values.size(); ++row) {
        const auto label = static_cast<std::size_t>(y.labels[row]);
        of.sums[label] += values[row];
        of.counts[label] += 1;
    }
    of.present = static_cast<double>(std::count_if(of.counts.begin(), of.counts.end(), [](double count) { return count > 0; }));
    return of;
}

// One-way analysis of variance (Fisher 1925).
double anova_f(std::vector<double>& values, const Target& y) {
    const double mean = steps::mean_of(values);
    for (double& value : values) {
        value -= mean;
    }
    const ClassSums of = class_sums(values, y);
    double between = 0;
    for (std::size_t label = 0; label < of.sums.size(); ++label) {
        between += of.counts[label] > 0 ? of.sums[label] * of.sums[label] / of.counts[label] : 0;
    }
    double within = 0;
    for (std::size_t row = 0; row < values.size(); ++row) {
        const auto label = static_cast<std::size_t>(y.labels[row]);
        const double residual = values[row] - of.sums[label] / of.counts[label];
        within += residual * residual;
    }
    return (between / (of.present - 1)) / (within / (static_cast<double>(values.size()) - of.present));
}

double regression_f(std::vector<double>& values, const Target& y) {
    const double mean_x = steps::mean_of(values);
    const double mean_y = steps::mean_of(y.values);
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t row = 0; row < values.size(); ++row) {
        const double dx = values[row] - mean_x;
        const double dy = y.values[row] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    const double r = xy / std::sqrt(xx) / std::sqrt(yy);
    return r * r / (1 - std::min(r * r, 1.0)) * (static_cast<double>(values.size()) - 2);
}

double chi2_of(const std::vector<double>& values, const Target& y) {
    const ClassSums of = class_sums(values, y);
    const double total = steps::sum_of(values);
    double chi2 = 0;
    for (std::size_t label = 0; label < of.sums.size(); ++label) {
        if (of.counts[label] > 0) {
            const double expected = total * of.counts[label] / static_cast<double>(values.size());
            chi2 += (of.sums[label] - expected) * (of.sums[label] - expected) / expected;
        }
    }
    return chi2;
}

class FittedSelectKBest : public FittedStep {
public:
    FittedSelectKBest() = default;
    FittedSelectKBest(std::vector<std::string> names, std::vector<double> scores, std::int64_t k)
        : names_(std::move(names)), scores_(std::move(scores)), k_(k) {
        choose();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "select_k_best");
        return x.select(kept_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("scores", scores_);
        a.field("k", k_);
        if (scores_.size() != names_.size() || k_ < 0) {
            throw RunError("the saved state of `select_k_best` does not have a score for every column");
        }
        choose();
    }
    std::unique_ptr<FittedStep> restricted(const ParamValue& k) const override {
        SelectKBestParams params;
        select_k_best_schema().front().set(params, k);
        return std::make_unique<FittedSelectKBest>(names_, scores_, params.k);
    }

private:
    // Equal scores: the earlier column first. What is kept stays in the order of the columns.
    void choose() {
        kept_.resize(names_.size());
        std::iota(kept_.begin(), kept_.end(), std::size_t{0});
        const auto rank = [&](std::size_t c) { return std::isnan(scores_[c]) ? unknown_score : scores_[c]; };
        std::stable_sort(kept_.begin(), kept_.end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
        kept_.resize(std::min(kept_.size(), static_cast<std::size_t>(k_)));
        std::sort(kept_.begin(), kept_.end());
    }
    std::vector<std::string> names_;
    std::vector<double> scores_;
    std::int64_t k_ = 0;
    std::vector<std::size_t> kept_;
};

class SelectKBest : public Step {
public:
    explicit SelectKBest(SelectKBestParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext& context) const override {
        if (!y) {
            throw RunError("`select_k_best` scores columns by the target, and there is none");
        }
        steps::require_finite(x, "select_k_best");
        std::vector<double> scores;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            scores.push_back(score_of(x, c, *y));
        }
        return std::make_unique<FittedSelectKBest>(x.names(), std::move(scores), params_.k);
    }

private:
    double score_of(const Frame& x, std::size_t c, const Target& y) const {
        std::vector<double> values = x.numbers(c);
        if (params_.score == Score::Chi2) {
            require_counts(values, x.column(c).name, y);
        }
        if (values.empty() || is_constant(values)) {
            return unknown_score;
        }
        const double score = raw_score(values, y);
        return std::isnan(score) ? unknown_score : score;
    }
    double raw_score(std::vector<double>& values, const Target& y) const {
        if (params_.score == Score::Chi2) {
            return chi2_of(values, y);
        }
        if (params_.score == Score::MutualInformation) {
            return steps::mutual_information(values, y, static_cast<std::size_t>(params_.neighbours));
        }
        return is_classification(y.task) ? anova_f(values, y) : regression_f(values, y);
    }
    static void require_counts(const std::vector<double>& values, const std::string& name, const Target& y) {
        if (!is_classification(y.task)) {
            throw RunError("the score `chi2` compares classes, and the target is a number; use `score: f`");
        }
        if (std::any_of(values.begin(), values.end(), [](double value) { return value < 0; })) {
            throw RunError(
                fmt::format("column `{}` has a value below 0, and the score `chi2` is for counts; use `score: f`, or `scale(minmax)` before", name));
        }
    }
    SelectKBestParams params_;
};

}  // namespace

void add_select_k_best(Catalog& catalog) {
    ComponentInfo info;
    info.name = "select_k_best";
    info.kind = ComponentKind::Step;
    info.summary =
        "Keeps the k columns that, each for itself, tell most about the target in the rows it is fitted on; every row counts once, whatever "
        "its weight, and constant columns go first";
    info.source =
        "Guyon, Elisseeff: An Introduction to Variable and Feature Selection, Journal of Machine Learning Research 3 (2003); mutual "
        "information: Kraskov, Stögbauer, Grassberger, Physical Review E 69 (2004); Ross, PLoS ONE 9 (2014)";
    info.example = "select_k_best(k in 5..20)";
    info.params = specs_of(select_k_best_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<SelectKBest>(read_params(select_k_best_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedSelectKBest>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

// Logistic regression: binary by the log-odds of the positive class, of several classes by the softmax.
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/features.h"
#include "stdlib/models/optimise.h"
#include "stdlib/models/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace mlpc {

namespace {

enum class Penalty { L2, None };
enum class ClassWeight { Equal, Balanced };

struct LogisticParams {
    double C = 1.0;
    Penalty penalty = Penalty::L2;
    ClassWeight class_weight = ClassWeight::Equal;
};

const Schema<LogisticParams>& logistic_schema() {
    static const Schema<LogisticParams> schema = {
        field(&LogisticParams::C, {.name = "C",
                                   .doc = "Inverse strength of the penalty: the loss is C Σ log loss + |coefficients|² / 2",
                                   .valid = {.low = 0, .open_low = true},
                                   .search = {.low = 1e-4, .high = 1e2, .log = true}}),
        field(&LogisticParams::penalty, {.name = "penalty",
                                         .doc = "Square of the coefficients, or none, and then C counts for nothing",
                                         .words = {"l2", "none"},
                                         .search = {.words = {"l2", "none"}}}),
        field(&LogisticParams::class_weight, {.name = "class_weight",
                                              .doc = "Every row counts alike, or every class counts alike",
                                              .words = {"equal", "balanced"},
                                              .search = {.words = {"equal", "balanced"}}}),
    };
    return schema;
}

// The classes that occur in the training rows, and each row's position among them.
struct Present {
    std::vector<std::int32_t> classes;
    std::vector<int> labels;
};

Present present_classes(const Target& y) {
    std::vector<int> position(y.class_count(), -1);
    for (const std::int32_t label : y.labels) {
        position[static_cast<std::size_t>(label)] = 0;
    }
    Present present;
    for (std::size_t c = 0; c < position.size(); ++c) {
        if (position[c] == 0) {
            position[c] = static_cast<int>(present.classes.size());
            present.classes.push_back(static_cast<std::int32_t>(c));
        }
    }
    for (const std::int32_t label : y.labels) {
        present.labels.push_back(position[static_cast<std::size_t>(label)]);
    }
    return present;
}

// rows / (classes · rows of the class), as is usual.
void balance(const Present& present, Vector& weights) {
    Vector rows = Vector::Zero(static_cast<Eigen::Index>(present.classes.size()));
    for (const int label : present.labels) {
        rows[label] += 1;
    }
    for (std::size_t i = 0; i < present.labels.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        weights[row] *= static_cast<double>(present.labels.size()) / (static_cast<double>(rows.size()) * rows[present.labels[i]]);
    }
}

// The columns of a matrix, those of zeros and few ones (one-hot levels) as lists of their ones: they are most of the cells of a mixed
// table, and hold next to nothing. Coefficients stand in the order of `order`, the intercept last.
class Design {
public:
    Design(Eigen::Map<const Matrix> x, bool find_indicators) : rows_(x.rows()), cells_(x.data(), x.rows(), x.cols()) {
        std::vector<std::vector<std::uint32_t>> lists;
        std::vector<Eigen::Index> dense, indicators;
        std::vector<std::uint32_t> scratch(static_cast<std::size_t>(rows_) + 1);
        for (Eigen::Index c = 0; c < x.cols(); ++c) {
            if (find_indicators && list_ones(x.col(c).data(), scratch, lists)) {
                indicators.push_back(c);
            } else {
                dense.push_back(c);
            }
        }
        constexpr std::size_t too_few = 4;
        if (indicators.size() < too_few) {
            order_.resize(static_cast<std::size_t>(x.cols()));
            std::iota(order_.begin(), order_.end(), Eigen::Index{0});
            return;
        }
        copy_ = x(Eigen::all, dense);
        new (&cells_) Eigen::Map<const Matrix>(copy_.data(), copy_.rows(), copy_.cols());
        order_ = std::move(dense);
        order_.insert(order_.end(), indicators.begin(), indicators.end());
        by_row(lists);
    }
    Design(const Design&) = delete;  // cells_ may point into copy_
    Design& operator=(const Design&) = delete;
    Eigen::Index rows() const { return rows_; }
    Eigen::Index columns() const { return static_cast<Eigen::Index>(order_.size()); }
    Eigen::Map<const Matrix> dense() const { return cells_; }
    void fill(kernels::LogisticInput& input) const {
        input.x = cells_.data();
        input.rows = rows_;
        input.cols = cells_.cols();
        input.ld = rows_;
        input.indicators = columns() - cells_.cols();
        input.offsets = offsets_.data();
        input.ones = ones_.data();
    }
    // Coefficients by column, and back.
    Vector by_column(const Vector& point) const {
        Vector coefficients = point;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            coefficients[order_[i]] = point[static_cast<Eigen::Index>(i)];
        }
        return coefficients;
    }
    Vector in_order(const Vector& coefficients) const {
        Vector point = coefficients;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            point[static_cast<Eigen::Index>(i)] = coefficients[order_[i]];
        }
        return point;
    }

private:
    // Appends the rows that hold a one; false where there is any cell but zero and one, or the ones are not few. `rows` is scratch.
    bool list_ones(const double* cells, std::vector<std::uint32_t>& rows, std::vector<std::vector<std::uint32_t>>& lists) const {
        const auto most = static_cast<std::size_t>(rows_ / 2);
        std::size_t count = 0;
        for (Eigen::Index begin = 0; begin < rows_; begin += 256) {
            double other = 0;
            for (Eigen::Index r = begin; r < std::min(begin + 256, rows_); ++r) {
                rows[count] = static_cast<std::uint32_t>(r);
                count += cells[r] != 0 ? 1 : 0;
                other += std::abs(cells[r] * (cells[r] - 1));
            }
            if (other != 0 || count > most) {
                return false;
            }
        }
        lists.emplace_back(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
        return true;
    }
    void by_row(const std::vector<std::vector<std::uint32_t>>& lists) {
        offsets_.assign(static_cast<std::size_t>(rows_) + 1, 0);
        for (const auto& list : lists) {
            for (const std::uint32_t row : list) {
                ++offsets_[row + 1];
            }
        }
        std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
        ones_.resize(offsets_.back());
        std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
        for (std::size_t k = 0; k < lists.size(); ++k) {
            for (const std::uint32_t row : lists[k]) {
                ones_[next[row]++] = static_cast<std::uint32_t>(k);
            }
        }
    }

    Eigen::Index rows_;
    Matrix copy_;
    Eigen::Map<const Matrix> cells_;
    std::vector<Eigen::Index> order_;
    std::vector<std::uint32_t> offsets_, ones_;
};

// What is minimised, one block of coefficients and an intercept for each of `blocks` linear predictors (one where there are two classes).
class LogisticLoss {
public:
    LogisticLoss(const Design& design, const Present& present, const Vector* weights, double strength)
        : design_(design),
          present_(present),
          weights_(weights != nullptr ? weights->data() : nullptr),
          strength_(strength),
          size_(design.columns() + 1) {
        blocks_ = present.classes.size() == 2 ? 1 : static_cast<Eigen::Index>(present.classes.size());
        total_ = weights != nullptr ? weights->sum() : static_cast<double>(design.rows());
        for (std::size_t i = 0; blocks_ == 1 && i < present.labels.size(); ++i) {
            signs_.push_back(present.labels[i] == 1 ? 1.0 : -1.0);
        }
    }
    Eigen::Index dimensions() const { return size_ * blocks_; }
    Eigen::Index rows_of_block() const { return size_; }
    // Rows that are this sure on average are told apart without error: without a penalty there is no minimum.
    double floor() const { return strength_ > 0 ? 0 : 1e-8 * total_; }

    double operator()(const Vector& point, Vector& gradient, Matrix* hessian) const {
        double* const curvature = hessian != nullptr ? hessian->data() : nullptr;
        double loss = 0;
        if (blocks_ == 1) {
            kernels::LogisticInput input{.signs = signs_.data(), .weights = weights_, .beta = point.data()};
            design_.fill(input);
            loss = kernels::logistic_pass(input, gradient.data(), curvature);
        } else {
            const auto x = design_.dense();
            loss = kernels::softmax_pass({x.data(), x.rows(), x.cols(), x.rows(), blocks_, present_.labels.data(), weights_, point.data()},
                                         gradient.data(), curvature);
        }
        for (Eigen::Index b = 0; b < blocks_; ++b) {
            const auto coefficients = point.segment(b * size_, size_ - 1);
            loss += strength_ / 2 * coefficients.squaredNorm();
            gradient.segment(b * size_, size_ - 1) += strength_ * coefficients;
        }
        if (hessian != nullptr) {
            complete(*hessian);
        }
        return loss;
    }

private:
    void complete(Matrix& hessian) const {
        for (Eigen::Index b = 0; b < blocks_; ++b) {
            hessian.diagonal().segment(b * size_, size_ - 1).array() += strength_;
        }
        if (blocks_ == 1) {
            return;
        }
        // One number added to a column's coefficients of all classes changes no probability. The gradient has no part in that direction;
        // curvature in it makes the Hessian definite and keeps the sum of the coefficients at zero.
        for (Eigen::Index j = strength_ > 0 ? size_ - 1 : 0; j < size_; ++j) {
            const double extra = hessian(j, j);
            for (Eigen::Index b = 0; b < blocks_; ++b) {
                for (Eigen::Index c = 0; c < blocks_; ++c) {
                    hessian(j + b * size_, j + c * size_) += extra;
                }
            }
        }
    }

    const Design& design_;
    const Present& present_;
    const double* weights_;
    double strength_;
    Eigen::Index size_, blocks_ = 1;
    double total_ = 0;
    std::vector<double> signs_;
};

// Every eighth block of rows, on which the first steps of Newton's method are as good as on all.
RowIndex sample_rows(Eigen::Index rows) {
    constexpr Eigen::Index block = 64, every = 8;
    RowIndex sample;
    for (Eigen::Index begin = 0; begin < rows; begin += block * every) {
        for (Eigen::Index row = begin; row < std::min(begin + block, rows); ++row) {
            sample.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return sample;
}

// What every fit on one frame needs of its cells, whatever the labels and the strength of the penalty.
struct Features {
    Features(const Frame& x, bool two_classes)
        : dense(models::checked_features(x, "logistic")),
          design(dense.matrix(), two_classes),
          sample(sample_rows(dense.matrix().rows())),
          sample_cells(dense.matrix()(sample, Eigen::all)),
          sample_design({sample_cells.data(), sample_cells.rows(), sample_cells.cols()}, two_classes) {}
    Dense dense;
    Design design;
    RowIndex sample;
    Matrix sample_cells;
    Design sample_design;
};

std::shared_ptr<const Features> features_of(const Frame& x, bool two_classes) {
    return x.derived<Features>(two_classes ? "logistic, two classes" : "logistic", [&] { return std::make_shared<const Features>(x, two_classes); });
}

// The labels and weights of the sample.
struct Subsample {
    Present present;
    Vector weights;
};

Subsample subsample_of(const RowIndex& rows, const Present& present, const Vector& weights) {
    Subsample sample{.present = {.classes = present.classes, .labels = {}}, .weights = weights(rows)};
    for (const std::uint32_t row : rows) {
        sample.present.labels.push_back(present.labels[row]);
    }
    return sample;
}

// Whether a sample says enough of every class to start from.
bool is_telling(const Subsample& sample, Eigen::Index dimensions) {
    constexpr Eigen::Index rows_per_coefficient = 10;
    constexpr double rows_per_class = 20;
    Vector rows = Vector::Zero(static_cast<Eigen::Index>(sample.present.classes.size()));
    for (const int label : sample.present.labels) {
        rows[label] += 1;
    }
    return sample.weights.size() >= rows_per_coefficient * dimensions && rows.minCoeff() >= rows_per_class && sample.weights.sum() > 0;
}

class FittedLogistic final : public FittedModel {
public:
    FittedLogistic() = default;
    FittedLogistic(models::OutcomeSchema outcome, std::vector<std::int32_t> present, Matrix coefficients)
        : outcome_(std::move(outcome)), present_(std::move(present)), coefficients_(std::move(coefficients)) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "logistic", static_cast<std::size_t>(coefficients_.rows() - 1));
        const auto matrix = dense.matrix();
        Matrix scores(matrix.rows(), coefficients_.cols());
        for (Eigen::Index b = 0; b < scores.cols(); ++b) {
            kernels::matvec(matrix.data(), matrix.rows(), matrix.cols(), matrix.rows(), coefficients_.col(b).data(), scores.col(b).data());
            scores.col(b).array() += coefficients_(matrix.cols(), b);
        }
        Matrix probabilities = Matrix::Zero(matrix.rows(), outcome_.class_count());
        if (scores.cols() == 1) {
            spread_binary(scores, probabilities);
        } else {
            spread_softmax(scores, probabilities);
        }
        return outcome_.classes_of(std::move(probabilities));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("present", present_);
        a.field("coefficients", coefficients_);
    }

private:
    void spread_binary(const Matrix& scores, Matrix& probabilities) const {
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            const double small = std::exp(-std::abs(scores(row, 0)));
            const double less = small / (1 + small), more = 1 / (1 + small);
            const bool positive = scores(row, 0) > 0;
            probabilities(row, present_[0]) = positive ? less : more;
            probabilities(row, present_[1]) = positive ? more : less;
        }
    }
    void spread_softmax(const Matrix& scores, Matrix& probabilities) const {
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            double largest = scores(row, 0), sum = 0;
            for (Eigen::Index b = 1; b < scores.cols(); ++b) {
                largest = std::max(largest, scores(row, b));
            }
            for (Eigen::Index b = 0; b < scores.cols(); ++b) {
                double& cell = probabilities(row, present_[static_cast<std::size_t>(b)]);
                cell = std::exp(scores(row, b) - largest);
                sum += cell;
            }
            for (const std::int32_t c : present_) {
                probabilities(row, c) /= sum;
            }
        }
    }

    models::OutcomeSchema outcome_;
    std::vector<std::int32_t> present_;  // classes of the training rows; the others have probability 0
    Matrix coefficients_;                // (columns + 1) × predictors, intercepts in the last row
};

class Logistic final : public Model {
public:
    explicit Logistic(LogisticParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Present present = present_classes(y);
        const auto features = features_of(x, present.classes.size() == 2);
        if (present.classes.size() < 2) {
            throw RunError(fmt::format("`logistic` got training rows of the one class `{}`; it needs two, so split `stratified`, or use `dummy`",
                                       present.classes.empty() ? "" : y.classes->at(static_cast<std::size_t>(present.classes[0]))));
        }
        Vector weights = models::row_weights(y, "logistic");
        const bool balanced = params_.class_weight == ClassWeight::Balanced;
        if (balanced) {
            balance(present, weights);
        }
        const double strength = params_.penalty == Penalty::L2 ? 1 / params_.C : 0;
        const bool weighted = balanced || !y.weights.empty();
        const Design& design = features->design;
        const LogisticLoss loss(design, present, weighted ? &weights : nullptr, strength);
        const Vector start = start_of(*features, present, weights, strength, loss.dimensions(), context);
        return std::make_unique<FittedLogistic>(models::OutcomeSchema::of(y), present.classes, coefficients_of(design, loss, start, context));
    }

private:
    static constexpr Eigen::Index most_for_newton = 1000;  // beyond it the factorisation takes longer than many gradients

    // The minimum on a part of the rows, roughly; the origin where they are too few for a part to tell.
    static Vector start_of(const Features& x, const Present& present, const Vector& weights, double strength, Eigen::Index dimensions,
                           const FitContext& context) {
        constexpr Eigen::Index fewest_rows = 2000;
        const Vector origin = Vector::Zero(dimensions);
        if (x.design.rows() < fewest_rows || dimensions > most_for_newton) {
            return origin;
        }
        const Subsample sample = subsample_of(x.sample, present, weights);
        if (!is_telling(sample, dimensions)) {
            return origin;
        }
        const double share = sample.weights.sum() / weights.sum();
        const LogisticLoss loss(x.sample_design, sample.present, &sample.weights, strength * share);
        const Vector point = models::minimise_newton(std::cref(loss), origin, {.most_steps = 8, .tiny = 1e-3, .floor = loss.floor()}, context).point;
        return point.allFinite() ? x.sample_design.by_column(point) : origin;
    }

    static Matrix coefficients_of(const Design& design, const LogisticLoss& loss, const Vector& by_column, const FitContext& context) {
        const Eigen::Index dimensions = loss.dimensions();
        const Vector start = design.in_order(by_column);
        const models::Minimum minimum = dimensions <= most_for_newton
                                            ? models::minimise_newton(std::cref(loss), start, {.floor = loss.floor()}, context)
                                            : models::minimise_lbfgs(std::cref(loss), start, loss.floor(), context);
        if (!minimum.point.allFinite()) {
            throw RunError("`logistic` did not converge to finite coefficients; put `scale(standard)` before it or lower `C`");
        }
        return design.by_column(minimum.point).reshaped(loss.rows_of_block(), dimensions / loss.rows_of_block());
    }

    LogisticParams params_;
};

}  // namespace

void add_logistic(Catalog& catalog) {
    ComponentInfo info;
    info.name = "logistic";
    info.kind = ComponentKind::Model;
    info.summary = "Logistic regression with an L2 penalty, of two classes or several";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 4.4";
    info.example = "logistic(C in 1e-4..1e2 log)";
    info.params = specs_of(logistic_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Logistic>(read_params(logistic_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedLogistic>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

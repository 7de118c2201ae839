#include "stdlib/models/fitted_xgboost.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace mlpc::models {

std::vector<float> xgboost_cells(const Frame& x) {
    std::vector<float> cells(x.rows() * x.columns());
    for (std::size_t c = 0; c < x.columns(); ++c) {
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const double cell = x.number(row, c);
            if (std::abs(cell) > static_cast<double>(std::numeric_limits<float>::max())) {
                throw RunError(fmt::format("`xgboost` met a value beyond the range of its numbers in column `{}`; put `clip` or `scale` before it",
                                           x.column(c).name));
            }
            cells[row * x.columns() + c] = static_cast<float>(cell);
        }
    }
    return cells;
}

Matrix xgboost_scores(const float* scores, std::size_t rows, std::size_t count) {
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const Rows>(scores, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(count)).cast<double>();
}

XgboostBooster new_xgboost_booster(const XgboostMatrix& matrix) {
    const XgboostLibrary& library = XgboostLibrary::get();
    BoosterHandle handle = nullptr;
    DMatrixHandle matrices[] = {matrix.get()};
    library.check(library.booster_create(matrices, matrix ? 1 : 0, &handle));
    XgboostBooster booster(handle, [&library](BoosterHandle h) { library.booster_free(h); });
    library.check(library.booster_set(handle, "nthread", "1"));
    library.check(library.booster_set(handle, "verbosity", "0"));
    return booster;
}

std::size_t xgboost_rounds(const XgboostBooster& booster) {
    const XgboostLibrary& library = XgboostLibrary::get();
    int rounds = 0;
    library.check(library.booster_rounds(booster.get(), &rounds));
    return static_cast<std::size_t>(rounds);
}

XgboostBooster first_xgboost_rounds(const XgboostBooster& booster, std::size_t count) {
    const XgboostLibrary& library = XgboostLibrary::get();
    BoosterHandle slice = nullptr;
    library.check(library.booster_slice(booster.get(), 0, static_cast<int>(count), 1, &slice));
    return {slice, [&library](BoosterHandle h) { library.booster_free(h); }};
}

FittedXgboost::FittedXgboost(OutcomeSchema outcome, NumberLoss loss, std::size_t columns, XgboostBooster booster,
                             std::shared_ptr<const std::vector<double>> curve, std::size_t asked)
    : outcome_(std::move(outcome)),
      loss_(loss),
      columns_(columns),
      booster_(std::move(booster)),
      curve_(std::move(curve)),
      asked_(asked),
      used_(asked) {
    if (!curve_->empty()) {
        const auto end = curve_->begin() + static_cast<std::ptrdiff_t>(std::min(asked, curve_->size()));
        used_ = static_cast<std::size_t>(std::min_element(curve_->begin(), end) - curve_->begin()) + 1;
    }
}

Prediction FittedXgboost::predict(const Frame& x) const {
    if (x.columns() != columns_) {
        throw RunError(fmt::format("`xgboost` was fitted on {} columns and is asked to predict from {}", columns_, x.columns()));
    }
    const auto count = outcome_.task == Task::Multiclass ? static_cast<std::size_t>(outcome_.class_count()) : 1;
    Matrix scores(0, static_cast<Eigen::Index>(count));
    if (x.rows() > 0) {
        const XgboostLibrary& library = XgboostLibrary::get();
        const std::vector<float> cells = xgboost_cells(x);
        const std::string array = fmt::format(R"({{"data": [{}, true], "shape": [{}, {}], "typestr": "<f4", "version": 3}})",
                                              reinterpret_cast<std::uintptr_t>(cells.data()), x.rows(), x.columns());
        const std::string config = fmt::format(
            R"({{"type": 1, "training": false, "iteration_begin": 0, "iteration_end": {}, "strict_shape": true, "missing": NaN, "cache_id": 0}})",
            used_);
        const bst_ulong* shape = nullptr;
        bst_ulong dimensions = 0;
        const float* result = nullptr;
        library.check(library.predict_dense(booster_.get(), array.c_str(), config.c_str(), nullptr, &shape, &dimensions, &result));
        scores = xgboost_scores(result, x.rows(), count);
    }
    return is_classification(outcome_.task) ? outcome_.classes_of(boosted_probabilities(scores)) : outcome_.numbers(boosted_numbers(scores, loss_));
}

std::unique_ptr<FittedModel> FittedXgboost::restricted(const ParamValue& rounds) const {
    const std::int64_t* value = std::get_if<std::int64_t>(&rounds.value);
    if (value == nullptr || *value < 1 || static_cast<std::size_t>(*value) > asked_) {
        return nullptr;
    }
    return std::make_unique<FittedXgboost>(outcome_, loss_, columns_, booster_, curve_, static_cast<std::size_t>(*value));
}

std::size_t FittedXgboost::rounds() const { return xgboost_rounds(booster_); }

XgboostBooster FittedXgboost::first_rounds(std::size_t count) const { return first_xgboost_rounds(booster_, count); }

std::vector<double> FittedXgboost::curve(std::size_t count) const {
    return {curve_->begin(), curve_->begin() + static_cast<std::ptrdiff_t>(std::min(count, curve_->size()))};
}

std::vector<double> FittedXgboost::importances() const {
    const XgboostLibrary& library = XgboostLibrary::get();
    const XgboostBooster used = first_rounds(used_);
    bst_ulong count = 0, dimensions = 0;
    const char** names = nullptr;
    const bst_ulong* shape = nullptr;
    const float* gains = nullptr;
    library.check(library.feature_score(used.get(), R"({"importance_type": "total_gain"})", &count, &names, &dimensions, &shape, &gains));
    std::vector<double> importances(columns_);
    double all = 0;
    for (bst_ulong i = 0; i < count; ++i) {
        all += static_cast<double>(gains[i]);
    }
    for (bst_ulong i = 0; i < count; ++i) {
        // Columns that no tree cuts are left out; the others are called f0, f1, …
        importances.at(std::strtoull(names[i] + 1, nullptr, 10)) = static_cast<double>(gains[i]) / all;
    }
    return importances;
}

void FittedXgboost::archive(Archive& a) {
    std::string json;
    std::vector<double> used_curve;
    auto loss = static_cast<std::int32_t>(loss_);
    if (!a.reading()) {
        const XgboostLibrary& library = XgboostLibrary::get();
        const XgboostBooster used = first_rounds(used_);
        const char* bytes = nullptr;
        bst_ulong size = 0;
        library.check(library.save(used.get(), R"({"format": "json"})", &size, &bytes));
        json.assign(bytes, size);
        used_curve = curve(used_);
    }
    outcome_.archive(a);
    a.field("columns", columns_);
    a.field("loss", loss);
    a.field("curve", used_curve);
    a.field("booster", json);
    if (!a.reading()) {
        return;
    }
    if (loss < 0 || loss > static_cast<std::int32_t>(NumberLoss::Quantile)) {
        throw RunError("the saved model names a loss that this version does not know");
    }
    loss_ = static_cast<NumberLoss>(loss);
    curve_ = std::make_shared<const std::vector<double>>(std::move(used_curve));
    read_booster(json);
}

void FittedXgboost::read_booster(const std::string& json) {
    // Its binary formats crash the library where they are damaged; only this one is read.
    if (!json.starts_with("{\"")) {
        throw RunError("the saved model holds an `xgboost` that is not JSON; the file is damaged");
    }
    const XgboostLibrary& library = XgboostLibrary::get();
    booster_ = new_xgboost_booster(nullptr);
    library.check(library.load(booster_.get(), json.data(), json.size()));
    bst_ulong columns = 0;
    library.check(library.booster_columns(booster_.get(), &columns));
    asked_ = used_ = rounds();
    if (columns != columns_ || used_ < 1) {
        throw RunError("the saved model holds an `xgboost` over other columns than it says; the file is damaged");
    }
}

}  // namespace mlpc::models

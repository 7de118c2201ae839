// What is to be predicted, and what a model predicts.
#pragma once

#include "runtime/core/table.h"

#include <optional>

namespace mlpc {

enum class Task { Binary, Multiclass, Regression };
constexpr bool is_classification(Task t) { return t != Task::Regression; }

// Exactly one of values and labels is filled. The class list is schema: it is that of the whole data set, sorted by text
// (numbers by value), and for Task::Binary classes[1] is the positive one.
struct Target {
    Task task = Task::Regression;
    std::vector<double> values;        // Regression
    std::vector<std::int32_t> labels;  // classification: index into classes
    std::shared_ptr<const Levels> classes;
    std::vector<double> weights;  // empty: every row weighs 1

    std::size_t rows() const { return is_classification(task) ? labels.size() : values.size(); }
    std::size_t class_count() const { return classes ? classes->size() : 0; }
    Target take(std::span<const std::uint32_t> rows) const;
};

// Regression: values (rows). Classification: probabilities (rows × classes, rows sum to 1); the label is the first largest, or what
// `threshold` decides.
struct Prediction {
    Task task = Task::Regression;
    std::shared_ptr<const Levels> classes;
    Vector values;
    Matrix probabilities;
    std::optional<double> threshold = {};  // Binary: the label is the positive class where its probability is above this

    std::size_t rows() const { return static_cast<std::size_t>(is_classification(task) ? probabilities.rows() : values.size()); }
    std::int32_t label(std::size_t row) const;
    std::vector<std::int32_t> labels() const;
};

}  // namespace mlpc

// What a fitted model keeps of its target: the task and the class list, from which its predictions are made.
#pragma once

#include "runtime/core/component.h"

namespace mlpc::models {

struct OutcomeSchema {
    Task task = Task::Regression;
    std::shared_ptr<const Levels> classes;

    static OutcomeSchema of(const Target& y) { return {y.task, y.classes}; }
    Eigen::Index class_count() const { return classes ? static_cast<Eigen::Index>(classes->size()) : 0; }
    void archive(Archive&);
    Prediction numbers(Vector values) const { return {.task = task, .classes = nullptr, .values = std::move(values), .probabilities = {}}; }
    Prediction classes_of(Matrix probabilities) const {
        return {.task = task, .classes = classes, .values = {}, .probabilities = std::move(probabilities)};
    }
};

// How much each row of coefficients (columns × predictors) counts: the mean of its absolute values.
std::vector<double> mean_absolute_rows(const Matrix& coefficients);

}  // namespace mlpc::models

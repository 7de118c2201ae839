// Maps from a model's scores to probabilities, learned from scores of rows that the model has not seen.
#pragma once

#include "runtime/core/component.h"

namespace mlpc::models {

enum class CalibrationMethod { Sigmoid, Isotonic };

// One map, from the score of one class to its probability.
class CalibrationMap {
public:
    CalibrationMap() = default;
    // `member`: 1 where the row is of the class, else 0. Sigmoid: Platt 1999 with the Newton steps of Lin, Lin, Weng 2007. Isotonic: pool
    // adjacent violators, linear between what is left, constant beyond its ends.
    static CalibrationMap fit(CalibrationMethod, const Vector& scores, const Vector& member, const Vector& weights);

    double operator()(double score) const;
    void archive(Archive&);

private:
    bool isotonic_ = false;
    double slope_ = 0, offset_ = 0;  // sigmoid: 1 / (1 + exp(slope score + offset))
    std::vector<double> scores_, probabilities_;
};

}  // namespace mlpc::models

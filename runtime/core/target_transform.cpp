#include "runtime/core/target_transform.h"

#include <cassert>
#include <cmath>

namespace mlpc {

namespace {

double forward(TargetTransform transform, double value) {
    switch (transform) {
        case TargetTransform::None:
            return value;
        case TargetTransform::Log:
            return std::log(value);
        case TargetTransform::Log1p:
            return std::log1p(value);
        case TargetTransform::Sqrt:
            return std::sqrt(value);
    }
    return value;
}

double backward(TargetTransform transform, double value) {
    switch (transform) {
        case TargetTransform::None:
            return value;
        case TargetTransform::Log:
            return std::exp(value);
        case TargetTransform::Log1p:
            return std::expm1(value);
        case TargetTransform::Sqrt:
            return value > 0 ? value * value : 0;  // below the least root there is: the least target
    }
    return value;
}

}  // namespace

std::string_view name_of(TargetTransform transform) {
    switch (transform) {
        case TargetTransform::None:
            return "none";
        case TargetTransform::Log:
            return "log";
        case TargetTransform::Log1p:
            return "log1p";
        case TargetTransform::Sqrt:
            return "sqrt";
    }
    return "";
}

const std::vector<TargetTransform>& target_transforms() {
    static const std::vector<TargetTransform> all{TargetTransform::Log, TargetTransform::Log1p, TargetTransform::Sqrt};
    return all;
}

bool is_defined(TargetTransform transform, double value) {
    switch (transform) {
        case TargetTransform::None:
            return true;
        case TargetTransform::Log:
            return value > 0;
        case TargetTransform::Log1p:
            return value > -1;
        case TargetTransform::Sqrt:
            return value >= 0;
    }
    return true;
}

std::string_view domain_of(TargetTransform transform) {
    switch (transform) {
        case TargetTransform::None:
            return "any number";
        case TargetTransform::Log:
            return "numbers above 0";
        case TargetTransform::Log1p:
            return "numbers above -1";
        case TargetTransform::Sqrt:
            return "numbers of at least 0";
    }
    return "";
}

Target transformed(Target target, TargetTransform transform) {
    if (transform == TargetTransform::None) {
        return target;
    }
    assert(!is_classification(target.task) && "the compiler lets numeric targets be transformed only");
    for (double& value : target.values) {
        value = forward(transform, value);
    }
    return target;
}

Prediction restored(Prediction prediction, TargetTransform transform) {
    for (double& value : prediction.values) {
        value = backward(transform, value);
    }
    return prediction;
}

}  // namespace mlpc

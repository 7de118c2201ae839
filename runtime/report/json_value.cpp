#include "runtime/report/json_value.h"

#include <cmath>

namespace mlpc {

Json json_number(double value) {
    if (std::isnan(value)) {
        return nullptr;
    }
    if (std::isinf(value)) {
        return value > 0 ? "Infinity" : "-Infinity";
    }
    return value;
}

Json json_numbers(const std::vector<double>& values) {
    Json list = Json::array();
    for (const double v : values) {
        list.push_back(json_number(v));
    }
    return list;
}

Json json_summary(const Summary& s) {
    return {{"mean", json_number(s.mean)}, {"sd", json_number(s.sd)}, {"low", json_number(s.low)}, {"high", json_number(s.high)}, {"count", s.count}};
}

}  // namespace mlpc

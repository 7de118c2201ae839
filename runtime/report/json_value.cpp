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

}  // namespace mlpc

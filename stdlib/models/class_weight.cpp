#include "stdlib/models/class_weight.h"

#include <algorithm>

namespace mlpc::models {

Vector balanced_row_weights(const Target& y, ClassWeight class_weight, std::string_view model) {
    Vector weights = row_weights(y, model);
    if (class_weight == ClassWeight::None) {
        return weights;
    }
    const Vector rows = class_weights(y, Vector::Ones(weights.size()));
    const auto present = static_cast<double>((rows.array() > 0).count());
    for (Eigen::Index row = 0; row < weights.size(); ++row) {
        weights[row] *= static_cast<double>(weights.size()) / (present * rows[y.labels[static_cast<std::size_t>(row)]]);
    }
    return weights;
}

}  // namespace mlpc::models

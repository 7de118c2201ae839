// The loss whose best constant prediction is a quantile.
#pragma once

namespace mlpc {

inline double pinball_loss(double truth, double predicted, double quantile) {
    return truth >= predicted ? quantile * (truth - predicted) : (1 - quantile) * (predicted - truth);
}

}  // namespace mlpc

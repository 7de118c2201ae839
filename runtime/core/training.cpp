#include "runtime/core/training.h"

namespace mlpc {

std::size_t Training::best() const {
    std::size_t best = epochs.empty() ? 0 : epochs.size() - 1;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        if (epochs[i].held_loss < least) {
            least = epochs[i].held_loss;
            best = i;
        }
    }
    return best;
}

}  // namespace mlpc

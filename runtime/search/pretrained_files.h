// The files of pre-trained networks, looked at before anything is fitted.
#pragma once

#include "runtime/search/prepare.h"

#include <vector>

namespace mlpc {

// What the run records of them. Throws LocatedError where a file is not there, its SHA-256 is not the declared one, or it is not what its format
// says.
std::vector<PretrainedRecord> pretrained_files(const Experiment&);

// L117 by content: a network was trained on a file with the same content as the one that scored rows come from. A saved model says itself
// which files it was trained on. Throws FindingsError.
void refuse_trained_on_test(const Experiment&, const PreparedData&);

}  // namespace mlpc

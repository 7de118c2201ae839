// What every form of report says of a pre-trained network, in words.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

// "trained on imagenet, licence Apache-2.0"; what the experiment does not say is called unknown.
std::string provenance_text(const PretrainedRecord&);
// "sha256 …, as the experiment declares", or with the line to add where it declares none.
std::string pin_text(const PretrainedRecord&);
// "300 rows computed, 600 read from the cache"; empty where it was not a step of a chain.
std::string encoded_text(const PretrainedRecord&);

}  // namespace mlpc

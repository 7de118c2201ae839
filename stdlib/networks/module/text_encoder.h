// BERT (Devlin et al. 2019) and its descendants of the same shape as encoders of texts, Sentence-BERT's above all: a row of codes becomes the
// mean of what the last layer gives for them (Reimers and Gurevych 2019).
#pragma once

#include "stdlib/networks/module/pretrained.h"

namespace mlpc::networks {

// `source`: {"path": …, "params": {"heads": N | null, "pooling": "mean" | "first", "normalise": …}, …}; what the weights do not tell is read
// from `config.json` beside them. Throws BackendError.
std::unique_ptr<Pretrained> open_text_encoder(const nlohmann::json& source);

}  // namespace mlpc::networks

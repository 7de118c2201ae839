// Networks of ours in files: what network it is, and where in the file its weights lie.
#pragma once

#include "stdlib/pretrained/pretrained.h"

#include <string>

namespace mlpc::pretrained {

// CONTENTS of pretrained.h; null for a format that tells it all to the module itself. Throws RunError.
Json contents_of(const Source&);
// Of a model that `save NAME "x.mlpm"` wrote. Throws RunError where its model is no network, takes other things than numbers, or is given its
// columns by steps that have learned.
Json saved_contents(const std::string& path);
// Of weights in the format of safetensors for a network that the experiment declares, as JSON without open parameters, which is given so many
// numbers.
Json safetensors_contents(const std::string& path, const std::string& network, std::int64_t numbers);

}  // namespace mlpc::pretrained

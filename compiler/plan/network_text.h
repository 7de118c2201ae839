// The layers of a network as lines of a plan.
#pragma once

#include "runtime/core/component.h"

#include <string>

namespace mlpc::plan {

// Whether that parameter of a component is the template of a network that the file declares.
bool is_architecture(const ComponentInfo&, std::size_t param);
// A layer a line, below `indent` spaces; `?conv.channels` is what a search decides.
std::string network_text(const ComponentInfo&, const ParamValue& architecture, std::size_t indent);

}  // namespace mlpc::plan

// The standard library as a catalog: every component of components.def.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

const Catalog& standard_library();

}  // namespace mlpc

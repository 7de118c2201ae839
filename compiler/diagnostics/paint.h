// Terminal colours of diagnostics, only where they are asked for.
#pragma once

#include "runtime/core/colour.h"

#include <string>
#include <string_view>

namespace mlpc {

enum class Style { Error, Warning, Note, Label, Gutter, Help, Bold, Added, Removed };

std::string paint(std::string_view text, Style style, Colour colour);

}  // namespace mlpc

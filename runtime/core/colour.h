// Whether text for people carries terminal colours.
#pragma once

namespace mlpc {

enum class Colour { No, Yes };

}  // namespace mlpc

// Folders of files that may be lost and made again.
#pragma once

#include <cstdint>
#include <string>

namespace mlpc {

// Removes files of `folder` that end in `ending` (empty: all), those first that were written longest ago, and never `kept`, until what is left
// of them and `more` bytes take no more than `most`. Returns whether they do.
bool make_room(const std::string& folder, const std::string& ending, const std::string& kept, std::uintmax_t more, std::uintmax_t most);

}  // namespace mlpc

// Pre-trained networks that are opened only where a row is asked for that they have not encoded before.
#pragma once

#include "runtime/core/digest.h"
#include "stdlib/pretrained/pretrained.h"

#include <functional>

namespace mlpc::pretrained {

inline constexpr std::uint32_t encoder_version = 3;  // another one where an encoder gives other bits for a row: what was kept is computed anew

// All that decides what a row gives: the contents of the source's files and its parameters. Throws RunError where a file is not there.
Key encoding_key(const Source&);

// What `open` gives. Where rows of the same network are in the cache, it has been opened before and its width is known: then it is opened by
// the first row that is not; else at once, so that what cannot be opened is refused before anything runs.
std::shared_ptr<const RowEncoder> open_when_asked(Source, std::function<std::shared_ptr<const RowEncoder>(const Source&)> open);

}  // namespace mlpc::pretrained

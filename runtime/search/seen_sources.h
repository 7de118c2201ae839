// What an experiment has read, as its lock writes it down.
#pragma once

#include "runtime/search/prepare.h"
#include "runtime/store/lock.h"

namespace mlpc {

// Of what read_sources or prepare gave. No file is read again.
Lock seen_sources(const Experiment&, const PreparedData&);

}  // namespace mlpc

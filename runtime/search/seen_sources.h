// What an experiment has read, as its lock writes it down.
#pragma once

#include "runtime/search/prepare.h"
#include "runtime/store/lock.h"

#include <functional>
#include <map>
#include <string>

namespace mlpc {

// Files that decide with its own what a network gives, by their names beside it, with their SHA-256.
using FilesBeside = std::function<std::map<std::string, std::string>(const PretrainedSpec&)>;

// Of what read_sources or prepare gave. No file of theirs is read again.
Lock seen_sources(const Experiment&, const PreparedData&, const FilesBeside&);

}  // namespace mlpc

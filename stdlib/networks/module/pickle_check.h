// Whether a pickle is one that libtorch can read without harm: its reader takes from its stack without looking whether anything is there.
#pragma once

#include <string>
#include <string_view>

namespace mlpc::networks {

// Throws BackendError, naming `member`, where an operation is unknown to TorchScript, takes what is not there, or the pickle has no end.
void check_pickle(std::string_view pickle, const std::string& member);

}  // namespace mlpc::networks

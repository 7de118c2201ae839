// Whether a file may be given to torch::jit::load: libtorch trusts what it reads, so that a damaged or hostile file must be found before.
#pragma once

#include <string>

namespace mlpc::networks {

// Throws BackendError, saying what is wrong: no zip archive, members that overlap or lie outside of the file, a checksum that is not that of
// the content, a member that would unpack to too much, a pickle that is not TorchScript, a pickle that would take from an empty stack.
void check_torchscript_file(const std::string& path);

}  // namespace mlpc::networks

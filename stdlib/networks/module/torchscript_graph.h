// The code of a TorchScript module: what it may do, and where in it the numbers of a layer come out.
#pragma once

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/api/module.h>

#include <memory>
#include <string>
#include <vector>

namespace mlpc::networks {

// Throws BackendError where the module holds a tensor that reaches beyond its own cells, or code that reads or writes files or draws random
// numbers.
void check_contents(const torch::jit::Module&);

// Has every convolution of the module's code go around oneDNN's kernel for windows of one place with a stride (sliding.h). Before it runs.
void unstride_convolutions(const torch::jit::Module&);

// `forward` up to a layer.
struct Features {
    std::unique_ptr<torch::jit::GraphFunction> function;  // of the module and what it is given
    std::vector<std::string> reaches;                     // submodules and parameters that it uses, by dotted name; "" is the whole module
};
// `layer`: the dotted name of a submodule that `forward` calls once; empty: all of it. Throws BackendError, listing the names there are.
Features features_of(const torch::jit::Module&, const std::string& layer);

}  // namespace mlpc::networks

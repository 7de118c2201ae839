// The one way into the module.
#include "stdlib/networks/module/guarded.h"
#include "stdlib/networks/module/pretrained.h"
#include "stdlib/networks/module/trained_network.h"
#include "stdlib/networks/module/training.h"

#include <ATen/Context.h>
#include <torch/csrc/api/include/torch/version.h>

namespace mlpc::networks {

namespace {

class Torch final : public Backend {
public:
    Torch() { at::globalContext().setDeterministicAlgorithms(true, false); }
    std::unique_ptr<TrainedNetwork> train(const TrainingJob& job) override {
        return guarded([&] { return train_network(job); });
    }
    std::unique_ptr<TrainedNetwork> load(const std::string& network, std::int64_t outputs, bool classes, const std::string& weights) override {
        return guarded([&] { return load_network(Json::parse(network), outputs, classes ? Truths::Classes : Truths::Values, weights); });
    }
    std::unique_ptr<Encoder> open(const std::string& pretrained) override {
        return guarded([&] { return open_encoder(Json::parse(pretrained)); });
    }
    std::string library() const override { return fmt::format("libtorch {}", TORCH_VERSION); }
};

}  // namespace

}  // namespace mlpc::networks

extern "C" __attribute__((visibility("default"))) mlpc::networks::Backend* mlpc_network_backend(std::uint32_t version) {
    static mlpc::networks::Torch backend;
    return version == mlpc::networks::backend_version ? &backend : nullptr;
}

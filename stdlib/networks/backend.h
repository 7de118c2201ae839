// What trains and evaluates networks: libtorch, in a module of its own that is loaded when a network first needs it. Both sides see this
// header and the JSON of runtime/core/network.h, and nothing else of each other.
#pragma once

#include "runtime/core/component.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace mlpc::networks {

// Raised with every change of this header.
inline constexpr std::uint32_t backend_version = 2;

// Words that a message to the user can hold; the caller adds which network.
class BackendError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// rows × width cells of one input, row by row; exactly one of the two is set. Codes: of words (0 is none) or of categories (from 0; the
// number of levels stands for one that was never seen).
struct InputCells {
    std::size_t width = 0;
    const float* numbers = nullptr;
    const std::int64_t* codes = nullptr;
};
struct InputRows {
    std::size_t rows = 0;
    std::vector<InputCells> inputs;  // as the network's "inputs"
};
// Exactly one of the first two is set; rows entries.
struct Truth {
    const std::int64_t* classes = nullptr;
    const float* values = nullptr;
    const float* weights = nullptr;  // null: every row weighs 1
};

// A network with its weights. May be asked by many threads at once.
class TrainedNetwork {
public:
    virtual ~TrainedNetwork() = default;
    // rows × outputs into `out`, row by row: probabilities of the classes, or one value.
    virtual void predict(const InputRows&, float* out) const = 0;
    // The weights in the format of safetensors, those of a pre-trained part included where it was trained on.
    virtual std::string weights() const = 0;
    virtual const std::vector<Epoch>& epochs() const = 0;
    virtual std::int64_t parameters() const = 0;
};

struct TrainingJob {
    std::string network;       // described, as JSON
    std::int64_t outputs = 1;  // classes, or 1
    InputRows fitted;
    Truth truth;
    InputRows held;  // rows 0: none; then there is no early stopping
    Truth held_truth;
    std::uint64_t seed = 0;
    // Goes on from the end of this training, which was the same but for fewer epochs, and gives the bits that the whole would; null: begins.
    const TrainedNetwork* earlier = nullptr;
    const std::atomic<bool>* cancelled = nullptr;
    const std::function<void(const Epoch&)>* epoch_ended = nullptr;
    FitCheckpoint* checkpoint = nullptr;  // looked into where there is no `earlier`; null: nothing is kept
};

// A pre-trained network as a function of a row. May be asked by many threads at once.
class Encoder {
public:
    virtual ~Encoder() = default;
    virtual std::int64_t width() const = 0;  // numbers for a row
    virtual void encode(const InputRows&, float* out) const = 0;
};

// Every function throws BackendError, Cancelled where it was asked to stop, and never leaves a library's own exception.
class Backend {
public:
    virtual ~Backend() = default;
    virtual std::unique_ptr<TrainedNetwork> train(const TrainingJob&) = 0;
    // From weights() of a network of the same description; refuses what does not fit it.
    virtual std::unique_ptr<TrainedNetwork> load(const std::string& network, std::int64_t outputs, bool classes, const std::string& weights) = 0;
    // `pretrained`: the parameters of a "pretrained" layer as JSON.
    virtual std::unique_ptr<Encoder> open(const std::string& pretrained) = 0;
    virtual std::string library() const = 0;  // "libtorch 1.13.1"
};

// The module, loaded at the first call. Throws RunError, saying how to get it, where it is not built or libtorch is not installed.
Backend& backend();

}  // namespace mlpc::networks

// What the module exports: null where `version` is not its own.
extern "C" mlpc::networks::Backend* mlpc_network_backend(std::uint32_t version);

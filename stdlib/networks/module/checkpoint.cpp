// Eight bytes with the length of JSON, the JSON, and tensors in the format of safetensors: `weight/0`, `best/0`, `mean/0/0` for the means
// that the optimiser keeps of weight 0. Numbers that must come back to the bit stand in the JSON as the integers of their bits.
#include "stdlib/networks/module/checkpoint.h"

#include "stdlib/networks/module/safetensors.h"

#include <fmt/format.h>
#include <torch/csrc/api/include/torch/version.h>

#include <bit>
#include <cstring>

namespace mlpc::networks {

namespace {

constexpr std::size_t head_length = 8;
constexpr std::size_t most_means = 3;  // of any optimiser

std::uint64_t bits(double number) { return std::bit_cast<std::uint64_t>(number); }
double number(const Json& bits) { return std::bit_cast<double>(bits.get<std::uint64_t>()); }

// What a training has in common with the longer one that it becomes.
Json identity(Json described) {
    described.at("train").erase("epochs");
    return {{"library", TORCH_VERSION}, {"network", std::move(described)}};
}

Json to_json(const Epoch& epoch) {
    Json entry = Json::array({epoch.number});
    for (const double value : {epoch.train_loss, epoch.held_loss, epoch.held_score, epoch.rate, epoch.seconds}) {
        entry.push_back(bits(value));
    }
    return entry;
}
Epoch epoch_from(const Json& entry) {
    return {.number = entry.at(0),
            .train_loss = number(entry.at(1)),
            .held_loss = number(entry.at(2)),
            .held_score = number(entry.at(3)),
            .rate = number(entry.at(4)),
            .seconds = number(entry.at(5))};
}

class Tensors {
public:
    explicit Tensors(std::string_view bytes) : stored_(read_safetensors(bytes)) {}
    bool has(const std::string& name) const { return stored_.contains(name); }
    // Of the shape of `like`.
    at::Tensor get(const std::string& name, const at::Tensor& like) const {
        const auto at = stored_.find(name);
        if (at == stored_.end() || at->second.type != "F32" || at->second.shape != like.sizes().vec()) {
            throw BackendError("the checkpoint has no `" + name + "` of the network's shape");
        }
        return as_float(name, at->second);
    }

private:
    std::map<std::string, StoredTensor> stored_;
};

Checkpoint checkpoint_from(const Json& head, const Tensors& tensors, const std::vector<Weight>& weights) {
    Checkpoint at;
    const Json &state = head.at("state"), &schedule = head.at("schedule");
    at.state.best = number(state.at("best"));
    at.state.waited = state.at("waited");
    at.state.stopped = state.at("stopped");
    at.state.schedule = {.factor = number(schedule.at("factor")),
                         .best = number(schedule.at("best")),
                         .epochs = schedule.at("epochs"),
                         .waited = schedule.at("waited")};
    for (const Json& entry : head.at("epochs")) {
        at.epochs.push_back(epoch_from(entry));
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const at::Tensor& like = weights[i].tensor;
        at.state.weights.push_back(tensors.get(fmt::format("weight/{}", i), like));
        if (tensors.has("best/0")) {
            at.best.push_back(tensors.get(fmt::format("best/{}", i), like));
        }
        OptimiserSlot& slot = at.state.slots.emplace_back(OptimiserSlot{.steps = head.at("steps").at(i), .means = {}});
        for (std::size_t k = 0; k < most_means && tensors.has(fmt::format("mean/{}/{}", i, k)); ++k) {
            const at::Tensor mean = tensors.get(fmt::format("mean/{}/{}", i, k), like);
            slot.means.emplace_back(mean.data_ptr<float>(), mean.data_ptr<float>() + mean.numel());
        }
    }
    return at;
}

}  // namespace

std::string to_checkpoint(const Json& described, const std::vector<Weight>& weights, const TrainingState& state, const std::vector<at::Tensor>& best,
                          const std::vector<Epoch>& epochs) {
    Json head = identity(described);
    head["state"] = {{"best", bits(state.best)}, {"waited", state.waited}, {"stopped", state.stopped}};
    const ScheduleState& schedule = state.schedule;
    head["schedule"] = {{"factor", bits(schedule.factor)}, {"best", bits(schedule.best)}, {"epochs", schedule.epochs}, {"waited", schedule.waited}};
    head["epochs"] = Json::array();
    for (const Epoch& epoch : epochs) {
        head["epochs"].push_back(to_json(epoch));
    }
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    head["steps"] = Json::array();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const at::Tensor& weight = weights[i].tensor;
        tensors.emplace_back(fmt::format("weight/{}", i), weight);
        if (!best.empty()) {
            tensors.emplace_back(fmt::format("best/{}", i), best[i]);
        }
        const OptimiserSlot& slot = state.slots[i];
        head["steps"].push_back(slot.steps);
        for (std::size_t k = 0; k < slot.means.size(); ++k) {
            tensors.emplace_back(fmt::format("mean/{}/{}", i, k),
                                 at::from_blob(const_cast<float*>(slot.means[k].data()), weight.sizes(), at::kFloat));
        }
    }
    const std::string text = head.dump();
    const auto length = static_cast<std::uint64_t>(text.size());
    std::string bytes(head_length, '\0');
    std::memcpy(bytes.data(), &length, head_length);
    return bytes + text + to_safetensors(tensors);
}

std::optional<Checkpoint> read_checkpoint(std::string_view bytes, const Json& described, const std::vector<Weight>& weights) {
    std::uint64_t length = 0;
    if (bytes.size() < head_length) {
        return std::nullopt;
    }
    std::memcpy(&length, bytes.data(), head_length);
    if (length > bytes.size() - head_length) {
        return std::nullopt;
    }
    try {
        const Json head = Json::parse(bytes.substr(head_length, length));
        const Json own = identity(described);
        const bool is_of_this = head.at("library") == own.at("library") && head.at("network") == own.at("network");
        if (!is_of_this || head.at("epochs").size() > described.at("train").at("epochs").get<std::size_t>()) {
            return std::nullopt;
        }
        return checkpoint_from(head, Tensors(bytes.substr(head_length + length)), weights);
    } catch (const Json::exception&) {
        return std::nullopt;
    } catch (const BackendError&) {
        return std::nullopt;
    }
}

}  // namespace mlpc::networks

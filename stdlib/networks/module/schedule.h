// By what the optimiser's rate is multiplied as training goes on.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>

namespace mlpc::networks {

// What a schedule keeps between epochs: `plateau` watches the loss.
struct ScheduleState {
    double factor = 1;
    double best = 0;  // smallest loss so far
    std::int64_t epochs = 0, waited = 0;
};

class Schedule {
public:
    // `part`: the PART "schedule" of a described network, or null; `epochs` stands where `over` is none. An epoch has so many batches.
    Schedule(const nlohmann::json& part, std::int64_t epochs, std::int64_t batches);
    // For a batch, both counted from 0.
    double factor(std::int64_t epoch, std::int64_t batch, const ScheduleState&) const;
    void epoch_ended(double loss, ScheduleState&) const;

private:
    double behind_warmup(std::int64_t step) const;

    nlohmann::json params_;
    std::string name_ = "constant";
    std::int64_t batches_ = 1, warmup_ = 0, over_ = 1;
};

}  // namespace mlpc::networks

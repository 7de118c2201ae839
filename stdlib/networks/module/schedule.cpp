#include "stdlib/networks/module/schedule.h"

#include "stdlib/networks/backend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace mlpc::networks {

namespace {

// Half a wave of the cosine from `from` to `to`, `share` of the way.
double half_wave(double from, double to, double share) { return to + (from - to) * (1 + std::cos(std::numbers::pi * share)) / 2; }

// As torch.optim.lr_scheduler.OneCycleLR: the first and the last step have the ends of the waves.
double one_cycle(double step, double steps, double peak_at) {
    constexpr double first = 1.0 / 25, last = first / 1e4;
    const double peak = peak_at * steps - 1, end = steps - 1;
    if (step <= peak) {
        return half_wave(first, 1, peak > 0 ? step / peak : 1);
    }
    return half_wave(1, last, std::min(1.0, (step - peak) / (end - peak)));
}

}  // namespace

Schedule::Schedule(const nlohmann::json& part, std::int64_t epochs, std::int64_t batches) : batches_(batches), over_(epochs) {
    if (part.is_null()) {
        return;
    }
    name_ = part.at("part").get<std::string>();
    params_ = part.at("params");
    warmup_ = params_.at("warmup");
    if (params_.contains("over") && !params_.at("over").is_null()) {
        over_ = params_.at("over");
    }
    constexpr std::array known{"constant", "step", "exponential", "cosine", "one_cycle", "plateau"};
    if (std::find(known.begin(), known.end(), name_) == known.end()) {
        throw BackendError("the library of networks knows no schedule `" + name_ + "`: it was built for another version of mlpc");
    }
}

double Schedule::behind_warmup(std::int64_t step) const {
    const std::int64_t epoch = step / batches_;
    if (name_ == "step") {
        return std::pow(params_.at("factor").get<double>(), static_cast<double>(epoch / params_.at("every").get<std::int64_t>()));
    }
    if (name_ == "exponential") {
        return std::pow(params_.at("factor").get<double>(), static_cast<double>(epoch));
    }
    const auto steps = static_cast<double>(std::max<std::int64_t>(1, over_ - warmup_) * batches_);
    if (name_ == "cosine") {
        return half_wave(1, params_.at("floor"), std::min(1.0, static_cast<double>(step) / steps));
    }
    return name_ == "one_cycle" ? one_cycle(static_cast<double>(step), steps, params_.at("peak_at")) : 1;
}

double Schedule::factor(std::int64_t epoch, std::int64_t batch, const ScheduleState& state) const {
    const std::int64_t step = epoch * batches_ + batch, warm = warmup_ * batches_;
    if (step < warm) {
        return static_cast<double>(step + 1) / static_cast<double>(warm);
    }
    return state.factor * behind_warmup(step - warm);
}

// As torch.optim.lr_scheduler.ReduceLROnPlateau: better is by a ten-thousandth.
void Schedule::epoch_ended(double loss, ScheduleState& state) const {
    if (name_ != "plateau" || ++state.epochs <= warmup_) {
        return;
    }
    if (state.epochs == warmup_ + 1 || loss < state.best * (1 - 1e-4)) {
        state.best = loss;
        state.waited = 0;
        return;
    }
    if (++state.waited > params_.at("patience").get<std::int64_t>()) {
        state.factor *= params_.at("factor").get<double>();
        state.waited = 0;
    }
}

}  // namespace mlpc::networks

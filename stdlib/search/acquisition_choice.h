// The parameter `acquisition` of searchers with a surrogate.
#pragma once

#include "runtime/core/param.h"
#include "stdlib/search/acquisition.h"

namespace mlpc::surrogate {

enum class AcquisitionChoice { LogEi, Ei, Lcb, Pi, Hedge, EiPerSecond, PiPerSecond };

inline const std::vector<std::string>& acquisition_words() {
    static const std::vector<std::string> words = {"log_ei", "ei", "lcb", "pi", "hedge", "ei_per_second", "pi_per_second"};
    return words;
}
constexpr bool is_per_second(AcquisitionChoice choice) {
    return choice == AcquisitionChoice::EiPerSecond || choice == AcquisitionChoice::PiPerSecond;
}
constexpr Criterion criterion_of(AcquisitionChoice choice) {
    switch (choice) {
        case AcquisitionChoice::Ei:
        case AcquisitionChoice::EiPerSecond:
        case AcquisitionChoice::Hedge:
            return Criterion::Ei;
        case AcquisitionChoice::Pi:
        case AcquisitionChoice::PiPerSecond:
            return Criterion::Pi;
        case AcquisitionChoice::Lcb:
            return Criterion::Lcb;
        case AcquisitionChoice::LogEi:
            break;
    }
    return Criterion::LogEi;
}
inline constexpr Criterion hedged_criteria[] = {Criterion::Ei, Criterion::Lcb, Criterion::Pi};

}  // namespace mlpc::surrogate

// Stands for libtorch where a test is about what comes to it and what is made of its answers: predicts by the nearest mean of the first
// input's cells, and keeps what it was told.
#pragma once

#include "stdlib/networks/backend.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mlpc::networks {

struct RecordedJob {
    nlohmann::json network;
    std::int64_t outputs = 0;
    std::size_t fitted = 0, held = 0;
    std::vector<std::size_t> widths;
    std::vector<std::vector<float>> numbers;       // of each input, of the fitted rows; empty where it has codes
    std::vector<std::vector<std::int64_t>> codes;  // the same
    std::vector<float> held_numbers;               // of the first input
    std::vector<std::int64_t> classes, held_classes;
    std::vector<float> values, weights;
    std::uint64_t seed = 0;
    std::vector<double> continued;  // the means that an earlier training had found; empty: it begins
};

// The last job, and the backend that keeps it.
RecordedJob& last_job();
Backend& recording_backend();

}  // namespace mlpc::networks

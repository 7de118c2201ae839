#include "stdlib/models/histogram_lanes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mlpc::models {

bool Bundle::add(std::uint32_t column, const std::uint8_t* bins, std::size_t bin_count, std::uint8_t usual, std::size_t first_slot) {
    auto& [lane, bytes] = out_;
    if (lane.slots.size() + bin_count - 1 > 256) {
        return false;
    }
    for (std::size_t row = 0; row < bytes.size(); ++row) {
        if (bins[row] != usual && bytes[row] != 0) {
            return false;
        }
    }
    std::vector<std::uint8_t> byte_of(bin_count);
    for (std::size_t bin = 0; bin < bin_count; ++bin) {
        if (bin != usual) {
            byte_of[bin] = static_cast<std::uint8_t>(lane.slots.size());
            lane.slots.push_back(static_cast<std::uint32_t>(first_slot + bin));
        }
    }
    for (std::size_t row = 0; row < bytes.size(); ++row) {
        bytes[row] = static_cast<std::uint8_t>(bytes[row] + byte_of[bins[row]]);
        filled_ += bins[row] != usual ? 1 : 0;
    }
    lane.columns.push_back(column);
    return true;
}

LaneOfRows compact(LaneOfRows from) {
    std::vector<bool> occurs(from.lane.bytes(), false);
    for (const std::uint8_t byte : from.bytes) {
        occurs[byte] = true;
    }
    std::vector<std::uint8_t> byte_of(from.lane.bytes());
    LaneOfRows out{.lane = {.columns = std::move(from.lane.columns), .slots = {}}, .bytes = std::move(from.bytes)};
    for (std::size_t byte = 0; byte < occurs.size(); ++byte) {
        if (occurs[byte]) {
            byte_of[byte] = static_cast<std::uint8_t>(out.lane.slots.size());
            out.lane.slots.push_back(from.lane.slots[byte]);
        }
    }
    for (std::uint8_t& byte : out.bytes) {
        byte = byte_of[byte];
    }
    return out;
}

namespace {

// One lane in place of two; their bytes together are at most 256.
LaneOfRows joined(const LaneOfRows& a, const LaneOfRows& b) {
    LaneOfRows out{.lane = {.columns = {}, .slots = {}, .parts = a.lane.parts + b.lane.parts}, .bytes = a.bytes};
    std::merge(a.lane.columns.begin(), a.lane.columns.end(), b.lane.columns.begin(), b.lane.columns.end(), std::back_inserter(out.lane.columns));
    const std::size_t bytes = b.lane.bytes();
    for (std::size_t x = 0; x < a.lane.bytes(); ++x) {
        for (std::size_t y = 0; y < bytes; ++y) {
            const auto of = [&](const Lane& lane, std::size_t byte) {
                const auto first = lane.slots.begin() + static_cast<std::ptrdiff_t>(byte * lane.parts);
                out.lane.slots.insert(out.lane.slots.end(), first, first + static_cast<std::ptrdiff_t>(lane.parts));
            };
            of(a.lane, x);
            of(b.lane, y);
        }
    }
    for (std::size_t row = 0; row < out.bytes.size(); ++row) {
        out.bytes[row] = static_cast<std::uint8_t>(out.bytes[row] * bytes + b.bytes[row]);
    }
    return out;
}

}  // namespace

std::vector<LaneOfRows> join_small(std::vector<LaneOfRows> lanes, std::size_t most) {
    std::stable_sort(lanes.begin(), lanes.end(), [](const LaneOfRows& a, const LaneOfRows& b) { return a.lane.bytes() > b.lane.bytes(); });
    std::vector<LaneOfRows> out;
    for (LaneOfRows& next : lanes) {
        const auto fits = [&](const LaneOfRows& other) { return other.lane.bytes() * next.lane.bytes() <= most; };
        const auto to = std::find_if(out.begin(), out.end(), fits);
        if (to == out.end()) {
            out.push_back(std::move(next));
        } else {
            *to = joined(*to, next);
        }
    }
    return out;
}

}  // namespace mlpc::models

// The trials of a search as points of a grid of cells with one value each, so that statistics over them need to know no units.
#pragma once

#include "runtime/core/results.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlpc {

// A dimension cut into cells that are equally wide on its own scale.
class Axis {
public:
    // `values`: all that occur, which bound a range that has no bounds of its own.
    Axis(const DimensionRecord&, const std::vector<double>& values);

    const std::string& name() const { return record_.name; }
    const DimensionRecord& record() const { return record_; }
    bool is_numeric() const { return numeric_; }
    // Neighbouring cells are similar.
    bool is_ordered() const { return numeric_ || record_.kind == "ordered"; }
    std::size_t cells() const { return cells_; }
    // In [0, 1] along the scale.
    double position(double value) const;
    std::size_t cell(double value) const;
    // The value at a position, of a number.
    double value_at(double position) const;

private:
    double scaled(double value) const;
    DimensionRecord record_;
    bool numeric_ = true;
    double low_ = 0, high_ = 1;  // on the scale
    std::size_t cells_ = 1;
};

// Its score is a number: it did not fail, and no fold is undefined or infinite.
bool is_scored(const TrialRecord&);
// The value that a trial gives to a dimension, for a choice its index; nullopt where it does not exist in the trial.
std::optional<double> value_in(const TrialRecord&, const DimensionRecord&);

constexpr std::size_t most_cells = 32;    // of a number
constexpr std::size_t most_choices = 64;  // further ones share the last cell

// One configuration: its trials under all seeds, and repeats, in one.
struct Observation {
    std::vector<std::optional<double>> values;  // by axis
    double value = 0;                           // smaller is better; 0 is the middle of its seed
    bool failed = false;                        // under every seed; then the value is that of the worst
};

struct Observations {
    std::vector<Axis> axes;
    std::vector<Observation> list;  // best first
    std::vector<double> ranks;      // of `list`: from 1, equal ones share the mean
};
Observations observe(const SearchRecord&);

}  // namespace mlpc

// Scores as people read them: as many decimals as the scores of one metric need beside each other.
#pragma once

#include "runtime/core/results.h"

#include <string>
#include <vector>

namespace mlpc {

class ScoreFormat {
public:
    // Four significant digits of the largest of the values that will stand together.
    explicit ScoreFormat(const std::vector<double>& values);
    std::string operator()(double score) const;  // "—" for NaN
    // "0.8123 ±0.0110": the mean and half its 95 % interval, which is left out where one value alone is known.
    std::string with_interval(const Summary& summary) const;

private:
    int decimals_ = 4;
};

// summarise() over the values that are not NaN; count 0 where there is none.
Summary summarise_known(const std::vector<double>& values);
std::string joined(const std::vector<std::string>& parts, const std::string& separator = ", ");
// "1 seed", "5 seeds"
std::string counted(std::size_t count, const std::string& noun);

}  // namespace mlpc

#include "stdlib/search/enumerate.h"

#include "runtime/core/dimension_values.h"
#include "runtime/core/error.h"

namespace mlpc {
namespace {

class Enumeration {
public:
    Enumeration(const SearchSpace& space, const std::vector<std::vector<double>>& values, std::size_t limit,
                const std::function<void(const Assignment&)>& visit)
        : space_(space), values_(values), left_(limit), visit_(visit), point_(space.dimensions.size()) {}

    bool from(std::size_t d) {
        if (d == space_.dimensions.size()) {
            return leaf();
        }
        if (!is_active(space_, d, point_)) {
            point_[d].reset();
            return from(d + 1);
        }
        for (const double value : values_[d]) {
            point_[d] = value;
            if (!from(d + 1)) {
                return false;
            }
        }
        return true;
    }

private:
    bool leaf() {
        if (left_ == 0) {
            return false;
        }
        --left_;
        if (is_feasible(space_, point_)) {
            visit_(point_);
        }
        return true;
    }

    const SearchSpace& space_;
    const std::vector<std::vector<double>>& values_;
    std::size_t left_;
    const std::function<void(const Assignment&)>& visit_;
    Assignment point_;
};

}  // namespace

bool enumerate_points(const SearchSpace& space, const std::vector<std::vector<double>>& values, std::size_t limit,
                      const std::function<void(const Assignment&)>& visit) {
    return Enumeration(space, values, limit, visit).from(0);
}

std::optional<std::vector<Assignment>> points_of_small_space(const SearchSpace& space) {
    constexpr std::size_t most_points = 20'000;
    std::vector<std::vector<double>> values;
    for (const Dimension& dimension : space.dimensions) {
        const auto count = value_count(dimension);
        if (!count || *count > most_points) {
            return std::nullopt;
        }
        values.push_back(all_values(dimension));
    }
    std::vector<Assignment> points;
    if (!enumerate_points(space, values, most_points, [&](const Assignment& point) { points.push_back(point); })) {
        return std::nullopt;
    }
    if (points.empty()) {
        throw RunError("no point of the space satisfies `where`");
    }
    return points;
}

}  // namespace mlpc

#include "stdlib/search/acquisition_search.h"

#include "runtime/core/dimension_values.h"
#include "stdlib/search/box_minimum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlpc::surrogate {

namespace {

// Up to so many values a dimension is moved from one to another; beyond, as if it were a continuum, and rounded.
constexpr std::uint64_t few_values = 16;

struct Candidate {
    Assignment point;
    double value = -std::numeric_limits<double>::infinity();
};

class PointSearch {
public:
    PointSearch(const UnitCube& cube, const Acquisition& acquisition, const std::set<Assignment>& taken, const SearchEffort& effort, Rng rng)
        : cube_(cube), acquisition_(acquisition), taken_(taken), effort_(effort), rng_(rng) {}

    std::optional<Assignment> run(const std::vector<Assignment>& anchors) {
        std::vector<Candidate> pool = scored(gather(anchors));
        if (pool.empty()) {
            return std::nullopt;
        }
        std::stable_sort(pool.begin(), pool.end(), [](const Candidate& a, const Candidate& b) { return a.value > b.value; });
        Candidate best = pool.front();
        for (const std::size_t i : starts_among(pool)) {
            Candidate found = improved(pool[i]);
            if (found.value > best.value) {
                best = std::move(found);
            }
        }
        return std::move(best.point);
    }

private:
    bool admits(const Assignment& point) const { return taken_.count(point) == 0 && (!cube_.has_constraints() || is_feasible(cube_.space(), point)); }

    // Half of them random, half around the anchors.
    std::vector<Assignment> gather(const std::vector<Assignment>& anchors) {
        std::vector<Assignment> points;
        const std::size_t around = anchors.empty() ? 0 : effort_.candidates / 2;
        const auto add = [&](Assignment point) {
            if (admits(point)) {
                points.push_back(std::move(point));
            }
        };
        for (std::size_t i = 0; i < around; ++i) {
            add(neighbour(anchors[i % anchors.size()]));
        }
        // Where `where` leaves little of the space, most draws are lost.
        const std::size_t most_draws = (cube_.has_constraints() ? 4 : 1) * effort_.candidates;
        for (std::size_t i = around; i < most_draws && points.size() < effort_.candidates; ++i) {
            add(cube_.draw(rng_));
        }
        return points;
    }

    // A few dimensions changed, by steps of one of several sizes.
    Assignment neighbour(const Assignment& anchor) {
        static constexpr double sizes[] = {0.2, 0.05, 0.01, 0.001};
        const double size = sizes[rng_.below(std::size(sizes))];
        const double share = std::min(1.0, (rng_.uniform() < 0.5 ? 3.0 : 20.0) / static_cast<double>(anchor.size()));
        Assignment point = anchor;
        const std::size_t sure = rng_.below(anchor.size());
        for (std::size_t d = 0; d < anchor.size(); ++d) {
            if (point[d] && (d == sure || rng_.uniform() < share)) {
                point[d] = moved(d, *point[d], size);
            }
        }
        cube_.complete(point, rng_);
        return point;
    }
    double moved(std::size_t d, double value, double size) {
        constexpr double redrawn = 0.3;  // of the choices that may change
        const Axis& axis = cube_.axes()[d];
        if (axis.kind == Axis::Kind::Choice) {
            return rng_.uniform() < redrawn ? static_cast<double>(rng_.below(axis.values)) : value;
        }
        const double least = axis.values > 0 ? 1.0 / static_cast<double>(axis.values) : 0;
        return cube_.value_at(d, position(cube_.space().dimensions[d], value) + std::max(size, least) * rng_.normal());
    }

    std::vector<Candidate> scored(std::vector<Assignment> points) const {
        if (points.empty()) {
            return {};
        }
        const Vector values = acquisition_.values(cube_.encode(points));
        std::vector<Candidate> out;
        for (std::size_t i = 0; i < points.size(); ++i) {
            out.push_back({std::move(points[i]), values[static_cast<Eigen::Index>(i)]});
        }
        return out;
    }

    // The best, and of the next ones those that do not lie beside an earlier start.
    std::vector<std::size_t> starts_among(const std::vector<Candidate>& pool) const {
        constexpr double beside = 0.05;
        std::vector<std::size_t> starts;
        std::vector<Vector> places;
        for (std::size_t i = 0; i < pool.size() && starts.size() < static_cast<std::size_t>(effort_.starts); ++i) {
            const Vector place = cube_.encode(pool[i].point);
            const bool is_new =
                std::all_of(places.begin(), places.end(), [&](const Vector& p) { return (p - place).cwiseAbs().maxCoeff() > beside; });
            if (is_new) {
                starts.push_back(i);
                places.push_back(place);
            }
        }
        return starts;
    }

    Candidate improved(Candidate start) {
        constexpr int most_rounds = 3;
        for (int round = 0; round < most_rounds; ++round) {
            const bool climbed = acquisition_.has_slopes() && climb(start);
            if (!exchange(start) && (!climbed || round > 0)) {
                break;
            }
        }
        return start;
    }

    bool is_free(std::size_t d, const Assignment& point) const {
        const Axis& axis = cube_.axes()[d];
        return point[d] && axis.kind != Axis::Kind::Choice && (axis.values == 0 || axis.values > few_values);
    }

    // Follows the slope over the dimensions of numbers; true where that led to a better point.
    bool climb(Candidate& at) {
        std::vector<std::size_t> free;
        for (std::size_t d = 0; d < at.point.size(); ++d) {
            if (is_free(d, at.point)) {
                free.push_back(d);
            }
        }
        if (free.empty()) {
            return false;
        }
        const auto size = static_cast<Eigen::Index>(free.size());
        Vector row = cube_.encode(at.point), slope(row.size()), start(size);
        for (std::size_t i = 0; i < free.size(); ++i) {
            start[static_cast<Eigen::Index>(i)] = row[cube_.axes()[free[i]].column];
        }
        const SmoothFunction loss = [&](const Vector& places, Vector& gradient) {
            for (std::size_t i = 0; i < free.size(); ++i) {
                row[cube_.axes()[free[i]].column] = places[static_cast<Eigen::Index>(i)];
            }
            if (cube_.has_constraints() && !is_feasible(cube_.space(), placed(at.point, free, places))) {
                gradient.setZero();
                return std::numeric_limits<double>::infinity();
            }
            const double value = acquisition_.value(row, slope);
            for (std::size_t i = 0; i < free.size(); ++i) {
                gradient[static_cast<Eigen::Index>(i)] = -slope[cube_.axes()[free[i]].column];
            }
            return -value;
        };
        const Box box{.low = Vector::Zero(size), .high = Vector::Ones(size)};
        const BoxMinimum found = minimise_in_box(loss, start, box, effort_.evaluations);
        return take_better(at, {placed(at.point, free, found.point)});
    }
    Assignment placed(Assignment point, const std::vector<std::size_t>& free, const Vector& places) const {
        for (std::size_t i = 0; i < free.size(); ++i) {
            point[free[i]] = cube_.value_at(free[i], places[static_cast<Eigen::Index>(i)]);
        }
        return point;
    }

    // Tries other values of one dimension at a time, of numbers without slopes a few steps away; true where one is better.
    bool exchange(Candidate& at) {
        constexpr int most_rounds = 8;
        bool any = false;
        for (int round = 0; round < most_rounds && take_better(at, exchanges(at.point)); ++round) {
            any = true;
        }
        return any;
    }
    std::vector<Assignment> exchanges(const Assignment& point) {
        std::vector<Assignment> out;
        for (std::size_t d = 0; d < point.size(); ++d) {
            if (!point[d]) {
                continue;
            }
            for (const double value : other_values(d, *point[d])) {
                Assignment next = point;
                next[d] = value;
                cube_.complete(next, rng_);
                out.push_back(std::move(next));
            }
        }
        return out;
    }
    std::vector<double> other_values(std::size_t d, double value) {
        const Axis& axis = cube_.axes()[d];
        std::vector<double> out;
        if (axis.values > 0 && axis.values <= few_values) {
            out = all_values(cube_.space().dimensions[d]);
        } else if (axis.kind == Axis::Kind::Choice) {
            for (std::uint64_t i = 0; i < few_values; ++i) {
                out.push_back(static_cast<double>(rng_.below(axis.values)));
            }
        } else if (axis.values > 0) {
            const double step = 1.0 / static_cast<double>(axis.values), place = position(cube_.space().dimensions[d], value);
            out = {cube_.value_at(d, place - step), cube_.value_at(d, place + step)};
        } else if (!acquisition_.has_slopes()) {
            const double place = position(cube_.space().dimensions[d], value);
            for (const double size : {0.2, 0.05, 0.01}) {
                out.push_back(cube_.value_at(d, place + size * rng_.normal()));
            }
        }
        out.erase(std::remove(out.begin(), out.end(), value), out.end());
        return out;
    }

    bool take_better(Candidate& at, std::vector<Assignment> points) const {
        points.erase(std::remove_if(points.begin(), points.end(), [&](const Assignment& point) { return !admits(point); }), points.end());
        bool better = false;
        for (Candidate& candidate : scored(std::move(points))) {
            if (candidate.value > at.value) {
                at = std::move(candidate);
                better = true;
            }
        }
        return better;
    }

    const UnitCube& cube_;
    const Acquisition& acquisition_;
    const std::set<Assignment>& taken_;
    const SearchEffort& effort_;
    Rng rng_;
};

}  // namespace

std::optional<Assignment> best_point(const UnitCube& cube, const Acquisition& acquisition, const std::vector<Assignment>& anchors,
                                     const std::set<Assignment>& taken, const SearchEffort& effort, Rng rng) {
    return PointSearch(cube, acquisition, taken, effort, rng).run(anchors);
}

const Assignment& best_of(const UnitCube& cube, const Acquisition& acquisition, const std::vector<Assignment>& points) {
    Eigen::Index best = 0;
    acquisition.values(cube.encode(points)).maxCoeff(&best);
    return points[static_cast<std::size_t>(best)];
}

}  // namespace mlpc::surrogate

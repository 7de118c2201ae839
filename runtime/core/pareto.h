// Several goals at once: which points no other beats, in which order they come, and how much of the space they leave behind. Smaller is better
// in every goal; NaN counts as worse than anything.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace mlpc {

using Goals = std::vector<double>;  // a value a goal

// No worse in any goal and better in one.
bool dominates(std::span<const double> a, std::span<const double> b);

// Positions of the points that none dominates, ascending.
std::vector<std::size_t> pareto_front(const std::vector<Goals>&);
// The front that each item belongs to: 0 where none beats it, 1 where only items of front 0 do, … (Deb and others 2002, non-dominated sorting).
// `beats(a, b)` is a strict partial order of positions.
std::vector<std::size_t> front_numbers(std::size_t items, const std::function<bool(std::size_t, std::size_t)>& beats);
// How far the neighbours of each point of one front are apart, summed over goals in shares of their ranges; infinite at the ends (Deb and
// others 2002).
std::vector<double> crowding_distances(const std::vector<Goals>&);
// The volume of what the points dominate below the reference point; points that are not below it in every goal count for nothing.
double hypervolume(const std::vector<Goals>&, const Goals& reference);

}  // namespace mlpc

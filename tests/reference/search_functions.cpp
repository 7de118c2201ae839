#include "tests/reference/search_functions.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace mlpc {
namespace {

using std::numbers::pi;
using Kind = Dimension::Kind;
using Prior = Dimension::Prior;

Dimension real(std::string name, double low, double high, std::vector<Condition> conditions = {}) {
    return {.name = std::move(name), .kind = Kind::Real, .low = low, .high = high, .conditions = std::move(conditions)};
}
Dimension integer(std::string name, double low, double high, Prior prior = Prior::Uniform) {
    return {.name = std::move(name), .kind = Kind::Integer, .prior = prior, .low = low, .high = high};
}
Dimension normal(std::string name, Kind kind, Prior prior, double mean, double sd) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    return {.name = std::move(name), .kind = kind, .prior = prior, .low = -unbounded, .high = unbounded, .mean = mean, .sd = sd};
}
Dimension choice(std::string name, const std::vector<std::string>& words, std::vector<Condition> conditions = {}) {
    Dimension d{.name = std::move(name), .kind = Kind::Choice, .conditions = std::move(conditions)};
    for (const std::string& word : words) {
        d.choices.push_back({Word{word}});
    }
    return d;
}
SearchSpace space_of(std::vector<Dimension> dimensions) { return {.dimensions = std::move(dimensions), .constraints = {}}; }
SearchSpace cube(std::size_t dimensions, double low, double high) {
    SearchSpace space;
    for (std::size_t d = 0; d < dimensions; ++d) {
        space.dimensions.push_back(real("x" + std::to_string(d + 1), low, high));
    }
    return space;
}
bool is_first(const std::optional<double>& choice) { return *choice == 0; }
double square(double x) { return x * x; }

double branin(const Assignment& p, double) {
    const double x = *p[0], y = *p[1];
    return square(y - 5.1 / (4 * pi * pi) * x * x + 5 / pi * x - 6) + 10 * (1 - 1 / (8 * pi)) * std::cos(x) + 10;
}

double hartmann6(const Assignment& p, double) {
    constexpr std::array<double, 4> weights = {1.0, 1.2, 3.0, 3.2};
    constexpr double scales[4][6] = {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
    constexpr double centres[4][6] = {{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                      {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                      {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                      {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}};
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        double distance = 0;
        for (std::size_t j = 0; j < 6; ++j) {
            distance += scales[i][j] * square(*p[j] - centres[i][j]);
        }
        sum -= weights[i] * std::exp(-distance);
    }
    return sum;
}

double ackley(const Assignment& p, double) {
    const auto n = static_cast<double>(p.size());
    double squares = 0, waves = 0;
    for (const auto& x : p) {
        squares += square(*x) / n;
        waves += std::cos(2 * pi * *x) / n;
    }
    return -20 * std::exp(-0.2 * std::sqrt(squares)) - std::exp(waves) + 20 + std::numbers::e;
}

double rosenbrock(const Assignment& p, double) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < p.size(); ++i) {
        sum += 100 * square(*p[i + 1] - square(*p[i])) + square(*p[i] - 1);
    }
    return sum;
}

double levy(const Assignment& p, double) {
    const auto w = [&](std::size_t i) { return 1 + (*p[i] - 1) / 4; };
    const std::size_t last = p.size() - 1;
    double sum = square(std::sin(pi * w(0)));
    for (std::size_t i = 0; i < last; ++i) {
        sum += square(w(i) - 1) * (1 + 10 * square(std::sin(pi * w(i) + 1)));
    }
    return sum + square(w(last) - 1) * (1 + square(std::sin(2 * pi * w(last))));
}

double q1_choice(const Assignment& p, double) { return is_first(p[0]) ? square(-3 - *p[1]) : square(3 - *p[2]); }
double q1_lognormal(const Assignment& p, double) { return std::min(0.1 * square(*p[0] - 10), 10.0); }
// `again` changes nothing: without it the space has two points, and a point of a finite space is proposed once.
double n_arms(const Assignment& p, double noise) { return (is_first(p[0]) ? -1 : 0) + noise; }
double distractor(const Assignment& p, double) { return -1 / (1 + std::exp(-*p[0])) - 2 * std::exp(-square(*p[0] + 10)); }

double gauss_wave(const Assignment& p, double) {
    const double t = *p[0] + (is_first(p[1]) ? 0 : pi);
    return -(std::sin(t) + 2 * std::exp(-square(t / 5)));
}

double gauss_wave2(const Assignment& p, double noise) {
    const double x = *p[0], t = 0.1 * noise + 2 * std::exp(-square(x / 5));
    return -(is_first(p[1]) ? t : t + std::sin(x) * *p[2]);
}

// Of q-dimensions the space has the multiple of q, an integer by the same prior.
SearchSpace many_dists_space() {
    return space_of({choice("a", {"zero", "one", "two"}),
                     integer("b", 0, 9),
                     integer("bb", 12, 24),
                     real("c", 4, 7),
                     {.name = "d", .prior = Prior::LogUniform, .low = std::exp(-2), .high = 1},
                     integer("e", 0, 3),
                     integer("f", 1, 10, Prior::LogUniform),
                     normal("g", Kind::Real, Prior::Normal, 4, 7),
                     normal("h", Kind::Real, Prior::LogNormal, -2, 2),
                     normal("i", Kind::Integer, Prior::Normal, 0, 5),
                     normal("j", Kind::Integer, Prior::LogNormal, 0, 2),
                     choice("k", {"zero", "one"})});
}
double many_dists(const Assignment& p, double) {
    constexpr double steps[] = {1, 1, 1, 1, 1, 3, 2, 1, 1, 2, 1, 1};
    double z = 0;
    for (std::size_t d = 0; d < p.size(); ++d) {
        z += steps[d] * *p[d];
    }
    return std::log(1e-12 + z * z);
}

SearchSpace jenatton_space() {
    const Condition left{{0}, {0}}, right{{0}, {1}};
    return space_of({choice("x1", {"left", "right"}), choice("x2", {"left", "right"}, {left}), choice("x3", {"left", "right"}, {right}),
                     real("x4", -1, 1, {left, {{1}, {0}}}), real("x5", -1, 1, {left, {{1}, {1}}}), real("x6", -1, 1, {right, {{2}, {0}}}),
                     real("x7", -1, 1, {right, {{2}, {1}}}), real("r8", 0, 1, {left}), real("r9", 0, 1, {right})});
}
double jenatton_value(const Assignment& p, double) {
    if (is_first(p[0])) {
        return *p[7] + (is_first(p[1]) ? square(*p[3]) + 0.1 : square(*p[4]) + 0.2);
    }
    return *p[8] + (is_first(p[2]) ? square(*p[5]) + 0.3 : square(*p[6]) + 0.4);
}

constexpr double branin_optimum = 0.397887357729739, hartmann6_optimum = -3.32236801141551, wave_optimum = -2.8352608859464388;
const SearchSpace& branin_space() {
    static const SearchSpace space = space_of({real("x", -5, 10), real("y", 0, 15)});
    return space;
}

std::uint64_t splitmix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}
double share_of(std::uint64_t bits) { return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53; }

}  // namespace

const std::vector<SearchFunction>& classic_functions() {
    static const std::vector<SearchFunction> functions = {
        {"branin", "Dixon and Szegö 1978", branin_space(), branin, branin_optimum, 50, branin_optimum + 1e-4},
        {"hartmann6", "Dixon and Szegö 1978", cube(6, 0, 1), hartmann6, hartmann6_optimum, 50, hartmann6_optimum + 0.01},
        {"ackley5", "Ackley 1987", cube(5, -32.768, 32.768), ackley, 0, 100, 2.5},
        {"rosenbrock5", "Rosenbrock 1960", cube(5, -5, 10), rosenbrock, 0, 100, 80},
        {"levy5", "Laguna and Martí 2005", cube(5, -10, 10), levy, 0, 100, 0.4},
    };
    return functions;
}

const std::vector<SearchFunction>& hyperopt_functions() {
    static const std::string source = "hyperopt/tests/test_domains.py";
    static const SearchSpace one_real = space_of({real("x", -15, 15)});
    static const std::vector<SearchFunction> functions = {
        {"quadratic1", source, cube(1, -5, 5), [](const Assignment& p, double) { return square(*p[0] - 3); }, 0, 1000, 1e-5},
        {"q1_choice", source,
         space_of({choice("o_x", {"negative", "positive"}), real("x_neg", -5, 5, {{{0}, {0}}}), real("x_pos", -5, 5, {{{0}, {1}}})}), q1_choice, 0,
         50, 0.2},
        {"q1_lognormal", source, space_of({normal("x", Kind::Real, Prior::LogNormal, 0, 2)}), q1_lognormal, 0, 250, 0.01},
        {"n_arms", source, space_of({choice("x", {"first", "second"}), real("again", 0, 1)}), n_arms, -1, 50, -2.5},
        {"distractor", source, one_real, distractor, -2 - 1 / (1 + std::exp(10.0)), 100, -1.96},
        {"gauss_wave", source, space_of({real("x", -20, 20), choice("curve", {"straight", "shifted"})}), gauss_wave, wave_optimum, 50, -2},
        {"gauss_wave2", source, space_of({real("x", -20, 20), choice("hf", {"flat", "waved"}), real("amp", 0, 1, {{{1}, {1}}})}), gauss_wave2,
         wave_optimum, 75, -2},
        {"many_dists", source, many_dists_space(), many_dists, std::log(1e-12), 200, 5e-4},
        {"hyperopt_branin", source, branin_space(), branin, branin_optimum, 200, 0.7},
    };
    return functions;
}

const SearchFunction& jenatton() {
    static const SearchFunction function = {
        "jenatton", "Jenatton et al. 2017, Bayesian optimization with tree-structured dependencies", jenatton_space(), jenatton_value, 0.1, 50, 0.11};
    return function;
}

std::vector<SearchFunction> all_search_functions() {
    std::vector<SearchFunction> all = classic_functions();
    all.insert(all.end(), hyperopt_functions().begin(), hyperopt_functions().end());
    all.push_back(jenatton());
    return all;
}

const SearchFunction& search_function(const std::string& name) {
    static const std::vector<SearchFunction> all = all_search_functions();
    for (const SearchFunction& function : all) {
        if (function.name == name) {
            return function;
        }
    }
    throw std::out_of_range("no published function is called " + name);
}

double noise_of(std::uint64_t seed, std::uint64_t evaluation) {
    const std::uint64_t first = splitmix(splitmix(seed) ^ evaluation);
    return std::sqrt(-2 * std::log(share_of(first))) * std::cos(2 * pi * share_of(splitmix(first)));
}

}  // namespace mlpc

#include "tests/reference/bbob.h"

#include "tests/reference/bbob_definitions.h"
#include "tests/reference/bbob_instance.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace mlpc {
namespace {

using namespace bbob_definitions;

struct Definition {
    std::string_view name;
    Function (*make)(Instance&);
};
constexpr std::array<Definition, 24> definitions = {{
    {"sphere", sphere},
    {"ellipsoid", ellipsoid},
    {"rastrigin", separable_rastrigin},
    {"bueche_rastrigin", bueche_rastrigin},
    {"linear_slope", linear_slope},
    {"attractive_sector", attractive_sector},
    {"step_ellipsoid", step_ellipsoid},
    {"rosenbrock", original_rosenbrock},
    {"rosenbrock_rotated", rotated_rosenbrock},
    {"ellipsoid_rotated", rotated_ellipsoid},
    {"discus", discus},
    {"bent_cigar", bent_cigar},
    {"sharp_ridge", sharp_ridge},
    {"different_powers", different_powers},
    {"rastrigin_rotated", rotated_rastrigin},
    {"weierstrass", weierstrass},
    {"schaffers", round_schaffers},
    {"schaffers_stretched", stretched_schaffers},
    {"griewank_rosenbrock", griewank_rosenbrock},
    {"schwefel", schwefel},
    {"gallagher_101", gallagher_101},
    {"gallagher_21", gallagher_21},
    {"katsuura", katsuura},
    {"lunacek", lunacek},
}};

Vector point_of(const Assignment& point) {
    return Vector::NullaryExpr(static_cast<Eigen::Index>(point.size()), [&](Eigen::Index i) { return *point[static_cast<std::size_t>(i)]; });
}

}  // namespace

BbobGroup bbob_group(int function) {
    constexpr std::array<int, 4> last = {5, 9, 14, 19};
    return static_cast<BbobGroup>(std::lower_bound(last.begin(), last.end(), function) - last.begin());
}

std::string_view name_of(BbobGroup group) {
    switch (group) {
        case BbobGroup::Separable:
            return "separable";
        case BbobGroup::Moderate:
            return "moderate conditioning";
        case BbobGroup::IllConditioned:
            return "high conditioning";
        case BbobGroup::MultiModal:
            return "multi-modal";
        case BbobGroup::WeakStructure:
            return "weak structure";
    }
    throw std::logic_error("a group of functions without a name");
}

BbobFunction bbob(int function, int instance, std::size_t dimensions) {
    const Definition& definition = definitions.at(static_cast<std::size_t>(function - 1));
    const std::int64_t seed = bbob_seed(function, instance);
    Instance in{.n = static_cast<Eigen::Index>(dimensions),
                .seed = seed,
                .optimum = bbob_optimum(dimensions, seed),
                .r = bbob_rotation(dimensions, seed + 1'000'000),
                .q = bbob_rotation(dimensions, seed)};
    const Function value = definition.make(in);
    BbobFunction made{.function = {.name = std::string(definition.name), .source = "Hansen et al. 2009, INRIA RR-6829", .space = {}, .value = {}},
                      .best = {}};
    for (Eigen::Index d = 0; d < in.n; ++d) {
        made.function.space.dimensions.push_back({.name = "x" + std::to_string(d + 1), .low = -5, .high = 5});
        made.best.emplace_back(in.optimum[d]);
    }
    made.function.value = [value](const Assignment& point, double) { return value(point_of(point)); };
    return made;
}

}  // namespace mlpc

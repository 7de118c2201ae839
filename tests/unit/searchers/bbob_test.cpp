#include "tests/reference/bbob.h"
#include "tests/reference/bbob_instance.h"
#include "tests/reference/minimise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace mlpc {
namespace bbob_test {

Assignment random_point(std::mt19937& random, std::size_t dimensions) {
    std::uniform_real_distribution<double> within(-5, 5);
    Assignment point;
    for (std::size_t d = 0; d < dimensions; ++d) {
        point.emplace_back(within(random));
    }
    return point;
}
Assignment moved(Assignment point, std::size_t d, double to) {
    point[d] = to;
    return point;
}
double value(const BbobFunction& f, const Assignment& point) { return f.function.value(point, 0); }

// COCO's f_opt of instance 1 in its data archive: whoever draws these draws COCO's instances.
TEST(Bbob, HeightsAreCocos) {
    const std::vector<double> published = {79.48, -209.88, -462.09, -462.09, -9.21,  35.9,   92.94,   149.15, 123.83, -54.94,  76.27, -621.11,
                                           29.97, -52.35,  1000,    71.35,   -16.94, -16.94, -102.55, -546.5, 40.78,  -1000.0, 6.87,  102.61};
    for (int function = 1; function <= 24; ++function) {
        EXPECT_DOUBLE_EQ(bbob_height(function, 1), published[static_cast<std::size_t>(function - 1)]) << function;
    }
}

TEST(Bbob, RotationsAreOrthogonalAndDiffer) {
    const Eigen::MatrixXd rotation = bbob_rotation(5, 10'001), other = bbob_rotation(5, 20'001);
    EXPECT_TRUE((rotation.transpose() * rotation).isIdentity(1e-12));
    EXPECT_FALSE(rotation.isApprox(other, 0.1));
}

TEST(Bbob, TheOptimumIsZeroAndNothingIsBelow) {
    std::mt19937 random(1);
    for (int function = 1; function <= 24; ++function) {
        for (const int instance : {1, 2, 7}) {
            const BbobFunction f = bbob(function, instance, 5);
            EXPECT_NEAR(value(f, f.best), 0, 1e-8) << function << " " << f.function.name;
            for (int i = 0; i < 200; ++i) {
                const Assignment anywhere = random_point(random, 5);
                EXPECT_GT(value(f, anywhere), 0) << function;
                Assignment close = f.best;
                for (std::size_t d = 0; d < close.size(); ++d) {
                    close[d] = std::min(5.0, std::max(-5.0, *close[d] + 1e-3 * *anywhere[d]));
                }
                EXPECT_GE(value(f, close), -1e-8) << function;
            }
        }
    }
}

// A function is a sum over coordinates where a change of one does the same whatever the others are.
bool is_separable(int function) {
    std::mt19937 random(2);
    const BbobFunction f = bbob(function, 3, 5);
    for (int i = 0; i < 50; ++i) {
        const Assignment a = random_point(random, 5), b = random_point(random, 5);
        const double left = value(f, a), right = value(f, moved(a, 1, *b[1]));
        const Assignment elsewhere = moved(a, 2, *b[2]);
        const double other_left = value(f, elsewhere), other_right = value(f, moved(elsewhere, 1, *b[1]));
        const double scale = std::abs(left) + std::abs(right) + std::abs(other_left) + std::abs(other_right);
        if (std::abs((right - left) - (other_right - other_left)) > 1e-10 * scale) {
            return false;
        }
    }
    return true;
}

TEST(Bbob, TheFirstFiveAreSeparableAndNoOthersAre) {
    for (int function = 1; function <= 24; ++function) {
        EXPECT_EQ(is_separable(function), function <= 5) << function;
        EXPECT_EQ(bbob_group(function) == BbobGroup::Separable, function <= 5);
    }
}

TEST(Bbob, GroupsAreThePublishedOnes) {
    EXPECT_EQ(bbob_group(6), BbobGroup::Moderate);
    EXPECT_EQ(bbob_group(9), BbobGroup::Moderate);
    EXPECT_EQ(bbob_group(10), BbobGroup::IllConditioned);
    EXPECT_EQ(bbob_group(14), BbobGroup::IllConditioned);
    EXPECT_EQ(bbob_group(15), BbobGroup::MultiModal);
    EXPECT_EQ(bbob_group(19), BbobGroup::MultiModal);
    EXPECT_EQ(bbob_group(20), BbobGroup::WeakStructure);
    EXPECT_EQ(bbob_group(24), BbobGroup::WeakStructure);
}

TEST(Bbob, TheSphereIsTheSquaredDistance) {
    std::mt19937 random(3);
    const BbobFunction f = bbob(1, 4, 5);
    for (int i = 0; i < 20; ++i) {
        const Assignment point = random_point(random, 5);
        double distance = 0;
        for (std::size_t d = 0; d < 5; ++d) {
            distance += std::pow(*point[d] - *f.best[d], 2);
        }
        EXPECT_NEAR(value(f, point), distance, 1e-12);
    }
}

TEST(Bbob, TheSlopeIsLinearAndItsOptimumACorner) {
    const BbobFunction f = bbob(5, 2, 5);
    for (std::size_t d = 0; d < 5; ++d) {
        EXPECT_EQ(std::abs(*f.best[d]), 5);
        const double slope = value(f, moved(f.best, d, 0)) / 5;
        EXPECT_NEAR(slope, std::pow(10, static_cast<double>(d) / 4), 1e-9);
        EXPECT_NEAR(value(f, moved(f.best, d, -*f.best[d])), 10 * slope, 1e-9);
    }
}

TEST(Bbob, TheStepFunctionHasPlateaus) {
    std::mt19937 random(4);
    const BbobFunction f = bbob(7, 1, 5);
    int same = 0;
    for (int i = 0; i < 100; ++i) {
        const Assignment point = random_point(random, 5);
        same += value(f, point) == value(f, moved(point, 2, *point[2] + 1e-4)) ? 1 : 0;
    }
    EXPECT_GT(same, 90);
}

// Of the ellipsoids a step along one axis costs a million times what it costs along another; oscillation and rotation keep the scale.
TEST(Bbob, EllipsoidsAreIllConditioned) {
    const BbobFunction f = bbob(2, 1, 5);
    const double flat = value(f, moved(f.best, 0, *f.best[0] + 1)), steep = value(f, moved(f.best, 4, *f.best[4] + 1));
    EXPECT_NEAR(flat, 1, 1e-6) << "1 is a fixed point of the oscillation";
    EXPECT_NEAR(steep, 1e6, 1);
}

TEST(Bbob, RastriginHasALocalOptimumBesideTheGlobalOne) {
    const BbobFunction f = bbob(3, 1, 5);
    const double beside = value(f, moved(f.best, 0, *f.best[0] - 1));
    EXPECT_NEAR(beside, 1, 0.2);
    EXPECT_GT(value(f, moved(f.best, 0, *f.best[0] - 0.5)), 15);
}

// The narrow and the wide function of one instance share their optimum, and differ.
TEST(Bbob, FunctionsFourAndEighteenShareTheirNeighboursInstances) {
    EXPECT_EQ(bbob(17, 3, 5).best, bbob(18, 3, 5).best);
    const Assignment point(5, 1.25);
    EXPECT_NE(value(bbob(17, 3, 5), point), value(bbob(18, 3, 5), point));
    const BbobFunction third = bbob(3, 3, 5), fourth = bbob(4, 3, 5);
    for (std::size_t d = 0; d < 5; ++d) {
        EXPECT_DOUBLE_EQ(d % 2 == 0 ? std::abs(*third.best[d]) : *third.best[d], *fourth.best[d]);
    }
}

TEST(Bbob, GallagherHasItsHighestPeakWhereItIsSaid) {
    for (const int function : {21, 22}) {
        const BbobFunction f = bbob(function, 1, 5);
        EXPECT_LT(value(f, f.best), 1e-12);
        EXPECT_GT(value(f, moved(f.best, 0, *f.best[0] > 0 ? -5 : 5)), 1) << "the next best peak is 9.1 high, the best one 10";
    }
}

TEST(Bbob, SchwefelAndLunacekHaveTheirOptimumOnACornerOfACube) {
    for (const double d : {0, 1, 2, 3, 4}) {
        EXPECT_NEAR(std::abs(*bbob(20, 1, 5).best[static_cast<std::size_t>(d)]), 4.2096874633 / 2, 1e-12);
        EXPECT_NEAR(std::abs(*bbob(24, 1, 5).best[static_cast<std::size_t>(d)]), 1.25, 1e-12);
    }
}

TEST(Bbob, OtherInstancesAndDimensionsAreOtherFunctions) {
    for (int function = 1; function <= 24; ++function) {
        const Assignment point(5, 0.75);
        EXPECT_NE(value(bbob(function, 1, 5), point), value(bbob(function, 2, 5), point)) << function;
        EXPECT_NEAR(value(bbob(function, 1, 2), bbob(function, 1, 2).best), 0, 1e-8) << function;
    }
}

}  // namespace bbob_test
}  // namespace mlpc

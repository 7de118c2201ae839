#include "runtime/core/rng.h"

#include <gtest/gtest.h>
#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace mlpc {
namespace rng_test {

using Words = std::array<std::uint64_t, 4>;

Words philox(Words counter, std::array<std::uint64_t, 2> key) {
    const auto block = r123::Philox4x64()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {block[0], block[1], block[2], block[3]};
}

// The rows `philox4x64 10` of Random123's kat_vectors.
TEST(RngTest, GeneratorGivesTheKnownAnswers) {
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
    EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
              (Words{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
    EXPECT_EQ(philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89}, {0x452821e638d01377, 0xbe5466cf34e90c6c}),
              (Words{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

TEST(RngTest, StreamIsTheGeneratorCountingFromZero) {
    Rng rng(StreamKey{0, 0});
    for (const std::uint64_t word : philox({0, 0, 0, 0}, {0, 0})) {
        EXPECT_EQ(rng.bits(), word);
    }
    EXPECT_EQ(rng.bits(), philox({1, 0, 0, 0}, {0, 0})[0]);
}

// Saved experiments repeat only while these stay as they are.
TEST(RngTest, NumbersOfASeedNeverChange) {
    Rng rng = Rng::of_seed(42);
    EXPECT_EQ(rng.bits(), philox({0, 0, 0, 0}, {42, 0})[0]);
    EXPECT_EQ(Rng::of_seed(42).child(7).bits(), [] {
        const Words key = philox({7, 0, 0, 1}, {42, 0});
        return philox({0, 0, 0, 0}, {key[0], key[1]})[0];
    }());
    EXPECT_EQ(Rng::of_seed(42).child("fold").bits(), [] {
        const Words key = philox({0x646c6f66, 0, 4, 2}, {42, 0});
        return philox({0, 0, 0, 0}, {key[0], key[1]})[0];
    }());
}

TEST(RngTest, ChildrenDifferByPartOrderAndKind) {
    const StreamKey root{1, 2};
    std::set<std::pair<std::uint64_t, std::uint64_t>> keys;
    const auto add = [&](StreamKey key) { keys.insert({key.a, key.b}); };
    add(root);
    add(root.child("a"));
    add(root.child("b"));
    add(root.child(""));
    add(root.child("ab"));
    add(root.child("a").child("b"));
    add(root.child("b").child("a"));
    add(root.child("aaaaaaaa"));
    add(root.child("aaaaaaaaa"));
    add(root.child(std::string_view("a\0", 2)));
    add(root.child(0));
    add(root.child(1));
    add(root.child(97));  // the code of "a"
    EXPECT_EQ(keys.size(), 13u);
}

TEST(RngTest, ChildDoesNotDependOnNumbersAlreadyDrawn) {
    Rng rng = Rng::of_seed(3);
    const std::uint64_t before = rng.child(1).bits();
    rng.bits();
    EXPECT_EQ(rng.child(1).bits(), before);
}

TEST(RngTest, CopyContinuesWhereTheOriginalStands) {
    Rng rng = Rng::of_seed(3);
    rng.normal();
    rng.bits();
    Rng copy = rng;
    EXPECT_EQ(rng.normal(), copy.normal());
    EXPECT_EQ(rng.bits(), copy.bits());
}

TEST(RngTest, UniformFillsItsIntervalEvenly) {
    Rng rng = Rng::of_seed(11);
    constexpr int draws = 200'000;
    std::array<int, 20> bins{};
    for (int i = 0; i < draws; ++i) {
        const double u = rng.uniform();
        ASSERT_GE(u, 0);
        ASSERT_LT(u, 1);
        ++bins[static_cast<std::size_t>(u * 20)];
    }
    double chi_squared = 0;
    for (const int count : bins) {
        chi_squared += std::pow(count - draws / 20.0, 2) / (draws / 20.0);
    }
    EXPECT_LT(chi_squared, 43.8);  // 19 degrees of freedom, p = 0.001
    EXPECT_GT(chi_squared, 5.4);   // p = 0.999: too even is wrong too
}

TEST(RngTest, UniformStaysBelowItsUpperEnd) {
    Rng rng = Rng::of_seed(5);
    const double low = 1.0, high = std::nextafter(1.0, 2.0);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(rng.uniform(low, high), low);
    }
}

TEST(RngTest, BelowIsUnbiased) {
    // One stream may be unlucky; the mean of 200 chi-squared statistics of 6 degrees of freedom is 6, give or take 0.25.
    double total = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Rng stream = Rng::of_seed(seed);
        std::array<int, 7> counts{};
        for (int i = 0; i < 7'000; ++i) {
            ++counts[stream.below(7)];
        }
        for (const int count : counts) {
            total += std::pow(count - 1'000, 2) / 1'000;
        }
    }
    EXPECT_NEAR(total / 200, 6, 1);
    Rng rng = Rng::of_seed(12);
    // Of a bound at three quarters of the range, plain multiplication would give each third number twice.
    const std::uint64_t bound = (std::uint64_t{3} << 62);
    int in_low_half = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t number = rng.below(bound);
        ASSERT_LT(number, bound);
        in_low_half += number % 3 == 0 ? 1 : 0;
    }
    EXPECT_NEAR(in_low_half, 3'333, 4 * std::sqrt(10'000 * 2.0 / 9));
    EXPECT_EQ(rng.below(1), 0u);
}

TEST(RngTest, NormalHasItsMoments) {
    Rng rng = Rng::of_seed(13);
    constexpr int draws = 200'000;
    double sum = 0, squares = 0, fourth = 0, cross = 0, last = 0;
    for (int i = 0; i < draws; ++i) {
        const double z = rng.normal();
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        cross += z * last;
        last = z;
    }
    EXPECT_NEAR(sum / draws, 0, 4 / std::sqrt(draws));
    EXPECT_NEAR(squares / draws, 1, 4 * std::sqrt(2.0 / draws));
    EXPECT_NEAR(fourth / draws, 3, 4 * std::sqrt(96.0 / draws));
    EXPECT_NEAR(cross / draws, 0, 4 / std::sqrt(draws));
}

TEST(RngTest, ShuffleGivesEveryOrderAlike) {
    Rng rng = Rng::of_seed(14);
    std::map<std::array<std::uint32_t, 4>, int> counts;
    for (int i = 0; i < 24'000; ++i) {
        std::array<std::uint32_t, 4> items{0, 1, 2, 3};
        rng.shuffle(items);
        ++counts[items];
    }
    EXPECT_EQ(counts.size(), 24u);
    for (const auto& [order, count] : counts) {
        EXPECT_NEAR(count, 1'000, 4.5 * std::sqrt(1'000));
    }
}

TEST(RngTest, ChooseDrawsWithoutReplacement) {
    Rng rng = Rng::of_seed(15);
    std::array<int, 10> counts{};
    for (int i = 0; i < 10'000; ++i) {
        const std::vector<std::uint32_t> chosen = rng.choose(10, 3);
        EXPECT_EQ(std::set<std::uint32_t>(chosen.begin(), chosen.end()).size(), 3u);
        for (const std::uint32_t item : chosen) {
            ++counts.at(item);
        }
    }
    for (const int count : counts) {
        EXPECT_NEAR(count, 3'000, 4 * std::sqrt(3'000 * 0.7));
    }
    EXPECT_TRUE(rng.choose(0, 0).empty());
    EXPECT_EQ(rng.choose(5, 5).size(), 5u);
}

}  // namespace rng_test
}  // namespace mlpc

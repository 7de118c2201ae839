#include "runtime/core/digest.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <set>

namespace mlpc {
namespace digest_test {

// FIPS 180-2, appendix B.
constexpr const char* abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, KnownAnswers) {
    EXPECT_EQ(sha256_hex("abc"), abc);
    EXPECT_EQ(sha256_hex(""), empty);
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfAFile) {
    const std::string path = testing::TempDir() + "mlpc_digest_test";
    std::ofstream(path, std::ios::binary) << "abc";
    EXPECT_EQ(sha256_of_file(path), abc);
    std::ofstream(path, std::ios::binary) << std::string(200'000, 'x');
    EXPECT_EQ(sha256_of_file(path), sha256_hex(std::string(200'000, 'x')));
    std::ofstream(path, std::ios::binary | std::ios::trunc).close();
    EXPECT_EQ(sha256_of_file(path), empty);
    std::remove(path.c_str());
    EXPECT_THROW(sha256_of_file(path), RunError);
    EXPECT_THROW(sha256_of_file(testing::TempDir()), RunError);
}

TEST(KeyBuilder, DifferentSequencesGiveDifferentKeys) {
    const std::array<std::byte, 2> bytes{std::byte{'a'}, std::byte{'b'}};
    std::set<Key> keys;
    keys.insert(KeyBuilder().key());
    keys.insert(KeyBuilder().add("ab").key());
    keys.insert(KeyBuilder().add("a").add("b").key());
    keys.insert(KeyBuilder().add("").add("ab").key());
    keys.insert(KeyBuilder().add("ab").add("").key());
    keys.insert(KeyBuilder().add_bytes(bytes).key());
    keys.insert(KeyBuilder().add(std::uint64_t{1}).key());
    keys.insert(KeyBuilder().add(1.0).key());
    keys.insert(KeyBuilder().add(std::uint64_t{1}).add(1.0).key());
    keys.insert(KeyBuilder().add(1.0).add(std::uint64_t{1}).key());
    keys.insert(KeyBuilder().add(Key{1, 2}).key());
    keys.insert(KeyBuilder().add(Key{2, 1}).key());
    EXPECT_EQ(keys.size(), 12u);
}

TEST(KeyBuilder, EqualSequencesGiveEqualKeys) {
    const auto build = [] { return KeyBuilder().add("step").add(std::uint64_t{7}).add(0.5).key(); };
    EXPECT_EQ(build(), build());
    EXPECT_EQ(build().hex().size(), 32u);
    EXPECT_EQ((Key{1, 0xab}.hex()), "000000000000000100000000000000ab");
}

TEST(KeyBuilder, NumbersByTheirMeaning) {
    const auto key = [](double number) { return KeyBuilder().add(number).key(); };
    EXPECT_EQ(key(0.0), key(-0.0));
    EXPECT_EQ(key(std::numeric_limits<double>::quiet_NaN()), key(-std::nan("7")));
    EXPECT_NE(key(1.0), key(std::nextafter(1.0, 2.0)));
}

TEST(KeyBuilder, MayBeAskedBetweenAdditions) {
    KeyBuilder builder;
    builder.add("a");
    const Key first = builder.key();
    EXPECT_EQ(builder.key(), first);
    builder.add("b");
    EXPECT_EQ(builder.key(), KeyBuilder().add("a").add("b").key());
}

}  // namespace digest_test
}  // namespace mlpc

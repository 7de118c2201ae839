#include "runtime/core/digest.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace mlpc {
namespace {

using Sha256 = std::array<unsigned char, 32>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Context new_context() {
    Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context) {
        throw std::bad_alloc();
    }
    return context;
}

Context started() {
    Context context = new_context();
    if (EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
        throw RunError("the cryptographic library has no SHA-256");
    }
    return context;
}

Sha256 finished(EVP_MD_CTX* context) {
    Sha256 digest{};
    EVP_DigestFinal_ex(context, digest.data(), nullptr);
    return digest;
}

std::string hex_of(const Sha256& digest) {
    std::string out;
    for (const unsigned char byte : digest) {
        out += fmt::format("{:02x}", byte);
    }
    return out;
}

std::array<unsigned char, 8> little_endian(std::uint64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (unsigned char& byte : bytes) {
        byte = static_cast<unsigned char>(number & 0xff);
        number >>= 8;
    }
    return bytes;
}

std::uint64_t big_endian_word(const Sha256& digest, std::size_t offset) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        word = word << 8 | digest[offset + i];
    }
    return word;
}

void feed(void* context, char type, const void* data, std::size_t size) {
    auto* digest = static_cast<EVP_MD_CTX*>(context);
    EVP_DigestUpdate(digest, &type, 1);
    const auto length = little_endian(size);
    EVP_DigestUpdate(digest, length.data(), length.size());
    EVP_DigestUpdate(digest, data, size);
}

void feed(void* context, char type, std::uint64_t number) {
    const auto bytes = little_endian(number);
    feed(context, type, bytes.data(), bytes.size());
}

std::uint64_t canonical_bits(double number) {
    if (std::isnan(number)) {
        number = std::numeric_limits<double>::quiet_NaN();
    }
    return std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
}

}  // namespace

std::string Key::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

KeyBuilder::KeyBuilder() : context_(started().release()) {}
KeyBuilder::~KeyBuilder() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

KeyBuilder& KeyBuilder::add(std::string_view text) {
    feed(context_, 't', text.data(), text.size());
    return *this;
}
KeyBuilder& KeyBuilder::add(std::uint64_t number) {
    feed(context_, 'u', number);
    return *this;
}
KeyBuilder& KeyBuilder::add(double number) {
    feed(context_, 'd', canonical_bits(number));
    return *this;
}
KeyBuilder& KeyBuilder::add(const Key& key) {
    const std::array<std::uint64_t, 2> words{key.high, key.low};
    std::array<unsigned char, 16> bytes{};
    for (std::size_t w = 0; w < 2; ++w) {
        const auto part = little_endian(words[w]);
        std::copy(part.begin(), part.end(), bytes.begin() + static_cast<std::ptrdiff_t>(8 * w));
    }
    feed(context_, 'k', bytes.data(), bytes.size());
    return *this;
}
KeyBuilder& KeyBuilder::add_bytes(std::span<const std::byte> bytes) {
    feed(context_, 'b', bytes.data(), bytes.size());
    return *this;
}

Key KeyBuilder::key() const {
    const Context copy = new_context();
    EVP_MD_CTX_copy_ex(copy.get(), static_cast<const EVP_MD_CTX*>(context_));
    const Sha256 digest = finished(copy.get());
    return {big_endian_word(digest, 0), big_endian_word(digest, 8)};
}

std::string sha256_hex(std::span<const std::byte> bytes) {
    const Context context = started();
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
    return hex_of(finished(context.get()));
}

std::string sha256_hex(std::string_view text) { return sha256_hex(std::as_bytes(std::span(text.data(), text.size()))); }

std::string sha256_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw RunError(fmt::format("`{}` can't be read", path));
    }
    const Context context = started();
    std::vector<char> buffer(1 << 16);
    do {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
    } while (file);
    if (file.bad() || !file.eof()) {
        throw RunError(fmt::format("reading `{}` failed", path));
    }
    return hex_of(finished(context.get()));
}

}  // namespace mlpc

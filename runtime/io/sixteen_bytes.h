// Sixteen bytes looked at together: which of them lie in a range. SSE2 is part of every x86-64; elsewhere a loop does it.
#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>
#else
#include <cstring>
#endif

namespace mlpc {

#if defined(__SSE2__)

class SixteenBytes {
public:
    explicit SixteenBytes(const char* at) : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {}
    // Bit i: whether low <= byte i <= high.
    unsigned within(char low, char high) const {
        const __m128i above = _mm_sub_epi8(bytes_, _mm_set1_epi8(low));
        const __m128i most = _mm_set1_epi8(static_cast<char>(high - low));
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, most), above)));
    }
    unsigned equal_to_any(char a, char b, char c) const {
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(equal(a), _mm_or_si128(equal(b), equal(c)))));
    }

private:
    __m128i equal(char c) const { return _mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)); }
    __m128i bytes_;
};

#else

class SixteenBytes {
public:
    explicit SixteenBytes(const char* at) { std::memcpy(bytes_, at, sizeof bytes_); }
    // Bit i: whether low <= byte i <= high.
    unsigned within(char low, char high) const {
        unsigned mask = 0;
        for (unsigned i = 0; i < sizeof bytes_; ++i) {
            mask |= static_cast<unsigned>(static_cast<unsigned char>(bytes_[i] - low) <= static_cast<unsigned char>(high - low)) << i;
        }
        return mask;
    }
    unsigned equal_to_any(char a, char b, char c) const { return within(a, a) | within(b, b) | within(c, c); }

private:
    char bytes_[16];
};

#endif

}  // namespace mlpc

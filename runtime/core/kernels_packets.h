// Comparisons, choices and the greatest of packets of numbers; part of kernels_variant.h.
#pragma once

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

constexpr double infinite = __builtin_inf();

// A comparison of two packets and the choice by it: in Eigen's own form a mask goes by way of a packet on processors that have masks.
#if defined(__AVX512F__)
using Comparison = __mmask8;
Comparison is_less(Pack a, Pack b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
Comparison is_equal(Pack a, Pack b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
Pack choose(Comparison which, Pack then, Pack otherwise) { return _mm512_mask_blend_pd(which, otherwise, then); }
#else
using Comparison = Pack;
Comparison is_less(Pack a, Pack b) { return Eigen::internal::pcmp_lt(a, b); }
Comparison is_equal(Pack a, Pack b) { return Eigen::internal::pcmp_eq(a, b); }
Pack choose(Comparison which, Pack then, Pack otherwise) { return Eigen::internal::pselect(which, then, otherwise); }
#endif

// Whether the comparison holds in some lane.
bool holds_somewhere(Comparison c) {
#if defined(__AVX512F__)
    return c != 0;
#elif defined(__AVX__)
    return _mm256_movemask_pd(c) != 0;
#else
    return Eigen::internal::predux_max(choose(c, pset1<Pack>(1.0), zero())) > 0;
#endif
}

// Eight, four or two numbers of single precision as doubles.
Pack widened(const float* from) {
#if defined(__AVX512F__)
    return _mm512_cvtps_pd(_mm256_loadu_ps(from));
#elif defined(__AVX__)
    return _mm256_cvtps_pd(_mm_loadu_ps(from));
#else
    EIGEN_ALIGN_MAX double cells[width];
    for (Index i = 0; i < width; ++i) {
        cells[i] = static_cast<double>(from[i]);
    }
    return pload<Pack>(cells);
#endif
}

void narrow(Pack from, float* to) {
#if defined(__AVX512F__)
    _mm256_storeu_ps(to, _mm512_cvtpd_ps(from));
#elif defined(__AVX__)
    _mm_storeu_ps(to, _mm256_cvtpd_ps(from));
#else
    EIGEN_ALIGN_MAX double cells[width];
    pstore(cells, from);
    for (Index i = 0; i < width; ++i) {
        to[i] = static_cast<float>(cells[i]);
    }
#endif
}

// How a packet is read where all of its numbers are there,
struct Whole {
    Pack load(const double* from, double) const { return ploadu<Pack>(from); }
    Pack widen(const float* from) const { return widened(from); }
    void store(double* to, Pack p) const { pstoreu(to, p); }
};
// and where fewer are: the others count as `filler`, in single precision as 0.
struct Some {
    Index count;

    Pack load(const double* from, double filler) const {
        EIGEN_ALIGN_MAX double cells[width];
        for (Index i = 0; i < width; ++i) {
            cells[i] = i < count ? from[i] : filler;
        }
        return pload<Pack>(cells);
    }
    Pack widen(const float* from) const {
        float cells[width] = {};
        for (Index i = 0; i < count; ++i) {
            cells[i] = from[i];
        }
        return widened(cells);
    }
    void store(double* to, Pack p) const { store_some(to, p, count); }
};

// Packets 0 … of `count` numbers, to two accumulators in turn, so that one comparison does not wait for the other.
template <class Take>
void each_packet(Index count, const Take& take) {
    Index t = 0;
    for (; t + 2 * width <= count; t += 2 * width) {
        take(Whole(), 0, t);
        take(Whole(), 1, t + width);
    }
    if (t + width <= count) {
        take(Whole(), 0, t);
        t += width;
    }
    if (t < count) {
        take(Some{count - t}, 0, t);
    }
}

// The greatest value of each lane and the first place where it stood.
struct Greatest {
    explicit Greatest(double floor) : values(pset1<Pack>(floor)), places(pset1<Pack>(-1.0)) {}

    void take(Pack candidates, Pack at) {
        const Comparison greater = is_less(values, candidates);
        values = choose(greater, candidates, values);
        places = choose(greater, at, places);
    }
    Pack values, places;
};

// The first place of the greatest value of both, -1 where none was above the floor; `value` is then as it was.
Index first_of_greatest(const Greatest& a, const Greatest& b, double floor, double& value) {
    const double most = Eigen::internal::predux_max(Eigen::internal::pmax(a.values, b.values));
    if (!(most > floor)) {
        return -1;
    }
    const Pack all = pset1<Pack>(most), nowhere = pset1<Pack>(infinite);
    const Pack first = Eigen::internal::pmin(choose(is_equal(a.values, all), a.places, nowhere), choose(is_equal(b.values, all), b.places, nowhere));
    value = most;
    return static_cast<Index>(Eigen::internal::predux_min(first));
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE

// The inner loops of support vector machines; part of kernels_variant.h.
#include "runtime/core/kernels_packets.h"

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

void narrow_distances(const double* products, const double* squares, double own, Index count, float* out) {
    const Pack other = pset1<Pack>(own);
    const auto distance = [&](Index i, Index some) {
        const Pack product = load_some(products + i, some);
        return Eigen::internal::pmax(psub(padd(load_some(squares + i, some), other), padd(product, product)), zero());
    };
    Index i = 0;
    for (; i + width <= count; i += width) {
        narrow(distance(i, width), out + i);
    }
    if (i < count) {
        float last[width];
        narrow(distance(i, count - i), last);
        for (Index k = 0; i + k < count; ++k) {
            out[i + k] = last[k];
        }
    }
}

void decay(double* cells, Index count, double rate) {
    const Pack factor = pset1<Pack>(-rate);
    for (Index i = 0; i < count; i += width) {
        store_some(cells + i, Eigen::internal::pexp(pmul(factor, load_some(cells + i, count - i))), count - i);
    }
}

void decay_floats(float* cells, Index count, float rate) {
    const FloatPack factor = pset1<FloatPack>(-rate);
    Index i = 0;
    for (; i + float_width <= count; i += float_width) {
        pstoreu(cells + i, Eigen::internal::pexp(pmul(factor, ploadu<FloatPack>(cells + i))));
    }
    if (i < count) {
        EIGEN_ALIGN_MAX float last[float_width] = {};
        for (Index k = i; k < count; ++k) {
            last[k - i] = cells[k];
        }
        pstore(last, Eigen::internal::pexp(pmul(factor, pload<FloatPack>(last))));
        for (Index k = i; k < count; ++k) {
            cells[k] = last[k - i];
        }
    }
}

// `violations(packets, t)` gives those of the packet that begins with variable t.
template <class Violations>
Violator first_of_most(const DualVariables& of, const Violations& violations) {
    Greatest greatest[] = {Greatest(-infinite), Greatest(-infinite)};
    const Pack step = pset1<Pack>(static_cast<double>(width));
    Pack at = Eigen::internal::plset<Pack>(0.0);
    each_packet(of.count, [&](const auto& packets, int which, Index t) {
        greatest[which].take(psub(violations(packets, t), packets.load(of.rise_barred + t, infinite)), at);
        at = padd(at, step);
    });
    Violator most;
    most.index = first_of_greatest(greatest[0], greatest[1], -infinite, most.violation);
    return most;
}

Violator most_violating(const DualVariables& of) {
    return first_of_most(of, [&](const auto& packets, Index t) { return packets.load(of.violation + t, 0); });
}

Violator move_violations(const DualVariables& of, const float* row_i, const float* row_j, double along) {
    const Pack factor = pset1<Pack>(along);
    return first_of_most(of, [&](const auto& packets, Index t) {
        const Pack by = pmul(factor, psub(packets.widen(row_i + t), packets.widen(row_j + t)));
        const Pack moved = psub(packets.load(of.violation + t, 0), by);
        packets.store(of.violation + t, moved);
        return moved;
    });
}

// The pair of greatest gain, difference² / curvature, of each lane. Quotients are compared by their products, which a processor has much sooner.
struct GreatestGain {
    void take(Pack difference, Pack curvature, Pack at) {
        const Pack square = pmul(difference, difference);
        const Comparison greater = is_less(pmul(squares, curvature), pmul(square, curvatures));
        squares = choose(greater, square, squares);
        curvatures = choose(greater, curvature, curvatures);
        places = choose(greater, at, places);
    }
    Greatest gains() const {
        Greatest greatest(0);
        greatest.take(Eigen::internal::pdiv(squares, curvatures), places);
        return greatest;
    }

    Pack squares = zero(), curvatures = pset1<Pack>(1.0), places = pset1<Pack>(-1.0);
};

Partner best_partner(const DualVariables& of, const float* row, double most, double own, double least_curvature) {
    GreatestGain gains[2];
    Pack least = pset1<Pack>(infinite), at = Eigen::internal::plset<Pack>(0.0);
    const Pack whole = pset1<Pack>(most), diagonal = pset1<Pack>(own), floor = pset1<Pack>(least_curvature), twice = pset1<Pack>(-2.0);
    const Pack step = pset1<Pack>(static_cast<double>(width));
    each_packet(of.count, [&](const auto& packets, int which, Index t) {
        const Pack violation = padd(packets.load(of.violation + t, 0), packets.load(of.fall_barred + t, infinite));
        least = Eigen::internal::pmin(least, violation);
        const Pack curvature = Eigen::internal::pmax(pmadd(twice, packets.widen(row + t), padd(diagonal, packets.load(of.diagonal + t, 0))), floor);
        // A variable that is barred, or would lose, has no difference.
        gains[which].take(Eigen::internal::pmax(psub(whole, violation), zero()), curvature, at);
        at = padd(at, step);
    });
    Partner partner;
    partner.index = first_of_greatest(gains[0].gains(), gains[1].gains(), 0, partner.gain);
    partner.least = Eigen::internal::predux_min(least);
    return partner;
}

// Of up to `packets` packets of rows.
template <Index packets>
void sum_some_columns(const double* a, Index m, Index lda, const std::uint32_t* columns, const double* coefficients, Index count, double* out) {
    Pack sums[packets];
#pragma GCC unroll 16
    for (Pack& sum : sums) {
        sum = zero();
    }
    for (Index i = 0; i < count; ++i) {
        const double* from = a + static_cast<Index>(columns[i]) * lda;
        const Pack factor = pset1<Pack>(coefficients[i]);
#pragma GCC unroll 16
        for (Index p = 0; p < packets; ++p) {
            sums[p] = multiply_then_add(load_some(from + p * width, m - p * width), factor, sums[p]);
        }
    }
#pragma GCC unroll 16
    for (Index p = 0; p < packets; ++p) {
        store_some(out + p * width, sums[p], m - p * width);
    }
}

void sum_columns(const double* a, Index m, Index lda, const std::uint32_t* columns, const double* coefficients, Index count, double* out) {
    constexpr Index together = 8;
    Index r = 0;
    for (; r + together * width <= m; r += together * width) {
        sum_some_columns<together>(a + r, together * width, lda, columns, coefficients, count, out + r);
    }
    for (; r < m; r += width) {
        sum_some_columns<1>(a + r, m - r, lda, columns, coefficients, count, out + r);
    }
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE

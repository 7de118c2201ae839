// The inner loops of support vector machines; part of kernels_variant.h.

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

using Eigen::internal::pcmp_lt;
using Eigen::internal::pselect;

constexpr double infinite = __builtin_inf();

// The rest of a packet counts as `filler`.
Pack load_or(const double* from, Index count, double filler) {
    if (count >= width) {
        return ploadu<Pack>(from);
    }
    EIGEN_ALIGN_MAX double cells[width];
    for (Index i = 0; i < width; ++i) {
        cells[i] = i < count ? from[i] : filler;
    }
    return pload<Pack>(cells);
}

void rbf(double* cells, Index count, double gamma) {
    const Pack factor = pset1<Pack>(-gamma);
    for (Index i = 0; i < count; i += width) {
        store_some(cells + i, Eigen::internal::pexp(pmul(factor, load_some(cells + i, count - i))), count - i);
    }
}

void rbf_floats(float* cells, Index count, float gamma) {
    const FloatPack factor = pset1<FloatPack>(-gamma);
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

// The greatest value of each lane and the first place where it stood.
struct Greatest {
    explicit Greatest(double floor) : values(pset1<Pack>(floor)), places(pset1<Pack>(-1.0)) {}

    void take(Pack candidates, Pack at) {
        const Pack greater = pcmp_lt(values, candidates);
        values = pselect(greater, candidates, values);
        places = pselect(greater, at, places);
    }
    Pack values, places;
};

// The first place of the greatest value of both, -1 where none was above the floor.
Index first_of_greatest(const Greatest& a, const Greatest& b, double& value) {
    EIGEN_ALIGN_MAX double cells[2 * width], at[2 * width];
    pstore(cells, a.values);
    pstore(cells + width, b.values);
    pstore(at, a.places);
    pstore(at + width, b.places);
    Index best = -1;
    for (Index i = 0; i < 2 * width; ++i) {
        const auto here = static_cast<Index>(at[i]);
        if (here >= 0 && (best < 0 || cells[i] > value || (cells[i] == value && here < best))) {
            best = here;
            value = cells[i];
        }
    }
    return best;
}

// Numbers of single precision as doubles.
Pack widened(const float* from, Index count) {
    using Narrow = float __attribute__((vector_size(width * sizeof(float))));
    using Wide = double __attribute__((vector_size(width * sizeof(double))));
    Narrow cells = {};
    if (count >= width) {
        std::memcpy(&cells, from, sizeof cells);
    } else {
        std::memcpy(&cells, from, static_cast<std::size_t>(count) * sizeof(float));
    }
    const Wide wide = __builtin_convertvector(cells, Wide);
    Pack pack;
    std::memcpy(&pack, &wide, sizeof pack);
    return pack;
}

// `violations(t)` gives those of the packet that begins with variable t.
template <class Violations>
Violator first_of_most(const DualVariables& of, const Violations& violations) {
    // Two, so that one comparison does not wait for the other.
    Greatest even(-infinite), odd(-infinite);
    const Pack step = pset1<Pack>(static_cast<double>(width));
    Pack at = Eigen::internal::plset<Pack>(0.0);
    const auto take = [&](Greatest& greatest, Index t) {
        greatest.take(psub(violations(t), load_or(of.rise_barred + t, of.count - t, infinite)), at);
        at = padd(at, step);
    };
    Index t = 0;
    for (; t + 2 * width <= of.count; t += 2 * width) {
        take(even, t);
        take(odd, t + width);
    }
    for (; t < of.count; t += width) {
        take(even, t);
    }
    Violator most;
    most.index = first_of_greatest(even, odd, most.violation);
    return most;
}

Violator most_violating(const DualVariables& of) {
    return first_of_most(of, [&](Index t) { return load_some(of.violation + t, of.count - t); });
}

Violator move_violations(const DualVariables& of, const float* row_i, const float* row_j, double along) {
    const Pack factor = pset1<Pack>(along);
    return first_of_most(of, [&](Index t) {
        const Index some = of.count - t;
        const Pack by = pmul(factor, psub(widened(row_i + t, some), widened(row_j + t, some)));
        const Pack moved = psub(load_some(of.violation + t, some), by);
        store_some(of.violation + t, moved, some);
        return moved;
    });
}

// The pair of greatest gain, difference² / curvature, of each lane. Quotients are compared by their products, which a processor has much sooner.
struct GreatestGain {
    void take(Pack difference, Pack curvature, Pack at) {
        const Pack square = pmul(difference, difference);
        const Pack greater = pcmp_lt(pmul(squares, curvature), pmul(square, curvatures));
        squares = pselect(greater, square, squares);
        curvatures = pselect(greater, curvature, curvatures);
        places = pselect(greater, at, places);
    }
    Greatest gains() const {
        Greatest greatest(0);
        greatest.take(Eigen::internal::pdiv(squares, curvatures), places);
        return greatest;
    }

    Pack squares = zero(), curvatures = pset1<Pack>(1.0), places = pset1<Pack>(-1.0);
};

Partner best_partner(const DualVariables& of, const float* row, double most, double own, double least_curvature) {
    GreatestGain even, odd;
    Pack least = pset1<Pack>(infinite), at = Eigen::internal::plset<Pack>(0.0);
    const Pack whole = pset1<Pack>(most), diagonal = pset1<Pack>(own), floor = pset1<Pack>(least_curvature), twice = pset1<Pack>(-2.0);
    const Pack step = pset1<Pack>(static_cast<double>(width));
    const auto take = [&](GreatestGain& greatest, Index t) {
        const Index some = of.count - t;
        const Pack violation = padd(load_some(of.violation + t, some), load_or(of.fall_barred + t, some, infinite));
        least = Eigen::internal::pmin(least, violation);
        const Pack curvature = Eigen::internal::pmax(pmadd(twice, widened(row + t, some), padd(diagonal, load_some(of.diagonal + t, some))), floor);
        // A variable that is barred, or would lose, has no difference.
        greatest.take(Eigen::internal::pmax(psub(whole, violation), zero()), curvature, at);
        at = padd(at, step);
    };
    Index t = 0;
    for (; t + width < of.count; t += 2 * width) {
        take(even, t);
        take(odd, t + width);
    }
    if (t < of.count) {
        take(even, t);
    }
    Partner partner;
    partner.index = first_of_greatest(even.gains(), odd.gains(), partner.gain);
    partner.least = Eigen::internal::predux_min(least);
    return partner;
}

// Of up to `packets` packets of rows.
template <Index packets>
void sum_some_columns(const double* a, Index m, Index lda, const std::uint32_t* columns, const double* coefficients, Index count, double* out) {
    Pack sums[packets];
    for (Pack& sum : sums) {
        sum = zero();
    }
    for (Index i = 0; i < count; ++i) {
        const double* from = a + static_cast<Index>(columns[i]) * lda;
        const Pack factor = pset1<Pack>(coefficients[i]);
        for (Index p = 0; p < packets; ++p) {
            sums[p] = multiply_then_add(load_some(from + p * width, m - p * width), factor, sums[p]);
        }
    }
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

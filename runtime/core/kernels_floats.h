// Scores of rows in single precision; part of kernels_variant.h.

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

using FloatPack = Eigen::internal::packet_traits<float>::type;
constexpr Index float_width = Eigen::internal::packet_traits<float>::size;
constexpr Index packs_a_group = group_rows / float_width;

// `count` groups against the queries, so many that the additions of one packet hide behind those of the others.
template <Index count>
void scores_of(const float* groups, const float* offsets, Index d, const float* queries, float* out, Index ldout) {
    FloatPack sums[count * packs_a_group][query_group];
    for (auto& row : sums) {
        for (FloatPack& sum : row) {
            sum = pset1<FloatPack>(0.0F);
        }
    }
    for (Index k = 0; k < d; ++k) {
        for (Index p = 0; p < count * packs_a_group; ++p) {
            const float* from = groups + (p / packs_a_group * d + k) * group_rows + p % packs_a_group * float_width;
            const FloatPack cells = ploadu<FloatPack>(from);
            for (Index q = 0; q < query_group; ++q) {
                sums[p][q] = pmadd(cells, pset1<FloatPack>(queries[query_group * k + q]), sums[p][q]);
            }
        }
    }
    const FloatPack factor = pset1<FloatPack>(-2.0F);
    for (Index p = 0; p < count * packs_a_group; ++p) {
        const FloatPack offset = ploadu<FloatPack>(offsets + p * float_width);
        for (Index q = 0; q < query_group; ++q) {
            pstoreu(out + p * float_width + q * ldout, pmadd(factor, sums[p][q], offset));
        }
    }
}

void group_scores(const float* groups, const float* offsets, Index group_count, Index d, const float* queries, float* out, Index ldout) {
    constexpr Index together = packs_a_group >= 2 ? 1 : 2;
    Index g = 0;
    for (; g + together <= group_count; g += together) {
        scores_of<together>(groups + g * d * group_rows, offsets + g * group_rows, d, queries, out + g * group_rows, ldout);
    }
    for (; g < group_count; ++g) {
        scores_of<1>(groups + g * d * group_rows, offsets + g * group_rows, d, queries, out + g * group_rows, ldout);
    }
}

Index positions_up_to(const float* scores, Index count, float limit, std::uint32_t* positions) {
    Index found = 0;
    for (Index begin = 0; begin < count; begin += group_rows) {
        const float* group = scores + begin;
        int any = 0;
        for (Index i = 0; i < group_rows; ++i) {
            any |= group[i] <= limit ? 1 : 0;
        }
        for (Index i = 0; any != 0 && i < group_rows; ++i) {
            positions[found] = static_cast<std::uint32_t>(begin + i);
            found += group[i] <= limit ? 1 : 0;
        }
    }
    return found;
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE

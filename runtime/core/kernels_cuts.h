// The inner loop of trees that are grown on gradients; part of kernels_variant.h.
#include "runtime/core/kernels_packets.h"

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

BestCut best_cut(const Cuts& of, double floor) {
    Greatest greatest[] = {Greatest(floor), Greatest(floor)};
    const Pack gradient = pset1<Pack>(of.gradient), hessian = pset1<Pack>(of.hessian), l2 = pset1<Pack>(of.l2), least = pset1<Pack>(of.least_hessian);
    const Pack none = pset1<Pack>(-infinite), step = pset1<Pack>(static_cast<double>(width));
    Pack at = Eigen::internal::plset<Pack>(0.0);
    each_packet(of.count, [&](const auto& packets, int which, Index t) {
        const Pack left = packets.load(of.gradients + t, 0), left_hessian = packets.load(of.hessians + t, -1);
        const Pack right = psub(gradient, left), right_hessian = psub(hessian, left_hessian);
        const Pack under_left = padd(left_hessian, l2), under_right = padd(right_hessian, l2);
        const Pack sum = padd(pmul(pmul(left, left), under_right), pmul(pmul(right, right), under_left));
        const Pack score = Eigen::internal::pdiv(sum, pmul(under_left, under_right));
        const Pack smaller = Eigen::internal::pmin(left_hessian, right_hessian);
        greatest[which].take(choose(is_less(smaller, least), none, score), at);
        at = padd(at, step);
    });
    BestCut best;
    best.index = first_of_greatest(greatest[0], greatest[1], floor, best.score);
    return best;
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE

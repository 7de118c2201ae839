#include "stdlib/metrics/ranked_classes.h"

#include "stdlib/metrics/score_function.h"

#include <algorithm>

namespace mlpc {

RankSteps rank_steps(const Target& truth, const Eigen::Ref<const Vector>& scores, const std::vector<bool>& member, const std::vector<bool>& counted) {
    std::vector<std::pair<double, std::uint32_t>> order;
    order.reserve(truth.rows());
    for (std::uint32_t row = 0; row < truth.rows(); ++row) {
        if (counted.empty() || counted[row]) {
            order.emplace_back(-scores(row), row);
        }
    }
    std::sort(order.begin(), order.end());
    RankSteps steps;
    double positive = 0, negative = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        for (; end < order.size() && order[end].first == order[begin].first; ++end) {
            (member[order[end].second] ? positive : negative) += weight_of(truth, order[end].second);
        }
        steps.positive.push_back(positive);
        steps.negative.push_back(negative);
        begin = end;
    }
    return steps;
}

double mean_over_classes(const Target& truth, ClassAverage average, const std::function<double(Eigen::Index)>& of_class) {
    std::vector<double> weight(truth.class_count(), 0.0);
    std::vector<bool> occurs(truth.class_count(), false);
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        weight[static_cast<std::size_t>(truth.labels[row])] += weight_of(truth, row);
        occurs[static_cast<std::size_t>(truth.labels[row])] = true;
    }
    double sum = 0, total = 0;
    for (std::size_t c = 0; c < weight.size(); ++c) {
        if (occurs[c]) {
            const double share = average == ClassAverage::Macro ? 1 : weight[c];
            sum += share * of_class(static_cast<Eigen::Index>(c));
            total += share;
        }
    }
    return sum / total;
}

}  // namespace mlpc

#include "stdlib/models/calibration_map.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::models {

namespace {

// log(1 + exp(z)) and 1 / (1 + exp(z)) without overflow.
double softplus(double z) { return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z)); }
double falling(double z) { return z > 0 ? std::exp(-z) / (1 + std::exp(-z)) : 1 / (1 + std::exp(z)); }

struct Line {
    double slope = 0, offset = 0;
};

double loss(const Vector& scores, const Vector& target, const Vector& weights, Line line) {
    double sum = 0;
    for (Eigen::Index i = 0; i < scores.size(); ++i) {
        const double z = line.slope * scores[i] + line.offset;
        sum += weights[i] * (softplus(z) - (1 - target[i]) * z);
    }
    return sum;
}

// Newton's method with backtracking on a convex loss of two numbers.
Line fit_sigmoid(const Vector& scores, const Vector& member, const Vector& weights) {
    const double positive = weights.dot(member), negative = weights.sum() - positive;
    // Targets short of 0 and 1, as if each class had been seen once more: they keep the map finite where the scores part the classes.
    const Vector target = member.unaryExpr([&](double m) { return m > 0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2); });
    Line line{0, std::log((negative + 1) / (positive + 1))};
    double best = loss(scores, target, weights, line);
    for (int step = 0; step < 100; ++step) {
        double g1 = 0, g2 = 0, h11 = 1e-12, h22 = 1e-12, h12 = 0;
        for (Eigen::Index i = 0; i < scores.size(); ++i) {
            const double p = falling(line.slope * scores[i] + line.offset);
            const double d = weights[i] * (target[i] - p), h = weights[i] * p * (1 - p);
            g1 += scores[i] * d;
            g2 += d;
            h11 += scores[i] * scores[i] * h;
            h12 += scores[i] * h;
            h22 += h;
        }
        if (std::abs(g1) < 1e-10 && std::abs(g2) < 1e-10) {
            break;
        }
        const double determinant = h11 * h22 - h12 * h12;
        const Line way{-(h22 * g1 - h12 * g2) / determinant, -(h11 * g2 - h12 * g1) / determinant};
        double size = 1;
        Line next = line;
        double next_loss = best;
        for (; size > 1e-10; size /= 2) {
            next = {line.slope + size * way.slope, line.offset + size * way.offset};
            next_loss = loss(scores, target, weights, next);
            if (next_loss < best) {
                break;
            }
        }
        if (!(next_loss < best)) {
            break;
        }
        line = next;
        best = next_loss;
    }
    return line;
}

struct Block {
    double first = 0, last = 0;  // scores
    double mean = 0, weight = 0;
};

// Blocks of equal scores, joined wherever a mean falls.
std::vector<Block> pooled(const Vector& scores, const Vector& member, const Vector& weights) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(scores.size()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return scores[a] < scores[b]; });
    std::vector<Block> single;
    for (const Eigen::Index i : order) {
        if (weights[i] <= 0) {
            continue;
        }
        if (single.empty() || single.back().last != scores[i]) {
            single.push_back({scores[i], scores[i], 0, 0});
        }
        single.back().mean += weights[i] * member[i];
        single.back().weight += weights[i];
    }
    std::vector<Block> blocks;
    for (Block block : single) {
        block.mean /= block.weight;
        while (!blocks.empty() && blocks.back().mean >= block.mean) {
            const Block& before = blocks.back();
            const double weight = before.weight + block.weight;
            block = {before.first, block.last, (before.mean * before.weight + block.mean * block.weight) / weight, weight};
            blocks.pop_back();
        }
        blocks.push_back(block);
    }
    return blocks;
}

}  // namespace

CalibrationMap CalibrationMap::fit(CalibrationMethod method, const Vector& scores, const Vector& member, const Vector& weights) {
    CalibrationMap map;
    map.isotonic_ = method == CalibrationMethod::Isotonic;
    if (!map.isotonic_) {
        const Line line = fit_sigmoid(scores, member, weights);
        map.slope_ = line.slope;
        map.offset_ = line.offset;
        return map;
    }
    for (const Block& block : pooled(scores, member, weights)) {
        map.scores_.push_back(block.first);
        map.probabilities_.push_back(block.mean);
        if (block.last != block.first) {
            map.scores_.push_back(block.last);
            map.probabilities_.push_back(block.mean);
        }
    }
    return map;
}

double CalibrationMap::operator()(double score) const {
    if (!isotonic_) {
        return falling(slope_ * score + offset_);
    }
    const auto above = std::upper_bound(scores_.begin(), scores_.end(), score);
    if (above == scores_.begin()) {
        return probabilities_.front();
    }
    if (above == scores_.end()) {
        return probabilities_.back();
    }
    const auto i = static_cast<std::size_t>(above - scores_.begin());
    const double share = (score - scores_[i - 1]) / (scores_[i] - scores_[i - 1]);
    return probabilities_[i - 1] + share * (probabilities_[i] - probabilities_[i - 1]);
}

void CalibrationMap::archive(Archive& a) {
    a.field("isotonic", isotonic_);
    a.field("slope", slope_);
    a.field("offset", offset_);
    a.field("scores", scores_);
    a.field("probabilities", probabilities_);
    const bool usable = !isotonic_ || (!scores_.empty() && scores_.size() == probabilities_.size() && std::is_sorted(scores_.begin(), scores_.end()));
    if (!usable) {
        throw RunError("the saved model is damaged: a calibration has no usable map");
    }
}

}  // namespace mlpc::models

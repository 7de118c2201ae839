#include "runtime/report/html_training.h"

#include "runtime/report/html_text.h"
#include "runtime/report/score_format.h"
#include "runtime/report/training_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

// The place of a loss and of an epoch, in per cent.
class Plane {
public:
    void include(const Training& training) {
        most_ = std::max(most_, training.epochs.size());
        for (const Epoch& epoch : training.epochs) {
            include(epoch.train_loss);
            include(epoch.held_loss);
        }
    }
    bool is_known() const { return low_ <= high_; }
    double low() const { return low_; }
    double high() const { return high_; }
    std::size_t most() const { return most_; }
    double y(double loss) const { return 92 - 84 * (high_ > low_ ? (loss - low_) / (high_ - low_) : 0.5); }
    double x(std::int64_t epoch) const {
        return label_width + 2 + (96 - label_width) * static_cast<double>(epoch - 1) / static_cast<double>(std::max<std::size_t>(most_ - 1, 1));
    }

private:
    void include(double loss) {
        low_ = std::isfinite(loss) ? std::min(low_, loss) : low_;
        high_ = std::isfinite(loss) ? std::max(high_, loss) : high_;
    }
    double low_ = std::numeric_limits<double>::infinity(), high_ = -std::numeric_limits<double>::infinity();
    std::size_t most_ = 0;
};

std::string curve(const Training& training, double Epoch::*loss, const char* kind, const Plane& plane) {
    std::string out;
    for (std::size_t i = 1; i < training.epochs.size(); ++i) {
        const Epoch &from = training.epochs[i - 1], &to = training.epochs[i];
        if (std::isfinite(from.*loss) && std::isfinite(to.*loss)) {
            out += svg_line(plane.x(from.number), plane.y(from.*loss), plane.x(to.number), plane.y(to.*loss), kind);
        }
    }
    return out;
}

std::string best_mark(const Training& training, const Plane& plane) {
    const Epoch& best = training.epochs[training.best()];
    return !std::isfinite(best.held_loss)
               ? ""
               : fmt::format(R"(<circle class="best" cx="{:.2f}%" cy="{:.2f}%" r="4"/>)", plane.x(best.number), plane.y(best.held_loss));
}

std::string loss_label(double loss, const ScoreFormat& format, const Plane& plane) {
    return svg_line(label_width, plane.y(loss), 100, plane.y(loss), "grid") +
           fmt::format(R"(<text x="0" y="{:.2f}%" dy="4">{}</text>)", plane.y(loss), format(loss));
}

bool has_held(const std::vector<const Training*>& trainings) {
    return std::any_of(trainings.begin(), trainings.end(), [](const Training* t) { return std::isfinite(t->epochs.front().held_loss); });
}

std::string chart(const std::string& heading, const std::vector<const Training*>& trainings) {
    Plane plane;
    for (const Training* training : trainings) {
        plane.include(*training);
    }
    if (!plane.is_known() || plane.most() < 2) {
        return "";
    }
    const ScoreFormat format({plane.low(), plane.high()});
    std::string drawing = loss_label(plane.low(), format, plane) + (plane.high() > plane.low() ? loss_label(plane.high(), format, plane) : "");
    for (const Training* training : trainings) {
        drawing += curve(*training, &Epoch::train_loss, "loss train", plane) + curve(*training, &Epoch::held_loss, "loss held", plane) +
                   best_mark(*training, plane);
    }
    const std::string folds = trainings.size() > 1 ? "; a line a fold" : "";
    const std::string held =
        has_held(trainings) ? "; thin grey: training rows; thick blue: the rows held back to see when to stop, the dot is the epoch that was kept"
                            : "";
    return "<figure class=\"chart\">\n<figcaption>" + html_escaped(fmt::format("{}: loss, epoch 1 to {}{}{}", heading, plane.most(), folds, held)) +
           "</figcaption>\n<svg class=\"course\" aria-hidden=\"true\">" + drawing + "</svg>\n</figure>\n";
}

}  // namespace

std::string html_training(const SearchRecord& search) {
    std::string out;
    for (const SeedRecord& seed : search.seeds) {
        const std::vector<const Training*> trainings = winner_trainings(seed);
        if (trainings.empty()) {
            continue;
        }
        const std::string heading = fmt::format("Seed {}", seed.seed);
        const std::string drawing = chart(heading, trainings);
        const std::string sentence = (search.seeds.size() > 1 ? heading + ": " : std::string("The winner ")) + training_text(seed) + ".";
        out += "<p>" + html_escaped(sentence) + "</p>\n" + drawing;
    }
    return out;
}

}  // namespace mlpc

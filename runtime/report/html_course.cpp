#include "runtime/report/html_course.h"

#include "runtime/report/html_text.h"
#include "runtime/report/score_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

// Per cent of the height, the better the higher, with room for a mark at both ends.
class Height {
public:
    explicit Height(bool greater_is_better) : greater_is_better_(greater_is_better) {}
    void include(double value) {
        low_ = std::isfinite(value) ? std::min(low_, value) : low_;
        high_ = std::isfinite(value) ? std::max(high_, value) : high_;
    }
    bool is_known() const { return low_ <= high_; }
    double low() const { return low_; }
    double high() const { return high_; }
    double percent(double value) const {
        const double share = high_ > low_ && std::isfinite(high_ - low_) ? (value - low_) / (high_ - low_) : 0.5;
        return 8 + 84 * (greater_is_better_ ? 1 - share : share);
    }

private:
    bool greater_is_better_;
    double low_ = std::numeric_limits<double>::infinity(), high_ = -std::numeric_limits<double>::infinity();
};

// The width between `label_width` and the right end is `most` trials.
std::string steps(const std::vector<BestStep>& best, std::size_t trials, std::size_t most, const Height& height) {
    const auto x = [&](double trial) { return label_width + (100 - label_width) * trial / static_cast<double>(std::max<std::size_t>(most, 1)); };
    std::string out;
    for (std::size_t i = 0; i < best.size(); ++i) {
        const double from = x(static_cast<double>(best[i].trial + 1));
        const double to = x(static_cast<double>(i + 1 < best.size() ? best[i + 1].trial + 1 : trials));
        const double y = height.percent(best[i].score);
        out += svg_line(from, y, std::max(from, to), y, "step");
        out += i + 1 < best.size() ? svg_line(to, y, to, height.percent(best[i + 1].score), "step") : "";
    }
    return out;
}

std::string score_label(double score, const ScoreFormat& format, const Height& height) {
    const double y = height.percent(score);
    return svg_line(label_width, y, 100, y, "grid") + fmt::format(R"(<text x="0" y="{:.2f}%" dy="4">{}</text>)", y, format(score));
}

std::string mark(const char* kind, double x, double y) { return fmt::format(R"(<circle class="{}" cx="{:.1f}%" cy="{:.1f}%" r="3"/>)", kind, x, y); }

}  // namespace

std::string html_course(const SearchRecord& search, const SearchReading& reading) {
    Height height(search.greater_is_better);
    std::size_t most = 0;
    for (std::size_t s = 0; s < reading.seeds.size(); ++s) {
        most = std::max(most, search.seeds[s].trials.size());
        for (const BestStep& step : reading.seeds[s].best_so_far) {
            height.include(step.score);
        }
    }
    if (!height.is_known()) {
        return "";
    }
    const ScoreFormat format({height.low(), height.high()});
    std::string drawing =
        score_label(height.low(), format, height) + (height.high() > height.low() ? score_label(height.high(), format, height) : "");
    for (std::size_t s = 0; s < reading.seeds.size(); ++s) {
        drawing += steps(reading.seeds[s].best_so_far, search.seeds[s].trials.size(), most, height);
    }
    const std::string caption =
        fmt::format("Best {} so far, trial 1 to {}{}", search.metric, most, reading.seeds.size() > 1 ? "; a line a seed" : "");
    return "<figure class=\"chart\">\n<figcaption>" + html_escaped(caption) + "</figcaption>\n<svg class=\"course\" aria-hidden=\"true\">" + drawing +
           "</svg>\n</figure>\n";
}

std::string html_effect(const std::vector<EffectBin>& bins, bool greater_is_better) {
    Height height(greater_is_better);
    for (const EffectBin& bin : bins) {
        height.include(bin.mean);
        height.include(bin.best);
    }
    std::string drawing, words;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        if (!std::isfinite(bins[i].mean) || !std::isfinite(bins[i].best)) {
            continue;
        }
        const double x = 100 * (static_cast<double>(i) + 0.5) / static_cast<double>(bins.size());
        drawing += mark("best", x, height.percent(bins[i].best)) + mark("mean", x, height.percent(bins[i].mean));
        words += fmt::format("{}{}: {:.4g}", words.empty() ? "" : "; ", bins[i].value, bins[i].mean);
    }
    return drawing.empty()
               ? ""
               : "<svg class=\"effect\" role=\"img\" aria-label=\"" + html_escaped("mean by value: " + words) + "\">" + drawing + "</svg>";
}

}  // namespace mlpc

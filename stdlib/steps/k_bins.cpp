#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Strategy { Quantile, Uniform, KMeans };
enum class Encode { OneHot, Ordinal };
struct KBinsParams {
    std::int64_t bins = 5;
    Strategy strategy = Strategy::Quantile;
    Encode encode = Encode::OneHot;
};
const Schema<KBinsParams>& k_bins_schema() {
    static const Schema<KBinsParams> fields{
        field(&KBinsParams::bins, {.name = "bins",
                                   .doc = "How many bins a column is cut into; fewer where their edges would coincide",
                                   .valid = {.low = 2, .high = 10'000},
                                   .search = {.low = 2, .high = 20}}),
        field(&KBinsParams::strategy, {.name = "strategy",
                                       .doc = "Where the edges lie: bins of equally many rows (`quantile`), of equal width (`uniform`), or halfway "
                                              "between the centres of a one-dimensional k-means (`kmeans`)",
                                       .words = {"quantile", "uniform", "kmeans"},
                                       .search = {.words = {"quantile", "uniform", "kmeans"}}}),
        field(&KBinsParams::encode, {.name = "encode",
                                     .doc = "A column of 0 and 1 for each bin (`one_hot`, a missing cell is all zeros), or the bin's number from 0 "
                                            "on in one column (`ordinal`, a missing cell stays missing)",
                                     .words = {"one_hot", "ordinal"}}),
    };
    return fields;
}

// Bins narrower than this are joined with the one before.
constexpr double least_width = 1e-8;

std::vector<double> quantile_edges(std::vector<double>& values, std::size_t bins) {
    std::vector<double> edges;
    for (std::size_t i = 0; i <= bins; ++i) {
        edges.push_back(steps::quantile_of(values, static_cast<double>(i) / static_cast<double>(bins)));
    }
    return edges;
}

std::vector<double> uniform_edges(double low, double high, std::size_t bins) {
    std::vector<double> edges;
    for (std::size_t i = 0; i <= bins; ++i) {
        edges.push_back(i == bins ? high : low + (high / static_cast<double>(bins) - low / static_cast<double>(bins)) * static_cast<double>(i));
    }
    return edges;
}

std::vector<double> halfway(const std::vector<double>& points) {
    std::vector<double> between;
    for (std::size_t i = 1; i < points.size(); ++i) {
        between.push_back(points[i - 1] + (points[i] - points[i - 1]) / 2);
    }
    return between;
}

// Lloyd's algorithm on sorted values, from the middles of bins of equal width; a cluster is a run of values, so that only its ends move.
std::vector<double> kmeans_edges(std::vector<double>& values, std::size_t bins) {
    std::sort(values.begin(), values.end());
    const double mean = steps::mean_of(values);
    const double tolerance = 1e-4 * steps::variance_of(values, mean);
    std::vector<double> centers = halfway(uniform_edges(values.front(), values.back(), bins));
    for (int iteration = 0; iteration < 300; ++iteration) {
        const std::vector<double> between = halfway(centers);
        auto begin = values.begin();
        double shift = 0;
        for (std::size_t k = 0; k < centers.size(); ++k) {
            const auto end = k + 1 < centers.size() ? std::lower_bound(begin, values.end(), between[k]) : values.end();
            if (begin == end) {
                continue;
            }
            const double center = steps::mean_of({begin, end});
            shift += (center - centers[k]) * (center - centers[k]);
            centers[k] = center;
            begin = end;
        }
        if (shift <= tolerance) {
            break;
        }
    }
    std::vector<double> edges = halfway(centers);
    edges.insert(edges.begin(), values.front());
    edges.push_back(values.back());
    return edges;
}

struct Bins {
    std::string column;
    std::vector<double> edges;  // between bins, ascending
    void archive(Archive& a) {
        a.field("column", column);
        a.field("edges", edges);
    }
    std::size_t count() const { return edges.size() + 1; }
    std::size_t of(double cell) const { return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), cell) - edges.begin()); }
};

class FittedKBins : public FittedStep {
public:
    FittedKBins() = default;
    FittedKBins(std::vector<Bins> bins, Encode encode) : bins_(std::move(bins)), encode_(encode) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "k_bins");
        return encode_ == Encode::Ordinal ? numbered(x) : marked(x);
    }
    void archive(Archive& a) override {
        auto encode = static_cast<std::int32_t>(encode_);
        a.field("bins", bins_);
        a.field("encode", encode);
        encode_ = static_cast<Encode>(encode);
        list_names();
    }

private:
    Frame numbered(const Frame& x) const {
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < bins_.size(); ++c) {
            for (double& cell : cells.col(static_cast<Eigen::Index>(c))) {
                cell = std::isnan(cell) ? cell : static_cast<double>(bins_[c].of(cell));
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    Frame marked(const Frame& x) const {
        Matrix cells = Matrix::Zero(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(outputs_.size()));
        std::size_t first = 0;
        for (std::size_t c = 0; c < bins_.size(); ++c) {
            for (std::size_t row = 0; row < x.rows(); ++row) {
                if (!x.missing(row, c)) {
                    cells(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(first + bins_[c].of(x.number(row, c)))) = 1;
                }
            }
            first += bins_[c].count();
        }
        return Frame::from_matrix(std::move(cells), outputs_);
    }
    void list_names() {
        names_.clear();
        outputs_.clear();
        for (const Bins& bins : bins_) {
            names_.push_back(bins.column);
            for (std::size_t bin = 0; bin < bins.count(); ++bin) {
                outputs_.push_back(fmt::format("{}:bin{}", bins.column, bin));
            }
        }
    }
    std::vector<Bins> bins_;
    Encode encode_ = Encode::OneHot;
    std::vector<std::string> names_, outputs_;
};

class KBins : public Step {
public:
    explicit KBins(KBinsParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Bins> bins;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            bins.push_back({.column = x.column(c).name, .edges = inner_edges(steps::known_values(x, c, "k_bins"))});
        }
        return std::make_unique<FittedKBins>(std::move(bins), params_.encode);
    }

private:
    std::vector<double> inner_edges(std::vector<double> values) const {
        if (values.empty()) {
            return {};
        }
        std::vector<double> edges = all_edges(values);
        std::vector<double> apart{edges.front()};
        for (std::size_t i = 1; i < edges.size(); ++i) {
            // Edges of equal width may be as near as they like, except that a constant column has one bin.
            if (params_.strategy == Strategy::Uniform ? edges[i] > edges[i - 1] : edges[i] - edges[i - 1] > least_width) {
                apart.push_back(edges[i]);
            }
        }
        return apart.size() < 3 ? std::vector<double>{} : std::vector<double>(apart.begin() + 1, apart.end() - 1);
    }
    std::vector<double> all_edges(std::vector<double>& values) const {
        const auto bins = static_cast<std::size_t>(params_.bins);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        if (*low == *high) {
            return {*low};
        }
        switch (params_.strategy) {
            case Strategy::Quantile:
                return quantile_edges(values, bins);
            case Strategy::Uniform:
                return uniform_edges(*low, *high, bins);
            case Strategy::KMeans:
                return kmeans_edges(values, bins);
        }
        return {};
    }
    KBinsParams params_;
};

}  // namespace

void add_k_bins(Catalog& catalog) {
    ComponentInfo info;
    info.name = "k_bins";
    info.kind = ComponentKind::Step;
    info.summary = "Cuts number columns into bins, whose edges it learns; values beyond the outermost bins belong to them";
    info.source = "Dougherty, Kohavi, Sahami: Supervised and Unsupervised Discretization of Continuous Features, ICML (1995)";
    info.example = "k_bins(bins: 10, strategy: uniform)";
    info.params = specs_of(k_bins_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues& values) { return read_params(k_bins_schema(), values).encode == Encode::OneHot; };
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues& values) { return read_params(k_bins_schema(), values).encode == Encode::Ordinal; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<KBins>(read_params(k_bins_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedKBins>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

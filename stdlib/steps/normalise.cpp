#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"

#include <cmath>

namespace mlpc {

namespace {

enum class Norm { L2, L1, Max };
struct NormaliseParams {
    Norm norm = Norm::L2;
};
const Schema<NormaliseParams>& normalise_schema() {
    static const Schema<NormaliseParams> fields{
        field(&NormaliseParams::norm, {.name = "norm",
                                       .doc = "What becomes 1: the root of the sum of squares (`l2`), the sum of magnitudes (`l1`), or the largest "
                                              "magnitude (`max`)",
                                       .words = {"l2", "l1", "max"},
                                       .search = {.words = {"l2", "l1", "max"}}}),
    };
    return fields;
}

// The largest magnitude is divided by first: no square of a large or a small cell is then lost. Each row sums in the order of columns.
class Normalised {
public:
    explicit Normalised(Matrix& cells) : cells_(cells), largest_(Vector::Zero(cells.rows())) {
        for (Eigen::Index c = 0; c < cells_.cols(); ++c) {
            largest_ = largest_.cwiseMax(cells_.col(c).cwiseAbs());
        }
        largest_ = largest_.unaryExpr([](double largest) { return largest > 0 ? largest : 1.0; });
        divide_by(largest_);
    }
    void finish(Norm norm) {
        if (norm == Norm::Max) {
            return;
        }
        Vector sums = Vector::Zero(cells_.rows());
        for (Eigen::Index c = 0; c < cells_.cols(); ++c) {
            sums += norm == Norm::L1 ? Vector(cells_.col(c).cwiseAbs()) : Vector(cells_.col(c).cwiseAbs2());
        }
        sums = sums.unaryExpr([norm](double sum) { return sum > 0 ? (norm == Norm::L1 ? sum : std::sqrt(sum)) : 1.0; });
        divide_by(sums);
    }

private:
    void divide_by(const Vector& lengths) {
        for (Eigen::Index c = 0; c < cells_.cols(); ++c) {
            cells_.col(c).array() /= lengths.array();
        }
    }
    Matrix& cells_;
    Vector largest_;
};

class FittedNormalise : public FittedStep {
public:
    FittedNormalise() = default;
    FittedNormalise(std::vector<std::string> names, Norm norm) : names_(std::move(names)), norm_(norm) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "normalise");
        steps::require_finite(x, "normalise");
        Matrix cells = steps::copy_of_cells(x);
        Normalised(cells).finish(norm_);
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        auto norm = static_cast<std::int32_t>(norm_);
        a.field("columns", names_);
        a.field("norm", norm);
        norm_ = static_cast<Norm>(norm);
    }

private:
    std::vector<std::string> names_;
    Norm norm_ = Norm::L2;
};

class Normalise : public Step {
public:
    explicit Normalise(NormaliseParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedNormalise>(x.names(), params_.norm);
    }

private:
    NormaliseParams params_;
};

}  // namespace

void add_normalise(Catalog& catalog) {
    ComponentInfo info;
    info.name = "normalise";
    info.kind = ComponentKind::Step;
    info.summary = "Divides each row by its own length, so that only the proportions of its cells count; a row of zeros stays as it is";
    info.source = "Salton, Buckley: Term-weighting approaches in automatic text retrieval, Information Processing & Management 24 (1988)";
    info.example = "normalise(l1)";
    info.params = specs_of(normalise_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Normalise>(read_params(normalise_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedNormalise>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc

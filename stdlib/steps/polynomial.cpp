#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

// A frame of 20,000 rows with so many columns takes 3 GB.
constexpr std::size_t most_terms = 20'000;

struct PolynomialParams {
    std::int64_t degree = 2;
    bool interaction_only = false;
    bool bias = false;
};
const Schema<PolynomialParams>& polynomial_schema() {
    static const Schema<PolynomialParams> fields{
        field(&PolynomialParams::degree, {.name = "degree",
                                          .doc = "How many columns, repeats included, are multiplied at most",
                                          .valid = {.low = 1, .high = 10},
                                          .search = {.low = 1, .high = 3}}),
        field(&PolynomialParams::interaction_only, {.name = "interaction_only", .doc = "Only products of different columns: `a*b`, and no `a^2`"}),
        field(&PolynomialParams::bias, {.name = "bias", .doc = "Puts a column of ones first, for a model that has no intercept of its own"}),
    };
    return fields;
}

// The product of an earlier term and one column; the first terms are the columns themselves.
struct Term {
    std::size_t parent = 0;
    std::size_t column = 0;
    std::string name;
};

std::string name_of_product(const std::vector<std::string>& names, const std::vector<std::size_t>& factors) {
    std::string product;
    for (std::size_t i = 0; i < factors.size();) {
        const auto end =
            std::find_if(factors.begin() + static_cast<std::ptrdiff_t>(i), factors.end(), [&](std::size_t f) { return f != factors[i]; });
        const std::size_t power = static_cast<std::size_t>(end - factors.begin()) - i;
        product += (product.empty() ? "" : "*") + names[factors[i]] + (power > 1 ? fmt::format("^{}", power) : "");
        i += power;
    }
    return product;
}

// Terms by degree, each degree in lexicographic order of its columns (the order of scikit-learn).
std::vector<Term> terms_of(const std::vector<std::string>& names, const PolynomialParams& params) {
    std::vector<Term> terms;
    std::vector<std::vector<std::size_t>> factors;
    for (std::size_t c = 0; c < names.size(); ++c) {
        terms.push_back({.parent = 0, .column = c, .name = names[c]});
        factors.push_back({c});
    }
    std::size_t first = 0;
    for (std::int64_t degree = 2; degree <= params.degree && first < terms.size(); ++degree) {
        const std::size_t last = terms.size();
        for (std::size_t parent = first; parent < last; ++parent) {
            for (std::size_t c = factors[parent].back() + (params.interaction_only ? 1 : 0); c < names.size(); ++c) {
                std::vector<std::size_t> product = factors[parent];
                product.push_back(c);
                terms.push_back({.parent = parent, .column = c, .name = name_of_product(names, product)});
                factors.push_back(std::move(product));
                if (terms.size() > most_terms) {
                    throw RunError(
                        fmt::format("`polynomial` of degree {} makes more than {} columns of {}; choose a smaller degree, or fewer columns "
                                    "with `select_k_best` or `pca` before it",
                                    params.degree, most_terms, names.size()));
                }
            }
        }
        first = last;
    }
    return terms;
}

class FittedPolynomial : public FittedStep {
public:
    FittedPolynomial() = default;
    FittedPolynomial(std::vector<std::string> names, PolynomialParams params) : names_(std::move(names)), params_(params) {
        terms_ = terms_of(names_, params_);
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "polynomial");
        steps::require_no_infinity(x, "polynomial");
        const Dense dense(x);
        const auto input = dense.matrix();
        const Eigen::Index shift = params_.bias ? 1 : 0;
        Matrix cells(input.rows(), static_cast<Eigen::Index>(terms_.size()) + shift);
        std::vector<std::string> outputs;
        if (params_.bias) {
            cells.col(0).setOnes();
            outputs.push_back("bias");
        }
        for (std::size_t t = 0; t < terms_.size(); ++t) {
            const Term& term = terms_[t];
            const auto factor = input.col(static_cast<Eigen::Index>(term.column));
            if (t < names_.size()) {
                cells.col(static_cast<Eigen::Index>(t) + shift) = factor;
            } else {
                cells.col(static_cast<Eigen::Index>(t) + shift) = cells.col(static_cast<Eigen::Index>(term.parent) + shift).cwiseProduct(factor);
            }
            outputs.push_back(term.name);
        }
        require_bounded(cells, outputs);
        return Frame::from_matrix(std::move(cells), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("degree", params_.degree);
        a.field("interaction_only", params_.interaction_only);
        a.field("bias", params_.bias);
        terms_ = terms_of(names_, params_);
    }

private:
    // An infinite product times zero would be no number at all.
    static void require_bounded(const Matrix& cells, const std::vector<std::string>& outputs) {
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            if (cells.col(c).array().isInf().any()) {
                throw RunError(fmt::format("the product `{}` is too large for a number; `scale` the columns before `polynomial`",
                                           outputs[static_cast<std::size_t>(c)]));
            }
        }
    }
    std::vector<std::string> names_;
    PolynomialParams params_;
    std::vector<Term> terms_;
};

class Polynomial : public Step {
public:
    explicit Polynomial(PolynomialParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedPolynomial>(x.names(), params_);
    }

private:
    PolynomialParams params_;
};

}  // namespace

void add_polynomial(Catalog& catalog) {
    ComponentInfo info;
    info.name = "polynomial";
    info.kind = ComponentKind::Step;
    info.summary =
        "Adds the products of columns up to a degree, `age^2` and `age*income`, after the columns themselves; a product with a missing "
        "factor is missing";
    info.source = "Gergonne: Application de la méthode des moindres quarrés à l'interpolation des suites, Annales de mathématiques 6 (1815)";
    info.example = "polynomial(degree: 2, interaction_only: true)";
    info.params = specs_of(polynomial_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Polynomial>(read_params(polynomial_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedPolynomial>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
